"""Versions of the Положение (п. 3.1, 9.1)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful, StoredFile
from people.rights import Right
from roadmap.legal_base.models import LegalAct
from roadmap.regulation.rules import REGULATION


class VersionQuerySet(models.QuerySet):
    """Versions of what an order approves: the Положение, the roadmap."""

    def visible_to(self, user: Any) -> Self:
        """Drafts for those who write or approve them, approved versions for everybody inside."""
        return self if user.can(Right.ROADMAP_SEE) else self.filter(state__in=["approved", "superseded"])


class Regulation(Stateful):
    """A version of the Положение; in force from its approval by the director, without an end (п. 9.1)."""

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        SUBMITTED = "submitted", "на утверждении"
        APPROVED = "approved", "действует"
        SUPERSEDED = "superseded", "заменено"

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.DRAFT, db_index=True, editable=False
    )
    title = models.CharField("название", max_length=300)
    text = models.TextField("текст")
    order_number = models.CharField("приказ №", max_length=30, blank=True)
    order_date = models.DateField("приказ от", null=True, blank=True)
    since = models.DateField("действует с", null=True, blank=True)
    approvals = models.JSONField("кем принято и согласовано", default=list, blank=True)  # regulation/approvals.py
    ground = models.ForeignKey(
        LegalAct, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="каким актом вызвано"
    )
    why = models.CharField("что изменилось", max_length=1000, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="скан")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VersionQuerySet.as_manager()
    WORKFLOW = REGULATION

    class Meta:
        verbose_name = "положение"
        verbose_name_plural = "положения"
        ordering = ["-order_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "approved", "superseded"]), name="regulation_state_known"
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state="approved"), name="one_regulation_in_force"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "superseded"]) | Q(order_date__isnull=False),
                name="regulation_by_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmap:regulation_version", args=[self.pk])

    @property
    def begins_on(self) -> date | None:
        """The day from which the version is in force."""
        return self.since or self.order_date
