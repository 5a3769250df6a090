"""Hours of mentoring by month: what counts, who sees whose, the memo and the workbook, constant queries."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.journal import acts as journal_acts
from programs.journal import hours
from programs.journal.models import Meeting
from programs.program.models import Program
from tests.programs.journal.kit import make_running, meet, others
from tests.programs.program.test_documents import text_of_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.10")]


def confirmed(program, cast, **values):
    """A meeting that both sides have confirmed."""
    meeting = meet(program, cast.mentor, **values)
    for attendance in meeting.attendances.filter(confirmed_at__isnull=True):
        journal_acts.confirm_meeting(attendance, by=cast.curator)
    return meeting


@pytest.fixture
def month(cast):
    """The program of the cast with two confirmed meetings and one that waits, another's with one."""
    program, _ = make_running(cast)
    confirmed(program, cast, minutes=45, about="тайное: канарейка")
    confirmed(program, cast, minutes=60)
    meet(program, cast.mentor, minutes=90)
    other = others(cast)
    foreign, _ = make_running(other)
    confirmed(foreign, other, minutes=30)
    return program, foreign


def test_only_confirmed_meetings_count(cast, month):
    found = hours.of_month(cast.curator, timezone.localdate().replace(day=1))
    mine = next(m for m in found.mentors if m.person == cast.mentor.person)
    assert [m.minutes for m in mine.meetings] == [45, 60] and mine.minutes == 105
    assert (
        found.minutes == 135 and hours.hours_words(135) == "2\u00a0ч\u00a015\u00a0мин" and hours.in_hours(135) == "2,25"
    )
    assert [(m.minutes, m.silent) for m in found.unconfirmed] == [(90, cast.mentee.person.short_name)]


def test_a_mentor_sees_own_hours_and_the_clerk_all(cast, as_user, month):
    foreign = month[1].pairing.participations.get(part="mentor").person.full_name
    for name in ("curator", "clerk", "director"):
        page = as_user(getattr(cast, name)).get("/programs/hours/").content.decode()
        assert cast.mentor.person.full_name in page and foreign in page and "канарейка" not in page, name
    page = as_user(cast.mentor).get("/programs/hours/").content.decode()
    assert cast.mentor.person.full_name in page and foreign not in page
    for name in ("mentee", "stranger", "chair", "sysadmin"):
        page = as_user(getattr(cast, name)).get("/programs/hours/").content.decode()
        assert "встреч не записано" in page and cast.mentor.person.full_name not in page, name
        words = text_of_pdf(as_user(getattr(cast, name)).get("/programs/hours/memo.pdf"))
        assert cast.mentor.person.full_name not in words, name


def test_the_memo_and_the_workbook(cast, as_user, month):
    words = text_of_pdf(as_user(cast.clerk).get("/programs/hours/memo.pdf"))
    for part in (
        "СЛУЖЕБНАЯ ЗАПИСКА",
        "2 ч 15 мин",
        "Не подтверждено и в сумму не вошло",
        "приказ о закреплении от",
        "от специалиста по кадрам",
        cast.director.person.last_name[:6],
    ):
        assert part in words, part
    assert "канарейка" not in words
    response = as_user(cast.mentor).get("/programs/hours/?format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert sum(cast.mentor.person.full_name in row for row in rows) == 2
    assert sum(cast.mentee.person.short_name in row and 90 in row for row in rows) == 1


def test_a_month_is_chosen(cast, as_user, month):
    program = month[0]
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    Program.objects.filter(pk=program.pk).update(started_on=last - timedelta(days=40))
    Meeting.objects.filter(minutes=60).update(held_on=last)
    client = as_user(cast.mentor)
    response = client.get(f"/programs/hours/?month={last:%Y-%m}")
    found = response.context["found"]
    assert [len(m.meetings) for m in found.mentors] == [1] and found.words == "1\u00a0ч"
    assert client.get("/programs/hours/").context["months"][1][0] == f"{last:%Y-%m}"
    assert client.get("/programs/hours/?month=вчера").status_code == 404
    assert hours.month_words(date(2026, 9, 1)) == "сентябрь 2026\u00a0г."


def test_queries_do_not_grow(cast, as_user, month):
    client, counts = as_user(cast.curator), []
    client.get("/programs/hours/")
    for step in (20, 30):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/programs/hours/").status_code == 200
        counts.append(len(queries))
        for n in range(3):
            confirmed(month[0], cast, minutes=step + 100 + n)
    assert counts[0] == counts[1]
