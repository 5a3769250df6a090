"""Who stands in the choice: candidates of the banks read into what matching compares (п. 2.3, 3.5, 6.1)."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Case, Exists, OuterRef, Prefetch, QuerySet, When, prefetch_related_objects
from django.utils import timezone

from mentoring_site.russian import add_months
from people.accounts.models import User
from people.banks.models import Candidate, statements
from people.consents.models import PROCESSING, Consent
from people.register.leaving import last_day_of
from people.register.models import Employment, Person
from programs.pairings.choosing.acts import rules
from programs.pairings.choosing.models import ColleagueWish
from programs.pairings.matching import NEEDS, OFFERS, Fit, Pool, Post, Profile, Said, Wish
from programs.pairings.models import Pairing, Participation, load_of
from programs.pairings.terms import SHORTEST_MONTHS

MENTORS_AT_ONCE = 60  # a school has fewer; those who share a topic are the first
COLLEAGUES = 300  # people who might be asked to be mentors
AT_ONCE = 200  # mentees, and mentors, of one look at the whole school


def free_mentees() -> QuerySet[Candidate]:
    """Return candidates of the mentees' bank without a live pair (п. 5 of the roadmap: nobody is forgotten)."""
    taken = _taken().filter(person=OuterRef("person"))
    return Candidate.objects.standing().filter(~Exists(taken), part="mentee")


def mentors(near: Sequence[Candidate] = (), *, at_most: int = MENTORS_AT_ONCE) -> list[Candidate]:
    """Return mentors of the bank with their load; those who share a topic with the mentees ``near`` come first.

    What matching reads is prefetched of both, unless it has been already.
    """
    shared = Candidate.topics.through.objects.filter(
        candidate=OuterRef("pk"),
        topic__in=Candidate.topics.through.objects.filter(candidate__in=[c.pk for c in near]).values("topic"),
    )
    rows = _read(Candidate.objects.standing().filter(part="mentor")).annotate(shares=Exists(shared))
    rows = rows.order_by("-shares", "person__last_name", "person__first_name", "pk")
    found: list[Candidate] = list(rows[:at_most])
    prefetch_related_objects([*near, *found], *_prefetches())
    return found


def with_statements(candidates: QuerySet[Candidate], *also: str) -> QuerySet[Candidate]:
    """Prefetch what matching reads of candidates, and what a page shows ``also``."""
    return _read(candidates).prefetch_related(*_prefetches(), *also)


def _read(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    consents = Consent.objects.live(timezone.localdate()).filter(purpose=PROCESSING, person=OuterRef("person"))
    found = candidates.select_related("person")
    return found.annotate(load=load_of("person"), last_day=last_day_of("person"), has_processing=Exists(consents))


def _prefetches() -> list:
    """Statements and present posts (``person.posts``), the main one first."""
    return [statements(), posts("person__employments")]


def posts(path: str) -> Prefetch:
    """Prefetch the present posts as ``posts``."""
    present = Employment.objects.current().select_related("department", "organisation")
    return Prefetch(path, present.order_by(_main_first(), "pk"), to_attr="posts")


def _main_first() -> Case:
    return Case(When(kind=Employment.Kind.MAIN, then=0), default=1)


def profile(candidate: Candidate) -> Profile:
    """Return a candidate as matching sees one; reads what ``with_statements`` or ``mentors`` brought."""
    said = [
        Said(s.kind, s.text, s.topic_id, s.topic.name if s.topic else "")
        for s in candidate.statements.all()
        if s.kind in (*NEEDS, *OFFERS) and s.resolved_on is None
    ]
    return replace(
        _of_person(candidate.person, candidate.pk),
        said=said,
        capacity_persons=candidate.capacity_persons,
        capacity_hours=candidate.capacity_hours,
        load=getattr(candidate, "load", 0),
        consent=getattr(candidate, "has_processing", True),
        last_day=getattr(candidate, "last_day", None),
    )


def _of_person(person: Person, pk: int) -> Profile:
    shown: dict[str, str] = {Person.Category.FIRST: "первая", Person.Category.HIGHEST: "высшая"}
    return Profile(
        pk,
        person.pk,
        person.short_name,
        person.full_name,
        person.gender,
        posts=[_post(employment) for employment in person.posts],
        years=person.service(),
        category=shown.get(person.category, ""),
        young=person.young_specialist()[0],
    )


def _post(employment: Employment) -> Post:
    department, organisation = employment.department, employment.organisation
    name = department.name if department else ""
    return Post(
        employment.post, employment.department_id, name, organisation.pk, organisation.kind, organisation.city.lower()
    )


def pool_of(user: User, mentees: Sequence[Candidate], choice: Sequence[Candidate]) -> Pool:
    """Return mentees and mentors with the rules of the school and with the wishes that the user may know."""
    people = [c.person_id for c in (*mentees, *choice)]
    wishes = ColleagueWish.objects.visible_to(user).filter(author__in=people, about__in=people)
    return Pool(
        [profile(c) for c in mentees],
        [profile(c) for c in choice],
        rules(),
        wishes={(author, about): Wish(kind) for author, about, kind in wishes.values_list("author", "about", "kind")},
        declined=_declined([m.person_id for m in mentees]),
        until=add_months(timezone.localdate(), SHORTEST_MONTHS),
    )


def whole_school(user: User) -> Pool:
    """Return everybody without a pair and the mentors of the bank, as many as one look takes."""
    return school_with(user, [])[0]


def school_with(user: User, rows: Sequence[Candidate]) -> tuple[Pool, list[Candidate]]:
    """Return the whole school, and the mentees ``rows`` of a page read with it, who are a part of it in any case."""
    waiting = free_mentees().order_by("person__last_name", "person__first_name", "pk")
    mentees = {candidate.pk: candidate for candidate in [*with_statements(waiting)[:AT_ONCE]]}
    if further := [candidate.pk for candidate in rows if candidate.pk not in mentees]:
        mentees |= {candidate.pk: candidate for candidate in with_statements(Candidate.objects.filter(pk__in=further))}
    school = pool_of(user, list(mentees.values()), mentors(at_most=AT_ONCE))
    return school, [mentees[candidate.pk] for candidate in rows if candidate.pk in mentees]


def colleagues() -> list[Profile]:
    """Return people at work who stand in no bank of mentors: who could be asked (п. 3.4)."""
    standing = Candidate.objects.filter(part="mentor", state__in=Candidate.LIVE_STATES).values("person")
    teaching = Employment.objects.current().filter(is_teaching=True, person=OuterRef("pk"))
    found = Person.objects.at_work().filter(Exists(teaching)).exclude(pk__in=standing)
    return [_of_person(person, 0) for person in found.prefetch_related(posts("employments"))[:COLLEAGUES]]


def ranked(pool: Pool, mentees: Sequence[Profile]) -> list[Fit]:
    """Return the mentors for a mentee, or for several together, the most suitable first; nobody for oneself.

    Those without enough places stand at the end.
    """
    persons = {mentee.person for mentee in mentees}
    found = [pool.fit(mentees, mentor) for mentor in pool.mentors if mentor.person not in persons]
    return sorted(found, key=lambda fit: (fit.free < len(mentees), *fit.order))


def group_fits(user: User, mentees: Sequence[Candidate], choice: Sequence[Candidate]) -> list[Fit]:
    """Return mentors for several mentees together, the most suitable first."""
    pool = pool_of(user, mentees, choice)
    return ranked(pool, pool.mentees)


def set_fits(user: User, parts: Sequence[tuple[Candidate, Sequence[Candidate]]]) -> list[Fit]:
    """Return how each mentor suits the own mentees, for several pairs and groups at once."""
    mentees = {m.pk: m for _, own in parts for m in own}
    pool = pool_of(user, list(mentees.values()), list({mentor.pk: mentor for mentor, _ in parts}.values()))
    known = {one.pk: one for one in (*pool.mentees, *pool.mentors)}
    return [pool.fit([known[m.pk] for m in own], known[mentor.pk]) for mentor, own in parts]


def _declined(persons: Sequence[int]) -> frozenset[tuple[int, int]]:
    """Return pairs of persons (mentor, mentee) whose proposal was declined before."""
    mentees = Participation.objects.filter(
        part=Participation.Part.MENTEE, person__in=persons, pairing__state=Pairing.State.DECLINED
    )
    pairs = mentees.filter(pairing__participations__part=Participation.Part.MENTOR)
    return frozenset(pairs.values_list("pairing__participations__person", "person"))


def in_pairs() -> int:
    """Return how many mentees are in live pairs and groups."""
    return _taken().count()


def without_pair() -> int:
    """Return how many mentees of the bank have no pair (the queue «без пары»)."""
    return free_mentees().count()


def _taken() -> QuerySet[Participation]:
    return Participation.objects.live().filter(part=Participation.Part.MENTEE, pairing__state__in=Pairing.LIVE_STATES)
