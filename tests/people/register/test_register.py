"""The register of persons: search, filters, workbook, entering and editing (п. 1.2, 2.3, 3.4)."""

import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.register import acts as register_acts
from people.register import filters
from people.register.models import Employment, Person
from people.school.models import Department, Organisation
from tests.factories import make_consent, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("7")]
URL = "/people/"


def names(response):
    return [row["person"].last_name for row in response.context["rows"]]


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


@pytest.mark.clause("3.5-b1")
@time_machine.travel("2026-11-22 09:00+03:00", tick=False)
@pytest.mark.parametrize(
    ("born", "since", "young"),
    [
        (date(1991, 11, 23), date(2023, 11, 23), True),
        (date(1991, 11, 22), date(2023, 11, 23), False),
        (date(1991, 11, 23), date(2023, 11, 22), False),
        (None, date(2025, 9, 1), None),
    ],
)
def test_the_filter_of_young_specialists_agrees_with_the_page(cast, born, since, young):
    person = make_person("Юный", birth_date=born, teaching_since=since)
    assert person.young_specialist()[0] is bool(young)
    assert Person.objects.filter(filters.young(True), pk=person.pk).exists() is (young is True)
    assert Person.objects.filter(filters.young(False), pk=person.pk).exists() is (young is False)


@time_machine.travel("2028-02-29 09:00+03:00", tick=False)
def test_young_filter_on_a_leap_day():
    born = [date(1993, 2, 28), date(1993, 3, 1)]
    people = [make_person("Юный", birth_date=d, teaching_since=date(2027, 1, 1)) for d in born]
    found = set(Person.objects.filter(filters.young(True)).values_list("pk", flat=True))
    assert {p.pk for p in people if p.young_specialist()[0]} == found & {p.pk for p in people} == {people[1].pk}


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
    assert response.context["query"] == "q=%D0%B4%D0%BB%D0%B8%D0%BD"


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
    assert count() == one <= 12


# Acts


FACTS = {"last_name": "Ким", "first_name": "Данара", "middle_name": "Эдуардовна", "gender": "f"}


@pytest.mark.parametrize("role", ["director", "council", "chair", "secretary", "sysadmin", "mentor", "stranger"])
def test_only_keepers_write_the_register(cast, role):
    user, person = getattr(cast, role), cast.mentee.person
    employment = person.employments.get()
    for act in (
        lambda: register_acts.enter(by=user, **FACTS),
        lambda: register_acts.edit(person, by=user, version=1, phone=""),
        lambda: register_acts.employ(person, by=user, post="х"),
        lambda: register_acts.edit_employment(employment, by=user, version=1, post="х"),
        lambda: register_acts.end_employment(employment, by=user, version=1, on=date(2026, 1, 1)),
        lambda: register_acts.correct_names(person, by=user, version=1, forms={}),
        lambda: register_acts.save_organisation(Organisation(), by=user, name="х"),
        lambda: register_acts.save_department(Department(), by=user, name="х"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_duplicate_is_refused_and_a_namesake_is_not(cast):
    register_acts.enter(by=cast.clerk, birth_date=date(1990, 5, 1), **FACTS)
    with pytest.raises(Refused, match="уже записан"):
        register_acts.enter(by=cast.clerk, birth_date=date(1990, 5, 1), namesake=True, **FACTS)
    with pytest.raises(Refused, match="тёзка"):
        register_acts.enter(by=cast.clerk, **FACTS | {"last_name": "КИМ"})
    register_acts.enter(by=cast.clerk, birth_date=date(1970, 5, 1), **FACTS)
    register_acts.enter(by=cast.clerk, namesake=True, **FACTS)
    assert Person.objects.filter(last_name="Ким").count() == 3


def test_an_edit_claims_its_version(cast):
    person = cast.mentee.person
    register_acts.edit(person, by=cast.curator, version=1, phone="+79051112233")
    with pytest.raises(Stale):
        register_acts.edit(person, by=cast.clerk, version=1, phone="+79054445566")
    person.refresh_from_db()
    assert (person.phone, person.version) == ("+79051112233", 2)


def test_places_of_work_are_added_once_and_ended(cast):
    person, own = cast.mentee.person, Organisation.objects.get(kind="own")
    facts = {"organisation": own, "department": None, "post": "концертмейстер", "is_teaching": True, "kind": "internal"}
    made = register_acts.employ(person, by=cast.clerk, **facts)
    with pytest.raises(Already):
        register_acts.employ(person, by=cast.clerk, **facts | {"post": "Концертмейстер"})
    register_acts.end_employment(made, by=cast.clerk, version=1, on=date(2026, 1, 31))
    assert not Employment.objects.current().filter(pk=made.pk).exists()
    with pytest.raises(Refused, match="раньше, чем началась"):
        register_acts.edit_employment(made, by=cast.clerk, version=2, since=date(2026, 5, 1))


def test_own_school_is_not_edited_among_partners(cast, as_user):
    own = Organisation.objects.get(kind="own")
    with pytest.raises(NotAllowed):
        register_acts.save_organisation(own, by=cast.curator, city="Москва")
    client = as_user(cast.curator)
    assert client.get(reverse("people:organisation", args=[own.pk])).status_code == 404
    made = {"name": "Колледж искусств имени Проверки", "short_name": "Колледж", "kind": "college", "city": "Элиста"}
    assert client.post(reverse("people:organisation_new"), made).status_code == 302
    again = client.post(reverse("people:organisation_new"), made)
    assert again.status_code == 200 and "уже существует" in str(again.context["form"].errors)
    college = Organisation.objects.get(kind="college")
    assert (
        client.post(reverse("people:department_new"), {"organisation": college.pk, "name": "Теория"}).status_code == 302
    )
    assert college.departments.get().name == "Теория"


@pytest.mark.parametrize("born", ["1905-01-01", "2026-01-01", "2030-01-01"])
def test_an_impossible_age_says_what_is_possible(cast, as_user, born):
    page = as_user(cast.curator).post(
        "/people/new/", {"last_name": "Кравец", "first_name": "Анна", "gender": "f", "birth_date": born}
    )
    assert "возраст должен быть от 14 до 100 лет" in page.content.decode()
