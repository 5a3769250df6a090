"""What of a person can be destroyed and what stays: each feature registers its own data and its own reasons.

The order of registration (``people/apps.py``, ``programs/apps.py``) is the order in acts of destruction.
"""

from collections.abc import Callable
from dataclasses import dataclass

from people.register.models import Person


@dataclass(frozen=True)
class ErasableData:
    """One category of data in an act of destruction (приказ РКН № 179).

    ``code`` is kept in the act, ``label`` names the category in it. ``found(person)`` says in Russian what there is
    now (nothing: an empty list); ``erase(person)`` destroys it in the transaction of the act and returns how many
    records it was.
    """

    code: str
    label: str
    found: Callable[[Person], list[str]]
    erase: Callable[[Person], int]


@dataclass(frozen=True)
class ErasableRecords:
    """Records of the school, not of one person, whose term of keeping may be over (приказ Росархива № 236).

    ``found()`` names in Russian each record past its term, ``erase()`` destroys those and returns how many they were.
    """

    code: str
    label: str
    found: Callable[[], list[str]]
    erase: Callable[[], int]


Reasons = Callable[[Person], list[str]]
"""Says in Russian what of a person stays and on what ground."""

_ERASABLE: dict[str, ErasableData] = {}
_RECORDS: dict[str, ErasableRecords] = {}
_REASONS: list[Reasons] = []
_COPIES: list[Callable[[], int]] = []


def register(*erasable: ErasableData, reasons: tuple[Reasons, ...] = ()) -> None:
    """Add categories and reasons, once each; called by the apps when they are ready."""
    for data in erasable:
        if _ERASABLE.setdefault(data.code, data) is not data:
            raise ValueError(f"two categories with the code {data.code!r}")
    _REASONS.extend(reason for reason in reasons if reason not in _REASONS)


def register_records(*erasable: ErasableRecords) -> None:
    """Add kinds of records of the school, once each; called by the apps when they are ready."""
    for data in erasable:
        if _RECORDS.setdefault(data.code, data) is not data or data.code in _ERASABLE:
            raise ValueError(f"two categories with the code {data.code!r}")


def forget_copies_by(*handlers: Callable[[], int]) -> None:
    """Call each when somebody's data have been destroyed: files made for a while in which they may stand go.

    Called by the apps when they are ready.
    """
    _COPIES.extend(handler for handler in handlers if handler not in _COPIES)


def forget_copies() -> int:
    """Remove every file that was made for a while; return how many."""
    return sum(handler() for handler in _COPIES)


def categories() -> dict[str, ErasableData]:
    """Return every category under its code, in the order of an act."""
    return dict(_ERASABLE)


def records() -> dict[str, ErasableRecords]:
    """Return every kind of records of the school under its code."""
    return dict(_RECORDS)


def reasons_to_keep(person: Person) -> list[str]:
    """Return the sentences of every feature about what it keeps of the person."""
    return [sentence for reasons in _REASONS for sentence in reasons(person)]
