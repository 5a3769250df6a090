"""Short-term, goal-setting: goals before the start, meetings by a schedule, efforts between them (п. 2.3)."""

from datetime import date, timedelta

from mentoring_site.russian import add_months, rudate, rushort
from people.school import workdays
from programs.program.kinds.declaration import CHOICE, DAY, LINES, Ask, Declaration

PACES = (("week", "каждую неделю"), ("fortnight", "раз в две недели"), ("month", "раз в месяц"))
FEWEST = 2


def schedule(first: date, pace: str, last: date) -> list[date]:
    """Return the days of the meetings from ``first`` to ``last``; a day off gives way to the next working day."""
    special = workdays.special_days(first, last + timedelta(days=workdays.HORIZON))
    days: list[date] = []
    n = 0
    while True:
        wanted = add_months(first, n) if pace == "month" else first + timedelta(weeks=n * (1 if pace == "week" else 2))
        if wanted > last:
            return days
        day = workdays.on_or_after(wanted, special)
        if day <= last and day not in days:
            days.append(day)
        n += 1


def planned(program, answers) -> list[date]:
    """Return the schedule of a program by its answers; empty while something is missing."""
    if not (answers.get("first_on") and answers.get("pace") and program.ends_on):
        return []
    return schedule(date.fromisoformat(answers["first_on"]), answers["pace"], program.ends_on)


def _lacking(program, answers):
    if not answers.get("first_on") or not program.starts_on:
        return []
    first = date.fromisoformat(answers["first_on"])
    if not program.starts_on <= first <= program.ends_on:
        return [
            f"первая встреча {rudate(first)} — вне срока программы: с {rudate(program.starts_on)}"
            f" по {rudate(program.ends_on)}"
        ]
    if answers.get("pace") and len(planned(program, answers)) < FEWEST:
        return ["по графику выходит меньше двух встреч: встречайтесь чаще или начните раньше"]
    return []


def _more(program, answers):
    days = planned(program, answers)
    return [("Встречи по графику", ", ".join(rushort(day) for day in days))] if days else []


SHORT = Declaration(
    "short",
    "Цели ставят до начала программы, встречаются по заранее установленному графику, а между встречами наставляемый"
    " работает сам: получает задания и отчитывается о них.",
    (
        Ask(
            "goals",
            "Конкретные цели",
            "Каждая с новой строки: что наставляемый сможет к концу, чтобы это было видно",
            type=LINES,
        ),
        Ask("first_on", "Первая встреча", type=DAY),
        Ask(
            "pace",
            "Как часто встречаются",
            "Дни графика поставит система: без выходных и праздников",
            type=CHOICE,
            choices=PACES,
        ),
        Ask("between", "Что наставляемый делает между встречами", "Задания, по которым видно, что цель ближе"),
    ),
    lacking=_lacking,
    more=_more,
)
