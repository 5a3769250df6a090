"""What candidates do in pairs and groups. Pairs stand above the banks: the feature that has them registers the count.

``with_workload(candidates)`` annotates ``load`` (how many mentees a mentor leads by order), ``in_pair`` (the candidate
is in a pair or group by order) and ``in_work`` (or in one that is being prepared).
"""

from collections.abc import Callable

from django.db.models import QuerySet

Annotate = Callable[[QuerySet], QuerySet]
_PROVIDERS: list[Annotate] = []


def register(annotate: Annotate) -> None:
    """Set the function that annotates candidates; called by the app of pairs when it is ready."""
    _PROVIDERS[:] = [annotate]


def with_workload(candidates: QuerySet) -> QuerySet:
    """Return the candidates with ``load``, ``in_pair`` and ``in_work``."""
    (annotate,) = _PROVIDERS
    return annotate(candidates)
