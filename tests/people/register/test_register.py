"""The register of persons: who is a young specialist, entering and editing (п. 1.2, 2.3, 3.4)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.register import acts as register_acts
from people.register import filters, likeness
from people.register.forms import EditPersonForm, EmploymentForm
from people.register.models import Employment, Person
from people.school.models import Department, Organisation
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("7")]


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


FACTS = {"last_name": "Ким", "first_name": "Данара", "middle_name": "Эдуардовна", "gender": "f"}


def test_a_refusal_because_of_somebody_known_leads_to_that_person(cast, as_user):
    known = make_person("Ким", "Данара", "Эдуардовна", birth_date=date(1990, 5, 5))
    typed = {"first_name": "Данара", "middle_name": "Эдуардовна", "gender": "f", "birth_date": "1990-05-05"}
    client = as_user(cast.clerk)
    for last in ("<b>Цой</b>", "Цой", "Ким"):
        text = client.post(reverse("people:person_new"), typed | {"last_name": last}).content.decode()
        link = f'<a href="{known.get_absolute_url()}">Ким Данара Эдуардовна</a>'
        assert (link in text) is (last != "<b>Цой</b>") and "<b>Цой" not in text
    assert Person.objects.filter(first_name="Данара").count() == 1


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("8 (905) 123-45-67", "+79051234567"),
        ("т. 905 123 45 67", "+79051234567"),
        ("моб.: +7-905-123-45-67", "+79051234567"),
        ("+375 29 123-45-67", "+375291234567"),
        ("", ""),
    ],
)
def test_a_phone_is_read_as_lists_are(typed, phone):
    form = EditPersonForm({**FACTS, "phone": typed, "version": 1}, instance=Person())
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == phone


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8 905 123 45 67, 8 937 765 43 21", "«8 937 765 43 21» запишите в поле «Примечание»"),
        ("89051234567 доб. 12", "«доб. 12» запишите"),
        ("2-45-67", "Телефон в виде +79051234567"),
    ],
)
def test_a_phone_that_is_not_one_is_refused(typed, words):
    form = EditPersonForm({**FACTS, "phone": typed, "version": 1}, instance=Person())
    assert words in str(form.errors["phone"])


def test_a_post_is_written_out_in_the_form_too(school):
    ours = Organisation.objects.get(kind="own")
    form = EmploymentForm({"organisation": ours.pk, "post": "преп.  по кл. ф-но", "kind": "main"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["post"] == "преподаватель по классу фортепиано"


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


BEFORE = {"last_name": "Манджиева", "first_name": "Айса", "middle_name": "Санджиевна", "gender": "f"}
MARRIED = {"last_name": "Кравец", "first_name": "Айса", "middle_name": "Санджиевна"}


def test_a_former_name_stays_and_finds_the_person(cast):
    person = register_acts.enter(by=cast.clerk, **BEFORE)
    register_acts.correct_names(
        person, by=cast.clerk, version=1, forms={"dative": {"last": "Манджиевой-то", "first": "Айсе-то"}}
    )
    renamed = register_acts.rename_person(
        person, by=cast.clerk, version=2, until=date(2026, 11, 1), basis="свидетельство о браке", **MARRIED
    )
    assert renamed.full_name == "Кравец Айса Санджиевна"
    former = renamed.former_names.get()
    assert (str(former), former.until) == ("Манджиева Айса Санджиевна", date(2026, 11, 1))
    for text in ("манджиев", "Кравец", "манджиева айса", "айса кравец", "МАНДЖИЕВА А. С."):
        assert renamed in Person.objects.found_by(text), text
    assert renamed not in Person.objects.found_by("манджиева петровна")
    # what was corrected by hand for the former surname would print the former surname; the first name stays
    assert [(form.last, form.first) for form in renamed.name_forms.all()] == [("", "Айсе-то")]
    assert list(register_acts.twins(Person(**BEFORE))) == []  # a namesake of the former name is another person


def test_a_name_is_changed_once_and_may_come_back(cast):
    person = register_acts.enter(by=cast.clerk, **BEFORE)
    register_acts.rename_person(person, by=cast.clerk, version=1, **MARRIED)
    with pytest.raises(Already, match="уже записано"):
        register_acts.rename_person(person, by=cast.clerk, version=2, **MARRIED)
    with pytest.raises(Stale):
        register_acts.rename_person(person, by=cast.curator, version=1, **MARRIED | {"last_name": "Ким"})
    back = {name: BEFORE[name] for name in MARRIED}
    register_acts.rename_person(person, by=cast.clerk, version=2, **back)
    register_acts.rename_person(person, by=cast.clerk, version=3, basis="решение суда", **MARRIED)
    person.refresh_from_db()
    assert [(str(name), name.basis) for name in person.former_names.all()] == [
        ("Манджиева Айса Санджиевна", "решение суда"),
        ("Кравец Айса Санджиевна", ""),
    ]
    with pytest.raises(NotAllowed):
        register_acts.rename_person(person, by=cast.director, version=4, **back)


def test_a_corrected_surname_drops_its_corrected_forms(cast):
    person = register_acts.enter(by=cast.clerk, **BEFORE)
    register_acts.correct_names(person, by=cast.clerk, version=1, forms={"dative": {"last": "Манджиевой-то"}})
    register_acts.edit(person, by=cast.clerk, version=2, last_name="Манжиева")
    assert not person.name_forms.exists() and not person.former_names.exists()


def test_the_page_of_another_name(cast, as_user):
    person, client = cast.mentee.person, as_user(cast.clerk)
    former, url = person.last_name, reverse("people:person_rename", args=[person.pk])
    typed = {"first_name": person.first_name, "middle_name": person.middle_name, "version": person.version}
    late = client.post(url, typed | {"last_name": "Новая", "until": "2199-01-01"})
    assert late.context["form"].errors["until"] and late.context["form"]["last_name"].value() == "Новая"
    odd = client.post(url, typed | {"last_name": "Новая (Старая)"})
    assert odd.context["form"].errors["last_name"]
    same = client.post(url, typed | {"last_name": former})
    assert "уже записано" in str(same.context["form"].errors)
    assert client.post(url, typed | {"last_name": "НОВАЯ"}).status_code == 302
    facts = {fact.label: fact.value for fact in client.get(person.get_absolute_url()).context["facts"]}
    assert facts["Прежнее имя"].startswith(f"{former} ")


EKATERINA = {
    "last_name": "Мельничук",
    "first_name": "Екатерина",
    "middle_name": "Викторовна",
    "gender": "f",
    "birth_date": date(1982, 9, 25),
}


@pytest.mark.point("8")
def test_a_person_under_another_surname_is_asked_about(cast, as_user):
    """Entered by hand too: the same first name, patronymic and birth date under another surname may be one person."""
    known = register_acts.enter(by=cast.clerk, phone="+79001167092", **EKATERINA)
    url, client = reverse("people:person_new"), as_user(cast.clerk)
    typed = EKATERINA | {"last_name": "Каштанова", "birth_date": "1982-09-25", "phone": "+79001167092"}
    answer = client.post(url, typed)
    assert "Похоже на Мельничук Екатерину Викторовну: то же имя и отчество, дата рождения, телефон" in str(
        answer.context["form"].errors
    )
    assert answer.context["form"]["last_name"].value() == "Каштанова"
    assert client.post(url, typed | {"namesake": "on"}).status_code == 302
    assert Person.objects.filter(birth_date=known.birth_date, first_name="Екатерина").count() == 2


@pytest.mark.point("8")
@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"last_name": "Каштанова"}, "то же имя и отчество, дата рождения"),
        ({"middle_name": ""}, "те же фамилия и имя, дата рождения"),
        ({"last_name": "КАШТАНОВА", "first_name": "екатерина"}, "то же имя и отчество, дата рождения"),
        ({"first_name": "Анна"}, ""),  # a sister
        ({"last_name": "Каштанова", "birth_date": date(1982, 9, 26)}, ""),
        ({"last_name": "Каштанова", "birth_date": None}, ""),
        ({"last_name": "Каштанова", "middle_name": "Ивановна"}, ""),
        ({}, ""),  # a full namesake is another rule
    ],
)
def test_what_makes_two_people_alike(cast, changed, same):
    register_acts.enter(by=cast.clerk, **EKATERINA)
    names = EKATERINA | changed
    described = likeness.Described(
        names["last_name"], names["first_name"], names["middle_name"], names["birth_date"], "", ""
    )
    assert [like.same for like in likeness.found(described)] == ([same] if same else [])
