"""A note of statistics that was kept: its numbers do not change any more (п. 3.4)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from people.rights import Right
from reports.indicators.periods import Period


class StatisticsNoteQuerySet(models.QuerySet):
    """Kept notes."""

    def visible_to(self, user: Any) -> Self:
        """All for those who see all programs."""
        return self if user.can(Right.PROGRAMS_SEE_ALL) else self.none()


class StatisticsNote(models.Model):
    """The numbers of some days as they were on the day when the note was kept; ``facts`` are those of its paper."""

    first = models.DateField("с")
    last = models.DateField("по")
    facts = models.JSONField("что напечатано", editable=False)
    kept_at = models.DateTimeField("сохранена", default=timezone.now, editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто сохранил", editable=False
    )

    objects = StatisticsNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "справка для статистики"
        verbose_name_plural = "справки для статистики"
        ordering = ["-kept_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="statistics_days_ordered")]

    def __str__(self) -> str:
        return f"Справка {Period(self.first, self.last).words}"

    def get_absolute_url(self) -> str:
        return reverse("reports:statistics_note", args=[self.pk])
