"""Whom to help today: what is read from the database, the page, the desk, and letters to those concerned."""

import io
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from mentoring_site import mail
from mentoring_site.models import OutboxMail
from people.absences import acts as absences
from people.consents.models import Consent
from people.school.models import DayOff
from programs.attention import inbox, nudges
from programs.attention.facts import facts_of
from programs.attention.look import look
from programs.attention.models import Nudge
from programs.attention.rules import State
from programs.journal import acts as journal_acts
from programs.journal.models import Meeting
from programs.journal.silence import silences
from programs.program.models import Activity, Program
from tests.programs.journal.kit import make_running, meet, others, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.10")]
PAGE = "/programs/attention/"


@pytest.fixture
def program(cast):
    """A program that has run for 60 days, far from its end, with a plan that nothing is late in."""
    program, _ = make_running(cast)
    far = timezone.localdate() + timedelta(days=100)
    Program.objects.update(ends_on=far, earliest_end=far, latest_end=far)
    Activity.objects.update(due_on=far)
    program.refresh_from_db()
    return program


def day(n):
    return timezone.localdate() + timedelta(days=n)


def met(program, cast, days_ago):
    return meet(program, cast.mentor, held_on=day(-days_ago))


def silence(program):
    found = silences(Program.objects.all(), 1)
    return found[program.pk].days if program.pk in found else 0


# --- silence -------------------------------------------------------------------------------------------------------


def test_days_are_counted_from_the_last_meeting_or_from_the_start(program, cast):
    DayOff.objects.all().delete()
    assert silence(program) == 60
    met(program, cast, 24)
    assert silence(program) == 24
    met(program, cast, 0)
    assert silence(program) == 0


def test_days_off_suspensions_and_absences_do_not_count(program, cast):
    DayOff.objects.all().delete()
    met(program, cast, 24)
    DayOff.objects.create(date=day(-20), kind=DayOff.Kind.FEDERAL, name="праздник")
    assert silence(program) == 23
    absences.note(cast.mentor.person, kind="leave", starts_on=day(-19), ends_on=day(-10), by=cast.mentor)
    assert silence(program) == 13
    absences.note(cast.mentee.person, kind="away", starts_on=day(-12), ends_on=day(-5), by=cast.curator)
    assert silence(program) == 8


def test_in_a_group_only_the_absence_of_all_mentees_counts(cast):
    DayOff.objects.all().delete()
    program, _ = make_running(cast, mentees=2, started=24)
    first, second = side(program), side(program, n=1)
    absences.note(first.person, kind="away", starts_on=day(-10), ends_on=day(-1), by=cast.curator)
    assert silence(program) == 24
    absences.note(second.person, kind="away", starts_on=day(-3), ends_on=day(-1), by=cast.curator)
    assert silence(program) == 21


def test_nobody_who_is_away_today_is_asked_to_meet(program, cast):
    DayOff.objects.all().delete()
    absences.note(cast.mentor.person, kind="leave", starts_on=day(0), ends_on=day(3), by=cast.clerk)
    assert silence(program) == 0
    assert look(Program.objects.all())[program.pk].state == State.CALM


# --- what is read --------------------------------------------------------------------------------------------------


def test_the_facts_of_a_program_come_from_its_records(program, cast):
    activity = program.activities.get()
    Activity.objects.update(due_on=day(-3))
    assert (facts_of(Program.objects.all())[program.pk].overdue, facts_of(Program.objects.all())[program.pk].left) == (
        1,
        100,
    )
    result = journal_acts.do(activity, side(program), by=cast.curator, result="сделано")
    type(result).objects.update(done_at=timezone.now() - timedelta(days=9))
    meeting = met(program, cast, 1)
    other = meeting.attendances.get(confirmed_at__isnull=True)
    journal_acts.object_to_meeting(other, by=cast.mentee, reason="не было")
    type(other).objects.filter(pk=other.pk).update(objected_at=timezone.now() - timedelta(days=4))
    Consent.objects.filter(person=cast.mentee.person, purpose="processing").update(until=day(5))
    found = facts_of(Program.objects.all())[program.pk]
    assert (found.overdue, found.unchecked, found.objected, found.consent_left) == (0, 9, 4, 5)
    assert {r.code for r in look(Program.objects.all())[program.pk].reasons} == {"check", "objection", "consent"}


def test_a_consent_of_somebody_else_or_about_another_pair_is_nothing_of_this_one(program, cast):
    Consent.objects.exclude(person__in=[cast.mentor.person, cast.mentee.person]).update(until=day(1))
    assert facts_of(Program.objects.all())[program.pk].consent_left is None


def test_one_more_program_costs_no_query(program, cast):
    def number():
        with CaptureQueriesContext(connection) as asked:
            look(Program.objects.all())
        return len(asked)

    one = number()
    make_running(others(cast))
    assert number() == one <= 8


# --- the page and the desk -----------------------------------------------------------------------------------------


def test_the_page_names_who_needs_help_first_with_reasons_and_the_next_step(program, cast, as_user):
    calm, _ = make_running(others(cast))
    far = day(100)
    Program.objects.filter(pk=calm.pk).update(ends_on=far, earliest_end=far, latest_end=far)
    Activity.objects.update(due_on=far)
    meet(calm, calm.pairing.participations.get(part="mentor").person.user)
    answer = as_user(cast.curator).get(PAGE)
    rows = answer.context["listing"].rows
    assert [row.badge.word for row in rows] == ["нужна помощь", "всё идёт"]
    assert rows[0].reasons[0].startswith("Первой встречи ещё не было, прошло ")
    assert rows[0].step_url == f"/programs/{program.pk}/journal/"
    assert dict(answer.context["counts"]) == {State.HELP: 1, State.WATCH: 0, State.CALM: 1}
    for state, expected in (("help", [program]), ("watch", []), ("calm", [calm])):
        found = as_user(cast.curator).get(PAGE, {"state": state}).context["listing"].rows
        assert [row.url for row in found] == [p.get_absolute_url() for p in expected]
    book = load_workbook(io.BytesIO(b"".join(as_user(cast.curator).get(PAGE, {"format": "xlsx"}).streaming_content)))
    assert [row[4].value for row in book.active.iter_rows(min_row=2)] == ["нужна помощь", "всё идёт"]


def test_the_page_is_for_those_who_see_where_everything_stands(program, cast, as_user):
    for user, status in ((cast.director, 200), (cast.mentor, 403), (cast.mentee, 403), (cast.council, 403)):
        assert as_user(user).get(PAGE).status_code == status


def test_the_desk_of_the_curator_has_those_that_need_help(program, cast):
    [item] = inbox.items(cast.curator)
    assert item.key == f"program:{program.pk}:help"
    met(program, cast, 1)
    assert list(inbox.items(cast.curator)) == list(inbox.items(cast.mentor)) == []


# --- letters -------------------------------------------------------------------------------------------------------


@pytest.fixture
def morning(settings):
    """A working day at ten, with a mail server; returns the moment."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    DayOff.objects.all().delete()
    today = timezone.localdate()
    DayOff.objects.create(date=today, kind=DayOff.Kind.WORKING, name="рабочий день")
    return timezone.make_aware(datetime.combine(today, time(10)))


def told():
    return {mail.person_id for mail in OutboxMail.objects.filter(template="meet")}


@pytest.mark.parametrize(
    ("days", "whom"),
    [(6, ""), (7, "mentor"), (13, "mentor"), (14, "mentor mentee"), (21, "mentor mentee curator"), (31, "")],
)
def test_letters_leave_on_the_seventh_fourteenth_and_twenty_first_day(program, cast, morning, days, whom):
    met(program, cast, days)
    OutboxMail.objects.all().delete()
    Program.objects.update(curator=cast.curator.person)
    nudges.send_due(morning)
    assert told() == {getattr(cast, name).person_id for name in whom.split()}
    before = OutboxMail.objects.count()
    assert nudges.send_due(morning) == 0  # the clock looks every minute
    assert OutboxMail.objects.count() == before
    assert Nudge.objects.count() == bool(whom)


@pytest.mark.parametrize("why", ["planned", "away", "holiday", "night"])
def test_no_letter_leaves_when_it_would_be_out_of_place(program, cast, morning, why):
    met(program, cast, 15)
    if why == "planned":
        values = {"held_on": day(2), "starts_at": time(12), "state": "planned", "minutes": 45, "logged_by": cast.mentor}
        Meeting.every.create(program=program, **values)
    if why == "away":
        absences.note(cast.mentee.person, kind="away", starts_on=day(0), ends_on=day(1), by=cast.mentee)
    if why == "holiday":
        DayOff.objects.filter(date=day(0)).update(kind=DayOff.Kind.FEDERAL)
    moment = morning.replace(hour=5) if why == "night" else morning
    assert nudges.send_due(moment) == 0 and not told()


def test_a_letter_that_waits_is_dropped_when_they_have_met(program, cast, morning):
    met(program, cast, 8)
    nudges.send_due(morning)
    [letter] = OutboxMail.objects.filter(template="meet")
    assert "не было встреч 8\xa0дней" in letter.text and mail.is_needed(letter)
    met(program, cast, 0)
    assert not mail.is_needed(letter)
