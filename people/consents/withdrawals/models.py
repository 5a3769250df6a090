"""Withdrawals of consents; what is due after each is a ``Duty`` (152-ФЗ, ст. 10.1, ч. 12–14; ст. 21, ч. 5, 5.1)."""

from typing import Self

from django.conf import settings
from django.db import models
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
