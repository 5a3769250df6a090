"""The list of people: search, filters, orderings, pages, the workbook (п. 1.2, 2.3, 3.4)."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.profile.people_list import empty_state
from people.register.models import Employment
from people.rights import Right
from people.school.models import Department, Organisation
from tests.factories import make_consent, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("7")]
URL = "/people/"


def names(response):
    return [row.person.last_name for row in response.context["listing"].rows]


def test_search_by_beginnings_of_words_in_any_case_with_yo(cast, as_user):
    make_person("Семёнова", "Елена", "Фёдоровна")
    make_person("Санджи-Горяева", "Кермен", "Бадмаевна")
    client = as_user(cast.curator)
    for asked in ("семено", "СЕМЁНОВА", "фед елена", "  фёдор   сем "):
        assert names(client.get(URL, {"q": asked})) == ["Семёнова"], asked
    assert names(client.get(URL, {"q": "горя"})) == ["Санджи-Горяева"]
    assert names(client.get(URL, {"q": "менова"})) == []


def test_filters_are_exact(cast, as_user):
    own = Organisation.objects.get(kind="own")
    college = Organisation.objects.create(name="Колледж искусств", short_name="Колледж", kind="college")
    jangar = make_person("Домбрист", department="Народное отделение", category="highest")
    outside = make_person("Партнёр", department=None)
    outside.employments.update(organisation=college, kind="external", is_teaching=False)
    make_consent(jangar, by=cast.curator)
    folk = Department.objects.get(organisation=own, name="Народное отделение")
    client = as_user(cast.curator)
    assert names(client.get(URL, {"department": folk.pk})) == ["Домбрист"]
    assert names(client.get(URL, {"organisation": college.pk})) == ["Партнёр"]
    assert names(client.get(URL, {"kind": "external"})) == ["Партнёр"]
    assert names(client.get(URL, {"post": "other"})) == ["Партнёр"]
    assert names(client.get(URL, {"category": "highest"})) == ["Домбрист"]
    assert names(client.get(URL, {"consent": "yes"})) == ["Домбрист"]
    assert names(client.get(URL, {"consent": "yes", "organisation": college.pk})) == []


def test_conditions_on_a_post_hold_for_one_and_the_same_post(cast, as_user):
    person = make_person("Двойной", department="Народное отделение")
    Employment.objects.create(
        person=person, organisation=Organisation.objects.get(), post="настройщик", kind="internal", is_teaching=False
    )
    folk = Department.objects.get(name="Народное отделение")
    client = as_user(cast.curator)
    assert names(client.get(URL, {"department": folk.pk, "post": "other"})) == []
    assert names(client.get(URL, {"department": folk.pk, "post": "teaching"})) == ["Двойной"]


def test_age_bands_and_nonsense_in_the_address(cast, as_user):
    make_person("Старший", birth_date=date(1950, 1, 1))
    client = as_user(cast.curator)
    assert names(client.get(URL, {"age": "65"})) == ["Старший"]
    everybody = names(client.get(URL))
    for nonsense in ({"department": "99999"}, {"age": "кот"}, {"sort": "-password"}, {"page": "минус"}):
        assert names(client.get(URL, nonsense)) == everybody


def test_order_puts_yo_beside_ye_and_turns_round(cast, as_user):
    for last in ("Ёлкина", "Ежова", "Жукова"):
        make_person(last)
    client = as_user(cast.curator)
    found = [n for n in names(client.get(URL)) if n in {"Ёлкина", "Ежова", "Жукова"}]
    assert found == ["Ежова", "Ёлкина", "Жукова"]
    back = [n for n in names(client.get(URL, {"sort": "-name"})) if n in {"Ёлкина", "Ежова", "Жукова"}]
    assert back == ["Жукова", "Ёлкина", "Ежова"]


def test_pages_of_25_keep_the_filters(cast, as_user):
    for _ in range(30):
        make_person("Длинный")
    response = as_user(cast.curator).get(URL, {"q": "длин", "page": 2})
    assert len(names(response)) == 5
    assert response.context["listing"].query == "q=%D0%B4%D0%BB%D0%B8%D0%BD"


@pytest.mark.parametrize(
    ("role", "sees"), [("curator", True), ("clerk", True), ("director", True), ("sysadmin", False)]
)
def test_workbook_of_the_filtered_list_hides_contacts(cast, as_user, role, sees):
    make_person("Видимая", phone="+79051234567", email="v@school.example", note="тайна")
    make_person("Другая")
    response = as_user(getattr(cast, role)).get(URL, {"q": "вид", "format": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.values)
    assert [row[0] for row in rows] == ["Фамилия", "Видимая"]
    assert ("+79051234567" in rows[1]) is sees
    assert ("тайна" in rows[1]) is sees
    assert ("Дата рождения" in rows[0]) is sees


def test_the_register_shows_only_who_is_visible(cast, as_user):
    make_person("Чужая")
    assert names(as_user(cast.stranger).get(URL)) == [cast.stranger.person.last_name]
    assert as_user(cast.stranger).get(reverse("people:person", args=[cast.curator.person_id])).status_code == 404


@pytest.mark.parametrize("address", [URL, "/people/organisations/"])
def test_queries_do_not_grow_with_rows(cast, as_user, address):
    client = as_user(cast.curator)
    client.get(address)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    make_person(department="Первое")
    one = count()
    for i in range(3):
        make_person(department=f"Отделение {i}", consent=True, by=cast.curator)
    assert count() == one <= 30


@pytest.mark.parametrize("role", ["clerk", "stranger"])
def test_an_empty_list_says_what_to_do_first(cast, as_user, role):
    """Whoever loads staff lists is led there; the others learn who writes the register."""
    user = getattr(cast, role)
    listing = as_user(user).get(URL, {"q": "такогонет"}).context["listing"]
    assert listing.rows == [] and (listing.empty.url, listing.empty.link) == (URL, "Показать всех")
    assert (empty_state(user) is None) == (not user.can(Right.PEOPLE_IMPORT))
