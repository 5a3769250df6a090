"""Activities of all programs with their categories, counted by the school (п. 4.2)."""

from dataclasses import dataclass

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from mentoring_site.russian import lower_first, upper_first
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.accounts.models import User
from programs.program.content_presenters import category_words, dates_words
from programs.program.models import Activity, ActivityResult, Program
from programs.program.states import ENDED

COUNTED = (Program.State.RUNNING, *ENDED)
NONE = "none"
COLUMNS = ("Мероприятие", "Категория", "С кем", "Программа", "Срок", "Выполнили")


@dataclass(frozen=True)
class Row:
    """An activity of the list; ``done`` are the mentees whose result is accepted."""

    title: str
    url: str
    program: str
    category: str
    when: str
    done: int


def _by_category(queryset: QuerySet, name: str, value: str) -> QuerySet:
    return queryset.filter(category="" if value == NONE else value)


class ActivityFilter(ListFilter):
    """Search and filters above the list of activities."""

    q = django_filters.CharFilter(
        label="Мероприятие, программа или люди",
        method="search",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    category = django_filters.ChoiceFilter(
        label="Категория",
        method=_by_category,
        choices=[*Activity.Category.choices, (NONE, "без категории")],
        empty_label="все",
    )

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """An activity by the beginning of its words as they are written, a program as in the list of programs."""
        named = Q(title__contains=value) | Q(title__contains=upper_first(value)) | Q(title__contains=lower_first(value))
        return queryset.filter(named | Q(program__in=Program.objects.found_by(value)))


def _prepare(found: QuerySet, user: User) -> QuerySet:
    """Read the programs and count the mentees whose result is accepted, of those whom the user may know."""
    seen = ActivityResult.objects.visible_to(user).filter(state=ActivityResult.State.CHECKED)
    done = Count("results", filter=Q(results__in=seen), distinct=True)
    return found.select_related("program").annotate(done=done)


def _row(activity: Activity, user: User) -> Row:
    return Row(
        title=activity.title,
        url=reverse("programs:activity", args=[activity.pk]),
        program=activity.program.title,
        category=category_words(activity),
        when=dates_words(activity),
        done=activity.done,  # type: ignore[attr-defined]
    )


def _cells(activity: Activity, user: User) -> tuple:
    done = activity.done  # type: ignore[attr-defined]
    named = activity.get_category_display()
    return activity.title, named, activity.partner, activity.program.title, activity.due_on, done


def category_counts(activities: QuerySet[Activity]) -> list[tuple[str, str, int]]:
    """Return how many of the activities serve each duty, with the list of them; one query."""
    rows = activities.exclude(category="").order_by().values_list("category").annotate(n=Count("pk"))
    numbers: dict[str, int] = dict(rows)
    url = reverse("programs:activities")
    return [
        (label, f"{url}?category={value}", numbers[value])
        for value, label in Activity.Category.choices
        if numbers.get(value)
    ]


ACTIVITIES = ListPage(
    title="Мероприятия программ",
    url="programs:activities",
    template="programs/journal/activities.html",
    filters=ActivityFilter,
    noun="мероприятие,мероприятия,мероприятий",
    columns=(
        Column("Мероприятие", ("title",)),
        Column("Категория", ("category",)),
        Column("Срок", ("due",)),
        Column("Выполнили", align="num"),
    ),
    orderings={"due": ("due_on", "pk"), "title": ("title", "pk"), "category": ("category", "due_on", "pk")},
    row=_row,
    nothing=EmptyState("Мероприятия появятся здесь, когда начнётся первая программа."),
    none_found="Таких мероприятий нет.",
    prepare=_prepare,
    workbook=Workbook("Мероприятия", "Мероприятия", COLUMNS, _cells, dated=True),
)
