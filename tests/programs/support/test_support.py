"""Tasks of methodical support: given by the council, done with materials, accepted; marks in monitoring (п. 3.5)."""

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.inbox import held_for, items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, reload
from people.register.models import Person
from programs.attention.facts import facts_of
from programs.program.models import Program
from programs.support import acts, marks
from programs.support.models import CouncilMark, SupportTask
from tests.factories import make_program, make_user
from tests.paper import pdf
from tests.programs.journal.kit import make_running

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.9")]
TEXT = "Подобрать этюды на мелкую технику"
FINE = {"plan": 3, "needs": 4, "method": 3, "bond": 4, "conclusion": "Идёт ровно, нужны этюды"}


def given(cast, program, *, to=None, by=None, days=5):
    made = acts.give(
        program,
        (to or cast.council).person,
        by=by or cast.chair,
        category="method",
        text=TEXT,
        due_on=timezone.localdate() + timedelta(days=days),
    )
    return SupportTask.objects.with_requirements().get(pk=made.pk)


def keys(user) -> list[str]:
    return [item.key for item in items_for(type(user).objects.get(pk=user.pk))]


@pytest.mark.clause("3.5-g1", "3.5-g2")
def test_the_council_gives_support_which_is_done_with_materials_and_accepted(cast, as_user):
    Person.objects.filter(pk=cast.council.person_id).update(email="council@school.example")
    program, _ = make_running(cast)
    chair, member = as_user(cast.chair), as_user(cast.council)
    due = (timezone.localdate() + timedelta(days=5)).isoformat()
    data = {
        "assignee": cast.council.person_id,
        "category": "method",
        "text": TEXT,
        "due_on": due,
        "request_key": "1" * 32,
    }
    for _ in range(2):  # pressed twice
        page = chair.post(f"/programs/{program.pk}/support/new/", data, follow=True)
    task = SupportTask.objects.get()
    assert [row.text for row in page.context["rows"]] == [TEXT]
    assert OutboxMail.objects.filter(template="support_given").count() == 1
    assert f"support:{task.pk}" in keys(cast.council)
    for user in (cast.mentor, cast.mentee, cast.curator, cast.director):  # the program page shows it
        assert TEXT in as_user(user).get(f"/programs/{program.pk}/support/").content.decode()
    proof = SimpleUploadedFile("этюды.pdf", pdf())
    member.post(f"/support/{task.pk}/do/", {"result": "три этюда", "version": task.version, "evidence": proof})
    task = reload(task)
    assert (task.state, task.evidence.count()) == ("done", 1)
    assert f"support:{task.pk}:check" in keys(cast.chair) and f"support:{task.pk}" not in keys(cast.council)
    assert f"support:{task.pk}" in {item.key for item in held_for(type(cast.council).objects.get(pk=cast.council.pk))}
    check = f"/support/{task.pk}/check/"
    silent = chair.post(check, {"decision": "return", "comment": "", "version": task.version})
    assert "Напишите, что исправить" in silent.content.decode()
    chair.post(check, {"decision": "return", "comment": "нужны ноты", "version": task.version})
    assert "нужны ноты" in member.get(f"/support/{task.pk}/").content.decode()
    member.post(f"/support/{task.pk}/do/", {"result": "с нотами", "version": reload(task).version})
    chair.post(check, {"decision": "check", "comment": "", "version": reload(task).version})
    task = reload(task)
    assert (task.state, task.answered_by) == ("accepted", cast.chair)
    assert (
        "уже принято"
        in member.post(f"/evidence/add/support/{task.pk}/", {"url": "https://a.example/"}).content.decode()
    )


def test_a_named_employee_reads_the_task_and_nothing_of_the_program(cast, as_user):
    program, _ = make_running(cast)
    task = given(cast, program, to=cast.stranger)
    client = as_user(cast.stranger)
    page = client.get(f"/support/{task.pk}/")
    assert page.status_code == 200 and f"/programs/{program.pk}/" not in page.content.decode()
    assert client.get(f"/programs/{program.pk}/support/").status_code == 404
    assert as_user(make_user()).get(f"/support/{task.pk}/").status_code == 404
    assert client.post(f"/support/{task.pk}/do/", {"result": "готово", "version": task.version}).status_code == 302


def test_nobody_accepts_the_own_work_and_no_participant_does(cast):
    program, _ = make_running(cast)
    task = given(cast, program, to=cast.chair)
    acts.do(task, by=cast.chair, result="сделано")
    task = SupportTask.objects.with_requirements().get(pk=task.pk)
    for user in (cast.chair, cast.council, cast.director, cast.mentor):
        with pytest.raises(NotAllowed):
            acts.accept(task, by=user)
    assert acts.accept(task, by=cast.secretary).state == "accepted"
    mine = make_program(cast, "running", mentor=cast.secretary)
    task = given(cast, mine)
    acts.do(task, by=cast.council, result="сделано")
    with pytest.raises(NotAllowed):
        acts.accept(task, by=cast.secretary)


def test_the_curator_looks_where_nobody_else_of_the_council_is_left(cast, as_user):
    """The chair was given the task and the secretary takes part in the program: it does not get stuck."""
    Person.objects.filter(pk=cast.curator.person_id).update(email="curator@school.example")
    program = make_program(cast, "running", mentor=cast.secretary)
    task = given(cast, program, to=cast.chair)
    acts.do(task, by=cast.chair, result="сделано")
    told = OutboxMail.objects.filter(template="support_done")
    assert [row.person_id for row in told] == [program.curator_id] == [cast.curator.person_id]
    check = f"support:{task.pk}:check"
    assert check in keys(cast.curator) and check not in keys(cast.chair) + keys(cast.secretary)
    curator = type(cast.curator).objects.get(pk=cast.curator.pk)
    assert f"support:{task.pk}" not in {item.key for item in held_for(curator)}
    url = f"/support/{task.pk}/check/"
    as_user(cast.curator).post(url, {"decision": "check", "comment": "", "version": reload(task).version})
    assert reload(task).state == "accepted"
    assert check not in keys(cast.curator)
    own = make_program(cast, "running", mentor=cast.curator)
    Program.objects.filter(pk=own.pk).update(curator=cast.curator.person_id)
    mine = given(cast, own)
    acts.do(mine, by=cast.council, result="сделано")
    assert f"support:{mine.pk}:check" not in keys(cast.curator)


def test_what_is_refused_is_said(cast):
    program, _ = make_running(cast)
    for role in ("council", "director", "mentor", "clerk"):
        with pytest.raises(NotAllowed, match="председатель"):
            given(cast, program, by=getattr(cast, role))
    with pytest.raises(Refused, match="уже прошёл"):
        given(cast, program, days=-1)
    with pytest.raises(Refused, match="закончится раньше"):
        given(cast, program, days=1000)
    gone = make_user()
    gone.person.employments.update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="не работает"):
        given(cast, program, to=gone)
    Program.objects.filter(pk=program.pk).update(state="completed", ended_on=timezone.localdate())
    with pytest.raises(Refused, match="закончена"):
        given(cast, program)


def test_each_step_goes_back_while_nobody_has_acted(cast):
    program, _ = make_running(cast)
    task = given(cast, program)
    acts.do(task, by=cast.council, result="сделано")
    undo.undo(Act.objects.about(task).get(verb="do"), by=cast.council)
    assert reload(task).state == "given" and not reload(task).result
    undo.undo(Act.objects.about(task).get(verb="give"), by=cast.chair)
    assert reload(task).state == "dropped"


def at_stage(program, stage):
    """The program as it is when the mark of the stage is due today."""
    today = timezone.localdate()
    begins, ends = {"middle": (70, 60), "end": (120, 10)}[stage]
    Program.objects.filter(pk=program.pk).update(
        starts_on=today - timedelta(days=begins),
        started_on=today - timedelta(days=begins),
        ends_on=today + timedelta(days=ends),
        earliest_end=today,
        latest_end=today + timedelta(days=300),
    )
    return Program.objects.get(pk=program.pk)


def test_the_middle_opens_at_half_of_the_term_and_the_end_two_weeks_before(cast):
    program, _ = make_running(cast)
    program = at_stage(program, "middle")
    half = program.started_on + (program.ends_on - program.started_on) / 2
    assert marks.stage_now(program, half) == "middle" and marks.stage_now(program, half - timedelta(days=1)) is None
    last = program.ends_on - timedelta(days=14)
    assert marks.stage_now(program, last) == "end" and marks.stage_now(program, last - timedelta(days=1)) == "middle"
    program.state = "completed"
    assert marks.stage_now(program) == "end"
    with pytest.raises(Refused, match="половина срока"):
        marks.give(Program.objects.get(pk=program.pk), by=cast.council, stage="end", **FINE)


@pytest.mark.clause("3.5-h")
def test_a_member_who_is_no_party_marks_the_program_in_the_middle_and_at_the_end(cast, as_user):
    program = at_stage(make_running(cast)[0], "middle")
    client = as_user(cast.council)
    assert any(key.startswith("council-marks:") for key in keys(cast.council))
    assert client.post(f"/programs/{program.pk}/mark/", FINE).status_code == 302
    made = CouncilMark.objects.get()
    assert (made.stage, made.author, str(made)) == ("middle", cast.council, "в середине: 3,5 из 4")
    assert not any(key.startswith("council-marks:") for key in keys(cast.chair))
    assert OutboxMail.objects.filter(template="council_mark", person_id=program.curator_id).count() == 1
    with pytest.raises(Already):
        marks.give(program, by=cast.council, stage="middle", **FINE)
    marks.give(program, by=cast.chair, stage="middle", **FINE)  # another member has a mark of one's own
    program = at_stage(program, "end")
    marks.give(program, by=cast.council, stage="end", **FINE)
    for role in ("director", "curator", "clerk", "sysadmin", "mentor"):
        with pytest.raises(NotAllowed):
            marks.give(program, by=getattr(cast, role), stage="end", **FINE)
    mine = at_stage(make_program(cast, "running", mentor=cast.secretary), "middle")
    with pytest.raises(NotAllowed, match="кого это касается"):
        marks.give(mine, by=cast.secretary, stage="middle", **FINE)


def test_marks_are_listed_with_those_without_and_written_to_a_workbook(cast, as_user):
    marked = at_stage(make_running(cast)[0], "middle")
    waiting = at_stage(make_program(cast, "running"), "middle")
    marks.give(marked, by=cast.council, stage="middle", **FINE | {"method": 1})
    client = as_user(cast.curator)

    def listed(query):
        return {row.url for row in client.get(f"/programs/council-marks/{query}").context["listing"].rows}

    def url(program):
        return f"/programs/{program.pk}/support/"

    assert listed("") == {url(marked), url(waiting)}
    assert listed("?mark=due") == listed("?mark=without") == {url(waiting)}
    assert listed("?mark=low") == {url(marked)}
    answer = client.get("/programs/council-marks/?format=xlsx")
    rows = list(
        openpyxl.load_workbook(io.BytesIO(answer.getvalue() if answer.streaming else answer.content)).active.values
    )
    assert any(FINE["conclusion"] in str(cell) for row in rows for cell in row)
    assert as_user(cast.mentor).get("/programs/council-marks/").status_code == 403
    assert facts_of(Program.objects.all())[marked.pk].marked_low  # whom to help today


def test_an_old_no_is_left_behind_by_the_marks_of_the_end(cast):
    program = at_stage(make_running(cast)[0], "middle")
    marks.give(program, by=cast.council, stage="middle", **FINE | {"method": 1})
    marks.give(program, by=cast.chair, stage="middle", **FINE)
    assert facts_of(Program.objects.all())[program.pk].marked_low  # of the same stage: both are heard
    program = at_stage(program, "end")
    assert facts_of(Program.objects.all())[program.pk].marked_low
    marks.give(program, by=cast.chair, stage="end", **FINE)
    assert not facts_of(Program.objects.all())[program.pk].marked_low
    marks.give(program, by=cast.council, stage="end", **FINE | {"bond": 1})
    assert facts_of(Program.objects.all())[program.pk].marked_low


def test_in_a_group_the_mentor_reads_the_conclusion_and_no_mentee_does(cast, as_user):
    program = at_stage(make_program(cast, "running", mentees=2, mentor=cast.mentor, mentee=cast.mentee), "middle")
    marks.give(program, by=cast.council, stage="middle", **FINE)
    url = f"/programs/{program.pk}/support/"
    assert FINE["conclusion"] in as_user(cast.mentor).get(url).content.decode()
    for address in (url, f"/programs/{program.pk}/", f"/programs/{program.pk}/history/"):
        assert FINE["conclusion"] not in as_user(cast.mentee).get(address).content.decode()
    pair = at_stage(make_program(cast, "running", mentee=make_user(username="single")), "middle")
    marks.give(pair, by=cast.council, stage="middle", **FINE)
    single = pair.pairing.participations.get(part="mentee").person.user
    assert FINE["conclusion"] in as_user(single).get(f"/programs/{pair.pk}/support/").content.decode()


def test_a_mark_goes_back_and_not_later_than_three_days(cast):
    program = at_stage(make_running(cast)[0], "middle")
    marks.give(program, by=cast.council, stage="middle", **FINE)
    act = Act.objects.about(program).get(verb="council_mark")
    with time_machine.travel(timezone.now() + timedelta(days=4)), pytest.raises(Refused):
        undo.undo(act, by=cast.council)
    undo.undo(act, by=cast.council)
    assert not CouncilMark.objects.exists()
