"""What registered orders of the features above say about a program: an order suspends it, an order ends its pair.

Lists and approval decide by it, but the orders belong to ``programs/changes``, which registers here how to find them
when the app is ready.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

_SUSPENSIONS: list[Callable[[date], QuerySet]] = []
_REFUSALS: list[Callable[[Any], str]] = []


def register(*, suspensions: Callable[[date], QuerySet], refusal: Callable[[Any], str]) -> None:
    """Register how to find the suspensions that last on a day, and why a program may not be approved.

    ``suspensions(day)`` are rows with ``program``, ``since``, ``until`` and ``resumed_on``; ``refusal(program)`` is a
    sentence, empty when no order forbids the approval.
    """
    _SUSPENSIONS[:] = [suspensions]
    _REFUSALS[:] = [refusal]


def suspensions_on(day: date) -> QuerySet:
    """Return the suspensions of programs by order that last on the day."""
    [found] = _SUSPENSIONS
    return found(day)


def refusal_to_approve(program) -> str:
    """Say which order forbids to approve the program, or return an empty string."""
    [found] = _REFUSALS
    return found(program)
