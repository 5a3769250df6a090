"""The catalogue of orders (docs/law.md#orders-kinds): a module for each kind; this one only lists them."""

from reports.orders.order_kinds.amendment import AMENDED, AMENDMENT
from reports.orders.order_kinds.appointment import APPOINTMENT, CANDIDATE
from reports.orders.order_kinds.assignment import ASSIGNMENT, PAIRING
from reports.orders.order_kinds.association import ASSOCIATION
from reports.orders.order_kinds.base import Kind, Subject
from reports.orders.order_kinds.change import CHANGE
from reports.orders.order_kinds.completion import COMPLETION, ENDING
from reports.orders.order_kinds.context import Setting
from reports.orders.order_kinds.curator import CURATOR
from reports.orders.order_kinds.dissolution import DISSOLUTION, DISSOLVED
from reports.orders.order_kinds.event import EVENT
from reports.orders.order_kinds.incentive import INCENTIVE
from reports.orders.order_kinds.items import kind_of, subject_of, subjects
from reports.orders.order_kinds.pause import PAUSED, RESUMED, RESUMING, SUSPENSION
from reports.orders.order_kinds.pay import PAY
from reports.orders.order_kinds.programs import PROGRAM, PROGRAMS
from reports.orders.order_kinds.proposal import PROPOSAL
from reports.orders.order_kinds.regulation import REGULATION_ORDER
from reports.orders.order_kinds.release import RELEASE
from reports.orders.order_kinds.relief import RELIEF
from reports.orders.order_kinds.replacement import REPLACED, REPLACEMENT
from reports.orders.order_kinds.roadmap import PLAN, ROADMAP

__all__ = [
    "KINDS",
    "SUBJECTS",
    "Kind",
    "Setting",
    "Subject",
    "choices",
    "cited",
    "compose",
    "concerned",
    "in_words",
    "kind_of",
    "named",
    "sort_of",
    "subject_of",
    "subjects",
]

KINDS = {
    kind.code: kind
    for kind in (
        REGULATION_ORDER,
        CURATOR,
        ROADMAP,
        APPOINTMENT,
        ASSIGNMENT,
        PROGRAMS,
        AMENDMENT,
        REPLACEMENT,
        SUSPENSION,
        RESUMING,
        COMPLETION,
        DISSOLUTION,
        PAY,
        RELIEF,
        RELEASE,
        INCENTIVE,
        EVENT,
        ASSOCIATION,
        CHANGE,
    )
}
"""Kinds of orders by their code, in the order in which a school meets them."""

SUBJECTS = {
    sort.name: sort
    for sort in (
        CANDIDATE,
        PAIRING,
        PROGRAM,
        ENDING,
        PLAN,
        AMENDED,
        REPLACED,
        PAUSED,
        RESUMED,
        DISSOLVED,
        PROPOSAL,
    )
}
"""What orders enact, by the key of ``OrderItem``."""

_BY_MODEL = {s.model.lower(): s for s in SUBJECTS.values()}


def choices() -> list[tuple[str, str]]:
    """Return the kinds as choices of a field."""
    return [(kind.code, kind.label) for kind in KINDS.values()]


def sort_of(subject) -> Subject:
    """Return what is known of the sort of a thing. Raises ``KeyError`` for what no order enacts."""
    return _BY_MODEL[subject._meta.label_lower]


def in_words(subject) -> str:
    """Return what an item is about: «Мельник О. Л. — Ким Д. Э.», «программа «…»», «Очирова С. Д.»."""
    return sort_of(subject).words(subject)


def compose(order, setting: Setting | None = None) -> tuple[str, str, list[dict]]:
    """Return the heading, the stating part and the points of a draft from its items as they are now."""
    return KINDS[order.kind].compose(order, setting or Setting.of(order))


def concerned(order) -> dict:
    """Return ``{person: post}`` of those whom the order concerns and who acknowledge it."""
    people = {}
    for item in order.items.all():
        subject = subject_of(item)
        sort = sort_of(subject)
        found = sort.concerned(subject)
        people = found | people if sort.first else people | found  # the post of a pair goes before that of a bank
    return people


def named(order) -> list:
    """Return the persons whom the text of an order may name, as often as the order holds them."""
    found = []
    for item in order.items.all():
        subject = subject_of(item)
        sort = sort_of(subject)
        found += sort.named(subject) if sort.named else list(sort.concerned(subject))
    return found


def cited(order) -> list[tuple]:
    """Return what each thing of the order rests on: dated papers that may not be later than the order."""
    return [paper for sort in SUBJECTS.values() if (found := subjects(order, sort.name)) for paper in sort.cited(found)]
