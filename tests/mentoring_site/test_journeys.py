"""Journeys: steps close by evidence, each user sees whose move it is, an open one leads on from every page."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.db.models import Exists
from django.test.utils import CaptureQueriesContext

from mentoring_site import journeys
from mentoring_site.journeys import Journey, Step
from people.banks import keeping
from people.register.models import Person
from people.rights import Right
from people.setup.journey import FIRST
from people.setup.journey import STEPS as SETUP
from programs.program.models import Program
from tests.factories import make_candidate, make_person, make_program

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.1")]
NOBODY, SOMEBODY = lambda: Exists(Person.objects.filter(pk=0)), lambda: Exists(Person.objects.all())


def step(key, evidence, right=Right.SCHOOL_EDIT, after=()):
    return Step(key, 1, f"Шаг {key}", "потому что", right, lambda: f"/{key}/", "Сделать", evidence, 3, 2, after=after)


@pytest.fixture
def journey(cast, monkeypatch):
    """A journey of its own: one step is done, one can be taken, one is another's, one comes later."""
    monkeypatch.setattr(journeys, "_JOURNEYS", {})
    monkeypatch.setattr(journeys, "_STEPS", {})
    journeys.register(Journey("own", "Путь", "Зачем", (Right.SCHOOL_EDIT, Right.PAIRINGS_RECOMMEND), NOBODY))
    journeys.add("own", step("done", SOMEBODY), step("mine", NOBODY))
    journeys.add("own", step("council", NOBODY, Right.PAIRINGS_RECOMMEND), step("last", NOBODY, after=("mine",)))


def test_a_step_closes_by_what_the_database_says(cast, journey):
    found = journeys.open_for(cast.curator)
    assert [(row.title, row.state, row.url) for row in found.rows] == [
        ("Шаг done", "done", ""),
        ("Шаг mine", "now", "/mine/"),
        ("Шаг council", "wait", ""),
        ("Шаг last", "ahead", ""),
    ]
    assert (found.count, found.next.title, found.waits) == ("сделано 1 из 4", "Шаг mine", "")
    assert found.left == "осталось около 9\xa0действий, из них Ваших 6"
    assert "председатель методического совета" in found.rows[2].who


def test_whoever_has_no_step_reads_whose_move_it_is(cast, journey, monkeypatch):
    journeys.add("own", step("council", SOMEBODY, Right.PAIRINGS_RECOMMEND))
    found = journeys.open_for(cast.chair)
    assert found.next is None and found.waits.startswith("Сейчас ход не Ваш: директор")
    assert journeys.open_for(cast.mentor) is None


def test_a_journey_of_any_length_is_one_query(cast, journey):
    asked = []
    for extra in (0, 20):
        journeys.add("own", *(step(f"more{n}", NOBODY) for n in range(extra)))
        cast.curator.rights  # noqa: B018  read before
        with CaptureQueriesContext(connection) as queries:
            journeys.open_for(cast.curator)
        asked.append(len(queries))
    assert asked == [1, 1]


def test_a_journey_that_is_over_is_not_shown(cast, journey):
    journeys.register(Journey("own", "Путь", "Зачем", (Right.SCHOOL_EDIT,), SOMEBODY))
    assert journeys.open_for(cast.curator) is None


def test_every_step_of_the_first_hour_has_an_address_for_its_holder(cast, school):
    """Nothing leads nowhere: each address is asked for in an empty school, and answers its holder."""
    steps = journeys.steps_of(FIRST)
    assert [s.key for s in steps][:3] == [s.key for s in SETUP][:3]
    assert {key for s in steps for key in s.after} <= {s.key for s in steps}
    assert all(s.url().startswith("/") for s in steps)


def test_the_home_of_a_new_school_never_says_that_nothing_waits(cast, as_user, school):
    for user in (cast.director, cast.curator, cast.clerk, cast.sysadmin):
        page = as_user(user).get("/home/")
        text = page.content.decode()
        assert page.context["journey"].title == "Первые шаги" and "Первые шаги" in text
        assert "ничего не ждёт" not in text and "Всё, что зависело от Вас" not in text
    assert as_user(cast.mentor).get("/home/").context["journey"] is None


def test_an_open_journey_leads_on_from_other_pages(cast, as_user, school):
    client = as_user(cast.curator)
    assert "journey-line" not in client.get("/people/").content.decode()  # the home has not shown one
    client.get("/home/")
    text = client.get("/people/").content.decode()
    assert "journey-line" in text and "Дальше:" in text


def test_it_folds_away_when_the_first_program_runs(cast, as_user, school):
    make_program(SimpleNamespace(**vars(cast)), "running")
    client = as_user(cast.curator)
    assert client.get("/home/").context["journey"] is None
    assert "journey-line" not in client.get("/people/").content.decode()


def test_a_filled_bank_ticks_its_step(cast, as_user, school):
    def state():
        rows = as_user(cast.curator).get("/home/").context["journey"].rows
        return next(row.state for row in rows if row.title == "Заполните банк наставляемых")

    make_person()  # a teacher: the staff list is there
    assert state() == "now"
    make_candidate(make_person(), "mentee", by=cast.director)
    assert state() == "done"


AUTUMN = datetime(2026, 9, 3, 9, 0, tzinfo=UTC)


def test_the_second_journey_begins_the_school_year(cast, as_user, school):
    """A school that has lived through a year sees it in its season; facts close its steps."""
    a_year_ago(cast)
    with time_machine.travel(AUTUMN):
        autumn(cast)
    assert journeys.open_for(cast.curator) is None  # out of its season


def a_year_ago(cast):
    """A program of last year has been completed."""
    program = make_program(SimpleNamespace(**vars(cast)), "running")
    last = date(2026, 5, 31)
    term = {"starts_on": date(2025, 9, 15), "ends_on": last, "earliest_end": last, "latest_end": last}
    Program.objects.filter(pk=program.pk).update(state="completed", **term)


def autumn(cast):
    """Facts close the steps, one after another."""
    found = journeys.open_for(cast.curator)
    assert (found.title, found.next.title) == ("Новый учебный год", "Обновите список сотрудников")
    assert {row.title: row.state for row in found.rows}["Завершите программы прошлого года"] == "done"
    for part in ("mentor", "mentee"):
        keeping.review(part, by=cast.curator, on=date(2026, 9, 2))
    states = {row.title: row.state for row in journeys.open_for(cast.curator).rows}
    assert states["Проверьте банк наставников"] == states["Проверьте банк наставляемых"] == "done"
