"""Acts about difficulties: closed by both sides with evidence, opened again, flagged, named in mid-program,
made an activity or the subject of a situational program (п. 1.2, 2.3, 5.2).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.evidence import acts as evidence_acts
from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.models import Act, StoredFile
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, perform, record, reload
from people.accounts.models import User
from people.banks.models import Candidate, Statement, Topic
from people.register.models import Person
from people.rights import Right
from programs.catalogs.models import MentoringKind
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment
from programs.difficulties.letters import tell, tell_of_flag
from programs.difficulties.models import Difficulty, statements_of
from programs.difficulties.rules import DIFFICULTY, MENTEE, MENTOR, PAPER, SIDES, side_of, speaks
from programs.journal.acts import cleaned, lock_running, refuse_closed_sides, speaks_for_others
from programs.pairings import acts as pairing_acts
from programs.pairings.models import Pairing
from programs.program.drafting import acts as drafting_acts
from programs.program.kinds.situational import SITUATIONAL
from programs.program.models import Program

LONGEST = 500
ON_PAPER = " (записано с бумаги)"
UNANSWERED: dict[str, Any] = {"answer": "", "answered_at": None, "answered_by": None}
NOT_REOPENED: dict[str, Any] = {"reopen_word": "", "reopened_at": None, "reopened_by": None}


def found(program: Program, statement: Statement) -> Difficulty:
    """Return what has become of a difficulty, or a row that is not stored yet; the program has its ``people``."""
    rows = Difficulty.objects.with_requirements().prefetch_related(with_evidence())
    row = rows.filter(program=program, statement=statement).first()
    return row or Difficulty(program=program, statement=statement)


def _claimed(program: Program, statement: Statement) -> Difficulty:
    """Return the difficulty of a running program under its lock; the row is made when there is none yet."""
    lock_running(program)
    if not statements_of(program).filter(pk=statement.pk).exists():
        raise Refused("Такого затруднения в программе нет")
    row, _ = Difficulty.objects.get_or_create(program=program, statement=statement)
    row = reload(locked(row))
    refuse_closed_sides(program, *_mentees(row))
    return row


def _mentees(row: Difficulty) -> list[Any]:
    return [p for p in row.program.pairing.people if p.candidate_id == row.statement.candidate_id]


def _from_paper(row: Difficulty, by: User) -> str:
    return "" if side_of(row, by) else ON_PAPER


def _last(row: Difficulty, by: User) -> Act:
    act = Act.objects.about(row).filter(actor=by).last()
    assert act is not None
    return act


def _note(row: Difficulty, verb: str, by: User, words: str, **facts: Any) -> Act:
    return record(row, verb, by=by, words=(words + _from_paper(row, by))[:300], **facts)


@transaction.atomic
def propose(
    program: Program,
    statement: Statement,
    *,
    by: User,
    sign: str,
    part: str = "",
    files: Iterable[StoredFile] = (),
    url: str = "",
    objects: Iterable[str] = (),
) -> Difficulty:
    """One side says that a difficulty is gone, with what shows it; the other gets a letter (п. 5.2).

    ``part`` says whose words they are when they are recorded from paper. Raises what ``perform`` raises; ``Refused``
    without words, without evidence, on paper without a side.
    """
    row = _claimed(program, statement)
    DIFFICULTY["propose"].require(row, by)
    sign = cleaned(sign, "Напишите, по чему видно, что затруднение снято", LONGEST)
    part = side_of(row, by) or part
    if part not in (MENTOR, MENTEE):
        raise Refused("Отметьте, чьи это слова: наставника или наставляемого")
    files, objects = list(files), list(objects)
    if row.state == Difficulty.State.OPEN and (files or url or objects):
        evidence_acts.add(row, by=by, files=files, url=url, objects=objects)
    columns: dict[str, Any] = {"sign": sign, "proposed_part": part, "proposed_at": timezone.now(), "proposed_by": by}
    columns |= UNANSWERED | NOT_REOPENED
    row = perform(row, "propose", by=by, columns=columns, statement=statement.pk)
    with letters_of(_last(row, by)):
        tell(row, "difficulty_proposed", but=by, to=MENTEE if part == MENTOR else MENTOR, asks=str(row.pk))
    return row


def confirm(row: Difficulty, *, by: User, version: int | None = None) -> Difficulty:
    """The other side confirms: the difficulty is closed (п. 5.2). Raises what ``perform`` raises."""
    return _answer(row, "confirm", by, "", version)


def not_yet(row: Difficulty, *, by: User, word: str, version: int | None = None) -> Difficulty:
    """The other side says what is still difficult. Raises what ``perform`` raises; ``Refused`` without words."""
    return _answer(row, "not_yet", by, cleaned(word, "Напишите, что ещё не получается", LONGEST), version)


@transaction.atomic
def _answer(row: Difficulty, name: str, by: User, word: str, version: int | None) -> Difficulty:
    fresh = _claimed(row.program, row.statement)
    DIFFICULTY[name].require(fresh, by)
    if version is not None and version != fresh.version:
        raise Refused("Пока Вы читали, о затруднении сказали другое. Прочитайте ещё раз")
    columns = {"answer": word, "answered_at": timezone.now(), "answered_by": by}
    fresh = perform(fresh, name, by=by, columns=columns, statement=row.statement_id)
    with letters_of(_last(fresh, by)):
        tell(fresh, "difficulty_answered", but=by, to=fresh.proposed_part)
    return fresh


@transaction.atomic
def reopen(row: Difficulty, *, by: User, word: str) -> Difficulty:
    """Either side opens a closed difficulty again and says why, while the program runs.

    Raises what ``perform`` raises; ``Refused`` without words.
    """
    fresh = _claimed(row.program, row.statement)
    DIFFICULTY["reopen"].require(fresh, by)
    word = cleaned(word, "Напишите, что снова трудно", LONGEST)
    columns = {"reopen_word": word, "reopened_at": timezone.now(), "reopened_by": by}
    part = side_of(fresh, by)
    fresh = perform(fresh, "reopen", by=by, columns=columns, statement=row.statement_id)
    with letters_of(_last(fresh, by)):
        tell(fresh, "difficulty_answered", but=by, to=MENTOR if part == MENTEE else MENTEE)
    return fresh


def records(program: Program, user: User) -> bool:
    """Whether the user writes down from paper what the people of the program say."""
    return speaks_for_others(program, user)


def may_speak(row: Difficulty, user: User) -> bool:
    """Whether the user acts about the difficulty."""
    return speaks(row, user)


def require_speaking(row: Difficulty, user: User) -> None:
    """Refuse a user who is no side of the difficulty and records nothing from paper. Raises ``NotAllowed``."""
    if not speaks(row, user):
        raise NotAllowed(f"О затруднении говорят {SIDES}")


@transaction.atomic
def flag(program: Program, statement: Statement, *, by: User, word: str) -> Difficulty:
    """A side flags a difficulty: help is needed. The curator, and the mentor, get a letter.

    Raises ``NotAllowed``; ``Refused`` without words, in a program that does not run; ``Already``.
    """
    row = _claimed(program, statement)
    require_speaking(row, by)
    word = cleaned(word, "Напишите, что сейчас трудно", LONGEST)
    if row.state == Difficulty.State.CLOSED:
        raise Refused("Затруднение снято. Если оно вернулось, откройте его снова")
    if row.is_flagged:
        raise Already("Затруднение уже отмечено: куратор и наставник об этом знают")
    return _flagged(row, by, word)


def _flagged(row: Difficulty, by: User, word: str, raised: Act | None = None) -> Difficulty:
    Difficulty.objects.filter(pk=row.pk).update(
        flag=word, flagged_at=timezone.now(), flagged_by=by, settled_at=None, settled_by=None, version=row.version + 1
    )
    row = reload(row)
    part_of = {undo.PART_OF: raised.pk} if raised else {}
    act = _note(row, "flag", by, "затруднение отмечено: нужна помощь", statement=row.statement_id, **part_of)
    with letters_of(raised or act):
        tell_of_flag(row, but=by)
    return row


@transaction.atomic
def name_new(program: Program, candidate: Candidate, *, by: User, text: str, word: str) -> Difficulty:
    """Name a difficulty that came up while the program runs: it is flagged at once, and stands in the questionnaire.

    Raises as ``flag``; ``Already`` when the program has it.
    """
    lock_running(program)
    text = cleaned(" ".join((text or "").split()), "Назовите затруднение", LONGEST)
    if candidate.pk not in {p.candidate_id for p in program.pairing.people if p.part == MENTEE and p.until is None}:
        raise Refused("Выберите наставляемого этой программы")
    said = {"candidate": candidate, "kind": Statement.Kind.DIFFICULTY, "text": text}
    statement = Statement.objects.filter(**said, resolved_on__isnull=True).first()
    if statement and statements_of(program).filter(pk=statement.pk).exists():
        raise Already("Такое затруднение в программе уже есть: отметьте его")
    statement = statement or Statement.objects.create(**said)
    row = Difficulty.objects.create(program=program, statement=statement, raised_at=timezone.now(), raised_by=by)
    row = reload(row)
    require_speaking(row, by)
    refuse_closed_sides(program, *_mentees(row))
    act = _note(row, "raise", by, "названо новое затруднение", statement=statement.pk)
    return _flagged(row, by, cleaned(word, "Напишите, что сейчас трудно", LONGEST), act)


@transaction.atomic
def settle(row: Difficulty, *, by: User) -> Difficulty:
    """Take the flag off: it was answered without an activity or a program. Raises ``NotAllowed``, ``Already``."""
    fresh = _claimed(row.program, row.statement)
    require_speaking(fresh, by)
    if not fresh.is_flagged:
        raise Already("Отметки на затруднении уже нет")
    return _settled(fresh, by, "settle", "отметка снята")


def _settled(row: Difficulty, by: User, verb: str, words: str, **columns: Any) -> Difficulty:
    marks: dict[str, Any] = {"settled_at": timezone.now(), "settled_by": by} if row.is_flagged else {}
    Difficulty.objects.filter(pk=row.pk).update(version=row.version + 1, **marks, **columns)
    record(row, verb, by=by, words=words[:300], statement=row.statement_id)
    return reload(row)


@transaction.atomic
def plan_activity(program: Program, statement: Statement, *, by: User, line: dict[str, Any]) -> Difficulty:
    """Put an activity about a difficulty into an amendment: the one in preparation, or a new one (п. 7.2).

    Raises what ``amendment.acts.propose`` and ``set_line`` raise.
    """
    amendment_acts.require_amending(program, by)
    row = _claimed(program, statement)
    draft = Amendment.objects.filter(program=program, state=Amendment.State.PROPOSED).first()
    draft = draft or amendment_acts.propose(program, by=by, reason=reason_for(row))
    draft = amendment_acts.set_line(draft, None, line, by=by, version=draft.version)
    return _settled(row, by, "plan_activity", f"предложено мероприятие «{line['title']}»", amendment=draft)


def reason_for(row: Difficulty) -> str:
    """Why the program changes; in a group others read it, and the difficulty of one is not named (п. 1.3)."""
    if row.program.pairing.kind == Pairing.Kind.PAIR:
        return f"По ходу программы отмечено затруднение «{row.statement.text}»: для него нужно мероприятие"
    return "По ходу программы отмечено затруднение, для которого в плане нужно мероприятие"


@transaction.atomic
def propose_situational(
    program: Program,
    statement: Statement,
    *,
    by: User,
    mentor: Candidate,
    mentee: Candidate,
    topics: Collection[Topic],
    why: str,
    planned_from: date,
    planned_to: date,
    request_key: UUID | None = None,
) -> Difficulty:
    """Propose the same two people to each other for a situational program about one difficulty (п. 2.3).

    The proposal goes its own way: answers, the council, the order. Raises what ``pairings.acts.propose`` raises.
    """
    require(by, Right.PAIRINGS_PROPOSE)
    row = _claimed(program, statement)
    people: Sequence[Candidate] = [mentee]
    made = pairing_acts.propose(
        by=by,
        kind=Pairing.Kind.PAIR,
        mentor=mentor,
        mentees=people,
        topics=topics,
        why=why,
        profile_fits=True,
        planned_from=planned_from,
        planned_to=planned_to,
        request_key=request_key,
        beside=row.program.pairing,
    )
    if row.pairing_id == made.pk:
        return row
    return _settled(row, by, "propose_situational", "предложена ситуационная программа", pairing=made)


@transaction.atomic
def start_situational(
    row: Difficulty, *, by: User, title: str, curator: Person, goal: str, request_key: UUID | None = None
) -> Program:
    """Open the draft of the situational program of the pair that was proposed for the difficulty.

    Kind, goal and difficulty are filled in. Raises what ``drafting.acts.start`` and ``edit`` raise; ``Refused``
    without such a pair.
    """
    row = reload(locked(row))
    if row.pairing is None:
        raise Refused(f"Сначала предложите пару для ситуационной программы. Предлагает {PAPER}")
    draft = drafting_acts.start(row.pairing, by=by, title=title, curator=curator, request_key=request_key)
    if draft.kinds.exists():
        return draft
    kinds = list(MentoringKind.objects.filter(code=SITUATIONAL.code))
    fields = {"goal": goal.strip(), "kinds": kinds, "difficulties": [row.statement]}
    draft = drafting_acts.edit(draft, by=by, version=draft.version, **fields)
    record(row, "start_situational", by=by, words="заведена ситуационная программа", program=draft.pk)
    return draft
