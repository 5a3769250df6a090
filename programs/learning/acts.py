"""Acts of the learning log: skills chosen and removed, rated by both sides, the line of a week (п. 4.1, 5.2)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people.accounts.models import User
from people.banks.models import Statement
from people.rights import Right
from people.roles.instead import require_impartial
from people.roles.letters import mail_person
from programs.journal.acts import cleaned, is_mentor, lock_running, refuse_closed_sides
from programs.learning.models import MOST, LearningNote, Moment, Skill, SkillRating, Value
from programs.learning.moments import MENTEE, MENTOR, due_in
from programs.pairings.models import Participation, present
from programs.program.models import Program
from programs.program.rules import parties

CHOOSE, RATE, DROP = "choose_skills", "rate_skills", "drop_skill"
VERBS = {CHOOSE, RATE, DROP}
"""Acts about the skills of one mentee, in the history of the program."""
WRITE, REMOVE = "write_note", "drop_note"
ON_PAPER = " (записано с бумаги)"
LONGEST_SKILL, LONGEST_WORD, LONGEST_NOTE = 200, 300, 300
CHANGED = "Пока Вы отвечали, навыки или срок оценки изменились. Откройте оценку заново"
SIDES = {MENTEE.value: "самооценка", MENTOR.value: "оценка наставника"}


def is_side(program: Program, side: Participation, part: str, user: User) -> bool:
    """Whether the user is the mentee of this log, or the mentor who leads the mentee now."""
    return is_mentor(program, user) if part == MENTOR else side.person_id == user.person_id


def require_choosing(program: Program, side: Participation, user: User) -> None:
    """Refuse a user who chooses no skills for this mentee. Raises ``NotAllowed``."""
    own = side.person_id == user.person_id or is_mentor(program, user)
    _require(program, user, own, also="сам наставляемый, наставник", act="выбрать навыки")


def require_rating(program: Program, side: Participation, part: str, user: User) -> None:
    """Refuse a user who does not rate for this side. Raises ``NotAllowed``."""
    also = "наставник" if part == MENTOR else "сам наставляемый"
    _require(program, user, is_side(program, side, part, user), also=also, act="оценить навыки")


def _require(program: Program, user: User, own: bool, *, also: str, act: str) -> None:
    """The curator writes down from paper; a curator who takes part speaks for nobody else."""
    require(user, Right.PROGRAMS_ACT_FOR_OTHERS, unless=own, also=also, act=act)
    sides = () if own else parties(program)
    require_impartial(user, Right.PROGRAMS_ACT_FOR_OTHERS, sides, unless=own, also=also, act=act)


def _claimed(program: Program, side: Participation) -> Program:
    """Return the running program under a lock. Raises ``Refused`` for who takes no part as a mentee now."""
    program = lock_running(program)
    fresh = Participation.objects.filter(pk=side.pk, pairing=program.pairing_id, part=MENTEE, until__isnull=True)
    if not fresh.exists():
        raise Refused("Участие наставляемого в программе закончилось: навыки и оценки остались в истории")
    refuse_closed_sides(program, side)
    return program


def _final(skills: Iterable[Skill]) -> set[str]:
    """Return the sides that have given their ratings of the end."""
    given = SkillRating.objects.filter(skill__in=skills, moment=Moment.END)
    return set(given.order_by().values_list("part", flat=True).distinct())


@transaction.atomic
def choose(
    program: Program,
    side: Participation,
    *,
    by: User,
    difficulties: Iterable[Statement] = (),
    texts: Iterable[str] = (),
) -> list[Skill]:
    """Add skills of a mentee: difficulties of the program, or own words. What is there already stays once.

    Returns the new ones. Raises ``NotAllowed``; ``Refused`` without any, for more than ``MOST``, and when a side has
    rated for the last time: both rate the same.
    """
    require_choosing(program, side, by)
    program = _claimed(program, side)
    here = list(Skill.objects.of(program, side).select_related("difficulty"))
    if _final(here):
        raise Refused("Итоговая оценка уже дана: навыки больше не меняются, чтобы обе стороны оценили одно и то же")
    known = program.difficulties.filter(candidate=side.candidate_id)
    chosen = list(known.filter(pk__in=[d.pk for d in difficulties]).exclude(skills__in=here).order_by("pk"))
    had = {str(skill).casefold() for skill in here} | {d.text.casefold() for d in chosen}
    words = []
    for text in (" ".join(text.split()) for text in texts):
        if text and text.casefold() not in had:
            had.add(text.casefold())
            words.append(cleaned(text, "", LONGEST_SKILL))
    if not chosen and not words:
        raise Refused("Выберите хотя бы один навык или напишите его своими словами")
    if len(here) + len(chosen) + len(words) > MOST:
        raise Refused(f"Навыков не больше {MOST}: за большим числом не уследить. Выберите главные")
    made = [Skill(difficulty=d) for d in chosen] + [Skill(text=text) for text in words]
    for skill in made:
        skill.program, skill.participation, skill.created_by = program, side, by
        skill.save()
    own = side.person_id == by.person_id or is_mentor(program, by)
    words_of = "выбраны навыки, за которыми следят" + ("" if own else ON_PAPER)
    record(program, CHOOSE, by=by, words=words_of, participation=side.pk)
    return made


@transaction.atomic
def drop(skill: Skill, *, by: User) -> None:
    """Take a skill away while nobody has rated it. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    require_choosing(skill.program, skill.participation, by)
    program = _claimed(skill.program, skill.participation)
    fresh = locked(skill, gone="Этого навыка здесь уже нет")
    if fresh.ratings.exists():
        raise Refused("Навык уже оценили, поэтому он остаётся до конца программы")
    fresh.delete()
    record(program, DROP, by=by, words="убран навык", participation=skill.participation_id)


@transaction.atomic
def rate(
    program: Program,
    side: Participation,
    part: str,
    *,
    by: User,
    moment: str,
    values: dict[int, tuple[int, str]],
) -> list[SkillRating]:
    """Rate all skills of a mentee for one side at the present moment; again until the next moment comes.

    ``values`` maps the pk of a skill to (value, word). What is given at the end is read by nobody else until the other
    side has given its own; then both are told and nothing is changed any more. Raises ``NotAllowed``; ``Refused`` when
    the moment or the skills are others now; ``Already`` when the ratings are open.
    """
    if part not in SIDES:
        raise NotAllowed("Оценивают наставляемый и наставник")
    require_rating(program, side, part, by)
    program = _claimed(program, side)
    skills = list(Skill.objects.of(program, side))
    due = due_in(program, [side]).get(side.pk)
    if due is None:
        raise Refused("Программа приостановлена: навыки оценят, когда она возобновится")
    if not skills:
        raise Refused("Сначала выберите навыки: это делает наставник или сам наставляемый")
    if moment != due.moment or values.keys() != {skill.pk for skill in skills}:
        raise Refused(CHANGED)
    before = _final(skills) if moment == Moment.END else set()
    if before == SIDES.keys():
        raise Already("Оценки обеих сторон уже открыты: они остаются, какими были даны")
    own = is_side(program, side, part, by)
    if not own and _gave_itself(skills, moment, part, by):
        raise Already("Эту оценку уже дала сама сторона: с бумаги её не переписывают")
    given = [_saved(skill, moment, part, *values[skill.pk], by=by) for skill in skills]
    words = f"навыки оценены {Moment(moment).label}: {SIDES[part]}{'' if own else ON_PAPER}"
    record(program, RATE, by=by, words=words, participation=side.pk, moment=str(moment), part=str(part))
    if before and part not in before:
        _tell_opened(program, side, by=by)
    return given


def _gave_itself(skills: Iterable[Skill], moment: str, part: str, by: User) -> bool:
    """Whether somebody else than who writes down from paper has given this rating."""
    given = SkillRating.objects.filter(skill__in=skills, moment=moment, part=part)
    return given.exclude(rated_by=by).exists()


def _saved(skill: Skill, moment: str, part: str, value: int, word: str, *, by: User) -> SkillRating:
    if value not in Value.values:
        raise Refused("Выберите оценку каждого навыка")
    word = word.strip()
    if len(word) > LONGEST_WORD:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST_WORD} знаков")
    columns = {"value": value, "word": word, "rated_at": timezone.now(), "rated_by": by}
    saved, _ = SkillRating.objects.update_or_create(skill=skill, moment=moment, part=part, defaults=columns)
    return saved


def _tell_opened(program: Program, side: Participation, *, by: User) -> None:
    """Write to the pair that the ratings of both are open, but not to who has just opened them."""
    mentors = present().filter(pairing=program.pairing_id, part=MENTOR).select_related("person__user")
    for person in [*(row.person for row in mentors), side.person]:
        if person.pk != by.person_id:
            mail_person(person, "skills_open", person=person, program=program)


def week_of(day: date | None = None) -> date:
    """Return the Monday of a day's week."""
    day = day or timezone.localdate()
    return day - timedelta(days=day.weekday())


def own_side(program: Program, user: User) -> Participation | None:
    """Return the part of the user as a mentee of the program now, or None."""
    return program.pairing.participations.live().filter(person=user.person_id, part=MENTEE).first()


def require_noting(program: Program, user: User) -> Participation:
    """Return whose line it is. Raises ``NotAllowed`` for everybody but a mentee of the program."""
    side = own_side(program, user)
    if side is None:
        raise NotAllowed("Итог недели пишет сам наставляемый, для себя и для наставника")
    return side


@transaction.atomic
def write_note(program: Program, *, by: User, text: str) -> LearningNote:
    """Write the line of this week, or write it anew while the week lasts.

    Raises ``NotAllowed``; ``Refused`` without words or outside a running program.
    """
    side = require_noting(program, by)
    program = _claimed(program, side)
    text = cleaned(" ".join((text or "").split()), "Напишите одной строкой, чему удалось научиться", LONGEST_NOTE)
    values: dict[str, Any] = {"text": text, "written_at": timezone.now()}
    week = LearningNote.objects.kept().filter(program=program, participation=side, week=week_of())
    if not week.update(**values):
        LearningNote.objects.create(program=program, participation=side, week=week_of(), **values)
    note = week.get()
    record(note, WRITE, by=by, words="записан итог недели")
    return note


def require_own(note: LearningNote, user: User) -> None:
    """Refuse who has not written the line. Raises ``NotAllowed``."""
    if note.participation.person_id != user.person_id:
        raise NotAllowed("Убрать строку может только тот, кто её написал")


@transaction.atomic
def drop_note(note: LearningNote, *, by: User) -> LearningNote:
    """Remove one's own line; for three days it can come back. Raises ``NotAllowed``, ``Already``."""
    require_own(note, by)
    note = locked(note)
    if note.removed_at is not None:
        raise Already("Этой строки уже нет")
    LearningNote.objects.filter(pk=note.pk).update(removed_at=timezone.now())
    record(note, REMOVE, by=by, words="убран итог недели")
    note.refresh_from_db()
    return note


@transaction.atomic
def put_back(note: LearningNote, *, by: User, undone: int) -> LearningNote:
    """Give a removed line back to its week. Raises ``NotAllowed``, ``Already``; ``Refused`` where there is another."""
    require_own(note, by)
    locked(note.program)
    note = locked(note)
    if note.removed_at is None:
        raise Already("Строка уже на месте")
    here = LearningNote.objects.kept().filter(
        program=note.program_id, participation=note.participation_id, week=note.week
    )
    if here.exists():
        raise Refused("За эту неделю уже записана другая строка")
    LearningNote.objects.filter(pk=note.pk).update(removed_at=None)
    record(note, "back_note", by=by, words="возвращён итог недели", undone=undone)
    note.refresh_from_db()
    return note
