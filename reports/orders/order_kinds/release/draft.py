"""Particulars of an order that releases a participant for an activity (п. 1.4) and charges others with the lessons."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from mentoring_site.russian import number_text, plural_word
from reports.orders.order_kinds.typed import TypedDraft


class Replacing(NamedTuple):
    """How lessons are taken over: the words of the choice, of the paper, and the articles that they rest on."""

    label: str
    words: str
    articles: tuple[str, ...]


WITHIN, OVERTIME, HOURLY = "within", "overtime", "hourly"
REPLACING = {
    WITHIN: Replacing(
        "в пределах своего рабочего времени (ТК 60.2)",
        "в пределах установленной продолжительности рабочего времени",
        ("60.2", "151"),
    ),
    OVERTIME: Replacing(
        "сверх рабочего времени (ТК 99)",
        "за пределами установленной продолжительности рабочего времени",
        ("99", "152"),
    ),
    HOURLY: Replacing("с почасовой оплатой", "на условиях почасовой оплаты", ("60.2", "151")),
}
"""Kinds of replacement (ТК 60.2, 99, 151, 152); the clerk chooses."""

PERCENT, SUM, HOUR, BY_LAW = "percent", "sum", "hour", "law"
PAY = {
    PERCENT: "процент должностного оклада (ставки)",
    SUM: "сумма за всю замену",
    HOUR: "сумма за один час",
    BY_LAW: "как за сверхурочную работу (ТК 152)",
}
FITTING = {WITHIN: (PERCENT, SUM), OVERTIME: (BY_LAW,), HOURLY: (HOUR,)}
"""Which pay goes with which kind of replacement."""

KEPT = {
    "average": "с сохранением среднего заработка",
    "wage": "с сохранением заработной платы",
}
"""What the released person is paid meanwhile."""


@dataclass(frozen=True)
class Lesson(TypedDraft):
    """A lesson with the person (primary key) who teaches it instead, or the day to which it is moved.

    Its day is that of the order unless it is told.
    """

    time: str
    what: str
    substitute: int | None = None
    day: date | None = None
    place: str = ""
    moved_to: date | None = None


@dataclass(frozen=True)
class Substitution(TypedDraft):
    """On what terms a person (primary key) takes lessons over.

    Keys of ``REPLACING`` and ``PAY``, the day of the written consent, the size of the pay as a decimal number.
    """

    person: int
    replacing: str = ""
    consent_on: date | None = None
    pay: str = ""
    amount: str = ""

    @property
    def is_paid(self) -> bool:
        """Whether the pay is of a known kind that fits the kind of replacement, and has a size where it needs one."""
        return self.pay in FITTING.get(self.replacing, ()) and (self.pay == BY_LAW or bool(self.amount))

    @property
    def pay_words(self) -> str:
        """«с доплатой в размере 10 процентов должностного оклада (ставки)»."""
        if self.pay == BY_LAW:
            return "с оплатой сверхурочной работы в соответствии со статьёй 152 Трудового кодекса Российской Федерации"
        amount = Decimal(self.amount)
        whole = self.pay == PERCENT or amount == int(amount)
        said = number_text(self.amount) if whole else f"{amount:.2f}".replace(".", ",")  # kopecks have two digits
        size = f"{said} {_unit(amount, self.pay)}"
        if self.pay == PERCENT:
            return f"с доплатой в размере {size} должностного оклада (ставки)"
        return f"с оплатой в размере {size} за час" if self.pay == HOUR else f"с доплатой в размере {size}"


def _unit(amount: Decimal, pay: str) -> str:
    """«процентов», «рублей», «рубля»: after «в размере»."""
    one, many = ("процента", "процентов") if pay == PERCENT else ("рубля", "рублей")
    return plural_word(int(amount), f"{one},{many},{many}") if amount == int(amount) else one


@dataclass(frozen=True)
class ReleaseDraft(TypedDraft):
    """The activity (primary key, title) of which program, the day or days, the hours as HH:MM, the reason, lessons.

    ``kept`` is a key of ``KEPT``; ``no_lessons`` says that nothing is taught meanwhile; ``continuity_on`` is the day on
    which the person named as ``head`` has confirmed that teaching goes on.
    """

    activity: int
    event: str
    program: str
    day: date
    reason: str
    until: date | None = None
    starts: str = ""
    ends: str = ""
    lessons: tuple[Lesson, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    no_lessons: bool = False
    kept: str = ""
    continuity_on: date | None = None

    def terms_of(self, person: int) -> Substitution:
        """Return on what terms a person takes lessons over; empty ones when nothing is told."""
        return next((s for s in self.substitutions if s.person == person), Substitution(person))
