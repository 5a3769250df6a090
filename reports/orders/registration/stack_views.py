"""Several orders that came back signed, registered in one visit (п. 3.2, 3.3)."""

from contextlib import nullcontext
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site.rights import require
from mentoring_site.russian import joined, plural, rudate
from mentoring_site.ui.elements import Crumb, Fact
from people.accounts.requests import UserRequest
from people.rights import Right
from reports.orders.effects import item_name
from reports.orders.loading import load_names
from reports.orders.models import Order
from reports.orders.registration.signed_scan import stored_scan
from reports.orders.registration.stack import AT_ONCE, Line, Outcome, register_many
from reports.orders.registration.stack_forms import CameBackForm, RowForm, offered_numbers

ORDERS = "приказ,приказа,приказов"
NAMED = 3  # subjects of an order in its row


@dataclass(frozen=True)
class Row:
    """One order of the table."""

    form: RowForm
    heading: str
    about: str
    url: str


@require_http_methods(["GET", "POST"])
def register_many_orders(request: UserRequest) -> HttpResponseBase:
    """Choose which orders came back, then one table of their numbers and dates."""
    require(request.user, Right.ORDERS_REGISTER)
    asked = [int(pk) for pk in request.GET.getlist("order")[:AT_ONCE] if pk.isdecimal() and len(pk) < 12]
    if not asked:
        return _choose(request)
    known = Order.objects.visible_to(request.user).filter(pk__in=asked)
    orders = _waiting(known)
    if request.method == "POST":
        return _registered(request, list(known), orders)
    if not orders:
        messages.info(request, "Выбранные приказы уже не ждут регистрации")
        return redirect("reports:orders_register")
    offered = offered_numbers(orders)
    return _table(request, [RowForm(order=order, offered=offered[order.pk]) for order in orders])


def _waiting(orders) -> list[Order]:
    """Return those at signature as they are registered: by series, who waits longer first."""
    return list(orders.filter(state=Order.State.AT_SIGNATURE).order_by("series", "frozen_at", "pk")[:AT_ONCE])


def _choose(request: UserRequest) -> HttpResponseBase:
    orders = _waiting(Order.objects.visible_to(request.user))
    if not orders:
        messages.info(request, "На подписи сейчас нет ни одного приказа")
        return redirect("reports:orders")
    return render(
        request,
        "reports/orders/register_choice.html",
        {"form": CameBackForm(orders=orders), "crumbs": _crumbs(), "at_once": AT_ONCE if len(orders) == AT_ONCE else 0},
    )


def _crumbs() -> list[Crumb]:
    return [Crumb("Приказы", reverse("reports:orders")), Crumb("Регистрация нескольких")]


def _registered(request: UserRequest, known: list[Order], orders: list[Order]) -> HttpResponseBase:
    """Register what can be registered; what cannot stays in the table with its reasons."""
    offered = offered_numbers(orders)
    forms = [RowForm(request.POST, request.FILES, order=order, offered=offered[order.pk]) for order in orders]
    valid = {form.order.pk: form for form in forms if form.is_valid()}
    outcome = register_many(
        [form.line() for form in valid.values()],
        by=request.user,
        scan_of=lambda line: _scan_of(valid[line.order.pk], line, request),
        held=[line for form in forms if form.order.pk not in valid and (line := form.held())],
    )
    waiting = {order.pk for order in orders}
    outcome.before += [o for o in known if o.pk not in waiting and o.state == Order.State.REGISTERED]
    _say(request, outcome)
    for pk, sentences in outcome.refused.items():
        valid[pk].refuse(sentences)
    left = [form for form in forms if form.errors]
    return _table(request, left, outcome) if left else redirect("reports:orders")


def _scan_of(form: RowForm, line: Line, request: UserRequest):
    upload = form.cleaned_data["scan"]
    return stored_scan(upload, form.seen, by=request.user) if upload else nullcontext()


def _say(request: UserRequest, outcome: Outcome) -> None:
    """Tell what was done: each order by its number."""
    if outcome.registered:
        refs = joined([f"{order.ref}" for order in outcome.registered])
        messages.success(request, f"Зарегистрировано {plural(len(outcome.registered), ORDERS)}: {refs}")
    for order in outcome.before:
        messages.info(request, f"{order} уже зарегистрирован, второй раз ничего не сделано")


def _table(request: UserRequest, forms: list[RowForm], outcome: Outcome | None = None) -> HttpResponseBase:
    orders = [form.order for form in forms]
    load_names(orders)
    done = outcome.registered if outcome else []
    context = {
        "rows": [
            Row(
                form,
                form.order.heading,
                joined(list(dict.fromkeys(item_name(item) for item in form.order.items.all()))[:NAMED]),
                form.order.get_absolute_url(),
            )
            for form in forms
        ],
        "done": [
            Fact(f"{order.ref}", order.heading, f"действует с {rudate(order.effective_on)}", order.get_absolute_url())
            for order in done
        ],
        "here": f"{reverse('reports:orders_register')}?{urlencode([('order', order.pk) for order in orders])}",
        "found": plural(len(forms), ORDERS),
        "has_errors": outcome is not None,
        "choice_url": reverse("reports:orders_register"),
        "scans_url": reverse("reports:scans_new"),
        "crumbs": _crumbs(),
    }
    return render(request, "reports/orders/register_many.html", context)
