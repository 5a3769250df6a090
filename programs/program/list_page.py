"""The list of programs: its filters, orderings, rows and workbook (п. 3.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils import timezone

from mentoring_site.russian import joined, school_year
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_filters import YearFilter
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import Person
from people.school.models import Department
from programs.catalogs.models import MentoringKind
from programs.pairings.acts import year_of
from programs.pairings.rules import mentees_of, mentor_of
from programs.pairings.stages import state_words
from programs.program import going_on, presenters
from programs.program.models import Program, ProgramQuerySet
from programs.program.states import EXPIRED

ALL = "все"
ENDED, OVER, TURN = "ended", "expired", "turn"
"""Values of ``?state=``: programs completed or terminated in this school year, those past their planned end, those
that run over the turn of the year and wait for the word that they go on.
"""


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
        choices=[*_states(), (ENDED, "закончены за год"), (TURN, "переходят через 1\u00a0сентября")],
        empty_label=ALL,
    )
    department = django_filters.ModelChoiceFilter(
        label="Отделение",
        method="of_department",
        queryset=Department.objects.filter(organisation__kind="own"),
        empty_label=ALL,
    )
    year = YearFilter(field_name="pairing__school_year", now=lambda programs, year: programs.of_year(year))
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
        self.filters["year"].offer(years.distinct())

    def search(self, queryset: ProgramQuerySet, name: str, value: str) -> ProgramQuerySet:
        return queryset.found_by(value)

    def in_state(self, queryset: ProgramQuerySet, name: str, value: str) -> ProgramQuerySet:
        if value == ENDED:
            return queryset.ended_in(year_of(timezone.localdate()))
        if value == OVER:
            return queryset.expired()
        if value == TURN:
            return queryset.filter(pk__in=going_on.crossing().order_by().values("pk"))
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
    return found.with_overdue(today).with_pause(today).with_open_remarks().with_progress(today).with_people()


@dataclass(frozen=True)
class Row:
    """One program of the list: how far it is, when its people met, what is due next, whose move it is."""

    title: str
    url: str
    people: str
    badge: Badge
    is_overdue: bool
    done: str
    met_on: date | None
    due_on: date | None
    due_late: bool
    move: str
    ends_on: date | None
    key: int


def row(program: Any, user) -> Row:
    """Return the row of a program that went through ``prepare``."""
    mentor, mentees = mentor_of(program.pairing), mentees_of(program.pairing)
    runs = program.state == Program.State.RUNNING
    badge = presenters.badge(program, user, returned=program.returned, late=program.is_overdue)
    if program.is_expired:
        badge = Badge("срок истёк", badge.tone)  # what is to be done stands beside it
    hidden = len(mentees) > 1 and any(m.person_id == user.person_id for m in mentees)  # of the others in a group
    return Row(
        title=program.title,
        url=program.get_absolute_url(),
        people=f"{mentor.person.short_name if mentor else 'без наставника'} — "
        + joined([m.person.short_name for m in mentees]),
        badge=badge,
        is_overdue=program.is_overdue and badge.tone != "late",
        done=f"{program.done} из\u00a0{program.planned}"
        if program.planned and program.order_date and not hidden
        else "",
        met_on=program.met_on,
        due_on=program.next_due if runs else None,
        due_late=bool(runs and program.next_due and program.next_due < timezone.localdate() and not program.paused),
        move=_move(program),
        ends_on=program.ends_on,
        key=program.pk,
    )


def _move(program: Any) -> str:
    """Return who does what next, in a few words."""
    state = program.state
    if state == Program.State.RUNNING and not program.is_expired:
        if program.paused:
            return "приостановлена"
        return f"наставник: проверить {program.to_check}" if program.to_check else "участники"
    if state == Program.State.RUNNING:
        return "куратор: завершить"
    if state == Program.State.DRAFT:
        return "участники: учесть замечания" if program.returned else "участники: составить"
    return MOVES.get(state, "")


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


MOVES: dict[str, str] = {
    Program.State.SUBMITTED: "методический совет",
    Program.State.AGREED: "куратор: приказ",
    Program.State.APPROVED: "ждёт первого дня",
}
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
        Column("Чей ход"),
        Column("Выполнено", ("done",), align="num"),
        Column("Встречались", ("met", "met_long"), align="date"),
        Column("Ближайший срок", ("due",), align="date"),
        Column("До", ("end", "start"), align="date"),
    ),
    orderings={
        "new": ("-created_at", "-pk"),
        "old": ("created_at", "pk"),
        "title": ("search", "pk"),
        "start": ("starts_on", "pk"),
        "end": ("ends_on", "pk"),
        "state": ("state", "-pk"),
        "done": (F("done").desc(), "-pk"),
        "met": (F("met_on").desc(nulls_last=True), "pk"),
        "met_long": (F("met_on").asc(nulls_first=True), "pk"),
        "due": (F("next_due").asc(nulls_last=True), "pk"),
    },
    row=row,
    prepare=prepare,
    nothing=NOTHING_OWN,
    none_found=NONE_FOUND,
    workbook=Workbook("программы.xlsx", "Программы", COLUMNS, cells),
    bulk=(going_on.GO_ON,),
)
