"""What else a change of a person's name or post concerns: features above say it right after the change."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html

from people.register.models import Person

Consequence = tuple[str, str]
"""A sentence, and the address where somebody acts on it."""
_FOUND_BY: list[Callable[[Person], Consequence | None]] = []


def register(*finders: Callable[[Person], Consequence | None]) -> None:
    """Add functions ``person -> (sentence, address) | None``, once each; called by the apps when they are ready."""
    _FOUND_BY.extend(finder for finder in finders if finder not in _FOUND_BY)


def tell(request: HttpRequest, person: Person) -> None:
    """Say to who has changed a person what follows from it."""
    for found in (finder(person) for finder in _FOUND_BY):
        if found:
            sentence, address = found
            messages.info(request, format_html('{} <a href="{}">Посмотреть</a>', sentence, address))
