"""The list of programs: its filters, orderings, rows and workbook (п. 3.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.russian import joined, period, school_year
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import Person
from people.school.models import Department
from programs.catalogs.models import MentoringKind
from programs.pairings.acts import year_of
from programs.pairings.rules import mentees_of, mentor_of
from programs.pairings.stages import state_words
from programs.program import presenters
from programs.program.models import Program, ProgramQuerySet
from programs.program.states import EXPIRED

ALL = "все"
ENDED, OVER = "ended", "expired"
"""Values of ``?state=``: programs completed or terminated in this school year, and those past their planned end."""


def _states() -> Iterator[tuple[str, str]]:
    """The states in their order; what is past its planned end stands apart from what runs."""
    for value, label in Program.State.choices:
        yield value, label
        if value == Program.State.RUNNING:
            yield OVER, EXPIRED


class ProgramFilter(ListFilter):
    """Search and filters above the list of programs."""

    q = django_filters.CharFilter(
        label="Название или люди",
        method="search",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = django_filters.ChoiceFilter(
        label="Состояние",
        method="in_state",
        choices=[*_states(), (ENDED, "закончены за год")],
        empty_label=ALL,
    )
    department = django_filters.ModelChoiceFilter(
        label="Отделение",
        method="of_department",
        queryset=Department.objects.filter(organisation__kind="own"),
        empty_label=ALL,
    )
    year = django_filters.ChoiceFilter(label="Учебный год", field_name="pairing__school_year", empty_label=ALL)
    curator = django_filters.ModelChoiceFilter(
        label="Куратор", queryset=lambda request: curators_of(Program.objects.visible_to(request.user)), empty_label=ALL
    )
    kind = django_filters.ModelChoiceFilter(
        label="Вид", field_name="kinds", queryset=MentoringKind.objects.order_by("name"), empty_label=ALL
    )
    overdue = django_filters.ChoiceFilter(
        label="Сроки", method="only_overdue", choices=[("yes", "просроченные")], empty_label=ALL
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = self.queryset.order_by("-pairing__school_year").values_list("pairing__school_year", flat=True)
        self.filters["year"].extra["choices"] = [(year, school_year(year)) for year in years.distinct()]

    def search(self, queryset: ProgramQuerySet, name: str, value: str) -> ProgramQuerySet:
        return queryset.found_by(value)

    def in_state(self, queryset: ProgramQuerySet, name: str, value: str) -> ProgramQuerySet:
        if value == ENDED:
            return queryset.ended_in(year_of(timezone.localdate()))
        if value == OVER:
            return queryset.expired()
        return queryset.going_on() if value == Program.State.RUNNING else queryset.filter(state=value)

    def of_department(self, queryset: ProgramQuerySet, name: str, value: Department) -> ProgramQuerySet:
        return queryset.of_department(value)

    def only_overdue(self, queryset: ProgramQuerySet, name: str, value: str) -> ProgramQuerySet:
        return queryset.with_overdue(timezone.localdate()).filter(is_overdue=True)


def curators_of(programs: QuerySet) -> QuerySet[Person]:
    """Return the persons who are responsible for some of the programs."""
    return Person.objects.filter(curated_programs__in=programs.order_by()).distinct()


def prepare(found: Any, user) -> ProgramQuerySet:
    """Annotate and prefetch what rows and cells read."""
    today = timezone.localdate()
    return found.with_overdue(today).with_pause(today).with_open_remarks().with_people()


@dataclass(frozen=True)
class Row:
    """One program of the list."""

    title: str
    url: str
    mentor: str
    mentees: str
    departments: str
    term: str
    curator: str
    badge: Badge
    is_overdue: bool


def row(program: Program, user) -> Row:
    """Return the row of a program that went through ``prepare``."""
    mentor, mentees = mentor_of(program.pairing), mentees_of(program.pairing)
    return Row(
        title=program.title,
        url=program.get_absolute_url(),
        mentor=mentor.person.short_name if mentor else "без наставника",
        mentees=joined([m.person.short_name for m in mentees]),
        departments=_departments(program),
        term=period(program.starts_on, program.ends_on) if program.starts_on else "срок не указан",
        curator=program.curator.short_name,
        badge=presenters.badge(program, user, returned=program.returned, late=program.is_overdue),
        is_overdue=program.is_overdue,
    )


def _departments(program: Program) -> str:
    departments = [p.employment.department for p in program.pairing.people if p.employment]
    return ", ".join(sorted({d.name for d in departments if d}))


def cells(program: Program, user) -> tuple:
    """Return the cells of a program under ``COLUMNS``."""
    mentor = mentor_of(program.pairing)
    return (
        program.pk,
        program.title,
        mentor.person.full_name if mentor else "",
        ", ".join(m.person.full_name for m in mentees_of(program.pairing)),
        _departments(program),
        school_year(program.pairing.school_year, full=True),
        state_words(program),
        program.starts_on,
        program.ends_on,
        program.curator.full_name,
        program.minutes_number,
        program.minutes_date,
        program.order_number,
        program.order_date,
        program.ended_on,
        program.is_overdue,
    )


COLUMNS = (
    "Номер в системе",
    "Название программы",
    "Наставник",
    "Наставляемые",
    "Отделения",
    "Учебный год",
    "Состояние",
    "Первый день",
    "Последний день",
    "Куратор",
    "Протокол №",
    "Протокол от",
    "Приказ №",
    "Приказ от",
    "Закончена",
    "Есть просроченное",
)
NOTHING_OWN = EmptyState(
    "У Вас пока нет программы. Она появится здесь, когда Вас закрепят в паре или группе и начнут её составлять."
)
NOTHING_AT_ALL = "Программ пока нет. Программу составляют для пары или группы, закреплённой приказом."
NONE_FOUND = "По этому отбору программ нет. Попробуйте другое состояние или первые буквы фамилии."

PROGRAMS = ListPage(
    title="Программы",
    url="programs:programs",
    template="programs/program/programs.html",
    filters=ProgramFilter,
    noun="программа,программы,программ",
    columns=(
        Column("Программа", ("title",)),
        Column("Состояние", ("state",)),
        Column("Наставник и наставляемые"),
        Column("Срок", ("start", "end")),
        Column("Куратор"),
    ),
    orderings={
        "new": ("-created_at", "-pk"),
        "old": ("created_at", "pk"),
        "title": ("search", "pk"),
        "start": ("starts_on", "pk"),
        "end": ("ends_on", "pk"),
        "state": ("state", "-pk"),
    },
    row=row,
    prepare=prepare,
    nothing=NOTHING_OWN,
    none_found=NONE_FOUND,
    workbook=Workbook("программы.xlsx", "Программы", COLUMNS, cells),
)
