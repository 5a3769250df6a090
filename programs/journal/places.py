"""Evidence of meetings and of results of activities: who reads it, who changes it and until when (п. 4.1)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from mentoring_site.evidence.places import Offer, Place
from mentoring_site.locks import locked
from mentoring_site.russian import ruday
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from programs.journal.acts import is_agreed, is_mentor, lock_running, require_correcting, require_doing
from programs.journal.models import Meeting
from programs.program.models import ActivityResult, Program

AGREED = "Другая сторона уже подтвердила встречу: её снимки остаются в журнале"
CHECKED = "Результат уже принят: то, что его подтверждает, остаётся при нём"
OFFERED = 10  # entries of the journal that may prove a thing


def entries(program: Program, user: User) -> Iterator[Offer]:
    """Return the latest entries of the journal whose content the user reads, as what may prove a thing."""
    for meeting in Meeting.objects.read_by(user).filter(program=program)[:OFFERED]:
        name = f"Запись в журнале о встрече {ruday(meeting.held_on)}, {meeting.minutes}\u00a0мин"
        yield Offer(f"meeting-{meeting.pk}", name, meeting)


def _claimed_meeting(meeting: Meeting, user: User) -> Meeting:
    require_correcting(meeting, user)
    lock_running(meeting.program)
    fresh = locked(meeting)
    if is_agreed(fresh):
        raise Refused(AGREED)
    return fresh


def _meeting_page(meeting: Meeting) -> str:
    return reverse("programs:journal", args=[meeting.program_id]) + f"#meeting-{meeting.pk}"


def _record_meeting(meeting: Meeting, verb: str, words: str, by: User) -> None:
    sides = sorted(meeting.attendances.values_list("participation", flat=True))
    words = f"{words}: встреча {meeting.held_on:%d.%m.%Y}"
    record(meeting.program, f"{verb}_of_meeting", by=by, words=words, meeting=meeting.pk, participations=sides)


def _require_result(result: ActivityResult, user: User) -> None:
    mentor = is_mentor(result.activity.program, user)
    require_doing(result.activity, result.participation, user, mentor=mentor)


def _claimed_result(result: ActivityResult, user: User) -> ActivityResult:
    _require_result(result, user)
    lock_running(result.activity.program)
    fresh = locked(result)
    if fresh.state == ActivityResult.State.CHECKED:
        raise Refused(CHECKED)
    return fresh


def _record_result(result: ActivityResult, verb: str, words: str, by: User) -> None:
    words = f"{words}: «{result.activity.title[:200]}»"
    keys: dict[str, Any] = {"activity": result.activity_id, "participation": result.participation_id}
    record(result.activity.program, verb, by=by, words=words, **keys)


MEETINGS = Place(
    code="meetings",
    model=Meeting,
    readable=lambda user: Meeting.objects.read_by(user),
    require=require_correcting,
    claim=_claimed_meeting,
    title=lambda meeting: f"Встреча {ruday(meeting.held_on)}",
    address=_meeting_page,
    record=_record_meeting,
)
RESULTS = Place(
    code="results",
    model=ActivityResult,
    readable=lambda user: ActivityResult.objects.visible_to(user),
    require=_require_result,
    claim=_claimed_result,
    title=lambda result: result.activity.title,
    address=lambda result: reverse("programs:activity", args=[result.activity_id]),
    record=_record_result,
    offers=lambda result, user: entries(result.activity.program, user),
)
