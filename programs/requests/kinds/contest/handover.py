"""Contests that a member of the council prepares are part of what is handed over (п. 3.5)."""

from collections.abc import Iterator

from people.accounts.models import User
from people.handover.parts import Part, Thing
from people.register.models import Person
from people.rights import Right
from programs.requests.kinds.contest.acts import reassign
from programs.requests.kinds.contest.models import Contest


def _things(person: Person, user: User) -> Iterator[Thing]:
    for contest in Contest.objects.ahead().filter(owner=person).select_related("request").order_by("starts_on", "pk"):
        yield Thing(contest.pk, f"Подготовка к конкурсу {contest}", contest.get_absolute_url())


def _hand(key: int, person: Person, to: Person, by: User) -> None:
    reassign(Contest.objects.select_related("request").get(pk=key).request, to, by=by)


PART = Part(
    "contest",
    "Конкурсы, к которым готовит",
    (Right.PROGRAMS_CHANGE,),
    "Переходят другому члену методического совета",
    _things,
    _hand,
)
