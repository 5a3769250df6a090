"""One entry for everything: agenda before the meeting, step after it, content by name, categories (п. 4.1, 4.2)."""

import io
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from mentoring_site.workflow import Already, NotAllowed
from people.banks.models import Statement
from people.register.models import Person
from programs.catalogs.models import StepSample
from programs.journal import acts, agenda, steps
from programs.journal.models import Meeting, StepAnswer
from programs.journal.planning import acts as planning
from programs.program.models import Activity, Program
from reports.figures.pictures import duties
from tests.programs.journal.kit import make_running, meet, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.3")]
CANARY = "канарейка-разговора"
STEP = "Сыграть гамму на каждом уроке"


def plan(program, by, **more):
    known = {"starts_at": time(15), "minutes": 45, "format": "together", "about": "", "first_on": timezone.localdate()}
    people = list(program.pairing.participations.live())
    return planning.plan(program, by=by, participants=people, **(known | more))[0]


def page_of(program, user):
    return Program.objects.for_page().get(pk=program.pk), user


def record(meeting, **more):
    known = {"held_on": meeting.held_on, "minutes": 45, "format": "together", "about": "", "request_key": uuid4()}
    return known | {"step": "", "next_step": ""} | more


def test_the_entry_is_the_plan_first_and_the_record_then(cast, as_user):
    """The agenda comes from the last step, the plan, open difficulties; ticked points are the record."""
    program, activity = make_running(cast)
    meet(program, cast.mentor, next_step=STEP, held_on=timezone.localdate() - timedelta(days=7))
    meeting = plan(program, cast.mentor)
    shown = as_user(cast.mentee).get(f"/planned-meetings/{meeting.pk}/")
    difficulty = program.difficulties.first()
    assert shown.context["agenda"][0] == f"Последний шаг: {STEP}"
    assert any(activity.title in point for point in shown.context["agenda"])
    assert f"Затруднение: {difficulty.text}" in shown.context["agenda"]
    own = {"agenda": "Разобрать урок\n\n Выбрать пьесу ", "version": meeting.version}
    as_user(cast.mentee).post(f"/planned-meetings/{meeting.pk}/agenda/", own)
    client = as_user(cast.mentor)
    form = client.get(f"/planned-meetings/{meeting.pk}/held/").context["form"]
    assert [key for key, _ in form.fields["points"].choices] == ["Разобрать урок", "Выбрать пьесу"]
    step = next(iter(form.fields))  # the entry opens with the step of the last one
    assert STEP in form.fields[step].label
    empty = client.post(f"/planned-meetings/{meeting.pk}/held/", record(meeting))
    assert "Отметьте пункты повестки" in " ".join(empty.context["form"].errors["about"])
    sample = StepSample.objects.filter(subject="", post="").first().text
    client.post(
        f"/planned-meetings/{meeting.pk}/held/",
        record(meeting, points=["Разобрать урок"], about="и темп", step=sample, **{step: "partly"}),
    )
    held = Meeting.objects.get(pk=meeting.pk)
    assert (held.about, held.next_step) == ("Разобрать урок\nи темп", sample)
    assert StepAnswer.objects.get().outcome == "partly" and held.answers_said.count() == 1
    opened = steps.open_steps(*page_of(program, cast.mentee))
    assert [s.meeting.next_step for s in opened] == [sample]


def test_either_side_answers_the_step_once(cast, as_user):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor, next_step=STEP)
    (row,) = as_user(cast.mentee).get(f"/programs/{program.pk}/journal/").context["steps"]
    as_user(cast.mentee).post(row.url, {"outcome": "done"})
    assert StepAnswer.objects.get().by == cast.mentee
    with pytest.raises(Already, match="сделано"):
        steps.answer(meeting, side(program), "not", by=cast.mentor)
    assert not as_user(cast.mentor).get(f"/programs/{program.pk}/journal/").context["steps"]
    with pytest.raises(NotAllowed):
        steps.answer(meeting, side(program), "not", by=cast.director)


def test_steps_are_of_the_instrument_first():
    """Of another instrument none is offered; the list belongs to the school."""
    texts = {s.subject for s in steps.samples([])}
    assert texts == {""}
    assert StepSample.objects.filter(subject="домра").count() >= 3


@pytest.mark.parametrize("name", ["curator", "director", "chair", "council"])
def test_content_is_read_by_name_and_the_fact_by_the_curator(cast, as_user, name):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor, about=CANARY, next_step=f"{CANARY}-шаг")
    planned = plan(program, cast.mentor, about=f"{CANARY}-план", first_on=timezone.localdate() + timedelta(days=1))
    planning.write_agenda(planned, by=cast.mentor, version=planned.version, agenda=f"{CANARY}-повестка")
    client = as_user(getattr(cast, name))
    pages = [
        f"/programs/{program.pk}/journal/",
        f"/planned-meetings/{planned.pk}/",
        f"/programs/{program.pk}/history/",
        f"/programs/{program.pk}/timeline/",
        "/home/",
        "/calendar/",
    ]
    for url in pages:
        assert CANARY not in client.get(url).content.decode(), url
    (row,) = client.get(pages[0]).context["rows"]
    mentor, mentee = (Person.objects.get(pk=u.person_id).short_name for u in (cast.mentor, cast.mentee))
    assert row.meeting.minutes == 45 and mentor in row.private and mentee in row.private
    assert CANARY in as_user(cast.mentee).get(pages[0]).content.decode()
    form = as_user(cast.mentor).get(f"/programs/{program.pk}/meetings/new/").context["form"]
    assert mentee in form.fields["about"].help_text
    if name == "curator":  # corrects when and how long, never what was said
        form = client.get(f"/meetings/{meeting.pk}/edit/").context["form"]
        assert not {"about", "next_step", "evidence"} & set(form.fields)
        data = {"version": meeting.version, "held_on": meeting.held_on, "minutes": "30", "format": "online"}
        client.post(f"/meetings/{meeting.pk}/edit/", data)
        meeting.refresh_from_db()
        assert (meeting.minutes, meeting.about) == (30, CANARY)


def test_in_a_group_nobody_meets_the_others_in_the_agenda(cast):
    program, _ = make_running(cast, mentees=2)
    theirs = side(program, n=1)
    statement = Statement.objects.create(candidate=theirs.candidate, kind="difficulty", text=CANARY)
    program.difficulties.add(statement)
    meet(program, cast.mentor, participants=[side(program, "mentor"), theirs], next_step=f"{CANARY}-шаг")
    assert not [p for p in agenda.offered(*page_of(program, cast.mentee)) if CANARY in p]
    assert [p for p in agenda.offered(*page_of(program, cast.mentor)) if CANARY in p]


CATEGORIES = {
    "structures": "взаимодействие со структурами",
    "social": "общественная жизнь",
    "outlook": "кругозор",
    "innovation": "инновационная деятельность",
}


@pytest.mark.clause("4.2-b", "4.2-c1", "4.2-c2", "4.2-d")
def test_the_mentor_says_which_duty_an_activity_serves(cast, as_user):
    """Chosen on the activity, counted in the program, on the overview and in the workbook of the school."""
    program, activity = make_running(cast)
    client = as_user(cast.mentor)
    url = f"/activities/{activity.pk}/category/"
    assert as_user(cast.mentee).get(url).status_code == 403
    named = client.post(url, {"category": "structures", "partner": " "})
    assert "Назовите отделение или совет" in named.content.decode()
    client.post(url, {"category": "structures", "partner": "методический совет"})
    for n, category in enumerate(("social", "outlook", "innovation")):
        due = activity.due_on + timedelta(days=n)
        more = Activity.objects.create(program=program, title=f"Ещё {n}", due_on=due, expected_result="да")
        acts.categorize(more, by=cast.mentor, category=category)
    words = client.get(f"/programs/{program.pk}/").context["duties"]
    assert all(word in words for word in CATEGORIES.values())
    counted = {row[0].text: row[1].text for row in duties(timezone.localdate()).rows}
    assert sorted(counted.values()) == ["1"] * 4
    page = as_user(cast.curator).get("/activities/?format=xlsx")
    rows = list(load_workbook(io.BytesIO(b"".join(page.streaming_content))).active.values)
    assert ["методический совет" in row for row in rows].count(True) == 1
    assert {"взаимодействие со структурами школы"} <= {row[1] for row in rows}
