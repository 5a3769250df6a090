"""Consents address the operator in the dative; the order on their form ends in 2027 (9.8, 9.9)."""

from datetime import date

import pytest
import time_machine
from django.template.loader import get_template

from mentoring_site.models import OutboxMail
from people.consents import inbox, texts
from people.consents.destruction import erasure
from people.consents.editions import meant_since
from people.consents.requests.documents import answer_facts
from people.consents.requests.models import DataRequest
from people.language.organisations import name_dative
from tests.factories import make_consent, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.8", "9.9")]


def test_an_answer_tells_all_that_the_law_lists_and_every_ground_has_its_article(cast):
    person = make_person(phone="+79000000000")
    make_consent(person, by=cast.clerk)
    asked = DataRequest(kind="question", person=person, received_on=date(2026, 11, 30), number="17", answer="Да.")
    told = dict(answer_facts(asked)["processing"])
    assert "статьи 9, 14, 20, 21" in told["Как осуществить свои права"] and "суд" in told["Как осуществить свои права"]
    assert told["Как исполняются обязанности по статье 18.1"]
    OutboxMail.objects.create(person_id=person.pk, to="a@school.example", subject="Тема", text="Текст")
    held = dict(answer_facts(asked)["processing"])["Какие данные"]
    assert "письма, отправленные системой (1\N{NO-BREAK SPACE}письмо)" in held and "телефон" in held
    kept = erasure.stays_by_law(person)
    assert len(kept) >= 4 and all("152-ФЗ" in ground for ground in kept), kept


def test_who_receives_a_withdrawal_signs_with_the_initials_first():
    source = get_template("documents/withdrawal.html").template.source
    assert "инициалы, фамилия" in source and "фамилия, инициалы" not in source


@pytest.mark.parametrize(
    ("name", "dative"),
    [
        (
            "Муниципальное бюджетное учреждение дополнительного образования «Детская школа искусств»",
            "Муниципальному бюджетному учреждению дополнительного образования «Детская школа искусств»",
        ),
        ("Детская музыкальная школа № 1", "Детской музыкальной школе № 1"),
        ("Автономная некоммерческая организация «Лад»", "Автономной некоммерческой организации «Лад»"),
        ("Государственный институт культуры", "Государственному институту культуры"),
        ("Республиканский колледж искусств", "Республиканскому колледжу искусств"),
        ("Высшее училище", "Высшему училищу"),
        ("Театр оперы", ""),
    ],
)
def test_a_name_of_an_organisation_declines_by_its_head(name, dative):
    assert name_dative(name) == dative


@time_machine.travel("2026-12-04 09:00+03:00", tick=False)
def test_the_consent_is_given_to_the_operator_in_the_dative(cast):
    given = texts.signed(make_person(), "processing", "", given_on=date(2026, 12, 2))
    assert given.text_date == date(2026, 12, 1)
    assert "даю согласие Муниципальному бюджетному учреждению" in given.text.replace("\N{NO-BREAK SPACE}", " ")
    assert meant_since("processing", "", date(2026, 12, 4)) == date(2026, 9, 1), "nobody signs again for a case"
    assert "на обязанности" not in given.text, "never on one sheet with the consent to the role"


def test_the_end_of_order_18_is_told_in_summer_2027(cast):
    def told(day):
        with time_machine.travel(f"{day} 09:00+03:00", tick=False):
            return [item.until for item in inbox.items(cast.clerk) if "распространение" in item.title]

    assert told("2027-05-31") == [] and told("2027-06-01") == [date(2027, 9, 1)]
    assert max(texts.versions("dissemination", "")) < date(2027, 6, 1)
