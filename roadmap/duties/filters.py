"""Search and filters above the list of duties by their dates."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from mentoring_site.ui.list_filters import ListFilter, YearFilter, within
from people.register.models import named
from roadmap.duties.models import OccurrenceQuerySet, owned_by

NOW, LATE, DONE, AHEAD = "now", "late", "done", "ahead"
STATES = [(NOW, "пора"), (LATE, "просрочено"), (AHEAD, "впереди"), (DONE, "сделано")]


class OccurrenceFilter(ListFilter):
    """By words, state, whose, school year."""

    q = django_filters.CharFilter(
        method="found_by", label="Обязанность или имя", max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = django_filters.ChoiceFilter(method="in_state", label="Состояние", choices=STATES, empty_label="все")
    whose = django_filters.ChoiceFilter(method="of", label="Чьи", choices=[("mine", "мои")], empty_label="все")
    year = YearFilter(
        field_name="due_on",
        going_on="и что не сделано",
        now=lambda found, year: found.filter(within("due_on", year) | Q(done_on__isnull=True)),
        of=lambda found, year: found.filter(within("due_on", year)),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = self.queryset.order_by("-due_on").values_list("due_on", flat=True).distinct()
        years = sorted({day.year - (day.month < 8) for day in days}, reverse=True)
        self.filters["year"].offer(years)

    def found_by(self, queryset: OccurrenceQuerySet, name: str, value: str) -> QuerySet:
        """Narrow to duties with these words, or of this person."""
        return queryset.filter(Q(duty__name__icontains=value) | named(value, "duty__person__"))

    def in_state(self, queryset: OccurrenceQuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what stands so today."""
        today = timezone.localdate()
        if value == DONE:
            return queryset.filter(done_on__isnull=False)
        waiting = queryset.open()
        if value == LATE:
            return waiting.filter(due_on__lt=today)
        if value == NOW:
            return waiting.filter(opens_on__lte=today, due_on__gte=today)
        return waiting.filter(opens_on__gt=today)

    def of(self, queryset: OccurrenceQuerySet, name: str, value: str) -> QuerySet:
        """Narrow to the reader's own."""
        return queryset.filter(owned_by(self.request.user, "duty__"))
