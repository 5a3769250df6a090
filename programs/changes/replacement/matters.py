"""Whom replacements will make mentors: their consent and their papers of ТК 351.8 come before the order."""

import uuid

from django.db.models import QuerySet

from mentoring_site.russian import ruday
from people.consents.matters import Matter
from people.register.models import Person
from programs.changes.replacement.models import Replacement
from programs.mentor_agreements.without_agreement import Term
from programs.pairings.matters import other_side
from programs.pairings.models import Participation


def _ahead(person: Person) -> QuerySet[Replacement]:
    """Replacements that will make the person the mentor of a pair or group."""
    found = Replacement.objects.filter(candidate__person=person, opened__isnull=True)
    found = found.filter(state__in=Replacement.LIVE_STATES)
    return found.select_related("pairing").order_by("since", "pk")


def matters(person: Person) -> list[Matter]:
    """Return the pairs and groups that the person is to lead; one query."""
    mentor = Participation.Part.MENTOR
    return [Matter(c.pairing.uuid, mentor, f"замена наставника с {ruday(c.since)}") for c in _ahead(person)]


def terms(person: Person) -> list[Term]:
    """Return from when to when the person is to lead which pairs and groups; one query."""
    return [Term(c.pairing, c.since, c.until or c.pairing.planned_to) for c in _ahead(person)]


def words(person: Person, part: str, matter: uuid.UUID) -> str:
    """Return the mentees of a pair or group that the person is to lead, in words of a paper."""
    if part != Participation.Part.MENTOR:
        return ""
    change = _ahead(person).filter(pairing__uuid=matter).first()
    return other_side(change.pairing, part) if change else ""
