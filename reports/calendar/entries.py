"""What stands in a calendar: each feature's dated things as the user may see them (п. 3.4, 4.1, 4.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q
from django.urls import reverse

from mentoring_site.russian import joined, rudate, rutime
from people.accounts.models import User
from people.rights import Right
from programs.journal.models import Meeting
from programs.journal.planning.presenters import with_invited
from programs.pairings.models import Participation
from programs.program.models import Activity, Program
from roadmap.council.models import Minutes
from roadmap.duties.models import Occurrence, owned_by
from roadmap.events.models import Event
from roadmap.plan.models import Roadmap, Task

MINE, SCHOOL = "mine", "school"
State = Meeting.State
WORDS = {State.PLANNED: "назначена", State.HELD: "состоялась", State.CANCELLED: "отменена"}


@dataclass(frozen=True)
class Entry:
    """Something on a day. ``key`` stays the same whatever changes; ``at`` is None for what lasts the whole day.

    Nothing here names a third person beyond surname and initials, and nothing says what a meeting is about.
    """

    key: str
    on: date
    kind: str
    title: str
    url: str
    at: time | None = None
    minutes: int = 0
    note: str = ""
    cancelled: bool = False
    version: int = 1

    @property
    def when(self) -> str:
        """«15:00», or an empty string."""
        return rutime(self.at) if self.at else ""


def sees_school(user: User) -> bool:
    """Whether the user sees the calendar of the whole school."""
    return user.can(Right.PROGRAMS_SEE_ALL)


def entries(user: User, first: date, last: date, *, scope: str = MINE, cancelled: bool = False) -> list[Entry]:
    """Return what stands in a period in the order of time; a constant number of queries.

    ``scope`` is the user's own things or, for those who may, the school's; ``cancelled`` meetings are for .ics only.
    """
    school = scope == SCHOOL and sees_school(user)
    programs = Program.objects.visible_to(user)
    if not school:
        own = Participation.objects.live().filter(person=user.person_id)
        programs = programs.filter(pairing__in=own.values("pairing"))
    pks = list(programs.order_by().values_list("pk", flat=True))
    found = [
        *_meetings(user, pks, first, last, school=school, cancelled=cancelled),
        *_activities(pks, first, last),
        *_ends(pks, first, last),
        *_council(user, first, last),
        *_tasks(user, first, last, school=school),
        *_events(user, first, last, school=school, cancelled=cancelled),
        *_duties(user, first, last, school=school),
    ]
    return sorted(found, key=lambda e: (e.on, e.at or time.min, e.title, e.key))


def _meetings(
    user: User, programs: list[int], first: date, last: date, *, school: bool, cancelled: bool
) -> Iterator[Entry]:
    states = [State.PLANNED, State.HELD, *([State.CANCELLED] if cancelled else [])]
    found = Meeting.every.visible_to(user).filter(
        ~Q(state=State.PLANNED) | Q(program__state=Program.State.RUNNING),
        program__in=programs,
        state__in=states,
        held_on__range=(first, last),
    )
    for meeting in with_invited(found):
        people = [a.participation.person for a in meeting.attendances.all()]
        others = [p.short_name for p in people if school or p.pk != user.person_id]
        planned = meeting.state == State.PLANNED
        yield Entry(
            key=f"meeting-{meeting.pk}",
            on=meeting.held_on,
            kind="встреча",
            title=f"Встреча: {joined(others) or meeting.program.title}",
            url=reverse("programs:meeting_planned", args=[meeting.pk])
            if planned
            else reverse("programs:journal", args=[meeting.program_id]),
            at=meeting.starts_at,
            minutes=meeting.minutes,
            note=f"{WORDS[State(meeting.state)]}, {meeting.get_format_display()}. «{meeting.program.title}»",
            cancelled=meeting.state == State.CANCELLED,
            version=meeting.version,
        )


def _activities(programs: list[int], first: date, last: date) -> Iterator[Entry]:
    rows = Activity.objects.filter(
        program__in=programs, program__state=Program.State.RUNNING, due_on__range=(first, last)
    )
    for activity in rows.select_related("program"):
        yield Entry(
            key=f"activity-{activity.pk}",
            on=activity.due_on,
            kind="срок мероприятия",
            title=activity.title,
            url=reverse("programs:activity", args=[activity.pk]),
            note=f"последний день. «{activity.program.title}»",
        )


def _ends(programs: list[int], first: date, last: date) -> Iterator[Entry]:
    states = (Program.State.APPROVED, Program.State.RUNNING)
    rows = Program.objects.filter(pk__in=programs, state__in=states)
    for program in rows.filter(Q(starts_on__range=(first, last)) | Q(ends_on__range=(first, last))):
        days = ((program.starts_on, "start", "первый день"), (program.ends_on, "end", "последний день"))
        for on, name, words in days:
            if on and first <= on <= last:
                yield Entry(
                    key=f"program-{program.pk}-{name}",
                    on=on,
                    kind="программа",
                    title=f"Программа: {words}",
                    url=program.get_absolute_url(),
                    note=f"«{program.title}»",
                )


def _council(user: User, first: date, last: date) -> Iterator[Entry]:
    for minutes in Minutes.objects.visible_to(user).filter(held_on__range=(first, last)):
        yield Entry(
            key=f"council-{minutes.pk}",
            on=minutes.held_on,
            kind="совет",
            title=f"Заседание {minutes.body_genitive}",
            url=reverse("roadmap:minutes", args=[minutes.pk]),
            note=f"протокол № {minutes.number}",
        )


def _tasks(user: User, first: date, last: date, *, school: bool) -> Iterator[Entry]:
    approved = Roadmap.objects.visible_to(user).filter(state=Roadmap.State.APPROVED)
    rows = Task.objects.filter(stage__roadmap__in=approved, due_on__range=(first, last))
    if not school:
        rows = rows.filter(responsible=user.person_id)
    for task in rows.select_related("stage").order_by("due_on", "pk").distinct():
        if task.due_on:
            yield Entry(
                key=f"task-{task.pk}",
                on=task.due_on,
                kind="дорожная карта",
                title=task.text,
                url=task.get_absolute_url(),
                note="сделано" if task.done_on else "последний день",
            )


def _events(user: User, first: date, last: date, *, school: bool, cancelled: bool) -> Iterator[Entry]:
    states = [Event.State.ANNOUNCED, Event.State.HELD, *([Event.State.CANCELLED] if cancelled else [])]
    rows = Event.objects.visible_to(user).filter(state__in=states, starts_on__lte=last, ends_on__gte=first)
    for event in (rows if school else rows.of(user.person_id)).order_by("starts_on", "pk"):
        yield event_entry(event, max(event.starts_on, first))


def event_entry(event: Event, on: date | None = None) -> Entry:
    """Return an event as an entry of a day, its first one by default."""
    days = f", по {rudate(event.ends_on)}" if event.ends_on != event.starts_on else ""
    return Entry(
        key=f"event-{event.pk}",
        on=on or event.starts_on,
        kind="событие",
        title=event.title,
        url=event.get_absolute_url(),
        at=event.starts_at,
        minutes=event.minutes_long,
        note=f"{event.get_kind_display()}{f', {event.place}' if event.place else ''}{days}",
        cancelled=event.state == Event.State.CANCELLED,
        version=event.version,
    )


def _duties(user: User, first: date, last: date, *, school: bool) -> Iterator[Entry]:
    rows = Occurrence.objects.visible_to(user).filter(due_on__range=(first, last))
    if not school:
        rows = rows.filter(owned_by(user, "duty__"))
    for occurrence in rows.select_related("duty").order_by("due_on", "pk"):
        yield Entry(
            key=f"duty-{occurrence.pk}",
            on=occurrence.due_on,
            kind="обязанность",
            title=occurrence.duty.name,
            url=occurrence.get_absolute_url(),
            note="сделано" if occurrence.done_on else "последний день",
        )
