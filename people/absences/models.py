"""Days on which a person is away."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.register.models import Person
from people.rights import Actor, Right


class AbsenceQuerySet(models.QuerySet):
    """Absences."""

    def visible_to(self, user: Actor) -> Self:
        """All for those who see all people, one's own for everybody else."""
        return self if user.can(Right.PEOPLE_SEE_ALL) else self.filter(person=user.person_id)

    def going_on(self, day: date) -> Self:
        """Absences that include a day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def overlapping(self, first: date, last: date) -> Self:
        """Absences that share a day with a period."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class Absence(models.Model):
    """A period during which a person is away, both days included."""

    class Kind(models.TextChoices):
        LEAVE = "leave", "отпуск"
        AWAY = "away", "отсутствие"

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences", verbose_name="человек")
    kind = models.CharField("что это", max_length=5, choices=Kind)
    starts_on = models.DateField("первый день")
    ends_on = models.DateField("последний день")
    created_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "отсутствие"
        verbose_name_plural = "отсутствия"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message="Последний день раньше первого: поменяйте их местами",
            ),
            models.CheckConstraint(condition=Q(kind__in=["leave", "away"]), name="absence_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} с {self.starts_on:%d.%m.%Y} по {self.ends_on:%d.%m.%Y}"


def periods_of(people: Iterable[int], first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    """Return person -> first and last days of the absences that share a day with a period; one query."""
    found: dict[int, list[tuple[date, date]]] = {}
    rows = Absence.objects.overlapping(first, last).filter(person__in=set(people)).order_by()
    for person, starts_on, ends_on in rows.values_list("person", "starts_on", "ends_on"):
        found.setdefault(person, []).append((starts_on, ends_on))
    return found
