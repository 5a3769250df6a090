"""The list of monitorings."""

import django_filters

from mentoring_site.russian import school_year
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from reports.monitoring import presenters
from reports.monitoring.models import Monitoring


class MonitoringFilter(ListFilter):
    """By school year and state."""

    school_year = django_filters.ChoiceFilter(label="Учебный год", choices=(), empty_label="все годы")
    state = django_filters.ChoiceFilter(label="Состояние", choices=Monitoring.State.choices, empty_label="все")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = Monitoring.objects.order_by("-school_year").values_list("school_year", flat=True).distinct()
        self.filters["school_year"].extra["choices"] = [(str(year), school_year(year)) for year in years]


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
