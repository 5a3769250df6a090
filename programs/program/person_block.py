"""Pairs, groups and programs of a person, as a block of the person's page."""

from dataclasses import dataclass, field

from people.profile.blocks import Block
from people.register.models import Person
from programs.pairings.models import Pairing, Participation
from programs.program.models import Program


@dataclass
class PersonPairing:
    """One pair or group: the person's own participation, the other people in it and its programs, the newest first."""

    pairing: Pairing
    own: Participation | None = None
    others: list[Person] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)


def block(user, person: Person) -> Block | None:
    """Return the pairs and programs of ``person`` that the user may see, the newest first; two queries."""
    visible = Pairing.objects.visible_to(user).filter(participations__person=person)
    rows = Participation.objects.filter(pairing__in=visible).select_related("pairing", "person")
    found: dict[int, PersonPairing] = {}
    for row in rows.order_by("-pairing__proposed_at", "pk"):
        entry = found.setdefault(row.pairing_id, PersonPairing(row.pairing))
        if row.person_id == person.pk:
            entry.own = row
        else:
            entry.others.append(row.person)
    if not found:
        return None
    for program in Program.objects.visible_to(user).filter(pairing__in=found).order_by("-created_at"):
        found[program.pairing_id].programs.append(program)
    return Block("programs/program/person_block.html", {"person": person, "pairings": list(found.values())})
