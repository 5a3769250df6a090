"""Acts over many people: into a bank, consents of a department printed and recorded, reminders of questionnaires."""

import io
from uuid import uuid4

import pypdf
import pytest
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from people.banks import acts as bank_acts
from people.banks.models import Candidate
from people.consents import acts as consent_acts
from people.consents.models import Consent
from people.register.models import Person
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.5")]


@pytest.fixture
def three(cast, school):
    """Somebody with a consent, somebody without, and a person in the bank already."""
    people = [make_person(name, email=f"p{n}@school.example") for n, name in enumerate(("Щукина", "Ёлкина", "Юрьева"))]
    for person in (people[0], people[2]):
        consent_acts.record(person, "processing", by=cast.curator, given_on=timezone.localdate())
    bank_acts.propose(people[2], "mentee", by=cast.curator)
    return people


def sent(people, **more):
    return {"one": [p.pk for p in people], "request_key": uuid4(), **more}


def test_proposing_names_all_and_says_why_not(three, cast, as_user):
    client, data = as_user(cast.curator), sent(three, why="по итогам года")
    asked = client.get("/people/propose/mentees/", {"one": data["one"]})
    assert [one.obj for one in asked.context["ready"]] == [three[0]]
    assert {why: [one.obj for one in who] for why, who in asked.context["refused"]} == {
        "нет согласия на обработку персональных данных": [three[1]],
        "уже стоит в банке наставляемых": [three[2]],
    }
    page = client.post("/people/propose/mentees/", data, follow=True).content.decode()
    made = Candidate.objects.get(person=three[0])
    assert made.why == "по итогам года" and "Предложены в банк наставляемых: 1" in page
    client.post("/people/propose/mentees/", data)
    assert Candidate.objects.filter(person__in=three).count() == 2


def test_somebody_proposed_the_same_person_meanwhile(three, cast, as_user):
    """The page of the question is old: the act looks again."""
    client, data = as_user(cast.curator), sent(three[:1])
    client.get("/people/propose/mentees/", {"one": data["one"]})
    bank_acts.propose(three[0], "mentee", by=cast.chair)
    page = client.post("/people/propose/mentees/", data, follow=True).content.decode()
    assert "уже стоит в банке" in page
    assert Candidate.objects.filter(person=three[0]).count() == 1


def test_blanks_of_many_are_one_file_and_nothing_is_recorded(three, cast, as_user):
    more = [*three, make_person("Эльдарова")]
    data = sent(more)
    for _ in range(2):  # a printer may run out of paper
        answer = as_user(cast.clerk).post("/people/consents/print/", data)
        assert answer["Content-Type"] == "application/pdf"
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
        assert "Ёлкин" in text and "Эльдаров" in text and "Щукин" not in text
    assert Consent.objects.filter(person__in=more).count() == 2


def test_consents_of_a_department_are_recorded_once(three, cast, as_user):
    client, data = as_user(cast.clerk), sent(three, given_on=timezone.localdate().isoformat())
    late = client.post("/people/consents/record/", {**data, "given_on": "2199-01-01"})
    assert late.status_code == 422 and not Consent.objects.filter(person=three[1]).exists()
    for _ in range(2):
        client.post("/people/consents/record/", data)
    consent = Consent.objects.get(person=three[1])
    assert (consent.form, consent.given_on, consent.scan) == ("paper", timezone.localdate(), None)
    assert Consent.objects.filter(person__in=three).count() == 3


def test_asking_by_letter_names_who_has_no_address(three, cast, as_user):
    silent = make_person("Беспочтова")
    assert not silent.email
    page = as_user(cast.clerk).post("/people/consents/ask/", sent([three[1], silent]), follow=True).content.decode()
    assert [m.to for m in OutboxMail.objects.filter(template__contains="consent_request")] == [three[1].email]
    assert "нет e-mail: напечатайте бланк" in page


def test_only_holders_of_the_right_see_the_acts(three, cast, as_user):
    for role, labels in (
        ("clerk", ["Напечатать бланки согласия", "Записать подписанные согласия", "Попросить о согласии письмом"]),
        ("chair", ["Предложить в банк наставляемых", "Предложить в банк наставников"]),
    ):
        bar = as_user(getattr(cast, role)).get("/people/").context["listing"].bulk
        assert [offer.label for offer in bar.offers] == labels
    assert as_user(cast.mentor).get("/people/").context["listing"].bulk is None
    assert as_user(cast.mentor).post("/people/consents/record/", sent(three)).status_code == 403
    assert Person.objects.filter(pk__in=[p.pk for p in three]).count() == 3


def test_reminders_of_questionnaires_once_a_day(three, cast, as_user):
    candidate = Candidate.objects.get(person=three[2])
    client = as_user(cast.curator)
    for _ in range(2):
        page = client.post(
            "/people/banks/mentees/remind/", {"one": [candidate.pk], "request_key": uuid4()}, follow=True
        ).content.decode()
    assert "сегодня уже напоминали" in page
    assert Act.objects.about(candidate).filter(verb="remind").count() == 1
