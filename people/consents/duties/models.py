"""What is due after a withdrawal or by a request: until when, why longer, who has done it (152-ФЗ, ст. 20, 21)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.accounts.models import User
from people.consents.models import Consent
from people.consents.requests.models import DataRequest
from people.consents.terms import TERMS, Term, until_words
from people.consents.withdrawals.models import Withdrawal
from people.register.models import Person


class DutyQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Return what is due to whom the user may see."""
        return self.filter(
            Q(withdrawal__in=Withdrawal.objects.visible_to(user)) | Q(request__in=DataRequest.objects.visible_to(user))
        )

    def waiting(self) -> Self:
        """Return what is not done, the nearest first."""
        return self.filter(done_at__isnull=True).order_by("due_on", "due_at", "pk")


class Duty(models.Model):
    """One thing that is due until a day, or until a moment where law counts hours; done by somebody at a moment."""

    class Kind(models.TextChoices):
        DISSEMINATION = "spread", "прекратить распространение"
        ANSWER = "answer", "ответить человеку"
        PROCESSING = "process", "прекратить обработку"
        CORRECT = "correct", "уточнить сведения"
        DESTROY = "destroy", "уничтожить персональные данные"
        FIRST = "first", "сообщить Роскомнадзору об инциденте"
        RESULT = "result", "сообщить Роскомнадзору о результатах расследования"

    withdrawal = models.ForeignKey(
        Withdrawal, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="отзыв"
    )
    request = models.ForeignKey(
        DataRequest, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="обращение"
    )
    kind = models.CharField("что сделать", max_length=8, choices=Kind)
    term = models.CharField("какой срок", max_length=20)
    due_on = models.DateField("срок")
    due_at = models.DateTimeField("срок до часа", null=True, blank=True)
    first_due_on = models.DateField("первый срок", null=True, blank=True, editable=False)
    extension = models.CharField("почему срок продлён", max_length=500, blank=True)
    extended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто продлил",
        editable=False,
    )
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

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "срок по персональным данным"
        verbose_name_plural = "сроки по персональным данным"
        ordering = ["due_on", "due_at", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at__isnull=True), name="duty_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawal__isnull=True, request__isnull=False)
                | Q(withdrawal__isnull=False, request__isnull=True),
                name="duty_of_one",
            ),
            models.UniqueConstraint(
                fields=["withdrawal", "kind"], condition=Q(withdrawal__isnull=False), name="withdrawal_duty_once"
            ),
            models.UniqueConstraint(
                fields=["request", "kind"], condition=Q(request__isnull=False), name="request_duty_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="duty_done_paired",
            ),
            models.CheckConstraint(
                condition=Q(first_due_on__isnull=True, extended_by__isnull=True, extension="")
                | (Q(first_due_on__isnull=False, extended_by__isnull=False) & ~Q(extension="")),
                name="duty_extension_whole",
                violation_error_message="Напишите, почему нужен больший срок",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.until}"

    @property
    def law(self) -> Term:
        """The term of law that this row counts."""
        return TERMS[self.term]

    @property
    def until(self) -> str:
        """«до 9 декабря 2026 г.»."""
        return until_words(self.due_on, self.due_at)

    @property
    def is_late(self) -> bool:
        """Whether the day, or the hour, is over and the thing is not done."""
        if self.done_at is not None:
            return False
        return self.due_at < timezone.now() if self.due_at else self.due_on < timezone.localdate()

    @property
    def of(self) -> Withdrawal | DataRequest:
        """The withdrawal or the request that it is due by."""
        found = self.withdrawal or self.request
        assert found is not None, "constraint duty_of_one"
        return found

    @property
    def subject(self) -> Consent | DataRequest:
        """The consent or the request that the log of acts speaks about."""
        return self.of.consent if isinstance(self.of, Withdrawal) else self.of

    @property
    def person(self) -> Person | None:
        """Whose data it is about; nobody in particular for a leak."""
        return self.of.consent.person if isinstance(self.of, Withdrawal) else self.of.person

    @property
    def whose(self) -> Person:
        """The person whom a duty to destroy is about: it is never opened by a leak."""
        assert self.person is not None, "constraint data_request_has_its_person"
        return self.person

    @property
    def what_about(self) -> str:
        """«отзыв согласия на обработку персональных данных», «исправить неверные сведения»."""
        if isinstance(self.of, Withdrawal):
            return "отзыв согласия на обработку персональных данных"
        return self.of.get_kind_display()
