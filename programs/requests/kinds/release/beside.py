"""What falls on lessons, beside an activity or a planned meeting, with the way to a release in one press (п. 1.4)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.ui.elements import Action
from people.accounts.models import User
from programs.journal.beside import Beside, Mark
from programs.program.models import Activity, Program
from programs.requests.kinds.release import acts
from programs.requests.kinds.release.kind import release_url
from programs.requests.kinds.release.models import LessonTime


def beside(user: User, program: Program, thing: Any) -> Beside:
    """Return the marks that the user sees and the button of a new one; one query."""
    kind = "activity" if isinstance(thing, Activity) else "meeting"
    rows = LessonTime.objects.visible_to(user).filter(**{kind: thing}).select_related("person", "activity", "meeting")
    found = list(rows.prefetch_related("releases__request"))
    running = program.state == Program.State.RUNNING
    return Beside(
        tuple(_mark(row, user, running=running) for row in found),
        tuple(_new(user, program, thing, kind, {row.person_id for row in found})) if running else (),
    )


def _mark(row: LessonTime, user: User, *, running: bool) -> Mark:
    words = f"Приходится на уроки: {row.person.short_name}, {row.when}"
    asked = next((one.request for one in row.releases.all() if one.request.state not in ("withdrawn", "lapsed")), None)
    if asked:
        return Mark(f"{words}. Освобождение: {asked.state_words}", _opened(asked, user))
    may = acts.may_flag(program=row.program, person=row.person_id, user=user) and running
    ahead = row.day >= timezone.localdate()
    ask = Action("release", "Попросить об освобождении", release_url(row))
    return Mark(
        words,
        (ask,) if may and ahead else (),
        reverse("programs:lesson_time_drop", args=[row.pk]) if may else "",
    )


def _opened(asked: Any, user: User) -> tuple[Action, ...]:
    known = type(asked).objects.visible_to(user).filter(pk=asked.pk).exists()
    return (Action("asked", "Открыть просьбу", asked.get_absolute_url()),) if known else ()


def _new(user: User, program: Program, thing: Any, kind: str, marked: set[int]) -> list[Action]:
    day = thing.due_on if kind == "activity" else thing.held_on
    people = {p.person_id for p in program.pairing.people if p.until is None}
    mine = {user.person_id} & people or {person for person in people if acts.may_flag(program, person, user)}
    if day < timezone.localdate() or not mine - marked:
        return []
    url = reverse(f"programs:{kind}_lesson_time", args=[thing.pk])
    return [Action("lesson_time", "Приходится на уроки?", url)]
