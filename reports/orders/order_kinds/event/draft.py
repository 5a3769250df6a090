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
}
"""Accusative and genitive."""


@dataclass(frozen=True)
class EventDraft(TypedDraft):
    """The type of the event (a key of ``EVENT_TYPES``), its days, place, and its program, a line for each point."""

    event_type: str
    begins: date
    ends: date
    title: str = ""
    place: str = ""
    plan: str = ""
