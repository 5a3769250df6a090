"""A duty as a template, and its occurrences, one for each date (п. 3.4)."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Evidence
from people.register.models import Person
from people.rights import ROLE_CHOICES, Right
from roadmap.duties import dates


def owned_by(user: Any, before: str = "") -> Q:
    """Return the condition that a duty is the user's, by name or by a role of today."""
    return Q(**{f"{before}person": user.person_id}) | Q(**{f"{before}role__in": list(user.roles)})


class RegularDutyQuerySet(models.QuerySet):
    """Duties."""

    def visible_to(self, user: Any) -> Self:
        """All for those who see the roadmap, one's own for others."""
        return self if user.can(Right.ROADMAP_SEE) else self.filter(owned_by(user))


class RegularDuty(models.Model):
    """What somebody does again and again: how often, who, what proves that it was done."""

    class Cadence(models.TextChoices):
        YEARLY = dates.YEARLY, "раз в год"
        QUARTERLY = dates.QUARTERLY, "раз в квартал"
        MONTHLY = dates.MONTHLY, "раз в месяц"
        ON_DATES = dates.ON_DATES, "по названным дням"

    name = models.CharField("что делают", max_length=200)
    cadence = models.CharField("как часто", max_length=9, choices=Cadence, default=Cadence.YEARLY)
    month = models.PositiveSmallIntegerField("месяц", null=True, blank=True)
    day = models.PositiveSmallIntegerField("число", null=True, blank=True)
    dates = models.JSONField("дни", default=list, blank=True)
    role = models.CharField("кто: роль", max_length=20, choices=ROLE_CHOICES, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="regular_duties", verbose_name="кто: человек"
    )
    ahead = models.PositiveSmallIntegerField("за сколько дней напомнить", default=14)
    expected = models.CharField("что подтверждает выполнение", max_length=300)
    proof_kinds = models.JSONField("закроется, когда приложены", default=list, blank=True)
    ground = models.CharField("основание", max_length=200, blank=True)
    since = models.DateField("начиная с", default=timezone.localdate)
    planned_on = models.DateField("сроки записаны", null=True, blank=True, editable=False)
    ended_on = models.DateField("больше не нужна с", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("заведена", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = RegularDutyQuerySet.as_manager()

    class Meta:
        verbose_name = "постоянная обязанность"
        verbose_name_plural = "постоянные обязанности"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(ended_on__isnull=True),
                name="regular_duty_once",
                violation_error_message="Такая обязанность уже есть",
            ),
            models.CheckConstraint(
                condition=(Q(person__isnull=True) & ~Q(role="")) | Q(person__isnull=False, role=""),
                name="regular_duty_has_one_owner",
                violation_error_message="Назовите либо роль, либо человека",
            ),
            models.CheckConstraint(
                condition=~Q(cadence="yearly") | Q(month__gte=1, month__lte=12),
                name="regular_duty_yearly_in_a_month",
                violation_error_message="Назовите месяц",
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(day__gte=1, day__lte=31), name="regular_duty_day_of_a_month"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("roadmap:duty", args=[self.pk])


class OccurrenceQuerySet(models.QuerySet):
    """Occurrences of duties."""

    def visible_to(self, user: Any) -> Self:
        """Those of the duties that the user sees."""
        return self if user.can(Right.ROADMAP_SEE) else self.filter(owned_by(user, "duty__"))

    def open(self) -> Self:
        """Those that are not done yet."""
        return self.filter(done_on__isnull=True)

    def begun(self, on: date) -> Self:
        """Those whose days have begun: it is time to do them, or over it."""
        return self.filter(opens_on__lte=on)

    def awaiting(self, user: Any) -> Self:
        """The user's own that are open and whose time has come."""
        return self.open().begun(timezone.localdate()).filter(owned_by(user, "duty__"))


class Occurrence(models.Model):
    """A duty on one of its dates: done by evidence, or late."""

    duty = models.ForeignKey(RegularDuty, models.CASCADE, related_name="occurrences", verbose_name="обязанность")
    opens_on = models.DateField("начинается")
    due_on = models.DateField("срок", db_index=True)
    done_on = models.DateField("сделано", null=True, blank=True, editable=False)
    done_note = models.CharField("чем подтверждено", max_length=500, blank=True, editable=False)
    told_at = models.DateTimeField("о просрочке сообщено", null=True, blank=True, editable=False)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = "срок обязанности"
        verbose_name_plural = "сроки обязанностей"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "due_on"], name="occurrence_once_a_day"),
            models.CheckConstraint(condition=Q(opens_on__lte=models.F("due_on")), name="occurrence_opens_first"),
        ]

    def __str__(self) -> str:
        return f"{self.duty.name}, {self.due_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("roadmap:occurrence", args=[self.pk])

    @property
    def is_late(self) -> bool:
        """Whether the term has passed and nothing proves that it was done."""
        return self.done_on is None and self.due_on < timezone.localdate()


HORIZON = timedelta(days=366)
"""So far ahead occurrences stand in the calendar."""
