"""Pages of consents: register, own page, recording from paper, giving by password, withdrawal, printed forms."""

import io
import os
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from mentoring_site.models import StoredFile
from people.consents import acts as consent_acts
from people.consents import presenters
from people.consents.list_page import register_facts
from people.consents.models import Consent
from people.school.models import School
from tests.factories import PASSWORD, make_consent, make_pairing, make_person
from tests.paper import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.point("9")]
PDF = pdf()


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00+03:00", tick=False):
        yield


def new_url(person, query="purpose=processing"):
    return f"{reverse('people:consent_new', args=[person.pk])}?{query}"


def test_a_paper_is_recorded_with_its_scan(cast, as_user):
    person = make_person("Бумажная")
    scan = SimpleUploadedFile("скан.pdf", PDF, "application/pdf")
    answer = as_user(cast.clerk).post(new_url(person), {"given_on": "2026-09-05", "scan": scan})
    made = Consent.objects.get()
    assert answer["Location"] == made.get_absolute_url() and made.scan.name == "скан.pdf"
    page = reverse("people:consent_scan", args=[made.pk])
    assert b"".join(as_user(cast.curator).get(page).streaming_content) == PDF
    assert as_user(cast.stranger).get(page).status_code == 404


def stored(settings) -> tuple[int, int]:
    """How many files there are as bytes and as rows."""
    return sum(len(names) for _, _, names in os.walk(settings.MEDIA_ROOT)), StoredFile.objects.count()


def scan():
    return SimpleUploadedFile("скан.pdf", PDF, "application/pdf")


def test_the_scan_of_a_refused_consent_is_not_kept(cast, as_user, settings):
    person, client = make_person("Бумажная"), as_user(cast.clerk)
    wrong = client.post(new_url(person), {"given_on": "2026-11-23", "scan": scan()})
    assert wrong.context["form"].errors.keys() == {"given_on"} and stored(settings) == (0, 0)
    make_consent(person, given_on=date(2026, 9, 6))
    refused = client.post(new_url(person), {"given_on": "2026-09-05", "scan": scan()})
    assert "более позднее согласие" in refused.content.decode() and stored(settings) == (0, 0)


def test_a_second_press_keeps_one_scan(cast, as_user, settings):
    data = {"given_on": "2026-09-05", "request_key": uuid4()}
    client, person = as_user(cast.clerk), make_person("Бумажная")
    for _ in range(2):
        answer = client.post(new_url(person), data | {"scan": scan()})
        assert answer["Location"] == Consent.objects.get().get_absolute_url()
    assert stored(settings) == (1, 1)
    page = client.get(reverse("people:consent_scan", args=[Consent.objects.get().pk]))
    assert b"".join(page.streaming_content) == PDF


def test_the_scan_that_came_second_is_not_kept(cast, as_user, settings):
    given = make_consent(make_person("Безсканов"), by=cast.clerk)
    page, client = reverse("people:consent_attach", args=[given.pk]), as_user(cast.clerk)
    assert client.post(page, {"scan": scan()}).status_code == 302
    assert "Скан уже приложен" in client.post(page, {"scan": scan()}).content.decode()
    assert stored(settings) == (1, 1)


def test_bad_input_keeps_what_was_typed(cast, as_user):
    person, client = make_person("Бумажная"), as_user(cast.clerk)
    answer = client.post(
        new_url(person, "purpose=dissemination"), {"given_on": "2026-11-23", "until": "", "fields_allowed": ["photo"]}
    )
    assert set(answer.context["form"].errors) == {"given_on", "until", "scan"}
    body = answer.content.decode()
    assert 'value="2026-11-23"' in body and body.count(" checked") == 1
    fresh = client.get(new_url(person, "purpose=dissemination")).content.decode()
    assert " checked" not in fresh
    none = client.post(
        new_url(person, "purpose=dissemination"), {"given_on": "2026-11-20", "until": "2029-01-01", "later": "on"}
    )
    assert set(none.context["form"].errors) == {"fields_allowed"}
    assert not Consent.objects.exists()


def test_a_second_press_leads_to_the_same_consent(cast, as_user):
    person, client = make_person(), as_user(cast.clerk)
    form = {
        "given_on": "2026-09-05",
        "later": "on",
        "request_key": str(client.get(new_url(person)).context["form"]["request_key"].value()),
    }
    assert client.post(new_url(person), form)["Location"] == client.post(new_url(person), form)["Location"]
    assert Consent.objects.count() == 1


def test_one_gives_a_consent_with_the_password_where_it_is_introduced(cast, as_user):
    mine, client = cast.mentee.person, as_user(cast.mentee)
    on_paper = client.get(new_url(mine), follow=True)
    assert "отдайте куратору" in on_paper.content.decode()
    School.objects.update(e_consents_number="7-од", e_consents_date=date(2026, 9, 1))
    page = client.get(new_url(mine)).content.decode()
    assert "Проверкина" in page and "Даю согласие" in page and "152-ФЗ" in page
    wrong = client.post(new_url(mine), {"password": "не тот"})
    assert "Пароль не подошёл" in wrong.content.decode() and not Consent.objects.exists()
    assert client.post(new_url(mine), {"password": PASSWORD}, REMOTE_ADDR="10.1.2.3").status_code == 302
    made = Consent.objects.get()
    assert (made.form, made.address, made.recorded_by) == ("app", "10.1.2.3", cast.mentee)


def test_behind_a_web_server_the_address_is_of_the_device(cast, as_user, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    School.objects.update(e_consents_number="7-од", e_consents_date=date(2026, 9, 1))
    client = as_user(cast.mentee)
    passed_on = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}
    assert client.post(new_url(cast.mentee.person), {"password": PASSWORD}, **passed_on).status_code == 302
    assert Consent.objects.get(person=cast.mentee.person).address == "203.0.113.7"


@pytest.mark.parametrize("role", ["council", "stranger", "sysadmin", "director"])
def test_nobody_else_records_for_another(cast, as_user, role):
    person = make_person()
    assert as_user(getattr(cast, role)).post(
        new_url(person), {"given_on": "2026-09-05", "later": "on"}
    ).status_code in (403, 404)
    assert not Consent.objects.exists()


def test_everybody_has_my_consents_and_withdraws_there(cast, as_user):
    given = make_consent(cast.mentor.person, by=cast.clerk)
    foreign = make_consent(cast.mentee.person, by=cast.clerk)
    client = as_user(cast.mentor)
    page = client.get(reverse("people:consents"), follow=True)
    assert "Мои согласия" in page.content.decode()
    question = client.get(reverse("people:consent_withdraw", args=[given.pk]))
    assert "С сайта школы имя и должность исчезнут сразу" in question.content.decode()
    assert Consent.objects.live().count() == 2
    assert client.post(reverse("people:consent_withdraw", args=[given.pk])).status_code == 302
    assert list(Consent.objects.live()) == [foreign]
    for name in ("consent", "consent_withdraw", "consent_words"):
        assert client.get(reverse(f"people:{name}", args=[foreign.pk])).status_code == 404


def test_the_register_filters_and_its_workbook_follow(cast, as_user):
    scanless = make_consent(make_person("Безсканов"), by=cast.clerk)
    soon = make_consent(make_person("Скоров"), by=cast.clerk, until=date(2026, 12, 1), form="app")
    ended = consent_acts.withdraw(
        make_consent(make_person("Былой"), by=cast.clerk, form="app"), by=cast.clerk, on=date(2026, 11, 20)
    )
    client, url = as_user(cast.director), reverse("people:consents")

    def found(**query):
        return {row.consent.pk for row in client.get(url, query).context["listing"].rows}

    assert found(state="no_scan") == {scanless.pk}
    assert found(state="expiring") == {soon.pk}
    assert found(state="ended") == {ended.pk}
    assert found(state="live") == {scanless.pk, soon.pk}
    assert found(q="был") == {ended.pk}
    assert found(purpose="duties") == set()
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(url, {"state": "ended", "format": "xlsx"}).streaming_content))
    ).active
    assert [row[0] for row in sheet.values][1:] == [ended.person.full_name]


@pytest.mark.point("9.10")
def test_the_printed_register_has_dashes_and_no_empty_columns(cast):
    make_consent(make_person("Обычнов"), by=cast.clerk)
    plain = register_facts([presenters.row(c) for c in Consent.objects.all()])
    assert "Действует по" not in [column["label"] for column in plain["columns"]]
    make_consent(make_person("Широков"), "dissemination", by=cast.clerk, fields=["name"], until=date(2027, 12, 1))
    shown = register_facts([presenters.row(c) for c in Consent.objects.order_by("pk")])
    labels = [column["label"] for column in shown["columns"]]
    usual, public = (dict(zip(labels, row, strict=True)) for row in shown["rows"])
    assert (usual["Действует по"], usual["Что разрешено и на каких условиях"]) == ("–", "–")
    assert public["Действует по"] == "01.12.2027" and "–" not in public.values()


@pytest.mark.parametrize("purpose", ["processing", "dissemination"])
def test_the_printed_form_is_filled_in(cast, as_user, purpose):
    person = make_person("Печатная", "Анна", "Бадмаевна")
    url = f"{reverse('people:consent_blank', args=[person.pk])}?purpose={purpose}"
    answer = as_user(cast.clerk).get(url)
    text = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages[0].extract_text()
    assert answer["Content-Type"] == "application/pdf" and "Печатная" in text
    assert as_user(cast.stranger).get(url).status_code == 404
    assert as_user(cast.clerk).get(url.split("?")[0]).status_code == 404


def test_forms_for_duties_name_the_pair(cast, as_user):
    pairing = make_pairing(cast, complete=False, mentor=cast.mentor, mentee=cast.mentee)
    page = as_user(cast.curator).get(reverse("people:person_consents", args=[cast.mentor.person_id]))
    (row,) = [r for r in page.context["rows"] if "обязанности" in r.title]
    answer = as_user(cast.curator).get(row.blank_url)
    text = " ".join(PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages[0].extract_text().split())
    assert cast.mentee.person.last_name[:9] in text and "наставник" in text
    form = {"given_on": "2026-11-20", "later": "on"}
    assert as_user(cast.curator).post(row.new_url, form).status_code == 302
    assert Consent.objects.get(purpose="duties").matter == pairing.uuid


def test_the_frozen_words_as_pdf(cast, as_user):
    made = consent_acts.record(cast.mentor.person, "processing", by=cast.clerk, given_on=date(2026, 9, 5))
    answer = as_user(cast.mentor).get(reverse("people:consent_words", args=[made.pk]))
    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    assert made.text_sha256[:20] in "".join(p.extract_text() for p in pages).replace("\n", "")


def test_queries_do_not_grow_with_rows(cast, as_user):
    client, url = as_user(cast.clerk), reverse("people:consents")

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    make_consent(make_person(), by=cast.clerk)
    count()
    one = count()
    for _ in range(3):
        make_consent(make_person(), by=cast.clerk)
    assert count() == one <= 30
