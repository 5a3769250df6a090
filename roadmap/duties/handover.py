"""Duties that a person answers for by name go to somebody else; those of a role go with the role."""

from collections.abc import Iterator

from mentoring_site.locks import locked
from mentoring_site.workflow import Already, record
from people.accounts.models import User
from people.handover.parts import Part, Thing, require_part
from people.register.models import Person
from people.rights import Right
from roadmap.duties.models import RegularDuty


def _things(person: Person, user: User) -> Iterator[Thing]:
    for duty in RegularDuty.objects.filter(person=person, ended_on__isnull=True).order_by("name", "pk"):
        yield Thing(duty.pk, duty.name, duty.get_absolute_url())


def _hand(key: int, person: Person, to: Person, by: User) -> None:
    require_part(PART, by)
    duty = locked(RegularDuty.objects.get(pk=key))
    if duty.ended_on or duty.person_id != person.pk:
        raise Already("обязанность уже закончена или передана")
    RegularDuty.objects.filter(pk=duty.pk).update(person=to)
    record(duty, "hand_over", by=by, words=f"за обязанность отвечает теперь {to.short_name}", to=to.pk)


PART = Part(
    "duty",
    "Постоянные обязанности",
    (Right.ROADMAP_WRITE,),
    "Сроки и подтверждения остаются прежними, меняется тот, кто отвечает",
    _things,
    _hand,
)
