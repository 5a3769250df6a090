"""What waits for somebody in orders: visas, signatures, registration, scans, reading, things nobody put
into an order.
"""

from collections.abc import Iterator, Sequence

from django.db.models import CharField, Q, QuerySet, Value
from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import plural
from people.rights import Right
from reports.orders.models import Acquaintance, Order, OrderItem, Visa
from reports.orders.order_kinds.base import OrderKind
from reports.orders.order_kinds.registry import KINDS

SCANS_AT_MOST = 10


def _composes(user) -> bool:
    return user.can(Right.ORDERS_DRAFT) and user.can(Right.PAIRINGS_ANSWER_FOR_OTHERS)


def items(user) -> list[InboxItem]:
    """Return what waits for the user in orders."""
    registers, composes = user.can(Right.ORDERS_REGISTER), _composes(user)
    found = [
        thing
        for order in _orders(user, registers, composes)
        for thing in _items_of(order, user, registers=registers, composes=composes)
    ]
    return found + (_ready() if composes else [])


def _orders(user, registers, composes):
    """Every order in which something waits for the user, with what it is: ``to_visa``, ``to_read``, ``visaed``."""
    State = Order.State
    # drafts at their visas are few
    visas = Visa.objects.filter(order__state=State.DRAFT).order_by().values_list("order", "person", "given_at")
    to_visa = {order for order, person, given_at in visas if person == user.person_id and given_at is None}
    visaed = {order for order, _, _ in visas} - {order for order, _, given_at in visas if given_at is None}
    unread = Acquaintance.objects.filter(person=user.person_id, read_at__isnull=True, order__state=State.REGISTERED)
    to_read = set(unread.order_by().values_list("order", flat=True))
    wanted = Q(pk__in=to_visa | to_read)
    if registers:
        bare = Order.objects.filter(state=State.REGISTERED, scan__isnull=True).order_by("registered_at")
        wanted |= Q(state=State.AT_SIGNATURE) | Q(pk__in=list(bare.values_list("pk", flat=True)[:SCANS_AT_MOST]))
    step = Q(state=State.AGREED) | Q(pk__in=visaed)
    wanted |= step if composes else step & Q(executor=user.person_id)
    for order in Order.objects.filter(wanted).defer("facts", "points", "preamble").order_by("created_at", "pk"):
        order.to_visa, order.to_read, order.visaed = order.pk in to_visa, order.pk in to_read, order.pk in visaed
        yield order


def _items_of(order, user, *, registers: bool, composes: bool) -> Iterator[InboxItem]:
    """Yield what waits for the user in one order."""
    if order.state == Order.State.DRAFT and order.to_visa:
        yield InboxItem(
            f"Завизировать проект: {order.heading}",
            "Без визы приказ не передать на подпись",
            order.get_absolute_url(),
            "Прочитать и завизировать",
            since=order.created_at,
            weight=75,
            group=Group.ORDERS,
            key=f"order:{order.pk}:visa",
        )
    if order.state == Order.State.REGISTERED and order.to_read:
        yield InboxItem(
            f"Ознакомиться с приказом №\u00a0{order.number}",
            order.heading,
            order.get_absolute_url(),
            "Прочитать",
            since=order.registered_at,
            weight=65,
            group=Group.READING,
            key=f"order:{order.pk}:read",
        )
    if registers and order.state == Order.State.AT_SIGNATURE:
        yield _signature(order, user)
    if registers and order.state == Order.State.REGISTERED and order.scan_id is None:
        yield InboxItem(
            f"Приложить скан приказа {order.ref.on_screen}",
            order.heading,
            reverse("reports:order_scan", args=[order.pk]),
            "Приложить скан",
            since=order.registered_at,
            weight=20,
            group=Group.ORDERS,
            key=f"order:{order.pk}:scan",
        )
    if composes or (order.executor_id == user.person_id and user.can(Right.ORDERS_DRAFT)):
        yield from _next_step(order)


def _next_step(order) -> Iterator[InboxItem]:
    """Yield the step that whoever composed the order takes when all visas are given."""
    url, since = order.get_absolute_url(), order.created_at
    if order.state == Order.State.DRAFT and order.visaed:
        yield InboxItem(
            f"Завершить согласование: {order.heading}",
            "Все визы получены",
            url,
            "Открыть",
            since=since,
            weight=72,
            group=Group.ORDERS,
            key=f"order:{order.pk}:agree",
        )
    if order.state == Order.State.AGREED:
        yield InboxItem(
            f"Передать на подпись: {order.heading}",
            "Приказ завизирован",
            url,
            "Открыть",
            since=since,
            weight=73,
            group=Group.ORDERS,
            key=f"order:{order.pk}:sign",
        )


def _signature(order, user) -> InboxItem:
    """The head signs the paper; whoever registers waits for the signed paper and enters it."""
    signs = order.signer_id == user.person_id
    return InboxItem(
        f"Подписать приказ: {order.heading}" if signs else f"Зарегистрировать подписанный приказ: {order.heading}",
        "Напечатайте, подпишите и отдайте на регистрацию" if signs else "Он вступит в силу только после регистрации",
        order.get_absolute_url() if signs else reverse("reports:order_register", args=[order.pk]),
        "Открыть" if signs else "Зарегистрировать",
        since=order.frozen_at,
        weight=85 if signs else 70,
        group=Group.ORDERS,
        key=f"order:{order.pk}:register",
    )


def _ready() -> list[InboxItem]:
    """Return what has every paper and stands in no open order; the page of a new order says the rest.

    One query for the keys of all kinds, and one for the open orders: both are few.
    """
    kinds = [kind for kind in KINDS.values() if kind.waiting_words]
    names = list(dict.fromkeys(kind.subject.name for kind in kinds))
    items = OrderItem.objects.filter(order__state__in=Order.OPEN_STATES).order_by().values_list(*names)
    taken = {name: {row[place] for row in items} for place, name in enumerate(names)}
    ready: dict[str, set[int]] = {kind.code: set() for kind in kinds}
    for code, pk in _ready_keys(kinds):
        ready[code].add(pk)
    found = [_to_compose(kind, ready[kind.code] - taken[kind.subject.name]) for kind in kinds]
    return [item for item in found if item is not None]


def _ready_keys(kinds: Sequence[OrderKind]) -> QuerySet:
    """Return (code, key) of everything of all kinds that has its papers."""
    first, *others = [
        kind.ready().annotate(code_of_kind=Value(kind.code, CharField())).values_list("code_of_kind", "pk")
        for kind in kinds
    ]
    return first.union(*others, all=True)


def _to_compose(kind: OrderKind, ready: set[int]) -> InboxItem | None:
    if not ready or kind.waiting_words is None:
        return None
    forms, words = kind.waiting_words
    keys = {f"{kind.subject.name}:{pk}:order" for pk in ready}
    return InboxItem(
        f"{plural(len(ready), forms)} {words}",
        "Выберите, что включить в приказ",
        f"{reverse('reports:order_new')}?kind={kind.code}",
        "Составить приказ",
        weight=68,
        group=Group.ORDERS,
        # what comes later is another thing
        key=keys.pop() if len(keys) == 1 else f"orders:{kind.code}:{max(ready)}",
        covers=frozenset(keys),
    )
