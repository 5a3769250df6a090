"""Pages of events: the list, one event, attendance, papers, orders, news, the calendar, the site (п. 3.3, 3.4, 8.1)."""

import io
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from reports.calendar.entries import SCHOOL, entries
from reports.orders.models import Order
from reports.site.models import News
from roadmap.events import acts, attendance, inviting
from roadmap.events.models import Event
from tests.factories import make_pairing
from tests.roadmap.events.kit import a_held_event, an_event, day, moved_to, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.5")]


def text_of(answer):
    """Return the words of a paper."""
    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


NEW = {
    "kind": "seminar",
    "title": "Видеозапись урока",
    "starts_on": day(5).isoformat(),
    "starts_at": "15:00",
    "ends_at": "16:30",
    "place": "кабинет 7",
    "audience": "picked",
}


def at(name, *args):
    return reverse(f"roadmap:{name}", args=args)


def test_an_event_from_the_form_to_its_end(cast, as_user):
    client = as_user(cast.curator)
    answer = client.post(at("event_new"), NEW | {"host": cast.curator.person_id, "step": "2", "times": "2"})
    assert answer.status_code == 302 and Event.objects.count() == 3
    event = Event.objects.earliest("starts_on")
    page = client.get(event.get_absolute_url())
    assert next(action.verb for action in page.context["actions"]) == "announce"
    assert len(page.context["series"]) == 2
    data = {"groups": ["council"], "people": [cast.mentor.person_id], "part": "listener"}
    assert client.post(at("event_invite", event.pk), data).status_code == 302
    assert event.participants.count() == 4  # the curator's three of the council and the mentor
    assert "Что произойдёт" in client.get(at("event_announce", event.pk)).content.decode()
    client.post(at("event_announce", event.pk))
    event.refresh_from_db()
    assert event.state == "announced"
    mentor = as_user(cast.mentor)
    assert mentor.get(event.get_absolute_url()).context["asked"].comes is False
    mentor.post(at("event_answer", event.pk), {"comes": "1"})
    assert row_of(event, cast.mentor).answer == "yes"
    moved_to(event, day())
    client.post(at("event_mark", event.pk), {"row": row_of(event, cast.mentor).pk, "present": "1"})
    assert client.post(at("event_hold", event.pk), {"results": "Разобрали три урока"}).status_code == 302
    page = mentor.get(event.get_absolute_url())
    assert page.context["badge"].word == "проведено" and "Разобрали три урока" in page.content.decode()
    assert [one.row.person_id for one in page.context["people"]] == [cast.mentor.person_id]  # of the others no word
    assert mentor.get(at("event_edit", event.pk)).status_code == 403


def test_answers_are_written_down_from_words_before_the_day(cast, as_user):
    event = an_event(cast, people=[cast.mentor.person])
    client, row = as_user(cast.curator), row_of(event, cast.mentor)
    page = client.get(at("event_attendance", event.pk))
    assert client.post(page.context["answer_url"], {"row": row.pk, "comes": "0"}).status_code == 302
    assert row_of(event, cast.mentor).answer == "no"
    assert as_user(cast.mentee).post(page.context["answer_url"], {"row": row.pk, "comes": "1"}).status_code == 404
    moved_to(event, day())
    assert client.get(at("event_attendance", event.pk)).context["answer_url"] == ""


def test_the_form_says_what_is_wrong(cast, as_user):
    client = as_user(cast.curator)
    page = client.post(at("event_new"), NEW | {"ends_at": "14:00", "step": "2"})
    assert "сколько ещё раз" in page.content.decode()
    page = client.post(at("event_new"), NEW | {"ends_at": "14:00"})
    assert "раньше, чем началось" in page.content.decode() and not Event.objects.exists()


def test_one_or_all_following_events_are_changed(cast, as_user):
    client = as_user(cast.curator)
    client.post(at("event_new"), NEW | {"host": cast.curator.person_id, "step": "1", "times": "2"})
    _, second, third = Event.objects.order_by("starts_on")
    data = NEW | {"host": cast.curator.person_id, "starts_on": second.starts_on, "place": "зал", "version": "1"}
    assert client.post(at("event_edit", second.pk), data | {"with_following": "on"}).status_code == 302
    assert [e.place for e in Event.objects.order_by("starts_on")] == ["кабинет 7", "зал", "зал"]
    assert third.starts_on == Event.objects.get(pk=third.pk).starts_on


def test_the_list_has_filters_and_a_workbook(cast, as_user):
    mine = an_event(cast, people=[cast.mentor.person], title="Сессия")
    a_held_event(cast, present=[cast.mentee], kind="round_table", title="Круглый стол")
    client, url = as_user(cast.curator), at("events")
    assert [row.title for row in client.get(url).context["listing"].rows] == ["Сессия", "Круглый стол"]
    for query, titles in (
        ("?kind=round_table", ["Круглый стол"]),
        ("?state=announced", ["Сессия"]),
        ("?q=сессия", ["Сессия"]),
        ("?side=outside", []),
    ):
        assert [row.title for row in client.get(url + query).context["listing"].rows] == titles
    assert [row.title for row in as_user(cast.mentor).get(f"{url}?mine=mine").context["listing"].rows] == ["Сессия"]
    assert client.get(f"{url}?format=xlsx").getvalue()[:2] == b"PK"
    assert as_user(cast.stranger).get(mine.get_absolute_url()).status_code == 404


def test_a_journey_is_recorded_by_the_traveller(cast, as_user):
    client = as_user(cast.mentor)
    data = {
        "kind": "webinar",
        "title": "Ансамбль",
        "level": "region",
        "starts_on": day(-1).isoformat(),
        "link": "https://a.example/",
        "hours": "4",
    }
    answer = client.post(at("event_outside"), data)
    event = Event.objects.get()
    row = row_of(event, cast.mentor)
    assert answer.url == at("participant", event.pk, row.pk) and event.state == "held"
    assert (
        client.post(
            answer.url, {"part": "speaker", "hours": "4", "document": "сертификат", "brought_home": "Приём"}
        ).status_code
        == 302
    )
    page = client.get(event.get_absolute_url())
    assert [one.row.brought_home for one in page.context["brought"]] == ["Приём"]
    assert "Приём" in as_user(cast.director).get(event.get_absolute_url()).content.decode()
    assert as_user(cast.mentee).get(event.get_absolute_url()).status_code == 404


def test_papers_have_the_people_and_the_decisions(cast, as_user):
    event = an_event(cast, people=[cast.mentor.person], kind="coordination", partners_words="колледж")
    client = as_user(cast.curator)
    sheet = text_of(client.get(at("event_sheet_pdf", event.pk)))
    assert cast.mentor.person.last_name in sheet and "Лист участников" in sheet
    assert client.get(at("event_minutes", event.pk)).status_code == 302  # nothing is written yet
    moved_to(event, day())
    client.post(
        at("event_notes", event.pk),
        {"discussed": "Практика", "decisions": "Принять троих", "results": "", "version": event.version},
    )
    words = text_of(client.get(at("event_minutes", event.pk)))
    assert "РЕШИЛИ" in words and "Принять троих" in words and "колледж" in words


def test_the_signed_sheet_is_taken_over_on_a_page(cast, as_user):
    event = moved_to(an_event(cast, people=[cast.mentor.person, cast.mentee.person]), day())
    client = as_user(cast.curator)
    client.post(at("event_sheet", event.pk), {"present": [row_of(event, cast.mentee).pk]})
    assert [row.person for row in event.participants.present()] == [cast.mentee.person]
    client.post(at("event_came", event.pk), {"people": [cast.stranger.person_id]})
    assert row_of(event, cast.stranger).is_present


def test_an_order_refers_to_its_event_and_is_filled_in_from_it(cast, as_user):
    event = an_event(cast, kind="round_table", title="Находки пар", programme="10:00 — Открытие")
    client = as_user(cast.curator)
    offers = {action.verb: action.url for action in client.get(event.get_absolute_url()).context["actions"]}
    form = client.get(offers["order"]).context["form"]
    assert form.initial["title"] == "Находки пар" and form.initial["event_type"] == "round_table"
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    made = client.post(offers["order"], data | {"head": cast.curator.person_id})
    assert made.status_code == 302
    order = Order.objects.get(kind="event")
    assert "круглого стола «Находки пар»" in order.heading
    page = client.get(event.get_absolute_url())
    assert [paper.url for paper in page.context["papers"]] == [order.get_absolute_url()]
    assert "order" not in {action.verb for action in page.context["actions"]}


def test_news_is_drafted_from_the_event_without_people(cast, as_user):
    event = a_held_event(cast, present=[cast.mentor], title="Вечер ансамблей")
    client = as_user(cast.curator)
    offers = {action.verb: action.url for action in client.get(event.get_absolute_url()).context["actions"]}
    form = client.get(offers["news"]).context["form"]
    assert form.initial["title"] == "Установочная сессия «Вечер ансамблей»"
    assert cast.mentor.person.last_name not in form.initial["text"] and not News.objects.exists()


def test_the_site_shows_what_may_be_shown(cast, client):
    make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    an_event(cast, title="Открытая сессия", is_public=True, people=[cast.mentor.person])
    an_event(cast, title="Закрытая сессия")
    named = an_event(cast, title="Чтения", is_public=True)
    Event.objects.filter(pk=named.pk).update(title=f"Чтения {cast.mentor.person.last_name}")
    a_held_event(cast, present=[cast.mentee], title="Сегодняшний круглый стол", kind="round_table", is_public=True)
    page = client.get("/events/").content.decode()
    assert page.count("Сегодняшний круглый стол") == 1  # it has been: it is not ahead any more
    assert "Открытая сессия" in page and "малый зал школы" in page
    assert "Закрытая сессия" not in page and cast.mentor.person.last_name not in page


def test_events_stand_in_the_calendar_of_those_who_come(cast, as_user):
    event = an_event(cast, people=[cast.mentor.person, cast.mentee.person], title="Сессия")
    inviting.answer(event, cast.mentee.person, by=cast.mentee, comes=False)

    def keys(user, **more):
        return [e.key for e in entries(user, day(), day(30), **more) if e.kind == "событие"]

    assert keys(cast.mentor) == [f"event-{event.pk}"] and keys(cast.mentee) == []
    assert keys(cast.council) == [] and keys(cast.council, scope=SCHOOL) == [f"event-{event.pk}"]
    text = as_user(cast.mentor).get(reverse("reports:event_ics", args=[event.pk])).content.decode()
    assert "SUMMARY:Сессия" in text and f"T{time(15):%H%M%S}" in text
    acts.cancel(event, by=cast.curator, reason="карантин")
    assert keys(cast.mentor, cancelled=True) == [f"event-{event.pk}"] and keys(cast.mentor) == []


def test_outcomes_of_a_speed_meeting_on_its_page(cast, as_user):
    event = an_event(cast, kind="speed", people=[cast.mentee.person])
    inviting.invite(event, [cast.mentor.person], by=cast.curator, part="mentor")
    event = moved_to(event, day())
    for row in event.participants.all():
        attendance.mark(row, by=cast.curator, present=True)
    row = row_of(event, cast.mentee)
    data = {"outcome": "Поняла, с чего начать", "next_step": "pair", "next_words": "до весны"}
    assert as_user(cast.mentee).post(at("event_outcome", event.pk, row.pk), data).status_code == 302
    for user, sees in ((cast.mentor, True), (cast.curator, True), (cast.director, False)):
        page = as_user(user).get(event.get_absolute_url()).content.decode()
        assert ("Поняла, с чего начать" in page) is sees, user
    as_user(cast.curator).post(at("event_settle", event.pk, row.pk))
    assert row_of(event, cast.mentee).next_done_at


def test_no_further_row_costs_a_query(cast, as_user):
    client = as_user(cast.curator)

    def queries(url):
        client.get(url)  # what is remembered of the session and of kinds of contents
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    few = a_held_event(cast, present=[cast.mentor], kind="speed")
    many = a_held_event(cast, present=[cast.mentor, cast.mentee, cast.stranger, cast.council], kind="speed")
    for name in ("event", "event_attendance"):
        assert queries(at(name, few.pk)) == queries(at(name, many.pk)), name
    before = queries(at("events"))
    for number in range(3):
        an_event(cast, title=f"Событие {number}", people=[cast.mentor.person])
    assert queries(at("events")) == before
    assert queries(few.get_absolute_url()) <= 34
