"""Who is counted in a note and how: the same querysets are counted and listed, nothing missing is guessed (п. 3.4).

A column is everybody of a role who stood in a pair or group by order on any of the days; rows are parts of it. Age,
service and employment are those of the last day; what is not written down is a row «не указано».
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring_site.russian import add_months
from people.register.models import Employment, Person
from people.school.models import Organisation
from programs.catalogs.models import MentoringForm
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.program.states import ENDED
from reports.indicators.measuring import measure_parts
from reports.indicators.passports import How, Part, Passport
from reports.indicators.periods import Period
from reports.indicators.queries import at_work, parts_on, running_on

UNKNOWN = "не указано"
AGES = (25, 30, 35, 40, 45, 50, 55, 60, 65)
SERVICE = (3, 5, 10, 15, 20)


def standing(period: Period, part: str = "") -> QuerySet[Participation]:
    """Participations by order on any of the days of the person of the outer query, in one role or in any."""
    found = parts_on(period.first, period.last).filter(person=OuterRef("pk"))
    return found.filter(part=part) if part else found


def people(part: str, period: Period) -> QuerySet[Person]:
    """Everybody who stood in a pair or group by order on any of the days, once."""
    return Person.objects.filter(Exists(standing(period, part)))


Rows = list[tuple[str, str, Q]]


@dataclass(frozen=True)
class Dimension:
    """One table of the note: its rows are (key, words, condition) for a period and a role."""

    key: str
    title: str
    rows: Callable[[Period, str], Rows]
    note: str = ""


def _all(period: Period, part: str) -> Rows:
    both = Q(Exists(standing(period, "mentor"))) & Q(Exists(standing(period, "mentee")))
    return [("all", "участники", Q(pk__isnull=False)), ("both", "из них и наставники, и наставляемые", both)]


def _in(programs: QuerySet, period: Period, part: str) -> Q:
    return Q(Exists(standing(period, part).filter(pairing__in=programs.order_by().values("pairing"))))


def _forms(period: Period, part: str) -> Rows:
    found = [
        (str(form.pk), form.name, _in(at_work(period).filter(forms=form.pk), period, part))
        for form in MentoringForm.objects.order_by("pk")
    ]
    return [*found, ("none", UNKNOWN, ~_in(at_work(period).filter(forms__isnull=False), period, part))]


def _gender(period: Period, part: str) -> Rows:
    return [("f", "женщины", Q(gender="f")), ("m", "мужчины", Q(gender="m"))]


def _bands(field: str, limits: tuple[int, ...], last: date, below: str) -> Rows:
    """Split full years on the last day into bands: below the first limit, between, from the last one on, unknown."""

    def since(years: int) -> date:
        return add_months(last, -12 * years)

    rows = [(f"under-{limits[0]}", f"{below} {limits[0]}", Q(**{f"{field}__gt": since(limits[0])}))]
    for low, high in pairwise(limits):
        within = Q(**{f"{field}__lte": since(low), f"{field}__gt": since(high)})
        rows.append((f"{low}-{high}", f"{low}–{high - 1}", within))
    rows.append((f"from-{limits[-1]}", f"{limits[-1]} и больше", Q(**{f"{field}__lte": since(limits[-1])})))
    return [*rows, ("none", UNKNOWN, Q(**{f"{field}__isnull": True}))]


def _age(period: Period, part: str) -> Rows:
    return _bands("birth_date", AGES, period.last, "моложе")


def _service(period: Period, part: str) -> Rows:
    return _bands("teaching_since", SERVICE, period.last, "меньше")


def _employment(period: Period, part: str) -> Rows:
    """Each person stands in one row: the main post goes before a second one, the school before others."""
    at = Employment.objects.current(period.last).filter(person=OuterRef("pk"))
    own = at.filter(organisation__kind=Organisation.Kind.OWN)
    kinds = Employment.Kind
    main = Q(Exists(own.filter(kind=kinds.MAIN)))
    external = Q(Exists(own.filter(kind=kinds.EXTERNAL)))
    internal = Q(Exists(own.filter(kind=kinds.INTERNAL)))
    elsewhere = Q(Exists(at.exclude(organisation__kind=Organisation.Kind.OWN)))
    return [
        ("main", "штатные (основное место работы)", main),
        ("external", "внешние совместители", external & ~main),
        ("internal", "только внутреннее совместительство", internal & ~main & ~external),
        ("elsewhere", "не работают в школе, работают в другой организации", elsewhere & ~main & ~external & ~internal),
        ("none", UNKNOWN, ~Q(Exists(at))),
    ]


def _pairs(period: Period, part: str) -> Rows:
    last = Q(Exists(standing(Period(period.last, period.last), part)))
    return [("on", "состоят на последний день", last), ("off", "выбыли раньше", ~last)]


def _programs(period: Period, part: str) -> Rows:
    ended = at_work(period).filter(state__in=ENDED, ended_on__range=(period.first, period.last))
    done = Program.State.COMPLETED
    stands = standing(period, part).exclude(pairing__in=at_work(period).order_by().values("pairing"))
    return [
        ("running", "программа идёт", _in(running_on(period), period, part)),
        ("completed", "программа завершена", _in(ended.filter(state=done), period, part)),
        ("stopped", "программа прекращена", _in(ended.exclude(state=done), period, part)),
        ("none", "без программы в эти дни", Q(Exists(stands))),
    ]


SEVERAL = "Кто состоит в нескольких парах или программах, стоит в каждой подходящей строке: сумма строк бывает больше."
ON_DAY = "На последний день."
DIMENSIONS = (
    Dimension("all", "Всего", _all),
    Dimension("form", "Форма наставничества", _forms, SEVERAL),
    Dimension("gender", "Пол", _gender),
    Dimension("age", "Возраст, полных лет", _age, ON_DAY),
    Dimension("service", "Педагогический стаж, полных лет", _service, ON_DAY),
    Dimension("employment", "Занятость", _employment, ON_DAY),
    Dimension("pair", "Состояние пары или группы", _pairs),
    Dimension("program", "Состояние программы", _programs, SEVERAL),
)


def _parts(part: str, period: Period) -> list[Part]:
    return [
        Part(f"{one.key}-{key}", f"{one.title}: {words}", within)
        for one in DIMENSIONS
        for key, words, within in one.rows(period, part)
    ]


def _column(code: str, name: str, part: str) -> Passport:
    return Passport(
        code,
        name,
        "Справка для статистики",
        "Сколько людей участвует в наставничестве.",
        "люди, которые хотя бы день состояли в паре или группе по приказу; каждый считается один раз",
        "участия в парах и группах; сведения о людях и местах работы",
        "чел.",
        "за все дни периода; возраст, стаж и занятость — на последний день",
        "3.4-l",
        "куратор",
        How.COUNT,
        lists="people",
        rows=partial(people, part),
        parts=partial(_parts, part),
    )


COLUMNS = {
    "mentors": _column("mentors", "Наставники", "mentor"),
    "mentees": _column("mentees", "Наставляемые", "mentee"),
    "people": _column("people", "Всего людей", ""),
}


@dataclass(frozen=True)
class Line:
    """A row of the note: its number in each column with the key of the part that lists it."""

    label: str
    key: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """A table of the note."""

    title: str
    note: str
    lines: tuple[Line, ...]


def tables(period: Period) -> list[Table]:
    """Count a note: one query for a column."""
    counted = [[one.rows for one in measure_parts(column, period)] for column in COLUMNS.values()]
    found, place = [], 0
    for dimension in DIMENSIONS:
        lines = []
        for key, words, _ in dimension.rows(period, ""):
            lines.append(Line(words, f"{dimension.key}-{key}", tuple(column[place] for column in counted)))
            place += 1
        found.append(Table(dimension.title, dimension.note, tuple(lines)))
    return found
