"""Touched papers on pages: grouped by what changed, those that wait for somebody first."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from people.accounts.models import User
from people.rights import Right
from reports.documents.touched.papers import Touched
from reports.documents.touched.rules import Fact, Need


@dataclass(frozen=True)
class PaperRow:
    """One paper: what it says, what is so, what follows; the addresses are empty where there is nothing to do."""

    title: str
    url: str
    who: str
    old: str
    new: str
    need: str
    why: str
    waits: bool
    act_url: str = ""
    act: str = ""
    leave_url: str = ""


@dataclass(frozen=True)
class FactGroup:
    """All papers that one kind of fact touches; ``waiting`` of them ask for something."""

    title: str
    rows: list[PaperRow]
    waiting: int


def groups(found: Iterable[Touched], user: User) -> list[FactGroup]:
    """Return the papers by fact, in the order of the table of rules."""
    rows: dict[Fact, list[Touched]] = {fact: [] for fact in Fact}
    for one in found:
        rows[one.fact].append(one)
    return [
        FactGroup(
            fact.value,
            [row(one, user) for one in sorted(papers, key=lambda one: not one.waits)],
            sum(one.waits for one in papers),
        )
        for fact, papers in rows.items()
        if papers
    ]


def row(one: Touched, user: User) -> PaperRow:
    """Return one paper with what the user may do about it."""
    drafts = one.waits and user.can(Right.ORDERS_DRAFT)
    act, address, leave = "", "", ""
    if drafts and one.need is Need.ORDER and one.order and one.former:
        act, address = "Составить приказ об изменениях", change_url(one)
        leave = reverse("reports:touched_leave", args=[one.order.pk, one.former.pk])
    elif one.waits and one.need is not Need.ORDER:
        act, address = "Открыть", one.url
    return PaperRow(
        title=one.title,
        url=one.url,
        who=one.person.short_name if one.person else "",
        old=one.old,
        new=one.new,
        need=one.done or one.need.value,
        why=one.why,
        waits=one.waits,
        act_url=address,
        act=act,
        leave_url=leave,
    )


def change_url(one: Touched) -> str:
    """Return the address of the form of an amending order; old and new wording are filled in there."""
    assert one.order and one.former
    asked = {"kind": "change", "base": one.order.pk, "former": one.former.pk}
    return f"{reverse('reports:order_new')}?{urlencode(asked)}"
