"""A person's page: who sees what, edits that lose nothing, forms of the name, history with private values masked."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring_site import history as mentoring_site_history
from people.register import acts as register_acts
from people.register.models import NameForm, Person
from tests.factories import make_candidate, make_pairing, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("7")]
PRIVATE = {
    "phone": "+79051234567",
    "email": "tajna@school.example",
    "birth_date": date(1991, 2, 3),
    "address": "г. Элиста, Тайная",
}


def page(client, person, part="person"):
    return client.get(reverse(f"people:{part}", args=[person.pk]))


@pytest.mark.parametrize(
    ("role", "sees"),
    [("director", True), ("curator", True), ("clerk", True), ("sysadmin", False), ("council", False), ("chair", False)],
)
def test_contacts_and_birth_date_are_for_few(cast, as_user, role, sees):
    person = make_person("Скрытная", **PRIVATE)
    make_candidate(person, "mentee", by=cast.director)  # so that the council sees the page at all
    body = page(as_user(getattr(cast, role)), person).content.decode()
    for secret in ("+79051234567", "tajna@school.example", "1991", "Тайная", "возраст"):
        assert (secret in body) is sees, secret


def test_one_sees_oneself_and_ones_pair_without_contacts(cast, as_user):
    Person.objects.filter(pk=cast.mentor.person_id).update(**PRIVATE)
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    own = page(as_user(cast.mentor), cast.mentor.person).content.decode()
    assert "+79051234567" in own and "Изменить сведения" not in own
    other = page(as_user(cast.mentee), cast.mentor.person)
    assert other.status_code == 200
    assert "+79051234567" not in other.content.decode()
    assert pairing.get_absolute_url() in other.content.decode()
    for part in ("person_consents", "person_history", "person_names"):
        assert page(as_user(cast.mentee), cast.mentor.person, part).status_code == 403
        assert page(as_user(cast.mentor), cast.mentor.person, part).status_code == 200
    assert page(as_user(cast.stranger), cast.mentor.person).status_code == 404


@pytest.mark.clause("4.1-b2")
def test_a_mentor_reads_of_the_own_mentee_and_of_no_other(cast, as_user):
    mine, foreign = (make_pairing(cast, "assigned", **who) for who in ({"mentor": cast.mentor}, {}))
    mentee = mine.participations.get(part="mentee").person
    Person.objects.filter(pk=mentee.pk).update(education_place="Астраханская консерватория")
    client = as_user(cast.mentor)
    body = page(client, mentee).content.decode()
    assert "преподаватель по классу фортепиано" in body and "Астраханская консерватория" in body
    assert page(client, foreign.participations.get(part="mentee").person).status_code == 404


def test_a_foreign_pair_is_not_shown_to_a_partner(cast, as_user):
    """The mentor's other pair is nobody's business of this mentee."""
    make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    foreign = make_pairing(cast, "proposed")
    lead = foreign.participations.get(part="mentor")
    lead.person = cast.mentor.person
    lead.save()
    assert foreign.get_absolute_url() not in page(as_user(cast.mentee), cast.mentor.person).content.decode()
    assert foreign.get_absolute_url() in page(as_user(cast.curator), cast.mentor.person).content.decode()


@pytest.mark.parametrize("part", ["person", "person_consents", "person_history", "person_names"])
def test_pages_cost_few_queries_however_much_there_is(cast, as_user, part):
    client = as_user(cast.curator)
    page(client, cast.mentor.person, part)

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert page(client, cast.mentor.person, part).status_code == 200
        return len(queries)

    first = make_pairing(cast, "assigned", mentor=cast.mentor)
    one = count()
    for _ in range(3):
        more = make_pairing(cast, "proposed", complete=False)
        more.participations.filter(part="mentor").update(person=cast.mentor.person)
    assert first.pk and count() == one <= 30


def data(person, **changed):
    fields = [
        "last_name",
        "first_name",
        "middle_name",
        "gender",
        "phone",
        "email",
        "note",
        "address",
        "education",
        "category",
    ]
    facts = {f: getattr(person, f) for f in fields}
    return (
        facts | {"birth_date": person.birth_date.isoformat(), "version": person.version, "teaching_since": ""} | changed
    )


def test_a_stale_form_keeps_what_was_typed_and_shows_what_changed(cast, as_user):
    person = make_person("Правленая", phone="+79050000000")
    register_acts.edit(person, by=cast.clerk, version=1, phone="+79051111111", note="переехала")
    client, url = as_user(cast.curator), reverse("people:person_edit", args=[person.pk])
    stale = client.post(url, data(person, version=1, phone="+7 905 222-22-22", note="новая"))
    body = stale.content.decode()
    assert stale.status_code == 200 and "Ваш текст сохранён" in body
    assert "+7 905 222-22-22" in body and "+79051111111" in body and "переехала" in body
    assert stale.context["form"]["version"].value() == 2
    assert client.post(url, data(person, version=2, phone="+7 905 222-22-22", note="новая")).status_code == 302
    assert Person.objects.get(pk=person.pk).phone == "+79052222222"


def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong(cast, as_user):
    bad = {
        "last_name": "Иванова (декрет)",
        "first_name": "Анна",
        "gender": "f",
        "phone": "скажу позже",
        "birth_date": "2025-01-01",
        "teaching_since": "2050-01-01",
    }
    response = as_user(cast.clerk).post(reverse("people:person_new"), bad)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"last_name", "phone", "birth_date", "teaching_since"}
    assert "скажу позже" in response.content.decode()
    assert not Person.objects.filter(first_name="Анна", last_name__startswith="Иванова").exists()


def test_a_new_person_goes_on_to_the_place_of_work_and_a_second_press_is_refused(cast, as_user):
    client, form = (
        as_user(cast.clerk),
        {"last_name": "  ким ".title(), "first_name": "Данара", "gender": "f", "birth_date": "1990-05-01"},
    )
    first = client.post(reverse("people:person_new"), form)
    made = Person.objects.get(first_name="Данара")
    assert first["Location"] == reverse("people:employment_new", args=[made.pk])
    assert "уже записан" in client.post(reverse("people:person_new"), form).content.decode()
    assert Person.objects.filter(first_name="Данара").count() == 1


def test_a_place_of_work_of_a_foreign_department_is_refused_at_its_field(cast, as_user):
    person = make_person("Работница")
    employment = person.employments.get()
    url = reverse("people:employment_edit", args=[employment.pk])
    form = {
        "organisation": employment.organisation_id,
        "department": employment.department_id,
        "post": "методист",
        "kind": "main",
        "is_teaching": "on",
        "since": "2026-09-01",
        "until": "2026-08-01",
        "version": 1,
    }
    response = as_user(cast.clerk).post(url, form)
    assert "until" in response.context["form"].errors and "методист" in response.content.decode()
    assert as_user(cast.clerk).post(url, form | {"until": ""}).status_code == 302
    employment.refresh_from_db()
    assert (employment.post, employment.version) == ("методист", 2)


@pytest.mark.point("15")
def test_forms_of_the_name_are_previewed_corrected_and_forgotten(cast, as_user):
    person = make_person("Заяц", "Марья", "Ивановна")
    client, url = as_user(cast.curator), reverse("people:person_names", args=[person.pk])
    form = client.get(url).context["form"]
    values = {name: field.initial for name, field in form.fields.items() if name != "version"}
    assert client.post(url, values | {"dative_last": "Заяцу", "version": 1}).status_code == 302
    assert NameForm.objects.get(person=person).last == "Заяцу"
    assert "Заяцу Марье Ивановне" in client.get(url).content.decode()
    assert client.post(url, values | {"dative_last": "", "version": 1}).status_code == 200  # stale
    assert client.post(url, values | {"dative_last": "", "version": 2}).status_code == 302
    assert not NameForm.objects.filter(person=person).exists()


@pytest.mark.point("22")
def test_history_is_in_words_and_masks_what_is_private(cast, as_user):
    person = make_person("Памятная", **PRIVATE)
    url = reverse("people:person_edit", args=[person.pk])
    form = data(person, phone="+79059998877", email="novyj@school.example", birth_date="1992-03-04", category="first")
    assert as_user(cast.clerk).post(url, form).status_code == 302
    stored = str(list(LogEntry.objects.values_list("changes", flat=True)))
    for secret in ("+79051234567", "+79059998877", "tajna@", "novyj@", "1991-02-03", "1992-03-04", "Тайная"):
        assert secret not in stored
    body = page(as_user(cast.director), person, "person_history").content.decode()
    assert "Изменены сведения" in body and cast.clerk.person.short_name in body
    assert "квалификационная категория: не указано → первая" in body and "телефон: скрыто → скрыто" in body
    plain = page(as_user(cast.clerk), person, "person_history").content.decode()
    assert "Изменены сведения" in plain and "квалификационная категория" not in plain


def test_history_of_nothing_is_empty():
    assert mentoring_site_history.entries([None]) == []


def test_parts_of_a_page_stand_in_one_order_and_open_for_their_readers(cast, as_user):
    """Each app registers its own parts: consents of people, agreements of programs, the package of reports."""
    person = cast.mentee.person
    whole = ["О человеке", "Согласия", "Фотография", "Соглашения", "Все документы", "Имя в документах", "История"]
    whole[5:5] = ["Ознакомление", "Затронутые бумаги"]
    whole[4:4] = ["Обучение"]
    whole[4:4] = ["Когда не будет"]
    whole.append("Кто смотрел")
    for user in (cast.curator, cast.mentee):
        shown = as_user(user).get(person.get_absolute_url()).context["tabs"]
        assert [tab.label for tab in shown] == whole
        assert [tab.label for tab in shown if tab.current] == ["О человеке"]
        assert all(as_user(user).get(tab.url).status_code == 200 for tab in shown)
    shown = as_user(cast.sysadmin).get(person.get_absolute_url()).context["tabs"]
    assert [tab.label for tab in shown] == ["О человеке", "Имя в документах", "История"]
