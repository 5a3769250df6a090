"""What a changed sample would add to a program and change in it, and what stays as it is (п. 7.2)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from people.school import workdays
from programs.catalogs.models import TemplateActivity
from programs.program.models import Activity, Program
from programs.program.states import IN_FORCE

WORDS = ("title", "responsible", "expected_result", "evidence")
"""What a line of a sample gives to an activity; the dates of a program that runs stay its own."""


@dataclass(frozen=True)
class Effect:
    """One line of the sample: ``kind`` is «added», «changed» or «kept» with the reason in ``why``."""

    kind: str
    source: TemplateActivity
    activity: Activity | None
    due_on: date | None
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    why: str = ""


def offered() -> QuerySet[Program, Any]:
    """Return programs in force whose sample has changed since its changes were last looked at."""
    newer = TemplateActivity.objects.filter(template=OuterRef("template"), changed_at__gt=OuterRef("template_seen_at"))
    return Program.objects.filter(Exists(newer), state__in=IN_FORCE, ends_on__gt=timezone.localdate())


def effects(program: Program) -> list[Effect]:
    """Return what the present sample would do to the plan of a program; nothing while it is known already."""
    if program.template_id is None or program.template_seen_at is None:
        return []
    lines = TemplateActivity.objects.filter(template=program.template_id, changed_at__gt=program.template_seen_at)
    known = {a.source_id: a for a in program.activities.all() if a.source_id}
    done = set(program.activities.filter(results__isnull=False).values_list("pk", flat=True))
    found = [_effect(program, line, known.get(line.pk), done) for line in lines.order_by(F("week"), "position", "pk")]
    return [effect for effect in found if effect is not None]


def _effect(program: Program, line: TemplateActivity, activity: Activity | None, done: set[int]) -> Effect | None:
    new = tuple(getattr(line, name) for name in WORDS)
    if activity is None:
        due_on = _day(program, line)
        if due_on is None:
            return Effect("kept", line, None, None, new=new, why="до конца программы нет рабочего дня")
        return Effect("added", line, None, due_on, new=new)
    old = tuple(getattr(activity, name) for name in WORDS)
    if old == new:
        return None
    if activity.pk in done:
        return Effect("kept", line, activity, activity.due_on, old, new, "уже выполняют: менять нельзя")
    return Effect("changed", line, activity, activity.due_on, old, new)


def _day(program: Program, line: TemplateActivity) -> date | None:
    """Return the working day of a new activity: by its week from the start, but not before tomorrow."""
    if program.starts_on is None or program.ends_on is None:
        return None
    tomorrow = timezone.localdate() + timedelta(days=1)
    first = max(program.starts_on, tomorrow)
    if first > program.ends_on:
        return None
    wanted = program.starts_on + timedelta(weeks=line.week)
    special = workdays.special_days(
        first - timedelta(days=workdays.HORIZON), program.ends_on + timedelta(days=workdays.HORIZON)
    )
    day = workdays.inside(wanted, first, program.ends_on, special)
    return day if workdays.is_workday(day, special) else None


def amended_plan(plan: list[dict], found: list[Effect], statements: list[int]) -> list[dict]:
    """Return the plan of an amendment with the effects; a new activity serves all difficulties, as from a sample."""
    changed = {e.activity.pk: e for e in found if e.kind == "changed" and e.activity}
    lines = [
        line | dict(zip(WORDS, changed[line["pk"]].new, strict=True)) if line["pk"] in changed else line
        for line in plan
    ]
    for effect in found:
        if effect.kind == "added":
            lines.append(
                {
                    "pk": None,
                    "starts_on": "",
                    "due_on": str(effect.due_on),
                    "statements": statements,
                    "source": effect.source.pk,
                }
                | dict(zip(WORDS, effect.new, strict=True))
            )
    return lines
