"""Filters above a list: conditions of the address, and the school year that is chosen when the address says nothing."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.forms import BaseForm
from mentoring_site.russian import lower_first, school_year

THIS_YEAR, EVERY_YEAR = "now", "all"
"""Values of a ``YearFilter`` besides the years themselves."""


class YearFilter(django_filters.ChoiceFilter):
    """The school year of rows: all, this one with whatever still goes on, or one by its number.

    ``now(queryset, year)`` keeps what belongs to a school year or still goes on, so that nothing alive is hidden.
    """

    def __init__(self, *, now: Callable[[Any, int], QuerySet], going_on: str = "и что ещё идёт", **kwargs: Any):
        self.now, self.going_on = now, going_on
        super().__init__(**{"label": "Учебный год", "choices": (), "empty_label": None, **kwargs})

    def offer(self, years: Iterable[int], words: Callable[[int], str] = school_year) -> None:
        """Offer the years that the rows have, besides all and this one."""
        this = f"{school_year(year_now())} {self.going_on}".strip()
        self.extra["choices"] = [
            (EVERY_YEAR, "все годы"),
            (THIS_YEAR, this),
            *((year, words(year)) for year in years),
        ]
        self.extra["initial"] = THIS_YEAR

    def filter(self, qs: Any, value: str) -> QuerySet:
        """Keep the rows of a year."""
        if value in (None, "", EVERY_YEAR):
            return qs
        return self.now(qs, year_now()) if value == THIS_YEAR else super().filter(qs, value)


def year_now() -> int:
    """Return the school year of today by its first year: August already belongs to the new one."""
    today = timezone.localdate()
    return today.year if today.month >= 8 else today.year - 1


class ListFilter(django_filters.FilterSet):
    """Parent of the filters above lists. Nonsense in the address is no filter: the list stays whole.

    ``self.request.user`` is who looks; ``self.queryset`` are the rows visible to that user.
    """

    sort = django_filters.CharFilter(method="keep", widget=forms.HiddenInput)

    class Meta:
        form = BaseForm

    @classmethod
    def get_filters(cls) -> OrderedDict[str, django_filters.Filter]:
        """Return the filters, the ordering as the last: on a phone only the first field stands open."""
        filters = super().get_filters()
        if "sort" in filters:
            filters.move_to_end("sort")
        return filters

    def keep(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Carry a value of the address along; ``ListPage`` orders by it."""
        return queryset

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the valid values that narrow the list."""
        if not self.is_bound:
            return {}
        self.form.is_valid()
        values = self.form.cleaned_data.items()
        said = {name: value for name, value in values if name != "sort" and value not in (None, "", [])}
        if said.get("year") == EVERY_YEAR:
            del said["year"]
        return said

    def in_words(self) -> str:
        """Return the chosen filters for a page or a paper: «состояние — действуют; имя — очи»."""
        words = []
        for name, value in self.chosen.items():
            field = self.form.fields[name]
            choices = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
            words.append(f"{lower_first(str(field.label))}\u00a0— {choices.get(value, value)}")
        return "; ".join(words)
