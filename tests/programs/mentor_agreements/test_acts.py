"""Agreements with mentors in the sequence of ТК 351.8: who signs, what is refused, who pays; nobody
signs for both sides.
"""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from mentoring_site.models import Act
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.consents import acts as consent_acts
from people.register.models import Employment
from people.roles.models import RoleGrant
from people.school.models import Organisation, School
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements import employers
from programs.mentor_agreements.models import MentorAgreement
from tests.factories import make_consent, make_pairing, make_person, make_user
from tests.programs.mentor_agreements.kit import TERMS, make_agreement, staged

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.9")]
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00+03:00", tick=False):
        yield TODAY


@pytest.fixture
def partner(cast):
    return Organisation.objects.create(kind="college", name="Колледж искусств", short_name="Колледж", city="Элиста")


def outside(person, partner):
    person.employments.all().delete()
    return Employment.objects.create(person=person, organisation=partner, post="преподаватель колледжа")


def test_the_whole_sequence(cast):
    made = make_agreement(cast, "assign")
    assert (made.kind, made.stage, made.consent_on) == ("agreement", "assign", None)
    agreement_acts.assign(made, by=cast.clerk, on=date(2026, 11, 5))
    assert staged(made).stage == "consent"
    make_consent(
        made.person, "duties", by=cast.clerk, given_on=date(2026, 11, 6), part="mentor", matter=made.pairing.uuid
    )
    assert (staged(made).stage, staged(made).consent_on) == ("terms", date(2026, 11, 6))
    agreement_acts.set_terms(made, by=cast.curator, version=made.version, **TERMS | {"pay_to": None})
    assert (staged(made).stage, staged(made).pay_to) == ("sign", TERMS["ends_on"])
    agreement_acts.sign(made, by=cast.director, number="3", on=date(2026, 11, 9))
    made.refresh_from_db()
    assert made.signed_by_words == f"Директор {cast.director.person.signature_name}"
    assert staged(made).stage == "order"
    agreement_acts.paid_by_order(made, by=cast.clerk, number="12-лс", date=date(2026, 11, 10))
    assert (staged(made).stage, staged(made).paid_through) == ("working", TERMS["pay_to"])
    agreement_acts.stop_pay(made, by=cast.clerk, on=date(2026, 11, 20), number="15-лс", date=date(2026, 11, 20))
    agreement_acts.close(made, by=cast.clerk, on=date(2026, 11, 20))
    assert (staged(made).stage, staged(made).paid_through) == ("ended", date(2026, 11, 20))
    assert [a.verb for a in Act.objects.about(made)] == [
        "start",
        "assign",
        "terms",
        "sign",
        "paid",
        "stop_pay",
        "close",
    ]


def test_everything_that_is_missing_is_said_at_once(cast):
    made = make_agreement(cast, "assign")
    with pytest.raises(Refused) as refusal:
        agreement_acts.sign(made, by=cast.clerk, number="3", on=TODAY)
    assert [s.split(".")[0] for s in refusal.value.sentences] == [
        "Нет поручения работодателя",
        f"Нет письменного согласия наставника: {made.person.short_name.split('.')[0]}",
        "Не записаны условия: содержание, форма, срок и оплата",
    ]


@pytest.mark.parametrize("stage", ["assign", "consent", "terms", "sign"])
def test_no_order_on_pay_before_the_signature(cast, stage):
    with pytest.raises(Refused, match="сначала запишите подпись"):
        agreement_acts.paid_by_order(make_agreement(cast, stage), by=cast.clerk, number="1-лс", date=TODAY)


def test_the_consent_answers_the_assignment(cast):
    """Given in the application before the assignment: refused; on paper: a sentence to check the dates."""
    made = make_agreement(cast, "assign")
    paper = make_consent(
        made.person, "duties", by=cast.clerk, given_on=date(2026, 11, 1), part="mentor", matter=made.pairing.uuid
    )
    agreement_acts.assign(made, by=cast.clerk, on=date(2026, 11, 5))
    assert "старше поручения от 5\xa0ноября" in agreement_acts.consent_warning(staged(made))
    School.objects.update(e_consents_number="7-од", e_consents_date=date(2026, 9, 1))
    consent_acts.withdraw(paper, by=cast.clerk, on=TODAY)
    other = make_agreement(cast, "assign", mentor=make_person())
    user = make_user(other.person)
    with time_machine.travel("2026-11-10 09:00+03:00", tick=False):
        consent_acts.record(
            other.person,
            "duties",
            by=user,
            given_on=date(2026, 11, 10),
            part="mentor",
            matter=other.pairing.uuid,
            form="app",
            address="10.0.0.1",
        )
    with pytest.raises(Refused, match="сначала поручение, потом согласие"):
        agreement_acts.assign(other, by=cast.clerk, on=date(2026, 11, 12))
    agreement_acts.assign(other, by=cast.clerk, on=date(2026, 11, 10))
    assert agreement_acts.consent_warning(staged(other)) == ""


def test_a_withdrawn_consent_stops_the_signature(cast):
    made = make_agreement(cast, "sign")
    consent_acts.withdraw(made.person.consents.get(), by=cast.clerk, on=TODAY)
    with pytest.raises(Refused, match="Нет письменного согласия"):
        agreement_acts.sign(made, by=cast.clerk, number="3", on=TODAY)


@pytest.mark.parametrize("day", [date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 23)])
def test_the_signature_stands_after_both_and_not_ahead(cast, day):
    with pytest.raises(Refused):
        agreement_acts.sign(make_agreement(cast, "sign"), by=cast.clerk, number="3", on=day)


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"content": " "}, "содержание, срок и форму"),
        ({"work_form": ""}, "содержание, срок и форму"),
        ({"starts_on": None, "ends_on": None}, "содержание, срок и форму"),
        ({"ends_on": None}, "обе даты"),
        ({"ends_on": date(2026, 10, 1)}, "раньше, чем начался"),
        ({"pay_kind": ""}, "как оплачивается"),
        ({"pay_kind": "free"}, "оплачивается"),
        ({"pay_amount": None}, "размер оплаты"),
        ({"pay_act": "  ", "pay_act_number": "3"}, "Назовите акт"),
        ({"pay_amount": 101}, "больше ста"),
        ({"consent_basis": ""}, "чем выражено"),
        ({"pay_from": None}, "с какого дня"),
        ({"pay_from": date(2026, 10, 1)}, "в пределах срока"),
        ({"pay_to": date(2027, 6, 1)}, "в пределах срока"),
        ({"pay_to": date(2026, 11, 9)}, "в пределах срока"),
    ],
)
def test_terms_that_do_not_fit_are_refused(cast, terms, sentence):
    made = make_agreement(cast, "terms")
    with pytest.raises(Refused, match=sentence):
        agreement_acts.set_terms(made, by=cast.clerk, version=made.version, **TERMS | terms)
    made.refresh_from_db()
    assert (made.content, made.stage, made.version) == ("", "terms", 2)


def test_terms_change_until_the_signature_and_not_from_a_stale_form(cast):
    made = make_agreement(cast, "sign")
    with pytest.raises(Stale):
        agreement_acts.set_terms(made, by=cast.clerk, version=1, **TERMS)
    agreement_acts.set_terms(
        made, by=cast.clerk, version=made.version, **TERMS | {"pay_kind": "sum", "pay_amount": 5000}
    )
    agreement_acts.sign(made, by=cast.clerk, number="3", on=TODAY)
    with pytest.raises(Refused, match="изданное не правят"):
        agreement_acts.set_terms(made, by=cast.clerk, version=made.version, **TERMS)
    with pytest.raises(Refused, match="изданное не правят"):
        agreement_acts.drop(made, by=cast.clerk, reason="ошибка")


def test_mentoring_inside_the_job_needs_no_agreement(cast):
    made = make_agreement(cast, "sign")
    with pytest.raises(Refused, match="почему"):
        agreement_acts.exempt(made, by=cast.clerk, reason=" ")
    agreement_acts.exempt(made, by=cast.clerk, reason="пункт 2.7 должностной инструкции")
    assert (staged(made).stage, staged(made).pay_amount) == ("working", None)
    with pytest.raises(Refused, match="соглашение не заключают"):
        agreement_acts.sign(made, by=cast.clerk, number="3", on=TODAY)
    with pytest.raises(Refused, match="Сначала снимите"):
        agreement_acts.set_terms(made, by=cast.clerk, version=made.version, **TERMS)
    with pytest.raises(Refused):
        agreement_acts.paid_by_order(made, by=cast.clerk, number="1-лс", date=TODAY)
    agreement_acts.end_exemption(made, by=cast.clerk)
    assert staged(made).stage == "terms"


def test_exactly_one_employment_of_this_person(cast):
    person, foreign = cast.mentor.person, make_person().employments.get()
    pairing = make_pairing(cast, "recommended", complete=False)
    past = Employment.objects.create(
        person=person, organisation=School.get().organisation, post="концертмейстер", until=TODAY - timedelta(days=1)
    )
    for employment in (foreign, past):
        with pytest.raises(Refused, match="одно действующее место"):
            agreement_acts.start(person, employment, by=cast.clerk, pairing=pairing)
    made = make_agreement(cast, "assign", mentor=person, pairing=pairing)
    with pytest.raises(Already):
        agreement_acts.start(person, person.employments.first(), by=cast.clerk, pairing=made.pairing)
    agreement_acts.drop(made, by=cast.clerk, reason="не то место работы")
    again = agreement_acts.start(person, person.employments.first(), by=cast.clerk, pairing=made.pairing)
    assert again.pk != made.pk and staged(made).stage == "dropped"


def test_a_second_press_begins_nothing_new(cast):
    person, key = cast.mentor.person, uuid.uuid4()
    pairing = make_pairing(cast, "recommended", complete=False)
    first, second = (
        agreement_acts.start(person, person.employments.first(), by=cast.clerk, pairing=pairing, request_key=key)
        for _ in range(2)
    )
    assert first == second and MentorAgreement.objects.count() == 1


def test_an_outsider_signs_another_paper(cast, partner):
    person = cast.mentor.person
    employment = outside(person, partner)
    assert employers.paper_kind(employment) == "cooperation"
    made = make_agreement(cast, "order", employment=employment, pay_kind="free", free_reason="безвозмездно")
    assert (made.kind, made.stage, made.pay_kind) == ("cooperation", "working", "free")
    with pytest.raises(Refused, match="по договору"):
        agreement_acts.paid_by_order(made, by=cast.clerk, number="1-лс", date=TODAY)
    with pytest.raises(Refused, match="не работает в школе"):
        agreement_acts.exempt(made, by=cast.clerk, reason="так")


@pytest.mark.parametrize("kind", ["main", "internal", "external"])
def test_every_employment_in_the_school_is_covered(cast, kind):
    employment = cast.mentor.person.employments.get()
    employment.kind = kind
    assert employers.paper_kind(employment) == "agreement"


def test_the_director_as_mentor_is_the_founders_matter(cast):
    """The school's order cannot set the director's pay; the acting director is no employer of the director either."""
    acting = make_user(None, "acting", last="Заменова")
    director = cast.director.person
    made = make_agreement(cast, "sign", mentor=director)
    assert made.kind == "founder"
    for words, sentence in (
        ("", "подписывает учредитель"),
        (f"Директор школы {director.signature_name}", "работодатель директора — учредитель"),
        (f"Исполняющая обязанности {acting.person.signature_name}", "исполняющий обязанности его не заменяет"),
    ):
        with pytest.raises(Refused, match=sentence):
            agreement_acts.sign(made, by=cast.clerk, number="3", on=TODAY, founder_words=words)
    agreement_acts.sign(made, by=cast.clerk, number="3", on=TODAY, founder_words="Глава администрации И. И. Иванов")
    with pytest.raises(Refused, match="устанавливает учредитель"):
        agreement_acts.paid_by_order(made, by=cast.clerk, number="1-лс", date=TODAY)
    agreement_acts.paid_by_founder(made, by=cast.clerk, number="77-р", date=TODAY)
    assert staged(made).stage == "working"
    other = make_agreement(cast, "order")
    with pytest.raises(Refused, match="по личному составу"):
        agreement_acts.paid_by_founder(other, by=cast.clerk, number="77-р", date=TODAY)


def test_who_acts_for_the_director_does_not_sign_with_oneself(cast):
    RoleGrant.objects.create(
        person=cast.mentor.person, role="acting", since=date(2026, 11, 8), until=date(2026, 11, 10)
    )
    made = make_agreement(cast, "sign")
    with pytest.raises(Refused, match="за обе стороны"):
        agreement_acts.sign(made, by=cast.clerk, number="3", on=date(2026, 11, 9))
    agreement_acts.sign(made, by=cast.clerk, number="3", on=date(2026, 11, 11))


def test_a_mentor_who_became_the_director_needs_another_paper(cast):
    """Even the acting director cannot sign with the director for the school."""
    made = make_agreement(cast, "sign")
    RoleGrant.objects.filter(role="director").delete()
    RoleGrant.objects.create(person=made.person, role="director", since=date(2026, 11, 8))
    make_user(None, "acting")
    with pytest.raises(Refused, match="запишите условия заново"):
        agreement_acts.sign(made, by=cast.clerk, number="3", on=date(2026, 11, 9))
    agreement_acts.set_terms(made, by=cast.clerk, version=made.version, **TERMS)
    assert made.kind == "founder"


def test_nobody_signs_when_there_is_no_director(cast):
    made = make_agreement(cast, "sign")
    RoleGrant.objects.filter(role="director").delete()
    with pytest.raises(Refused, match="подписать за школу некому"):
        agreement_acts.sign(made, by=cast.clerk, number="3", on=TODAY)


@pytest.mark.parametrize("role", ["chair", "council", "sysadmin", "mentor", "mentee", "stranger"])
def test_others_record_nothing(cast, role):
    made, by = make_agreement(cast, "sign"), getattr(cast, role)
    for act in (
        lambda: agreement_acts.start(made.person, made.employment, by=by, pairing=made.pairing),
        lambda: agreement_acts.assign(made, by=by, on=TODAY),
        lambda: agreement_acts.sign(made, by=by, number="3", on=TODAY),
        lambda: agreement_acts.drop(made, by=by, reason="так"),
        lambda: agreement_acts.stop_pay(made, by=by, on=TODAY, number="1", date=TODAY),
    ):
        with pytest.raises(NotAllowed):
            act()
    seen = MentorAgreement.objects.visible_to(by)
    assert list(seen) == ([made] if role == "mentor" else [])


def test_nobody_keeps_ones_own(cast):
    pairing = make_pairing(cast, "proposed", mentor=cast.curator, complete=False)
    made = make_agreement(cast, "sign", mentor=cast.curator, pairing=pairing)
    with pytest.raises(NotAllowed, match="О себе самом"):
        agreement_acts.sign(made, by=cast.curator, number="3", on=TODAY)


@pytest.mark.parametrize(
    ("stage", "columns"),
    [
        ("working", {"pay_to": date(2026, 11, 9)}),
        ("working", {"pay_ends_on": date(2027, 6, 1)}),
        ("working", {"stop_number": "5-лс"}),
        ("working", {"order_number": ""}),
        ("working", {"signed_on": None}),
        ("working", {"content": ""}),
        ("working", {"assigned_on": None}),
        ("sign", {"pay_to": None}),
        ("sign", {"ends_on": None}),
        ("sign", {"signed_by_words": "Директор"}),
        ("terms", {"pay_ends_on": TODAY}),
        ("sign", {"order_number": "1", "order_date": TODAY}),
        ("sign", {"pay_kind": "included"}),
        ("sign", {"pay_kind": "free"}),
        ("sign", {"pay_amount": None}),
        ("sign", {"ends_on": date(2026, 10, 1)}),
        ("sign", {"drop_reason": "так"}),
        ("sign", {"kind": "unheard"}),
    ],
)
def test_the_database_holds_the_facts_together(cast, stage, columns):
    made = make_agreement(cast, stage)
    with pytest.raises(IntegrityError), transaction.atomic():
        MentorAgreement.objects.filter(pk=made.pk).update(**columns)


def test_a_pair_is_found_by_its_name_only(cast):
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, complete=False)
    made = agreement_acts.start(
        cast.mentor.person, cast.mentor.person.employments.get(), by=cast.clerk, pairing=pairing
    )
    assert made.matter_words.startswith("в паре с ") and made.pairing == pairing
