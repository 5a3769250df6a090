"""Who hears that an event was held and who attended it: training records, partners, practices (a registry).

A feature above or beside registers a function in the ``ready()`` of its app. It is called in the transaction of the act
with the event and its participants who were there: when the event is marked as held, again when a mark, hours or a
document are corrected later, and with an empty list when the event is held no more. So it is written to be repeated.
"""

from collections.abc import Callable, Sequence
from typing import Any

from roadmap.events.models import Event, Participant

Hearer = Callable[[Event, Sequence[Participant], Any], None]
_HEARERS: list[Hearer] = []


def register(*hearers: Hearer) -> None:
    """Add functions ``(event, attended, by)``; called once by each app when it is ready."""
    _HEARERS.extend(hearer for hearer in hearers if hearer not in _HEARERS)


def tell(event: Event, *, by: Any) -> None:
    """Tell everybody who was at an event; of one that is not held nobody was."""
    attended: list[Participant] = []
    if event.state == Event.State.HELD:
        attended = list(event.participants.present().select_related("person").order_by("pk"))
    for hearer in _HEARERS:
        hearer(event, attended, by)
