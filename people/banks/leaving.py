"""Candidates of the banks who leave: nobody who has left stands in a bank (п. 3.4)."""

from collections.abc import Iterator
from datetime import date

from mentoring_site.russian import rudate
from mentoring_site.workflow import perform
from people.banks.acts import IN_BANK
from people.banks.models import Candidate
from people.register.leaving import Hanging, Part
from people.register.models import Person


def _live(days: list[int]) -> list[Candidate]:
    return list(Candidate.objects.filter(person__in=days, state__in=Candidate.LIVE_STATES).order_by("pk"))


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    for one in _live(list(days)):
        then = "снимется сама после этого дня"
        yield Hanging(one.person_id, f"запись {IN_BANK[one.part]}", then, one.get_absolute_url(), by_itself=True)


def _end(person: Person, last: date) -> None:
    for candidate in _live([person.pk]):
        perform(candidate, "leave", by=None, columns={"reason": f"Работа окончена {rudate(last)}"})


PART = Part(_hanging, _end)
