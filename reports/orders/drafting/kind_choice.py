"""What a new order can be about: kinds in groups, the possible ones first, the others with the reason why not now."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mentoring_site.workflow import Complaint
from people.accounts.models import User
from reports.orders.drafting.available import Ready, waiting_for
from reports.orders.links import openable
from reports.orders.order_kinds.base import GROUPS, OrderKind
from reports.orders.order_kinds.registry import KINDS

AT_ONCE = 60  # things to choose from on a page: more than one order ever holds


@dataclass(frozen=True)
class KindRow:
    """One kind of order. ``ready`` is how much could be put into an order now, None where it is typed with the order;
    ``reason`` is why none can be composed now, ``link`` leads to where the reason is removed.
    """

    label: str
    url: str
    note: str
    ready: int | None = None
    reason: str = ""
    link_url: str = ""
    link: str = ""

    @property
    def is_possible(self) -> bool:
        """Whether an order of the kind can be composed now."""
        return not self.reason


@dataclass(frozen=True)
class KindGroup:
    """Kinds about one sort of things."""

    label: str
    rows: list[KindRow]


def groups(user: User) -> dict[str, Any]:
    """Return the context of the choice: groups of what is possible, groups of what is not, and how much that is."""
    rows = {group: [_kind(k, user) for k in KINDS.values() if k.group == group] for group in GROUPS}
    possible = [KindGroup(GROUPS[g], [r for r in found if r.is_possible]) for g, found in rows.items()]
    closed = [KindGroup(GROUPS[g], [r for r in found if not r.is_possible]) for g, found in rows.items()]
    return {
        "possible": [group for group in possible if group.rows],
        "closed": [group for group in closed if group.rows],
        "number_closed": sum(len(group.rows) for group in closed),
    }


def _kind(kind: OrderKind, user: User) -> KindRow:
    url = f"{reverse('reports:order_new')}?kind={kind.code}"
    if kind.form:
        closed = kind.form_class.closed()
        return _closed(kind, url, closed, user) if closed else KindRow(kind.label, url, kind.hint)
    rows = waiting_for(kind.code, most=AT_ONCE + 1)
    more, rows = rows[AT_ONCE:], rows[:AT_ONCE]
    if not rows:
        text, name = kind.empty_state
        return _closed(kind, url, Complaint(text, "", reverse(name), "Открыть"), user)
    ready = sum(row.is_ready for row in rows)
    if not ready:
        return _closed(kind, url, _first_reason(rows, url), user)
    parts = [f"готово: {ready}"]
    parts += [f"ещё не готово: {len(rows) - ready}"] if len(rows) > ready else []
    parts += [f"это первые {AT_ONCE}"] if more else []
    return KindRow(kind.label, url, ", ".join(parts), ready)


def _closed(kind: OrderKind, url: str, reason: Complaint, user: User) -> KindRow:
    shown = openable(reason.url, user)
    return KindRow(kind.label, url, "", 0, str(reason), shown, reason.link if shown else "")


def _first_reason(rows: list[Ready], url: str) -> Complaint:
    """Return what the one that waits longest lacks; the page of the kind says it of each."""
    first = rows[0]
    if first.order:
        text = f"{first.title}: уже в приказе, который ещё не подписан"
        found = Complaint(text, "", first.order.get_absolute_url(), "Открыть приказ")
    else:
        lacks = first.missing[0]
        found = Complaint(f"{first.title}: {lacks}", "", lacks.url or url, lacks.link if lacks.url else "Что мешает")
    if len(rows) == 1:
        return found
    return Complaint(f"Ещё не готово: {len(rows)}. Первое — {found.text}", "", url, "Что мешает каждому")
