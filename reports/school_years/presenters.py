"""What an earlier school year is read by: how much of each kind it has, each number with its list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse

from mentoring_site.russian import school_year
from mentoring_site.ui.list_filters import within, year_now
from people.accounts.models import User
from people.rights import Right
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.archive.sources import inventory
from reports.orders.models import Order
from roadmap.council.models import Minutes
from roadmap.duties.models import Occurrence
from roadmap.events.models import Event
from roadmap.plan.models import Roadmap
from roadmap.training.models import Training

PROGRAMS_FORMS = "программа,программы,программ"


@dataclass(frozen=True)
class Kind:
    """A kind of records that a year has: which belong to a year, and where a year of them is listed."""

    label: str
    rows: Callable[[User], Any]
    of: Callable[[int], Q]
    url: Callable[[int], str]
    right: Right | None = None


@dataclass(frozen=True)
class Number:
    """How many records of a kind a year has, with their list."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class YearRow:
    """A school year: its numbers, its roadmap, its inventory of files."""

    year: int
    title: str
    numbers: tuple[Number, ...]
    roadmap_url: str
    files_url: str
    is_now: bool


def _listed(name: str, more: str = "") -> Callable[[int], str]:
    return lambda year: f"{reverse(name)}?year={year}{more}"


def _orders(year: int) -> str:
    return f"{reverse('reports:orders')}?year=all&since={year}-08-01&until={year + 1}-07-31"


KINDS = (
    Kind(
        "Пары и группы",
        lambda user: Pairing.objects.visible_to(user),
        lambda year: Q(school_year=year),
        _listed("programs:pairings"),
        Right.PAIRINGS_SEE_ALL,
    ),
    Kind(
        "Программы",
        lambda user: Program.objects.visible_to(user),
        lambda year: Q(pairing__school_year=year),
        _listed("programs:programs"),
    ),
    Kind(
        "Приказы",
        lambda user: Order.objects.visible_to(user).exclude(date=None),
        lambda year: within("date", year),
        _orders,
        Right.ORDERS_SEE_ALL,
    ),
    Kind(
        "Протоколы советов",
        lambda user: Minutes.objects.visible_to(user),
        lambda year: Q(school_year=year),
        _listed("roadmap:minutes_list"),
        Right.MINUTES_SEE,
    ),
    Kind(
        "События",
        lambda user: Event.objects.visible_to(user),
        lambda year: Q(school_year=year),
        _listed("roadmap:events"),
    ),
    Kind(
        "Обязанности выполнены",
        lambda user: Occurrence.objects.visible_to(user).filter(done_on__isnull=False),
        lambda year: within("due_on", year),
        _listed("roadmap:duties", "&state=done"),
        Right.ROADMAP_SEE,
    ),
    Kind(
        "Обучение",
        lambda user: Training.objects.visible_to(user),
        lambda year: within("ended_on", year),
        _listed("roadmap:trainings"),
        Right.TRAINING_SEE,
    ),
)


def _first_year(user: User) -> int:
    """Return the earliest school year of which there are pairs, orders, events or roadmaps; this one without any."""
    found: list[int] = []
    for rows, name in (
        (Pairing.objects.visible_to(user), "school_year"),
        (Event.objects.visible_to(user), "school_year"),
        (Roadmap.objects.visible_to(user), "school_year"),
    ):
        found.append(rows.order_by().aggregate(first=Min(name))["first"] or year_now())
    day = Order.objects.visible_to(user).order_by().aggregate(first=Min("date"))["first"]
    found += [_year_of(day)] if day else []
    return min([*found, year_now()])


def _year_of(day: date) -> int:
    return day.year - (day.month < 8)


def _counts(kind: Kind, user: User, years: Iterable[int]) -> dict[str, int]:
    """Count the records of a kind in each year: one query."""
    return kind.rows(user).order_by().aggregate(**{f"y{year}": _number(kind.of(year)) for year in years})


def _number(condition: Q) -> Count:
    return Count("pk", filter=condition, distinct=True)


def years(user: User) -> list[YearRow]:
    """Return the school years, the latest first: a query for each kind of records."""
    found = range(year_now(), _first_year(user) - 1, -1)
    kinds = [kind for kind in KINDS if kind.right is None or user.can(kind.right)]
    counts = {kind.label: _counts(kind, user, found) for kind in kinds}
    approved = Roadmap.objects.visible_to(user).filter(state=Roadmap.State.APPROVED, school_year__in=found)
    roadmaps = {roadmap.school_year: roadmap.get_absolute_url() for roadmap in approved}
    files = {}
    if user.can(Right.PAPERS_SEE_ALL):
        stored = inventory().visible_to(user)  # type: ignore[attr-defined]
        files = stored.order_by().aggregate(**{f"y{year}": _number(within("day", year)) for year in found})
    return [_row(year, kinds, counts, roadmaps, files) for year in found]


def _row(
    year: int, kinds: list[Kind], counts: dict[str, dict[str, int]], roadmaps: dict[int, str], files: dict[str, int]
) -> YearRow:
    numbers = [Number(kind.label, counts[kind.label][f"y{year}"], kind.url(year)) for kind in kinds]
    if files:
        numbers.append(Number("Файлы", files[f"y{year}"], f"{reverse('reports:files')}?year={year}"))
    return YearRow(
        year=year,
        title=f"{school_year(year, full=True)} учебный год",
        numbers=tuple(numbers),
        roadmap_url=roadmaps.get(year, ""),
        files_url=f"{reverse('reports:files')}?year={year}&format=pdf" if files and files[f"y{year}"] else "",
        is_now=year == year_now(),
    )
