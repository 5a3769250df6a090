"""What the pages of the journal show: results of an activity, meetings, the thread (п. 4.1, 4.2, 5.1)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.evidence.presenters import NOTHING, Shown, shown
from mentoring_site.russian import joined, plural, ruday
from mentoring_site.ui.elements import Badge, Fact, Tone
from people.accounts.models import User
from people.language.declension import name_in
from people.language.names import agree
from people.promises import Promise
from people.register.models import Person
from people.rights import Right
from programs.journal.acts import is_agreed, may_correct, may_do, speaks_for_others
from programs.journal.models import Meeting, MeetingAttendance, Message, StepAnswer
from programs.journal.steps import open_steps
from programs.pairings.models import Participation
from programs.program.content_presenters import category_words, dates_words, purposes, responsible_words
from programs.program.models import Activity, ActivityResult, Program
from programs.program.presenters import takes_part

RESULT_BADGES: dict[str, tuple[str, Tone]] = {
    "done": ("на проверке", "others"),
    "returned": ("возвращено", "you"),
    "checked": ("принято", "done"),
}
NEAR = 7  # days around an activity when a meeting is likely about it
READERS = {
    "pair": f"{Promise.TALK.sentence}.",
    "group": "Сообщение «Всем в группе» видят все участники; остальные — только тот, кого оно касается, и наставник. "
    f"Весь разговор читают {joined(Promise.TALK.roles)}.",
}


@dataclass(frozen=True)
class ResultRow:
    """The result of one mentee: what it is, and where it is marked or checked by the reader."""

    person: Person
    badge: Badge
    result: ActivityResult | None
    evidence: Shown
    do_url: str = ""
    do_label: str = ""
    check_url: str = ""
    primary: bool = False


@dataclass(frozen=True)
class MeetingRow:
    """A meeting of the journal; ``waiting`` are those who have not confirmed it."""

    meeting: Meeting
    people: str
    badge: Badge
    waiting: str
    confirm_url: str = ""
    confirm_label: str = ""
    primary: bool = False
    object_url: str = ""
    edit_url: str = ""
    drop_url: str = ""
    objections: Sequence[str] = ()
    evidence: Shown = NOTHING
    about: str = ""
    next_step: str = ""
    private: str = ""  # who reads the content, for those who do not


@dataclass(frozen=True)
class ThreadMessage:
    """A message for ``components/thread.html``; ``note`` says that not everybody reads it."""

    who: str
    at: dt.datetime
    text: str
    mine: bool
    note: str = ""
    files: tuple[Any, ...] = ()


def leads(program: Program, user: User) -> bool:
    """Whether the user is the mentor of the program now."""
    mine = takes_part(program, user)
    return mine is not None and mine.part == Participation.Part.MENTOR and mine.until is None


def activity_facts(program: Program, activity: Activity, user: User) -> list[Fact]:
    """Return what is expected of an activity."""
    return Fact.known(
        [
            ("Срок", dates_words(activity)),
            ("Кто", responsible_words(program, activity.responsible)),
            ("Ожидаемый результат", activity.expected_result),
            ("Чем подтверждается", activity.evidence),
            ("Зачем", "\n".join(purposes(program, activity, user))),
            ("Категория", category_words(activity)),
        ]
    )


def result_row(
    program: Program, activity: Activity, side: Participation, result: ActivityResult | None, user: User
) -> ResultRow:
    """Return the result of one mentee, None when there is none yet, for a reader who may see it."""
    open_now = program.state == Program.State.RUNNING and side.until is None
    mentor = leads(program, user)
    checked = result is not None and result.state == ActivityResult.State.CHECKED
    to_check = result is not None and result.state == ActivityResult.State.DONE
    checks = open_now and to_check and (mentor or user.can(Right.PROGRAMS_ACT_FOR_OTHERS))
    does = open_now and not checked and may_do(activity, side, user, mentor=mentor)
    word, tone = RESULT_BADGES[result.state] if result else ("ещё не отмечено", "ahead")
    return ResultRow(
        person=side.person,
        badge=Badge(word, "you" if checks else tone),
        result=result,
        evidence=shown(result, changes=does, expected=bool(activity.evidence)) if result else NOTHING,
        do_url=reverse("programs:activity_do", args=[activity.pk, side.pk]) if does else "",
        do_label="Отметить выполнение" if result is None else "Исправить результат",
        check_url=reverse("programs:result_check", args=[result.pk]) if checks and result else "",
    )


def result_facts(result: ActivityResult) -> list[Fact]:
    """Return what the mentor reads before checking a result."""
    found = shown(result, changes=False)
    return [
        Fact("Кто сделал", result.participation.person.full_name),
        Fact("Что сделано", result.result),
        *(Fact("Файл", f.name, url=f.url) for f in (*found.pictures, *found.files)),
        Fact("Отмечено", ruday(result.done_at)),
    ]


def may_log(program: Program, user: User) -> bool:
    """Whether the user may write into the journal now: takes part, or records for others."""
    mine = takes_part(program, user)
    here = (mine is not None and mine.until is None) or user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    return program.state == Program.State.RUNNING and here


def total_words(count: int, minutes: int | None) -> str:
    """Return «5 встреч, 4,5 часа», or an empty string when there are none."""
    if not count:
        return ""
    hours = round((minutes or 0) / 30) / 2
    length = plural(hours, "час,часа,часов") if hours else "меньше часа"
    return f"{plural(count, 'встреча,встречи,встреч')}, {length}"


def meeting_row(meeting: Meeting, user: User, program: Program | None = None) -> MeetingRow:
    """Return a meeting with what the reader can do about it: confirm, take back.

    ``program`` is that of the meeting, where it was read with its people.
    """
    program = program or meeting.program
    sides = list(meeting.attendances.all())
    waiting = [a for a in sides if a.confirmed_at is None]
    objections = [a for a in sides if a.objected_at]
    for_others = speaks_for_others(program, user)
    own = next((a for a in waiting if a.participation.person_id == user.person_id), None)
    confirms = own or (waiting[0] if for_others and waiting else None)
    label = ""
    if confirms:
        label = (
            "Подтвердить"
            if own
            else f"Подтвердить за {name_in(confirms.participation.person, 'accusative', short=True)}"
        )
    edits = corrects(meeting, program, user)
    reads = meeting.is_read_by(user)
    if objections:
        badge = Badge("было не так", "you" if edits and meeting.logged_by_id == user.pk else "late")
    else:
        badge = Badge("ждёт подтверждения", "you" if own else "others") if waiting else Badge("подтверждена", "done")
    by_others = any(a.confirmed_by_id not in (None, meeting.logged_by_id) for a in sides)
    drops = (meeting.logged_by_id == user.pk or for_others) and not by_others
    return MeetingRow(
        meeting=meeting,
        people=joined([a.participation.person.short_name for a in sides]),
        badge=badge,
        waiting=joined([a.participation.person.short_name for a in waiting]),
        confirm_url=reverse("programs:meeting_confirm", args=[confirms.pk]) if confirms else "",
        confirm_label=label,
        primary=own is not None and not own.objected_at,
        object_url=reverse("programs:meeting_object", args=[own.pk]) if own and _may_object(own, meeting, user) else "",
        edit_url=reverse("programs:meeting_edit", args=[meeting.pk]) if edits else "",
        drop_url=reverse("programs:meeting_drop", args=[meeting.pk]) if drops else "",
        objections=[objection_words(a) for a in objections] if reads or for_others else [],
        evidence=shown(meeting, changes=edits) if reads else NOTHING,
        about=meeting.about if reads else "",
        next_step=_step_words(meeting) if reads else "",
        private="" if reads else Promise.ENTRY.named(meeting.readers),
    )


def _step_words(meeting: Meeting) -> str:
    """Return the step that a meeting ended with and what became of it."""
    said = [a.get_outcome_display() for a in meeting.step_answers.all()]
    return f"{meeting.next_step} — {joined(list(dict.fromkeys(said)))}" if said else meeting.next_step


@dataclass(frozen=True)
class StepRow:
    """The step of the last meeting that waits for a word, at the head of the journal."""

    text: str
    since: str
    whose: str
    url: str
    choices: tuple[tuple[str, str], ...]


def step_rows(program: Program, user: User) -> list[StepRow]:
    """Return the unanswered steps that the user reads, while the program runs."""
    if program.state != Program.State.RUNNING:
        return []
    return [
        StepRow(
            text=step.meeting.next_step,
            since=ruday(step.meeting.held_on),
            whose=step.participation.person.short_name,
            url=reverse("programs:step_answer", args=[step.meeting.pk, step.participation.pk]),
            choices=tuple(StepAnswer.Outcome.choices),
        )
        for step in open_steps(program, user)
    ]


def _may_object(own: MeetingAttendance, meeting: Meeting, user: User) -> bool:
    running = meeting.program.state == Program.State.RUNNING
    return running and own.objected_at is None and meeting.logged_by_id != user.pk


def corrects(meeting: Meeting, program: Program, user: User) -> bool:
    """Whether the user may correct the record now; takes a meeting read ``with_sides()``."""
    return program.state == Program.State.RUNNING and may_correct(meeting, program, user) and not is_agreed(meeting)


def objection_words(attendance: MeetingAttendance) -> str:
    """Return «Очирова С. Д. не согласна: «Нас прервали через двадцать минут»»."""
    person = attendance.participation.person
    return f"{person.short_name} {agree(person.gender, 'не согласен', 'не согласна')}: «{attendance.objection}»"


def objection_facts(meeting: Meeting) -> list[Fact]:
    """Return what those who object say, for who corrects the record."""
    return [Fact("Возражение", objection_words(a)) for a in meeting.attendances.all() if a.objected_at]


def meeting_facts(meeting: Meeting, user: User) -> list[Fact]:
    """Return what was written about a meeting."""
    return Fact.known(
        [
            ("Когда", f"{ruday(meeting.held_on)}, {meeting.minutes}\u00a0мин, {meeting.get_format_display()}"),
            *([("О чём", meeting.about), ("Шаг", meeting.next_step)] if meeting.is_read_by(user) else []),
            ("Кто записал", meeting.logged_by.person.short_name),
        ]
    )


def thread_message(message: Message, user: User) -> ThreadMessage:
    """Return a message as its reader sees it."""
    mine = message.author_id == user.pk
    return ThreadMessage(message.author.person.short_name, message.at, message.text, mine, _readers(message, user))


def _readers(message: Message, user: User) -> str:
    """Say next to a message that is not for everybody who else reads it."""
    if message.about is None:
        return ""
    person = message.about.person
    return "видно Вам и наставнику" if person.pk == user.person_id else f"не всем: {person.short_name} и наставник"


def planned_now(program: Program, today: dt.date | None = None) -> Activity | None:
    """Return the activity of the plan that a meeting of these days is likely about, or None."""
    day = today or timezone.localdate()

    def distance(a: Activity) -> int:
        return max(((a.starts_on or a.due_on) - day).days, (day - a.due_on).days, 0)

    near = [a for a in program.activities.all() if distance(a) <= NEAR and not _all_checked(program, a)]
    return min(near, key=lambda a: (distance(a), a.due_on), default=None)


def _all_checked(program: Program, activity: Activity) -> bool:
    live = {p.pk for p in program.pairing.people if p.part == Participation.Part.MENTEE and p.until is None}
    checked = ActivityResult.State.CHECKED
    return live <= {r.participation_id for r in activity.results.all() if r.state == checked}
