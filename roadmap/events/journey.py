"""Steps of the new school year: events of the last one are over, and those that come back are planned (п. 3.3, 3.4)."""

from django.db.models import Exists
from django.urls import reverse

from mentoring_site.journeys import Step
from mentoring_site.ui.list_filters import year_now
from people.rights import Right
from people.setup.year_journey import CLOSES, COPIED, begins
from roadmap.events.models import Event


def _unfinished():
    return Event.objects.filter(outside=False, state=Event.State.ANNOUNCED, ends_on__lt=begins()).order_by()


def _own(year: int):
    return Event.objects.filter(outside=False, school_year=year).exclude(state=Event.State.CANCELLED).order_by()


STEPS = (
    Step(
        "held",
        40,
        "Запишите, как прошли события прошлого года",
        "Они объявлены, день прошёл, а кто был и что решили, не записано (п.\u00a03.4)",
        Right.EVENTS_WRITE,
        lambda: f"{reverse('roadmap:events')}?state=announced&year={year_now() - 1}&sort=oldest",
        "Открыть события",
        lambda: ~Exists(_unfinished()),
        4,
        10,
        group=CLOSES,
    ),
    Step(
        "events",
        120,
        "Перенесите события прошлого года",
        "Установочная сессия, семинары, встречи с партнёрами: нужные станут подготовленными событиями этого года",
        Right.EVENTS_WRITE,
        lambda: f"{reverse('roadmap:events_next_year')}?side=own&year={year_now() - 1}&sort=oldest&tick=found",
        "Выбрать",
        lambda: Exists(_own(year_now())) | ~Exists(_own(year_now() - 1)),
        2,
        5,
        group=COPIED,
    ),
)
