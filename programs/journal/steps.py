"""The small observable step that a meeting ends with, and what became of it (п. 4.1, 5.2)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef

from mentoring_site.locks import locked
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people.accounts.models import User
from people.language.word_forms import normal_forms, words_of
from programs.catalogs.models import StepSample
from programs.journal.models import Meeting, MeetingAttendance, StepAnswer
from programs.pairings.models import Participation
from programs.program.models import Program

WORDS = "сказано, что вышло из шага прошлой встречи"
MOST = 12  # samples offered at once


@dataclass(frozen=True)
class OpenStep:
    """The step of the last meeting of a mentee that nobody has answered yet."""

    meeting: Meeting
    participation: Participation

    @property
    def name(self) -> str:
        """The name of its field in a form."""
        return f"step_{self.participation.pk}"


def open_steps(program: Program, user: User) -> list[OpenStep]:
    """Return the unanswered steps that the user reads, one of each mentee who still takes part; one query."""
    answered = StepAnswer.objects.filter(meeting=OuterRef("meeting"), participation=OuterRef("participation"))
    rows = MeetingAttendance.objects.filter(
        meeting__in=Meeting.objects.read_by(user).filter(program=program).exclude(next_step=""),
        participation__part=Participation.Part.MENTEE,
        participation__until__isnull=True,
    )
    rows = rows.annotate(is_answered=Exists(answered)).select_related("meeting", "participation__person")
    last: dict[int, MeetingAttendance] = {}
    for row in rows.order_by("-meeting__held_on", "-meeting", "participation"):
        last.setdefault(row.participation_id, row)
    return [
        OpenStep(row.meeting, row.participation)
        for row in last.values()
        if not row.is_answered  # type: ignore[attr-defined]
    ]


def may_answer(meeting: Meeting, user: User) -> bool:
    """Whether the user may say what became of the step: either side of the meeting, and who wrote it down."""
    return Meeting.objects.read_by(user).filter(pk=meeting.pk).exists()


@transaction.atomic
def answer(
    meeting: Meeting, participation: Participation, outcome: str, *, by: User, said_in: Meeting | None = None
) -> StepAnswer:
    """Say what became of the step of a meeting for one mentee: «сделано», «частично» or «нет», by either side.

    ``said_in`` is the next entry that opened with it. Raises ``NotAllowed``; ``Refused`` outside a running program and
    for who was not there; ``Already`` when it is answered.
    """
    if not may_answer(meeting, by):
        raise NotAllowed("Сказать, что вышло из шага, могут те, кто был на встрече")
    program = locked(meeting.program)
    if program.state != Program.State.RUNNING:
        raise Refused("О шаге говорят, пока программа реализуется")
    if outcome not in StepAnswer.Outcome.values or not meeting.next_step:
        raise Refused("Выберите, что вышло из шага")
    if not meeting.attendances.filter(participation=participation, participation__part="mentee").exists():
        raise Refused("Шаг был у того, кто был на встрече")
    said, made = StepAnswer.objects.get_or_create(
        meeting=meeting, participation=participation, defaults={"outcome": outcome, "by": by, "said_in": said_in}
    )
    if not made:
        raise Already(f"О шаге уже сказано: {said.get_outcome_display()}")
    record(program, "answer_step", by=by, words=WORDS, meeting=meeting.pk, participations=[participation.pk])
    return said


def samples(people: Iterable[Participation]) -> list[StepSample]:
    """Return steps of the school's library for these mentees: of their instrument, department and post first."""
    about = " ".join(f"{p.employment.post} {p.employment.department or ''}" for p in people if p.employment is not None)
    known = {form for word in words_of(about) for form in normal_forms(word) or (word,)}

    def fits(words: str) -> bool:
        return all(known & {*normal_forms(word), word} for word in words_of(words))

    found = [s for s in StepSample.objects.filter(is_open=True) if fits(s.subject) and fits(s.post)]
    found.sort(key=lambda s: (not s.subject, not s.post, s.text))
    own = [s for s in found if s.subject][: MOST * 2 // 3]
    return [*own, *(s for s in found if not s.subject)][:MOST]
