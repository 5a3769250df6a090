"""Particulars of an order on a monitoring or a closing event."""

from dataclasses import dataclass
from datetime import date

from reports.orders.order_kinds.typed import TypedDraft

MONITORING = "monitoring"
EVENT_TYPES = {
    MONITORING: (
        "мониторинг реализации персонализированных программ наставничества",
        "мониторинга реализации персонализированных программ наставничества",
    ),
    "conference": ("конференцию", "конференции"),
    "round_table": ("круглый стол", "круглого стола"),
    "seminar": ("семинар", "семинара"),
    "session": ("установочную сессию", "установочной сессии"),
    "consultation": ("консультацию", "консультации"),
    "training": ("тренинг", "тренинга"),
    "lesson": ("открытый урок", "открытого урока"),
    "speed": ("встречу скоростного наставничества", "встречи скоростного наставничества"),
    "coordination": ("координационное совещание с партнёрами", "координационного совещания с партнёрами"),
}
"""Accusative and genitive."""


@dataclass(frozen=True)
class EventDraft(TypedDraft):
    """The type of the event (a key of ``EVENT_TYPES``), its days, place, and its program, a line for each point.

    ``event`` is the key of the event that the order is about (``roadmap/events``), if it has been prepared.
    """

    event_type: str
    begins: date
    ends: date
    title: str = ""
    place: str = ""
    plan: str = ""
    event: int | None = None
