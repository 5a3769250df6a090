"""Where an agreement with a mentor is still to be started: pairs and groups that somebody leads or is to lead.

Who will lead after a replacement is known to a higher feature, which registers a provider when the app is ready: the
papers of ТК 351.8 come before the order, so before any part in the pair.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentoring_site.russian import joined
from people.language.declension import name_in
from people.register.models import Person
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.models import Pairing, Participation


@dataclass(frozen=True)
class Term:
    """From when to when somebody leads a pair or group."""

    pairing: Pairing
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Opening:
    """A pair or group about which an agreement can be started; ``words`` are «пара с Ким Д. Э.»."""

    pairing: Pairing
    starts_on: date | None
    ends_on: date | None
    words: str


Provider = Callable[[Person], Iterable[Term]]
_PROVIDERS: list[Provider] = []


def register(*providers: Provider) -> None:
    """Add functions ``person -> terms`` of the pairs that the person is to lead; called once by the app."""
    _PROVIDERS.extend(p for p in providers if p not in _PROVIDERS)


def to_lead(person: Person) -> list[Term]:
    """Return the terms of the pairs and groups that the person is to lead."""
    return [term for provider in _PROVIDERS for term in provider(person)]


def pairing_of(person: Person, matter: str) -> Pairing | None:
    """Return the pairing that a mentor leads, has led or is to lead by its UUID in an address.

    Without a UUID it is the pairing of the only live agreement; None where no pairing is meant for certain.
    """
    try:
        uuid = UUID(matter)
    except ValueError:
        live = MentorAgreement.objects.live().filter(person=person).select_related("pairing")[:2]
        return live[0].pairing if len(live) == 1 else None
    mine = person.participations.filter(part=Participation.Part.MENTOR, pairing__uuid=uuid).select_related("pairing")
    if part := mine.first():
        return part.pairing
    return next((term.pairing for term in to_lead(person) if term.pairing.uuid == uuid), None)


def openings(person: Person) -> list[Opening]:
    """Return pairs and groups that a mentor leads or is to lead and has no live agreement about."""
    mine = person.participations.live().filter(part=Participation.Part.MENTOR, pairing__state__in=Pairing.LIVE_STATES)
    terms = {
        p.pairing: Term(p.pairing, p.pairing.planned_from, p.pairing.planned_to) for p in mine.select_related("pairing")
    }
    for term in to_lead(person):
        terms.setdefault(term.pairing, term)
    taken = set(MentorAgreement.objects.live().filter(person=person).values_list("pairing", flat=True))
    free = [term for term in terms.values() if term.pairing.pk not in taken]
    names: dict[int, list[str]] = {}
    mentees = Participation.objects.live().filter(
        part=Participation.Part.MENTEE, pairing__in=[term.pairing for term in free]
    )
    for mentee in mentees.select_related("person").prefetch_related("person__name_forms"):
        names.setdefault(mentee.pairing_id, []).append(name_in(mentee.person, "instrumental", short=True))
    return [
        Opening(
            term.pairing,
            term.starts_on,
            term.ends_on,
            f"{term.pairing.get_kind_display()} с {joined(names.get(term.pairing.pk))}",
        )
        for term in free
    ]


def mentors() -> QuerySet[Participation]:
    """Return mentors of recommended and assigned pairs with whom no agreement is started, one row a pair."""
    taken = MentorAgreement.objects.filter(
        Q(closed_on__isnull=True)
        | Q(closed_on__gte=OuterRef("since")),  # who came back after a replacement needs a new one
        person=OuterRef("person"),
        pairing=OuterRef("pairing"),
        dropped_at__isnull=True,
    )
    rows = Participation.objects.live().filter(
        ~Exists(taken),
        part=Participation.Part.MENTOR,
        pairing__state__in=[Pairing.State.RECOMMENDED, Pairing.State.ASSIGNED],
        person__copied=False,
    )
    return rows.select_related("person").order_by("person__last_name", "person__first_name", "pk")
