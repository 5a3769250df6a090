"""What ends together with a pair or group: each higher feature registers its part when the app is ready.

A handler is called inside the transaction of the dissolution, after the pair and its participations have ended.
"""

from collections.abc import Callable
from datetime import date

from programs.pairings.models import Pairing

Handler = Callable[[Pairing, date], None]
_HANDLERS: list[Handler] = []


def register(*handlers: Handler) -> None:
    """Add functions ``(pairing, last day)``; called once by the app when it is ready."""
    _HANDLERS.extend(h for h in handlers if h not in _HANDLERS)


def run(pairing: Pairing, on: date) -> None:
    """Notify every feature that the pair has ended; ``on`` is its last day."""
    for handler in _HANDLERS:
        handler(pairing, on)
