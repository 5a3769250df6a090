"""Who suits whom, explained in words (п. 2.3, 3.5, 6.1): requests of mentees against competences of mentors.

No score stands alone: each line says which request meets which competence and by what (topic or words), then load,
department, and what to beware of. Nothing is decided here: people choose.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from people.banks.models import Candidate, statements
from people.register.models import Employment
from programs.pairings.models import LIVE_PAIRINGS, Participation, load_of

WANTS = ("request", "difficulty")
GIVES = ("competence", "interest")
MENTORS_AT_ONCE = 60  # a school has fewer; those who share a topic are the first
COMMON = frozenset(
    [
        "помочь",
        "помощь",
        "научиться",
        "учить",
        "учиться",
        "хотеть",
        "мочь",
        "нужно",
        "нужный",
        "вести",
        "ведение",
        "работа",
        "работать",
        "опыт",
        "умение",
        "уметь",
        "знать",
        "знание",
        "это",
        "этот",
        "свой",
        "как",
        "что",
        "где",
        "когда",
        "или",
        "при",
        "для",
        "без",
        "под",
        "над",
        "про",
        "они",
        "она",
        "оно",
        "быть",
        "есть",
        "мой",
        "наш",
        "весь",
    ]
)
HEADS = re.compile(r"^(директор|и\.\s*о\.\s*директора|заместитель директора|заведующ)", re.IGNORECASE)


@dataclass
class Answer:
    """One need of a mentee and what in the mentor's questionnaire meets it, by which topic or word."""

    need: str
    kind: str
    offer: str
    by: str


@dataclass
class Fit:
    """A mentor beside a mentee (or a group): what meets what, load, department, warnings."""

    mentor: Candidate
    answers: list[Answer] = field(default_factory=list)
    wanted: int = 0
    unmet: list[str] = field(default_factory=list)
    same_department: bool = False
    beware: Callable[[], list[str]] = list

    @cached_property
    def warnings(self) -> list[str]:
        """What to beware of, in sentences; reckoned only for those who are shown."""
        return self.beware()

    @property
    def requests_met(self) -> int:
        return len({a.need for a in self.answers if a.kind == "request"})

    @property
    def free(self) -> int:
        """How many more mentees the mentor can take, with proposed ones counted."""
        return max(0, (self.mentor.capacity_persons or 0) - self.mentor.load)

    @property
    def order(self):
        """Full mentors last; then who answers more requests, then more difficulties, own department, smaller load."""
        difficulties = len({a.need for a in self.answers if a.kind == "difficulty"})
        name = self.mentor.person
        return (
            not self.free,
            -self.requests_met,
            -difficulties,
            not self.same_department,
            self.mentor.load,
            name.last_name,
            name.pk,
        )


def free_mentees():
    """Return candidates of the mentees' bank without a live pair (п. 5 of the roadmap: nobody is forgotten)."""
    taken = Participation.objects.live().filter(
        part="mentee", person=OuterRef("person"), pairing__state__in=LIVE_PAIRINGS
    )
    return Candidate.objects.standing().filter(~Exists(taken), part="mentee")


def mentors(near=()):
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
    prefetch_related_objects([*near, *found], *_read())
    return found


def described(candidates, *also):
    """Prefetch what matching reads of candidates, and what a page shows ``also``."""
    return candidates.select_related("person").prefetch_related(*_read(), *also)


def _read() -> list:
    """What matching reads: statements and present posts."""
    posts = Employment.objects.current().select_related("department")
    return [statements(), Prefetch("person__employments", posts, to_attr="posts")]


def fits(mentees, choice) -> dict[int, list[Fit]]:
    """Return for each mentee's candidate pk the mentors, the most suitable first.

    Two queries besides the given lists.
    """
    history, offers = _failed([m.person_id for m in mentees]), Offers(choice)
    found = {mentee.pk: _fits([mentee], choice, offers, history) for mentee in mentees}
    return {pk: sorted(rows, key=lambda f: f.order) for pk, rows in found.items()}


def group_fits(mentees, choice) -> list[Fit]:
    """Return mentors for several mentees together, the most suitable first; those without enough places at the end."""
    history = _failed({m.person_id for m in mentees})
    found = _fits(mentees, choice, Offers(choice), history)
    return sorted(found, key=lambda f: (f.free < len(mentees), *f.order))


class Offers:
    """What mentors offer, found by topic and by word: a need is not held against every offer of everybody."""

    def __init__(self, mentors):
        self.by_topic, self.by_word = defaultdict(list), defaultdict(list)
        for mentor in mentors:
            for place, said in enumerate(s for s in mentor.statements.all() if s.kind in GIVES):
                offer = (mentor.pk, place, said.text)
                if said.topic_id:
                    self.by_topic[said.topic_id].append(offer)
                for word in _words(said.text):
                    self.by_word[word].append(offer)

    def meeting(self, need) -> dict[int, list[Answer]]:
        """Return who meets a need: by the mentor's candidate pk, at most two answers with their topic or words."""
        topic = self.by_topic.get(need.topic_id, ())
        said = {offer: f"тема «{need.topic.name}»" for offer in topic}  # noqa: C420 (a need may have no topic)
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


def _fits(mentees, choice, offers, failed) -> list[Fit]:
    """Return each mentor beside the mentees taken together; nobody is a mentor to oneself."""
    met = [(need, offers.meeting(need)) for mentee in mentees for need in _needs(mentee)]
    requests = [(need, found) for need, found in met if need.kind == "request"]
    persons, rooms = {m.person_id for m in mentees}, set().union(*map(_departments, mentees))
    return [
        Fit(
            mentor,
            answers=[answer for _, found in met for answer in found.get(mentor.pk, ())],
            wanted=len(requests),
            unmet=[need.text for need, found in requests if mentor.pk not in found],
            same_department=not rooms.isdisjoint(_departments(mentor)),
            beware=lambda mentor=mentor: [w for mentee in mentees for w in _warnings(mentee, mentor, failed)],
        )
        for mentor in choice
        if mentor.person_id not in persons
    ]


def _needs(mentee) -> list:
    """What a mentee asks for and what is difficult, not resolved yet; requests first."""
    said = [s for s in mentee.statements.all() if s.kind in WANTS and s.resolved_on is None]
    return sorted(said, key=lambda s: WANTS.index(s.kind))


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    """Words of a text in their first form, without common ones."""
    found = re.findall(r"[а-яё]{3,}", text.lower().replace("ё", "е"))
    return frozenset(form for word in found if (form := _first_form(word)) not in COMMON)


@lru_cache(maxsize=8192)
def _first_form(word: str) -> str:
    return _analyzer().parse(word)[0].normal_form.replace("ё", "е")


@lru_cache(maxsize=1)
def _analyzer():
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def _departments(candidate) -> set[int]:
    return {e.department_id for e in candidate.person.posts if e.department_id}


def post_of(candidate) -> str:
    """Return the present main post with its department, or an empty string."""
    posts = sorted(candidate.person.posts, key=lambda e: e.kind != "main")
    if not posts:
        return ""
    return f"{posts[0].post}, {posts[0].department.name}" if posts[0].department else posts[0].post


def _warnings(mentee, mentor, failed):
    """Direct subordination, and a pair of the same people that came to nothing before."""
    name = mentee.person.short_name
    for post in mentor.person.posts:
        whole = post.post.lower().startswith(("директор", "и. о. директора", "заместитель директора"))
        if HEADS.match(post.post) and (whole or post.department_id in _departments(mentee)):
            yield f"{name}: наставник — руководитель ({post.post}), отказаться от такой пары труднее. Спросите отдельно"
            break
    if (mentor.person_id, mentee.person_id) in failed:
        yield f"{name}: эту пару уже предлагали, она не сложилась"


def _failed(persons) -> set[tuple[int, int]]:
    """Pairs of persons whose proposal was declined before."""
    mentees = Participation.objects.filter(part="mentee", person__in=persons, pairing__state="declined")
    pairs = mentees.filter(pairing__participations__part="mentor")
    return set(pairs.values_list("pairing__participations__person", "person"))


def in_pairs() -> int:
    """Return how many mentees are in live pairs and groups."""
    return Participation.objects.live().filter(part="mentee", pairing__state__in=LIVE_PAIRINGS).count()


def without_pair() -> int:
    """Return how many mentees of the bank have no pair (the queue «без пары»)."""
    return free_mentees().count()
