"""The agenda of a meeting before it: what the rules offer, or the points that its people have written themselves.

A source reads only what the user may read. Higher features add theirs when the app is ready: tasks, requests.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone

from mentoring_site.russian import ruday
from people.accounts.models import User
from programs.journal.models import Meeting
from programs.journal.steps import open_steps
from programs.program.models import ActivityResult, Program

MOST = 7
LONGEST = 200  # characters of a point


@dataclass(frozen=True)
class Source:
    """Where points come from: ``offers(program, user)`` gives them, ``order`` says which stand first."""

    order: int
    offers: Callable[[Program, User], Iterable[str]]


_SOURCES: list[Source] = []


def register(*sources: Source) -> None:
    """Add sources of points; called once when the app is ready."""
    _SOURCES.extend(source for source in sources if source not in _SOURCES)


def offered(program: Program, user: User) -> list[str]:
    """Return the points that the rules offer for the next meeting, each once, the most pressing first."""
    found = (point for source in sorted(_SOURCES, key=lambda s: s.order) for point in source.offers(program, user))
    short = (point if len(point) <= LONGEST else f"{point[: LONGEST - 1].rsplit(' ', 1)[0]}…" for point in found)
    return list(dict.fromkeys(short))[:MOST]


def points(meeting: Meeting, program: Program, user: User) -> list[str]:
    """Return the agenda of a planned meeting: what was written for it, else what the rules offer now."""
    return lines(meeting.agenda) or offered(program, user)


def lines(text: str) -> list[str]:
    """Return the points of an agenda that was typed, a line each."""
    return [line.strip()[:LONGEST] for line in text.splitlines() if line.strip()]


def _steps(program: Program, user: User) -> Iterable[str]:
    return (f"Последний шаг: {step.meeting.next_step}" for step in open_steps(program, user))


def _activities(program: Program, user: User) -> Iterable[str]:
    """The results that were returned, then the next activity of the plan that is not done."""
    seen = ActivityResult.objects.visible_to(user).filter(activity__program=program)
    states = {r.activity_id: r.state for r in seen.order_by("-state")}
    rows = list(program.activities.all())
    for activity in rows:
        if states.get(activity.pk) == ActivityResult.State.RETURNED:
            yield f"Доработать: {activity.title}"
    for activity in [a for a in rows if a.pk not in states][:1]:
        late = activity.due_on < timezone.localdate()
        yield f"По плану{', срок прошёл' if late else f' до {ruday(activity.due_on)}'}: {activity.title}"


STEPS, ACTIVITIES = Source(10, _steps), Source(40, _activities)
