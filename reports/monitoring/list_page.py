"""The list of monitorings."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring_site.russian import school_year
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.register.models import named
from reports.monitoring import presenters
from reports.monitoring.models import Monitoring, MonitoringMember


class MonitoringFilter(ListFilter):
    """By who is in the group or the words of the order, school year, state."""

    q = django_filters.CharFilter(
        method="by_words", label="Человек или приказ", max_length=100, widget=forms.SearchInput
    )
    school_year = django_filters.ChoiceFilter(label="Учебный год", choices=(), empty_label="все годы")
    state = django_filters.ChoiceFilter(label="Состояние", choices=Monitoring.State.choices, empty_label="все")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = Monitoring.objects.order_by("-school_year").values_list("school_year", flat=True).distinct()
        self.filters["school_year"].extra["choices"] = [(str(year), school_year(year)) for year in years]

    def by_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those in whose group is somebody of this name, or whose order has these words or number."""
        members = MonitoringMember.objects.filter(named(value, "person__"), monitoring=OuterRef("pk"))
        order = Q(order_words__icontains=value) | Q(order__number__icontains=value)
        return queryset.filter(Exists(members) | order)


MONITORINGS = ListPage(
    title="Мониторинг системы наставничества",
    url="reports:monitorings",
    template="reports/monitoring/monitorings.html",
    filters=MonitoringFilter,
    noun="мониторинг,мониторинга,мониторингов",
    columns=(
        Column("Мониторинг", ("newest", "oldest")),
        Column("Приказ"),
        Column("Руководитель группы"),
        Column("Оценка совета"),
        Column("Состояние"),
    ),
    orderings={"newest": ("-first", "-pk"), "oldest": ("first", "pk")},
    row=presenters.row,
    nothing=EmptyState(
        "Мониторинга пока не было. Куратор начинает его по приказу:"
        " показатели и опросы за выбранное время соберутся сами."
    ),
    none_found="По этому отбору мониторингов нет.",
    prepare=lambda found, user: found.with_requirements(),  # type: ignore[attr-defined]
    workbook=Workbook("Мониторинг", "Мониторинг", presenters.COLUMNS, presenters.cells, dated=True),
)
