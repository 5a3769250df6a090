"""The calendar: what stands in it for whom, the month and the list, the secret address and its file."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring_site.models import Act
from people.school.models import DayOff, School
from programs.journal.models import Meeting
from programs.journal.planning import acts as planning_acts
from programs.program.models import Activity, Program
from reports.calendar import ics
from reports.calendar.entries import SCHOOL, Entry, entries
from reports.calendar.models import CalendarAddress
from reports.calendar.month import AT_MOST, bounds, weeks
from roadmap.bodies.models import Body
from roadmap.council.models import Minutes
from roadmap.plan import acts as roadmap_acts
from roadmap.plan.models import Task
from tests.programs.journal.kit import make_running, meet, others
from tests.programs.journal.test_planning import come, plan

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.8")]
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def program(cast):
    return make_running(cast)[0]


def around(user, **values):
    """Return the entries of a user a year around today."""
    today = timezone.localdate()
    return entries(user, today - timedelta(days=90), today + timedelta(days=400), **values)


def keys(user, **values):
    return {e.key for e in around(user, **values)}


# --- what stands in it -------------------------------------------------------------------------------------------


def test_mine_are_meetings_deadlines_of_my_programs_and_tasks_of_mine(cast, program):
    held = meet(program, cast.mentor)
    [planned] = plan(program, cast.mentor)
    activity = Activity.objects.get(program=program)
    roadmap = roadmap_acts.submit(roadmap_acts.draft(timezone.localdate().year, by=cast.curator), by=cast.curator)
    roadmap_acts.approve(roadmap, by=cast.clerk, number="38-од", date=timezone.localdate())
    mine, other = Task.objects.filter(stage__roadmap=roadmap, due_on__isnull=False)[:2]
    Task.objects.filter(pk__in=[mine.pk, other.pk]).update(starts_on=None, due_on=timezone.localdate())
    mine.responsible.add(cast.mentor.person)
    expected = {
        f"meeting-{held.pk}",
        f"meeting-{planned.pk}",
        f"activity-{activity.pk}",
        f"program-{program.pk}-start",
        f"program-{program.pk}-end",
        f"task-{mine.pk}",
    }
    assert keys(cast.mentor) == expected
    assert keys(cast.mentee) == expected - {f"task-{mine.pk}"}
    assert {f"task-{mine.pk}", f"task-{other.pk}"} <= keys(cast.curator, scope=SCHOOL)


def test_the_school_is_for_those_who_see_all_programs(cast, program):
    [planned] = plan(program, cast.mentor)
    for name in ("director", "curator", "chair", "council"):
        user = getattr(cast, name)
        assert f"meeting-{planned.pk}" in keys(user, scope=SCHOOL), name
        assert f"meeting-{planned.pk}" not in keys(user), name
    foreign = others(cast)
    make_running(foreign)
    assert f"meeting-{planned.pk}" not in keys(foreign.mentor, scope=SCHOOL)
    assert keys(cast.mentor, scope=SCHOOL) == keys(cast.mentor)


def test_council_days_are_for_those_who_see_minutes(cast, program):
    minutes = Minutes.objects.create(
        organ=Body.objects.get(kind="methodical"),
        body="методический совет",
        body_genitive="методического совета",
        school_year=2026,
        number="4",
        number_key="4",
        held_on=timezone.localdate(),
    )
    assert f"council-{minutes.pk}" in keys(cast.council) and f"council-{minutes.pk}" not in keys(cast.mentor)


def test_a_mentee_of_a_group_does_not_see_meetings_of_the_other(cast):
    program, _ = make_running(cast, mentees=2)
    mentor = program.pairing.participations.get(part="mentor")
    other = program.pairing.participations.filter(part="mentee").exclude(person=cast.mentee.person).get()
    [foreign] = plan(program, cast.mentor, participants=[mentor, other])
    assert f"meeting-{foreign.pk}" in keys(cast.mentor) and f"meeting-{foreign.pk}" not in keys(cast.mentee)


def test_cancelled_meetings_and_plans_of_ended_programs_are_gone(cast, program):
    first, second = plan(program, cast.mentor), plan(program, cast.mentor, starts_at=time(9))
    planning_acts.cancel(first[0], by=cast.mentor, reason="болею")
    assert f"meeting-{first[0].pk}" not in keys(cast.mentor)
    assert f"meeting-{first[0].pk}" in keys(cast.mentor, cancelled=True)
    Program.objects.filter(pk=program.pk).update(state="terminated", ended_on=timezone.localdate())
    assert f"meeting-{second[0].pk}" not in keys(cast.mentor)


def test_an_entry_names_others_by_surname_and_initials_and_says_nothing_of_the_talk(cast, program):
    meet(program, cast.mentor, about="тайное: канарейка")
    plan(program, cast.mentor)
    said = " ".join(f"{e.title} {e.note}" for e in around(cast.mentor))
    assert cast.mentee.person.short_name in said
    assert "канарейка" not in said and cast.mentee.person.full_name not in said


# --- the page ----------------------------------------------------------------------------------------------------


def test_a_month_is_whole_weeks_with_days_off(db):
    DayOff.objects.update_or_create(date=date(2026, 11, 4), defaults={"name": "День единства", "kind": "federal"})
    first = date(2026, 11, 1)
    assert bounds(first) == (date(2026, 10, 26), date(2026, 12, 6))
    many = [Entry(f"e{n}", date(2026, 11, 10), "встреча", f"В {n}", "/x/") for n in range(9)]
    rows = weeks(first, many, date(2026, 11, 30))
    days = {day.on: day for week in rows for day in week}
    assert len(rows) == 6 and all(len(week) == 7 for week in rows)
    assert days[date(2026, 11, 4)].off and days[date(2026, 11, 4)].off_words == "День единства"
    assert days[date(2026, 11, 7)].off and not days[date(2026, 11, 9)].off
    assert days[date(2026, 11, 30)].today and not days[date(2026, 12, 1)].inside
    assert (len(days[date(2026, 11, 10)].entries), days[date(2026, 11, 10)].more) == (AT_MOST, 9 - AT_MOST)
    whole = weeks(first, many, date(2026, 11, 30), whole=True)
    assert sum(len(day.entries) for week in whole for day in week) == 9


def test_the_page_shows_a_month_a_list_and_the_way_to_others(cast, program, as_user):
    [planned] = plan(program, cast.mentor)
    month = f"{planned.held_on:%Y-%m}"
    client = as_user(cast.mentor)
    page = client.get(f"/calendar/?month={month}").content.decode()
    assert f'href="/planned-meetings/{planned.pk}/"' in page and "15:00" in page and "Календарь школы" not in page
    assert f"month={month}&amp;view=list" in page
    listed = client.get(f"/calendar/?month={month}&view=list")
    assert planned.held_on in [day.on for day in listed.context["days"]]
    later = client.get(f"/calendar/?month={month}").context["later"][1]
    assert client.get(later).status_code == 200
    for wrong in ("2026-13", "рано", "1900-01", "9999-12"):
        assert client.get(f"/calendar/?month={wrong}").status_code == 404, wrong
    curator = as_user(cast.curator)
    school = curator.get(f"/calendar/?month={month}&scope=school").content.decode()
    assert "Календарь школы" in school and f'href="/planned-meetings/{planned.pk}/"' in school
    assert 'href="/calendar/"' in curator.get("/home/").content.decode()


def test_further_meetings_cost_no_query(cast, program, as_user):
    client = as_user(cast.mentor)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/calendar/?view=list")
        return len(queries)

    plan(program, cast.mentor, first_on=timezone.localdate())
    asked()
    few = asked()
    for hour in range(8, 14):
        plan(program, cast.mentor, first_on=timezone.localdate(), starts_at=time(hour))
    assert asked() <= few <= 30


# --- the secret address ------------------------------------------------------------------------------------------


def new_address(client):
    """Press the button and return the address that the page shows."""
    assert client.post("/calendar/address/new/").status_code == 302
    found = re.search(r'value="([^"]+/calendar/feed/[^"]+)"', client.get("/calendar/address/").content.decode())
    return "/calendar" + found[1].split("/calendar", 1)[1]


def test_an_address_is_made_replaced_and_revoked(cast, program, as_user):
    client, visitor = as_user(cast.mentor), Client()
    first = new_address(client)
    token = first.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) >= 40 and visitor.get(first).status_code == 200
    [row] = CalendarAddress.objects.all()
    assert token not in f"{row.token_hash}" and len(row.token_hash) == 64
    assert token not in str(list(Act.objects.values())) and token not in str(client.session.items())
    second = new_address(client)
    assert visitor.get(first).status_code == 404 and visitor.get(second).status_code == 200
    assert client.post("/calendar/address/revoke/").status_code == 302
    assert visitor.get(second).status_code == 404
    assert "/calendar/feed/" not in client.get("/calendar/address/").content.decode()
    third = new_address(client)
    again = as_user(cast.mentor)
    assert "/calendar/feed/" not in again.get("/calendar/address/").content.decode()  # another login
    cast.mentor.is_active = False
    cast.mentor.save()
    assert visitor.get(third).status_code == 404 and visitor.get("/calendar/feed/guess.ics").status_code == 404


def test_the_file_is_private_and_only_of_its_owner(cast, program, as_user):
    [planned] = plan(program, cast.mentor, about="тайное: канарейка")
    foreign = others(cast)
    other, _ = make_running(foreign)
    [hidden] = plan(other, foreign.mentor)
    answer = Client().get(new_address(as_user(cast.mentor)))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8" and answer["Cache-Control"].startswith("private")
    assert not answer.cookies
    events = parsed(answer.content.decode())
    assert f"meeting-{planned.pk}" in {e["UID"].split("@")[0] for e in events}
    assert f"meeting-{hidden.pk}" not in {e["UID"].split("@")[0] for e in events}
    assert "канарейка" not in answer.content.decode()


def test_a_meeting_keeps_its_uid_when_it_is_moved_held_and_tells_when_it_is_cancelled(cast, program, as_user):
    [meeting] = plan(program, cast.mentor)
    url = new_address(as_user(cast.mentor))

    def event():
        return next(
            e for e in parsed(Client().get(url).content.decode()) if e["UID"].startswith(f"meeting-{meeting.pk}@")
        )

    first = event()
    assert first["STATUS"] == "CONFIRMED" and first["DTSTART;TZID=Europe/Moscow"] == f"{meeting.held_on:%Y%m%d}T150000"
    assert first["DTEND;TZID=Europe/Moscow"] == f"{meeting.held_on:%Y%m%d}T160000"
    planning_acts.move(
        meeting,
        by=cast.mentor,
        version=1,
        held_on=meeting.held_on,
        starts_at=time(17),
        minutes=60,
        format="online",
        about="",
    )
    moved = event()
    assert moved["DTSTART;TZID=Europe/Moscow"].endswith("T170000") and int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    meet(program, cast.mentor, planned=come(meeting))
    assert event()["UID"] == first["UID"]
    Meeting.every.filter(pk=meeting.pk).update(state="cancelled", cancel_reason="болею")
    assert event()["STATUS"] == "CANCELLED"


def test_the_zone_is_the_schools(cast, program, as_user, monkeypatch):
    plan(program, cast.mentor)
    School.objects.update(time_zone="Asia/Yekaterinburg")
    monkeypatch.setattr("reports.calendar.views.school_zone", lambda: ZoneInfo(School.objects.get().time_zone))
    text = Client().get(new_address(as_user(cast.mentor))).content.decode()
    assert "TZID:Asia/Yekaterinburg" in text and "TZOFFSETTO:+0500" in text
    assert "DTSTART;TZID=Asia/Yekaterinburg:" in text


# --- iCalendar text ------------------------------------------------------------------------------------------------


def parsed(text):
    """Read iCalendar text as RFC 5545 says: unfold, take properties apart, give the events back."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert "VERSION:2.0" in lines and any(line.startswith("PRODID:") for line in lines)
    stack, events = [], []
    for line in lines:
        name, value = line.split(":", 1)
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in events[-1], name
            events[-1][name] = value
    assert stack == []
    for event in events:
        assert {"UID", "DTSTAMP", "SUMMARY"} <= set(event)
    assert len({e["UID"] for e in events}) == len(events)
    return events


def unescape(value):
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


NASTY = 'Тень; свет, «и» обратная \\ черта\nвторая строка: END:VCALENDAR \U0001f3b9 "кавычки"'


def test_texts_are_escaped_and_long_lines_folded_between_letters():
    rows = [
        Entry("a-1", date(2026, 12, 1), "встреча", NASTY * 3, "/x/", at=time(23, 30), minutes=90, note="Ж" * 500),
        Entry("a-2", date(2026, 12, 31), "совет", "Заседание", "/y/"),
    ]
    text = ics.calendar(rows, name=NASTY, site="https://school.example", host="school.example", zone=MOSCOW, now=NOW)
    first, second = parsed(text)
    assert unescape(first["SUMMARY"]) == NASTY * 3 and unescape(first["DESCRIPTION"]) == "Ж" * 500
    assert first["UID"] == "a-1@school.example" and first["URL"] == "https://school.example/x/"
    assert first["DTSTART;TZID=Europe/Moscow"] == "20261201T233000"
    assert first["DTEND;TZID=Europe/Moscow"] == "20261202T010000"
    assert (second["DTSTART;VALUE=DATE"], second["DTEND;VALUE=DATE"]) == ("20261231", "20270101")
    assert "TZOFFSETTO:+0300" in text and first["DTSTAMP"] == "20261130T120000Z"
    assert parsed(ics.calendar([], name="Пусто", site="", host="x", zone=MOSCOW, now=NOW)) == []


@pytest.mark.parametrize("length", [1, 74, 75, 76, 149, 150, 300])
def test_a_folded_line_unfolds_to_itself(length):
    for sign in ("a", "я", "\U0001f3b9"):
        line = sign * length
        folded = ics.fold(line)
        assert folded.replace("\r\n ", "") == line
        assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
