"""What a meeting has decided is recorded in the visit in which its minutes are signed (п. 3.5).

Whoever signs the minutes and records what the council agreed to and recommended takes all these steps one after
another; each is an act of the log with its own requirements, all are done, or none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from mentoring_site.models import StoredFile
from mentoring_site.workflow import Refused, complaints
from people.accounts.models import User
from programs.pairings import acts as pairing_acts
from programs.pairings.models import Pairing
from programs.pairings.rules import pairing_title
from programs.program.approval import acts as approval_acts
from programs.program.models import Program
from roadmap.council import acts
from roadmap.council.models import Minutes
from roadmap.council.quorum import is_carried

DECIDED = ("Согласовать", "Рекомендовать", "Закрепить")
"""How a ready decision in favour begins: another one was written by hand, and is ticked by hand."""


@dataclass(frozen=True)
class Decision:
    """One thing that the minutes decide on and that can be recorded at once by the user."""

    key: str
    label: str
    is_ready_text: bool
    act: Callable[..., Any]


def decisions(minutes: Minutes, user: User) -> list[Decision]:
    """Return what the user may record together with the signing, in the order of the agenda."""
    return [
        decision
        for item in minutes.items.order_by("number")
        if is_carried(item)
        for decision in (*_of_programs(item, user), *_of_pairings(item, user))
    ]


def _is_open(thing: Any, step: str, user: User) -> bool:
    """Whether the step is of this state and this user's, with nothing missing."""
    transition = thing.WORKFLOW[step]
    return thing.state in transition.sources and transition.allows(thing, user) and not complaints(thing, step)


def _of_programs(item: Any, user: User) -> Iterable[Decision]:
    for program in Program.objects.visible_to(user).with_requirements().filter(agenda_items=item):
        if _is_open(program, "agree", user):
            label = f"Вопрос {item.number}: согласовать программу «{program.title}»"
            ready = item.decided.startswith(DECIDED)
            yield Decision(f"program-{program.pk}", label, ready, partial(approval_acts.agree, program))


def _of_pairings(item: Any, user: User) -> Iterable[Decision]:
    for pairing in Pairing.objects.visible_to(user).with_requirements().filter(agenda_items=item):
        if _is_open(pairing, "recommend", user):
            label = f"Вопрос {item.number}: рекомендовать — {pairing_title(pairing)}"
            ready = item.decided.startswith(DECIDED)
            yield Decision(f"pairing-{pairing.pk}", label, ready, partial(pairing_acts.recommend, pairing))


@transaction.atomic
def sign_and_record(
    minutes: Minutes, keys: Iterable[str], *, by: User, signed_on: date, scan: StoredFile | None = None
) -> Minutes:
    """Record that the minutes are signed, and what they decided on the things of ``keys``.

    Raises what ``acts.sign``, ``agree`` and ``recommend`` raise; ``Refused`` for a thing that is no longer open.
    """
    known = {decision.key: decision for decision in decisions(minutes, by)}
    chosen = list(keys)
    if gone := [key for key in chosen if key not in known]:
        raise Refused(f"Решений, которые уже записаны или чего-то ждут: {len(gone)}. Откройте страницу ещё раз")
    signed = acts.sign(minutes, by=by, signed_on=signed_on, scan=scan)
    for key in chosen:
        known[key].act(by=by, minutes_number=str(minutes.number), minutes_date=minutes.held_on)
    return signed
