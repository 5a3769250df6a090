"""Programs that run over the turn of the school year: the curator confirms that each goes on (п. 3.4, 5).

A program of up to a year (п. 5) may begin in one school year and end in the next; nothing of it changes by this.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import period, school_year
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.rights import Right
from programs.program.models import Program

NOT_OVER_IT = "программа не переходит через 1\u00a0сентября"
CONFIRMED = "уже записано, что программа продолжается"
ENDING = "срок программы истёк: её завершают"


def crossing() -> QuerySet[Program]:
    """Return the programs that run over the first of September of this school year and wait for the word."""
    first = date(year_now(), 9, 1)
    said = Q(goes_on_in__isnull=False, goes_on_in__gte=year_now())
    return Program.objects.going_on().filter(starts_on__lt=first, ends_on__gte=first).exclude(said)


def unfit(program: Program) -> str:
    """Say why the word is not asked about a program, or nothing."""
    first = date(year_now(), 9, 1)
    if program.goes_on_in is not None and program.goes_on_in >= year_now():
        return CONFIRMED
    if program.state != Program.State.RUNNING or not program.starts_on or not program.ends_on:
        return NOT_OVER_IT
    if program.is_expired:
        return ENDING
    return "" if program.starts_on < first <= program.ends_on else NOT_OVER_IT


@transaction.atomic
def confirm(program: Program, *, by: User, key: UUID | None = None) -> Program:
    """Write down that a program goes on in this school year. Raises ``NotAllowed``, ``Already``, ``Refused``."""
    require(by, Right.PROGRAMS_CHANGE)
    fresh = locked(program)
    if reason := unfit(fresh):
        raise (Already if reason == CONFIRMED else Refused)(reason[:1].upper() + reason[1:])
    year = year_now()
    Program.objects.filter(pk=fresh.pk).update(goes_on_in=year)
    words = f"программа продолжается в {school_year(year, full=True)} учебном году"
    record(fresh, "go_on", by=by, words=words, school_year=year)
    fresh.refresh_from_db()
    return fresh


def _look(found: list[Any], by: User) -> list[Chosen]:
    return [
        Chosen(
            program,
            program.title,
            program.get_absolute_url(),
            period(program.starts_on, program.ends_on) if program.starts_on and program.ends_on else "",
            reasons=(why,) if (why := unfit(program)) else (),
            letters=0,
        )
        for program in found
    ]


GO_ON = BulkAct(
    "Продолжаются в новом году",
    "programs:programs_go_on",
    Right.PROGRAMS_CHANGE,
    "программа,программы,программ",
    "Записано, что продолжаются",
    _look,
    confirm,
    heading="Программы продолжаются в новом учебном году",
    submit="Подтвердить",
    consequences=lambda ready, by: [
        "Вы проверили, что наставник и наставляемые работают и готовы продолжать.",
        "Сроки, план и приказы программ не меняются.",
    ],
)
