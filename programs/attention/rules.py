"""The table of signs that a pair or group needs help: weight, edge, sentence, next step.

Of the rules of one ``reason`` only the heaviest that holds speaks. Weights of different reasons add up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.urls import reverse

from mentoring_site.russian import plural
from people.promises import Promise
from people.rights import Actor
from programs.attention.facts import Facts

GRACE = 14
"""Days of a new pair in which nothing but a legal term is said of it."""
DAYS = "день,дня,дней"
LAST_RATING = 14
"""Days before the planned end from which skills are rated for the last time."""
SKILLS_OF = "навык,навыка,навыков"
ACTIVITIES = "мероприятие,мероприятия,мероприятий"


class State(Enum):
    """How a program stands; the value is the least weight of its reasons."""

    HELP = 50
    WATCH = 20
    CALM = 0

    @property
    def label(self) -> str:
        """What a badge says."""
        return {"HELP": "нужна помощь", "WATCH": "присмотреться", "CALM": "всё идёт"}[self.name]

    @property
    def tone(self) -> str:
        """The tone of the badge."""
        return {"HELP": "late", "WATCH": "wait", "CALM": "done"}[self.name]


@dataclass(frozen=True)
class Step:
    """The next step: words of the button, and the name of an address that takes the key of the program."""

    verb: str
    url_name: str

    def url(self, program: int) -> str:
        """The address of the step for a program."""
        return reverse(self.url_name, args=[program])


TALK = Step("Прочитать ответ", "programs:relationships_of")
MEET = Step("Открыть журнал", "programs:journal")
LOOK = Step("Открыть программу", "programs:program")
FINISH = Step("Начать завершение", "programs:completion_new")
SKILLS = Step("Открыть навыки", "programs:learning")
COUNCIL = Step("Прочитать оценку", "programs:support_of")
PAPERS = Step("Открыть программу", "programs:program")


@dataclass(frozen=True)
class Rule:
    """One line of the table. ``legal`` rules know neither grace nor absence: terms of law run on.

    What is known by a ``promise`` is told only to whom a role opens those words.
    """

    reason: str
    weight: int
    holds: Callable[[Facts], bool]
    words: Callable[[Facts], str]
    step: Step = LOOK
    legal: bool = False
    promise: Promise | None = None


def _silence(f: Facts) -> str:
    number = plural(f.silent, DAYS)
    return f"первой встречи ещё не было, прошло {number}" if f.never_met else f"встреч не было {number}"


def _overdue(f: Facts) -> str:
    return f"просрочено {plural(f.overdue, ACTIVITIES)}, самое давнее — на {plural(f.overdue_days, DAYS)}"


def _uneasy(f: Facts) -> str:
    said = "просят о разговоре, как работается вместе" if f.wants_talk else "в работе вместе есть трудности"
    return f"{said}, ответ ждёт {plural(f.uneasy or 0, DAYS)}" if f.uneasy else f"{said}, ответ дан сегодня"


def _ends(f: Facts) -> str:
    return f"до конца программы {plural(f.left or 0, DAYS)}, а завершение не начато"


def _growing(f: Facts) -> bool:
    """Whether the middle is what counts: at the end both rate blind, and nothing may be told from a sign that goes."""
    return not f.completing and (f.left is None or f.left > LAST_RATING)


def _stalled(f: Facts) -> str:
    return f"по самооценке не получается или не растёт {plural(f.stalled, SKILLS_OF)} из\u00a0{f.self_rated}"


RULES: tuple[Rule, ...] = (
    Rule("silence", 50, lambda f: f.silent >= 21, _silence, MEET),
    Rule("silence", 20, lambda f: f.silent >= 14, _silence, MEET),
    Rule("plan", 50, lambda f: f.overdue >= 3 or f.overdue_days >= 30, _overdue),
    Rule("plan", 25, lambda f: f.overdue >= 1, _overdue),
    Rule(
        "check",
        25,
        lambda f: (f.unchecked or 0) >= 7,
        lambda f: f"результат ждёт проверки наставника {plural(f.unchecked or 0, DAYS)}",
    ),
    Rule(
        "objection",
        25,
        lambda f: (f.objected or 0) >= 3,
        lambda f: f"о записи встречи не договорились {plural(f.objected or 0, DAYS)}",
        MEET,
    ),
    Rule(
        "request",
        50,
        lambda f: (f.asked or 0) >= 1,
        lambda f: f"на просьбу не ответили, срок прошёл {plural(f.asked or 0, DAYS)} назад",
    ),
    Rule("relationship", 50, lambda f: f.uneasy is not None and f.wants_talk, _uneasy, TALK),
    Rule("relationship", 50, lambda f: (f.uneasy or 0) >= 7, _uneasy, TALK),
    Rule("relationship", 25, lambda f: f.uneasy is not None, _uneasy, TALK),
    Rule(
        "growth", 35, lambda f: _growing(f) and 0 < f.self_rated <= f.stalled, _stalled, SKILLS, promise=Promise.SKILL
    ),
    Rule("growth", 20, lambda f: _growing(f) and f.stalled > 0, _stalled, SKILLS, promise=Promise.SKILL),
    Rule("mark", 25, lambda f: f.marked_low, lambda f: "в оценке совета есть «нет»", COUNCIL),
    Rule(
        "consent",
        50,
        lambda f: f.consent_left is not None and f.consent_left <= 7,
        lambda f: f"согласие кончается через {plural(f.consent_left or 0, DAYS)}" if f.consent_left else CONSENT_NOW,
        PAPERS,
        legal=True,
    ),
    Rule(
        "consent",
        25,
        lambda f: f.consent_left is not None and f.consent_left <= 30,
        lambda f: f"согласие кончается через {plural(f.consent_left or 0, DAYS)}",
        PAPERS,
        legal=True,
    ),
    Rule(
        "agreement",
        25,
        lambda f: f.agreement_left is not None and f.agreement_left <= 30,
        lambda f: "соглашение с наставником кончается раньше программы",
        PAPERS,
        legal=True,
    ),
    Rule(
        "agreement",
        25,
        lambda f: (f.agreement_open or 0) >= 7,
        lambda f: f"бумаги наставника не готовы {plural(f.agreement_open or 0, DAYS)}",
        PAPERS,
        legal=True,
    ),
    Rule("end", 50, lambda f: f.left is not None and f.left < 0, lambda f: "срок программы истёк", FINISH, legal=True),
    Rule("end", 25, lambda f: f.left is not None and f.left <= 14 and not f.completing, _ends, FINISH, legal=True),
)
CONSENT_NOW = "согласие кончается сегодня"


@dataclass(frozen=True)
class Reason:
    """One reason of a program, in words, with its weight and the next step."""

    code: str
    weight: int
    words: str
    step: Step


@dataclass(frozen=True)
class Attention:
    """How a program stands today, its reasons from the heaviest."""

    program: int
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        """The sum of the weights."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def state(self) -> State:
        """The state by the weight."""
        return next(state for state in State if self.weight >= state.value)

    @property
    def words(self) -> str:
        """«встреч не было 24 дня; просрочено 1 мероприятие, самое давнее — на 3 дня»."""
        return "; ".join(reason.words for reason in self.reasons)


def judge(facts: Facts, user: Actor | None = None) -> Attention:
    """Return how a program stands by the table; for a ``user`` by the rules whose words the user may read."""
    quiet = facts.idle or facts.running < GRACE
    spoken: dict[str, Reason] = {}
    for rule in sorted(RULES, key=lambda rule: -rule.weight):
        if rule.promise and user and not rule.promise.opens_to(user):
            continue
        if (rule.legal or not quiet) and rule.reason not in spoken and rule.holds(facts):
            spoken[rule.reason] = Reason(rule.reason, rule.weight, rule.words(facts), rule.step)
    return Attention(facts.program, tuple(spoken.values()))
