"""The home page: what waits for the user, what goes on in the user's own programs, what is new in their talk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import InboxItem, day_of, items_for
from mentoring_site.russian import joined, near, plural, ruday, rutime
from mentoring_site.ui.elements import Fact
from people.accounts.models import User
from people.rights import CURATOR, MENTEE, MENTOR
from programs.journal.models import Meeting, Message
from programs.pairings.models import Participation
from programs.pairings.stages import state_words
from programs.program.doing import next_do_url
from programs.program.models import Activity, ActivityResult, Program

SOON = 7  # days: what is due within them stands above the rest
TASKS_AT_ONCE = 20  # of a section on the first look: a home is read, not searched
OWN_AT_MOST = 5
NEWS_AT_MOST = 5
NEWS_DAYS = 14
LATE, THIS_WEEK, REST, NOW = "Просрочено", "На этой неделе", "Остальное", "Сейчас"


@dataclass(frozen=True)
class TaskCard:
    """What waits for the user, for ``components/task.html``; ``next`` is where the act of a button comes back to."""

    title: str
    why: str
    url: str
    verb: str
    post: bool
    next: str
    late: bool
    when: str
    since: str
    primary: bool = False
    other_verb: str = ""
    other_url: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the home: ``count`` says how many things there are, ``tasks`` are those that are shown."""

    title: str
    count: int
    tasks: Sequence[TaskCard]


def sections(user: User, *, whole: bool = False) -> list[Section]:
    """Return the parts of the home that are not empty: late, this week, the rest.

    Of each the first ``TASKS_AT_ONCE`` tasks are given unless the ``whole`` is asked for.
    """
    groups: dict[str, list[InboxItem]] = {LATE: [], THIS_WEEK: [], REST: []}
    for item in items_for(user):
        groups[_group(item)].append(item)
    shown = slice(None if whole else TASKS_AT_ONCE)
    found = [
        Section(title, len(items), [_task(item, late=title == LATE) for item in items[shown]])
        for title, items in groups.items()
        if items
    ]
    if found:
        first = found[0]
        title = NOW if len(found) == 1 and first.title == REST else first.title
        tasks = [replace(first.tasks[0], primary=True), *first.tasks[1:]]
        found[0] = replace(first, title=title, tasks=tasks)
    return found


def _group(item: InboxItem) -> str:
    if item.until is None:
        return REST
    days = (item.until - timezone.localdate()).days
    return REST if days > SOON else LATE if days < 0 else THIS_WEEK


def _task(item: InboxItem, *, late: bool) -> TaskCard:
    since = day_of(item.since)
    return TaskCard(
        title=item.title,
        why=item.why,
        url=item.url,
        verb=item.verb,
        post=item.post,
        next=reverse("reports:home"),
        other_verb=item.other_verb,
        other_url=item.other_url,
        late=late,
        when=near(item.until) or f"до {ruday(item.until)}" if item.until else "",
        since=f"ждёт с {ruday(since)}" if since else "",
    )


def headline(count: int) -> str:
    """Return the heading: «Шесть дел ждут Вас»."""
    if not count:
        return "Сейчас Вас ничего не ждёт"
    words = ("", "Одно", "Два", "Три", "Четыре", "Пять", "Шесть", "Семь", "Восемь", "Девять", "Десять")
    number, rest = plural(count, "дело ждёт,дела ждут,дел ждут").split("\xa0", 1)
    return f"{words[count] if count < len(words) else number} {rest} Вас"


@dataclass(frozen=True)
class OwnProgram:
    """A running program of the user, for ``reports/home/home_program.html``: with whom, how far, what is next."""

    title: str
    url: str
    people: str
    value: int
    max: int
    label: str
    facts: Sequence[Fact]
    meeting_url: str
    do_url: str = ""


def own_programs(user: User) -> list[OwnProgram]:
    """Return the running programs in which the user takes part, those that end first; a constant number of queries."""
    if not user.roles & {MENTOR, MENTEE}:
        return []
    found = (
        Program.objects.running()
        .filter(pairing__in=_own_pairings(user))
        .with_people()
        .with_pause(timezone.localdate())
        .prefetch_related(
            Prefetch("activities", Activity.objects.order_by("due_on", "pk")),
            Prefetch("activities__results", ActivityResult.objects.only("activity", "participation", "state")),
        )
        .order_by("ends_on", "pk")[:OWN_AT_MOST]
    )
    programs = list(found)
    attended = Meeting.objects.filter(program__in=programs, attendances__participation__person=user.person_id)
    met = dict(attended.order_by().values_list("program").annotate(last=Max("held_on")))
    return [_own_program(program, user, met.get(program.pk)) for program in programs]


def _own_pairings(user: User) -> QuerySet[Participation, Any]:
    return Participation.objects.live().filter(person=user.person_id).values("pairing")


def _own_program(program: Program, user: User, last_meeting: date | None) -> OwnProgram:
    people = program.pairing.people
    mentees = {p.pk for p in people if p.part == Participation.Part.MENTEE}
    judged = {p.pk for p in people if p.person_id == user.person_id} & mentees or mentees
    activities = list(program.activities.all())
    checked = ActivityResult.State.CHECKED
    done = {a.pk for a in activities if judged <= {r.participation_id for r in a.results.all() if r.state == checked}}
    following = next((a for a in activities if a.pk not in done), None)
    facts = [
        *([Fact("Сейчас", state_words(program))] if program.paused or program.is_expired else []),
        Fact("Дальше", f"{following.title}, до {ruday(following.due_on)}" if following else "план выполнен"),
        Fact("Последняя встреча", ruday(last_meeting) if last_meeting else "встреч ещё не было"),
    ]
    return OwnProgram(
        title=program.title,
        url=program.get_absolute_url(),
        people=joined([p.person.short_name for p in people if p.person_id != user.person_id]),
        value=len(done),
        max=max(len(activities), 1),
        label=f"{len(done)} из {plural(len(activities), 'мероприятия,мероприятий,мероприятий')}",
        facts=facts,
        meeting_url="" if program.is_expired else reverse("programs:meeting_new", args=[program.pk]),
        do_url=next_do_url(program, user),
    )


@dataclass(frozen=True)
class MessageCard:
    """The beginning of a message in a program's discussion."""

    who: str
    text: str
    program: str
    when: str
    url: str


def new_messages(user: User) -> list[MessageCard]:
    """Return what others wrote in the user's own programs in the last two weeks, the newest first; one query."""
    if not user.roles & {MENTOR, MENTEE, CURATOR}:
        return []
    own = Q(program__pairing__in=_own_pairings(user)) | Q(program__curator=user.person_id)
    recent = Message.objects.visible_to(user).filter(own, at__gte=timezone.now() - timedelta(days=NEWS_DAYS))
    found = recent.exclude(author=user.pk).select_related("author__person", "program").order_by("-at", "-pk")
    return [
        MessageCard(
            who=m.author.person.short_name,
            text=m.text if len(m.text) <= 120 else f"{m.text[:120].rsplit(' ', 1)[0]}…",
            program=m.program.title,
            when=f"{ruday(m.at)}, {rutime(m.at)}",
            url=reverse("programs:talk", args=[m.program_id]),
        )
        for m in found[:NEWS_AT_MOST]
    ]
