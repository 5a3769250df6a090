"""A school that begins in the middle of a year: dates move from today, facts tick their lines, the rest in one go."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import NotAllowed, Refused
from people.school.models import School
from reports.home.desk import desk
from roadmap.plan import acts, known
from roadmap.plan.inbox import items
from roadmap.plan.models import Roadmap, Task
from roadmap.plan.template import STAGES
from tests.factories import make_candidate, make_pairing, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.2")]
MIDDLE = "2026-11-30 09:00"


def approved(cast) -> Roadmap:
    roadmap = acts.submit(acts.draft(acts.this_year(), by=cast.curator), by=cast.curator)
    return acts.approve(roadmap, by=cast.clerk, number="45-од", date=timezone.localdate())


def tasks(**facts):
    return list(Task.objects.filter(**facts).order_by("stage__number", "number"))


@pytest.mark.time_machine(MIDDLE)
def test_on_the_first_day_nothing_is_late(cast):
    School.objects.update(regulation_number="", regulation_date=None)
    roadmap = approved(cast)
    today = timezone.localdate()
    assert len(tasks(stage__roadmap=roadmap)) == sum(len(rows) for _, rows in STAGES)
    assert all(task.due_on >= today + timedelta(days=14) for task in tasks())
    assert all(task.starts_on <= task.due_on <= date(2027, 6, 30) for task in tasks())
    assert [item for item in items(cast.curator) if item.until and item.until < today] == []
    assert desk(cast.curator).late == 0


@pytest.mark.time_machine(MIDDLE)
def test_what_is_ahead_keeps_its_days_and_what_is_past_its_length(cast):
    acts.draft(2026, by=cast.curator)
    conference = Task.objects.get(text="Школьная конференция или семинар")
    assert (conference.starts_on, conference.due_on) == (date(2027, 5, 4), date(2027, 5, 31))
    bank = next(task for task in tasks() if task.text.startswith("Формирование банка данных наставляемых"))
    pairs = Task.objects.get(text="Формирование наставнических пар и групп")
    assert bank.starts_on == pairs.starts_on == date(2026, 11, 30)
    assert (bank.due_on.month, pairs.due_on.month) == (12, 1)  # a month's work, and two


@pytest.mark.time_machine("2026-08-20 09:00")
def test_a_school_that_begins_in_august_has_the_days_of_the_template(cast):
    acts.draft(2026, by=cast.curator)
    assert min(task.starts_on for task in tasks()) == date(2026, 8, 3)
    assert Task.objects.get(text="Формирование наставнических пар и групп").due_on == date(2026, 10, 30)


def test_facts_tick_their_own_lines_at_the_approval(cast):
    """The order on the Положение is recorded, the bank of mentees is filled: their lines close by themselves."""
    make_candidate(make_person(), "mentee", by=cast.director, state="approved")
    roadmap = approved(cast)
    done = {task.text: task for task in tasks(done_on__isnull=False)}
    assert any(text.startswith("Подготовка и принятие локальных") for text in done)
    assert any(text.startswith("Формирование банка данных наставляемых") for text in done)
    assert not any("наставников" in text for text in done)
    assert {task.done_by for task in done.values()} == {None} and all(task.done_note for task in done.values())
    assert Act.objects.about(roadmap).filter(verb="known", actor=None).count() == len(done)


def test_the_clock_ticks_what_has_become_true_and_not_what_was_taken_back(cast):
    approved(cast)
    first = known.tick_due()
    make_pairing(cast, "assigned")
    assert known.tick_due() > 0 == first
    pairs = Task.objects.get(text="Формирование наставнических пар и групп")
    assert re.fullmatch(r"Закреплено приказом от \d\d\.\d\d\.\d{4} № \S+", pairs.done_note)
    acts.unmark(pairs, by=cast.curator)
    assert known.tick_due() == 0 and Task.objects.get(pk=pairs.pk).done_on is None
    acts.mark_done(pairs, by=cast.curator, note="закрепили сами")


def test_every_fact_is_about_a_line_of_the_template():
    lines = {task[0] for _, rows in STAGES for task in rows}
    assert {text for text, _, _ in known.FACTS} <= lines


def test_the_rest_is_ticked_in_one_go(cast, as_user):
    roadmap = approved(cast)
    url = reverse("roadmap:done_many", args=[roadmap.pk])
    client = as_user(cast.curator)
    assert "Отметить несколько" in client.get(roadmap.get_absolute_url()).content.decode()
    chosen = tasks(done_on__isnull=True)[:3]
    assert "Отметьте хотя бы одно" in client.post(url, {"note": "x"}).content.decode()
    client.post(url, {"tasks": [task.pk for task in chosen], "note": ""})
    for task in chosen:
        task.refresh_from_db()
        assert (task.done_by, task.done_note) == (cast.curator, task.expected_result)
    assert {task.pk for task in tasks(done_on__isnull=True)}.isdisjoint({task.pk for task in chosen})
    with pytest.raises(NotAllowed):
        acts.mark_several(tasks(done_on__isnull=True)[:1], by=cast.clerk)
    with pytest.raises(Refused):
        acts.mark_several([], by=cast.curator)


def test_the_work_of_the_plan_is_one_folded_group_at_home(cast):
    roadmap = approved(cast)
    late = tasks(done_on__isnull=True)[:9]
    Task.objects.filter(pk__in=[task.pk for task in late]).update(
        starts_on=None, due_on=timezone.localdate() - timedelta(days=3)
    )
    groups = [group for part in desk(cast.curator).sections for group in part.groups]
    (plan,) = [group for group in groups if group.title == "Дорожная карта"]
    assert plan.folded and plan.count == 9 and roadmap.state == "approved"


def test_who_marked_stands_only_where_something_is_done(cast):
    approved(cast)
    task = tasks(done_on__isnull=True)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(done_by=cast.curator)
