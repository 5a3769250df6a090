"""Invitations of people who leave the school: they end with the last day (п. 3.4)."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from mentoring_site.workflow import record
from people.register.leaving import Hanging, Part
from people.register.models import Person
from roadmap.training.models import TrainingInvitation


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    for one in TrainingInvitation.objects.open().filter(person__in=list(days)):
        yield Hanging(one.person_id, "приглашение на обучение", "закончится само", by_itself=True)


def _end(person: Person, last: date) -> None:
    for one in TrainingInvitation.objects.open().filter(person=person).select_for_update():
        TrainingInvitation.objects.filter(pk=one.pk).update(withdrawn_at=timezone.now(), withdrawn_by=one.invited_by)
        record(one, "withdraw", by=None, words="приглашение снято: работа окончена")


PART = Part(_hanging, _end)
