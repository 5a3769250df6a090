"""A program of the year before, brought in by a workbook: three orders without scans, the pair, its program."""

import io
from datetime import date
from hashlib import sha256
from typing import Any

import openpyxl
from django.utils import timezone

from people.banks.models import Candidate
from programs.completion.models import Completion
from reports.orders.order_kinds.registry import KINDS
from reports.past import acts
from reports.past.sheets import ORDERS, PAIRS, PROGRAMS


def year_before(demo: Any, days_ago: int):
    """The curator brings in what was done on paper before the system came."""
    yield days_ago
    curator = demo.user("curator")
    mentor = Candidate.objects.filter(part="mentor", state=Candidate.State.APPOINTED).order_by("pk").first()
    mentee = Candidate.objects.filter(part="mentee", state=Candidate.State.APPROVED).order_by("pk").first()
    if mentor is None or mentee is None or mentor.person_id == mentee.person_id:
        return
    content = workbook(mentor.person.full_name, mentee.person.full_name, timezone.localdate().year - 2)
    name = "Наставничество прежних лет.xlsx"
    upload, _ = acts.take(content, name=name, sha256=sha256(content).hexdigest(), by=curator)
    acts.start(upload, by=curator)
    acts.write_import.call(upload.pk)


def workbook(mentor: str, mentee: str, year: int) -> bytes:
    """Return the book of one completed program."""
    papers = {
        "assignment": ("12-од", date(year, 9, 10)),
        "programs": ("15-од", date(year, 9, 24)),
        "completion": ("27-од", date(year + 1, 6, 2)),
    }
    orders = [{"number": n, "date": day, "kind": KINDS[kind].label} for kind, (n, day) in papers.items()]
    pair = {
        "code": "1",
        "mentor": mentor,
        "mentees": mentee,
        "since": date(year, 9, 10),
        "order_number": "12-од",
        "order_date": date(year, 9, 10),
    }
    program = {
        "code": "1",
        "title": "Концертный класс: первые шаги",
        "goal": "Самостоятельно вести концертный класс",
        "starts_on": date(year, 10, 1),
        "ends_on": date(year + 1, 5, 29),
        "order_number": "15-од",
        "order_date": date(year, 9, 24),
        "ended_on": date(year + 1, 5, 29),
        "reason": Completion.Reason.PLAN_DONE.label,
        "end_number": "27-од",
        "end_date": date(year + 1, 6, 2),
    }
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for kind, rows in ((ORDERS, orders), (PAIRS, [pair]), (PROGRAMS, [program])):
        sheet = book.create_sheet(kind.name)
        sheet.append([column.name for column in kind.columns])
        for row in rows:
            sheet.append([row.get(column.code) for column in kind.columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
