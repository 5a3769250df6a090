"""Roles given to persons, with dates and, where the regulation asks, by order."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.register.models import Person
from people.rights import ROLE_CHOICES


class RoleGrantQuerySet(models.QuerySet):
    def live(self, on: date | None = None) -> Self:
        """Grants in force on a date (today by default)."""
        on = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)

    def in_force(self, on: date | None = None) -> Self:
        """Grants that give rights: live ones whose access nobody has still to release."""
        return self.live(on).filter(waits=False)

    def not_ended(self) -> Self:
        """Grants of today and of days to come."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()))


class RoleGrant(models.Model):
    """A role of a person from a date to a date. Mentor and mentee are not here: they come from pairs by order."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles", verbose_name="человек")
    role = models.CharField("роль", max_length=20, choices=ROLE_CHOICES)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    order_number = models.CharField("номер приказа", max_length=30, blank=True)
    order_date = models.DateField("дата приказа", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто записал"
    )
    given_at = models.DateTimeField("записано", default=timezone.now)
    # given by an order: the role is held, its rights wait until the access is released (docs/decisions/0013)
    waits = models.BooleanField("ждёт подтверждения доступа", default=False)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "роль"
        verbose_name_plural = "роли"
        ordering = ["role", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="role_dates_ordered",
                violation_error_message="Роль не может закончиться раньше, чем началась",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(until__isnull=True),
                name="role_open_once",
                violation_error_message="Эта роль у человека уже есть",
            ),
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(role="director", until__isnull=True),
                name="one_director",
                violation_error_message="Директор уже назначен: сначала закончите его полномочия",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name} — {self.get_role_display()}"
