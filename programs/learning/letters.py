"""Letters of the learning log: whether a rating is still due when its letter leaves."""

from programs.learning.moments import due_of
from programs.pairings.models import Participation


def key(program: int, side: int, moment: str, part: str) -> str:
    """Return what a letter asks for."""
    return f"{program}:{side}:{moment}:{part}"


def is_due(asks: str, person: int | None) -> bool:
    """Whether the side has still to rate at the moment of the letter."""
    program, _, rest = asks.partition(":")
    side, _, rest = rest.partition(":")
    moment, _, part = rest.partition(":")
    found = due_of(Participation.objects.filter(pk=int(side or 0)))
    return any(due.program == int(program) and due.moment == moment and due.owes(part) for due in found)


NEEDED = {"skills_due": is_due}
NEWS = {"skills_open"}
