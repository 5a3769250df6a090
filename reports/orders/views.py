"""The page of one order and the small acts on it: visas, items, acquaintance."""

from csp.decorators import csp_update
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.russian import lower_first
from mentoring_site.workflow import Stale
from people.rights import Right
from reports.orders.acquaintance import sheet_pages
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import visas
from reports.orders.forms import PassVisaForm
from reports.orders.models import Order, OrderItem, Visa
from reports.orders.presenters import crumbs, page


def visible(request, pk) -> Order:
    """Return the order; a foreign one looks like an absent one."""
    return get_object_or_404(Order.objects.visible_to(request.user), pk=pk)


@require_GET
@csp_update({"frame-src": ["'self'"]})
def order(request, pk):
    """One order with its preview: what it enacts, what is missing, visas, text, document, acquaintance, history."""
    orders = Order.objects.visible_to(request.user).defer("facts")
    obj = get_object_or_404(orders.select_related("signer", "executor", "scan", "pdf", "registered_by__person"), pk=pk)
    return render(request, "reports/orders/order.html", page(obj, request.user))


def _inside(request, queryset, pk):
    """Return a row of an order that the user may see."""
    return get_object_or_404(queryset.filter(order__in=Order.objects.visible_to(request.user)), pk=pk)


@require_POST
def visa_give(request, pk):
    """Give one's own visa, or record one from paper; not for a text that has changed meanwhile."""
    visa = _inside(request, Visa.objects.select_related("order", "person"), pk)
    own = visa.person_id == request.user.person_id
    version = request.POST.get("version", "")
    version = int(version) if version.isdecimal() and len(version) < 10 else -1

    def act():
        try:
            return drafting_acts.give_visa(visa, by=request.user, version=version)
        except Stale as refusal:
            raise Stale(
                "Текст проекта изменился, пока Вы его читали. Прочитайте его ещё раз и поставьте визу"
            ) from refusal

    success = "Виза поставлена" if own else f"Виза с бумаги записана: {visa.person.short_name}"
    return act_and_redirect(request, act, success=success, to=visa.order)


def visa_pass(request, pk):
    """Ask another holder of the role for a visa that is not given yet."""
    visa = _inside(request, Visa.objects.select_related("order", "person"), pk)
    require(request.user, Right.ORDERS_DRAFT)
    people = visas.successors(visa)
    form = PassVisaForm(request.POST or None, people=people)
    if request.method == "GET" and not people:
        messages.info(
            request, "Передать визу некому: эту роль сейчас больше никто не держит. Её дают на странице «Роли»"
        )
        return redirect(visa.order)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        return act_and_redirect(
            request,
            lambda: visas.pass_visa(visa, by=request.user, to=to),
            success=f"Виза передана: {to.short_name}",
            to=visa.order,
        )
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Передать визу",
            "lead": f"{visa.order.heading}. Сейчас визу ждут от: {visa.person.short_name}, {lower_first(visa.post)}",
            "submit": "Передать визу",
            "cancel_url": visa.order.get_absolute_url(),
            "crumbs": crumbs(visa.order, "Передать визу"),
        },
    )


@require_POST
def visa_remind(request, pk):
    """Remind somebody of a visa by letter."""
    return sheet_pages.remind(request, _inside(request, Visa.objects.select_related("order", "person__user"), pk))


def item_drop(request, pk):
    """Take one thing out of a draft."""
    item = _inside(
        request,
        OrderItem.objects.select_related("order", "candidate__person", "pairing", "program", "completion", "roadmap"),
        pk,
    )
    require(request.user, Right.ORDERS_DRAFT)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: drafting_acts.drop_item(item, by=request.user),
            success="Убрано из проекта, текст составлен заново",
            to=item.order,
        )
    return render(
        request,
        "confirm.html",
        {
            "heading": "Убрать из проекта?",
            "lead": str(item),
            "submit": "Убрать",
            "cancel_url": item.order.get_absolute_url(),
            "crumbs": crumbs(item.order, "Убрать"),
            "form": None,
            "consequences": [
                "Текст приказа будет составлен заново, правки пунктов пропадут",
                "Визы придётся собрать ещё раз",
                "Это можно будет внести в другой приказ",
            ],
        },
    )
