"""What orders on changes say about a program (``programs.program.order_facts``): suspensions, the end of its pair."""

from datetime import date

from django.db.models import QuerySet

from mentoring_site.russian import rudate
from programs.changes.dissolution.models import Dissolution
from programs.changes.pause.models import Pause
from programs.program.models import Program


def suspensions(day: date) -> QuerySet[Pause]:
    """Return the suspensions by order that last on the day."""
    return Pause.objects.going_on(day)


def refusal_to_approve(program: Program) -> str:
    """A pair that an order ends on a coming day begins no program."""
    end = Dissolution.objects.ahead().filter(pairing=program.pairing_id).first()
    if end is None:
        return ""
    return (
        f"Закрепление пары прекращается {rudate(end.effective_on)} по приказу № {end.order_number}: программу"
        " утвердить нельзя"
    )
