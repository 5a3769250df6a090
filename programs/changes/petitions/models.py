"""Petitions in confidence: a mentee asks for another mentor (п. 5.1), a mentor to be relieved (п. 4.1)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from people.accounts.models import User
from people.promises import Promise
from programs.changes.petitions.rules import PETITION
from programs.pairings.models import Pairing, Participation


class PetitionQuerySet(models.QuerySet):
    """Petitions."""

    def visible_to(self, user: User) -> Self:
        """In confidence: whoever filed it, the curator and the director, but never the other side (п. 4.1, 5.1)."""
        own = Q(participation__person=user.person_id)
        if not Promise.PETITION.opens_to(user):
            return self.filter(own)
        inside = Participation.objects.filter(pairing=OuterRef("pairing"), person=user.person_id)
        return self.filter(own | ~Exists(inside))


class Petition(Stateful):
    """A mentee asks for another mentor (п. 5.1), or a mentor asks to be relieved (п. 4.1)."""

    class Kind(models.TextChoices):
        REPLACE = "replace", "ходатайство о замене наставника"
        RELIEVE = "relieve", "заявление о сложении обязанностей наставника"

    class State(models.TextChoices):
        FILED = "filed", "ждёт решения"
        ACCEPTED = "accepted", "удовлетворено"
        DECLINED = "declined", "отклонено"
        WITHDRAWN = "withdrawn", "отозвано"

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="petitions", verbose_name="пара или группа")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="кто просит")
    kind = models.CharField("о чём", max_length=8, choices=Kind, editable=False)
    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.FILED, db_index=True, editable=False
    )
    reason = models.TextField("почему", max_length=2000)
    filed_on = models.DateField("дата")
    on_paper = models.BooleanField("записано с бумаги", default=False, editable=False)
    created_at = models.DateTimeField("подано", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    answer = models.TextField("решение", max_length=2000, blank=True)
    decided_at = models.DateTimeField("решено", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = PetitionQuerySet.as_manager()
    WORKFLOW = PETITION

    class Meta:
        verbose_name = "ходатайство"
        verbose_name_plural = "ходатайства"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["filed", "accepted", "declined", "withdrawn"]), name="petition_state_known"
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(state="filed"),
                name="one_open_petition",
                violation_error_message="Ходатайство уже подано и ждёт решения",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="petition_decided_paired",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "withdrawn"], decided_at__isnull=True)
                | (Q(state__in=["accepted", "declined"], decided_at__isnull=False) & ~Q(answer="")),
                name="petition_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} от {self.filed_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("programs:petition", args=[self.pk])
