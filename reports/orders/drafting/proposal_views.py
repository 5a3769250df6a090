"""Orders whose substance is typed with them: the form of a new one, and of a draft that is being changed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.workflow import Stale
from people.rights import Right
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.models import Order
from reports.orders.order_kinds.registry import KINDS
from reports.orders.presenters import crumbs
from reports.orders.proposal_models import Proposal
from reports.orders.views import visible


def new(request, kind):
    """Type what an order of this kind is about; its text is composed at once. Called by the page of a new order."""
    given = kind.form_class.initial_from(request.GET)
    form = kind.form_class(request.POST or None, request.FILES or None, initial=given)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["request_key"]
        made = act_with_form(
            form, lambda: drafting_proposals.propose(kind.code, form.particulars(), by=request.user, request_key=key)
        )
        if made:
            return redirect(made)
    way = [("Приказы", reverse("reports:orders")), ("Новый приказ", reverse("reports:order_new")), (kind.label, None)]
    return _form(request, form, kind, reverse("reports:order_new"), way, "Составить проект приказа")


def restate(request, pk):
    """Change what a draft is about; the text is composed again."""
    order = visible(request, pk)
    kind = KINDS[order.kind]
    require(request.user, Right.ORDERS_DRAFT)
    if not kind.form:
        raise PermissionDenied("Такой приказ составляют из готовых предметов: сведений у него нет")
    proposal = Proposal.objects.with_requirements().get(order_items__order=order)
    form = kind.form_class(request.POST or None, request.FILES or None, proposal=proposal, version=order.version)
    if (
        request.method == "POST"
        and form.is_valid()
        and act_with_form(form, lambda: _restated(order, form, request.user))
    ):
        return redirect(order)
    return _form(request, form, kind, order.get_absolute_url(), crumbs(order, "Сведения"), "Составить текст заново")


def _restated(order, form, user):
    try:
        return drafting_proposals.restate(order, form.particulars(), by=user, version=form.cleaned_data["version"] or 0)
    except Stale as refusal:
        form.data = form.data.copy()
        form.data["version"] = Order.objects.values_list("version", flat=True).get(pk=order.pk)
        raise Stale(
            "Пока Вы вносили правки, проект изменили. Нажмите ещё раз, чтобы записать Ваши сведения"
        ) from refusal


def _form(request, form, kind, cancel, way, submit):
    return render(
        request,
        "reports/orders/form_in_parts.html" if form.parts else "form.html",
        {
            "form": form,
            "multipart": form.is_multipart(),
            "heading": kind.label,
            "lead": kind.hint,
            "submit": submit,
            "cancel_url": cancel,
            "crumbs": way,
            "hint": (
                "Текст программа составит сама; его можно будет поправить. Ничего не вступит в силу, пока приказ не"
                " подписан и не зарегистрирован."
            ),
        },
    )
