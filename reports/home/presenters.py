"""The home page beside the desk: what goes on in the user's own programs, what is new in their talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import joined, plural, ruday, rutime
from mentoring_site.ui.elements import Fact
from people.accounts.models import User
from people.rights import CURATOR, MENTEE, MENTOR
from programs.journal.models import Meeting, Message
from programs.pairings.models import Participation
from programs.pairings.stages import state_words
from programs.program.doing import next_do_url
from programs.program.models import Activity, ActivityResult, Program
from programs.requests.filing import files_oneself
from programs.requests.kinds.help import HELP
from programs.requests.presenters import new_url
from programs.requests.subjects import of_program

OWN_AT_MOST = 5
NEWS_AT_MOST = 5
NEWS_DAYS = 14


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
    help_url: str = ""
    learnt_url: str = ""


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
        help_url=new_url(HELP, program.pairing_id) if files_oneself(HELP, of_program(program), user) else "",
        learnt_url=_learnt_url(program, user),
    )


def _learnt_url(program: Program, user: User) -> str:
    """Return where a mentee writes the line of the week, and comes back here."""
    mentee = any(p.person_id == user.person_id and p.part == Participation.Part.MENTEE for p in program.pairing.people)
    written = f"{reverse('programs:learning_note', args=[program.pk])}?next={reverse('reports:home')}"
    return written if mentee and not program.paused else ""


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
