"""Pairs and groups as matters of consents to duties (п. 3.2; people/consents/matters.py)."""

import uuid

from mentoring_site.russian import joined
from people.consents.matters import Matter
from people.language.declension import named_with_post
from people.register.models import Person
from programs.pairings.models import Pairing, Participation


def matters(person: Person) -> list[Matter]:
    """Return the live pairs and groups of a person: whose duties, and together with whom; one query."""
    own = Participation.objects.live().filter(person=person)
    rows = Participation.objects.live().filter(
        pairing__in=own.values("pairing"), pairing__state__in=Pairing.LIVE_STATES
    )
    parts: dict[uuid.UUID, str] = {}
    others: dict[uuid.UUID, list[str]] = {}
    for row in rows.select_related("pairing", "person"):
        if row.person_id == person.pk:
            parts[row.pairing.uuid] = row.part
        else:
            others.setdefault(row.pairing.uuid, []).append(row.person.short_name)
    return [Matter(pairing, part, f"вместе: {', '.join(others.get(pairing, []))}") for pairing, part in parts.items()]


def words(person: Person, part: str, matter: uuid.UUID) -> str:
    """Return the other side of the person's pair or group in words of a paper, also after the part has ended."""
    own = Participation.objects.filter(person=person, pairing__uuid=matter, part=part).select_related("pairing").first()
    return other_side(own.pairing, part) if own else ""


def other_side(pairing: Pairing, part: str) -> str:
    """«в паре с …», «в группе с …; …», «с наставником …»: who is on the other side now, in the instrumental."""
    others = pairing.participations.live().exclude(part=part).select_related("person")
    names = [named_with_post(other.person, "instrumental") for other in others]
    if not names:
        return ""
    named = joined(names) if len(names) < 3 else "; ".join(names)
    if part == Participation.Part.MENTEE:
        return f"с наставником {named}"
    return f"{'в группе' if pairing.kind == Pairing.Kind.GROUP else 'в паре'} с {named}"
