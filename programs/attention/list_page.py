"""The list «Кому помочь»: running programs from those that need help most, with reasons and the next step."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from mentoring_site.russian import joined, upper_first
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.school.models import Department
from programs.attention.rules import Attention, Reason, State
from programs.pairings.rules import mentees_of, mentor_of
from programs.program.list_page import ALL, curators_of
from programs.program.models import Program, ProgramQuerySet

CALM = Attention(0, ())


class AttentionFilter(ListFilter):
    """Search and filters above the list."""

    q = django_filters.CharFilter(
        label="Название или люди", method="search", max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = django_filters.ChoiceFilter(
        label="Как идёт",
        method="in_state",
        choices=[(state.name.lower(), state.label) for state in State],
        empty_label=ALL,
    )
    department = django_filters.ModelChoiceFilter(
        label="Отделение",
        method="of_department",
        queryset=Department.objects.filter(organisation__kind="own"),
        empty_label=ALL,
    )
    curator = django_filters.ModelChoiceFilter(
        label="Куратор", queryset=lambda request: curators_of(Program.objects.visible_to(request.user)), empty_label=ALL
    )

    def search(self, queryset: ProgramQuerySet, name: str, value: str) -> ProgramQuerySet:
        return queryset.found_by(value)

    def of_department(self, queryset: ProgramQuerySet, name: str, value: Department) -> ProgramQuerySet:
        return queryset.of_department(value)

    def in_state(self, queryset: ProgramQuerySet, name: str, value: str) -> QuerySet:
        above = [state.value for state in State]
        at = list(State).index(State[value.upper()])
        found = queryset.filter(weight__gte=above[at])
        return found.filter(weight__lt=above[at - 1]) if at else found


@dataclass(frozen=True)
class Row:
    """One program: how it stands, why, since when nobody acts, and what to do."""

    title: str
    url: str
    people: str
    badge: Badge
    reasons: tuple[str, ...]
    verb: str
    step_url: str


def row(found: dict[int, Attention], program: Any, user: Any) -> Row:
    """Return the row of a program that was read ``with_people``."""
    attention = found.get(program.pk, CALM)
    first: Reason | None = attention.reasons[0] if attention.reasons else None
    return Row(
        title=program.title,
        url=program.get_absolute_url(),
        people=_people(program),
        badge=Badge(attention.state.label, attention.state.tone),  # type: ignore[arg-type]
        reasons=tuple(upper_first(reason.words) for reason in attention.reasons),
        verb=first.step.verb if first else "",
        step_url=first.step.url(program.pk) if first else "",
    )


def _people(program: Program) -> str:
    mentor = mentor_of(program.pairing)
    mentees = joined([m.person.short_name for m in mentees_of(program.pairing)])
    return f"{mentor.person.short_name if mentor else 'без наставника'} — {mentees}"


def cells(found: dict[int, Attention], program: Program, user: Any) -> Iterable[Any]:
    """Return the cells of a program under ``COLUMNS``."""
    attention, mentor = found.get(program.pk, CALM), mentor_of(program.pairing)
    return (
        program.title,
        mentor.person.full_name if mentor else "",
        ", ".join(m.person.full_name for m in mentees_of(program.pairing)),
        program.curator.full_name,
        attention.state.label,
        attention.words,
        program.ends_on,
    )


COLUMNS = ("Программа", "Наставник", "Наставляемые", "Куратор", "Как идёт", "Почему", "До")
WORKBOOK = Workbook("кому помочь.xlsx", "Кому помочь", COLUMNS, lambda program, user: (), dated=True)
ATTENTION = ListPage(
    title="Кому помочь",
    url="programs:attention",
    template="programs/attention/attention.html",
    filters=AttentionFilter,
    noun="программа,программы,программ",
    columns=(Column("Программа", ("title",)), Column("Как идёт", ("weight",)), Column("Почему"), Column("Что сделать")),
    orderings={"weight": ("-weight", "ends_on", "pk"), "title": ("search", "pk")},
    row=lambda program, user: program,
    prepare=lambda found, user: found.with_people(),  # type: ignore[attr-defined]
    nothing=EmptyState("Программы сейчас не идут: помогать пока некому."),
    none_found="По этому отбору программ нет.",
    workbook=WORKBOOK,
)


def page_of(found: dict[int, Attention]) -> ListPage:
    """Return the list that knows how its programs stand."""
    workbook = replace(WORKBOOK, cells=partial(cells, found))
    return replace(ATTENTION, row=partial(row, found), workbook=workbook)
