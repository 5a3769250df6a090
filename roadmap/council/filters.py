"""Search and filters above the list of minutes."""

from typing import Any

import django_filters
from django import forms

from mentoring_site.russian import school_year
from mentoring_site.ui.list_page import ListFilter
from roadmap.council.models import MinutesQuerySet


class MinutesFilter(ListFilter):
    """By words of the agenda, by body, by school year; bodies and years are those of the visible minutes."""

    q = django_filters.CharFilter(
        method="found_by",
        label="Слова из повестки или имя",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    body = django_filters.ChoiceFilter(label="Орган", empty_label="все")
    year = django_filters.ChoiceFilter(field_name="school_year", label="Учебный год", empty_label="все")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        bodies = self.queryset.order_by("body").values_list("body", flat=True).distinct()
        years = self.queryset.order_by("-school_year").values_list("school_year", flat=True).distinct()
        self.filters["body"].extra["choices"] = [(body, body) for body in bodies]
        self.filters["year"].extra["choices"] = [(year, school_year(year)) for year in years]

    def found_by(self, queryset: MinutesQuerySet, name: str, value: str) -> MinutesQuerySet:
        """Narrow to minutes in which every word begins a word of a question."""
        return queryset.found_by(value)
