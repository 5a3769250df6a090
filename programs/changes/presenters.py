"""What the page of one change shows to whom: facts, readiness for its order, actions, history."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse

from mentoring_site import history
from mentoring_site.help import about as help_about
from mentoring_site.paper_ref import PaperRef
from mentoring_site.ui.elements import Action, Badge, Check, Crumb, Fact
from mentoring_site.workflow import action, readiness
from people.accounts.models import User
from people.rights import Right
from programs.changes.catalog import type_of
from programs.changes.models import Change
from programs.changes.types import TONES, ChangeRow
from programs.pairings import presenters as pairing_presenters
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.program import presenters as program_presenters
from programs.program.models import Program


def program_of(change: Change) -> Program | None:
    """Return the program of a change, or None when it is about a pair."""
    return getattr(change, "program", None)


def pairing_of(change: Any) -> Pairing:
    """Return the pair of a change that is about one."""
    return change.pairing


def crumbs(change: Change, last: str | None = None) -> list[Crumb]:
    """Return the way to the page of a change or to a page below it."""
    label, program = type_of(change).label, program_of(change)
    way = program_presenters.crumbs(program, label) if program else pairing_presenters.crumbs(pairing_of(change), label)
    return [*way[:-1], Crumb(label, change.get_absolute_url()), Crumb(last)] if last else way


def row(change: Change) -> ChangeRow:
    """Return the line of a change on the tab of its program."""
    return ChangeRow(
        url=change.get_absolute_url(),
        name=type_of(change).label,
        summary=type_of(change).summary(change),
        order=change.order_number and f"приказ №\u00a0{change.order_number}",
        badge=badge(change),
    )


def badge(change: Change) -> Badge:
    """Return the state of a change."""
    return Badge(change.get_state_display(), TONES[change.state])


def context(change: Change, user: User) -> dict:
    """Return what ``programs/changes/change.html`` reads."""
    program = program_of(change)
    place = program or pairing_of(change)
    return {
        "heading": type_of(change).label,
        "place": program.title if program else pairing_title(pairing_of(change)),
        "place_url": place.get_absolute_url(),
        "crumbs": crumbs(change),
        "badge": badge(change),
        "actions": actions(change, user),
        "checks": list(_checks(change, user)) if change.state == Change.State.PROPOSED else [],
        "facts": facts(change, user),
        "entries": history.entries([change]),
        **type_of(change).context(change, user),
    }


def facts(change: Change, user: User) -> list[Fact]:
    """Return the facts of a change in words."""
    order = PaperRef(change.order_number, change.order_date).on_screen if change.order_date else ""
    return Fact.known([*type_of(change).facts(change, user), ("Приказ", order)])


def _checks(change: Change, user: User) -> Iterator[Check]:
    """The requirements of the order; a link stands only where the reader can do something."""
    program = program_of(change)
    takes_part = program is not None and any(p.person_id == user.person_id for p in program.pairing.people)
    for check in readiness(change, "ready"):
        own = takes_part and check.remind == user.person_id
        if own:
            check = replace(check, link="Прочитать и согласиться")
        elif not user.can(Right.PROGRAMS_CHANGE) and check.url != change.get_absolute_url():
            check = replace(check, url="", link="")
        yield replace(check, waiting=not check.met and not check.url)
    yield from type_of(change).more_checks(change)


def actions(change: Change, user: User) -> list[Action]:
    """Return the buttons of the page, the main one first."""

    def transition(verb: str, *, primary: bool = False) -> Action | None:
        url = reverse(f"programs:change_{verb}", args=[type_of(change).name, change.pk])
        return action(change, verb, user, url, primary=primary)

    ready, withdraw = transition("ready", primary=True), transition("withdraw")
    if ready and ready.reasons:
        ready = replace(ready, reasons=("Чего не хватает, сказано ниже",), primary=False)
    own = list(type_of(change).actions(change, user))
    found = [
        _order(change, user),
        *(a for a in own if a.primary),
        ready,
        *(a for a in own if not a.primary),
        transition("reopen"),
        withdraw and replace(withdraw, danger=True),
    ]
    return [a for a in found if a]


def _order(change: Change, user: User) -> Action | None:
    """The draft of the order that enacts the change."""
    if change.state != Change.State.READY or not user.can(Right.ORDERS_DRAFT):
        return None
    name, missing = type_of(change).name, type_of(change).missing_for_order(change)
    url = f"{reverse('reports:order_new')}?kind={name}&{name}={change.pk}"
    reasons = tuple(str(complaint) for complaint in missing)
    return Action(
        "order",
        "Подготовить приказ",
        url,
        primary=True,
        enabled=not reasons,
        reasons=reasons,
        help=help_about(__name__),
    )
