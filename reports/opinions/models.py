"""The opinion of the elected body of the primary trade union organisation on a draft (ТК 372)."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.rights import Right
from reports.orders.models import Order
from roadmap.bodies.models import Body


class OpinionQuerySet(models.QuerySet):
    """Opinions."""

    def visible_to(self, user: Any) -> Self:
        """All for those who see all orders; others see none."""
        return self if user.can(Right.ORDERS_SEE_ALL) else self.none()

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.filter(answer="")

    def silent(self, today: dt.date) -> Self:
        """Those without an answer in the term of the law."""
        return self.waiting().filter(due_on__lt=today)


class UnionOpinion(models.Model):
    """A draft was sent to the union on a day; its answer with its paper, or the term has passed without one."""

    class Answer(models.TextChoices):
        AGREES = "agrees", "согласен"
        PROPOSES = "proposes", "есть предложения"
        DISAGREES = "disagrees", "не согласен"

    organ = models.ForeignKey(Body, models.PROTECT, related_name="opinions", verbose_name="чьё мнение")
    order = models.ForeignKey(
        Order, models.SET_NULL, null=True, blank=True, related_name="opinions", verbose_name="проект приказа"
    )
    title = models.CharField("проект", max_length=300)
    sent_on = models.DateField("проект направлен")
    due_on = models.DateField("ответ ждут до", editable=False)
    asked_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто запросил", editable=False
    )
    answer = models.CharField("ответ", max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField("дата мнения", null=True, blank=True)
    words = models.TextField("что в нём сказано", max_length=4000, blank=True)
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="бумага", editable=False
    )
    recorded_at = models.DateTimeField("ответ записан", null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "мнение профсоюза"
        verbose_name_plural = "мнения профсоюза"
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="opinion_titled"),
            models.CheckConstraint(condition=Q(due_on__gt=F("sent_on")), name="opinion_term_ordered"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, recorded_by__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, recorded_by__isnull=False)),
                name="opinion_answer_whole",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, recorded_by__isnull=True)
                | Q(recorded_at__isnull=False, recorded_by__isnull=False),
                name="opinion_recorded_paired",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "agrees"]) | ~Q(words=""),
                name="opinion_objection_in_words",
                violation_error_message="Напишите, что предлагает или с чем не согласен профсоюз",
            ),
            models.UniqueConstraint(fields=["order", "organ"], condition=Q(answer=""), name="opinion_asked_once"),
        ]

    def __str__(self) -> str:
        return f"Мнение профсоюза: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reports:opinion", args=[self.pk])

    def is_silent(self, today: dt.date | None = None) -> bool:
        """Whether the term of the law has passed without an answer."""
        return not self.answer and self.due_on < (today or timezone.localdate())
