"""The order that honors somebody: orders stand above requests and give the way to draft one (a registry)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from people.accounts.models import User
from people.register.models import Person
from programs.catalogs.models import IncentiveMeasure


@dataclass(frozen=True)
class Incentive:
    """What the draft says: whom, for what («за …»), by which measures, on whose proposal.

    Minutes are those of the methodical council; ``proposal`` are words in the genitive where a mentor has proposed it.
    """

    people: Sequence[Person]
    merit: str
    measures: Sequence[IncentiveMeasure]
    amount: str = ""
    minutes_number: str = ""
    minutes_date: date | None = None
    proposal: str = ""


_DRAFT: list[Callable[..., Any]] = []
_DISCARD: list[Callable[..., None]] = []


def register(draft: Callable[..., Any], discard: Callable[..., None]) -> None:
    """Say how an order is drafted (``draft(incentive, by=)``) and its draft deleted (``discard(order, by=, reason=)``).

    Called once when the app is ready.
    """
    _DRAFT[:], _DISCARD[:] = [draft], [discard]


def draft(incentive: Incentive, *, by: User) -> Any:
    """Return the draft of an order. Raises what drafting raises."""
    return _DRAFT[0](incentive, by=by)


def discard(order: Any, *, by: User, reason: str) -> None:
    """Delete the draft. Raises ``Refused`` when it is a draft no more."""
    _DISCARD[0](order, by=by, reason=reason)
