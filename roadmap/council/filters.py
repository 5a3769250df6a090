"""Search and filters above the list of minutes."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from mentoring_site.ui.list_filters import ListFilter, YearFilter
from roadmap.council.models import Minutes, MinutesQuerySet


class MinutesFilter(ListFilter):
    """By words of the agenda, by body, by school year; bodies and years are those of the visible minutes."""

    q = django_filters.CharFilter(
        method="found_by",
        label="Слова из повестки или имя",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    body = django_filters.ChoiceFilter(label="Орган", empty_label="все")
    year = YearFilter(
        field_name="school_year",
        going_on="и неподписанные",
        now=lambda minutes, year: minutes.filter(Q(school_year=year) | ~Q(state=Minutes.State.SIGNED)),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        bodies = self.queryset.order_by("body").values_list("body", flat=True).distinct()
        years = self.queryset.order_by("-school_year").values_list("school_year", flat=True).distinct()
        self.filters["body"].extra["choices"] = [(body, body) for body in bodies]
        self.filters["year"].offer(years)

    def found_by(self, queryset: MinutesQuerySet, name: str, value: str) -> MinutesQuerySet:
        """Narrow to minutes in which every word begins a word of a question."""
        return queryset.found_by(value)
