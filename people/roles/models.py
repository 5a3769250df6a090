"""Roles given to persons, with dates and, where the regulation asks, by order."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.register.models import Employment, Person
from people.rights import ROLE_CHOICES, Actor, Right
from people.school.models import Department


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


class DepartmentHeadQuerySet(models.QuerySet):
    """Heads of departments."""

    def live(self, on: date | None = None) -> Self:
        """Those in office on a date (today by default)."""
        on = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)

    def visible_to(self, user: Actor) -> Self:
        """All of them for those who keep the list of people."""
        return self if user.can(Right.PEOPLE_EDIT) else self.none()

    def of(self, person: Any) -> Self:
        """Those of the departments in which a person works now; ``person`` is a key or an expression."""
        return self.filter(department__in=Employment.objects.current().filter(person=person).values("department"))


class DepartmentHead(models.Model):
    """Who heads a department from a date to a date: an office, not a role of the system (п. 1.4)."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="heads", verbose_name="отделение")
    person = models.ForeignKey(Person, models.PROTECT, related_name="departments_headed", verbose_name="заведующий")
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    given_at = models.DateTimeField("записано", default=timezone.now, editable=False)

    objects = DepartmentHeadQuerySet.as_manager()

    class Meta:
        verbose_name = "заведующий отделением"
        verbose_name_plural = "заведующие отделениями"
        ordering = ["department", "-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="department_head_dates_ordered",
                violation_error_message="Последний день не может быть раньше первого",
            ),
            models.UniqueConstraint(
                fields=["department"],
                condition=Q(until__isnull=True),
                name="department_head_open_once",
                violation_error_message="У отделения уже есть заведующий",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name}: {self.department.name}"

    @property
    def is_live(self) -> bool:
        """Whether the person is in office today."""
        today = timezone.localdate()
        return self.since <= today and (self.until is None or self.until >= today)
