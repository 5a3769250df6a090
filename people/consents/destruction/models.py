"""Acts of destruction of personal data, prepared by one and approved by another (приказ РКН от 28.10.2022 № 179)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.accounts.models import User
from people.consents.requests.models import DataRequest
from people.consents.withdrawals.models import Withdrawal
from people.register.models import Person
from people.rights import CHAIR, DIRECTOR, Right
from people.roles.models import RoleGrant

WAY = (
    "удаление сведений из базы данных информационной системы с заменой их в журнале изменений на слово «уничтожено», "
    "удаление файлов из хранилища"
)


OF_THE_SCHOOL = "документы школы"


class DestructionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Acts for those who keep the register of consents or approve destruction.

        The chair of the council decides about the data of the director (``people/roles/instead.py``).
        """
        if user.can(Right.CONSENTS_SEE_ALL):
            return self
        approvers = RoleGrant.objects.live().filter(role=DIRECTOR).values("person")
        return self.filter(person__in=approvers) if CHAIR in user.roles else self.none()


class Destruction(models.Model):
    """What of one person is to be destroyed and why; after the approval the proof of it: the act and the log."""

    class Reason(models.TextChoices):
        WITHDRAWN = "withdrawn", "отзыв согласия на обработку персональных данных"
        DEMAND = "demand", "требование о прекращении обработки персональных данных"
        REACHED = "reached", "достижение цели обработки персональных данных"
        UNLAWFUL = "unlawful", "неправомерная обработка персональных данных"
        TERM = "term", "истечение срока хранения"

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="destructions", verbose_name="чьи данные"
    )
    withdrawal = models.ForeignKey(
        Withdrawal, models.PROTECT, null=True, blank=True, related_name="destructions", verbose_name="по какому отзыву"
    )
    request = models.ForeignKey(
        DataRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="destructions",
        verbose_name="по какому обращению",
    )
    reason = models.CharField("причина уничтожения", max_length=9, choices=Reason)
    categories = models.JSONField("категории данных", default=list)
    way = models.CharField("способ уничтожения", max_length=300, default=WAY)
    gone = models.JSONField("записи и файлы, которых больше нет", default=list, editable=False)
    carriers = models.JSONField("бумажные носители с числом листов", default=list, blank=True)
    processor = models.CharField("кто обрабатывал по поручению, адрес", max_length=300, blank=True)
    commission = models.JSONField("кто уничтожает", default=list)
    prepared_at = models.DateTimeField("подготовлен", default=timezone.now, editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто подготовил", editable=False
    )
    number = models.PositiveIntegerField("номер акта", null=True, unique=True, editable=False)
    approved_at = models.DateTimeField("утверждён", null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="кто утвердил",
        editable=False,
    )
    declined_at = models.DateTimeField("отклонён", null=True, editable=False)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="кто отклонил",
        editable=False,
    )
    decline_words = models.CharField("почему отклонён", max_length=300, blank=True)
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="акт в PDF", editable=False
    )
    log = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="выгрузка из журнала", editable=False
    )
    keep_until = models.DateField("хранить по", null=True, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = DestructionQuerySet.as_manager()

    class Meta:
        verbose_name = "акт об уничтожении персональных данных"
        verbose_name_plural = "акты об уничтожении персональных данных"
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="destruction_approval_paired",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True, declined_by__isnull=True)
                | Q(declined_at__isnull=False, declined_by__isnull=False),
                name="destruction_decline_paired",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(declined_at__isnull=True), name="destruction_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="destruction_by_two",
                violation_error_message="Акт утверждает не тот, кто его подготовил",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, number__isnull=True, paper__isnull=True, log__isnull=True)
                | Q(approved_at__isnull=False, number__isnull=False, paper__isnull=False, log__isnull=False),
                name="destruction_has_its_proof",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(approved_at__isnull=True, declined_at__isnull=True),
                name="one_open_destruction",
                violation_error_message="Акт об этом человеке уже ждёт утверждения",
            ),
        ]

    def __str__(self) -> str:
        return f"Акт № {self.number}" if self.number else "Проект акта"

    def get_absolute_url(self) -> str:
        return reverse("people:destruction", args=[self.pk])

    @property
    def whose(self) -> str:
        """Whose data it is about, in short; records of the school are nobody's."""
        return self.person.short_name if self.person else OF_THE_SCHOOL
