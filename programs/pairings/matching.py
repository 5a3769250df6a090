"""Who suits whom, explained in words (п. 2.3, 3.5, 6.1): requests of mentees against competences of mentors.

Pure: nothing here knows the database; ``pool.py`` reads people into ``Profile``. No score stands alone: each criterion
says in a sentence what it rests on, and what forbids a pair is named. Nothing is decided here: people choose. What a
person asks in confidence reaches this only for a reader who may know it (``wishes``), so that nothing can be guessed.
"""

import enum
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from mentoring_site.russian import joined, plural, rudate, upper_first

REQUEST, DIFFICULTY = "request", "difficulty"
NEEDS, OFFERS = (REQUEST, DIFFICULTY), ("competence", "interest")
NEED_WORDS = {REQUEST: "Запрос", DIFFICULTY: "Затруднение"}
LONG_SERVICE = 20  # years after which more years say no more
_COMMON = """
помочь помощь научиться учить учиться хотеть мочь нужно нужный вести ведение работа работать опыт умение уметь знать
знание это этот свой как что где когда или при для без под над про они она оно быть есть мой наш весь
"""
COMMON_WORDS = frozenset(_COMMON.split())
"""First forms that say nothing about what somebody asks for or offers."""
SCHOOL_HEADS = ("директор", "и. о. директора", "заместитель директора")
DEPARTMENT_HEAD = "заведующ"
"""Beginnings of posts whose holder heads everybody, or those of the own department."""


class Criterion(enum.StrEnum):
    """What a score is made of."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "Criterion":
        member = str.__new__(cls, code)
        member._value_, member.label = code, label
        return member

    REQUEST = "request", "Запросы и компетенции"
    DIFFICULTY = "difficulty", "Затруднения"
    CRAFT = "craft", "Инструмент, класс"
    DEPARTMENT = "department", "Отделение"
    EXPERIENCE = "experience", "Опыт"
    LOAD = "load", "Свободное время"
    FORM = "form", "Форма наставничества"
    DISTANCE = "distance", "Расстояние"
    WISH = "wish", "Пожелания людей"


NEVER, LITTLE, USUAL, MUCH, MUST = 0, 1, 2, 4, 10
IMPORTANCE = {NEVER: "не учитывать", LITTLE: "немного", USUAL: "обычно", MUCH: "сильно", MUST: "обязательно"}
CAN_BE_MUST = (Criterion.REQUEST, Criterion.CRAFT, Criterion.DEPARTMENT, Criterion.DISTANCE)
USUAL_WEIGHTS = {
    Criterion.REQUEST: MUST,  # п. 6.1: the profile answers the requests
    Criterion.DIFFICULTY: USUAL,
    Criterion.CRAFT: MUCH,
    Criterion.DEPARTMENT: USUAL,
    Criterion.EXPERIENCE: LITTLE,
    Criterion.LOAD: USUAL,
    Criterion.FORM: LITTLE,
    Criterion.DISTANCE: LITTLE,
    Criterion.WISH: MUCH,
}


class Wish(enum.StrEnum):
    """What one says in confidence about working with a colleague."""

    PREFER = "prefer"
    DOUBT = "doubt"
    AVOID = "avoid"


WISH_VALUE = {Wish.PREFER: 25, Wish.DOUBT: -25, Wish.AVOID: -50}


class Bar(enum.StrEnum):
    """What forbids a pair; the label goes on: «предложить некого: … — 3»."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "Bar":
        member = str.__new__(cls, code)
        member._value_, member.label = code, label
        return member

    ONESELF = "oneself", "сам человек"
    CONSENT = "consent", "нет согласия на обработку данных"
    LEAVING = "leaving", "скоро заканчивается работа"
    SILENT = "silent", "запросы наставляемого не записаны"
    HEAD = "head", "прямой руководитель"
    AVOID = "avoid", "просьба не ставить в пару"
    DECLINED = "declined", "пара уже не сложилась"
    FORM = "form", "форма не подходит"
    REQUEST = "request", "не отвечает на запросы"
    CRAFT = "craft", "другой инструмент или класс"
    DEPARTMENT = "department", "другое отделение"
    DISTANCE = "distance", "другая организация"


MUST_BARS = {criterion: Bar(criterion.value) for criterion in CAN_BE_MUST}


@dataclass(frozen=True)
class Rules:
    """How the school chooses: importance of each criterion, hours a month for one mentee, whether heads may lead."""

    weights: Mapping[Criterion, int] = field(default_factory=lambda: dict(USUAL_WEIGHTS))
    hours_each: int = 2
    heads: bool = False

    def must(self, criterion: Criterion) -> bool:
        return self.weights.get(criterion) == MUST

    def weight(self, criterion: Criterion) -> int:
        return min(self.weights.get(criterion, NEVER), MUCH)


@dataclass(frozen=True)
class Said:
    """A statement of a questionnaire that is not resolved."""

    kind: str
    text: str
    topic: int | None = None
    topic_name: str = ""


@dataclass(frozen=True)
class Post:
    """A present post: where somebody works and as whom."""

    post: str
    department: int | None = None
    department_name: str = ""
    organisation: int = 0
    organisation_kind: str = "own"
    city: str = ""


@dataclass(frozen=True, eq=False)
class Profile:
    """A candidate of a bank as matching sees one; ``pk`` is the candidate's, ``person`` the person's."""

    pk: int
    person: int
    name: str
    full_name: str = ""
    gender: str = "f"
    said: Sequence[Said] = ()
    posts: Sequence[Post] = ()
    years: int | None = None
    category: str = ""
    young: bool = False
    capacity_persons: int | None = None
    capacity_hours: int | None = None
    load: int = 0
    consent: bool = True
    last_day: date | None = None

    @cached_property
    def departments(self) -> frozenset[int]:
        return frozenset(p.department for p in self.posts if p.department)

    @cached_property
    def crafts(self) -> frozenset[str]:
        """Instruments and subjects of the posts: «по классу домры»."""
        return frozenset(craft for p in self.posts for craft in crafts_of(p.post))

    @cached_property
    def organisations(self) -> frozenset[int]:
        return frozenset(p.organisation for p in self.posts)

    @cached_property
    def cities(self) -> frozenset[str]:
        return frozenset(p.city for p in self.posts if p.city)

    @property
    def post(self) -> str:
        """The main post with its department, or an empty string."""
        if not self.posts:
            return ""
        first = self.posts[0]
        return f"{first.post}, {first.department_name}" if first.department_name else first.post

    @cached_property
    def needs(self) -> list[Said]:
        """What one asks for and what is difficult; requests first."""
        return sorted((s for s in self.said if s.kind in NEEDS), key=lambda s: NEEDS.index(s.kind))

    def places(self, rules: Rules) -> int:
        """How many more mentees one can take: by persons and by hours of a month, proposed ones counted."""
        most = self.capacity_persons or 0
        if self.capacity_hours and rules.hours_each:
            most = min(most, self.capacity_hours // rules.hours_each)
        return max(0, most - self.load)


@lru_cache(maxsize=1024)
def crafts_of(post: str) -> tuple[str, ...]:
    """Return instruments or subjects of a post: «преподаватель по классу домры, гитары» → two classes."""
    text = post.lower().replace("ё", "е")
    if found := re.search(r"по классу ([а-я ,-]+)", text):
        return tuple(f"по классу {one.strip()}" for one in re.split(r",| и ", found[1]) if one.strip())
    if found := re.match(r"преподаватель ([а-я -]+)", text):
        return (found[1].strip(),)
    return ("концертмейстер",) if text.startswith("концертмейстер") else ()


@dataclass(frozen=True)
class Answer:
    """One need of a mentee and what in the mentor's questionnaire meets it, by which topic or words."""

    need: str
    kind: str
    offer: str
    by: str

    @property
    def kind_word(self) -> str:
        """«Запрос» or «Затруднение»."""
        return NEED_WORDS[self.kind]


@dataclass(frozen=True)
class Reason:
    """What one criterion says of a pair: from 0 to 100, with its weight, in a sentence."""

    criterion: Criterion
    value: int
    weight: int
    text: str


Offer = tuple[int, int, str]
"""The mentor's candidate pk, the place of the statement in the questionnaire, and its text."""


class Offers:
    """What mentors offer, found by topic and by word: a need is not held against every offer of everybody."""

    def __init__(self, mentors: Sequence[Profile]):
        self.by_topic: dict[int, list[Offer]] = defaultdict(list)
        self.by_word: dict[str, list[Offer]] = defaultdict(list)
        for mentor in mentors:
            for place, said in enumerate(s for s in mentor.said if s.kind in OFFERS):
                offer = (mentor.pk, place, said.text)
                if said.topic:
                    self.by_topic[said.topic].append(offer)
                for word in _words(said.text):
                    self.by_word[word].append(offer)

    def who(self, need: Said) -> set[int]:
        """Return candidates' pks of the mentors who meet a need."""
        found = {offer[0] for offer in self.by_topic.get(need.topic, ())} if need.topic else set()
        for word in _words(need.text):
            found.update([offer[0] for offer in self.by_word.get(word, ())])
        return found

    def answers(self, need: Said, mentor: int) -> list[Answer]:
        """Return how a mentor meets a need: at most two answers with their topic or words."""
        own = [offer for offer in self.by_topic.get(need.topic or 0, ()) if offer[0] == mentor]
        said = dict.fromkeys(own, f"тема «{need.topic_name}»")
        common: dict[Offer, list[str]] = defaultdict(list)
        for word in sorted(_words(need.text)):
            for offer in self.by_word.get(word, ()):
                if offer[0] == mentor and offer not in said:
                    common[offer].append(f"«{word}»")
        said |= {o: ("слово " if len(w) == 1 else "слова ") + ", ".join(w[:3]) for o, w in common.items()}
        return [Answer(need.text, need.kind, offer[2], said[offer]) for offer in sorted(said)[:2]]


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


class Pool:
    """Mentees and mentors who may be chosen for each other, by the rules of the school.

    ``wishes`` are what the reader may know, by (who says, about whom), keys of persons; ``declined`` are pairs of
    persons (mentor, mentee) that failed before; who works less than until ``until`` is not proposed (п. 1.2).
    """

    def __init__(
        self,
        mentees: Sequence[Profile],
        mentors: Sequence[Profile],
        rules: Rules | None = None,
        *,
        wishes: Mapping[tuple[int, int], Wish] | None = None,
        declined: frozenset[tuple[int, int]] = frozenset(),
        until: date | None = None,
    ):
        self.mentees, self.mentors, self.rules = mentees, mentors, rules or Rules()
        self.wishes, self.declined, self.until = wishes or {}, declined, until
        self.offers = Offers(mentors)
        self._met: dict[int, tuple[int, Counter[int], int, Counter[int]]] = {}
        self._of_mentor: dict[int, tuple[int, int]] = {}
        self._rates: dict[tuple[int, int], int] = {}
        self._weights = {criterion: self.rules.weight(criterion) for criterion in Criterion}

    def scores(self) -> list[list[int | None]]:
        """Return the score of every mentee (row) with every mentor (column), None where something forbids the pair.

        A mentor without a place is scored too: who has no place is the matter of ``places``.
        """
        return [[self.score(mentee, mentor) for mentor in self.mentors] for mentee in self.mentees]

    def places(self) -> list[int]:
        """Return how many more each mentor can take."""
        return [mentor.places(self.rules) for mentor in self.mentors]

    def score(self, mentee: Profile, mentor: Profile) -> int | None:
        """Return from 0 to 100 how well a pair suits, or None where something forbids it."""
        if next(self.bars(mentee, mentor), None) is not None:
            return None
        return self.rate(mentee, mentor)

    def rate(self, mentee: Profile, mentor: Profile) -> int:
        """Return from 0 to 100 how well two people suit, whatever forbids it."""
        pair = (mentee.pk, mentor.pk)
        if (known := self._rates.get(pair)) is None:
            total = most = 0
            weights = self._weights
            for criterion, value in self.values(mentee, mentor):
                weight = weights[criterion]
                total += weight * value
                most += weight
            known = self._rates[pair] = round(total / most) if most else 0
        return known

    def values(self, mentee: Profile, mentor: Profile) -> list[tuple[Criterion, int]]:
        """Return what each criterion says, from 0 to 100; one that has nothing to go by for this mentee is left out."""
        wanted, asked, hard, eased = self._needs(mentee)
        experience, load = self._mentor(mentor)
        found = [(Criterion.EXPERIENCE, experience), (Criterion.LOAD, load)]
        if wanted:
            found.append((Criterion.REQUEST, 100 * asked[mentor.pk] // wanted))
        if hard:
            found.append((Criterion.DIFFICULTY, 100 * eased[mentor.pk] // hard))
        if mentee.crafts:
            found.append((Criterion.CRAFT, 0 if mentee.crafts.isdisjoint(mentor.crafts) else 100))
        if mentee.departments:
            found.append((Criterion.DEPARTMENT, 0 if mentee.departments.isdisjoint(mentor.departments) else 100))
        if mentee.posts and mentor.posts:
            found.append((Criterion.DISTANCE, _near(mentee, mentor)))
            found.append((Criterion.FORM, 50 if self.leads(mentor, mentee) else 100))
        if self.wishes:
            said = [self.wishes.get(way) for way in ((mentee.person, mentor.person), (mentor.person, mentee.person))]
            found.append((Criterion.WISH, max(0, 50 + sum(WISH_VALUE[one] for one in said if one))))
        return found

    def _needs(self, mentee: Profile) -> tuple[int, Counter[int], int, Counter[int]]:
        """Requests and who meets how many of them; difficulties and who meets how many."""
        if (known := self._met.get(mentee.pk)) is None:
            asked, eased = Counter[int](), Counter[int]()
            requests = {s.text: s for s in mentee.needs if s.kind == REQUEST}.values()
            difficulties = {s.text: s for s in mentee.needs if s.kind == DIFFICULTY}.values()
            for needs, met in ((requests, asked), (difficulties, eased)):
                for need in needs:
                    met.update(self.offers.who(need))
            known = self._met[mentee.pk] = (len(requests), asked, len(difficulties), eased)
        return known

    def _mentor(self, mentor: Profile) -> tuple[int, int]:
        """Experience and free time of a mentor, from 0 to 100."""
        if (known := self._of_mentor.get(mentor.pk)) is None:
            service = 80 * min(mentor.years or 0, LONG_SERVICE) // LONG_SERVICE
            most = mentor.capacity_persons or 0
            free = 100 * mentor.places(self.rules) // most if most else 0
            known = self._of_mentor[mentor.pk] = (service + (20 if mentor.category else 0), min(100, free))
        return known

    def leads(self, mentor: Profile, mentee: Profile) -> str:
        """Return the post in which a mentor is the mentee's direct head, or an empty string."""
        for one in mentor.posts:
            heads = _heads(one.post)
            if heads == "school" or (heads == "department" and one.department in mentee.departments):
                return one.post
        return ""

    def bars(self, mentee: Profile, mentor: Profile) -> Iterator[Bar]:
        """Yield what forbids a pair."""
        if mentee.person == mentor.person:
            yield Bar.ONESELF
        if not (mentee.consent and mentor.consent):
            yield Bar.CONSENT
        if self.until and any(one.last_day and one.last_day < self.until for one in (mentee, mentor)):
            yield Bar.LEAVING
        if not self.rules.heads and self.leads(mentor, mentee):
            yield Bar.HEAD
        if self.wishes and Wish.AVOID in (
            self.wishes.get((mentee.person, mentor.person)),
            self.wishes.get((mentor.person, mentee.person)),
        ):
            yield Bar.AVOID
        if (mentor.person, mentee.person) in self.declined:
            yield Bar.DECLINED
        if not mentee.young and mentor.posts and mentor.posts[0].organisation_kind in ("university", "college"):
            yield Bar.FORM  # п. 2.3: «педагог вуза/колледжа – молодой педагог»
        yield from self._missed(mentee, mentor)

    def _missed(self, mentee: Profile, mentor: Profile) -> Iterator[Bar]:
        """Yield the musts of the curator that a pair does not meet."""
        must = self.rules.must
        if must(Criterion.REQUEST):
            wanted, asked, _, _ = self._needs(mentee)
            if not wanted:
                yield Bar.SILENT
            elif not asked[mentor.pk]:
                yield Bar.REQUEST
        if must(Criterion.CRAFT) and mentee.crafts and mentee.crafts.isdisjoint(mentor.crafts):
            yield Bar.CRAFT
        if must(Criterion.DEPARTMENT) and mentee.departments and mentee.departments.isdisjoint(mentor.departments):
            yield Bar.DEPARTMENT
        if must(Criterion.DISTANCE) and mentee.organisations.isdisjoint(mentor.organisations):
            yield Bar.DISTANCE

    def fit(self, mentees: Sequence[Profile], mentor: Profile) -> "Fit":
        """Return a mentor compared with a mentee, or with several taken together."""
        return Fit(self, mentor, mentees)


@dataclass(frozen=True, eq=False)
class Fit:
    """A mentor compared with a mentee (or a group); words are made only when they are shown."""

    pool: Pool
    mentor: Profile
    mentees: Sequence[Profile]

    @cached_property
    def score(self) -> int:
        """From 0 to 100; of a group the mean."""
        return round(sum(self.pool.rate(mentee, self.mentor) for mentee in self.mentees) / len(self.mentees))

    @cached_property
    def answers(self) -> list[Answer]:
        """What of the mentor's questionnaire meets what is asked for."""
        offers, mentor = self.pool.offers, self.mentor.pk
        return [answer for mentee in self.mentees for need in mentee.needs for answer in offers.answers(need, mentor)]

    @cached_property
    def requests(self) -> list[Said]:
        return [need for mentee in self.mentees for need in mentee.needs if need.kind == REQUEST]

    @property
    def wanted(self) -> int:
        """How many requests there are."""
        return len(self.requests)

    @cached_property
    def unmet(self) -> list[str]:
        """Requests that nothing in the questionnaire answers."""
        return [need.text for need in self.requests if self.mentor.pk not in self.pool.offers.who(need)]

    @cached_property
    def requests_met(self) -> int:
        """How many requests the mentor answers."""
        return len({need.text for need in self.requests} - set(self.unmet))

    @property
    def same_department(self) -> bool:
        return any(not mentee.departments.isdisjoint(self.mentor.departments) for mentee in self.mentees)

    @property
    def free(self) -> int:
        """How many more mentees the mentor can take, with proposed ones counted."""
        return max(0, (self.mentor.capacity_persons or 0) - self.mentor.load)

    @cached_property
    def bars(self) -> list[tuple[Profile, Bar]]:
        """What forbids the pair, with the mentee of whom it is said."""
        return [(mentee, bar) for mentee in self.mentees for bar in self.pool.bars(mentee, self.mentor)]

    @cached_property
    def warnings(self) -> list[str]:
        """What to beware of, in sentences; requests are told by ``unmet`` and ``wanted``."""
        told = (Bar.REQUEST, Bar.SILENT)
        found = [bar_sentence(self.pool, mentee, self.mentor, bar) for mentee, bar in self.bars if bar not in told]
        if self.pool.rules.heads:
            found += [
                f"{mentee.name}: наставник — руководитель ({post}). Форма «руководитель – педагог», спросите отдельно"
                for mentee in self.mentees
                if (post := self.pool.leads(self.mentor, mentee))
            ]
        if self.free and self.mentor.places(self.pool.rules) < len(self.mentees):
            found.append(
                f"{self.mentor.name}: {plural(self.mentor.capacity_hours, 'час,часа,часов')} в месяц, на каждого нужно"
                f" {plural(self.pool.rules.hours_each, 'час,часа,часов')}: времени ещё на одного не хватит"
            )
        doubts = [(s, o) for one in self.mentees for s, o in ((one, self.mentor), (self.mentor, one))]
        return found + [
            f"{speaker.name}: есть сомнение о паре с {'этим наставником' if other is self.mentor else other.name}"
            for speaker, other in doubts
            if self.pool.wishes.get((speaker.person, other.person)) == Wish.DOUBT
        ]

    @cached_property
    def reasons(self) -> list[Reason]:
        """What each criterion says of a pair, the weightiest first."""
        mentee = self.mentees[0]
        values = dict(self.pool.values(mentee, self.mentor))
        return sorted(
            (
                Reason(criterion, value, weight, self._sentence(criterion, mentee))
                for criterion in Criterion
                if (value := values.get(criterion)) is not None and (weight := self.pool.rules.weight(criterion))
            ),
            key=lambda reason: -reason.weight,
        )

    def _sentence(self, criterion: Criterion, mentee: Profile) -> str:
        mentor = self.mentor
        match criterion:
            case Criterion.REQUEST:
                if self.wanted == 1:
                    return "Отвечает на запрос" if self.requests_met else "На запрос не отвечает"
                return f"Отвечает на {min(self.requests_met, self.wanted)} из\u00a0{self.wanted} запросов"
            case Criterion.DIFFICULTY:
                _, _, hard, eased = self.pool._needs(mentee)
                if hard == 1:
                    return "Поможет с затруднением" if eased[mentor.pk] else "С затруднением не поможет"
                return f"Поможет с {eased[mentor.pk]} из\u00a0{hard} затруднений"
            case Criterion.CRAFT:
                if common := sorted(mentee.crafts & mentor.crafts):
                    return f"Тот же класс: {craft_name(common[0])}"
                own = joined([craft_name(craft) for craft in sorted(mentor.crafts)])
                return f"Другой класс: {own}" if own else "Класс наставника не указан"
            case Criterion.DEPARTMENT:
                return "То же отделение" if self.same_department else "Другое отделение"
            case Criterion.EXPERIENCE:
                return _experience(mentor)
            case Criterion.LOAD:
                return _load(mentor)
            case Criterion.FORM:
                return (
                    "Форма «руководитель – педагог»" if self.pool.leads(mentor, mentee) else "Форма «педагог – педагог»"
                )
            case Criterion.DISTANCE:
                near = _near(mentee, mentor)
                return {100: "Работают в одной организации", 50: "Другая организация в том же городе"}.get(
                    near, "Другой город: встречи на расстоянии"
                )
            case _:
                return self._wishes(mentee)

    def _wishes(self, mentee: Profile) -> str:
        """Say who wishes for the pair; doubts stand among the warnings."""
        known, mentor = self.pool.wishes, self.mentor
        glad = [
            speaker.name
            for speaker, other in ((mentee, mentor), (mentor, mentee))
            if known.get((speaker.person, other.person)) == Wish.PREFER
        ]
        return (
            f"Эту пару {'хотят оба' if len(glad) > 1 else f'хочет {glad[0]}'}" if glad else "Пожеланий об этой паре нет"
        )

    @property
    def order(self) -> tuple:
        """Full mentors last, then forbidden pairs; then the score, smaller load, name."""
        return (not self.free, bool(self.bars), -self.score, self.mentor.load, self.mentor.name, self.mentor.person)


def bar_sentence(pool: Pool, mentee: Profile, mentor: Profile, bar: Bar) -> str:
    """Say what forbids a pair."""
    match bar:
        case Bar.HEAD:
            post = pool.leads(mentor, mentee)
            return (
                f"{mentee.name}: наставник — руководитель ({post}), отказаться от такой пары труднее. Спросите отдельно"
            )
        case Bar.DECLINED:
            return f"{mentee.name}: эту пару уже предлагали, она не сложилась"
        case Bar.AVOID:
            asks = mentee if pool.wishes.get((mentee.person, mentor.person)) == Wish.AVOID else mentor
            return f"{asks.name} просит не ставить эту пару"
        case Bar.LEAVING:
            going = next(one for one in (mentor, mentee) if one.last_day and pool.until and one.last_day < pool.until)
            return f"{going.name}: последний день работы — {rudate(going.last_day)}, на три месяца не хватит (п. 1.2)"
        case Bar.CONSENT:
            silent = mentor if not mentor.consent else mentee
            return f"{silent.name}: нет согласия на обработку персональных данных"
        case _:
            return f"{mentee.name}: {bar.label}"


def craft_name(craft: str) -> str:
    """«домры» of «по классу домры», another subject as it stands."""
    return craft.removeprefix("по классу ")


@lru_cache(maxsize=1024)
def _heads(post: str) -> str:
    text = re.sub(r"и\.\s*о\.\s*", "и. о. ", post.lower())
    if text.startswith(SCHOOL_HEADS):
        return "school"
    return "department" if text.startswith(DEPARTMENT_HEAD) else ""


def _near(mentee: Profile, mentor: Profile) -> int:
    if not mentee.organisations.isdisjoint(mentor.organisations):
        return 100
    return 50 if not mentee.cities.isdisjoint(mentor.cities) else 0


def _experience(mentor: Profile) -> str:
    service = f"стаж {plural(mentor.years, 'год,года,лет')}" if mentor.years is not None else "стаж не указан"
    return upper_first(f"{service}, категория: {mentor.category}" if mentor.category else service)


def _load(mentor: Profile) -> str:
    words = f"Ведёт {mentor.load} из\u00a0{mentor.capacity_persons or 0}"
    if not mentor.capacity_hours:
        return words
    each = mentor.capacity_hours // (mentor.load + 1)
    hours = plural(mentor.capacity_hours, "час,часа,часов")
    return f"{words}; {hours} в\u00a0месяц, с новым по {plural(each, 'часу,часа,часов')} на каждого"
