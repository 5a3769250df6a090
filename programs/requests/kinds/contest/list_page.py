"""Contests and events of all programs that the user may see, counted by the school (п. 3.5, 4.2)."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from mentoring_site.russian import lower_first, upper_first
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_filters import YearFilter, within, years_since
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.accounts.models import User
from people.register.models import named
from programs.requests.kinds.contest.models import Contest
from programs.requests.models import Request

OPEN, WON = "open", "won"
COLUMNS = (
    "Конкурс или событие",
    "Уровень",
    "С",
    "По",
    "Где и кто проводит",
    "Кто участвует",
    "Программа",
    "Кто готовит",
    "Результат",
    "За что",
)


@dataclass(frozen=True)
class Row:
    """A contest of the list; ``url`` is empty where its request is not read."""

    title: str
    url: str
    place: str
    who: str
    level: str
    when: str
    owner: str
    badge: Badge


def badge(contest: Contest) -> Badge:
    """Return how a contest stands: its result, or what is awaited."""
    if contest.result:
        tone: Any = "stopped" if contest.result == Contest.Result.CANCELLED else "done"
        return Badge(contest.get_result_display(), tone)
    if contest.request.state == "filed":
        return Badge("рекомендовано", "others")
    if contest.is_over:
        return Badge("нет результата", "late")
    return Badge("готовятся" if contest.starts_on > timezone.localdate() else "идёт", "ahead")


def _in_year(queryset: Any, year: int) -> QuerySet:
    return queryset.filter(within("starts_on", year))


def _by_result(queryset: Any, name: str, value: str) -> QuerySet:
    if value == WON:
        return queryset.won()
    return queryset.filter(result="" if value == OPEN else value)


class ContestFilter(ListFilter):
    """Search and filters above the list of contests."""

    q = django_filters.CharFilter(
        label="Название или имя",
        method="search",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    year = YearFilter(now=lambda found, year: found.filter(within("starts_on", year) | Q(result="")), of=_in_year)
    level = django_filters.ChoiceFilter(label="Уровень", choices=Contest.Level.choices, empty_label="все")
    result = django_filters.ChoiceFilter(
        label="Результат",
        method=_by_result,
        choices=[(OPEN, "ещё нет"), (WON, "диплом или лауреат"), *Contest.Result.choices],
        empty_label="все",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        first = self.queryset.aggregate(first=Min("starts_on"))["first"]
        self.filters["year"].offer(years_since(first))

    def search(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Find by a part of the title or by the name of the mentee."""
        said = Q(title__contains=value) | Q(title__contains=upper_first(value)) | Q(title__contains=lower_first(value))
        return queryset.filter(said | named(value, "mentee__person__"))


def with_reading(found: Any, user: User) -> QuerySet:
    """Read what a row shows, and whether the user reads its request."""
    read = Request.objects.readable_by(user).filter(pk=OuterRef("request"))
    return found.select_related("request", "mentee__person", "program", "owner").annotate(is_read=Exists(read))


def row(contest: Contest, user: User) -> Row:
    """Return the line of a contest."""
    return Row(
        title=contest.title,
        url=contest.get_absolute_url() if contest.is_read else "",
        place=contest.place,
        who=contest.mentee.person.short_name,
        level=contest.get_level_display(),
        when=contest.when,
        owner=contest.owner.short_name if contest.owner else "",
        badge=badge(contest),
    )


def _cells(contest: Contest, user: User) -> tuple:
    return (
        contest.title,
        contest.get_level_display(),
        contest.starts_on,
        contest.ends_on,
        contest.place,
        contest.mentee.person.full_name,
        contest.program.title,
        contest.owner.full_name if contest.owner else "",
        contest.get_result_display() or badge(contest).word,
        contest.award,
    )


def counts(found: QuerySet[Contest]) -> list[tuple[str, str, int]]:
    """Return how many contests have each result, with the list of them; one query."""
    rows: dict[str, int] = dict(found.exclude(result="").order_by().values_list("result").annotate(n=Count("pk")))
    return [
        (label, f"/contests/?result={value}&year=all", rows[value])
        for value, label in Contest.Result.choices
        if rows.get(value)
    ]


CONTESTS = ListPage(
    title="Конкурсы и события",
    url="programs:contests",
    template="programs/requests/contests.html",
    filters=ContestFilter,
    noun="конкурс,конкурса,конкурсов",
    columns=(
        Column("Конкурс или событие", ("title",)),
        Column("Кто участвует", ("name",)),
        Column("Уровень"),
        Column("Когда", ("new", "old")),
        Column("Кто готовит"),
        Column("Результат", ("result",)),
    ),
    orderings={
        "new": ("-starts_on", "-pk"),
        "old": ("starts_on", "pk"),
        "title": ("title", "pk"),
        "name": ("mentee__person__last_name", "mentee__person__first_name", "-starts_on", "pk"),
        "result": ("result", "-starts_on", "pk"),
    },
    row=row,
    nothing=EmptyState(
        "Здесь будут конкурсы, конференции и события, в которых участвуют наставляемые. Рекомендует наставник или сам"
        " наставляемый: программа, вкладка «Просьбы»."
    ),
    none_found="По этому отбору ничего нет. Выберите другой год, уровень или результат.",
    prepare=with_reading,
    workbook=Workbook("Конкурсы", "Конкурсы и события", COLUMNS, _cells, dated=True),
)
