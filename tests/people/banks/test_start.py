"""The first filling of a bank out of the staff list: one tick for all, consents on the spot."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import NotAllowed, Refused
from people.banks import acts
from people.banks.models import Candidate, MenteeCategory
from people.banks.suggestions import categories_of, people_for
from people.consents.models import Consent
from people.register import acts as register_acts
from people.register.models import Employment, Person
from tests.factories import make_candidate, make_consent, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.1")]
TODAY = timezone.localdate


@pytest.fixture
def staff(cast):
    """A young specialist with a category, one without a category, an experienced one of the highest."""
    Person.objects.update(category="first", birth_date=TODAY() - timedelta(days=50 * 365), teaching_since=None)
    young, bare, old = make_person(), make_person(), make_person()
    day = TODAY()
    Person.objects.filter(pk=young.pk).update(
        category="first", birth_date=day - timedelta(days=24 * 365), teaching_since=day - timedelta(days=300)
    )
    long_ago = day - timedelta(days=50 * 365)
    Person.objects.filter(pk=bare.pk).update(category="", birth_date=long_ago, teaching_since=None)
    Person.objects.filter(pk=old.pk).update(
        category="highest", birth_date=long_ago, teaching_since=day - timedelta(days=9000)
    )
    return young, bare, old


def test_who_is_suggested(staff, cast):
    young, bare, old = staff
    assert set(people_for("mentee")) == {young, bare}
    assert next(iter(people_for("mentor"))) == old and young not in people_for("mentor")
    make_consent(bare, by=cast.curator)
    make_candidate(bare, "mentee", by=cast.director)
    assert set(people_for("mentee")) == {young}


@pytest.mark.point("11.7")
@pytest.mark.clause("3.5-b2")
def test_who_has_a_new_post_lately_is_suggested_at_any_age(staff, cast, as_user):
    begun, renamed, older = make_person(), make_person(), make_person()
    day = TODAY()
    Person.objects.filter(pk__in=[begun.pk, renamed.pk, older.pk]).update(
        category="first", birth_date=day - timedelta(days=55 * 365), teaching_since=day - timedelta(days=9000)
    )
    first = begun.employments.get()
    first.since, first.until = day - timedelta(days=3000), day - timedelta(days=31)
    first.save()
    Employment.objects.create(
        person=begun, organisation=first.organisation, post="методист", since=day - timedelta(days=30)
    )
    second = renamed.employments.get()
    register_acts.edit_employment(second, by=cast.curator, version=second.version, post="концертмейстер")
    older.employments.update(since=day - timedelta(days=3000))
    found = {person.pk: person for person in people_for("mentee")}
    assert {begun.pk, renamed.pk} <= set(found) and older.pk not in found
    page = as_user(cast.curator).get(reverse("people:bank_start", args=["mentees"])).content.decode()
    assert page.count("новая должность") == 2
    make_consent(begun, by=cast.curator)
    candidate = acts.propose(begun, "mentee", by=cast.curator, why="новая должность")
    chosen = MenteeCategory.objects.filter(pk__in=categories_of(candidate))
    assert [category.name for category in chosen] == ["Назначен на новую должность"]


def test_one_tick_proposes_everybody_and_records_the_signed_consents(staff, cast, as_user):
    young, bare, _ = staff
    make_consent(bare, by=cast.curator)
    client, url = as_user(cast.curator), reverse("people:bank_start", args=["mentees"])
    page = client.get(url)
    assert {row.person.pk: row.has_consent for row, _ in page.context["rows"]} == {young.pk: False, bare.pk: True}
    refused = client.post(url, {"all": "on"})
    assert young.short_name in str(refused.context["form"].errors) and not Candidate.objects.exists()
    answer = client.post(url, {"all": "on", "signed": "on", "given_on": TODAY().isoformat()})
    assert answer.url == reverse("people:bank_mentees")
    assert {c.person for c in Candidate.objects.filter(part="mentee", state="applied")} == {young, bare}
    made = Consent.objects.get(person=young)
    assert (made.purpose, made.form, made.given_on, made.recorded_by) == ("processing", "paper", TODAY(), cast.curator)
    assert Consent.objects.filter(person=bare).count() == 1


def test_nothing_is_ticked_beforehand_and_nobody_is_proposed_by_an_empty_press(staff, cast, as_user):
    client, url = as_user(cast.curator), reverse("people:bank_start", args=["mentees"])
    assert not client.get(url).context["form"]["signed"].value()
    page = client.post(url, {"signed": "on", "given_on": TODAY().isoformat()})
    assert "Отметьте хотя бы одного" in page.content.decode() and not Consent.objects.exists()


def test_the_blanks_of_those_who_lack_a_consent_come_in_one_file(staff, cast, as_user):
    answer = as_user(cast.curator).post(reverse("people:bank_start", args=["mentees"]), {"all": "on", "blanks": ""})
    assert answer["Content-Type"] == "application/pdf" and b"".join(answer).startswith(b"%PDF")
    assert not Consent.objects.exists()


def test_all_or_none_and_by_whom(staff, cast):
    young, _, old = staff
    make_consent(old, by=cast.curator)
    with pytest.raises(Refused, match="Нет согласия"):
        acts.propose_several([old, young], "mentee", by=cast.curator)
    assert not Candidate.objects.exists()
    with pytest.raises(NotAllowed):
        acts.propose_several([old], "mentee", by=cast.clerk)
    with pytest.raises(Refused, match="хотя бы одного"):
        acts.propose_several([], "mentee", by=cast.curator)


def test_the_questionnaire_of_a_young_specialist_knows_the_category(staff, cast, as_user):
    young, *_ = staff
    made = acts.propose_several([young], "mentee", by=cast.curator, signed_on=TODAY())[0]
    form = as_user(cast.curator).get(reverse("people:candidate_fill", args=[made.pk])).context["form"]
    names = dict(form.fields["categories"].choices)
    assert [str(names[pk]) for pk in form["categories"].value()] == ["Молодой или начинающий специалист"]
