"""Search and filters above the legal base."""

import django_filters
from django import forms
from django.utils import timezone

from mentoring_site.ui.list_page import ListFilter
from roadmap.legal_base.models import LegalAct, LegalActQuerySet

FORCE = [
    ("now", "действуют"),
    ("ended", "не действуют"),
    ("doubt", "под сомнением"),
    ("stale", "не проверены больше года"),
]


class LegalActFilter(ListFilter):
    """By words, level, and whether an act is in force today."""

    q = django_filters.CharFilter(
        method="found_by",
        label="Номер, дата или слова из названия",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    level = django_filters.ChoiceFilter(label="Уровень", choices=LegalAct.Level.choices, empty_label="все")
    force = django_filters.ChoiceFilter(method="by_force", label="Действие", choices=FORCE, empty_label="все")

    def found_by(self, queryset: LegalActQuerySet, name: str, value: str) -> LegalActQuerySet:
        """Narrow to acts with every word."""
        return queryset.found_by(value)

    def by_force(self, queryset: LegalActQuerySet, name: str, value: str) -> LegalActQuerySet:
        """Narrow to acts in force today, the others, those with an open doubt, those not checked for long."""
        today = timezone.localdate()
        if value == "doubt":
            return queryset.doubtful()
        if value == "stale":
            return queryset.stale(today)
        now = queryset.in_force_on(today)
        return now if value == "now" else queryset.exclude(pk__in=now.order_by().values("pk"))
