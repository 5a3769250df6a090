"""What the page of the learning log, its pictures and the pages of a completion show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from mentoring_site.charts.bars import Series
from mentoring_site.charts.chart import Figure, table
from mentoring_site.charts.panels import Panel, Panels
from mentoring_site.russian import full_stop, joined, ruday, upper_first
from mentoring_site.ui.elements import Action
from people.accounts.models import User
from people.language.names import agree
from people.promises import Promise
from people.rights import Right
from programs.journal.acts import speaks_for_others
from programs.learning.acts import week_of
from programs.learning.models import MOST, LearningNote, Moment, Skill, SkillRating, Value
from programs.learning.moments import MENTEE, MENTOR, Due, due_in
from programs.pairings.models import Participation
from programs.program.models import Program

NAMES = {MENTEE.value: "самооценка", MENTOR.value: "оценка наставника"}
READERS = f"{Promise.SKILL.sentence}."
BLIND_READERS = f"До ответа обоих — {Promise.SKILL_BLIND.readers}. Потом — {Promise.SKILL.readers}."
WORDS: dict[int, str] = dict(Value.choices)

Given = dict[tuple[int, str, str], SkillRating]
"""(skill, moment, side) -> a rating that the reader may read."""


@dataclass(frozen=True)
class RatingRow:
    """The ratings of one moment in words: when, and what each side has said."""

    when: str
    words: str


@dataclass(frozen=True)
class SkillRow:
    """A skill with what was said about it in words."""

    name: str
    said: tuple[RatingRow, ...]
    drop_url: str


@dataclass(frozen=True)
class NoteRow:
    """A line of a week; ``own`` ones have addresses."""

    week: str
    text: str
    edit_url: str = ""
    drop_url: str = ""


@dataclass(frozen=True)
class Block:
    """The learning log of one mentee."""

    name: str
    status: str
    figure: Figure | None
    skills: tuple[SkillRow, ...]
    actions: tuple[Action, ...]
    notes: tuple[NoteRow, ...]
    note_url: str
    with_notes: bool
    may_choose: bool


def readable_sides(program: Program, user: User) -> list[Participation]:
    """Return the mentees whose log the user reads, of a program read ``for_head()``."""
    people = program.pairing.people
    mentees = [p for p in people if p.part == MENTEE]
    leads = any(p.part == MENTOR and p.person_id == user.person_id for p in people)
    if leads or Promise.SKILL.opens_to(user):
        return mentees
    return [p for p in mentees if p.person_id == user.person_id]


def blocks(program: Program, user: User) -> list[Block]:
    """Return the logs that the user reads; a constant number of queries for a group of any size."""
    sides = readable_sides(program, user)
    if not sides:
        return []
    skills = list(Skill.objects.visible_to(user).filter(program=program).select_related("difficulty"))
    given = ratings(user, skills)
    notes = list(LearningNote.objects.visible_to(user).kept().filter(program=program))
    due = due_in(program, sides)
    found = []
    for side in sides:
        own = [skill for skill in skills if skill.participation_id == side.pk]
        lines = [note for note in notes if note.participation_id == side.pk]
        found.append(_block(program, side, user, own, given, lines, due.get(side.pk)))
    return found


def ratings(user: User, skills: Iterable[Skill]) -> Given:
    """Return the ratings of the skills that the user may read; one query."""
    rows = SkillRating.objects.visible_to(user).filter(skill__in=[skill.pk for skill in skills])
    return {(row.skill_id, row.moment, row.part): row for row in rows}


def _block(
    program: Program,
    side: Participation,
    user: User,
    skills: list[Skill],
    given: Given,
    notes: list[LearningNote],
    due: Due | None,
) -> Block:
    own = side.person_id == user.person_id
    pair = own or any(p.part == MENTOR and p.person_id == user.person_id for p in program.pairing.people)
    acts = _actions(program, side, user, due, given, skills)
    rated = {skill for skill, _, _ in given}
    may_drop = due is not None and any(act.verb in ("choose", "add") for act in acts)
    blind = due is not None and due.moment == Moment.END and bool(due.given)
    note_url = reverse("programs:learning_note", args=[program.pk]) if own and due is not None else ""
    return Block(
        name=side.person.full_name,
        status=_status(side, due, pair=pair),
        figure=figure(side, skills, given) if rated else None,
        skills=tuple(_skill_row(s, given, may_drop and not blind and s.pk not in rated) for s in skills),
        actions=tuple(acts),
        notes=tuple(_note_row(program, note, own=own and due is not None) for note in notes),
        note_url=note_url,
        with_notes=pair,
        may_choose=any(act.verb == "choose" for act in acts),
    )


def _actions(
    program: Program, side: Participation, user: User, due: Due | None, given: Given, skills: list[Skill]
) -> list[Action]:
    if due is None:
        return []
    mine = next((part for part in (MENTEE, MENTOR) if is_side_here(program, side, part, user)), None)
    paper = mine is None and user.can(Right.PROGRAMS_ACT_FOR_OTHERS) and speaks_for_others(program, user)
    if mine is None and not paper:
        return []
    choose = reverse("programs:skills_choose", args=[program.pk, side.pk])
    if not skills:
        return [Action("choose", "Выбрать навыки", choose, primary=True)]
    found = []
    final = due.moment == Moment.END
    opened = final and not due.owes(MENTOR) and not due.owes(MENTEE)
    for part in (MENTEE, MENTOR):
        url = reverse("programs:skills_rate", args=[program.pk, side.pk, part.value])
        if part == mine and due.owes(part):
            found.append(Action("rate", "Оценить навыки", url, primary=True))
        elif part == mine and not opened:
            found.append(Action("rate", "Исправить оценку", url))
        elif paper and due.owes(part):
            found.append(Action(f"paper_{part.value}", f"Записать с бумаги: {NAMES[part]}", url))
    if len(skills) < MOST and not (final and due.given):
        found.append(Action("add", "Добавить навык", choose))
    return found


def is_side_here(program: Program, side: Participation, part: str, user: User) -> bool:
    """Whether the user is this side, by the people of a program read ``for_head()``."""
    if part == MENTOR:
        people = program.pairing.people
        return any(p.part == MENTOR and p.until is None and p.person_id == user.person_id for p in people)
    return side.person_id == user.person_id


def _status(side: Participation, due: Due | None, *, pair: bool) -> str:
    """Say what is rated now, who has given it, and at the end when the answers open."""
    if due is None or not due.skills:
        return ""
    waited = joined(owed_by(side, {part for part in NAMES if not due.owes(part)}))
    if due.moment == Moment.END:
        if not waited:
            return "Ответили оба: ответы открыты."
        both = "ответите оба" if pair else "ответят оба"
        return f"Итоговая оценка. Ответ откроется, когда {both}. Ждём ответа {waited}."
    if not waited:
        return f"Оценка {due.moment.label} программы есть у обоих."
    until = f" до {ruday(due.window.until)}" if due.window.until else ""
    return f"Сейчас навыки оценивают {due.moment.label} программы{until}. Ждём оценки {waited}."


def owed_by(side: Participation, given: Iterable[str]) -> list[str]:
    """Return whose rating is missing, in the genitive: «наставника», «наставляемой»."""
    mentee = agree(side.person.gender, "наставляемого", "наставляемой")
    return [name for part, name in ((MENTOR, "наставника"), (MENTEE, mentee)) if part not in given]


def _skill_row(skill: Skill, given: Given, may_drop: bool) -> SkillRow:
    said = []
    for moment in Moment:
        here = [(name, given.get((skill.pk, moment, part))) for part, name in NAMES.items()]
        words = [f"{name} — {_with_word(rating)}" for name, rating in here if rating]
        if words:
            said.append(RatingRow(upper_first(moment.label), "; ".join(words)))
    drop = reverse("programs:skill_drop", args=[skill.pk]) if may_drop else ""
    return SkillRow(upper_first(str(skill)), tuple(said), drop)


def _with_word(rating: SkillRating) -> str:
    """«получается уверенно (по открытому уроку)»."""
    return f"{WORDS[rating.value]} ({rating.word})" if rating.word else WORDS[rating.value]


def _note_row(program: Program, note: LearningNote, *, own: bool) -> NoteRow:
    week = f"{ruday(note.week)} – {ruday(note.last_day)}"
    if not own:
        return NoteRow(week, note.text)
    edit = reverse("programs:learning_note", args=[program.pk]) if note.week == week_of() else ""
    return NoteRow(week, note.text, edit, reverse("programs:learning_note_drop", args=[note.pk]))


def figure(side: Participation, skills: list[Skill], given: Given) -> Figure:
    """Return the picture of a mentee: each skill from the start to the end by both sides, with the table of it."""
    shown = [skill for skill in skills if any(key[0] == skill.pk for key in given)]
    panels = []
    for skill in shown:
        lines = []
        for part, name in NAMES.items():
            values = tuple(_value(given.get((skill.pk, moment, part))) for moment in Moment)
            lines.append(Series(name, values))
        panels.append(Panel(upper_first(str(skill)), tuple(lines)))
    labels = tuple(moment.label for moment in Moment)
    title = f"Навыки: {side.person.short_name}"
    desc = "Для каждого навыка — самооценка и оценка наставника от 1 до 5: в начале, в середине и в конце программы."
    chart = Panels(title, desc, labels, tuple(panels))
    rows = [[panel.title, *(_way(line.values) for line in panel.series)] for panel in panels]
    cells = table("Навык", "Самооценка", "Наставник", rows=rows)
    scale = "; ".join(f"{value} — {words}" for value, words in Value.choices)
    return Figure(f"skills-{side.pk}", chart, **cells, note=f"Шкала: {full_stop(scale)}")


def _value(rating: SkillRating | None) -> float | None:
    return float(rating.value) if rating else None


def _way(values: Iterable[float | None]) -> str:
    """«1 → 2 → 4»: from the start to the end, a dash for what is not rated."""
    return "\u00a0→\u00a0".join("—" if value is None else f"{value:.0f}" for value in values)


# --- the end -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FinalRow:
    """A skill with the last ratings of both sides in words; ``difficulty`` is its key in the program."""

    name: str
    difficulty: int | None
    mentee: str
    mentor: str


@dataclass(frozen=True)
class Final:
    """The last ratings of one mentee: what the reader may read, and which sides have given theirs."""

    rows: tuple[FinalRow, ...]
    given: frozenset[str]
    chosen: bool  # whether there are skills at all

    @property
    def whole(self) -> bool:
        """Whether both have rated."""
        return self.given == NAMES.keys()


def final(program: Program, side: Participation, user: User) -> Final:
    """Return the last ratings of a mentee: that both have answered everybody may know, what only the readers."""
    skills = list(Skill.objects.of(program, side).select_related("difficulty"))
    last = SkillRating.objects.filter(skill__in=skills, moment=Moment.END).order_by()
    parts = frozenset(last.values_list("part", flat=True).distinct()) if skills else frozenset()
    seen = {skill.pk for skill in Skill.objects.visible_to(user).of(program, side)} if skills else set()
    given = ratings(user, [skill for skill in skills if skill.pk in seen]) if seen and parts else {}
    rows = tuple(
        FinalRow(
            upper_first(str(skill)),
            skill.difficulty_id,
            _last(given.get((skill.pk, Moment.END, MENTEE.value)), MENTEE.value in parts),
            _last(given.get((skill.pk, Moment.END, MENTOR.value)), MENTOR.value in parts),
        )
        for skill in skills
        if skill.pk in seen
    )
    return Final(rows, parts, bool(skills))


HIDDEN, ABSENT = "откроется, когда ответят оба", "ещё не дана"


def _last(rating: SkillRating | None, there: bool) -> str:
    if rating is None:
        return HIDDEN if there else ABSENT
    return _with_word(rating)
