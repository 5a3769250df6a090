"""What waits in running programmes: activities to do, results to check, meetings to confirm and to hold (п. 4.1, 5.2)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.waiting import Waiting
from programs.models import Activity, ActivityResult, MeetingAttendance, Participation, Program

AHEAD = timedelta(days=14)
QUIET = timedelta(days=21)
AT_MOST = 30


def waiting(user) -> list[Waiting]:
    """Return what waits for the user in running programmes; five queries, whatever the number of programmes."""
    found = [*_to_do(user), *_to_check(user), *_to_confirm(user)]
    return found + ([*_quiet(user)] if user.can("programs.act_for_others") else [*_to_meet(user)])


def _to_do(user):
    judged = ActivityResult.objects.filter(activity=OuterRef("pk"), participation__person=user.person_id).exclude(
        state="returned"
    )
    mine = Participation.objects.live().filter(
        person=user.person_id, part="mentee", pairing=OuterRef("program__pairing")
    )
    rows = Activity.objects.filter(
        Exists(mine), ~Exists(judged), program__state="running", due_on__lte=timezone.localdate() + AHEAD
    )
    for a in rows.select_related("program")[:AT_MOST]:
        yield Waiting(
            a.title,
            f"Программа «{a.program.title}». Ожидаемый результат: {a.expected_result}",
            reverse("programs:activity", args=[a.pk]),
            "Отметить выполнение",
            until=a.due_on,
            weight=50,
        )


def _to_check(user):
    mentor = Q(
        activity__program__pairing__participations__person=user.person_id,
        activity__program__pairing__participations__part="mentor",
        activity__program__pairing__participations__until__isnull=True,
    )
    rows = (
        ActivityResult.objects.filter(mentor, state="done", activity__program__state="running")
        .select_related("activity", "participation__person")
        .distinct()
    )
    for r in rows[:AT_MOST]:
        yield Waiting(
            f"Проверить: {r.activity.title}",
            f"{r.participation.person.short_name} отметил{'а' if r.participation.person.gender == 'f' else ''} выполнение",
            reverse("programs:result_check", args=[r.pk]),
            "Проверить",
            since=r.done_at,
            weight=60,
        )


def _to_confirm(user):
    rows = MeetingAttendance.objects.filter(
        participation__person=user.person_id, confirmed_at__isnull=True, meeting__program__state="running"
    )
    for a in rows.select_related("meeting__program", "meeting__logged_by__person")[:AT_MOST]:
        yield Waiting(
            f"Подтвердить встречу {a.meeting.held_on:%d.%m.%Y}",
            f"{a.meeting.logged_by.person.short_name}: запись в журнале, программа «{a.meeting.program.title}»",
            reverse("programs:journal", args=[a.meeting.program_id]),
            "Открыть журнал",
            since=a.meeting.logged_at,
            weight=40,
        )


def _silent():
    since = timezone.localdate() - QUIET
    return Program.objects.filter(state="running", started_on__lt=since).exclude(meetings__held_on__gte=since)


def _to_meet(user):
    rows = (
        _silent()
        .filter(pairing__participations__person=user.person_id, pairing__participations__until__isnull=True)
        .distinct()
    )
    for p in rows[:AT_MOST]:
        yield Waiting(
            f"Встретиться: «{p.title}»",
            "Встреч не было больше трёх недель. Если встреча была, запишите её",
            reverse("programs:meeting_new", args=[p.pk]),
            "Записать встречу",
            weight=20,
        )


def _quiet(user):
    for p in _silent().order_by("started_on")[:AT_MOST]:
        yield Waiting(
            f"Помочь паре: «{p.title}»",
            "Встреч не было больше трёх недель",
            reverse("programs:journal", args=[p.pk]),
            "Открыть журнал",
            weight=30,
        )
