"""Counted states of clauses, decisions that a clause is not applied, answers to what the text contradicts itself in."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.rights import Actor, Right


class _Seen(models.QuerySet):
    def visible_to(self, user: Actor) -> Self:
        """All for those who see the map."""
        return self if user.can(Right.COMPLIANCE_SEE) else self.none()


class ClauseStateQuerySet(_Seen):
    """Counted states."""

    def on(self, day: date) -> Self:
        """The last counted state of each clause up to the end of a day: nothing later is known of a day in the past."""
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
        known = self.filter(counted_at__lt=end)
        newer = ClauseState.objects.filter(
            clause=OuterRef("clause"), year=OuterRef("year"), counted_at__lt=end, pk__gt=OuterRef("pk")
        )
        return known.filter(~Exists(newer))


class ClauseState(models.Model):
    """What was found for a clause in a school year when it was counted; a new row only when something has changed."""

    class State(models.TextChoices):
        DONE = "done", "исполнено"
        PARTLY = "partly", "частично"
        OVERDUE = "overdue", "просрочено"
        NOT_YET = "not_yet", "пока нет"
        EXEMPT = "exempt", "не применяется"
        PRINCIPLE = "principle", "по устройству системы"

    clause = models.CharField("пункт", max_length=20)
    year = models.PositiveSmallIntegerField("учебный год")
    rank = models.PositiveSmallIntegerField("место в тексте")
    state = models.CharField("состояние", max_length=9, choices=State)
    who = models.CharField("кто", max_length=80)
    due_on = models.DateField("до какого дня", null=True, blank=True)
    facts = models.JSONField("чем подтверждено", default=list)  # [{"label", "words", "url", "right", "whole"}]
    counted_at = models.DateTimeField("посчитано", default=timezone.now)

    objects = ClauseStateQuerySet.as_manager()

    class Meta:
        verbose_name = "состояние пункта"
        verbose_name_plural = "состояния пунктов"
        ordering = ["rank", "pk"]
        indexes = [models.Index(fields=["year", "clause", "counted_at"], name="clause_state_of_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["done", "partly", "overdue", "not_yet", "exempt", "principle"]),
                name="clause_state_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause}: {self.get_state_display()}"


class ClauseCount(models.Model):
    """One counting of a school year: when, and who asked for it; nobody: the clock."""

    year = models.PositiveSmallIntegerField("учебный год")
    asked_at = models.DateTimeField("попросили", default=timezone.now)
    counted_at = models.DateTimeField("посчитано", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто попросил"
    )

    objects = _Seen.as_manager()

    class Meta:
        verbose_name = "подсчёт исполнения"
        verbose_name_plural = "подсчёты исполнения"
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.year}: {self.asked_at:%d.%m.%Y %H:%M}"


class ClauseExemption(models.Model):
    """A clause is not applied in the school in a school year, and why; taken back, it stays on record."""

    clause = models.CharField("пункт", max_length=20)
    year = models.PositiveSmallIntegerField("учебный год")
    reason = models.CharField("почему не применяется", max_length=500)
    decided_at = models.DateTimeField("решено", default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто решил", editable=False
    )
    ended_at = models.DateTimeField("снято", null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто снял",
        editable=False,
    )

    objects = _Seen.as_manager()

    class Meta:
        verbose_name = "решение о пункте"
        verbose_name_plural = "решения о пунктах"
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="exemption_has_reason",
                violation_error_message="Напишите, почему пункт не применяется",
            ),
            models.UniqueConstraint(
                fields=["clause", "year"],
                condition=Q(ended_at__isnull=True),
                name="exemption_once",
                violation_error_message="О пункте уже решено",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="exemption_ended_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause}: {self.reason}"


class TextAnswer(models.Model):
    """How the school has settled a contradiction of the text (``contradictions.py``)."""

    code = models.CharField("противоречие", max_length=30, unique=True, editable=False)
    words = models.TextField("как решила школа", max_length=1000)
    answered_at = models.DateTimeField("решено", default=timezone.now, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто решил", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = _Seen.as_manager()

    class Meta:
        verbose_name = "решение о противоречии"
        verbose_name_plural = "решения о противоречиях"
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="text_answer_not_empty")]

    def __str__(self) -> str:
        return self.words[:80]


def facts_of(found: Any, label: str) -> dict[str, Any]:
    """Return what is kept of what one proof has found."""
    return {
        "label": label,
        "words": found.words,
        "url": found.url,
        "right": str(found.right),
        "whole": found.is_whole,
    }
