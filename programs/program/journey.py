"""The end of the first hour: a program runs (п. 5, 6.2)."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from programs.program.models import Program
from programs.program.states import ENDED, State


def has_begun() -> Exists:
    """Whether a program runs or has run: the first hour is over."""
    return Exists(Program.objects.filter(state__in=(State.RUNNING, *ENDED)).order_by())


STEPS = (
    Step(
        "program",
        400,
        "Составьте и утвердите первую программу",
        "Её пишут наставник и наставляемый, согласует совет, утверждает директор; здесь всё свернётся",
        Right.PROGRAMS_WRITE,
        lambda: reverse("programs:programs"),
        "Открыть программы",
        has_begun,
        20,
        40,
        after=("order",),
    ),
)
