"""What waits in running programs: activities to do, results to check, meetings to confirm and to hold (п. 4.1, 5.2)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import ruday
from people.accounts.models import User
from people.language.names import agree
from people.rights import Right
from programs.changes.pause.models import Pause
from programs.journal.models import Meeting, MeetingAttendance
from programs.journal.presenters import objection_words
from programs.journal.silence import QUIET_DAYS, silences
from programs.pairings.models import Participation
from programs.program.models import Activity, ActivityResult, Program

AHEAD = timedelta(days=14)
AT_MOST = 30
RETURNED = ActivityResult.State.RETURNED


def items(user: User) -> list[InboxItem]:
    """Return what waits for the user in running programs; no query for a part that the user does not take."""
    found: list[InboxItem] = []
    if user.roles & {"mentor", "mentee"}:
        parts = dict(user.person.participations.live().order_by().values_list("pairing", "part"))
        running = Program.objects.running().filter(pairing__in=parts)
        programs = list(running.only("title", "pairing", "state", "started_on", "ends_on"))
        led = [p.pk for p in programs if parts[p.pairing_id] == Participation.Part.MENTOR]
        paused = set(_paused()) if programs else set()
        going_on = [p for p in programs if p.pk not in paused]
        found += [
            *_to_do(user, going_on, led),
            *_to_confirm(user),
            *_to_meet([p for p in going_on if not p.is_expired]),
            *_to_check(led),
        ]
    if user.roles & {"mentor", "mentee"} or user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        found += _to_correct(user)
    return found


def _to_do(user: User, programs: list[Program], led: list[int]) -> Iterator[InboxItem]:
    """Activities of the coming two weeks that are not done yet or were returned: the mentee's, the mentor's own."""
    soon = Activity.objects.filter(program__in=programs, due_on__lte=timezone.localdate() + AHEAD)
    results = ActivityResult.objects.filter(activity__in=soon.order_by().values("pk"))
    rows = results.order_by().values_list("activity", "participation", "state")
    states = {(activity, mentee): state for activity, mentee, state in rows}
    pairings = {p.pk: p.pairing_id for p in programs}
    titles = {p.pk: p.title for p in programs}
    mentees_of: dict[int, list[Participation]] = {pairing: [] for pairing in pairings.values()}
    mentees = Participation.objects.live().filter(part=Participation.Part.MENTEE, pairing__in=mentees_of)
    for mentee in mentees.only("pairing", "person"):
        mentees_of[mentee.pairing_id].append(mentee)
    shown = 0
    for a in soon:
        everybody = mentees_of[pairings[a.program_id]]
        mine = [m for m in everybody if m.person_id == user.person_id]
        by_mentor = a.responsible == Activity.Responsible.MENTOR
        asked = mine if not by_mentor else everybody if a.program_id in led else []
        left = [m for m in asked if states.get((a.pk, m.pk), RETURNED) == RETURNED]
        if shown == AT_MOST or not left:
            continue
        shown += 1
        returned = any(states.get((a.pk, m.pk)) == RETURNED for m in mine)
        expected = f"«{titles[a.program_id]}». Ожидаемый результат: {a.expected_result}"
        yield InboxItem(
            f"Исправить: {a.title}" if returned else a.title,
            "Наставник вернул и написал, что поправить" if returned else expected,
            reverse("programs:activity_do", args=[a.pk, left[0].pk])
            if len(left) == 1
            else reverse("programs:activity", args=[a.pk]),
            "Прочитать и исправить" if returned else "Отметить выполнение",
            until=a.due_on,
            weight=65 if returned else 50,
            group=Group.MEETINGS,
            key=f"activity:{a.pk}",
        )


def _not_done() -> QuerySet[Participation]:
    """Return the mentees who have not done an activity (the outer query) or had the result returned."""
    done = ActivityResult.objects.filter(activity=OuterRef(OuterRef("pk")), participation=OuterRef("pk"))
    done = done.exclude(state=ActivityResult.State.RETURNED)
    mentees = Participation.objects.live().filter(part=Participation.Part.MENTEE)
    return mentees.filter(~Exists(done), pairing=OuterRef("program__pairing"))


def _to_check(led: list[int]) -> Iterator[InboxItem]:
    """Results in the programs that the user leads: the mentor checks them (п. 4.1)."""
    if not led:
        return
    rows = ActivityResult.objects.filter(activity__program__in=led, state=ActivityResult.State.DONE)
    for r in rows.select_related("activity", "participation__person").order_by("done_at")[:AT_MOST]:
        person = r.participation.person
        yield InboxItem(
            f"Проверить: {r.activity.title}",
            f"{person.short_name} {agree(person.gender, 'отметил', 'отметила')} выполнение",
            reverse("programs:result_check", args=[r.pk]),
            "Проверить",
            since=r.done_at,
            weight=60,
            group=Group.MEETINGS,
            key=f"result:{r.pk}",
        )


def _to_confirm(user: User) -> Iterator[InboxItem]:
    """Meetings with the user that somebody else has logged."""
    rows = MeetingAttendance.objects.filter(
        meeting__state=Meeting.State.HELD,
        participation__person=user.person_id,
        confirmed_at__isnull=True,
        objected_at__isnull=True,
        meeting__program__state=Program.State.RUNNING,
    )
    rows = rows.select_related("meeting__program", "meeting__logged_by__person").order_by("meeting__held_on", "pk")
    for a in rows[:AT_MOST]:
        about = a.meeting.about if len(a.meeting.about) <= 140 else f"{a.meeting.about[:140].rsplit(' ', 1)[0]}…"
        yield InboxItem(
            f"Подтвердить встречу {ruday(a.meeting.held_on)}, {a.meeting.minutes}\u00a0мин",
            f"{a.meeting.logged_by.person.short_name}: {about}",
            reverse("programs:meeting_confirm", args=[a.pk]),
            "Подтвердить встречу",
            since=a.meeting.logged_at,
            weight=40,
            post=True,
            other_verb="Было не так",
            other_url=reverse("programs:meeting_object", args=[a.pk]),
            group=Group.MEETINGS,
            key=f"attendance:{a.pk}",
        )


def _to_correct(user: User) -> Iterator[InboxItem]:
    """Meetings with whose record somebody does not agree: who wrote it down corrects it, else the curator does."""
    rows = MeetingAttendance.objects.filter(
        objected_at__isnull=False, meeting__state=Meeting.State.HELD, meeting__program__state=Program.State.RUNNING
    ).exclude(participation__person=user.person_id)
    if not user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        rows = rows.filter(meeting__logged_by=user)
    rows = rows.select_related("meeting__program", "participation__person").order_by("objected_at")
    for a in rows[:AT_MOST]:
        own = a.meeting.logged_by_id == user.pk
        yield InboxItem(
            f"{'Исправить запись о встрече' if own else 'Помочь договориться о встрече'} {ruday(a.meeting.held_on)}",
            objection_words(a),
            reverse("programs:meeting_edit", args=[a.meeting_id])
            if own
            else reverse("programs:journal", args=[a.meeting.program_id]),
            "Исправить запись" if own else "Открыть журнал",
            since=a.objected_at,
            weight=65 if own else 35,
            group=Group.MEETINGS,
            key=f"attendance:{a.pk}:objection",
        )


def _paused() -> QuerySet:
    """Programs that an order has suspended today: nobody is asked for anything in them."""
    return Pause.objects.going_on(timezone.localdate()).values_list("program", flat=True)


def _to_meet(programs: list[Program]) -> Iterator[InboxItem]:
    begun = [p for p in programs if p.started_on and timezone.localdate() - p.started_on >= timedelta(days=QUIET_DAYS)]
    quiet = silences(Program.objects.filter(pk__in=[p.pk for p in begun]), QUIET_DAYS) if begun else {}
    for p in [p for p in begun if p.pk in quiet][:AT_MOST]:
        yield InboxItem(
            f"Встретиться: «{p.title}»",
            "Встреч не было больше трёх недель. Если встреча была, запишите её",
            reverse("programs:meeting_new", args=[p.pk]),
            "Записать встречу",
            weight=20,
            group=Group.MEETINGS,
            key=f"program:{p.pk}:meet",
        )
