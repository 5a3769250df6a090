"""Meetings before they are held: series over working days, moved, cancelled, answered, logged; nothing counts them."""

import ast
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.accounts.models import User
from people.school.models import DayOff
from people.school.workdays import is_workday
from programs.attention import inbox as attention_inbox
from programs.completion.documents import report
from programs.journal import acts as journal_acts
from programs.journal import held as journal_held
from programs.journal import hours, hours_pictures
from programs.journal import inbox as journal_inbox
from programs.journal.models import Meeting, MeetingAttendance
from programs.journal.planning import acts, days
from programs.journal.planning import inbox as planning_inbox
from programs.journal.silence import silent_programs
from programs.program.models import Program
from reports.home.presenters import own_programs
from reports.site import visibility
from tests.programs.changes.kit import make_pause
from tests.programs.journal.kit import make_running, meet, others, side
from tests.test_architecture import TREES

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.8")]


@pytest.fixture
def program(cast):
    return make_running(cast)[0]


def plan(program, by, **values):
    """Plan a meeting of everybody in a week at three."""
    known = {
        "first_on": timezone.localdate() + timedelta(days=7),
        "starts_at": time(15),
        "minutes": 60,
        "format": "together",
        "about": "гаммы: канарейка",
        "participants": list(program.pairing.participations.live()),
    }
    return acts.plan(program, by=by, **(known | values))


def come(meeting, day=None):
    """Let the day of a planned meeting come."""
    Meeting.every.filter(pk=meeting.pk).update(held_on=day or timezone.localdate())
    return Meeting.every.select_related("program").get(pk=meeting.pk)


def log(program, by, planned, **values):
    return meet(program, by, planned=planned, **values)


# --- planning ----------------------------------------------------------------------------------------------------


def test_one_meeting_is_planned_and_the_other_side_told(cast, program):
    [meeting] = plan(program, cast.mentor)
    assert (meeting.state, meeting.logged_by) == ("planned", cast.mentor)
    assert {a.participation.person for a in meeting.attendances.all()} == {cast.mentor.person, cast.mentee.person}
    assert not meeting.attendances.filter(confirmed_at__isnull=False).exists()
    letter = OutboxMail.objects.get(template="meeting_planned")
    assert letter.person_id == cast.mentee.person_id and "15:00" in letter.text
    assert "назначена встреча" in Act.objects.about(program).last().words


def test_a_series_leaves_out_days_off_and_suspensions(cast, program):
    first = timezone.localdate() + timedelta(days=1)
    while not is_workday(first):
        first += timedelta(days=1)
    holiday = first + timedelta(weeks=1)
    DayOff.objects.update_or_create(date=holiday, defaults={"name": "Праздник", "kind": "federal"})
    made = plan(program, cast.mentor, first_on=first, weeks=1)
    found = [m.held_on for m in made]
    assert found[0] == first and holiday not in found
    assert all(day.weekday() == first.weekday() and is_workday(day) and day <= program.ends_on for day in found)
    assert len({m.series for m in made}) == 1
    assert OutboxMail.objects.filter(template="meeting_planned").count() == 1  # one letter about all of them


def test_days_of_a_series():
    monday, off, paused = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)
    held, skipped = days.series(
        monday, date(2026, 11, 30), weeks=1, special={off: "federal"}, pauses=[(paused, paused)]
    )
    assert held == [monday, date(2026, 11, 23), date(2026, 11, 30)] and skipped == [off, paused]
    assert days.series(monday, date(2026, 11, 30), weeks=2, special={}, pauses=[(paused, None)])[0] == [monday]
    assert len(days.series(monday, date(2099, 1, 1), weeks=1, special={})[0]) == days.MOST


def test_the_same_form_pressed_twice_plans_once(cast, program):
    key = "0a4d55a8-d778-4022-bf0c-9a2f4ff59d4f"
    first = plan(program, cast.mentor, request_key=key)
    assert [m.pk for m in plan(program, cast.mentor, request_key=key)] == [m.pk for m in first]
    assert Meeting.every.count() == 1


@pytest.mark.parametrize(
    "values, words",
    [
        ({"first_on": date(2020, 1, 1)}, "на сегодня или позже"),
        ({"first_on": date(2099, 1, 1)}, "Программа заканчивается"),
        ({"minutes": 3}, "от 5 минут"),
        ({"format": "phone"}, "личная и дистанционная"),
        ({"participants": []}, "хотя бы один наставляемый"),
        ({"weeks": 5}, "через неделю"),
        ({"weeks": 1, "until": date(2020, 1, 1)}, "раньше первого"),
    ],
)
def test_what_cannot_be_planned(cast, program, values, words):
    with pytest.raises(Refused, match=words):
        plan(program, cast.mentor, **values)


def test_not_twice_at_one_time_and_not_in_a_paused_time(cast, program):
    plan(program, cast.mentor)
    with pytest.raises(Refused, match="уже назначена"):
        plan(program, cast.mentee)
    make_pause(cast, "registered", program, days=300)
    with pytest.raises(Refused, match="приостановлена"):
        plan(program, cast.mentor, weeks=1, until=timezone.localdate() + timedelta(days=10), starts_at=time(9))


def test_who_may_plan(cast, program):
    for user in (cast.mentor, cast.mentee, cast.curator):
        plan(program, user, starts_at=time(10 + user.pk % 8))
    for user in (cast.chair, cast.director, cast.stranger):
        with pytest.raises(NotAllowed):
            plan(program, user, starts_at=time(9))


# --- moved, cancelled, answered ----------------------------------------------------------------------------------


def test_the_time_does_not_suit_and_the_meeting_is_moved(cast, program):
    [meeting] = plan(program, cast.mentor)
    answer = acts.does_not_suit(
        meeting.attendances.get(participation__person=cast.mentee.person), by=cast.mentee, reason="В среду после 16"
    )
    assert answer.objection == "В среду после 16"
    assert OutboxMail.objects.get(template="meeting_unsuitable").person_id == cast.mentor.person_id
    [item] = planning_inbox.items(cast.mentor)
    assert item.url == f"/planned-meetings/{meeting.pk}/move/" and "В среду после 16" in item.why
    with pytest.raises(Already):
        acts.does_not_suit(answer, by=cast.mentee, reason="ещё раз")
    with pytest.raises(NotAllowed):
        acts.does_not_suit(answer, by=cast.mentor, reason="за другого")
    moved = acts.move(
        meeting,
        by=cast.mentor,
        version=meeting.version,
        held_on=meeting.held_on + timedelta(days=1),
        starts_at=time(16, 30),
        minutes=45,
        format="online",
        about="там же",
    )
    assert (moved.starts_at, moved.minutes, moved.state) == (time(16, 30), 45, "planned")
    assert not moved.attendances.filter(objected_at__isnull=False).exists()
    assert OutboxMail.objects.get(template="meeting_moved").person_id == cast.mentee.person_id
    assert list(planning_inbox.items(cast.mentor)) == []
    with pytest.raises(Stale):
        acts.move(
            meeting,
            by=cast.mentor,
            version=1,
            held_on=moved.held_on,
            starts_at=time(9),
            minutes=45,
            format="online",
            about="",
        )


def test_one_is_cancelled_or_the_rest_of_the_series(cast, program):
    made = plan(program, cast.mentor, weeks=1, until=timezone.localdate() + timedelta(weeks=8))
    assert len(made) > 3
    assert acts.cancel(made[0], by=cast.mentee, reason="болею") == 1
    letter = OutboxMail.objects.get(template="meeting_cancelled")
    assert letter.person_id == cast.mentor.person_id and "болею" in letter.text
    assert acts.cancel(made[2], by=cast.mentor, reason="уезжаю", following=True) == len(made) - 2
    assert list(Meeting.every.planned().values_list("pk", flat=True)) == [made[1].pk]
    with pytest.raises(Already):
        acts.cancel(made[0], by=cast.mentor, reason="ещё раз")
    with pytest.raises(Refused, match="почему"):
        acts.cancel(made[1], by=cast.mentor, reason=" ")


# --- its day -----------------------------------------------------------------------------------------------------


def test_on_its_day_the_plan_opens_filled_in_and_becomes_the_record(cast, program, as_user):
    [meeting] = plan(program, cast.mentor, minutes=50)
    client = as_user(cast.mentor)
    page = client.get(f"/planned-meetings/{meeting.pk}/").content.decode()
    assert "День ещё не наступил" in page
    come(meeting)
    [item] = planning_inbox.items(cast.mentor)
    assert item.url == f"/planned-meetings/{meeting.pk}/held/"
    form = client.get(item.url).context["form"]
    assert form.initial["about"] == "гаммы: канарейка" and form.initial["held_on"] == timezone.localdate()
    key = form["request_key"].value()
    sent = {
        "held_on": timezone.localdate().isoformat(),
        "minutes": "50",
        "format": "together",
        "about": "сыграли гаммы",
        "request_key": str(key),
    }
    for _ in range(2):  # the second press shows the first result
        assert client.post(item.url, sent).status_code in (302, 404)
    logged = Meeting.objects.get(pk=meeting.pk)
    assert (logged.state, logged.about, logged.minutes) == ("held", "сыграли гаммы", 50)
    assert Meeting.every.count() == 1
    waiting = MeetingAttendance.objects.get(confirmed_at__isnull=True)
    assert waiting.participation.person == cast.mentee.person
    assert OutboxMail.objects.filter(template="meeting_logged", person_id=cast.mentee.person_id).count() == 1
    assert [i.key for i in journal_inbox.items(cast.mentee) if i.key.startswith("attendance")]
    assert list(planning_inbox.items(cast.mentor)) == []
    with pytest.raises(Already):
        log(program, cast.mentor, meeting, minutes=90)


def test_a_paused_program_asks_for_nothing(cast, program):
    come(plan(program, cast.mentor)[0])
    assert len(list(planning_inbox.items(cast.mentor))) == 1
    make_pause(cast, "registered", program)
    assert list(planning_inbox.items(cast.mentor)) == []


def test_who_leads_the_program_now_takes_over_what_was_planned(cast, program):
    [meeting] = plan(program, cast.mentor)
    old = side(program, "mentor")
    type(old).objects.filter(pk=old.pk).update(until=timezone.localdate())
    successor = others(cast).mentor
    type(old).objects.create(pairing=program.pairing, person=successor.person, part="mentor")
    come(meeting)
    [item] = planning_inbox.items(User.objects.get(pk=successor.pk))
    assert item.key == f"meeting:{meeting.pk}:planned"
    assert acts.cancel(meeting, by=successor, reason="знакомимся заново") == 1
    assert OutboxMail.objects.get(template="meeting_cancelled").person_id == cast.mentee.person_id


# --- nothing counts them -------------------------------------------------------------------------------------------


def counted(cast, program):
    """Return what every consumer of meetings says."""
    today = timezone.localdate()
    participation = side(program)
    return {
        "hours": hours.of_month(cast.curator, today.replace(day=1)),
        "months": hours.months(cast.curator),
        "picture": hours_pictures.by_month(Meeting.objects.all(), today, today + timedelta(days=200)),
        "report": report(program, participation)["meetings"],
        "home": [row.facts for row in own_programs(cast.mentor)],
        "silent": list(silent_programs()),
        "help": [i.why for i in attention_inbox.items(cast.curator)],
        "mentor": [(i.key, i.title) for i in journal_inbox.items(cast.mentor)],
        "others": [(i.key, i.title) for user in (cast.mentor, cast.mentee) for i in journal_held.held(user)],
        "mentee": [(i.key, i.title) for i in journal_inbox.items(cast.mentee)],
        "public": visibility.figures(),
        "list": [p.met_on for p in Program.objects.with_progress(timezone.localdate())],
        "related": program.meetings.count(),
        "of activity": program.activities.first().meetings.count(),
        "visible": Meeting.objects.visible_to(cast.curator).count(),
    }


@pytest.mark.parametrize("quiet", [True, False], ids=["nothing held", "one held"])
def test_hours_reports_reminders_and_public_facts_ignore_what_is_planned_or_cancelled(cast, program, quiet):
    if not quiet:
        for attendance in meet(program, cast.mentor, minutes=30).attendances.filter(confirmed_at__isnull=True):
            journal_acts.confirm_meeting(attendance, by=cast.mentee)
    before = counted(cast, program)
    activity = program.activities.first()
    made = plan(program, cast.mentor, weeks=1, activity=activity)
    acts.cancel(made[1], by=cast.mentor, reason="болею")
    come(made[0])
    answer = made[2].attendances.get(participation__person=cast.mentee.person)
    acts.does_not_suit(answer, by=cast.mentee, reason="другое время")
    MeetingAttendance.objects.filter(meeting=made[0].pk).update(confirmed_at=timezone.now(), confirmed_by=cast.mentor)
    assert Meeting.every.count() == len(made) + (not quiet)
    assert counted(cast, program) == before


def test_a_planned_meeting_is_no_record_to_confirm_correct_drop_or_show_files_of(cast, program, as_user):
    [meeting] = plan(program, cast.mentor)
    attendance = meeting.attendances.first()
    client = as_user(cast.mentor)
    for path in (f"{meeting.pk}/edit/", f"{meeting.pk}/drop/", f"{attendance.pk}/object/"):
        assert client.get(f"/meetings/{path}").status_code == 404, path
    assert client.post(f"/meetings/{attendance.pk}/confirm/").status_code == 404


def joins(tree):
    """Return lines with a join over meetings that does not name the state: a manager does not reach it."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            words = [k.arg or "" for k in node.keywords]
            words += [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            over = [w for w in words if w.startswith("meetings__") or "__meetings" in w]
            if over and "meetings__state" not in ast.unparse(node):
                found.append(node.lineno)
    return found


def test_no_join_over_meetings_forgets_their_state():
    assert {path.name: joins(tree) for path, tree in TREES.items() if joins(tree)} == {}
    assert joins(ast.parse('x.annotate(last=Max("meetings__held_on"))')) == [1]


# --- who sees them -------------------------------------------------------------------------------------------------


def test_a_mentee_of_a_group_sees_only_own_plans(cast, as_user):
    program, _ = make_running(cast, mentees=2)
    own = program.pairing.participations.get(person=cast.mentee.person)
    other = program.pairing.participations.filter(part="mentee").exclude(pk=own.pk).get()
    [foreign] = plan(program, cast.mentor, participants=[side(program, "mentor"), other])
    [mine] = plan(program, cast.mentor, participants=[side(program, "mentor"), own], starts_at=time(11))
    client = as_user(cast.mentee)
    assert client.get(f"/planned-meetings/{foreign.pk}/").status_code == 404
    assert client.get(f"/planned-meetings/{mine.pk}/").status_code == 200
    assert [row.url for row in client.get(f"/programs/{program.pk}/journal/").context["planned"]] == [
        f"/planned-meetings/{mine.pk}/"
    ]
    stranger = as_user(others(cast).mentor)
    assert stranger.get(f"/planned-meetings/{mine.pk}/").status_code == 404


def test_plans_of_an_ended_program_are_gone(cast, program, as_user):
    [meeting] = plan(program, cast.mentor)
    Program.objects.filter(pk=program.pk).update(state="terminated", ended_on=timezone.localdate())
    assert not Meeting.every.planned().exists()
    assert as_user(cast.mentor).get(f"/planned-meetings/{meeting.pk}/").status_code == 302


def test_the_forms_plan_move_cancel_and_answer(cast, program, as_user):
    mentor, mentee = as_user(cast.mentor), as_user(cast.mentee)
    mentor = as_user(cast.mentor)
    url = f"/programs/{program.pk}/meetings/plan/"
    day = timezone.localdate() + timedelta(days=3)
    sent = {
        "held_on": day.isoformat(),
        "starts_at": "15:40",
        "minutes": "45",
        "format": "together",
        "weeks": "1",
        "until": (day + timedelta(weeks=5)).isoformat(),
        "request_key": "0a4d55a8-d778-4022-bf0c-9a2f4ff59d4f",
    }
    assert mentor.post(url, sent).status_code == 302
    made = list(Meeting.every.planned().order_by("held_on"))
    assert 2 < len(made) <= 6 and made[0].starts_at == time(15, 40)
    first = f"/planned-meetings/{made[0].pk}/"
    moved = {"held_on": made[0].held_on.isoformat(), "starts_at": "17:00", "minutes": "45", "format": "online"}
    assert mentor.post(f"{first}move/", moved | {"version": made[0].version}).status_code == 302
    assert Meeting.every.get(pk=made[0].pk).starts_at == time(17)
    assert mentor.post(f"{first}cancel/", {"reason": "концерт", "following": "on"}).status_code == 302
    assert not Meeting.every.planned().exists()
    [again] = plan(program, cast.mentor)
    mentee = as_user(cast.mentee)
    answer = again.attendances.get(participation__person=cast.mentee.person)
    assert mentee.post(f"/planned-meetings/answers/{answer.pk}/", {"reason": "после шести"}).status_code == 302
    assert "после шести" in mentee.get(f"/planned-meetings/{again.pk}/").content.decode()


def test_further_plans_cost_no_query(cast, program, as_user):
    client = as_user(cast.mentor)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/programs/{program.pk}/journal/")
        return len(queries)

    plan(program, cast.mentor)
    asked()
    few = asked()
    plan(program, cast.mentor, weeks=1, starts_at=time(9))
    assert asked() <= few
