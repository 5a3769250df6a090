"""One person out of thousands: a list while it is short, the name when it is long."""

import pytest
from django import forms

from people.register.fields import LISTED, PersonByNameField, person_field
from people.register.models import Person
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


def test_a_long_list_becomes_a_search(db):
    listed = forms.ModelChoiceField(Person.objects.all())
    assert person_field(listed, Person.objects.all()) is listed
    Person.objects.bulk_create(Person(last_name=f"Длинная{n}", first_name="А", gender="f") for n in range(LISTED + 1))
    assert isinstance(person_field(listed, Person.objects.all()), PersonByNameField)
