"""Search and filters above the list of events."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from mentoring_site.ui.list_filters import ListFilter, YearFilter
from roadmap.events.models import Event, EventQuerySet

SIDES = [("own", "проводит школа"), ("outside", "поездки наших людей")]
MINE = [("mine", "мои")]


class EventFilter(ListFilter):
    """By words, kind, state, whose they are, school year; years are those of the visible events."""

    q = django_filters.CharFilter(
        method="found_by",
        label="Слова из названия или место",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = django_filters.ChoiceFilter(label="Вид", choices=Event.Kind.choices, empty_label="все")
    state = django_filters.ChoiceFilter(label="Состояние", choices=Event.State.choices, empty_label="все")
    side = django_filters.ChoiceFilter(method="by_side", label="Кто проводит", choices=SIDES, empty_label="все")
    mine = django_filters.ChoiceFilter(method="by_mine", label="Чьи", choices=MINE, empty_label="все")
    year = YearFilter(
        field_name="school_year",
        going_on="и что впереди",
        now=lambda events, year: events.filter(Q(school_year=year) | Q(state__in=Event.OPEN_STATES)),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        years = self.queryset.order_by("-school_year").values_list("school_year", flat=True).distinct()
        self.filters["year"].offer(years)

    def found_by(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        """Narrow to events that have every word."""
        return queryset.found_by(value)

    def by_side(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        """Narrow to events of the school, or to those of others."""
        return queryset.filter(outside=value == "outside")

    def by_mine(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        """Narrow to events that the user leads, is invited to or has attended."""
        return queryset.of(self.request.user.person_id)
