"""A request about personal data or an incident with them, and its answer (152-ФЗ, ст. 10.1, 14, 20, 21)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import rudate, upper_first
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right


class DataRequestQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """All for those who keep the register; one's own for everybody else."""
        return self if user.can(Right.CONSENTS_SEE_ALL) else self.filter(person=user.person_id, person__isnull=False)

    def open(self) -> Self:
        """Return those that are not closed."""
        return self.filter(closed_at__isnull=True)


class DataRequest(models.Model):
    """What somebody asks or the school has found, since which day law counts, who answers and what came of it."""

    class Kind(models.TextChoices):
        QUESTION = "question", "вопрос о своих данных"
        CORRECTION = "correct", "исправить неверные сведения"
        DEMAND = "demand", "прекратить распространение"
        UNLAWFUL = "unlawful", "неправомерная обработка"
        REACHED = "reached", "цель обработки достигнута"
        LEAK = "leak", "утечка"

    class Channel(models.TextChoices):
        PAPER = "paper", "заявление на бумаге"
        EMAIL = "email", "электронная почта"
        AGENCY = "agency", "обращение Роскомнадзора"
        FOUND = "found", "школа заметила сама"

    class Outcome(models.TextChoices):
        DONE = "done", "исполнено"
        REFUSED = "refused", "отказано"

    kind = models.CharField("о чём", max_length=8, choices=Kind)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="data_requests", verbose_name="чьи данные"
    )
    channel = models.CharField("как поступило", max_length=6, choices=Channel)
    number = models.CharField("входящий номер", max_length=30, blank=True)
    received_on = models.DateField("поступило или выявлено")
    words = models.TextField("суть", max_length=3000)
    responsible = models.ForeignKey(
        Person, models.PROTECT, related_name="data_requests_to_answer", verbose_name="кто отвечает"
    )
    recorded_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    outcome = models.CharField("чем закончилось", max_length=7, choices=Outcome, blank=True)
    answer = models.TextField("что сделано или почему отказано", max_length=3000, blank=True)
    answer_number = models.CharField("номер ответа", max_length=30, blank=True)
    answered_on = models.DateField("дата ответа", null=True, blank=True)
    closed_at = models.DateTimeField("закрыто", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто закрыл",
        editable=False,
    )
    erased_on = models.DateField("суть и ответ уничтожены", null=True, blank=True, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "обращение о персональных данных"
        verbose_name_plural = "обращения о персональных данных"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="leak", person__isnull=True) | (~Q(kind="leak") & Q(person__isnull=False)),
                name="data_request_has_its_person",
                violation_error_message="Укажите, чьи это данные",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="", answered_on__isnull=True)
                | (
                    Q(closed_at__isnull=False, closed_by__isnull=False, answered_on__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(answer="")
                ),
                name="data_request_closed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {rudate(self.received_on)}"

    def get_absolute_url(self) -> str:
        return reverse("people:data_request", args=[self.pk])

    @property
    def is_incident(self) -> bool:
        """Whether it is a leak, with two clocks in hours."""
        return self.kind == self.Kind.LEAK

    @property
    def title(self) -> str:
        """«Исправить неверные сведения: Санджиев Б. О.»."""
        name = upper_first(self.get_kind_display())
        return f"{name}: {self.person.short_name}" if self.person else "Утечка персональных данных"


class Incident(models.Model):
    """What the notice of a leak tells: first what is known, then what the inquiry has found (ст. 21, ч. 3.1)."""

    request = models.OneToOneField(DataRequest, models.PROTECT, related_name="incident", verbose_name="обращение")
    noticed_at = models.DateTimeField("когда выявлен")
    categories = models.CharField("какие данные", max_length=500)
    people = models.CharField("чьи данные и сколько человек", max_length=300)
    cause = models.TextField("предполагаемые причины", max_length=2000)
    harm = models.TextField("предполагаемый вред", max_length=2000)
    measures = models.TextField("что принято", max_length=2000)
    contact = models.CharField("кто представляет школу", max_length=300)
    findings = models.TextField("результаты внутреннего расследования", max_length=3000, blank=True)
    culprits = models.CharField("чьи действия стали причиной", max_length=500, blank=True)
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    class Meta:
        verbose_name = "сведения об инциденте"
        verbose_name_plural = "сведения об инцидентах"

    def __str__(self) -> str:
        return f"инцидент {timezone.localtime(self.noticed_at):%d.%m.%Y %H:%M}"
