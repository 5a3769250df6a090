"""What waits in running programmes: activities to do, results to check, meetings to confirm and to hold
(п. 4.1, 5.2).
"""

from datetime import timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import InboxItem
from mentoring_site.russian import plural, ruday
from people.language.names import agree
from people.rights import Right
from programs.changes.pause.models import Pause
from programs.completion.models import Completion
from programs.journal.models import MeetingAttendance
from programs.pairings.models import Participation
from programs.program.models import Activity, ActivityResult, Program

AHEAD = timedelta(days=14)
QUIET = timedelta(days=21)
AT_MOST = 30


def items(user) -> list[InboxItem]:
    """Return what waits for the user in running programmes; at most five queries, none for parts the
    user does not take.
    """
    found = []
    if user.roles & {"mentor", "mentee"}:
        found += [*_to_do(user), *_to_confirm(user), *_to_meet(user)]
    if "mentor" in user.roles:
        found += _to_check(user)
    if user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        found += _to_help()
    return found


def _to_do(user):
    """Activities of the coming two weeks that nobody marked yet or that came back: the mentee's, the mentor's own."""
    judged = ActivityResult.objects.filter(activity=OuterRef(OuterRef("pk")), participation=OuterRef("pk"))
    sides = Participation.objects.live().filter(~Exists(judged.exclude(state="returned")), part="mentee")
    sides = sides.filter(pairing=OuterRef("program__pairing"))
    lead = Participation.objects.live().filter(
        person=user.person_id, part="mentor", pairing=OuterRef("program__pairing")
    )
    mine = Q(Exists(sides.filter(person=user.person_id))) & ~Q(responsible="mentor")
    rows = (
        Activity.objects.filter(program__state="running", due_on__lte=timezone.localdate() + AHEAD)
        .exclude(program__in=_paused())
        .filter(mine | (Q(Exists(lead)) & Q(responsible="mentor") & Q(Exists(sides))))
        .annotate(
            returned=Exists(
                ActivityResult.objects.filter(
                    activity=OuterRef("pk"), participation__person=user.person_id, state="returned"
                )
            )
        )
        .select_related("program")
    )
    for a in rows[:AT_MOST]:
        yield InboxItem(
            f"Исправить: {a.title}" if a.returned else a.title,
            (
                "Наставник вернул и написал, что поправить"
                if a.returned
                else f"«{a.program.title}». Ожидаемый результат: {a.expected_result}"
            ),
            reverse("programs:activity", args=[a.pk]),
            "Прочитать и исправить" if a.returned else "Отметить выполнение",
            until=a.due_on,
            weight=65 if a.returned else 50,
        )


def _to_check(user):
    lead = Participation.objects.live().filter(
        person=user.person_id, part="mentor", pairing=OuterRef("activity__program__pairing")
    )
    rows = ActivityResult.objects.filter(Exists(lead), state="done", activity__program__state="running")
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


def _to_confirm(user):
    rows = MeetingAttendance.objects.filter(
        participation__person=user.person_id, confirmed_at__isnull=True, meeting__program__state="running"
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


def _paused():
    """Programmes that an order has suspended today: nobody is asked for anything in them."""
    return Pause.objects.going_on(timezone.localdate()).values("program")


def silent_programs():
    """Running programmes without a meeting for 21 days; a new one has a grace period of as many, a
    suspended one waits.
    """
    since = timezone.localdate() - QUIET
    found = Program.objects.filter(state="running", started_on__lt=since).exclude(pk__in=_paused())
    return found.exclude(meetings__held_on__gte=since)


def _to_meet(user):
    here = Participation.objects.live().filter(person=user.person_id, pairing=OuterRef("pairing"))
    for p in silent_programs().filter(Exists(here))[:AT_MOST]:
        yield InboxItem(
            f"Встретиться: «{p.title}»",
            "Встреч не было больше трёх недель. Если встреча была, запишите её",
            reverse("programs:meeting_new", args=[p.pk]),
            "Записать встречу",
            weight=20,
        )


def _to_help():
    """Programmes that stand still (п. 3.4, 5.2) and those whose term ends without a completion (п. 7.1); one query."""
    today = timezone.localdate()
    judged = ActivityResult.objects.filter(activity=OuterRef(OuterRef("pk")), participation=OuterRef("pk"))
    lagging = Participation.objects.live().filter(
        ~Exists(judged.exclude(state="returned")), part="mentee", pairing=OuterRef("program__pairing")
    )
    late = Activity.objects.filter(Exists(lagging), program=OuterRef("pk"), due_on__lt=today).order_by()
    rows = (
        Program.objects.filter(state="running")
        .exclude(pk__in=_paused())
        .annotate(
            last=Coalesce(Max("meetings__held_on"), "started_on"),
            overdue=Coalesce(Subquery(late.values("program").annotate(n=Count("pk")).values("n")), 0),
            begun=Exists(Completion.objects.filter(program=OuterRef("pk")).exclude(state="withdrawn")),
        )
        .filter(Q(last__lt=today - QUIET) | Q(overdue__gt=0) | Q(begun=False, ends_on__lte=today + AHEAD))
        .order_by("started_on", "pk")
    )
    for p in rows[:AT_MOST]:
        quiet = p.last < today - QUIET
        if not p.begun and p.ends_on <= today + AHEAD:
            yield _to_complete(p)
        words = []
        if quiet:
            words.append(f"встреч не было {plural((today - p.last).days, 'день,дня,дней')}")
        if p.overdue:
            words.append(f"просрочено {plural(p.overdue, 'мероприятие,мероприятия,мероприятий')}")
        if words:
            why = ", ".join(words)
            yield InboxItem(
                f"Помочь паре: «{p.title}»",
                why[:1].upper() + why[1:],
                reverse("programs:journal", args=[p.pk]) if quiet else p.get_absolute_url(),
                "Открыть программу",
                weight=30,
            )


def _to_complete(p) -> InboxItem:
    return InboxItem(
        f"Завершить программу «{p.title}»",
        "Срок программы подходит к концу: нужны заключение, отзыв и приказ (п. 7.1)",
        reverse("programs:completion_new", args=[p.pk]),
        "Начать завершение",
        until=p.ends_on,
        weight=45,
    )
