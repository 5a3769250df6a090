"""Who suits whom, explained in words (п. 2.3, 3.5, 6.1): requests of mentees against competences of mentors.

No score stands alone: each line says which request meets which competence and by what (topic or words), then load,
department, and what to beware of. Nothing is decided here: people choose.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects

from mentoring_site.russian import upper_first
from people.banks.models import Candidate, Statement, statements
from people.register.models import Employment
from programs.pairings.models import Pairing, Participation, load_of

REQUEST, DIFFICULTY = Statement.Kind.REQUEST, Statement.Kind.DIFFICULTY
NEEDS = (REQUEST, DIFFICULTY)
OFFERS = (Statement.Kind.COMPETENCE, Statement.Kind.INTEREST)
MENTORS_AT_ONCE = 60  # a school has fewer; those who share a topic are the first
_COMMON = """
помочь помощь научиться учить учиться хотеть мочь нужно нужный вести ведение работа работать опыт умение уметь знать
знание это этот свой как что где когда или при для без под над про они она оно быть есть мой наш весь
"""
COMMON_WORDS = frozenset(_COMMON.split())
"""First forms that say nothing about what somebody asks for or offers."""
SCHOOL_HEADS = ("директор", "и. о. директора", "заместитель директора")
DEPARTMENT_HEAD = "заведующ"
"""Beginnings of posts whose holder heads everybody, or those of the own department."""


@dataclass(frozen=True)
class Answer:
    """One need of a mentee and what in the mentor's questionnaire meets it, by which topic or words."""

    need: str
    kind: str
    offer: str
    by: str

    @property
    def kind_word(self) -> str:
        """Return «Запрос» or «Затруднение»."""
        return upper_first(Statement.Kind(self.kind).label)


@dataclass
class Fit:
    """A mentor compared with a mentee (or a group): what meets what, load, department.

    ``wanted`` is how many requests there are; ``declined`` are pairs of persons (mentor, mentee) whose proposal was
    declined before.
    """

    mentor: Candidate
    mentees: Sequence[Candidate]
    answers: list[Answer]
    wanted: int
    unmet: list[str]
    same_department: bool
    declined: set[tuple[int, int]]

    @cached_property
    def warnings(self) -> list[str]:
        """Return what to beware of, in sentences; computed only for those who are shown."""
        return [warning for mentee in self.mentees for warning in _warnings(mentee, self.mentor, self.declined)]

    @cached_property
    def requests_met(self) -> int:
        """Return how many requests the mentor answers."""
        return len({a.need for a in self.answers if a.kind == REQUEST})

    @property
    def free(self) -> int:
        """Return how many more mentees the mentor can take, with proposed ones counted."""
        return max(0, (self.mentor.capacity_persons or 0) - self.mentor.load)

    @property
    def order(self) -> tuple:
        """Full mentors last; then who answers more requests, then more difficulties, own department, smaller load."""
        difficulties = len({a.need for a in self.answers if a.kind == DIFFICULTY})
        person = self.mentor.person
        return (
            not self.free,
            -self.requests_met,
            -difficulties,
            not self.same_department,
            self.mentor.load,
            person.last_name,
            person.pk,
        )


def free_mentees() -> QuerySet[Candidate]:
    """Return candidates of the mentees' bank without a live pair (п. 5 of the roadmap: nobody is forgotten)."""
    taken = _taken().filter(person=OuterRef("person"))
    return Candidate.objects.standing().filter(~Exists(taken), part="mentee")


def mentors(near: Sequence[Candidate] = ()) -> list[Candidate]:
    """Return mentors of the bank with their load; those who share a topic with the mentees ``near`` come first.

    What matching reads is prefetched of both, unless it has been already.
    """
    shared = Candidate.topics.through.objects.filter(
        candidate=OuterRef("pk"),
        topic__in=Candidate.topics.through.objects.filter(candidate__in=[c.pk for c in near]).values("topic"),
    )
    rows = Candidate.objects.standing().filter(part="mentor").annotate(load=load_of("person"), shares=Exists(shared))
    rows = rows.select_related("person").order_by("-shares", "person__last_name", "person__first_name", "pk")
    found = list(rows[:MENTORS_AT_ONCE])
    prefetch_related_objects([*near, *found], *_prefetches())
    return found


def with_statements(candidates: QuerySet[Candidate], *also: str) -> QuerySet[Candidate]:
    """Prefetch what matching reads of candidates, and what a page shows ``also``."""
    return candidates.select_related("person").prefetch_related(*_prefetches(), *also)


def _prefetches() -> list:
    """Statements and present posts (``person.posts``)."""
    posts = Employment.objects.current().select_related("department")
    return [statements(), Prefetch("person__employments", posts, to_attr="posts")]


def fits(mentees: Sequence[Candidate], choice: Sequence[Candidate]) -> dict[int, list[Fit]]:
    """Return for each mentee's candidate pk the mentors, the most suitable first; one query."""
    declined, offers = _declined([m.person_id for m in mentees]), Offers(choice)
    found = {mentee.pk: _fits([mentee], choice, offers, declined) for mentee in mentees}
    return {pk: sorted(rows, key=lambda fit: fit.order) for pk, rows in found.items()}


def group_fits(mentees: Sequence[Candidate], choice: Sequence[Candidate]) -> list[Fit]:
    """Return mentors for several mentees together, the most suitable first; those without enough places at the end."""
    found = _fits(mentees, choice, Offers(choice), _declined([m.person_id for m in mentees]))
    return sorted(found, key=lambda fit: (fit.free < len(mentees), *fit.order))


def set_fits(parts: Sequence[tuple[Candidate, Sequence[Candidate]]]) -> list[Fit]:
    """Return how each mentor suits the own mentees, for several pairs and groups at once; one query."""
    declined = _declined([m.person_id for _, mentees in parts for m in mentees])
    return [_fits(mentees, [mentor], Offers([mentor]), declined)[0] for mentor, mentees in parts]


Offer = tuple[int, int, str]
"""The mentor's candidate pk, the place of the statement in the questionnaire, and its text."""


class Offers:
    """What mentors offer, found by topic and by word: a need is not held against every offer of everybody."""

    def __init__(self, mentors: Sequence[Candidate]):
        self.by_topic: dict[int, list[Offer]] = defaultdict(list)
        self.by_word: dict[str, list[Offer]] = defaultdict(list)
        for mentor in mentors:
            for place, said in enumerate(s for s in mentor.statements.all() if s.kind in OFFERS):
                offer = (mentor.pk, place, said.text)
                if said.topic_id:
                    self.by_topic[said.topic_id].append(offer)
                for word in _words(said.text):
                    self.by_word[word].append(offer)

    def meeting(self, need: Statement) -> dict[int, list[Answer]]:
        """Return who meets a need: by the mentor's candidate pk, at most two answers with their topic or words."""
        said = {}
        if need.topic:
            said = dict.fromkeys(self.by_topic.get(need.topic.pk, ()), f"тема «{need.topic.name}»")
        common = defaultdict(list)
        for word in sorted(_words(need.text)):
            for offer in self.by_word.get(word, ()):
                if offer not in said:
                    common[offer].append(f"«{word}»")
        said |= {o: ("слово " if len(w) == 1 else "слова ") + ", ".join(w[:3]) for o, w in common.items()}
        found = defaultdict(list)
        for offer in sorted(said):
            if len(found[offer[0]]) < 2:
                found[offer[0]].append(Answer(need.text, need.kind, offer[2], said[offer]))
        return found


def _fits(
    mentees: Sequence[Candidate], choice: Sequence[Candidate], offers: Offers, declined: set[tuple[int, int]]
) -> list[Fit]:
    """Return each mentor compared with the mentees taken together; nobody is a mentor to oneself."""
    met = [(need, offers.meeting(need)) for mentee in mentees for need in _needs(mentee)]
    requests = [(need, found) for need, found in met if need.kind == REQUEST]
    persons, departments = {m.person_id for m in mentees}, set().union(*map(_departments, mentees))
    return [
        Fit(
            mentor,
            mentees,
            answers=[answer for _, found in met for answer in found.get(mentor.pk, ())],
            wanted=len(requests),
            unmet=[need.text for need, found in requests if mentor.pk not in found],
            same_department=not departments.isdisjoint(_departments(mentor)),
            declined=declined,
        )
        for mentor in choice
        if mentor.person_id not in persons
    ]


def _needs(mentee: Candidate) -> list[Statement]:
    """What a mentee asks for and what is difficult, not resolved yet; requests first."""
    said = [s for s in mentee.statements.all() if s.kind in NEEDS and s.resolved_on is None]
    return sorted(said, key=lambda s: NEEDS.index(s.kind))


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    """Words of a text in their first form, without common ones."""
    found = re.findall(r"[а-яё]{3,}", text.lower().replace("ё", "е"))
    return frozenset(form for word in found if (form := _first_form(word)) not in COMMON_WORDS)


@lru_cache(maxsize=8192)
def _first_form(word: str) -> str:
    return _analyzer().parse(word)[0].normal_form.replace("ё", "е")


@lru_cache(maxsize=1)
def _analyzer():
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def _departments(candidate: Candidate) -> set[int]:
    return {e.department_id for e in candidate.person.posts if e.department_id}


def post_of(candidate: Candidate) -> str:
    """Return the present main post with its department, or an empty string."""
    posts = sorted(candidate.person.posts, key=lambda e: e.kind != Employment.Kind.MAIN)
    if not posts:
        return ""
    return f"{posts[0].post}, {posts[0].department.name}" if posts[0].department else posts[0].post


def _warnings(mentee: Candidate, mentor: Candidate, declined: set[tuple[int, int]]) -> Iterator[str]:
    """Yield a warning of direct subordination, and of a pair of the same people that was declined before."""
    name = mentee.person.short_name
    if post := next((e.post for e in mentor.person.posts if _heads(e, mentee)), None):
        yield f"{name}: наставник — руководитель ({post}), отказаться от такой пары труднее. Спросите отдельно"
    if (mentor.person_id, mentee.person_id) in declined:
        yield f"{name}: эту пару уже предлагали, она не сложилась"


def _heads(employment: Employment, mentee: Candidate) -> bool:
    post = re.sub(r"и\.\s*о\.\s*", "и. о. ", employment.post.lower())
    return post.startswith(SCHOOL_HEADS) or (
        post.startswith(DEPARTMENT_HEAD) and employment.department_id in _departments(mentee)
    )


def _declined(persons: Sequence[int]) -> set[tuple[int, int]]:
    """Return pairs of persons (mentor, mentee) whose proposal was declined before."""
    mentees = Participation.objects.filter(
        part=Participation.Part.MENTEE, person__in=persons, pairing__state=Pairing.State.DECLINED
    )
    pairs = mentees.filter(pairing__participations__part=Participation.Part.MENTOR)
    return set(pairs.values_list("pairing__participations__person", "person"))


def in_pairs() -> int:
    """Return how many mentees are in live pairs and groups."""
    return _taken().count()


def without_pair() -> int:
    """Return how many mentees of the bank have no pair (the queue «без пары»)."""
    return free_mentees().count()


def _taken() -> QuerySet[Participation]:
    return Participation.objects.live().filter(part=Participation.Part.MENTEE, pairing__state__in=Pairing.LIVE_STATES)
