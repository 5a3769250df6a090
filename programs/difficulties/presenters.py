"""What pages about difficulties show."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from mentoring_site.evidence.presenters import Shown, shown
from mentoring_site.russian import ruday
from mentoring_site.ui.elements import Action, Badge, Fact, Tone
from mentoring_site.workflow import action
from people.accounts.models import User
from people.rights import Right
from programs.changes.amendment.acts import may_amend
from programs.difficulties.models import Difficulty, statements_of
from programs.difficulties.rules import DIFFICULTY, MENTEE, MENTOR, answers, speaks
from programs.journal.acts import speaks_for_others
from programs.pairings.models import Pairing
from programs.program.content_presenters import own_candidates
from programs.program.models import Program
from programs.program.presenters import takes_part
from programs.program.states import State

OPEN, PROPOSED, CLOSED = Difficulty.State.OPEN, Difficulty.State.PROPOSED, Difficulty.State.CLOSED
TONES: dict[str, Tone] = {OPEN: "ahead", PROPOSED: "others", CLOSED: "done"}
SIDES: dict[str, str] = {MENTOR: "наставник", MENTEE: "наставляемый"}


@dataclass(frozen=True)
class Row:
    """A difficulty in the list of a program; ``why_url`` leads to a new activity of a draft."""

    text: str
    url: str
    who: str
    badge: Badge
    note: str = ""
    why_url: str = ""


@dataclass(frozen=True)
class Listed:
    """The difficulties that the reader may read, and how many of them are gone."""

    rows: list[Row]
    closed: int
    label: str

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.rows)


def badge(row: Difficulty, user: User) -> Badge:
    """Return how a difficulty stands for the reader."""
    if row.is_flagged and row.state == OPEN:
        return Badge("нужна помощь", "late")
    if row.state == PROPOSED and row.pk and answers(row, user):
        return Badge("снято? ждёт Вашего слова", "you")
    return Badge(row.get_state_display(), TONES[row.state])


def listed(program: Program, user: User) -> Listed:
    """Return the difficulties of a program read with its people; in a group a mentee reads one's own."""
    own, pair = own_candidates(program, user), program.pairing.kind == Pairing.Kind.PAIR
    known = {row.statement_id: row for row in Difficulty.objects.filter(program=program)}
    rows, closed = [], 0
    for statement in statements_of(program):
        if own is not None and statement.candidate_id not in own:
            continue
        row = known.get(statement.pk) or Difficulty(program=program, statement=statement)
        row.program, row.statement = program, statement
        closed += row.state == CLOSED
        rows.append(
            Row(
                statement.text,
                row.get_absolute_url(),
                "" if pair else statement.candidate.person.short_name,
                badge(row, user),
                _note(row),
                _why_url(program, row, user),
            )
        )
    return Listed(rows, closed, f"снято {closed} из {len(rows)}")


def _note(row: Difficulty) -> str:
    if row.state == CLOSED and row.answered_at:
        return f"с {ruday(row.answered_at)}"
    return "появилось по ходу программы" if row.is_new else ""


def _why_url(program: Program, row: Difficulty, user: User) -> str:
    """Where a draft gets an activity for a difficulty, for those who write it."""
    if program.state != State.DRAFT or takes_part(program, user) is None:
        return ""
    return f"{reverse('programs:activity_new', args=[program.pk])}?why={row.statement_id}"


def facts(row: Difficulty) -> list[Fact]:
    """Return what the page of a difficulty shows."""

    def said(who: User | None, at: datetime | None) -> str:
        return f"{who.person.short_name}, {ruday(at)}" if who else ""

    proposed = row.state != OPEN
    return Fact.known(
        [
            ("У кого", row.statement.candidate.person.full_name),
            ("Появилось по ходу программы", said(row.raised_by, row.raised_at)),
            ("Что сейчас трудно", row.flag if row.is_flagged else ""),
            ("Отмечено", said(row.flagged_by, row.flagged_at) if row.is_flagged else ""),
            ("По чему видно, что снято", row.sign if proposed else ""),
            (
                "Кто сказал",
                f"{SIDES[row.proposed_part]}: {said(row.proposed_by, row.proposed_at)}" if proposed else "",
            ),
            ("Ответ другой стороны: ещё нет", row.answer if row.state == OPEN else ""),
            ("Подтверждено", said(row.answered_by, row.answered_at) if row.state == CLOSED else ""),
            ("Что снова трудно", row.reopen_word if row.state == OPEN else ""),
        ]
    ) + _led_to(row)


def _led_to(row: Difficulty) -> list[Fact]:
    found = []
    if row.amendment:
        found.append(
            Fact(
                "Мероприятие",
                "в изменении программы",
                row.amendment.get_state_display(),
                row.amendment.get_absolute_url(),
            )
        )
    if row.pairing:
        url = row.pairing.get_absolute_url()
        found.append(Fact("Ситуационная программа", "пара для неё", row.pairing.get_state_display(), url))
    return found


def evidence(row: Difficulty, user: User) -> Shown | None:
    """Return what shows that a difficulty is gone; its sides change it while it is open."""
    if row.pk is None:
        return None
    open_now = row.state == OPEN and row.program.state == State.RUNNING and DIFFICULTY["propose"].allows(row, user)
    return shown(row, changes=open_now, expected=row.state != OPEN)


def actions(row: Difficulty, user: User) -> list[Action]:
    """Return the buttons of a difficulty: the next step first."""
    if row.program.state != State.RUNNING:
        return []
    at = row.get_absolute_url()
    if row.state == PROPOSED:
        reply = action(row, "confirm", user, f"{at}answer/", primary=True)
        return [replace(reply, label="Ответить: снято или ещё нет")] if reply else []
    if row.state == CLOSED:
        again = action(row, "reopen", user, f"{at}reopen/")
        return [again] if again else []
    return [*_help(row, user), *_saying(row, user)]


def _saying(row: Difficulty, user: User) -> list[Action]:
    if not speaks(row, user):
        return []
    at = row.get_absolute_url()
    found = [Action("propose", "Затруднение снято", f"{at}propose/", primary=not row.is_flagged)]
    if row.is_flagged:
        found.append(Action("settle", "Снять отметку", f"{at}settle/"))
    else:
        found.append(Action("flag", "Нужна помощь", f"{at}flag/"))
    return found


def _help(row: Difficulty, user: User) -> list[Action]:
    """The two answers to a flagged difficulty: an activity of the program, a situational program (п. 2.3, 7.2)."""
    at, found = row.get_absolute_url(), []
    leads = row.program.pairing.kind == Pairing.Kind.PAIR or not _is_mentee(row, user)
    if may_amend(row.program, user) and leads and row.is_flagged:
        found.append(Action("activity", "Добавить мероприятие", f"{at}activity/", primary=True))
    if row.pairing_id is None and row.is_flagged and (speaks(row, user) or user.can(Right.PAIRINGS_PROPOSE)):
        right = Right.PAIRINGS_PROPOSE
        may = user.can(right)
        reasons = () if may else (f"{right.refusal('')}. Скажите об этом куратору",)
        found.append(Action("situational", "Ситуационная программа", f"{at}situational/", enabled=may, reasons=reasons))
    if _may_start(row):
        found.append(Action("start", "Составить ситуационную программу", f"{at}program/", primary=True))
    return found


def _is_mentee(row: Difficulty, user: User) -> bool:
    mine = takes_part(row.program, user)
    return mine is not None and mine.part == MENTEE


def _may_start(row: Difficulty) -> bool:
    pairing = row.pairing
    return pairing is not None and pairing.state == Pairing.State.ASSIGNED and not pairing.programs.live().exists()


def new_url(program: Program, user: User) -> str:
    """Return where a difficulty is named that came up in mid-program, or an empty string."""
    if program.state != State.RUNNING:
        return ""
    mine = takes_part(program, user)
    may = (mine is not None and mine.until is None) or speaks_for_others(program, user)
    return reverse("programs:difficulty_new", args=[program.pk]) if may else ""
