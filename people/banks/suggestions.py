"""Who could stand in a bank by the staff list: the young, on a new post, without a category; the experienced."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from mentoring_site.russian import plural
from people.banks.models import Candidate, MenteeCategory
from people.consents.models import PROCESSING, Consent
from people.register.filters import young
from people.register.models import Employment, Person
from people.register.new_posts import given_new_post

EXPERIENCED = (Person.Category.HIGHEST, Person.Category.FIRST)
MOST = 200
YOUNG_CATEGORY = "Молодой или начинающий специалист"  # a planted line of the editable list
NEW_POST_CATEGORY = "Назначен на новую должность"


@dataclass(frozen=True)
class Suggestion:
    """One person of the list: why one is offered, and whether the consent to the processing is there."""

    person: Person
    post: str
    why: str
    has_consent: bool


def people_for(part: str) -> QuerySet[Person, Any]:
    """Return teachers of the school whom a bank could take, those who need or can give most first."""
    teach = Employment.objects.current().filter(is_teaching=True, organisation__kind="own", person=OuterRef("pk"))
    standing = Candidate.objects.filter(state__in=Candidate.LIVE_STATES, person=OuterRef("pk"))
    consent = Consent.objects.live().filter(person=OuterRef("pk"), purpose=PROCESSING)
    found = Person.objects.filter(Exists(teach), ~Exists(standing), copied=False)
    found = found.annotate(
        has_consent=Exists(consent),
        is_young=Case(When(young(True), Value(True)), default=False),
        has_new_post=Case(When(given_new_post(), Value(True)), default=False),
    )
    if part == Candidate.Part.MENTEE:
        chosen = found.filter(Q(is_young=True) | Q(has_new_post=True) | Q(category=""))
        chosen = chosen.order_by("-is_young", "-has_new_post", "search", "pk")
    else:
        rank = Case(When(category=Person.Category.HIGHEST, then=0), default=1)
        chosen = found.filter(category__in=EXPERIENCED, is_young=False).order_by(rank, "teaching_since", "search", "pk")
    return chosen.with_posts()


def suggestions(part: str) -> list[Suggestion]:
    """Return the rows of the list; two queries."""
    return [
        Suggestion(
            person=person,
            post="; ".join(employment.post for employment in person.posts),
            why=_why(person, part),
            has_consent=person.has_consent,
        )
        for person in people_for(part)[:MOST]
    ]


def _why(person: Any, part: str) -> str:
    service = person.service()
    years = f"стаж {plural(service, 'год,года,лет')}" if service is not None else ""
    if part == Candidate.Part.MENTEE:
        words = [
            "молодой специалист" if person.is_young else "",
            "новая должность" if person.has_new_post else "",
            "" if person.category else "без категории",
            years,
        ]
    else:
        words = [f"{person.get_category_display()} категория", years]
    return ", ".join(filter(None, words))


def categories_of(candidate: Candidate) -> list[int]:
    """Return the categories of mentees that the staff list itself proves, for a questionnaire nobody has filled yet."""
    if candidate.part != Candidate.Part.MENTEE:
        return []
    names = [YOUNG_CATEGORY] if candidate.person.young_specialist()[0] else []
    if Person.objects.filter(given_new_post(), pk=candidate.person_id).exists():
        names.append(NEW_POST_CATEGORY)
    return list(MenteeCategory.objects.filter(name__in=names, is_open=True).values_list("pk", flat=True))
