"""Workbooks of the past for tests: real XLSX files with the columns of the sample, in any order."""

import io
from datetime import date
from hashlib import sha256

import openpyxl

from reports.past import acts
from reports.past.sheets import SHEETS
from tests.factories import make_person

CLEAR = "план мероприятий выполнен в полном объёме"
ASSIGNMENT = "О закреплении наставнических пар (групп)"
PROGRAMS = "Об утверждении персонализированных программ наставничества"
COMPLETION = "О завершении персонализированной программы наставничества"


def order(number="17-од", day=date(2026, 2, 2), kind=ASSIGNMENT, **values):
    """A row of «Приказы»."""
    return {"number": number, "date": day, "kind": kind} | values


def pair(mentor, *mentees, **values):
    """A row of «Пары и группы» with consents on paper."""
    return {
        "code": "1",
        "mentor": getattr(mentor, "full_name", mentor),
        "mentees": "; ".join(getattr(mentee, "full_name", mentee) for mentee in mentees),
        "since": date(2026, 2, 2),
        "order_number": "17-од",
        "order_date": date(2026, 2, 2),
        "mentor_processing": date(2026, 1, 26),
        "mentee_processing": date(2026, 1, 26),
    } | values


def program(title="Подготовка к конкурсу", **values):
    """A row of «Программы» that goes on."""
    return {
        "code": "1",
        "title": title,
        "goal": "Вести концертный класс самостоятельно",
        "starts_on": date(2026, 2, 9),
        "ends_on": date(2026, 12, 25),
        "order_number": "19-од",
        "order_date": date(2026, 2, 5),
        "state": "идёт",
    } | values


def running(**values):
    """A row of «Программы» that goes on and was approved by the order of its pair."""
    return program() | {"order_number": "17-од", "order_date": date(2026, 2, 2)} | values


def ended(**values):
    """A row of «Программы» that is completed by an order."""
    return (
        program()
        | {
            "state": "завершена",
            "ends_on": date(2026, 6, 30),
            "ended_on": date(2026, 6, 30),
            "reason": CLEAR,
            "end_number": "31-од",
            "end_date": date(2026, 6, 30),
        }
        | values
    )


def orders_of_program():
    """The three orders of a program that is completed."""
    return [order(), order("19-од", date(2026, 2, 5), PROGRAMS), order("31-од", date(2026, 6, 30), COMPLETION)]


def book(orders=(), pairs=(), programs=(), *, reverse=False, above=0):
    """Return a workbook; ``reverse`` turns the columns round, ``above`` puts empty-handed rows over the heading."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for kind, rows in zip(SHEETS.values(), (orders, pairs, programs), strict=True):
        if not rows:
            continue
        sheet = made.create_sheet(kind.name)
        columns = list(reversed(kind.columns)) if reverse else list(kind.columns)
        for n in range(above):
            sheet.append([f"Наставничество, лист {n + 1}"])
        sheet.append([column.name for column in columns])
        for row in rows:
            sheet.append([row.get(column.code) for column in columns])
    return saved(made)


def saved(made) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def take(cast, content: bytes, by=None):
    """Store a workbook as an upload does."""
    upload, _ = acts.take(content, name="Прежние.xlsx", sha256=sha256(content).hexdigest(), by=by or cast.curator)
    return upload


def bring_in(cast, content: bytes, by=None):
    """Take a workbook and write it, as the worker does."""
    upload = take(cast, content, by)
    acts.start(upload, by=by or cast.curator)
    assert acts.write_import.call(upload.pk), type(upload).objects.get(pk=upload.pk).problem
    upload.refresh_from_db()
    return upload


def two():
    """A mentor and a mentee who work here."""
    return make_person(), make_person()
