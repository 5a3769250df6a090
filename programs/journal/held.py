"""Meetings and results that the other side has still to confirm, correct or check (п. 4.1, 5.2)."""

from collections.abc import Iterator

from django.urls import reverse

from mentoring_site.inbox import HeldItem
from mentoring_site.russian import ruday
from people.accounts.models import User
from programs.journal.models import Meeting, MeetingAttendance
from programs.program.models import ActivityResult, Program

AT_MOST = 10


def held(user: User) -> Iterator[HeldItem]:
    """Return what participants wait for from each other; two queries for them, none for everybody else."""
    if not user.roles & {"mentor", "mentee"}:
        return
    running = {"meeting__state": Meeting.State.HELD, "meeting__program__state": Program.State.RUNNING}
    open_now = MeetingAttendance.objects.filter(confirmed_at=None, objected_at=None, meeting__logged_by=user, **running)
    others = open_now.exclude(participation__person=user.person_id)
    for a in others.select_related("meeting", "participation__person").order_by("meeting__held_on", "pk")[:AT_MOST]:
        yield HeldItem(
            f"Подтверждение встречи {ruday(a.meeting.held_on)}",
            a.participation.person.short_name,
            reverse("programs:journal", args=[a.meeting.program_id]),
            f"attendance:{a.pk}",
            since=a.meeting.logged_at,
        )
    mine = ActivityResult.objects.filter(participation__person=user.person_id, state=ActivityResult.State.DONE)
    mine = mine.filter(activity__program__state=Program.State.RUNNING)
    for result in mine.select_related("activity").order_by("done_at", "pk")[:AT_MOST]:
        yield HeldItem(
            f"Проверка: {result.activity.title}",
            "наставник",
            reverse("programs:activity", args=[result.activity_id]),
            f"result:{result.pk}",
            since=result.done_at,
        )
