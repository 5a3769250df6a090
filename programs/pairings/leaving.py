"""Pairs and groups of somebody who leaves: proposals fall, what an order has assigned an order ends (п. 3.3, 7.1)."""

from collections.abc import Iterator
from datetime import date

from mentoring_site.russian import rudate
from people.register.leaving import Hanging, Part
from people.register.models import Person
from programs.pairings.acts import withdraw
from programs.pairings.models import Pairing, Participation
from programs.pairings.rules import pairing_title

ENDS = {
    Participation.Part.MENTOR: "куратор готовит замену наставника, прекращение или завершение: заканчивает приказ",
    Participation.Part.MENTEE: "куратор готовит прекращение или завершение: заканчивает приказ",
}


def _of(people: list[int]) -> Iterator[tuple[Participation, Pairing]]:
    pairings = {p.pk: p for p in Pairing.objects.live().filter(participations__person__in=people).with_people()}
    for side in Participation.objects.live().filter(person__in=people, pairing__in=pairings).order_by("pk"):
        yield side, pairings[side.pairing_id]


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    for side, pairing in _of(list(days)):
        what = f"{pairing.get_kind_display()}: {pairing_title(pairing)} ({pairing.get_state_display()})"
        url = pairing.get_absolute_url()
        if pairing.state == Pairing.State.ASSIGNED:
            yield Hanging(side.person_id, what, ENDS[Participation.Part(side.part)], url)
        else:
            yield Hanging(side.person_id, what, "предложение снимется само после этого дня", url, by_itself=True)


def _end(person: Person, last: date) -> None:
    for _, pairing in _of([person.pk]):
        if pairing.state in Pairing.OPEN_STATES:
            withdraw(pairing, by=None, reason=f"{person.short_name}: работа окончена {rudate(last)}")


PART = Part(_hanging, _end)
