"""One person out of thousands: a list while it is short, the name when it is long."""

import pytest
from django import forms
from django.urls import reverse

from people.register.fields import LISTED, PeopleByNameField, PersonByNameField, offer_people
from people.register.models import Employment, Person
from people.school.models import Organisation
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def field():
    for last, first in [("Очирова", "Светлана"), ("Очирова", "Анна"), ("Бадмаев", "Пётр"), ("Бадмаева", "Анна")]:
        make_person(last, first, "")
    return PersonByNameField(Person.objects.all(), required=False)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("очир свет", "Очирова Светлана"), ("Бадмаев Пётр", "Бадмаев Пётр"), ("бадмаева", "Бадмаева Анна"), (" ", None)],
)
def test_the_beginnings_of_words_are_enough_for_one(field, typed, found):
    person = field.clean(typed)
    assert (person and person.full_name) == found


def test_several_and_nobody_are_told(field):
    with pytest.raises(forms.ValidationError, match=r"Нашлось несколько: Очирова Анна, Очирова Светлана"):
        field.clean("очирова")
    with pytest.raises(forms.ValidationError, match="Такого человека в списке нет"):
        field.clean("Никто")


def test_what_is_shown_is_the_name(field):
    person = Person.objects.get(last_name="Бадмаев")
    assert field.prepare_value(person) == field.prepare_value(person.pk) == "Бадмаев Пётр"
    assert field.prepare_value("оч") == "оч"


def test_several_are_typed_one_on_a_line(field):
    several = PeopleByNameField(Person.objects.all(), required=False)
    names = [person.full_name for person in several.clean("очирова анна\n\n Бадмаев Пётр\nОчирова Анна")]
    assert names == ["Очирова Анна", "Бадмаев Пётр"]
    with pytest.raises(forms.ValidationError) as refused:
        several.clean("Очирова\nНикто\nБадмаева")
    assert [message.partition(":")[0] for message in refused.value.messages] == ["«Очирова»", "«Никто»"]
    keys = Person.objects.filter(first_name="Анна").values_list("pk", flat=True)
    assert several.prepare_value(keys) == "Бадмаева Анна\nОчирова Анна"


class Choosing(forms.Form):
    one = forms.ModelChoiceField(Person.objects.none(), label="Кто")
    many = forms.ModelMultipleChoiceField(Person.objects.none(), label="Кого", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("one", "many"):
            offer_people(self, name, Person.objects.all())


@pytest.mark.point("8.11")
def test_a_long_list_becomes_a_search(db):
    anna = make_person("Краткая", "Анна", "")
    assert isinstance(Choosing().fields["one"], forms.ModelChoiceField)
    assert Choosing({"one": anna.pk}).is_valid()
    Person.objects.bulk_create(Person(last_name=f"Длинная{n}", first_name="А", gender="f") for n in range(LISTED + 1))
    form = Choosing({"one": "краткая", "many": "Краткая\n"})
    assert (form.fields["one"].label, form.fields["many"].required) == ("Кто", False)
    assert form.is_valid()
    assert form.cleaned_data == {"one": anna, "many": [anna]}


@pytest.mark.point("8.11")
@pytest.mark.parametrize(
    ("name", "who", "query"),
    [
        ("people:accounts_new", "sysadmin", ""),
        ("people:roles", "director", ""),
        ("reports:local_act_new", "clerk", ""),
        ("reports:order_new", "curator", "?kind=curator"),
        ("reports:order_new", "curator", "?kind=incentive"),
    ],
)
def test_no_form_lists_thousands_of_people(name, who, query, cast, as_user):
    own = Organisation.objects.get(kind="own")
    made = Person.objects.bulk_create(
        Person(last_name=f"Длинная{n}", first_name="А", gender="f") for n in range(LISTED + 1)
    )
    Employment.objects.bulk_create(Employment(person=person, organisation=own, post="методист") for person in made)
    page = as_user(getattr(cast, who)).get(reverse(name) + query)
    assert page.status_code == 200
    assert page.content.decode().count("Длинная") == 0
