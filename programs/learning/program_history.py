"""Skills in the history of their program (``programs.program.history``): in a group each reads of one's own."""

from collections.abc import Callable

from mentoring_site.models import Act
from programs.program.models import Program


def readable_skills(program: Program, user, own: set[int]) -> Callable[[Act], bool]:
    """Return the function that says whether an act is about the user's own skills; ``own`` are participations."""
    return lambda act: act.facts.get("participation") in own
