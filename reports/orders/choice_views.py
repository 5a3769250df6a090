"""The choice of what a new order is about and what goes into it (п. 3.1–3.3)."""

from dataclasses import dataclass, field

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Check, Crumb
from people.rights import Right
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import kind_choice, proposal_views
from reports.orders.drafting.available import waiting_for
from reports.orders.forms import ItemsForm
from reports.orders.links import openable
from reports.orders.order_kinds.base import OrderKind
from reports.orders.order_kinds.registry import KINDS


@dataclass(frozen=True)
class ChoiceRow:
    """One thing to choose; one that is not ready is switched off with its reasons."""

    pk: str
    title: str
    note: str
    url: str
    enabled: bool
    checked: bool
    reasons: list[Check] = field(default_factory=list)


def order_new(request):
    """Choose what the order is about, then what goes into it; what is not ready shows why."""
    require(request.user, Right.ORDERS_DRAFT)
    kind = KINDS.get(request.GET.get("kind", ""))
    if kind is None:
        return render(
            request,
            "reports/orders/order_new.html",
            {**kind_choice.groups(request.user), "crumbs": _crumbs(Crumb("Новый приказ"))},
        )
    return proposal_views.new(request, kind) if kind.form else _choose_items(request, kind)


def _choose_items(request, kind: OrderKind) -> HttpResponseBase:
    """Choose what goes into an order of the kind: a part of what waits, what the address asks for first."""
    wanted = {pk for pk in [request.GET.get(kind.subject.name, "")] if pk.isdecimal() and len(pk) < 12}
    after = _start(request)
    rows = waiting_for(kind.code, wanted=wanted, after=after, most=kind_choice.AT_ONCE + 1)
    more, rows = rows[kind_choice.AT_ONCE :], rows[: kind_choice.AT_ONCE]
    form = ItemsForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        key, subjects = form.cleaned_data["request_key"], form.subjects()
        made = act_with_form(form, lambda: drafting_acts.draft(kind.code, subjects, by=request.user, request_key=key))
        if made:
            return redirect(made)
    checked = set(request.POST.getlist("items")) or wanted
    query = request.GET.copy()  # with what was asked for first: the next part goes on in the same order
    query["after"] = str(after + kind_choice.AT_ONCE)
    new_url = reverse("reports:order_new")
    text, name = kind.empty_state
    context = {
        "form": form,
        "heading": kind.label,
        "cancel_url": new_url,
        "empty_text": text,
        "empty_url": reverse(name),
        "rows": [_choice(row, checked, len(rows), request.user) for row in rows],
        "can_submit": bool(form.rows),
        "note": kind.hint,
        "crumbs": _crumbs(Crumb("Новый приказ", new_url), Crumb(kind.label)),
        "next_url": f"?{query.urlencode()}" if more else "",
        "first_url": f"?kind={kind.code}" if after else "",
    }
    return render(request, "reports/orders/order_items.html", context)


def _crumbs(*last: Crumb) -> list[Crumb]:
    return [Crumb("Приказы", reverse("reports:orders")), *last]


def _start(request) -> int:
    """Return how many of those who waited longer were shown before."""
    said = request.GET.get("after", "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def _choice(row, checked: set[str], count: int, user) -> ChoiceRow:
    pk = str(row.subject.pk)
    reasons = [Check(False, str(c), url=openable(c.url, user), link=c.link) for c in row.missing]
    if row.order:
        text = "Уже стоит в приказе, который ещё не подписан"
        reasons = [Check(False, text, url=row.order.get_absolute_url(), link="Открыть приказ")]
    return ChoiceRow(
        pk,
        row.title,
        row.note,
        openable(row.url, user),
        enabled=row.is_ready,
        checked=row.is_ready and (pk in checked or count == 1),
        reasons=reasons,
    )
