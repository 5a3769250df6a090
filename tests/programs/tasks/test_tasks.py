"""Tasks of the mentor: given, done with evidence, returned, accepted, late, taken back; by others from paper."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mentoring_site import undo
from mentoring_site.inbox import items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import NotAllowed, Refused, reload
from people.register.models import Person
from programs.journal import agenda
from programs.program.models import Program
from programs.tasks import acts
from programs.tasks.models import MentorTask
from programs.tasks.rules import TASK
from tests.matrix import ALL, attempt, expected
from tests.paper import pdf
from tests.programs.journal.kit import make_running, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.3")]
TEXT = "Записать урок на видео"


def given(cast, program=None, *, by=None, days=7, n=0):
    program = program or make_running(cast)[0]
    due = timezone.localdate() + timedelta(days=days)
    [task] = acts.give(program, [side(program, n=n)], by=by or cast.mentor, text=TEXT, due_on=due)
    return MentorTask.objects.with_requirements().get(pk=task.pk)


def keys(user) -> list[str]:
    return [item.key for item in items_for(user)]


@pytest.mark.clause("2.3-g2", "4.1-d", "5.2-e")
def test_a_task_is_given_done_returned_and_accepted(cast, as_user):
    """The mentor gives it and looks at it in person; the mentee does what was asked, again after a return."""
    Person.objects.filter(pk=cast.mentee.person_id).update(email="mentee@school.example")
    program, _ = make_running(cast)
    due = timezone.localdate() + timedelta(days=5)
    url = f"/programs/{program.pk}/tasks/new/"
    past = as_user(cast.mentor).post(url, {"text": TEXT, "due_on": "2020-01-01", "request_key": "0" * 32})
    assert "уже прошёл" in past.content.decode() and not MentorTask.objects.exists()
    data = {"text": TEXT, "due_on": due.isoformat(), "request_key": "1" * 32}
    for _ in range(2):  # pressed twice
        page = as_user(cast.mentor).post(url, data, follow=True)
    task = MentorTask.objects.get()
    assert [row.text for row in page.context["rows"]] == [TEXT]
    assert OutboxMail.objects.filter(template="task_given").count() == 1
    assert f"mentor-task:{task.pk}" in keys(cast.mentee)
    mentee, mentor = as_user(cast.mentee), as_user(cast.mentor)
    proof = SimpleUploadedFile("урок.pdf", pdf())
    do = {"result": "записал, двадцать минут", "version": task.version, "evidence": proof}
    mentee.post(f"/tasks/{task.pk}/do/", do)
    task = reload(task)
    assert (task.state, task.evidence.count()) == ("done", 1)
    assert f"mentor-task:{task.pk}:check" in keys(cast.mentor) and f"mentor-task:{task.pk}" not in keys(cast.mentee)
    check = f"/tasks/{task.pk}/check/"
    silent = mentor.post(check, {"decision": "return", "comment": "", "version": task.version})
    assert "Напишите, что исправить" in silent.content.decode()
    mentor.post(check, {"decision": "return", "comment": "не слышно звука", "version": task.version})
    assert "не слышно звука" in mentee.get(f"/tasks/{task.pk}/").content.decode()
    stale = mentee.post(f"/tasks/{task.pk}/do/", {"result": "ещё раз", "version": task.version})
    assert "изменилось" in stale.content.decode()
    mentee.post(f"/tasks/{task.pk}/do/", {"result": "ещё раз", "version": reload(task).version})
    mentor.post(check, {"decision": "check", "comment": "", "version": reload(task).version})
    task = reload(task)
    assert (task.state, task.answered_by) == ("accepted", cast.mentor)
    assert program.activities.count() == Program.objects.get(pk=program.pk).activities.count()
    assert mentee.get(f"/evidence/add/tasks/{task.pk}/").status_code == 200
    refused = mentee.post(f"/evidence/add/tasks/{task.pk}/", {"url": "https://late.example/"})
    assert "уже принято" in refused.content.decode()


MAY = {
    "do": {"curator", "mentee"},
    "accept": {"curator", "mentor"},
    "send_back": {"curator", "mentor"},
    "drop": {"curator", "mentor"},
    "undo_do": {"mentee"},
    "undo_answer": {"mentor"},
}
FILLED = {"result": "сыграл", "done_at": timezone.now(), "comment": "медленнее", "answered_at": timezone.now()}


@pytest.mark.parametrize("state", MentorTask.State.values)
def test_every_step_by_everybody_in_every_state(cast, state):
    task = given(cast)
    done = FILLED | {"done_by": cast.mentee, "answered_by": cast.mentor}
    MentorTask.objects.filter(pk=task.pk).update(state=state, **done)
    fresh, wrong = reload(task), []
    for step in TASK:
        for name in ALL:
            got = attempt(fresh, step.name, getattr(cast, name))
            if got != expected(name, state, MAY[step.name], step.sources):
                wrong.append((step.name, name, got))
    assert wrong == []


def test_what_was_done_by_mistake_is_taken_back(cast):
    task = given(cast)
    acts.do(task, by=cast.mentee, result="готово")
    undo.undo(Act.objects.about(task).get(verb="do"), by=cast.mentee)
    assert (reload(task).state, reload(task).result) == ("given", "")
    acts.do(reload(task), by=cast.mentee, result="готово")
    with pytest.raises(Refused, match="Отменить уже нельзя"):
        undo.undo(Act.objects.about(task).get(verb="give"), by=cast.mentor)
    acts.accept(reload(task), by=cast.mentor)
    undo.undo(Act.objects.about(task).get(verb="accept"), by=cast.mentor)
    assert reload(task).state == "done"
    other = given(cast, task.program)
    undo.undo(Act.objects.about(other).get(verb="give"), by=cast.mentor)
    assert reload(other).state == "dropped"


def test_from_paper_for_those_who_never_log_in(cast):
    """The curator writes down all three steps; a curator who is a mentee there writes nothing for the mentor."""
    task = given(cast, by=cast.curator)
    acts.do(task, by=cast.curator, result="со слов")
    acts.accept(reload(task), by=cast.curator)
    assert "(записано с бумаги)" in Act.objects.about(task).get(verb="give").words
    own, _ = make_running(type(cast)(**vars(cast) | {"mentee": cast.curator, "mentor": cast.stranger}))
    mine = given(cast, own, by=cast.stranger)
    acts.do(mine, by=cast.curator, result="сам")
    with pytest.raises(NotAllowed):
        acts.accept(reload(mine), by=cast.curator)


def test_what_is_late_is_seen_and_comes_into_the_agenda(cast, as_user):
    task = given(cast)
    MentorTask.objects.filter(pk=task.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    program = Program.objects.for_page().get(pk=task.program_id)
    assert f"Задание просрочено: {TEXT}" in agenda.offered(program, cast.mentor)
    listing = as_user(cast.curator).get("/tasks/?state=late").context["listing"]
    assert [row.badge.word for row in listing.rows] == ["просрочено"]
    Program.objects.filter(pk=program.pk).update(state="completed")
    with pytest.raises(Refused, match="реализуется"):
        acts.do(reload(task), by=cast.mentee, result="поздно")


def test_in_a_group_a_task_is_read_by_its_mentee(cast, as_user):
    program, _ = make_running(cast, mentees=2)
    due = timezone.localdate() + timedelta(days=3)
    both = acts.give(program, [side(program), side(program, n=1)], by=cast.mentor, text=TEXT, due_on=due)
    assert len(both) == 2
    theirs = next(t for t in both if t.participation.person_id != cast.mentee.person_id)
    assert as_user(cast.mentee).get(f"/tasks/{theirs.pk}/").status_code == 404
    assert len(as_user(cast.mentee).get(f"/programs/{program.pk}/tasks/").context["rows"]) == 1
    assert len(as_user(cast.mentor).get(f"/programs/{program.pk}/tasks/").context["rows"]) == 2
