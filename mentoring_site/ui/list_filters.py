"""Filters above a list: conditions of the address, and the school year that is chosen when the address says nothing."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from mentoring_site.forms import BaseForm
from mentoring_site.russian import lower_first, school_year

THIS_YEAR, EVERY_YEAR = "now", "all"
"""Values of a ``YearFilter`` besides the years themselves."""


class YearFilter(django_filters.ChoiceFilter):
    """The school year of rows: all, this one with whatever still goes on, or one by its number.

    ``now(queryset, year)`` keeps what belongs to a school year or still goes on, so that nothing alive is hidden.
    ``of(queryset, year)`` keeps what belongs to a school year, where no column holds it.
    """

    def __init__(
        self,
        *,
        now: Callable[[Any, int], Any],
        of: Callable[[Any, int], Any] | None = None,
        going_on: str = "и что ещё идёт",
        **kwargs: Any,
    ):
        self.now, self.of, self.going_on = now, of, going_on
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
        if value == THIS_YEAR:
            return self.now(qs, year_now())
        return self.of(qs, int(value)) if self.of else super().filter(qs, value)


def year_now() -> int:
    """Return the school year of today by its first year: August already belongs to the new one."""
    today = timezone.localdate()
    return today.year if today.month >= 8 else today.year - 1


def within(field: str, year: int) -> Q:
    """Return the condition that a day belongs to a school year: «asked_at__date»."""
    return Q(**{f"{field}__gte": date(year, 8, 1), f"{field}__lt": date(year + 1, 8, 1)})


def years_since(day: date | None) -> range:
    """Return the school years from that of a day up to this one, the latest first; none without a day."""
    first = day.year - (day.month < 8) if day else year_now() + 1
    return range(year_now(), first - 1, -1)


class ListFilter(django_filters.FilterSet):
    """Parent of the filters above lists. Nonsense in the address is no filter: the list stays whole.

    ``self.request.user`` is who looks; ``self.queryset`` are the rows visible to that user.
    """

    sort = django_filters.CharFilter(method="keep", label="Порядок", widget=forms.HiddenInput)

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


class RowsFilter(ListFilter):
    """Parent of the filters above ``Rows``: every filter is a method that returns rows."""

    def filter_queryset(self, queryset: Any) -> Any:
        """Apply the filters; what they leave is no queryset."""
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset
