"""«Новый учебный год»: the journey of a school that has lived through one; its first steps, from people and banks.

Its parts say what the school does with the year that ends: what closes, goes on, is copied, has to
be renewed, comes to its end. A step closes by a fact, and each is done on one page.
"""

from datetime import date

from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone

from mentoring_site.journeys import Journey, Step
from people.banks.models import BankReview
from people.rights import Right
from people.staff_list.models import StaffImport

YEAR = "year"
LEAD = "Что школа делает каждую осень. Шаг закрывается сам; кто уже сделан, свёрнут внизу."
BEGINS, ENDS = (8, 15), (10, 31)
CLOSES, GOES_ON, COPIED = "Что закрывается", "Что продолжается", "Что переносится на новый год"
RENEWED, ENDING = "Что пора обновить", "Чьи договоры и соглашения кончаются"
PARTS = (CLOSES, GOES_ON, COPIED, RENEWED, ENDING)


def begins() -> date:
    """Return the first day of the season of this school year: what was done before it belongs to the last one."""
    today = timezone.localdate()
    return date(today.year if today.month >= 8 else today.year - 1, *BEGINS)


def ends() -> date:
    """Return the last day of the season of this school year: what ends by then is spoken of now."""
    return begins().replace(month=ENDS[0], day=ENDS[1])


def in_season() -> bool:
    """Whether the journey is shown: from the middle of August to the end of October."""
    today = timezone.localdate()
    return BEGINS <= (today.month, today.day) <= ENDS


def journey(over) -> Journey:
    """Return the journey; ``over`` is known to a higher feature: the school has not lived through a year yet."""
    return Journey(YEAR, "Новый учебный год", LEAD, (Right.BANKS_APPROVE, Right.CONSENTS_RECORD), over, in_season)


def _reviewed(part: str) -> Exists:
    return Exists(BankReview.objects.filter(part=part, waits=False, reviewed_on__gte=begins()).order_by())


STEPS = (
    Step(
        "staff",
        5,
        "Обновите список сотрудников",
        "Кто пришёл, кто ушёл, у кого новая категория: загрузите список на сентябрь",
        Right.PEOPLE_IMPORT,
        lambda: reverse("people:imports"),
        "Загрузить список",
        lambda: Exists(StaffImport.objects.filter(committed_at__date__gte=begins(), taken_back_at=None).order_by()),
        4,
        5,
        group=RENEWED,
    ),
    Step(
        "mentees",
        220,
        "Проверьте банк наставляемых",
        "Банк обновляют не реже одного раза в год (п.\u00a03.4)",
        Right.BANKS_FILL_FOR_OTHERS,
        lambda: reverse("people:bank_review", args=["mentees"]),
        "Записать проверку",
        lambda: _reviewed("mentee"),
        3,
        10,
        after=("staff",),
        group=RENEWED,
    ),
    Step(
        "mentors",
        230,
        "Проверьте банк наставников",
        "Банк обновляют не реже одного раза в год (п.\u00a03.4)",
        Right.BANKS_FILL_FOR_OTHERS,
        lambda: reverse("people:bank_review", args=["mentors"]),
        "Записать проверку",
        lambda: _reviewed("mentor"),
        3,
        10,
        after=("staff",),
        group=RENEWED,
    ),
)
