"""Search and filters above the register of orders."""

from datetime import date as day

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from mentoring_site.ui.list_filters import ListFilter, YearFilter
from reports.orders.models import Order, OrderQuerySet
from reports.orders.order_kinds.registry import choices

OPEN_STATES = "open"
STATES = [
    (OPEN_STATES, "проекты и на подписи"),
    *[(s.value, s.label) for s in Order.State if s != Order.State.REVOKED],
]


def _of_school_year(orders: OrderQuerySet, year: int) -> QuerySet:
    """Orders dated in a school year, and those that have no date yet."""
    return orders.filter(Q(date__gte=day(year, 8, 1), date__lt=day(year + 1, 8, 1)) | Q(state__in=Order.OPEN_STATES))


class OrderFilter(ListFilter):
    """Search and filters above the register."""

    q = django_filters.CharFilter(
        method="mention", label="Номер, слово или фамилия", max_length=120, widget=forms.SearchInput
    )
    state = django_filters.ChoiceFilter(method="in_state", label="Состояние", choices=STATES, empty_label="все")
    kind = django_filters.ChoiceFilter(label="О чём", choices=choices(), empty_label="обо всём")
    series = django_filters.ChoiceFilter(label="Серия", choices=Order.Series.choices, empty_label="все")
    year = YearFilter(label="Год", going_on="и проекты", now=lambda orders, year: _of_school_year(orders, year))
    since = django_filters.DateFilter(label="Дата с", field_name="date", lookup_expr="gte")
    until = django_filters.DateFilter(label="Дата по", field_name="date", lookup_expr="lte")
    scan = django_filters.ChoiceFilter(
        method="with_scan", label="Скан", choices=[("no", "нет скана"), ("yes", "есть")], empty_label="не важно"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = self.queryset.filter(year__isnull=False).order_by("-year").values_list("year", flat=True).distinct()
        self.filters["year"].offer(years, words=str)

    def mention(self, orders: OrderQuerySet, name: str, value: str) -> QuerySet:
        """Orders of this number, with these words, or with this person on a sheet, a visa or signing."""
        return orders.found_by(value)

    def in_state(self, orders: QuerySet, name: str, value: str) -> QuerySet:
        """Orders in one state, or in all states before registration."""
        return orders.filter(state__in=Order.OPEN_STATES if value == OPEN_STATES else [value])

    def with_scan(self, orders: QuerySet, name: str, value: str) -> QuerySet:
        """Registered orders with or without a scan."""
        return orders.filter(state=Order.State.REGISTERED, scan__isnull=value == "no")
