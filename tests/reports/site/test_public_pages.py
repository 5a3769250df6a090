"""The public section: only what live consents allow, gone at once when withdrawn, difficulties never
(п. 8.1, 8.2; 152-ФЗ).
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.banks.models import Candidate
from people.consents import acts as consent_acts
from people.register.models import Employment
from programs.completion import publication as completion_publication
from programs.program.models import Program
from reports.site import news as site_news
from reports.site import visibility
from reports.site.frame import SECTIONS
from reports.site.models import News
from roadmap.plan import acts as plan_acts
from roadmap.plan.models import Task
from roadmap.regulation.models import Regulation
from tests.factories import make_candidate, make_consent, make_person
from tests.programs.journal.kit import RESULTS, make_completion, make_published, make_running, others
from tests.test_queries import MOST

pytestmark = [pytest.mark.django_db, pytest.mark.point("18")]
PAGES = [
    "/",
    "/mentoring-programs/",
    "/results/",
    "/people-in-mentoring/",
    "/documents/",
    "/news/",
    "/accessibility/",
    "/robots.txt",
]


def texts(urls=PAGES):
    return {url: Client().get(url).content.decode() for url in urls}


@pytest.mark.clause("8.1-a")
def test_every_page_is_open_to_everybody_also_before_anything_is_there(db):
    for url in PAGES:
        assert Client().get(url).status_code == 200, url
    for url in (
        "/documents/regulation/",
        "/documents/roadmap/2026/",
        "/news/1/",
        "/verify/x/",
        "/news/99999999999999999999/",
    ):
        assert Client().get(url).status_code == 404, url


@pytest.mark.clause("3.4-e2", "8.2-a")
def test_published_results_stand_on_the_site_and_vanish_with_the_consent(cast):
    program, c, consent = make_published(cast)
    person = c.participation.person
    found = texts()
    assert RESULTS in found["/results/"] and RESULTS in found["/"]
    assert f"Наставляемая {person.full_name}" in found["/results/"]
    assert "Наставник — без имени" in found["/results/"]
    consent_acts.withdraw(consent, by=cast.curator, on=timezone.localdate())
    for url, text in texts().items():
        assert RESULTS not in text and person.last_name not in text and program.title not in text, url


@pytest.mark.clause("8.2-a")
def test_nothing_stands_there_before_publication_or_after_taking_off(cast):
    c = make_completion(cast, state="registered")
    c = completion_publication.write_public(c, by=cast.curator, public_text=RESULTS)
    make_consent(c.participation.person, "dissemination", by=cast.curator, fields=["name", "program", "results"])
    c = completion_publication.approve_public(c, by=cast.mentee)
    assert all(RESULTS not in text for text in texts().values())
    program = completion_publication.publish(c.program, by=cast.curator)
    assert RESULTS in texts()["/results/"]
    completion_publication.write_public(c, by=cast.curator, public_text="Новые слова")
    assert all(RESULTS not in text and "Новые слова" not in text for text in texts().values())
    completion_publication.unpublish(program, by=cast.curator)
    assert all(program.title not in text for text in texts().values())


@pytest.mark.parametrize(
    ("fields", "shown", "absent"),
    [
        (["results"], ["Наставляемая — без имени"], ["name", "post", "department"]),
        (["results", "name"], ["Наставляемая — без имени"], ["name", "post", "department"]),
        (["results", "name", "program"], ["name"], ["post", "department"]),
        (["results", "program", "post"], ["Наставляемая — без имени", "department"], ["name"]),
        (["results", "name", "program", "post"], ["name", "post", "department"], []),
    ],
)
def test_only_the_allowed_fields(cast, fields, shown, absent):
    Employment.objects.filter(person=cast.mentee.person).update(post="концертмейстер-канарейка")
    _, c, _ = make_published(cast, fields=fields)
    words = {
        "name": c.participation.person.last_name,
        "post": "концертмейстер-канарейка",
        "department": "Фортепианное отделение",
    }
    page = texts(["/results/"])["/results/"]
    for name in shown:
        assert words.get(name, name) in page, name
    for name in absent:
        assert words[name] not in page, name


def test_difficulties_and_confidential_words_are_never_public(cast):
    make_published(cast)
    for url, text in texts().items():
        for secret in ("чтение с листа", "канарейка", "к самостоятельной работе", "помочь с открытым уроком"):
            assert secret not in text, (url, secret)


def test_a_title_or_text_that_names_somebody_without_leave_is_not_shown(cast):
    program, c, _ = make_published(cast)
    last = cast.mentor.person.last_name
    Program.objects.update(title=f"Школа {last}")
    type(c).objects.update(public_text=f"Учились у {last}")
    assert all(
        last not in text and "Школа" not in text.split("<main")[-1].split("</main")[0]
        for text in texts(["/results/"]).values()
    )
    shown, hidden = visibility.preview(completion_of(program))
    assert shown is None and len(hidden) == 2 and last in hidden[0]
    make_consent(cast.mentor.person, "dissemination", by=cast.curator, fields=["name", "program"])
    assert f"Учились у {last}" in texts(["/results/"])["/results/"]


def test_a_hidden_result_leaves_no_hole_in_a_page(cast):
    """The newest of two names somebody without leave: the page is full all the same, and its number is right."""
    program, c, _ = make_published(cast)
    assert visibility.published() == [program.pk]
    type(c).objects.update(public_text=f"Учились у {cast.mentor.person.last_name}")
    assert visibility.published() == [] and visibility.results([program.pk]) == []
    page = Client().get("/results/")
    assert page.context["page_obj"].paginator.count == len(page.context["results"]) == 0


def completion_of(program):
    from programs.completion.publication import for_showing

    return for_showing(Program.objects.filter(pk=program.pk)).get()


@pytest.mark.clause("8.1-b1")
def test_running_programs_stand_without_names(cast):
    program, _ = make_running(cast)
    page = texts(["/mentoring-programs/"])["/mentoring-programs/"]
    assert program.title in page and cast.mentor.person.last_name not in page and "Фортепианное" not in page
    make_consent(cast.mentor.person, "dissemination", by=cast.curator, fields=["name", "program", "post"])
    page = texts(["/mentoring-programs/"])["/mentoring-programs/"]
    assert f"Наставник {cast.mentor.person.full_name}" in page and "Фортепианное отделение" in page
    Program.objects.update(title=f"Пара {cast.mentee.person.last_name}")
    page = texts(["/mentoring-programs/"])["/mentoring-programs/"]
    assert cast.mentee.person.last_name not in page and "Программа наставничества" in page


@pytest.mark.clause("8.1-b1")
@pytest.mark.parametrize("state", ["draft", "approved"])
def test_what_does_not_run_yet_is_nobodys_business(cast, state):
    from tests.factories import make_program

    program = make_program(cast, state)
    assert all(program.title not in text for text in texts().values())


@pytest.mark.clause("3.4-e2", "8.1-b2")
def test_banks_hold_those_who_let_their_part_be_named(cast):
    for part in ("mentor", "mentee"):
        for fields in (["name", "program", "category"], ["name"], ["program"]):
            person = make_person(category="highest")
            make_candidate(person, part, by=cast.director)
            make_consent(person, "dissemination", by=cast.curator, fields=fields)
    make_candidate(make_person(), "mentor", by=cast.director)
    page = texts(["/people-in-mentoring/"])["/people-in-mentoring/"]
    named = [c.person.last_name for c in Candidate.objects.select_related("person") if c.person.last_name in page]
    assert len(named) == 2 and page.count("высшая категория") == 2
    assert "преподаватель" not in page.split("<main")[1]


def test_an_expired_consent_shows_nothing(cast):
    _, _, consent = make_published(cast)
    type(consent).objects.update(until=timezone.localdate() - timedelta(days=1))
    assert all(RESULTS not in text for text in texts().values())


@pytest.mark.clause("8.1-b6")
def test_news_appear_on_their_day_and_never_name_without_leave(cast, as_user):
    make_running(cast)
    today, last = timezone.localdate(), cast.mentor.person.last_name
    rows = {
        "Круглый стол": {"is_public": True, "published_on": today},
        "Завтрашняя": {"is_public": True, "published_on": today + timedelta(days=1)},
        "Черновая": {"is_public": False, "published_on": today},
        "Мастер-класс": {"is_public": True, "published_on": today, "text": f"Ведёт {last}"},
    }
    for title, values in rows.items():
        item = News(title=title, created_by=cast.curator, **({"text": "**Приходите** <script>x</script>"} | values))
        site_news.save(item, by=cast.curator)
    page = texts(["/news/", "/"])
    assert [title in page["/news/"] for title in rows] == [True, False, False, False]
    assert last not in page["/"]
    shown = [Client().get(f"/news/{item.pk}/").status_code for item in News.objects.order_by("pk")]
    assert shown == [200, 404, 404, 404]
    item = Client().get(f"/news/{News.objects.get(title='Круглый стол').pk}/").content.decode()
    assert "<strong>Приходите</strong>" in item and "<script>x" not in item
    consent = make_consent(cast.mentor.person, "dissemination", by=cast.curator, fields=["name", "program"])
    assert "Мастер-класс" in texts(["/news/"])["/news/"]
    consent_acts.withdraw(consent, by=cast.curator, on=today)
    assert "Мастер-класс" not in texts(["/news/"])["/news/"]


@pytest.mark.clause("8.1-b4")
def test_documents_show_what_is_in_force(cast):
    Regulation.objects.create(
        title="Положение о наставничестве",
        text="# Общие\n\nтекст",
        state="approved",
        order_date=date(2026, 8, 30),
        order_number="38-од",
    )
    plan_acts.submit(roadmap := plan_acts.draft(2026, by=cast.curator), by=cast.curator)
    page = texts(["/documents/"])["/documents/"]
    assert "273-ФЗ" in page and "Постановление Правительства Республики Калмыкия" in page
    assert "Положение о наставничестве" in page and "Дорожная карта на" not in page
    assert Client().get("/documents/roadmap/2026/").status_code == 404
    plan_acts.approve(roadmap, by=cast.clerk, number="39-од", date=date(2026, 8, 30))
    make_running(cast)
    Task.objects.filter(number=2).update(
        text=f"Встреча у {cast.mentor.person.last_name}", responsible_words="имя-канарейка"
    )
    page = texts(["/documents/roadmap/2026/"])["/documents/roadmap/2026/"]
    assert "Подготовка и принятие" in page and cast.mentor.person.last_name not in page and "канарейка" not in page


def test_figures_agree_with_their_words_and_few_are_not_told(cast):
    make_running(cast)
    assert visibility.figures() == [visibility.Figure("1", "программа идёт сейчас")]
    make_completion(cast, Program.objects.get(), "registered")
    assert [f.label for f in visibility.figures()] == ["программа завершена за два года"]


def test_the_view_for_the_visually_impaired_is_remembered(db):
    client = Client()
    page = client.get("/accessibility/", headers={"referer": "http://testserver/results/?page=2"})
    assert page.context["back"] == "/results/"
    answer = client.post("/accessibility/", {"mode": "contrast large", "next": "/results/"})
    assert (answer.status_code, answer.url) == (302, "/results/")
    cookie = answer.cookies["view"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("contrast large", True, "Lax")
    assert '<html lang="ru" class="contrast large">' in client.get("/").content.decode()
    client.cookies["view"] = '"><script>'
    assert "<script>" not in client.get("/").content.decode().split("<body")[0].replace("<script src", "")
    assert client.post("/accessibility/", {"mode": "", "next": "//evil.example/"}).url == "/"
    assert client.post("/accessibility/", {"mode": "<b>", "next": "https://evil.example/"}).url == "/"


def test_pages_are_kept_by_no_shared_cache_and_robots_stay_outside(db):
    answer = Client().get("/results/")
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    robots = Client().get("/robots.txt").content.decode()
    assert "Disallow: /home/" in robots and "Disallow: /results/" not in robots


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_read_only(db, method):
    for url in PAGES:
        if url != "/accessibility/":
            assert getattr(Client(), method)(url).status_code == 405, url


@pytest.mark.point("24")
@pytest.mark.parametrize("who", ["", "curator", "stranger"])
def test_pages_ask_the_same_for_one_and_for_three(cast, as_user, who):
    make_published(cast)
    client = as_user(getattr(cast, who)) if who else Client()
    client.get("/")

    def queries():
        found = {}
        for url in PAGES[:-1]:
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            found[url] = len(asked)
        return found

    before = queries()
    for _ in range(2):
        make_published(others(cast))
    assert queries() == before
    assert max(before.values()) <= MOST, before


@pytest.mark.parametrize("path", ["/no-such-page/", "/news/99999/", "/people/1/no/such/"])
def test_a_visitor_who_went_astray_keeps_the_navigation(cast, client, as_user, path):
    """The public section stays at hand; one who has logged in gets the way to the cabinet."""
    page = client.get(path)
    body = page.content.decode()
    assert page.status_code == 404 and "Такой страницы нет" in body
    assert all(f'href="{reverse(name)}"' in body for _, name in SECTIONS) and "no-store" in page["Cache-Control"]
    inside = as_user(cast.mentor).get("/no-such-page/")
    assert inside.status_code == 404 and "Мои задачи" in inside.content.decode()
