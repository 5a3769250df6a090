"""Terms of ТК 193: two working days to explain, a month from the discovery, six months from the deed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from mentoring_site.russian import add_months, plural, rudate
from people.absences.models import Absence
from people.school.workdays import add_workdays

EXPLAIN_DAYS, FROM_DISCOVERY, FROM_DEED = 2, 1, 6
MONTH_AHEAD, HALF_AHEAD = timedelta(days=7), timedelta(days=14)


@dataclass(frozen=True)
class Term:
    """The last day of a term and what it rests on, in words."""

    last: date
    words: str

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.last < timezone.localdate()


def explain_by(asked_on: date) -> date:
    """Return the last day to explain: the second working day after the one of the demand."""
    return add_workdays(asked_on, EXPLAIN_DAYS)


def month_from_discovery(case: Any) -> Term:
    """Return the last day for a penalty: a month from the discovery, without days of leave that are known here.

    Other absences are kept without their reason: they are named, so that days of illness are added by hand.
    """
    absences = list(
        Absence.objects.filter(person=case.request.person_id, ends_on__gte=case.known_on).order_by("starts_on", "pk")
    )
    last, counted, away = add_months(case.known_on, FROM_DISCOVERY), [], []
    for one in absences:
        if one.starts_on > last:
            break
        first = max(one.starts_on, case.known_on + timedelta(days=1))
        if one.kind == Absence.Kind.LEAVE:
            days = max((one.ends_on - first).days + 1, 0)
            last += timedelta(days=days)
            counted.append(f"отпуск {_period(one)}, {plural(days, 'день,дня,дней')}")
        else:
            away.append(_period(one))
    words = f"месяц со дня, когда узнал руководитель ({rudate(case.known_on)})"
    if counted:
        words += f"; не считая: {'; '.join(counted)}"
    if away:
        words += f". Отсутствие {', '.join(away)}: если это болезнь, срок продлевается на её дни"
    return Term(last, words)


def _period(absence: Absence) -> str:
    return f"{absence.starts_on:%d.%m.%Y}–{absence.ends_on:%d.%m.%Y}"


def half_year_from_deed(case: Any) -> Term:
    """Return the last day for a penalty: six months from the deed."""
    return Term(add_months(case.deed_on, FROM_DEED), f"шесть месяцев со дня проступка ({rudate(case.deed_on)})")
