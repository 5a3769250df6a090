"""What waits in running programs: activities to do, results to check, meetings to confirm and to hold (п. 4.1, 5.2)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import InboxItem
from mentoring_site.russian import plural, ruday, upper_first
from people.accounts.models import User
from people.language.names import agree
from people.rights import Right
from programs.changes.pause.models import Pause
from programs.journal.models import MeetingAttendance
from programs.pairings.models import Participation
from programs.program.models import Activity, ActivityResult, Program

AHEAD = timedelta(days=14)
QUIET = timedelta(days=21)
AT_MOST = 30


def items(user: User) -> list[InboxItem]:
    """Return what waits for the user in running programs; no query for a part that the user does not take."""
    found: list[InboxItem] = []
    if user.roles & {"mentor", "mentee"}:
        found += [*_to_do(user), *_to_confirm(user), *_to_meet(user)]
    if "mentor" in user.roles:
        found += _to_check(user)
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        found += _to_help()
    return found


def _to_do(user: User) -> Iterator[InboxItem]:
    """Activities of the coming two weeks that are not done yet or were returned: the mentee's, the mentor's own."""
    by_mentor = Q(responsible=Activity.Responsible.MENTOR)
    lead = _mentor_of(user).filter(pairing=OuterRef("program__pairing"))
    own = Exists(_not_done().filter(person=user.person_id))
    returned = ActivityResult.objects.filter(
        activity=OuterRef("pk"), participation__person=user.person_id, state=ActivityResult.State.RETURNED
    )
    rows = (
        Activity.objects.filter(program__state=Program.State.RUNNING, due_on__lte=timezone.localdate() + AHEAD)
        .exclude(program__in=_paused())
        .filter((Q(own) & ~by_mentor) | (Q(Exists(lead)) & by_mentor & Q(Exists(_not_done()))))
        .annotate(returned=Exists(returned))
        .select_related("program")
    )
    for a in rows[:AT_MOST]:
        expected = f"«{a.program.title}». Ожидаемый результат: {a.expected_result}"
        yield InboxItem(
            f"Исправить: {a.title}" if a.returned else a.title,
            "Наставник вернул и написал, что поправить" if a.returned else expected,
            reverse("programs:activity", args=[a.pk]),
            "Прочитать и исправить" if a.returned else "Отметить выполнение",
            until=a.due_on,
            weight=65 if a.returned else 50,
        )


def _not_done() -> QuerySet[Participation]:
    """Return the mentees who have not done an activity (the outer query) or had the result returned."""
    done = ActivityResult.objects.filter(activity=OuterRef(OuterRef("pk")), participation=OuterRef("pk"))
    done = done.exclude(state=ActivityResult.State.RETURNED)
    mentees = Participation.objects.live().filter(part=Participation.Part.MENTEE)
    return mentees.filter(~Exists(done), pairing=OuterRef("program__pairing"))


def _mentor_of(user: User) -> QuerySet[Participation]:
    return Participation.objects.live().filter(person=user.person_id, part=Participation.Part.MENTOR)


def _to_check(user: User) -> Iterator[InboxItem]:
    """Results that the user checks as the mentor (п. 4.1)."""
    lead = _mentor_of(user).filter(pairing=OuterRef("activity__program__pairing"))
    rows = ActivityResult.objects.filter(Exists(lead), state=ActivityResult.State.DONE)
    rows = rows.filter(activity__program__state=Program.State.RUNNING)
    for r in rows.select_related("activity", "participation__person").order_by("done_at")[:AT_MOST]:
        person = r.participation.person
        yield InboxItem(
            f"Проверить: {r.activity.title}",
            f"{person.short_name} {agree(person.gender, 'отметил', 'отметила')} выполнение",
            reverse("programs:result_check", args=[r.pk]),
            "Проверить",
            since=r.done_at,
            weight=60,
        )


def _to_confirm(user: User) -> Iterator[InboxItem]:
    """Meetings with the user that somebody else has logged."""
    rows = MeetingAttendance.objects.filter(
        participation__person=user.person_id, confirmed_at__isnull=True, meeting__program__state=Program.State.RUNNING
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
        )


def _paused() -> QuerySet:
    """Programs that an order has suspended today: nobody is asked for anything in them."""
    return Pause.objects.going_on(timezone.localdate()).values("program")


def silent_programs() -> QuerySet[Program]:
    """Return the running programs without a meeting for 21 days; not those that began later, nor suspended ones."""
    since = timezone.localdate() - QUIET
    found = Program.objects.filter(state=Program.State.RUNNING, started_on__lt=since).exclude(pk__in=_paused())
    return found.exclude(meetings__held_on__gte=since)


def _to_meet(user: User) -> Iterator[InboxItem]:
    here = Participation.objects.live().filter(person=user.person_id, pairing=OuterRef("pairing"))
    for p in silent_programs().filter(Exists(here))[:AT_MOST]:
        yield InboxItem(
            f"Встретиться: «{p.title}»",
            "Встреч не было больше трёх недель. Если встреча была, запишите её",
            reverse("programs:meeting_new", args=[p.pk]),
            "Записать встречу",
            weight=20,
        )


def _to_help() -> Iterator[InboxItem]:
    """Programs without meetings or with overdue activities, for the curator (п. 3.4, 5.2)."""
    today = timezone.localdate()
    late = Activity.objects.filter(Exists(_not_done()), program=OuterRef("pk"), due_on__lt=today).order_by()
    rows = (
        Program.objects.filter(state=Program.State.RUNNING)
        .exclude(pk__in=_paused())
        .annotate(
            last=Coalesce(Max("meetings__held_on"), "started_on"),
            overdue=Coalesce(Subquery(late.values("program").annotate(n=Count("pk")).values("n")), 0),
        )
        .filter(Q(last__lt=today - QUIET) | Q(overdue__gt=0))
        .order_by("started_on", "pk")
    )
    for p in rows[:AT_MOST]:
        quiet, why = p.last < today - QUIET, []
        if quiet:
            why.append(f"встреч не было {plural((today - p.last).days, 'день,дня,дней')}")
        if p.overdue:
            why.append(f"просрочено {plural(p.overdue, 'мероприятие,мероприятия,мероприятий')}")
        yield InboxItem(
            f"Помочь паре: «{p.title}»",
            upper_first(", ".join(why)),
            reverse("programs:journal", args=[p.pk]) if quiet else p.get_absolute_url(),
            "Открыть программу",
            weight=30,
        )
