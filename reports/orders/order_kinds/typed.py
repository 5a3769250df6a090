"""Orders whose substance is typed with them: the particulars of each kind are a frozen dataclass, stored as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

from people.register.models import Person


@dataclass(frozen=True)
class TypedDraft:
    """Parent of the particulars of typed orders; itself those of a kind that has none.

    Fields are texts, numbers, flags, dates, and tuples or dictionaries of these or of other ``TypedDraft`` classes.
    """

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Self:
        """Return the particulars from what a form has cleaned or what ``dump`` has stored.

        Names that are no fields are left out; dates may be ISO. Raises ``TypeError`` when a field is missing.
        """
        hints = get_type_hints(cls)
        return cls(**{f.name: _parsed(hints[f.name], data[f.name]) for f in fields(cls) if f.name in data})

    @property
    def cited_papers(self) -> list[tuple[str, date]]:
        """Dated papers on which the order rests besides the minutes of the council; not later than the order."""
        return []

    def dump(self) -> dict[str, Any]:
        """Return the particulars as JSON takes them: dates as ISO, tuples as lists."""
        return {f.name: _dumped(getattr(self, f.name)) for f in fields(self)}


def _parsed(hint, value):
    if get_origin(hint) is UnionType:
        hint = get_args(hint)[0]
    if value is None:
        return None
    if hint is date:
        return date.fromisoformat(value) if isinstance(value, str) else value
    if get_origin(hint) is tuple:
        return tuple(_parsed(get_args(hint)[0], row) for row in value)
    if get_origin(hint) is dict:
        of_key, of_value = get_args(hint)
        return {of_key(key): _parsed(of_value, row) for key, row in value.items()}
    if isinstance(hint, type) and issubclass(hint, TypedDraft) and not isinstance(value, hint):
        return hint.parse(value)
    return value


def _dumped(value):
    if isinstance(value, TypedDraft):
        return value.dump()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_dumped(row) for row in value]
    if isinstance(value, dict):
        return {str(key): _dumped(row) for key, row in value.items()}
    return value


@dataclass(frozen=True)
class Particulars:
    """All that is typed with an order.

    ``people`` are persons by ``ProposalPerson.Part``, ``base`` is the order that is changed, the minutes are those of
    the council that proposed it.
    """

    draft: TypedDraft
    people: Mapping[str, list[Person]] = field(default_factory=dict)
    base: Any = None
    minutes_number: str = ""
    minutes_date: date | None = None
