"""Search above the list of results on the page of the site."""

import django_filters
from django import forms

from mentoring_site.ui.list_page import ListFilter
from programs.program.models import ProgramQuerySet


class ResultsFilter(ListFilter):
    """By words of a program's title or names of its people."""

    q = django_filters.CharFilter(
        method="found_by",
        label="Программа или имя",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def found_by(self, queryset: ProgramQuerySet, name: str, value: str) -> ProgramQuerySet:
        """Narrow to programs in whose title or names words begin with the words of ``value``."""
        return queryset.found_by(value)
