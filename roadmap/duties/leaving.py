"""Duties of somebody who leaves: the curator names another one."""

from collections.abc import Iterator
from datetime import date

from people.register.leaving import Hanging, Part
from roadmap.duties.models import RegularDuty


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    for duty in RegularDuty.objects.filter(person__in=days, ended_on__isnull=True).order_by("pk"):
        words = "куратор называет другого ответственного"
        yield Hanging(duty.person_id or 0, f"обязанность «{duty.name}»", words, duty.get_absolute_url())


PART = Part(_hanging)
