"""What the rows of a workbook would do: new, changed, known, in doubt, refused; for the dry run and the writing.

Rows of orders are decided first, then pairs, which name orders, then programs, which name both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from mentoring_site.russian import quoted
from people.register.models import Person
from programs.pairings.models import Pairing
from programs.paper_entry.acts import Paper, PaperProgram
from programs.program.models import Program
from reports.orders.models import Order
from reports.past.names import Names, distinct
from reports.past.sheets import SHEETS, RawBook, RawRow

Outcome = Literal["new", "changed", "unchanged", "doubtful", "refused", "skipped"]
NO, YES = "no", "yes"
LEAVE = (NO, "Не вносить строку")
AS_IT_IS = ((YES, "Внести так"), LEAVE)


@dataclass(frozen=True)
class Question:
    """A doubt with its answers; the same doubt of several rows has the same key and is answered once."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...] = AS_IT_IS


@dataclass(frozen=True)
class OrderRef:
    """An order that a row names: one of the book, one that is here, one to be made, or only its number and date."""

    paper: Paper
    row: "OrderRow | None" = None
    known: Order | None = None
    make: str = ""  # the kind of the record that is made for it


@dataclass(frozen=True)
class ConsentPaper:
    """A consent on paper: whose, for what, when it was given."""

    person: Person
    purpose: str
    given_on: date
    part: str = ""


@dataclass
class PlanRow:
    """One row with what becomes of it and why."""

    raw: RawRow
    answers: Mapping[str, str]
    name: str = ""
    questions: list[Question] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    known: Any = None  # what stands here already
    waits: str = ""  # for another row that is in doubt

    @property
    def key(self) -> str:
        """«pairs:5»."""
        return self.raw.key

    @property
    def wrong(self) -> list[str]:
        """Why the row cannot come in."""
        return self.raw.wrong

    @property
    def notes(self) -> list[str]:
        """What is good to know."""
        return self.raw.notes

    @property
    def open_questions(self) -> list[Question]:
        """The questions without an answer that is still among the options."""
        return [q for q in self.questions if self.answers.get(q.key) not in dict(q.options)]

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row."""
        if self.wrong:
            return "refused"
        if any(self.answers.get(question.key) == NO for question in self.questions):
            return "skipped"
        if self.waits or self.open_questions:
            return "doubtful"
        if self.known is not None:
            return "changed" if self.changes else "unchanged"
        return "new"

    @property
    def comes_in(self) -> bool:
        """Whether the row writes something."""
        return self.outcome in ("new", "changed")

    @property
    def is_there(self) -> bool:
        """Whether what the row is about stands here, or will."""
        return self.outcome in ("new", "changed", "unchanged")

    def ask(self, key: str, text: str, options: tuple[tuple[str, str], ...] = AS_IT_IS) -> str:
        """Ask and return the answer that is given already, or an empty string."""
        if all(question.key != key for question in self.questions):
            self.questions.append(Question(key, text, options))
        given = self.answers.get(key, "")
        return given if given in dict(options) else ""

    def confirm(self, code: str, text: str) -> None:
        """Ask whether the row is right as it is."""
        self.ask(f"{self.key}:{code}", text)

    def take_person(self, name: str, names: Names, who: str) -> Person | None:
        """Return the person of the staff list whom a name means, ask who it is, or refuse."""
        if person := names.exact(name):
            return person
        found = names.alike(name)
        if not found:
            self.wrong.append(
                f"{who}: {quoted(name)} — такого человека в списке нет. Исправьте имя или сначала внесите его в «Люди»"
            )
            return None
        options = (*((str(person.pk), distinct(person)) for person in found), LEAVE)
        text = f"{quoted(name)}: кто это?" if len(found) > 1 else f"{quoted(name)} — это {found[0].full_name}?"
        chosen = self.ask(f"person:{name.casefold()}", text, options)
        return next((person for person in found if str(person.pk) == chosen), None)


@dataclass
class OrderRow(PlanRow):
    """A row of «Приказы»."""

    kind: str = ""
    series: str = ""
    signer: Person | None = None
    known: Order | None = None

    @property
    def paper(self) -> Paper:
        """Number and date."""
        return Paper(self.raw.values["number"], self.raw.values["date"])


@dataclass
class PairRow(PlanRow):
    """A row of «Пары и группы»."""

    mentor: Person | None = None
    mentees: list[Person] = field(default_factory=list)
    order: OrderRef | None = None
    topics: list[Any] = field(default_factory=list)
    consents: list[ConsentPaper] = field(default_factory=list)
    programs: list["ProgramRow"] = field(default_factory=list)
    known: Pairing | None = None

    @property
    def minutes(self) -> Paper:
        """Number and date of the minutes."""
        return Paper(self.raw.values["minutes_number"], self.raw.values["minutes_date"])

    @property
    def ended_on(self) -> date | None:
        """The day on which the pair ended by its own column."""
        return self.raw.values["ended_on"]


@dataclass
class ProgramRow(PlanRow):
    """A row of «Программы»; ``pair`` is its row, ``pairing`` a pair that the book does not name."""

    pair: PairRow | None = None
    pairing: Pairing | None = None
    paper: PaperProgram | None = None
    order: OrderRef | None = None
    end_order: OrderRef | None = None
    known: Program | None = None


@dataclass
class Plan:
    """All rows of a book, and what was said about its sheets."""

    raw: RawBook
    orders: list[OrderRow] = field(default_factory=list)
    pairs: list[PairRow] = field(default_factory=list)
    programs: list[ProgramRow] = field(default_factory=list)

    @property
    def rows(self) -> list[PlanRow]:
        """All rows as the sheets have them."""
        return [*self.orders, *self.pairs, *self.programs]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows come to what."""
        found = Counter(row.outcome for row in self.rows)
        return {name: found[name] for name in ("new", "changed", "unchanged", "doubtful", "refused", "skipped")}

    @property
    def to_write(self) -> list[PlanRow]:
        """The rows that write something."""
        return [row for row in self.rows if row.comes_in]

    @property
    def needs_curator(self) -> bool:
        """Whether pairs or programs come in: who registers orders does not enter them."""
        return any(row.comes_in for row in (*self.pairs, *self.programs))

    @property
    def promise(self) -> dict[str, str]:
        """What was shown for each row: the writing refuses when it has become something else."""
        return {row.key: row.outcome for row in self.rows}


def place(row: PlanRow | RawRow) -> str:
    """Return «лист «Приказы», строка 5»."""
    raw = row.raw if isinstance(row, PlanRow) else row
    return f"лист {quoted(raw.sheet.name)}, строка\u00a0{raw.number}"


def of_sheet(row: PlanRow) -> str:
    """Return the name of the sheet."""
    return SHEETS[row.raw.sheet.code].name


def confirm_doubts(rows: Iterable[PlanRow]) -> None:
    """Ask about every cell that was read with a doubt."""
    for row in rows:
        for column, sentence in row.raw.doubts.items():
            row.confirm(f"cell-{column}", sentence)
