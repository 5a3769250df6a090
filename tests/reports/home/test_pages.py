"""Home and global search as each role: what waits, what goes on, what is new; nothing foreign, few queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring_site import russian
from programs.journal import acts as journal_acts
from programs.program.models import Activity, Program
from reports.home import desk as home_desk
from reports.home.pipeline import pipeline
from tests.factories import make_candidate, make_pairing, make_person, make_program
from tests.programs.journal.kit import make_running, meet, side
from tests.test_queries import HOME

pytestmark = [pytest.mark.django_db, pytest.mark.point("20")]
ALL = ["director", "curator", "chair", "secretary", "council", "clerk", "sysadmin", "mentor", "mentee", "stranger"]


@pytest.mark.clause("3.3-a")
def test_everybody_has_a_home_and_only_two_see_the_pipeline(cast, as_user):
    for name in ALL:
        page = as_user(getattr(cast, name)).get("/home/").content.decode()
        assert ("Где сейчас все" in page) == (name in {"director", "curator"}), name
    assert "ничего не ждёт" in as_user(cast.stranger).get("/home/").content.decode()


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Сейчас Вас ничего не ждёт"),
        (1, "Одно дело ждёт Вас"),
        (2, "Два дела ждут Вас"),
        (5, "Пять дел ждут Вас"),
        (21, "21 дело ждёт Вас"),
        (14, "14 дел ждут Вас"),
    ],
)
def test_the_heading_counts_in_words(count, words):
    assert home_desk.headline(count) == words


def test_what_is_late_stands_first(cast, as_user):
    program, _activity = make_running(cast)
    today = timezone.localdate()
    Activity.objects.update(due_on=today - timedelta(days=3))
    Activity.objects.create(program=program, title="Вторая", due_on=today + timedelta(days=2), expected_result="лист")
    Activity.objects.create(program=program, title="Третья", due_on=today + timedelta(days=12), expected_result="лист")
    Activity.objects.create(program=program, title="Далёкая", due_on=today + timedelta(days=40), expected_result="лист")
    page = as_user(cast.mentee).get("/home/")
    assert [s.title for s in page.context["sections"]] == [
        home_desk.LATE,
        home_desk.THIS_WEEK,
        home_desk.REST,
    ]
    late = {t.title: t.when for t in page.context["sections"][0].tasks}
    assert late["Взаимопосещение уроков"] == "просрочено на\xa03\xa0дня"
    assert "Вторая" not in late and len(late) == 2  # the skills of the start are not chosen either
    assert "Далёкая" not in page.content.decode()
    assert "Просрочено: 2\xa0дела" in page.content.decode()
    assert sum(t.primary for s in page.context["sections"] for t in s.tasks) == 1


def test_own_programs_are_one_tap_from_a_meeting(cast, as_user):
    program, activity = make_running(cast)
    row = journal_acts.do(activity, side(program), by=cast.mentee, result="сделано")
    journal_acts.check(row, by=cast.mentor)
    meet(program, cast.mentor)
    for name, other in (("mentor", cast.mentee), ("mentee", cast.mentor)):
        found = as_user(getattr(cast, name)).get("/home/").context["own"][0]
        assert (found.people, found.label) == (other.person.short_name, "1 из 1\xa0мероприятия")
        assert [f.value for f in found.facts] == ["план выполнен", russian.ruday(timezone.localdate())]
        assert found.meeting_url == f"/programs/{program.pk}/meetings/new/"
    assert as_user(cast.curator).get("/home/").context["own"] == []


@pytest.mark.clause("5.1-c")
def test_new_words_reach_the_other_side_only(cast, as_user):
    program, _ = make_running(cast)
    journal_acts.post(program, by=cast.mentee, text="Как начать урок? канарейка")
    for name in ALL:
        page = as_user(getattr(cast, name)).get("/home/").content.decode()
        assert ("канарейка" in page) == (name in {"mentor", "curator"}), name


@pytest.mark.clause("3.3-a", "П.5-a")
def test_the_pipeline_counts(cast):
    make_running(cast)
    make_program(cast, "draft")
    make_pairing(cast, "recommended")
    make_pairing(cast, "proposed")
    make_pairing(cast, "assigned")
    make_candidate(make_person(), "mentee", by=cast.director)
    make_candidate(make_person(), "mentor", by=cast.director, state="applied")
    found = {stage.label: stage for stage in pipeline(cast.curator)}
    counted = {label: stage.value for label, stage in found.items() if stage.value}
    assert counted == {
        "Ждут решения в банках": 1,
        "Без пары": 1,
        "Пары складываются": 1,
        "Пары ждут приказа": 1,
        "Пары без программы": 1,
        "Пишут программу": 1,
        "Реализуются": 1,
    }
    assert found["Реализуются"].note == "1 без встреч больше трёх недель"


def test_the_number_of_ended_programs_leads_to_the_same_programs(cast, as_user):
    today = timezone.localdate()
    done, stopped, earlier, _ = (make_program(cast, "running") for _ in range(4))
    for program, state, on in ((done, "completed", 0), (stopped, "terminated", 0), (earlier, "completed", 400)):
        Program.objects.filter(pk=program.pk).update(state=state, ended_on=today - timedelta(days=on))
    stage = next(stage for stage in pipeline(cast.curator) if stage.label == "Закончены в этом году")
    page = as_user(cast.curator).get(stage.url)
    assert stage.value == 2 and {r.url for r in page.context["listing"].rows} == {
        done.get_absolute_url(),
        stopped.get_absolute_url(),
    }


def queries(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_a_home_asks_as_often_for_further_rows(cast, as_user):
    program, activity = make_running(cast)
    journal_acts.do(activity, side(program), by=cast.mentee, result="сделано")
    meet(program, cast.curator)
    journal_acts.post(program, by=cast.curator, text="слово")
    for state in ("proposed", "recommended", "assigned"):
        make_pairing(cast, state)
    for state in ("draft", "submitted", "agreed"):
        make_program(cast, state)
    make_candidate(make_person(), "mentor", by=cast.director, state="applied")
    clients = {name: as_user(getattr(cast, name)) for name in ALL}
    for client in clients.values():
        client.get("/home/")  # content types are read once in a process
    before = {name: queries(client, "/home/") for name, client in clients.items()}
    for n in range(3):
        Activity.objects.create(program=program, title=f"Ещё {n}", due_on=timezone.localdate(), expected_result="лист")
        meet(program, cast.curator, minutes=100 + n)
    for state in ("proposed", "recommended", "assigned"):
        make_pairing(cast, state)
    make_program(cast, "submitted")
    assert {name: queries(client, "/home/") for name, client in clients.items()} == before
    assert max(before.values()) <= HOME, before


# ------------------------------------------------------------------------------------------------ search


def test_search_finds_what_the_user_may_see(cast, as_user):
    program, _ = make_running(cast)
    last = cast.mentor.person.last_name

    def found(user, text):
        groups = as_user(user).get("/search/", {"q": text}).context["groups"]
        return {g.title: [r.label for r in g.rows] for g in groups}

    assert found(cast.curator, last.lower()[:8])["Люди"]
    assert cast.mentor.person.full_name in found(cast.mentee, last)["Люди"]
    assert found(cast.curator, "импров") == {"Программы": [program.title]}
    assert "Пары и группы" in found(cast.mentor, cast.mentee.person.last_name)
    assert found(cast.stranger, "импров") == {}
    assert found(cast.stranger, cast.mentor.person.last_name) == {}


@pytest.mark.parametrize(
    "text", ["", " ", "я", "%", "_", "'; drop table", "№", "9" * 40, "<script>", "а" * 500, "ё" * 3, "\u202e"]
)
def test_hostile_words_are_answered_calmly(cast, as_user, text):
    answer = as_user(cast.curator).get("/search/", {"q": text})
    assert answer.status_code == 200 and "<script>" not in answer.content.decode().split("<main")[1]


def test_search_asks_the_same_for_one_and_for_three(cast, as_user):
    client = as_user(cast.curator)
    client.get("/home/")
    make_program(cast, "draft")
    before = queries(client, "/search/?q=импров")
    make_program(cast, "draft")
    make_program(cast, "draft")
    assert queries(client, "/search/?q=импров") == before <= 30


def test_a_long_list_leads_to_the_whole(cast, as_user):
    for _ in range(11):
        make_person("Общая")
    page = as_user(cast.curator).get("/search/", {"q": "общая"})
    group = page.context["groups"][0]
    assert len(group.rows) == 10 and group.more.startswith("/people/")


@pytest.mark.point("21")
@pytest.mark.parametrize("address, label", [("/programs/hours/", "Часы наставничества"), ("/programs/", "Программы")])
def test_the_navigation_marks_one_place_and_one_section_as_current(cast, as_user, address, label):
    context = as_user(cast.curator).get(address).context
    assert [item.label for group in context["nav"] for item in group if item.current] == ["Программы"]
    assert [tab.label for tab in context["nav_tabs"] if tab.current] == [label]


@pytest.mark.point("20", "24")
def test_a_long_list_of_deeds_opens_at_a_tap(cast, as_user, monkeypatch):
    monkeypatch.setattr(home_desk, "TASKS_AT_ONCE", 2)
    for _ in range(6):
        make_pairing(cast, "recommended", complete=False)
    client = as_user(cast.curator)
    page, whole = client.get("/home/"), client.get("/home/?all")
    shown, everything = ([t.title for s in p.context["sections"] for t in s.tasks] for p in (page, whole))
    kinds = [g for s in page.context["sections"] for g in s.groups]
    assert len(shown) == sum(min(g.count, 2) for g in kinds) < len(everything) == sum(g.count for g in kinds)
    assert page.context["heading"] == whole.context["heading"] == home_desk.headline(len(everything))
    left = len(everything) - len(shown)
    assert f"Показать ещё {left}" in page.content.decode() and "Показать ещё" not in whole.content.decode()
