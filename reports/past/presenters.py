"""What the pages of an import show: figures, rows, consequences, what was written."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mentoring_site.russian import plural, plural_word, rushort
from mentoring_site.ui.elements import Fact
from people.accounts.models import User
from people.rights import Right
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.orders.models import Order
from reports.past.forms import DoubtsForm
from reports.past.models import PastImport
from reports.past.plan import Plan, PlanRow
from reports.past.writing import why_not

ROWS = "строка,строки,строк"
SHOWN = 100
NAMED = 50
FIGURES = {
    "new": "новая строка,новые строки,новых строк",
    "changed": "дополнит,дополнят,дополнят",
    "unchanged": "уже есть,уже есть,уже есть",
    "doubtful": "под вопросом,под вопросом,под вопросом",
    "refused": "отказана,отказаны,отказано",
    "skipped": "решено не вносить,решено не вносить,решено не вносить",
}
TITLES = {
    "refused": "Отказано: исправьте в книге",
    "doubtful": "Ждут ответа",
    "new": "Будут внесены",
    "changed": "Дополнят то, что уже есть",
    "unchanged": "Уже есть, ничего не изменится",
    "skipped": "Решено не вносить",
}
WHAT = {
    "orders": "приказ,приказа,приказов",
    "pairings": "пара или группа,пары и группы,пар и групп",
    "programs": "программа,программы,программ",
    "consents": "согласие,согласия,согласий",
}


@dataclass(frozen=True)
class Line:
    """One row of a table: where it stands, what it is about, what is said."""

    sheet: str
    number: int
    name: str
    url: str
    said: list[str]


@dataclass(frozen=True)
class Table:
    """The rows that come to the same."""

    code: str
    title: str
    lines: list[Line]
    total: int
    more: str


def check(upload: PastImport, plan: Plan, form: DoubtsForm, user: User) -> dict[str, Any]:
    """Return the context of the check: the sum first, then what needs a decision, the rest folded."""
    counts = plan.counts
    tables = {code: _table(code, plan, user) for code in TITLES}
    waits_for_curator = plan.needs_curator and not user.can(Right.PAPER_ENTER)
    return {
        "upload": upload,
        "form": form,
        "figures": [
            (counts[c], plural_word(counts[c], forms)) for c, forms in FIGURES.items() if counts[c] or c == "new"
        ],
        "sum": _sum(plan, form),
        "problems": plan.raw.problems,
        "notes": plan.raw.notes,
        "refused": tables.pop("refused"),
        "tables": [table for table in tables.values() if table.total],
        "may_write": bool(plan.to_write) and not waits_for_curator,
        "waits_for_curator": bool(plan.to_write) and waits_for_curator,
        "who": Right.PAPER_ENTER.who,
    }


def _sum(plan: Plan, form: DoubtsForm) -> str:
    ready = len(plan.to_write)
    parts = [
        f"Внести уже можно: {plural(ready, 'строку,строки,строк')}." if ready else "",
        f"{plural(form.undecided, 'вопрос ждёт,вопроса ждут,вопросов ждут')} Вашего решения." if form.undecided else "",
        f"Исправить в книге: {plural(plan.counts['refused'], 'строку,строки,строк')}."
        if plan.counts["refused"]
        else "",
    ]
    return " ".join(filter(None, parts)) or "Вносить нечего: всё, что есть в книге, здесь уже стоит."


def _table(code: str, plan: Plan, user: User) -> Table:
    rows = [row for row in plan.rows if row.outcome == code]
    lines = [_line(row, user) for row in rows[:SHOWN]]
    more = plural(len(rows) - SHOWN, ROWS) if len(rows) > SHOWN else ""
    return Table(code, TITLES[code], lines, len(rows), more)


def _line(row: PlanRow, user: User) -> Line:
    said = [*why_not(row), *row.changes, *row.notes] if row.outcome != "new" else row.notes
    opens = {"orders": Right.ORDERS_SEE_ALL, "pairs": Right.PAIRINGS_SEE_ALL, "programs": Right.PROGRAMS_SEE_ALL}
    url = row.known.get_absolute_url() if row.known and user.can(opens[row.raw.sheet.code]) else ""
    return Line(row.raw.sheet.name, row.raw.number, row.name, url, said)


def consequences(plan: Plan) -> list[str]:
    """Return what «Внести» does, in lines."""
    amounts = (
        (sum(row.outcome == "new" for row in plan.orders), "orders"),
        (sum(row.outcome == "new" for row in plan.pairs), "pairings"),
        (sum(row.outcome == "new" for row in plan.programs), "programs"),
    )
    counts = plan.counts
    lines = [f"Будет внесено: {plural(n, WHAT[what])}" for n, what in amounts if n]
    if counts["changed"]:
        lines.append(f"Дополнено: {plural(counts['changed'], ROWS)}")
    left = counts["doubtful"] + counts["refused"] + counts["skipped"]
    if left:
        lines.append(f"Не войдёт: {plural(left, ROWS)}. Их можно исправить и загрузить другой книгой")
    return [
        *lines,
        "Всё внесённое будет помечено: из прежних документов, кто и когда внёс",
        "Согласования, визы и подписи остаются на бумаге: здесь они не появятся",
        "Писем никто не получит",
        "Сканы приказов Вы приложите потом, на странице каждого приказа",
    ]


def progress(upload: PastImport) -> dict[str, Any] | None:
    """Return the state of the writing for the page, or None when it is over."""
    if upload.committed_at or not upload.started_at:
        return None
    return {
        "label": f"{plural(len(upload.promised), ROWS)} в книге",
        "poll_url": reverse("reports:past_progress", args=[upload.pk]),
    }


def result(upload: PastImport, user: User) -> dict[str, Any]:
    """Return the context of a written workbook."""
    written = upload.result["written"]
    by = upload.committed_by
    return {
        "upload": upload,
        "taken_back": _taken_back(upload),
        "facts": [
            Fact("Файл", upload.file.name, url=reverse("reports:past_file", args=[upload.pk])),
            Fact("Внесена", f"{rushort(upload.committed_at)}, {by.person.short_name}" if by else ""),
            *[Fact(title, plural(written[name], WHAT[name])) for name, title in _TOTALS if written[name]],
            Fact("Не внесено", plural(len(upload.result["left_out"]), ROWS)),
        ],
        "groups": [] if upload.taken_back_at else _groups(upload, user),
        "left_out": upload.result["left_out"],
        "bare_url": f"{reverse('reports:orders')}?scan=no" if written["orders"] else "",
    }


_TOTALS = (
    ("orders", "Приказы"),
    ("pairings", "Пары и группы"),
    ("programs", "Программы"),
    ("consents", "Согласия на бумаге"),
)


def _taken_back(upload: PastImport) -> str:
    if not upload.taken_back_at or upload.taken_back_by is None:
        return ""
    return f"{rushort(upload.taken_back_at)}, {upload.taken_back_by.person.short_name}"


def _groups(upload: PastImport, user: User) -> list[dict[str, Any]]:
    """Return what was written and the user may open, with addresses."""
    made = upload.undo.get("made", {})

    def keys(model: type) -> list[int]:
        return made.get(model._meta.label, [])[:NAMED]  # type: ignore[attr-defined]

    orders = Order.objects.visible_to(user).filter(pk__in=keys(Order)).defer("facts", "points", "preamble")
    pairings = Pairing.objects.visible_to(user).filter(pk__in=keys(Pairing)).with_people().order_by("assigned_on", "pk")
    programs = Program.objects.visible_to(user).filter(pk__in=keys(Program)).order_by("starts_on", "pk")
    found = (
        ("Приказы", [(str(order), order.heading, order.get_absolute_url()) for order in orders.order_by("date", "pk")]),
        ("Пары и группы", [(pairing_title(p), p.get_state_display(), p.get_absolute_url()) for p in pairings]),
        ("Программы", [(p.title, p.get_state_display(), p.get_absolute_url()) for p in programs]),
    )
    return [{"title": title, "rows": rows} for title, rows in found if rows]


def what_goes(upload: PastImport) -> list[str]:
    """Return what taking back would do, in lines."""
    written, changed = upload.result["written"], len(upload.undo.get("changed", ()))
    lines = [f"Исчезнет: {plural(written[name], WHAT[name])}" for name, _ in _TOTALS if written[name]]
    if changed:
        lines.append(f"Станет пустым то, что было дополнено: {plural(changed, 'запись,записи,записей')}")
    return [*lines, "Файл останется: исправленную книгу можно загрузить снова"]
