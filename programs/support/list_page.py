"""Lists: tasks of support of all programs, programs with marks of the council and those without."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from programs.program.models import ProgramQuerySet
from programs.support import presenters
from programs.support.inbox import to_mark
from programs.support.models import CouncilMark, SupportTask

LATE, DUE, WITHOUT, LOW = "late", "due", "without", "low"


def _found(queryset: QuerySet, name: str, value: str) -> QuerySet:
    return queryset.filter(Q(text__icontains=value) | named(value, "assignee__"))


def _in_state(queryset: QuerySet, name: str, value: str) -> QuerySet:
    return queryset.overdue(timezone.localdate()) if value == LATE else queryset.filter(state=value)  # type: ignore[attr-defined]


class SupportFilter(ListFilter):
    """Filters of the list of tasks of support."""

    q = django_filters.CharFilter(method=_found, label="Поручение или имя", max_length=100, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(
        label="Состояние",
        method=_in_state,
        choices=[*SupportTask.State.choices, (LATE, "просрочено")],
        empty_label="все",
    )
    category = django_filters.ChoiceFilter(label="Поддержка", choices=SupportTask.Category.choices, empty_label="любая")


TASK_COLUMNS = ("Поручение", "Поддержка", "Кому", "Программа", "Срок", "Состояние", "Что сделано", "Слово совета")
SUPPORT_TASKS = ListPage(
    title="Поручения совета",
    url="programs:support_tasks",
    template="programs/support/tasks.html",
    filters=SupportFilter,
    noun="поручение,поручения,поручений",
    columns=(Column("Поручение"), Column("Кому", ("name",)), Column("Срок", ("due", "last")), Column("Состояние")),
    orderings={
        "last": ("-due_on", "-pk"),
        "due": ("due_on", "pk"),
        "name": ("assignee__last_name", "due_on", "pk"),
    },
    row=presenters.row,
    nothing=EmptyState("Поручений пока нет. Совет даёт их на странице программы, вкладка «Поддержка»."),
    none_found="Таких поручений нет.",
    prepare=lambda found, user: found.select_related("program", "assignee"),
    workbook=Workbook("Поручения совета", "Поручения", TASK_COLUMNS, presenters.cells, dated=True),
)


class MarksFilter(ListFilter):
    """Filters of the list of marks."""

    q = django_filters.CharFilter(
        label="Название или люди", method="search", max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )
    mark = django_filters.ChoiceFilter(
        label="Оценка",
        method="marked",
        choices=[(DUE, "пора оценить"), (WITHOUT, "без оценок"), (LOW, "есть «нет»")],
        empty_label="все",
    )

    def search(self, queryset: ProgramQuerySet, name: str, value: str) -> ProgramQuerySet:
        """Programs found by words of the title or by names."""
        return queryset.found_by(value)

    def marked(self, queryset: ProgramQuerySet, name: str, value: str) -> QuerySet:
        """Programs whose time has come, without a mark, or with a lowest one."""
        marks = CouncilMark.objects.filter(program=OuterRef("pk")).order_by()
        if value == DUE:
            return queryset.filter(pk__in=[program.pk for program in to_mark()])
        if value == WITHOUT:
            return queryset.filter(~Exists(marks))
        return queryset.filter(Exists(marks.filter(Q(plan=1) | Q(needs=1) | Q(method=1) | Q(bond=1))))


MARK_COLUMNS = (
    "Программа",
    "Участники",
    "До",
    "В середине",
    "Заключение в середине",
    "В конце",
    "Заключение в конце",
)
COUNCIL_MARKS = ListPage(
    title="Оценки совета",
    url="programs:council_marks",
    template="programs/support/marks.html",
    filters=MarksFilter,
    noun="программа,программы,программ",
    columns=(Column("Программа", ("title",)), Column("В середине"), Column("В конце"), Column("До", ("ends", "late"))),
    orderings={"ends": ("ends_on", "pk"), "late": ("-ends_on", "-pk"), "title": ("search", "pk")},
    row=presenters.program_row,
    nothing=EmptyState("Программы ещё не идут: оценивать пока нечего."),
    none_found="По этому отбору программ нет.",
    prepare=lambda found, user: found.with_people().prefetch_related(  # type: ignore[attr-defined]
        Prefetch("council_marks", CouncilMark.objects.visible_to(user).select_related("author__person"))
    ),
    workbook=Workbook("Оценки совета", "Оценки", MARK_COLUMNS, presenters.program_cells, dated=True),
)
