"""The way of one program on a line of days: activities, meetings, checks, suspensions; its hours by month (п. 4.1)."""

from datetime import date, timedelta

from django.utils import timezone

from mentoring_site.charts.chart import Figure, table
from mentoring_site.charts.timeline import Lane, Span, Timeline
from mentoring_site.russian import joined, period, plural, ruday
from people.accounts.models import User
from programs.changes.models import Change
from programs.changes.pause.models import Pause
from programs.journal import hours_pictures
from programs.journal.models import Meeting, MeetingQuerySet
from programs.program.content_presenters import PlanRow, Remarks, plan
from programs.program.models import ActivityResult, Program

TONES = {"done": "done", "late": "late", "others": "going", "you": "going", "stopped": "stopped"}
LEGEND = (
    ("done", "выполнено, подтверждено"),
    ("going", "идёт, на проверке"),
    ("late", "! просрочено"),
    ("ahead", "впереди, ждёт подтверждения"),
    ("stopped", "приостановлено"),
)


def figures(program: Program, user: User) -> list[Figure]:
    """Return the pictures of a program read ``for_page()`` as the user may see them: its way, its hours by month."""
    meetings = Meeting.objects.visible_to(user).filter(program=program)
    way = _way(program, user, meetings)
    if way is None or program.starts_on is None or program.ends_on is None:
        return []
    hours = hours_pictures.of_meetings(
        "program-hours", "Часы встреч по месяцам", meetings, first=program.starts_on, last=_last(program)
    )
    return [way, hours]


def _last(program: Program) -> date:
    last = program.ended_on or program.ends_on
    assert last is not None  # an approved program has its term
    return max(last, timezone.localdate()) if program.state == Program.State.RUNNING else last


def _way(program: Program, user: User, meetings: MeetingQuerySet) -> Figure | None:
    if program.starts_on is None or program.ends_on is None:
        return None
    rows = plan(program, user, Remarks(program, user))
    activities = list(program.activities.all())
    held = list(meetings.order_by("held_on", "pk").with_confirmed().values_list("held_on", "confirmed"))
    checks = ActivityResult.objects.visible_to(user).filter(activity__program=program, checked_at__isnull=False)
    checked = [timezone.localdate(at) for at in checks.order_by("checked_at").values_list("checked_at", flat=True)]
    pauses = list(program.pauses.filter(state=Change.State.REGISTERED).order_by("since"))
    lanes = [
        Lane(a.title, (Span(a.starts_on or a.due_on, a.due_on, TONES.get(row.badge.tone, "ahead")),))
        for a, row in zip(activities, rows, strict=True)
    ]
    lanes.append(Lane("Встречи", days=tuple(Span(on, on, "done" if sure else "ahead") for on, sure in held)))
    if checked:
        lanes.append(Lane("Проверки результатов", days=tuple(Span(day, day, "done") for day in checked)))
    if pauses:
        lanes.append(Lane("Приостановления", tuple(_pause(p, program) for p in pauses)))
    days = [day for a in activities for day in (a.starts_on, a.due_on) if day] + [on for on, _ in held] + checked
    chart = Timeline(
        title="Ход программы",
        desc=f"{plural(len(activities), 'мероприятие,мероприятия,мероприятий')} плана,"
        f" {plural(len(held), 'встреча,встречи,встреч')}, проверки и приостановления на линии дней.",
        first=min([program.started_on or program.starts_on, *days]),
        last=max([_last(program), *days]),
        lanes=tuple(lanes),
        legend=LEGEND if pauses or any(r.badge.tone == "stopped" for r in rows) else LEGEND[:-1],
        today=timezone.localdate(),
    )
    return Figure("way", chart, **_table(rows, held, checked, pauses))


def _pause(pause: Pause, program: Program) -> Span:
    return Span(pause.since, _last_day(pause) or _last(program), "stopped")


def _last_day(pause: Pause) -> date | None:
    """Return the last day of a suspension as it is known now."""
    return pause.resumed_on - timedelta(days=1) if pause.resumed_on else pause.until


def _table(rows: list[PlanRow], held: list[tuple[date, bool]], checked: list[date], pauses: list[Pause]) -> dict:
    lines = [[(row.title, row.url), row.when, row.badge.word] for row in rows]
    if held:
        unsure = sum(not sure for _, sure in held)
        said = f"{len(held)}, без подтверждения {unsure}" if unsure else f"{len(held)}, все подтверждены"
        lines.append(["Встречи", _days([on for on, _ in held]), said])
    if checked:
        lines.append(["Проверки результатов", _days(checked), str(len(checked))])
    lines += [["Приостановление", period(p.since, _last_day(p)), p.reason] for p in pauses]
    return table("Что", "Когда", "Состояние", rows=lines)


def _days(days: list[date]) -> str:
    """«3, 10 и 17 октября»-like words: the last few days, and how many were before them."""
    shown = list(dict.fromkeys(ruday(day) for day in days))
    before = len(shown) - 3
    return joined(shown) if before <= 0 else f"последние: {joined(shown[-3:])}"
