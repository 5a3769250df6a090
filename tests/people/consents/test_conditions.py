"""Dissemination with conditions: nine parts, frozen in the text, obeyed wherever a visitor looks
(152-ФЗ, ст. 10.1; п. 8.1).
"""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from mentoring_site.russian import ruday
from mentoring_site.workflow import Refused
from people.consents import acts as consent_acts
from people.consents import texts as consent_texts
from people.consents.dissemination import allowed_fields, initials_of, unwilling
from people.consents.models import DISSEMINATION, PUBLIC_FIELDS, Consent
from people.school.workdays import add_workdays
from programs.completion import publication
from reports.site import news as site_news
from reports.site.models import News
from tests.factories import make_candidate, make_consent, make_person
from tests.programs.journal.kit import make_published

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.8")]
INITIALS = {"name": {"rules": ["initials"], "words": ""}}
PAGES = ["/", "/mentoring-programs/", "/results/", "/people-in-mentoring/", "/news/"]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-12-01 09:00+03:00", tick=False):
        yield date(2026, 12, 1)


@pytest.fixture
def person(cast):
    return make_person("Лиджиев", "Мерген", "Очирович", "m", phone="+79051234567")


def record(person, cast, **facts):
    given = {
        "fields": ["name", "program"],
        "until": date(2029, 12, 1),
        "given_on": date(2026, 12, 1),
        "by": cast.clerk,
    }
    return consent_acts.record(person, DISSEMINATION, **given | facts)


def text_of(answer) -> str:
    import io

    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_text_has_all_nine_parts_and_the_conditions_of_each_field(cast, person, settings):
    made = record(
        person,
        cast,
        fields=["name", "photo"],
        transfer="network",
        conditions={
            "name": {"rules": ["initials", "no_third"], "words": ""},
            "photo": {"rules": [], "words": "не печатать в сборниках"},
        },
    )
    text = made.text.replace("\N{NO-BREAK SPACE}", " ")
    assert made.text_date == date(2026, 11, 26)
    for words in (
        "Лиджиев Мерген Очирович",
        "+79051234567",
        "0814000000",
        "1020800000000",
        "г. Элиста, ул. Проверочная, 1",
        f"{settings.SITE_URL}/people-in-mentoring/",
        f"{settings.SITE_URL}/results/",
        "https://school.example/",
        "5. Цель",
        "Общие персональные данные",
        "фамилия, имя, отчество | да | только инициалы; не передавать третьим лицам",
        "фотография | да | не печатать в сборниках",
        "должность и отделение | нет",
        "8. Условия передачи данных оператором: с использованием информационно-телекоммуникационных сетей",
        "по 1 декабря 2029 г. включительно",
    ):
        assert words in text, words
    person.phone = ""
    blank = consent_texts.paper_facts(person, DISSEMINATION)
    assert blank["transfer"] is None and not (blank["person"]["phone"] or blank["person"]["email"])


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({"photo": {"rules": ["no_third"], "words": ""}}, "только для сведений"),
        ({"program": {"rules": ["initials"], "words": ""}}, "Такого условия"),
        ({"name": {"rules": [], "words": " "}}, "Пустое"),
        ({"name": {"rules": [], "words": "щ" * 301}}, "300"),
        ({"name": ["initials"]}, "отметок"),
    ],
)
def test_conditions_are_checked_by_the_act_and_by_the_model(cast, person, conditions, words):
    with pytest.raises(Refused, match=words):
        record(person, cast, conditions=conditions)
    with pytest.raises(ValidationError, match=words):
        Consent(person=person, purpose=DISSEMINATION, fields=["name", "program"], conditions=conditions).clean()
    with pytest.raises(Refused, match="передавать"):
        record(person, cast, transfer="")
    assert not Consent.objects.exists()


def test_only_initials_means_initials_on_every_public_page(cast):
    _, c, consent = make_published(cast)
    person = c.participation.person
    make_candidate(person, "mentee", by=cast.director) if not person.candidates.exists() else None
    item = site_news.save(News(title="Конкурс", text=f"Победила {person.full_name}", is_public=True), by=cast.curator)
    full = "".join(Client().get(url).content.decode() for url in PAGES)
    assert person.last_name in full and item.title in full
    Consent.objects.filter(pk=consent.pk).update(conditions=INITIALS)
    shown = {url: Client().get(url).content.decode() for url in [*PAGES, f"/news/{item.pk}/"]}
    for url, text in shown.items():
        assert person.last_name not in text and person.first_name not in text, url
    assert f"Наставляемая {initials_of(person)}" in shown["/results/"]
    assert f"{initials_of(person)}: фамилия, имя, отчество — только инициалы" in shown["/results/"]
    assert item.title not in shown["/news/"]


def test_a_text_that_names_somebody_of_initials_only_is_not_shown(cast):
    _, c, consent = make_published(cast)
    name = c.participation.person.last_name
    publication.write_public(c, by=cast.curator, public_text=f"{name} провела восемь уроков")
    publication.approve_public(c, by=cast.mentee)
    assert "провела восемь уроков" in Client().get("/results/").content.decode()
    Consent.objects.filter(pk=consent.pk).update(conditions=INITIALS)
    text = Client().get("/results/").content.decode()
    assert name not in text and "провела восемь уроков" not in text


@pytest.mark.clause("8.1-b2")
def test_conditions_are_published_on_the_card_in_the_bank(cast, person):
    make_candidate(person, "mentor", by=cast.director)
    record(person, cast, conditions={"name": {"rules": ["no_third"], "words": "<b>без печати</b>"}})
    text = Client().get("/people-in-mentoring/").content.decode()
    assert person.full_name in text
    assert "Условия и\N{NO-BREAK SPACE}запреты: фамилия, имя, отчество" in text.replace("&nbsp;", "\N{NO-BREAK SPACE}")
    assert "не передавать третьим лицам; &lt;b&gt;без печати" in text


@pytest.mark.parametrize("transfer", ["internal", "none"])
def test_without_networks_nothing_stands_on_the_site(cast, person, transfer):
    make_candidate(person, "mentor", by=cast.director)
    record(person, cast, transfer=transfer)
    assert allowed_fields([person.pk]) == {} and unwilling([person.pk]) == {person.pk}
    assert person.last_name not in Client().get("/people-in-mentoring/").content.decode()


def test_the_recorder_chooses_per_field_and_sees_it_in_the_register(cast, as_user, person):
    client, url = as_user(cast.clerk), f"{reverse('people:consent_new', args=[person.pk])}?purpose=dissemination"
    page = client.get(url).content.decode()
    assert all(f'name="rules_{code}"' in page and f'name="words_{code}"' in page for code in PUBLIC_FIELDS)
    form = {
        "given_on": "2026-12-01",
        "until": "2029-12-01",
        "later": "on",
        "fields_allowed": ["name", "photo"],
        "rules_name": ["initials"],
        "words_photo": "только с подписью автора",
    }
    assert set(client.post(url, form).context["form"].errors) == {"transfer"}
    wrong = client.post(url, form | {"transfer": "network", "rules_post": ["no_third"]})
    assert "Условие стоит, а «да» не отмечено: должность и отделение" in wrong.content.decode()
    made = client.post(url, form | {"transfer": "network"})
    consent = Consent.objects.get()
    assert made["Location"] == consent.get_absolute_url() and consent.transfer == "network"
    assert consent.conditions == {
        "name": {"rules": ["initials"], "words": ""},
        "photo": {"rules": [], "words": "только с подписью автора"},
    }
    page = client.get(consent.get_absolute_url()).content.decode()
    assert "фотография — только с подписью автора" in page
    assert ruday(add_workdays(date(2026, 12, 1), 3)) in page  # three working days for the publication of conditions
    other = make_consent(make_person(), DISSEMINATION, by=cast.clerk, fields=["name"])
    listing = client.get(reverse("people:consents"), {"state": "conditions"}).context["listing"]
    assert [row.consent for row in listing.rows] == [consent] != [other]


def test_ones_own_consent_asks_for_the_transfer_too(cast, as_user):
    from people.school.models import School
    from tests.factories import PASSWORD

    School.objects.update(e_consents_number="7-од", e_consents_date=date(2026, 9, 1))
    client = as_user(cast.mentee)
    url = f"{reverse('people:consent_new', args=[cast.mentee.person_id])}?purpose=dissemination"
    form = {"until": "2029-12-01", "fields_allowed": ["name"], "password": PASSWORD, "rules_name": ["initials"]}
    assert set(client.post(url, form).context["form"].errors) == {"transfer"}
    assert client.post(url, form | {"transfer": "network"}).status_code == 302
    assert Consent.objects.get().conditions == INITIALS


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("purpose=duties&part=mentor", "Согласие на выполнение обязанностей наставника"),
        ("purpose=duties&part=mentee", "выполнение обязанностей наставляемого"),
        ("purpose=dissemination", "разрешённых субъектом персональных данных для распространения"),
        ("purpose=processing", "документ, удостоверяющий личность"),
        ("purpose=dissemination&paper=withdrawal", "нужное отметить"),
        ("purpose=processing&paper=withdrawal", "об отзыве согласия"),
        ("purpose=duties&part=mentor&paper=withdrawal", "три рабочих дня"),
    ],
)
def test_empty_forms_name_nobody(cast, as_user, query, words):
    text = text_of(as_user(cast.stranger).get(f"{reverse('people:consent_form')}?{query}"))
    assert words in text and "____" in text and "None" not in text
    assert cast.stranger.person.last_name not in text
    assert as_user(cast.stranger).get(f"{reverse('people:consent_form')}?purpose=duties").status_code == 404


def test_the_filled_form_of_dissemination_is_one_sheet_for_a_pen(cast, as_user, person):
    import io

    url = f"{reverse('people:consent_blank', args=[person.pk])}?purpose=dissemination"
    answer = as_user(cast.clerk).get(url)
    assert len(PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages) == 1
