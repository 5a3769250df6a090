"""Particulars of an order that releases a participant for an activity."""

from dataclasses import dataclass
from datetime import date

from reports.orders.order_kinds.typed import TypedDraft


@dataclass(frozen=True)
class Lesson(TypedDraft):
    """A lesson with the person (primary key) who teaches it instead."""

    time: str
    what: str
    substitute: int | None = None


@dataclass(frozen=True)
class ReleaseDraft(TypedDraft):
    """The activity (primary key and title) of which program, the day, the hours as HH:MM, the reason, the lessons."""

    activity: int
    event: str
    program: str
    day: date
    reason: str
    starts: str = ""
    ends: str = ""
    lessons: tuple[Lesson, ...] = ()
