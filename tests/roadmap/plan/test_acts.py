"""Acts of the roadmap: from the template, by versions, submitted, returned, approved, marked; the
matrix (п. 3.3, 3.4, приложение).
"""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mentoring_site.holds import release
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, perform
from people.register.models import Person
from people.school.models import School
from roadmap.plan import acts as plan_acts
from roadmap.plan.inbox import items
from roadmap.plan.models import Roadmap, Stage, Task
from roadmap.plan.rules import ROADMAP
from tests.matrix import ALL, attempt, expected
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("19")]


@pytest.fixture(autouse=True)
def nothing_is_known(school):
    """No fact of the school proves a line of the roadmap: test_midyear.py is about those that do."""
    School.objects.update(regulation_number="", regulation_date=None)


YEAR = 2026
WHO = {
    "submit": {"curator"},
    "send_back": {"curator", "director"},
    "approve": {"director", "curator", "clerk"},
    "supersede": {"director", "curator", "clerk"},
}
FROM = {"submit": {"draft"}, "send_back": {"submitted"}, "approve": {"submitted"}, "supersede": {"approved"}}


def make_roadmap(cast, state="draft", year=YEAR):
    roadmap = plan_acts.draft(year, by=cast.curator)
    if state != "draft":
        roadmap = plan_acts.submit(roadmap, by=cast.curator)
    if state in ("approved", "superseded"):
        roadmap = plan_acts.approve(roadmap, by=cast.clerk, number="38-од", date=date(year, 8, 30))
    if state == "superseded":
        perform(roadmap, "supersede", by=cast.clerk)
    return Roadmap.objects.with_requirements().get(pk=roadmap.pk)


def tasks(roadmap):
    return list(Task.objects.filter(stage__roadmap=roadmap).select_related("stage"))


def test_the_tables_are_whole():
    assert set(WHO) == set(FROM) == {t.name for t in ROADMAP}
    assert set(Roadmap.State.values) == {s for t in ROADMAP for s in (*t.sources, t.target)}


@pytest.mark.parametrize("state", Roadmap.State.values)
def test_who_may_do_what_from_which_state(cast, state):
    roadmap = make_roadmap(cast, state)
    order = {"order_number": "1-од", "order_date": date(2026, 8, 30)}
    for name in WHO:
        for role in ALL:
            found = attempt(roadmap, name, getattr(cast, role), order if name == "approve" else None)
            assert found == expected(role, state, WHO[name], FROM[name]), (name, role)


@pytest.mark.clause("3.4-d", "П-0")
@pytest.mark.time_machine("2026-08-20 09:00")
def test_the_template_has_seven_stages_ready_to_be_submitted(cast):
    roadmap = make_roadmap(cast)
    assert [s.number for s in roadmap.stages.all()] == [1, 2, 3, 4, 5, 6, 7]
    assert all(t.due_on and t.responsible_words and t.expected_result for t in tasks(roadmap))
    assert min(t.starts_on for t in tasks(roadmap)) == date(2026, 8, 3)
    assert max(t.due_on for t in tasks(roadmap)) <= date(2027, 8, 31)
    assert plan_acts.submit(roadmap, by=cast.curator).state == "submitted"


@pytest.mark.clause("3.4-d")
@pytest.mark.parametrize("name", sorted(set(ALL) - {"curator"}))
def test_only_the_curator_drafts(cast, name):
    with pytest.raises(NotAllowed):
        plan_acts.draft(YEAR, by=getattr(cast, name))


def test_one_draft_a_year_and_a_second_press(cast):
    key = uuid4()
    first = plan_acts.draft(YEAR, by=cast.curator, request_key=key)
    assert plan_acts.draft(YEAR, by=cast.curator, request_key=key) == first
    with pytest.raises(Refused, match="уже есть"):
        plan_acts.draft(YEAR, by=cast.curator)


def test_what_an_order_holds_is_not_returned(cast):
    roadmap = make_roadmap(cast, "submitted")
    order = make_order(cast, "roadmap", items=[roadmap])
    with pytest.raises(Refused, match="в проекте приказа"):
        plan_acts.send_back(roadmap, by=cast.director, reason="сроки этапа 4")
    release(by=order)
    assert plan_acts.send_back(roadmap, by=cast.director, reason="сроки этапа 4").state == "draft"


@pytest.mark.clause("3.4-d")
def test_a_task_is_added_changed_and_dropped_by_version(cast):
    roadmap = make_roadmap(cast)
    stage = roadmap.stages.first()
    old = roadmap.version
    task = plan_acts.save_task(
        roadmap, Task(stage=stage, text="Новое"), [cast.mentor.person], by=cast.curator, version=old
    )
    stage = Stage.objects.get(pk=stage.pk)
    assert task.number == stage.tasks.count() and list(task.responsible.all()) == [cast.mentor.person]
    with pytest.raises(Stale):
        plan_acts.save_task(Roadmap.objects.get(), task, [], by=cast.curator, version=old)
    with pytest.raises(NotAllowed):
        plan_acts.save_task(roadmap, task, [], by=cast.director, version=roadmap.version)
    first = stage.tasks.first()
    plan_acts.drop_task(roadmap, first, by=cast.curator, version=roadmap.version)
    assert [t.number for t in stage.tasks.all()] == list(range(1, stage.tasks.count() + 1))
    assert "1.1 убрано" in Act.objects.about(roadmap).last().words


def test_a_stage_has_a_limit(cast):
    roadmap = make_roadmap(cast)
    stage = roadmap.stages.first()
    Task.objects.bulk_create(Task(stage=stage, number=n, text="ещё") for n in range(4, 61))
    with pytest.raises(Refused, match="не больше 60"):
        plan_acts.save_task(roadmap, Task(stage=stage, text="61-е"), [], by=cast.curator, version=roadmap.version)


@pytest.mark.clause("3.3-d")
@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_is_submitted_or_approved_is_locked(cast, state):
    roadmap = make_roadmap(cast, state)
    task = tasks(roadmap)[0]
    with pytest.raises(Refused, match="закрыта для правки"):
        plan_acts.save_task(roadmap, task, [], by=cast.curator, version=roadmap.version)
    with pytest.raises(Refused, match="закрыта для правки"):
        plan_acts.drop_task(roadmap, task, by=cast.curator, version=roadmap.version)


def test_an_incomplete_draft_is_not_submitted(cast):
    roadmap = make_roadmap(cast)
    Task.objects.filter(stage__number=1).update(responsible_words="")
    Task.objects.filter(stage__number=2).delete()
    with pytest.raises(Refused) as refusal:
        plan_acts.submit(roadmap, by=cast.curator)
    assert any("Этап 2" in s for s in refusal.value.sentences)
    assert any("1.1: не указано — ответственный" in s for s in refusal.value.sentences)


@pytest.mark.clause("3.3-d")
def test_the_director_learns_and_returns_with_a_reason(cast):
    Person.objects.filter(pk=cast.director.person_id).update(email="director@school.example")
    roadmap = make_roadmap(cast, "submitted")
    assert OutboxMail.objects.get(template="roadmap_submitted").person_id == cast.director.person_id
    with pytest.raises(Refused, match="что доработать"):
        plan_acts.send_back(roadmap, by=cast.director, reason=" ")
    roadmap = plan_acts.send_back(roadmap, by=cast.director, reason="сроки этапа 4")
    assert (roadmap.state, roadmap.returned_why) == ("draft", "сроки этапа 4")
    letter = OutboxMail.objects.get(template="roadmap_returned")
    assert (letter.to, "сроки этапа 4" in letter.text) == (cast.curator.email, True)
    found = [w for w in items(cast.curator) if w.title.startswith("Доработать")]
    assert found[0].why == "Возвращена: сроки этапа 4"
    assert plan_acts.submit(roadmap, by=cast.curator).returned_why == ""


def test_an_approved_roadmap_is_edited_by_a_new_version(cast):
    first = make_roadmap(cast, "approved")
    done, later = tasks(first)[:2]
    plan_acts.mark_done(done, by=cast.curator, note="приказ № 38-од")
    second = plan_acts.draft(YEAR, by=cast.curator)
    copied = tasks(second)
    assert [t.text for t in copied] == [t.text for t in tasks(first)]
    assert copied[0].done_note == "приказ № 38-од"
    plan_acts.mark_done(later, by=cast.curator, note="протокол № 1")
    plan_acts.submit(second, by=cast.curator)
    plan_acts.approve(second, by=cast.clerk, number="60-од", date=date(2026, 11, 1))
    first.refresh_from_db()
    assert first.state == "superseded" and Roadmap.objects.get(pk=second.pk).state == "approved"
    assert tasks(second)[1].done_note == "протокол № 1"


def test_the_next_year_begins_from_this_one(cast):
    first = make_roadmap(cast, "approved")
    Task.objects.filter(stage__roadmap=first).update(due_on=date(2027, 2, 28), starts_on=date(2027, 2, 1))
    plan_acts.mark_done(tasks(first)[0], by=cast.curator, note="сделано")
    following = plan_acts.draft(YEAR + 1, by=cast.curator)
    assert {t.due_on for t in tasks(following)} == {date(2028, 2, 29)}
    assert not any(t.done_on for t in tasks(following))


def test_who_marks_a_task(cast):
    roadmap = make_roadmap(cast, "approved")
    task = tasks(roadmap)[0]
    task.responsible.add(cast.mentor.person)
    for name in ("director", "chair", "mentee", "clerk", "stranger"):
        with pytest.raises(NotAllowed):
            plan_acts.mark_done(task, by=getattr(cast, name), note="сделано")
    with pytest.raises(Refused, match="что получилось"):
        plan_acts.mark_done(task, by=cast.mentor, note=" ")
    plan_acts.mark_done(task, by=cast.mentor, note="провели 5 октября")
    with pytest.raises(Already):
        plan_acts.mark_done(task, by=cast.curator, note="ещё раз")
    with pytest.raises(NotAllowed):
        plan_acts.unmark(task, by=cast.mentor)
    plan_acts.unmark(task, by=cast.curator)
    with pytest.raises(Already):
        plan_acts.unmark(task, by=cast.curator)


def test_a_draft_is_not_marked(cast):
    with pytest.raises(Refused, match="в утверждённой карте"):
        plan_acts.mark_done(tasks(make_roadmap(cast))[0], by=cast.curator, note="сделано")


def test_what_waits_in_the_roadmap(cast):
    assert [w.verb for w in items(cast.curator)] == ["Составить карту"]
    roadmap = make_roadmap(cast, "approved", plan_acts.this_year())
    Task.objects.update(due_on=timezone.localdate() + timedelta(days=60), starts_on=None)
    assert items(cast.curator) == items(cast.mentor) == []
    task = tasks(roadmap)[0]
    Task.objects.filter(pk=task.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    task.responsible.add(cast.mentor.person)
    assert len(items(cast.mentor)) == 1 and items(cast.curator) == []
    assert Stage.objects.filter(roadmap=roadmap).count() == 7
