"""A step of the new school year: programs that run over its first day go on (п. 5)."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.setup.year_journey import GOES_ON
from programs.program.going_on import crossing
from programs.program.list_page import TURN

STEPS = (
    Step(
        "going-on",
        60,
        "Подтвердите программы, которые продолжаются",
        "Они начаты в прошлом году и закончатся в этом: отметьте все сразу, сроки и приказы остаются",
        Right.PROGRAMS_CHANGE,
        lambda: f"{reverse('programs:programs_go_on')}?state={TURN}&tick=found",
        "Подтвердить",
        lambda: ~Exists(crossing().order_by()),
        2,
        3,
        group=GOES_ON,
    ),
)
