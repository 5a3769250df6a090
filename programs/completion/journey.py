"""A step of the new school year: the programs of last year have come to their end (п. 7.1)."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.setup.year_journey import CLOSES, begins
from programs.program.models import Program
from programs.program.states import ENDED


def has_lived_a_year() -> Exists:
    """Whether a program has ended before this season: only then there is a year to begin anew."""
    return Exists(Program.objects.filter(state__in=ENDED, ends_on__lt=begins()).order_by())


STEPS = (
    Step(
        "completions",
        10,
        "Завершите программы прошлого года",
        "Срок прошёл: заключение наставника, отзыв наставляемого, приказ о завершении (п.\u00a07.1)",
        Right.PROGRAMS_CHANGE,
        lambda: reverse("programs:programs") + "?state=expired",
        "Открыть программы",
        lambda: ~Exists(Program.objects.running().filter(ends_on__lt=begins()).order_by()),
        6,
        15,
        group=CLOSES,
    ),
)
