"""The login of somebody who leaves: it closes with the last day, unless a role stays that nobody else holds."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from people.accounts.acts import close_after_leaving
from people.accounts.models import User
from people.register.leaving import Hanging, Part
from people.register.models import Person
from people.roles.leaving import stays
from people.roles.models import RoleGrant


def _needed(person: int, last: date) -> bool:
    return any(stays(grant, last) for grant in RoleGrant.objects.filter(person=person))


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    for user in User.objects.filter(person__in=days, is_active=True):
        needed = _needed(user.person_id, days[user.person_id])
        then = "останется открытой, пока роль не перейдёт к другому" if needed else "закроется сама после этого дня"
        yield Hanging(
            user.person_id, "учётная запись", then, reverse("people:account_one", args=[user.pk]), by_itself=not needed
        )


def _end(person: Person, last: date) -> None:
    user = User.objects.filter(person=person, is_active=True).select_related("person").first()
    if user is not None and not _needed(person.pk, last):
        close_after_leaving(user)


PART = Part(_hanging, _end)
