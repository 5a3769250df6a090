"""How an accepted release becomes a draft of an order: orders fill this registry from above."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mentoring_site.workflow import Refused

UNREACHABLE = "Приказы об освобождении здесь не составляют"


@dataclass(frozen=True)
class Maker:
    """``draft(request, by=)`` composes and returns a draft; ``discard(order, by=)`` deletes it or refuses."""

    draft: Callable[..., Any]
    discard: Callable[..., None]


_MAKERS: list[Maker] = []


def register(maker: Maker) -> None:
    """Say how a draft is composed; called once when the app of orders is ready."""
    _MAKERS[:] = [maker]


def maker() -> Maker:
    """Return how a draft is composed. Raises ``Refused`` in an installation without orders."""
    if not _MAKERS:
        raise Refused(UNREACHABLE)
    return _MAKERS[0]
