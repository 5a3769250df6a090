"""Noting an absence and taking the note away."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import ruday
from mentoring_site.workflow import Already, Refused, record
from people.absences.models import Absence
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right

ONESELF = "сам человек"
LONGEST = timedelta(days=1100)
"""The longest leave of law is that to care for a child: three years (ТК 256)."""
KEPT = timedelta(days=365)
"""How long the days are kept after the last one: they serve the counts of one school year."""


def check_may_note(person: Person, by: User) -> None:
    """Refuse whoever may not note an absence: it is for the person and for those who keep the register."""
    own = by.person_id == person.pk
    require(by, Right.PEOPLE_EDIT, unless=own, also=ONESELF, act="записать, когда человека не будет")


@transaction.atomic
def note(person: Person, *, kind: str, starts_on: date, ends_on: date, by: User) -> Absence:
    """Note that a person is away from one day to another, both included.

    Raises ``NotAllowed``; ``Refused`` for a period that ends before it begins, is too long, or meets a noted one.
    """
    check_may_note(person, by)
    if ends_on < starts_on:
        raise Refused("Последний день раньше первого: поменяйте их местами")
    if ends_on - starts_on > LONGEST:
        raise Refused("Больше трёх лет подряд не бывает: проверьте год")
    locked(person)
    if met := Absence.objects.filter(person=person).overlapping(starts_on, ends_on).first():
        raise Refused(
            f"На эти дни уже записано: {met.get_kind_display()} с {ruday(met.starts_on)} по {ruday(met.ends_on)};"
            " уберите прежнюю запись или выберите другие дни"
        )
    absence = Absence.objects.create(person=person, kind=kind, starts_on=starts_on, ends_on=ends_on, created_by=by)
    record(person, "absence", by=by, words="записано, когда человека не будет", absence=absence.pk)
    return absence


@transaction.atomic
def remove(absence: Absence, *, by: User) -> Person:
    """Take a note away. Raises ``NotAllowed``; ``Already`` when it is gone."""
    person: Person = locked(absence.person)
    check_may_note(person, by)
    if not Absence.objects.filter(pk=absence.pk).delete()[0]:
        raise Already("Этой записи уже нет")
    record(person, "absence_removed", by=by, words="убрана запись о том, когда человека не будет")
    return person


def erase(person: Person) -> int:
    """Destroy all that is noted about a person; called in the transaction of an act of destruction."""
    return Absence.objects.filter(person=person).delete()[0]


def forget_old() -> int:
    """Delete the absences that ended more than ``KEPT`` ago, for the clock; return how many."""
    return Absence.objects.filter(ends_on__lt=timezone.localdate() - KEPT).delete()[0]
