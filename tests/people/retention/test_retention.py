"""The editable table of terms of keeping and what reads it (9.8; приказ Росархива № 236)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.consents.destruction import acts as destruction_acts
from people.consents.destruction import erasure, presenters
from people.consents.requests.models import DataRequest
from people.retention import acts, inbox
from people.retention.models import RetentionTerm
from people.retention.rules import kept
from people.school.models import School
from tests.factories import make_consent, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.8")]


def say_source(value):
    School.objects.update(archive_source=value)


def ended_consent(cast, day):
    ended = {"end": "withdrawn", "ended_on": day, "end_recorded_by": cast.clerk, "end_recorded_at": f"{day}T00:00Z"}
    return make_consent(make_person(), by=cast.clerk, given_on=date(2020, 1, 1), **ended)


def values_of(term, **changed):
    return {name: getattr(term, name) for name in acts.CHANGED} | changed


@pytest.mark.parametrize(
    ("code", "since", "said", "until"),
    [
        ("order_staff", date(2026, 9, 1), "50 лет ЭПК", date(2076, 12, 31)),
        ("plan", date(2026, 9, 1), "5 лет ЭПК", date(2031, 12, 31)),
        ("consent", date(2026, 1, 1), "3 года", date(2029, 12, 31)),
        ("destruction", date(2028, 2, 29), "3 года", date(2031, 2, 28)),
        ("journal", date(2026, 1, 1), "решает школа", None),
        ("unheard", None, "решает школа", None),
    ],
)
def test_a_term_runs_from_the_first_of_january(cast, code, since, said, until):
    found = kept(code, since)
    assert said in found.words.replace("\N{NO-BREAK SPACE}", " ") and found.until == until


def test_permanent_means_until_the_end_where_the_school_is_no_source(cast):
    for value, words in (("yes", "постоянно"), ("no", "до ликвидации организации"), ("", "школа не указала")):
        say_source(value)
        assert words in kept("order_main", date(2026, 9, 1)).words


def test_the_page_shows_and_changes_a_row_and_tells_of_a_stale_one(cast, as_user):
    term = RetentionTerm.objects.get(code="journal")
    page, url = as_user(cast.clerk), reverse("people:retention_term", args=[term.pk])
    rows = {row["term"].code: row for row in page.get(reverse("people:retention")).context["rows"]}
    assert rows["journal"]["badge"].word == "решает школа" and rows["order_main"]["badge"] is None
    given = {"documents": term.documents, "kind": "years", "years": "", "article": "приказ школы", "version": 1}
    assert "сколько лет" in page.post(url, given).content.decode()
    assert page.post(url, given | {"years": "5"}).status_code == 302
    term.refresh_from_db()
    assert (term.kind, term.years, term.version) == ("years", 5, 2)
    with pytest.raises(Stale):
        acts.change(term, by=cast.clerk, version=1, **values_of(term))
    with pytest.raises(NotAllowed):
        acts.change(term, by=cast.director, version=2, **values_of(term))
    with pytest.raises(Refused):
        acts.change(term, by=cast.clerk, version=2, **values_of(term, years=None))
    acts.change(term, by=cast.clerk, version=2, **values_of(term, kind="forever"))
    term.refresh_from_db()
    assert term.years is None


def test_what_is_not_in_the_list_is_asked_of_the_school(cast):
    (item,) = inbox.items(cast.clerk)
    assert "источник" in item.why.lower() and "5" in item.why
    assert inbox.items(cast.director) == []
    say_source("no")
    RetentionTerm.objects.filter(kind="open").update(kind="years", years=5)
    assert inbox.items(cast.clerk) == []


def test_consents_are_past_their_term_after_whole_years_and_never_where_the_commission_decides(cast):
    ended_consent(cast, date(2022, 3, 1))
    assert not erasure.overdue_consents(date(2025, 12, 31)).exists()
    assert erasure.overdue_consents(date(2026, 1, 1)).exists()
    RetentionTerm.objects.filter(code="consent").update(by_commission=True)
    assert not erasure.overdue_consents(date(2040, 1, 1)).exists()


@time_machine.travel("2026-12-04 09:00+03:00", tick=False)
def test_a_document_shows_its_term(cast, as_user):
    given = ended_consent(cast, date(2026, 12, 1))
    facts = {f.label: str(f.value) for f in _facts(as_user(cast.clerk).get(given.get_absolute_url()))}
    assert "31\N{NO-BREAK SPACE}декабря\N{NO-BREAK SPACE}2029" in facts["Хранить"]


def _facts(answer):
    return answer.context["facts"]


OWN = {"documents": "Афиши и программы концертов", "kind": "years", "years": "3", "article": "приказ школы"}


def test_a_school_adds_a_kind_of_documents_closes_it_and_opens_it_again(cast, as_user):
    page, table = as_user(cast.clerk), reverse("people:retention")
    assert page.get(table).context["new_url"] == reverse("people:retention_new")
    assert "сколько лет" in page.post(reverse("people:retention_new"), OWN | {"years": ""}).content.decode()
    key = page.get(reverse("people:retention_new")).context["form"]["request_key"].value()
    for _ in range(2):  # a second press makes no second row
        assert page.post(reverse("people:retention_new"), OWN | {"request_key": key}).status_code == 302
    (own,) = RetentionTerm.objects.filter(documents=OWN["documents"])
    assert (own.years, own.is_own) == (3, True) and kept(own.code, date(2026, 5, 1)).until == date(2029, 12, 31)
    assert "уже есть" in page.post(reverse("people:retention_new"), OWN).content.decode()
    shown = next(row for row in page.get(table).context["rows"] if row["term"] == own)
    assert page.post(shown["close_url"]).status_code == 302
    own.refresh_from_db()
    shown = next(row for row in page.get(table).context["rows"] if row["term"] == own)
    assert own.closed_on and shown["badge"].word.startswith("закрыта") and not shown["url"] + shown["close_url"]
    with pytest.raises(Already):
        acts.change(own, by=cast.clerk, version=own.version, **values_of(own))
    assert page.post(shown["reopen_url"]).status_code == 302
    own.refresh_from_db()
    assert own.closed_on is None
    words = [line["text"] for line in page.get(table).context["entries"]]
    assert any("добавлен" in line.lower() for line in words) and any("закрыт" in line.lower() for line in words)


def test_a_row_by_which_the_system_counts_is_not_closed(cast, as_user):
    planted = RetentionTerm.objects.get(code="consent")
    with pytest.raises(Refused, match="считает сроки"):
        acts.close(planted, by=cast.clerk)
    rows = as_user(cast.clerk).get(reverse("people:retention")).context["rows"]
    assert not any(row["close_url"] for row in rows)
    with pytest.raises(NotAllowed):
        acts.add(by=cast.director, **dict.fromkeys(acts.CHANGED, ""))


@time_machine.travel("2026-11-30 09:00+03:00", tick=False)
def test_an_answered_request_past_its_term_is_offered_and_destroyed(cast):
    person = make_person()
    asked = make_request(person, cast, answered=date(2020, 5, 6))
    fresh = make_request(person, cast, answered=date(2026, 5, 6))
    assert not erasure.overdue_requests().exists()  # the school has set no term yet
    RetentionTerm.objects.filter(code="request").update(kind="years", years=3)
    assert list(erasure.overdue_requests()) == [asked]
    (offered,) = presenters.due(cast.clerk)
    assert offered.person == person.short_name and "обращения" in offered.why
    assert erasure.found(person)["requests"] == ["1\N{NO-BREAK SPACE}обращение"]
    commission = [{"name": "Иванова Анна Петровна", "post": "методист"}, {"name": "Ким Дмитрий", "post": "директор"}]
    act = destruction_acts.prepare(person, by=cast.clerk, categories=["requests"], reason="term", commission=commission)
    destruction_acts.approve(act, by=cast.director)
    asked.refresh_from_db()
    fresh.refresh_from_db()
    assert (asked.words, asked.answer, asked.erased_on) == ("уничтожено", "уничтожено", date(2026, 11, 30))
    assert fresh.words == "Какие данные хранятся?" and presenters.due(cast.clerk) == []


def make_request(person, cast, *, answered):
    return DataRequest.objects.create(
        kind="question",
        person=person,
        channel="paper",
        received_on=answered,
        words="Какие данные хранятся?",
        responsible=cast.clerk.person,
        recorded_by=cast.clerk,
        outcome="done",
        answer="Хранятся имя и должность.",
        answered_on=answered,
        closed_at=f"{answered}T09:00Z",
        closed_by=cast.clerk,
    )
