"""A correction of a form of a name or a post never outlives what it corrects; a former name is kept and found."""

import pytest
from django.urls import reverse

from mentoring_site.workflow import Refused
from people.language.declension import name_in, post_in
from people.language.mentions import people_named_in
from people.register import acts as register_acts
from people.register.likeness import is_slip
from people.register.models import NameForm, Person
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("9.5")]

MARRIED = "Свободина"


@pytest.fixture
def ekaterina(cast):
    person = make_person("Мельничук", "Екатерина", "Викторовна", gender="f", post="методист")
    forms = {"dative": {"last": "Мельничуке", "first": "Екатерине-то"}}
    return register_acts.correct_names(person, by=cast.clerk, version=person.version, forms=forms)


def fresh(person):
    return Person.objects.prefetch_related("name_forms").get(pk=person.pk)


def typed(client, url, **changes):
    form = client.get(url).context["form"]
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return client.post(url, {name: "" if value is None else value for name, value in values.items()} | changes)


def test_whatever_changes_the_surname_its_correction_no_longer_holds(ekaterina):
    assert name_in(fresh(ekaterina), "dative") == "Мельничуке Екатерине-то Викторовне"
    Person.objects.filter(pk=ekaterina.pk).update(last_name=MARRIED)
    assert name_in(fresh(ekaterina), "dative") == "Свободиной Екатерине-то Викторовне"
    (dative,) = [row for row in register_acts.declined_forms(fresh(ekaterina)) if row["case"] == "dative"]
    assert (str(dative["form"]), dative["corrected"]) == ("Свободиной Екатерине-то Викторовне", True)
    Person.objects.filter(pk=ekaterina.pk).update(last_name="Мельничук")
    assert name_in(fresh(ekaterina), "dative").startswith("Мельничуке")


def test_another_sex_drops_the_corrections_of_name_and_post(cast, ekaterina):
    posts = {"методист": {"dative": "методистке"}}
    person = register_acts.correct_names(
        ekaterina, by=cast.clerk, version=2, forms={"dative": {"last": "Мельничуке"}}, posts=posts
    )
    assert post_in(person, "методист", "dative") == "методистке"
    register_acts.edit(person, by=cast.clerk, version=3, gender="m")
    changed = fresh(person)
    assert name_in(changed, "dative").startswith("Мельничуку") and not NameForm.objects.exists()
    assert post_in(changed, "методист", "dative") == "методисту"


def test_a_correction_written_again_is_of_the_name_of_today(cast, ekaterina):
    Person.objects.filter(pk=ekaterina.pk).update(last_name="Мельничук-Кац")
    forms = {"dative": {"last": "Мельничуке", "first": "Екатерине-то"}}
    register_acts.correct_names(ekaterina, by=cast.clerk, version=2, forms=forms)
    assert name_in(fresh(ekaterina), "dative") == "Мельничуке Екатерине-то Викторовне"


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        ("Манджиева", "Манжиева", True),
        ("Сангаджи-Горяева", "Санджи-Горяева", True),
        ("Соловьева", "Соловьёва", True),
        ("Ким", "Кем", True),
        ("Ким", "Цой", False),
        ("Мельничук", "Свободина", False),
        ("Мельничук", "Мельничук-Свободина", False),
        ("Иванова", "Иваненко", False),
    ],
)
def test_a_slip_is_told_from_another_name(old, new, slip):
    assert is_slip(old, new) is slip


def test_the_card_does_not_lose_the_former_name(cast, as_user, ekaterina):
    client, url = as_user(cast.clerk), reverse("people:person_edit", args=[ekaterina.pk])
    answer = typed(client, url, last_name=MARRIED)
    form = answer.context["form"]
    assert "Сменить имя" in str(form.errors["last_name"]) and form["last_name"].value() == MARRIED
    assert "misspelt" in form.fields and fresh(ekaterina).last_name == "Мельничук"
    assert "misspelt" not in client.get(url).context["form"].fields
    with pytest.raises(Refused, match="Было «Мельничук»"):
        register_acts.edit(ekaterina, by=cast.clerk, version=2, last_name=MARRIED)
    assert typed(client, url, last_name=MARRIED, misspelt="on").status_code == 302
    person = fresh(ekaterina)
    assert (person.last_name, person.former_names.count()) == (MARRIED, 0)
    assert name_in(person, "dative") == "Свободиной Екатерине-то Викторовне"


def test_renaming_and_another_post_ask_for_the_forms_again(cast, as_user, ekaterina):
    client = as_user(cast.clerk)
    renamed = typed(client, reverse("people:person_rename", args=[ekaterina.pk]), last_name=MARRIED)
    told = [str(m) for m in client.get(renamed.url).context["messages"]]
    assert any(reverse("people:person_names", args=[ekaterina.pk]) in text for text in told)
    person = fresh(ekaterina)
    assert str(person.former_names.get()) == "Мельничук Екатерина Викторовна"
    assert Person.objects.found_by("мельничук").get() == person
    register_acts.correct_names(
        person, by=cast.clerk, version=person.version, forms={}, posts={"методист": {"dative": "методистке"}}
    )
    employment = person.employments.get()
    page = reverse("people:employment_edit", args=[employment.pk])
    told = [str(m) for m in client.get(typed(client, page, post="концертмейстер").url).context["messages"]]
    assert any("больше не действуют" in text for text in told)
    assert post_in(fresh(person), "концертмейстер", "dative") == "концертмейстеру"


def test_an_abbreviated_post_keeps_its_correction(cast):
    person = make_person("Ким", "Нина", "", gender="f", post="зам. директора")
    Person.objects.filter(pk=person.pk).update(post_forms={"зам. директора": {"dative": "замдиректору"}})
    assert post_in(fresh(person), "заместитель директора", "dative") == "замдиректору"
    assert post_in(fresh(person), "Заместитель директора", "dative") == "замдиректору"
    assert post_in(fresh(person), "директор", "dative") == "директору"


def test_a_text_of_that_time_still_names_her(cast, ekaterina):
    register_acts.rename_person(
        ekaterina, by=cast.clerk, version=2, last_name=MARRIED, first_name="Екатерина", middle_name="Викторовна"
    )
    person = fresh(ekaterina)
    for text in ("Опыт Мельничук и её класса", "Уроки Е. Викторовны", "У Свободиной в классе"):
        assert people_named_in(text, [person]) == [person], text
    assert people_named_in("Мельница", [person]) == []
