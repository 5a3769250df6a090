"""Pages of help: one's own first, search in any form of a word, the glossary, a word about a page, refusals."""

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from mentoring_site.ui.elements import Action
from mentoring_site.workflow import action
from people.banks import acts as bank_acts
from people.banks.models import Candidate
from reports.help.models import TourSeen
from reports.help.texts import terms, topics
from tests import ROOT
from tests.factories import make_person
from tests.test_architecture import TREES

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.12")]


def titles(client, query):
    context = client.get("/help/", {"q": query}).context
    return [t.title for t in context["found"]], [t.title for t in context["found_terms"]]


@pytest.mark.parametrize(
    ("role", "first"),
    [("curator", "Куратору"), ("director", "Директору"), ("chair", "Методическому совету"), ("clerk", "Специалисту")],
)
def test_topics_of_ones_own_role_come_first(cast, as_user, role, first):
    shelves = as_user(getattr(cast, role)).get("/help/").context["shelves"]
    assert shelves[0].title.startswith(first) and shelves[0].own
    assert [shelf.role for shelf in shelves if shelf.own] == [shelves[0].role, ""]
    assert {t.slug for shelf in shelves for t in shelf.topics} == {t.slug for t in topics()}


def test_a_visitor_reads_help_in_the_frame_of_the_site(school):
    page = Client().get("/help/")
    assert (page.status_code, page.context["shelves"][0].role) == (200, "visitor")
    html = page.content.decode()
    assert 'class="masthead"' in html and "Подсказки на страницах" not in html
    assert reverse("reports:help") in Client().get("/").content.decode()
    for topic in topics():
        assert Client().get(topic.url).status_code == 200
    assert Client().get("/help/no-such-topic/").status_code == 404


def test_every_topic_opens_inside(cast, as_user):
    client = as_user(cast.stranger)
    for topic in topics():
        page = client.get(topic.url)
        assert page.status_code == 200 and topic.title in page.content.decode()
    assert "Справка" in client.get("/home/").content.decode()


@pytest.mark.parametrize("query", ["встречи", "ВСТРЕЧУ", "встреч", "записать встречами", "подтверждаю встречу"])
def test_a_search_finds_any_form_of_a_word(cast, as_user, query):
    assert "Записать или подтвердить встречу" in titles(as_user(cast.stranger), query)[0]


def test_a_search_puts_titles_and_ones_own_first_and_finds_words_of_the_glossary(cast, as_user):
    found, words = titles(as_user(cast.clerk), "соглашением")
    assert found[0] == "Доплата и соглашение наставника"
    assert "дополнительное соглашение с наставником" in words
    assert titles(as_user(cast.clerk), "351.8")[1]
    assert titles(as_user(cast.clerk), "бегемот") == ([], [])


def test_the_glossary_has_each_word_with_its_clause(cast, as_user):
    html = as_user(cast.mentor).get("/help/terms/").content.decode()
    assert all(f'id="{term.slug}"' in html and term.clause in html for term in terms())
    piece = as_user(cast.mentor).get("/help/terms/form/")
    assert piece.status_code == 200 and "п. 1.2, 2.3 Положения" in piece.content.decode().replace("\xa0", " ")
    assert as_user(cast.mentor).get("/help/terms/nothing/").status_code == 404


def test_every_mark_beside_a_word_names_a_word_of_the_glossary():
    known = {term.slug for term in terms()}
    named = set()
    for path in (ROOT / "templates").rglob("*.html"):
        named |= set(re.findall(r'term\.html" with slug="([\w-]+)"', path.read_text(encoding="utf-8")))
    for path in TREES:
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'Fact\([^\n]*\bterm="([\w-]+)"', text))
        for table in re.findall(r"^    terms = \{(.*)\}", text, re.MULTILINE):
            named |= set(re.findall(r': "([\w-]+)"', table))
    assert named <= known
    assert {
        "form",
        "kind",
        "difficulty",
        "completion-reason",
        "law-351-8",
        "bank",
        "recommendation",
        "program",
    } <= named
    assert {f"consent-{part}" for part in ("processing", "duties", "dissemination")} <= named


def test_a_mark_stands_beside_the_word_and_leads_to_the_glossary(cast, as_user):
    html = as_user(cast.curator).get(reverse("people:bank_mentees")).content.decode()
    assert re.search(
        r'<a class="term" href="/help/terms/#bank" data-term="/help/terms/bank/" aria-label="[^"]+">', html
    )


def test_a_word_about_a_page_is_shown_until_it_is_understood(cast, as_user):
    client, other = as_user(cast.mentor), as_user(cast.mentee)
    assert client.get("/home/").context["tour"].page == "reports:home"
    assert "Понятно" in client.get("/home/").content.decode()
    answer = client.post("/help/tours/seen/", {"page": "reports:home", "next": "/home/?all"})
    assert (answer.status_code, answer.url) == (302, "/home/?all")
    client.post("/help/tours/seen/", {"page": "reports:home"})
    assert TourSeen.objects.count() == 1
    assert not client.get("/home/").context["tour"]
    assert client.get("/banks/mine/").context["tour"] and other.get("/home/").context["tour"]


def test_words_about_pages_are_switched_off_and_on_again(cast, as_user):
    client = as_user(cast.mentor)
    client.post("/help/tours/off/", {"next": "https://evil.example/"})
    assert not client.get("/home/").context["tour"] and not client.get("/banks/mine/").context["tour"]
    assert "Подсказки выключены." in client.get("/help/").content.decode()
    client.post("/help/tours/on/")
    assert client.get("/home/").context["tour"]


def test_nobody_is_led_away_by_what_is_read(cast, as_user):
    for address in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", ""):
        answer = as_user(cast.mentor).post("/help/tours/seen/", {"page": "reports:home", "next": address})
        assert answer.url == "/home/"
    as_user(cast.mentor).post("/help/tours/seen/", {"page": "no such page"})
    assert TourSeen.objects.filter(page="no such page").count() == 0


def test_a_refusal_of_a_page_links_to_its_help(cast, as_user):
    refused = as_user(cast.mentor).get(reverse("people:bank_approve"))
    assert refused.status_code == 403
    assert 'href="/help/director-bank/"' in refused.content.decode()


def test_a_switched_off_button_links_to_the_help_about_its_step(cast, as_user):
    candidate = bank_acts.propose(
        make_person(consent=True), Candidate.Part.MENTEE, why="Молодой специалист", by=cast.curator
    )
    button = action(Candidate.objects.with_requirements().get(pk=candidate.pk), "approve", cast.director, "/x/")
    assert isinstance(button, Action) and not button.enabled
    assert button.help is not None and button.help.url == "/help/director-bank/"
    html = as_user(cast.director).get(candidate.get_absolute_url()).content.decode()
    assert 'href="/help/director-bank/"' in html


def test_a_refused_act_tells_where_it_is_explained(cast, as_user):
    candidate = bank_acts.propose(
        make_person(consent=True), Candidate.Part.MENTEE, why="Молодой специалист", by=cast.curator
    )
    client = as_user(cast.director)
    answer = client.post(reverse("people:candidate_approve", args=[candidate.pk]))
    told = [m.extra_tags for m in get_messages(answer.wsgi_request)] if answer.status_code == 302 else []
    html = answer.content.decode() if answer.status_code != 302 else client.get(answer.url).content.decode()
    assert "/help/director-bank/" in told or "/help/director-bank/" in html
