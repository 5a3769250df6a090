"""The page «Проверка текста» of a draft: what was found, what was let stand."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from people.rights import Right
from reports.orders.models import Order
from reports.orders.presenters import crumbs
from reports.orders.text_check import acts
from reports.orders.text_check.forms import OverruleForm
from reports.orders.text_check.lint import Finding, check
from reports.orders.text_check.models import Overruled

TITLE = "Проверка текста"


def _drafted(request, pk: int) -> Order:
    """Return an order that is still in preparation. Raises ``Http404``."""
    order = get_object_or_404(Order.objects.visible_to(request.user), pk=pk)
    if order.state not in (Order.State.DRAFT, Order.State.AGREED):
        raise Http404
    return order


@require_GET
def text_check(request, pk):
    """What the check has found in the text of a draft, with the ways to mend it or to let it stand."""
    order = get_object_or_404(Order.objects.visible_to(request.user), pk=pk)
    if order.state not in (Order.State.DRAFT, Order.State.AGREED):
        return redirect(order)
    report, drafts = check(order), request.user.can(Right.ORDERS_DRAFT)
    context = {
        "order": order,
        "title": TITLE,
        "crumbs": crumbs(order, TITLE),
        "refusals": [_row(order, finding, drafts=drafts) for finding in report.refusals],
        "warnings": [_row(order, finding, drafts=drafts) for finding in report.warnings],
        "let_stand": [_stands(finding, row, drafts=drafts) for finding, row in report.let_stand],
        "who": Right.ORDERS_DRAFT.who,
    }
    return render(request, "reports/orders/text_check.html", context)


def _row(order: Order, finding: Finding, *, drafts: bool) -> dict:
    overrule = reverse("reports:order_overrule", args=[order.pk, finding.key]) if drafts and finding.open else ""
    return {"finding": finding, "url": finding.url if drafts else "", "overrule_url": overrule}


def _stands(finding: Finding, row: Overruled, *, drafts: bool) -> dict:
    url = reverse("reports:order_take_up", args=[row.pk]) if drafts else ""
    return {"finding": finding, "row": row, "take_up_url": url}


@require_http_methods(["GET", "POST"])
def overrule(request, pk, key):
    """Let a finding stand with a reason."""
    order = _drafted(request, pk)
    require(request.user, Right.ORDERS_DRAFT)
    back = reverse("reports:order_text", args=[pk])
    finding = next((f for f in check(order).findings if f.key == key and f.open), None)
    if finding is None:
        return redirect(back)
    form = OverruleForm(request.POST or None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if act_with_form(form, lambda: acts.overrule(order, key, by=request.user, reason=reason), request):
            return redirect(back)
    context = {
        "form": form,
        "heading": "Оставить как есть",
        "lead": str(finding),
        "submit": "Оставить как есть",
        "cancel_url": back,
        "crumbs": crumbs(order, "Оставить как есть"),
    }
    return render(request, "form.html", context)


@require_POST
def take_up(request, pk):
    """Let the check name a finding again."""
    visible = Overruled.objects.filter(order__in=Order.objects.visible_to(request.user))
    row = get_object_or_404(visible.select_related("order"), pk=pk)
    back = reverse("reports:order_text", args=[row.order_id])
    return act_and_redirect(
        request, lambda: acts.take_up(row, by=request.user), success="Замечание снова в силе", to=back
    )
