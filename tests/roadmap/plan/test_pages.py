"""Pages of the roadmap as each role: drafts for those who write and approve, approved versions for everybody inside."""

import io
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from people.rights import Right
from people.school.models import School
from roadmap.plan import acts as plan_acts
from roadmap.plan.models import Roadmap, Task
from roadmap.regulation.models import Regulation

pytestmark = [pytest.mark.django_db, pytest.mark.point("19", "21", "22")]


ALL = ["director", "curator", "chair", "secretary", "council", "clerk", "sysadmin", "mentor", "mentee", "stranger"]
SEE_DRAFTS = {"director", "curator", "chair", "secretary", "council"}


def approved(cast, year=2026):
    roadmap = plan_acts.submit(plan_acts.draft(year, by=cast.curator), by=cast.curator)
    return plan_acts.approve(roadmap, by=cast.clerk, number="38-од", date=date(year, 8, 30))


def first_task(roadmap):
    return Task.objects.filter(stage__roadmap=roadmap).first()


def test_who_sees_drafts_and_who_sees_approved(cast, as_user):
    ready, draft = approved(cast), plan_acts.draft(2027, by=cast.curator)
    for name in ALL:
        client = as_user(getattr(cast, name))
        assert client.get("/roadmap/").status_code == 200
        for roadmap, status in ((ready, 200), (draft, 200 if name in SEE_DRAFTS else 404)):
            task = first_task(roadmap)
            assert client.get(f"/roadmap/{roadmap.pk}/").status_code == status, name
            assert client.get(f"/roadmap/{roadmap.pk}/tasks/{task.pk}/").status_code == status, name
        listed = f'href="/roadmap/{draft.pk}/"' in client.get("/roadmap/").content.decode()
        assert listed == (name in SEE_DRAFTS), name
    assert as_user(cast.curator).get("/roadmap/999/").status_code == 404
    assert as_user(cast.curator).get(f"/roadmap/{ready.pk}/tasks/{first_task(draft).pk}/").status_code == 404


def test_acts_belong_to_the_curator(cast, as_user):
    draft = plan_acts.draft(2026, by=cast.curator)
    task = first_task(draft)
    paths = [
        "new/",
        f"{draft.pk}/submit/",
        f"{draft.pk}/tasks/{task.pk}/edit/",
        f"{draft.pk}/tasks/{task.pk}/drop/",
        f"{draft.pk}/stages/{task.stage_id}/new/",
        f"{draft.pk}/tasks/{task.pk}/unmark/",
    ]
    for path in paths:
        assert as_user(cast.curator).get(f"/roadmap/{path}").status_code == 200, path
        assert as_user(cast.director).get(f"/roadmap/{path}").status_code == 403, path
        assert as_user(cast.director).post(f"/roadmap/{path}").status_code == 403, path
        assert as_user(cast.stranger).get(f"/roadmap/{path}").status_code == (403 if path == "new/" else 404), path


@pytest.mark.clause("3.3-d", "3.4-d")
def test_the_whole_way_through_the_pages(cast, as_user):
    curator, director = as_user(cast.curator), as_user(cast.director)
    key = uuid4()
    page = curator.post("/roadmap/new/", {"school_year": plan_acts.this_year(), "request_key": key}, follow=True)
    assert "Проект карты составлен" in page.content.decode()
    roadmap = Roadmap.objects.get()
    task = first_task(roadmap)
    at = f"/roadmap/{roadmap.pk}/"
    form = curator.get(f"{at}tasks/{task.pk}/edit/").context["form"]
    data = {
        "text": "Иначе",
        "due_on": "2026-09-01",
        "responsible_words": "куратор",
        "expected_result": "приказ",
        "version": form["version"].value(),
    }
    wrong = curator.post(f"{at}tasks/{task.pk}/edit/", data | {"starts_on": "2026-10-01"})
    assert "не может закончиться раньше" in wrong.content.decode()
    assert "Мероприятие записано" in curator.post(f"{at}tasks/{task.pk}/edit/", data, follow=True).content.decode()
    stale = curator.post(f"{at}tasks/{task.pk}/edit/", data | {"text": "Третье"})
    text = stale.content.decode()
    assert "Третье" in text and "Сейчас: мероприятие" in text and "Иначе" in text
    curator.post(
        f"{at}tasks/{task.pk}/edit/", data | {"text": "Третье", "version": stale.context["form"]["version"].value()}
    )
    task.refresh_from_db()
    assert task.text == "Третье"
    curator.post(f"{at}submit/")
    assert "закрыта для правки" in curator.get(f"{at}tasks/{task.pk}/edit/", follow=True).content.decode()
    assert director.post(f"{at}return/", {"reason": " "}).context["form"].errors
    director.post(f"{at}return/", {"reason": "уточните сроки"})
    assert "уточните сроки" in curator.get(at).content.decode()
    curator.post(f"{at}submit/")
    assert f"kind=roadmap&amp;roadmap={roadmap.pk}" in curator.get(at).content.decode()
    plan_acts.approve(roadmap, by=cast.clerk, number="38-од", date=date(2026, 8, 30))
    page = curator.post(f"{at}tasks/{task.pk}/done/", {"note": "приказ подписан"}, follow=True).content.decode()
    assert "Выполнение отмечено" in page and "1 из 3" in page
    assert "уже отмечено" in curator.get(f"{at}tasks/{task.pk}/done/", follow=True).content.decode()
    assert "Отметка снята" in curator.post(f"{at}tasks/{task.pk}/unmark/", follow=True).content.decode()


@pytest.mark.parametrize("bad", [{"school_year": "9" * 40}, {"school_year": "1999"}, {"request_key": "x"}, {}])
def test_hostile_input_is_an_error_of_the_form(cast, as_user, bad):
    page = as_user(cast.curator).post(
        "/roadmap/new/",
        {"school_year": plan_acts.this_year(), "request_key": uuid4(), "x": 1} | (bad or {"request_key": ""}),
    )
    assert page.status_code == 200 and page.context["form"].errors and not Roadmap.objects.exists()


def test_the_paper(cast, as_user):
    roadmap = approved(cast)
    answer = as_user(cast.mentor).get(f"/roadmap/{roadmap.pk}/pdf/")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert as_user(cast.mentor).get(f"/roadmap/{plan_acts.draft(2027, by=cast.curator).pk}/pdf/").status_code == 404


def test_the_regulation_in_force_and_the_earlier_ones(cast, as_user):
    page = as_user(cast.mentor).get("/roadmap/regulation/").content.decode()
    assert "текст ещё не внесён" in page
    Regulation.objects.create(
        title="Прежнее", text="т", state="superseded", order_date=date(2020, 1, 1), order_number="1"
    )
    Regulation.objects.create(
        title="Положение",
        text="# Общие\n\n<script>x</script>",
        state="approved",
        order_date=date(2026, 8, 30),
        order_number="38-од",
    )
    Regulation.objects.create(title="Черновик-канарейка", text="т", state="draft")
    page = as_user(cast.mentor).get("/roadmap/regulation/").content.decode()
    assert "30\xa0августа" in page and "Прежнее" in page and "<script>x" not in page and "канарейка" not in page


def queries(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["curator", "mentor"])
def test_pages_ask_the_same_for_one_and_for_three(cast, as_user, name):
    client = as_user(getattr(cast, name))
    roadmap = approved(cast)
    task = first_task(roadmap)
    client.get("/home/")
    urls = ["/roadmap/", f"/roadmap/{roadmap.pk}/", f"/roadmap/{roadmap.pk}/tasks/{task.pk}/"]
    before = [queries(client, url) for url in urls]
    for year in (2025, 2024):
        approved(cast, year)
    Task.objects.bulk_create(Task(stage=task.stage, number=n, text="ещё") for n in range(10, 30))
    assert [queries(client, url) for url in urls] == before
    assert max(before) <= 18, before  # the line of an open journey included


def test_a_missing_regulation_leads_only_those_who_may_record_its_order(cast, as_user):
    School.objects.update(regulation_number="", regulation_date=None)
    assert "/settings/school/" in as_user(cast.curator).get("/roadmap/regulation/").content.decode().split("<main")[1]
    page = as_user(cast.mentor).get("/roadmap/regulation/").content.decode().split("<main")[1]
    assert "/settings/school/" not in page and Right.SCHOOL_EDIT.who in page


@pytest.mark.point("10.9")
def test_the_year_stands_on_one_line_with_today_on_the_page_and_in_print(cast, as_user, monkeypatch):
    School.objects.update(regulation_number="", regulation_date=None)  # nothing is done by itself
    roadmap = approved(cast)
    done, late, ahead = list(Task.objects.filter(stage__roadmap=roadmap))[:3]
    Task.objects.filter(pk=done.pk).update(starts_on=date(2026, 9, 1), due_on=date(2026, 9, 30))
    Task.objects.filter(pk=late.pk).update(starts_on=date(2026, 9, 1), due_on=date(2026, 10, 30))
    Task.objects.filter(pk=ahead.pk).update(starts_on=None, due_on=date(2027, 5, 20))
    plan_acts.mark_done(done, by=cast.curator, note="приказ")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: date(2026, 11, 30))
    client = as_user(cast.curator)
    figure = client.get(f"/roadmap/{roadmap.pk}/", {"part": "year"}).context["figure"]
    lanes = {lane.label: lane for lane in figure.chart.lanes}
    assert [lanes[t.text].spans[0].tone for t in (done, late, ahead)] == ["done", "late", "ahead"]
    [day] = lanes[ahead.text].spans
    assert day.first == day.last == date(2027, 5, 20)
    assert sum(lane.heading for lane in figure.chart.lanes) == 7 and figure.chart.today == date(2026, 11, 30)
    assert figure.chart.first <= date(2026, 9, 1) and figure.chart.last >= date(2027, 6, 30)
    assert "сегодня, 30 ноя" in figure.wide and "сегодня, 30 ноя" in figure.narrow
    text = " ".join(
        p.extract_text() for p in PdfReader(io.BytesIO(client.get(f"/roadmap/{roadmap.pk}/pdf/").content)).pages
    )
    assert "учебный год на одной линии" in text and "сегодня, 30 ноя" in text


@pytest.mark.point("10.16")
def test_what_goes_on_now_stands_first_the_readers_own_before_others(cast, as_user, monkeypatch):
    School.objects.update(regulation_number="", regulation_date=None)  # nothing is done by itself
    roadmap = approved(cast)
    today = date(2026, 11, 30)
    Task.objects.filter(stage__roadmap=roadmap).update(starts_on=None, due_on=date(2027, 5, 20))
    late, own, soon, done, ahead = list(Task.objects.filter(stage__roadmap=roadmap))[:5]
    for task, day in ((late, 1), (own, 29), (soon, 30), (done, 2)):
        Task.objects.filter(pk=task.pk).update(due_on=today.replace(day=day))
    for task in Task.objects.filter(stage__roadmap=roadmap):
        task.responsible.set([cast.chair.person])
    own.responsible.set([cast.curator.person])
    plan_acts.mark_done(done, by=cast.curator, note="приказ")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: today)
    page = as_user(cast.curator).get(f"/roadmap/{roadmap.pk}/").context
    assert [row.text for row in page["now"]] == [own.text, late.text, soon.text]
    assert [bool(row.mine) for row in page["now"]] == [True, False, False]
    assert len(page["stages"]) == 7 and not any(stage.is_open for stage in page["stages"])
    assert (page["stages"][0].label, page["stages"][0].late) == ("сделано 0 из 3", "просрочено: 2")
    assert ahead.text in [row.text for stage in page["stages"] for row in stage.rows]
    assert page["figure"] is None and page["entries"] == []
    draft = plan_acts.draft(2027, by=cast.curator)
    assert as_user(cast.curator).get(f"/roadmap/{draft.pk}/").context["stages"][0].is_open
