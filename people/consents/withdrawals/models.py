"""Withdrawals of consents and what the operator owes after each (152-ФЗ, ст. 10.1, ч. 12–14; ст. 21, ч. 5, 5.1)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.accounts.models import User
from people.consents.models import Consent
from people.rights import Right


class WithdrawalQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """All for those who keep the register, one's own for everybody else."""
        return self if user.can(Right.CONSENTS_SEE_ALL) else self.filter(consent__person=user.person_id)


class Withdrawal(models.Model):
    """A demand of a person, received on a day: about a whole consent or, with ``fields``, about some of its data."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="withdrawals", verbose_name="согласие")
    received_on = models.DateField("поступило")
    fields = models.JSONField("какие сведения", default=list, blank=True)
    demand = models.BooleanField("требование прекратить обработку", default=False)
    recorded_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = "отзыв согласия"
        verbose_name_plural = "отзывы согласий"
        ordering = ["-received_on", "-pk"]

    def __str__(self) -> str:
        return f"отзыв: {self.consent}"


class WithdrawalDuty(models.Model):
    """One thing that is due after a withdrawal, until a day; done by somebody at a moment."""

    class Kind(models.TextChoices):
        DISSEMINATION = "spread", "прекратить распространение"
        ANSWER = "answer", "ответить человеку"
        PROCESSING = "process", "прекратить обработку"
        DESTROY = "destroy", "уничтожить персональные данные"

    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, related_name="duties", verbose_name="отзыв")
    kind = models.CharField("что сделать", max_length=8, choices=Kind)
    due_on = models.DateField("срок")
    note = models.CharField("что именно сделано", max_length=300, blank=True)
    done_at = models.DateTimeField("сделано", null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто сделал",
        editable=False,
    )

    class Meta:
        verbose_name = "срок по отзыву"
        verbose_name_plural = "сроки по отзывам"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at__isnull=True), name="withdrawal_duty_open")]
        constraints = [
            models.UniqueConstraint(fields=["withdrawal", "kind"], name="withdrawal_duty_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="withdrawal_duty_done_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} до {self.due_on:%d.%m.%Y}"
