"""Journeys: ways of several steps for those who run the school; a step closes by facts of the database, not by a tick.

Each feature with a step has a module ``journey.py``; the app registers its steps when it is ready, like
``mentoring_site.inbox``. A home shows the journey that is open; while it is, every page of the cabinet leads on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.shortcuts import resolve_url

from mentoring_site.rights import BaseRight
from mentoring_site.russian import joined, plural

Evidence = Callable[[], Any]
"""Return a condition for the database: ``Exists(…)``, ``~Exists(…)``, several joined by ``&`` and ``|``."""
SESSION_KEY = "journey"  # the code of the journey that the home has shown: other pages ask only then
State = Literal["done", "now", "wait", "ahead"]


@dataclass(frozen=True)
class Step:
    """One step: what is to be done, whose it is, where, how long it takes, and by what it closes.

    ``right`` opens the form, ``url`` returns its address (asked only while the step is the user's to take), ``after``
    are the keys of steps that come before. ``actions`` is about how many clicks, choices and fields it takes; ``group``
    is the part of the journey under which its own page shows the step.
    """

    key: str
    position: int
    title: str  # «Загрузите список сотрудников»
    why: str
    right: BaseRight
    url: Callable[[], str]
    verb: str
    evidence: Evidence
    actions: int
    minutes: int
    after: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Journey:
    """A way of steps. ``rights``: who travels it; it is open from the day ``begins`` says so until ``over`` holds."""

    code: str
    title: str
    lead: str
    rights: tuple[BaseRight, ...]
    over: Evidence
    begins: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class StepRow:
    """A step as ``components/journey.html`` shows it."""

    title: str
    why: str
    state: State
    who: str
    url: str
    verb: str
    cost: str
    primary: bool = False
    group: str = ""
    actions: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, by whomever."""
        return self.state != "done"

    @property
    def is_now(self) -> bool:
        """Whether the user can take it now."""
        return self.state == "now"


@dataclass(frozen=True)
class Progress:
    """An open journey as a user sees it: what is next for this user, or whose move it is."""

    code: str
    title: str
    lead: str
    rows: tuple[StepRow, ...]
    done: int
    total: int
    left: str
    waits: str
    home: str

    @property
    def groups(self) -> list[tuple[str, list[StepRow]]]:
        """The steps under the parts of the journey, in their order; steps without a part come last."""
        found: dict[str, list[StepRow]] = {}
        for row in self.rows:
            found.setdefault(row.group, []).append(row)
        return list(found.items())

    @property
    def count(self) -> str:
        """Return «сделано 4 из 12»."""
        return f"сделано {self.done} из {self.total}"

    @property
    def next(self) -> StepRow | None:
        """The first step that the user can take now."""
        return next((row for row in self.rows if row.state == "now"), None)

    @property
    def rows_now(self) -> tuple[StepRow, ...]:
        """What can be done now, by the user or by somebody else, in order."""
        return tuple(row for row in self.rows if row.state in ("now", "wait"))

    @property
    def rows_ahead(self) -> tuple[StepRow, ...]:
        """What opens when steps before it are done, folded."""
        return tuple(row for row in self.rows if row.state == "ahead")

    @property
    def done_rows(self) -> tuple[StepRow, ...]:
        """What is done, folded away."""
        return tuple(row for row in self.rows if row.state == "done")


_JOURNEYS: dict[str, Journey] = {}
_STEPS: dict[str, dict[str, Step]] = {}


def register(*journeys: Journey) -> None:
    """Add journeys; the first that is open is the one that is shown. Called once by an app when it is ready."""
    _JOURNEYS.update((journey.code, journey) for journey in journeys)


def add(code: str, *steps: Step) -> None:
    """Add steps to a journey; a later registration of the same key replaces the earlier one."""
    _STEPS.setdefault(code, {}).update((step.key, step) for step in steps)


def steps_of(code: str) -> list[Step]:
    """Return the steps of a journey in their order."""
    return sorted(_STEPS.get(code, {}).values(), key=lambda step: step.position)


def open_for(user: Any, *, brief: bool = False) -> Progress | None:
    """Return the journey that is open for the user, or None: one query, and those of addresses that lead on.

    ``brief`` asks for no address but that of the next step.
    """
    for journey in _JOURNEYS.values():
        if journey.begins() and any(user.can(right) for right in journey.rights):
            progress = _look(journey, user, brief=brief)
            if progress is not None:
                return progress
    return None


def whole(code: str, user: Any) -> Progress:
    """Return a journey with all its steps, whether it is open or over: for a page of its own."""
    found = _look(_JOURNEYS[code], user, brief=False, always=True)
    assert found is not None, "always"
    return found


def is_traveller(code: str, user: Any) -> bool:
    """Whether a journey is the user's to travel."""
    return any(user.can(right) for right in _JOURNEYS[code].rights)


def _look(journey: Journey, user: Any, *, brief: bool, always: bool = False) -> Progress | None:
    """Ask the database about all steps at once; None when the journey is over, unless it is looked at ``always``."""
    steps = steps_of(journey.code)
    over, *closed = answers([journey.over, *(step.evidence for step in steps)])
    if not always and (over or all(closed)):
        return None
    done = {step.key for step, is_closed in zip(steps, closed, strict=True) if is_closed}
    rows, taken = [], False
    for step in steps:
        state = _state(step, done, user)
        first = state == "now" and not taken
        rows.append(_row(step, state, primary=first, leads=first or (state == "now" and not brief)))
        taken = taken or state == "now"
    left = [step for step in steps if step.key not in done]
    return Progress(
        code=journey.code,
        title=journey.title,
        lead=journey.lead,
        rows=tuple(rows),
        done=len(done),
        total=len(steps),
        left=_left(left, user),
        waits="" if taken else _waits(left, done),
        home=resolve_url(settings.LOGIN_REDIRECT_URL),
    )


def answers(conditions: Iterable[Evidence]) -> tuple[bool, ...]:
    """Return whether each condition holds: one query, on a table that always has a row."""
    asked = {f"step_{n}": _condition(evidence()) for n, evidence in enumerate(conditions)}
    return ContentType.objects.order_by().annotate(**asked).values_list(*asked)[:1][0]


def _condition(found: Any) -> Any:
    return ExpressionWrapper(found, BooleanField()) if isinstance(found, Q) else found


def _state(step: Step, done: set[str], user: Any) -> State:
    if step.key in done:
        return "done"
    if not set(step.after) <= done:
        return "ahead"
    return "now" if user.can(step.right) else "wait"


def _row(step: Step, state: State, *, primary: bool, leads: bool) -> StepRow:
    return StepRow(
        title=step.title,
        why=step.why,
        state=state,
        who="" if state == "now" else joined(step.right.holders, "или"),
        url=step.url() if leads else "",
        verb=step.verb,
        cost=f"{plural(step.actions, 'действие,действия,действий')}, {plural(step.minutes, 'минута,минуты,минут')}",
        primary=primary,
        group=step.group,
        actions=step.actions,
    )


def _left(left: list[Step], user: Any) -> str:
    """Return «осталось около 30 действий, из них Ваших 12»."""
    every, own = sum(s.actions for s in left), sum(s.actions for s in left if user.can(s.right))
    said = f"осталось около {plural(every, 'действия,действий,действий')}"
    return said if own in (0, every) else f"{said}, из них Ваших {own}"


def _waits(left: list[Step], done: set[str]) -> str:
    """Say whose move it is when the user has none."""
    step = next((step for step in left if set(step.after) <= done), None)
    return f"Сейчас ход не Ваш: {joined(step.right.holders, 'или')}. {step.title}" if step else ""


def remember(request: Any, progress: Progress | None) -> None:
    """Note in the session whether a journey is open: other pages show the way on only while it is."""
    code = progress.code if progress else None
    if request.session.get(SESSION_KEY) != code:
        request.session[SESSION_KEY] = code


def on_the_way(request: Any) -> dict[str, Any]:
    """Context processor: the open journey of a user whose home has shown one, for the line above a page's heading."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not request.session.get(SESSION_KEY):
        return {}
    if request.path == resolve_url(settings.LOGIN_REDIRECT_URL):
        return {}
    return {"journey_line": open_for(user, brief=True)}
