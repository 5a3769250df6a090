"""Consents: recorded with their exact words, replaced, withdrawn one by one, expired; who may what
(152-ФЗ; п. 3.2, 8.1).
"""

import hashlib
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.banks import acts as bank_acts
from people.banks import inbox as bank_inbox
from people.banks.models import Candidate
from people.consents import acts as consent_acts
from people.consents import dissemination
from people.consents import inbox as consent_inbox
from people.consents import texts as consent_texts
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, PUBLIC_FIELDS, Consent
from people.school.models import School
from tests.factories import make_candidate, make_consent, make_pairing, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("9")]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00+03:00", tick=False):
        yield date(2026, 11, 22)


@pytest.fixture
def person(cast):
    return make_person("Лиджиев", "Мерген", "Очирович", "m", birth_date=date(1990, 5, 1))


def record(person, cast, purpose=PROCESSING, **facts):
    return consent_acts.record(person, purpose, **{"by": cast.clerk, "given_on": date(2026, 9, 5), **facts})


def test_the_words_are_frozen_with_their_hash(cast, person):
    made = record(person, cast)
    assert made.text_date == date(2026, 9, 1)
    assert "Лиджиев Мерген Очирович" in made.text and "5\N{NO-BREAK SPACE}сентября\N{NO-BREAK SPACE}2026" in made.text
    assert "0814000000" in made.text and "<" not in made.text and "инициалы, фамилия" not in made.text
    assert made.text_sha256 == hashlib.sha256(made.text.encode()).hexdigest()
    person.last_name = "Иной"
    person.save()
    made.refresh_from_db()
    assert "Лиджиев" in made.text


def test_an_older_paper_takes_the_oldest_text_there_is(cast, person):
    assert record(person, cast, given_on=date(2024, 1, 10)).text_date == date(2026, 9, 1)
    assert consent_acts.latest_text(DUTIES, "mentor") == date(2026, 9, 1)
    assert all(
        consent_texts.versions(purpose, part)
        for purpose, part in ((PROCESSING, ""), (DISSEMINATION, ""), (DUTIES, "mentor"), (DUTIES, "mentee"))
    )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"given_on": date(2026, 11, 23)}, "будущим"),
        ({"given_on": date(1990, 4, 30)}, "дня рождения"),
        ({"until": date(2026, 9, 4)}, "раньше, чем оно дано"),
        ({"until": date(2026, 11, 21)}, "истёк"),
        ({"fields": ["name"]}, "только в согласии на распространение"),
        ({"purpose": DISSEMINATION}, "хотя бы одно"),
        ({"purpose": DISSEMINATION, "fields": ["name", "diagnosis"]}, "нет"),
        ({"purpose": DUTIES}, "по каждой паре"),
        ({"purpose": DUTIES, "part": "mentor"}, "по каждой паре"),
        ({"part": "mentor", "matter": uuid.uuid4()}, "по каждой паре"),
        ({"purpose": DUTIES, "part": "boss", "matter": uuid.uuid4()}, "наставника и наставляемого"),
        ({"purpose": "everything"}, "Такого согласия нет"),
    ],
)
def test_what_does_not_fit_is_refused(cast, person, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        record(person, cast, **facts)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("role", ["director", "council", "chair", "sysadmin", "stranger"])
def test_only_keepers_record_papers(cast, person, role):
    with pytest.raises(NotAllowed):
        record(person, cast, by=getattr(cast, role))
    with pytest.raises(NotAllowed):
        consent_acts.withdraw(record(person, cast), by=getattr(cast, role), on=date(2026, 11, 22))


def test_a_new_consent_replaces_the_old_one_of_the_same_purpose_only(cast, person):
    old = record(person, cast)
    other = record(person, cast, DISSEMINATION, fields=["name"])
    new = record(person, cast, given_on=date(2026, 10, 1))
    old.refresh_from_db()
    assert (old.end, old.ended_on, old.end_recorded_by) == ("replaced", date(2026, 10, 1), cast.clerk)
    assert set(Consent.objects.live()) == {new, other}
    with pytest.raises(Refused, match="более позднее"):
        record(person, cast, given_on=date(2026, 9, 30))
    assert set(Consent.objects.live()) == {new, other}


def test_the_same_press_twice_makes_one_consent(cast, person):
    key = uuid.uuid4()
    assert record(person, cast, request_key=key) == record(person, cast, request_key=key)
    assert Consent.objects.count() == Act.objects.filter(verb="record").count() == 1


def test_duties_are_one_per_person_part_and_pairing_and_name_the_pair(cast):
    pairing = make_pairing(cast, complete=False)
    mentor, mentee = pairing.participations.get(part="mentor").person, pairing.participations.get(part="mentee").person
    made = record(mentor, cast, DUTIES, part="mentor", matter=pairing.uuid)
    assert made.matter_words.startswith(f"в паре с {mentee.last_name[:6]}")
    assert made.matter_words.split(",")[0] in made.text.replace("\N{NO-BREAK SPACE}", " ")
    other = record(mentee, cast, DUTIES, part="mentee", matter=pairing.uuid)
    assert other.matter_words.startswith("с наставником ")
    elsewhere = record(mentor, cast, DUTIES, part="mentor", matter=uuid.uuid4())
    assert set(Consent.objects.live()) == {made, other, elsewhere}


def test_the_database_keeps_one_live_consent(cast, person):
    make_consent(person, by=cast.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_consent(person, by=cast.clerk)
    matter = uuid.uuid4()
    make_consent(person, DUTIES, by=cast.clerk, part="mentor", matter=matter)
    make_consent(person, DUTIES, by=cast.clerk, part="mentee", matter=matter)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_consent(person, DUTIES, by=cast.clerk, part="mentor", matter=matter)
    for broken in (
        {"purpose": DUTIES},
        {"purpose": DUTIES, "part": "mentor"},
        {"purpose": DISSEMINATION, "part": "mentor"},
        {"purpose": DISSEMINATION, "ended_on": date(2026, 11, 1)},
        {"purpose": DISSEMINATION, "end": "expired"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_consent(person, by=cast.clerk, **broken)


# In the application


@pytest.fixture
def electronic(cast):
    School.objects.update(e_consents_number="7-од", e_consents_date=date(2026, 9, 1))


def test_the_application_takes_a_consent_only_from_oneself_and_only_where_introduced(cast, person):
    facts = {"form": "app", "address": "10.0.0.7", "given_on": date(2026, 11, 22)}
    mine = cast.mentee.person
    with pytest.raises(Refused, match="на бумаге"):
        record(mine, cast, by=cast.mentee, **facts)
    School.objects.update(e_consents_number="7-од", e_consents_date=date(2026, 9, 1))
    with pytest.raises(NotAllowed):
        record(mine, cast, by=cast.curator, **facts)
    with pytest.raises(Refused, match="сегодняшним"):
        record(mine, cast, by=cast.mentee, **facts | {"given_on": date(2026, 11, 21)})
    made = record(mine, cast, by=cast.mentee, **facts)
    assert made.address == "10.0.0.7" and "10.0.0.7" in made.text
    assert "22.11.2026 в\N{NO-BREAK SPACE}09:00" in made.text


@pytest.mark.point("12")
def test_who_waits_for_a_consent_to_duties_learns_that_it_was_given(cast, electronic):
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, mentee=cast.mentee, complete=False)
    facts = {"form": "app", "address": "10.0.0.7", "given_on": date(2026, 11, 22)}
    record(cast.mentee.person, cast, by=cast.mentee, **facts)
    assert not OutboxMail.objects.filter(template="consent_given").exists()
    record(cast.mentee.person, cast, by=cast.mentee, purpose="duties", part="mentee", matter=pairing.uuid, **facts)
    told = OutboxMail.objects.filter(template="consent_given")
    assert {letter.to for letter in told} == {cast.curator.email, cast.clerk.email}
    assert cast.mentee.person.full_name in told[0].text and "(с наставником " in told[0].text


# Withdrawal and expiry


@pytest.mark.parametrize("purpose", [PROCESSING, DISSEMINATION])
def test_one_withdraws_ones_own_at_once_and_nothing_else_changes(cast, purpose):
    mine = cast.mentee.person
    given = {
        p: record(mine, cast, p, fields=["name"] if p == DISSEMINATION else ()) for p in (PROCESSING, DISSEMINATION)
    }
    consent_acts.withdraw(given[purpose], by=cast.mentee, on=date(2026, 11, 22))
    assert [c.purpose for c in Consent.objects.live()] == [p for p in given if p != purpose]
    assert dissemination.allowed_fields([mine.pk]) == {}  # without processing there is no dissemination either
    with pytest.raises(Already):
        consent_acts.withdraw(given[purpose], by=cast.clerk, on=date(2026, 11, 22))
    told = set(OutboxMail.objects.filter(template="consent_withdrawn").values_list("to", flat=True))
    assert told == {cast.curator.email, cast.clerk.email}


def test_withdrawal_knows_its_dates_and_duties_go_through_the_curator(cast):
    mine = cast.mentee.person
    processing = record(mine, cast)
    duties = record(mine, cast, DUTIES, part="mentee", matter=uuid.uuid4(), matter_words="с наставником Ивановым")
    with pytest.raises(NotAllowed):
        consent_acts.withdraw(duties, by=cast.mentee, on=date(2026, 11, 22))
    for on in (date(2026, 11, 23), date(2026, 9, 4)):
        with pytest.raises(Refused):
            consent_acts.withdraw(processing, by=cast.clerk, on=on)
    with pytest.raises(Refused, match="сегодняшним"):
        consent_acts.withdraw(processing, by=cast.mentee, on=date(2026, 11, 1))
    assert consent_acts.withdraw(duties, by=cast.curator, on=date(2026, 11, 1)).ended_on == date(2026, 11, 1)


@pytest.mark.clause("П.2-b2", "П.3-b2")
@pytest.mark.point("11")
@pytest.mark.parametrize("keeper", ["clerk", "curator", "mentor"])
def test_without_processing_nobody_stands_in_a_bank(cast, keeper):
    person = cast.mentor.person
    given = record(person, cast)
    approved = make_candidate(person, "mentor", by=cast.director)
    applied = make_candidate(person, "mentee", by=cast.director, state="applied")
    consent_acts.withdraw(given, by=getattr(cast, keeper), on=date(2026, 11, 22))
    for candidate in (approved, applied):
        candidate.refresh_from_db()
        assert candidate.state == "withdrawn" and "Отозвано согласие" in candidate.reason
        assert Act.objects.about(candidate).last().actor == getattr(cast, keeper)


def test_an_appointed_mentor_leaves_the_bank_too(cast):
    person = cast.mentor.person
    given = record(person, cast)
    appointed = make_candidate(person, "mentor", by=cast.director)
    Candidate.objects.filter(pk=appointed.pk).update(
        state="appointed", order_number="40-од", order_date=date(2026, 9, 2)
    )
    assert not [w for w in bank_inbox.items(cast.curator) if "Получить" in w.title]
    consent_acts.withdraw(given, by=cast.mentor, on=date(2026, 11, 22))
    appointed.refresh_from_db()
    assert (appointed.state, appointed.order_number) == ("withdrawn", "40-од")
    for user in (cast.director, cast.mentor):
        assert [*bank_inbox.items(user), *consent_inbox.items(user)] == []


def test_a_term_ends_by_the_clock_and_empties_the_bank(cast, person):
    given = record(person, cast, until=date(2026, 12, 10))
    candidate = make_candidate(person, "mentee", by=cast.director)
    assert [w.until for w in consent_inbox.items(cast.clerk) if "Продлить" in w.title] == [date(2026, 12, 10)]
    assert consent_acts.expire() == 0
    with time_machine.travel("2026-12-10 23:00+03:00", tick=False):
        assert consent_acts.expire() == 0 and Consent.objects.live().filter(pk=given.pk).exists()
    with time_machine.travel("2026-12-11 00:30+03:00", tick=False):
        assert not Consent.objects.live().filter(pk=given.pk).exists()
        assert (consent_acts.expire(), consent_acts.expire()) == (1, 0)
    given.refresh_from_db()
    candidate.refresh_from_db()
    assert (given.end, given.ended_on, candidate.state) == ("expired", date(2026, 12, 10), "withdrawn")


def test_after_the_term_a_new_consent_leaves_the_old_one_expired(cast, person):
    old = record(person, cast, until=date(2026, 11, 30))
    with time_machine.travel("2027-01-10 09:00+03:00", tick=False):
        record(person, cast, given_on=date(2027, 1, 9))
    old.refresh_from_db()
    assert (old.end, old.ended_on) == ("expired", date(2026, 11, 30))


def test_allowed_fields_are_read_in_one_query(cast, person):
    many = [make_person() for _ in range(3)]
    for one in many:
        record(one, cast, DISSEMINATION, fields=["photo", "name"])
    with CaptureQueriesContext(connection) as queries:
        found = dissemination.allowed_fields([p.pk for p in many] + [person.pk])
    assert len(queries) == 1
    assert found == {p.pk: frozenset({"name", "photo"}) for p in many}
    assert Consent.objects.first().fields == ["name", "photo"]
    assert set(PUBLIC_FIELDS) == {"name", "post", "category", "photo", "program", "results"}


def test_a_scan_is_attached_once(cast, person):
    from mentoring_site.files import store_bytes

    given = record(person, cast)
    (missing,) = [w for w in consent_inbox.items(cast.clerk) if "сканы" in w.title]
    assert "1\N{NO-BREAK SPACE}согласие" in missing.title
    scan = store_bytes(b"%PDF-1", name="скан.pdf", content_type="application/pdf")
    with pytest.raises(NotAllowed):
        consent_acts.attach_scan(given, by=cast.director, scan=scan)
    assert consent_acts.attach_scan(given, by=cast.clerk, scan=scan).scan == scan
    with pytest.raises(Already):
        consent_acts.attach_scan(given, by=cast.clerk, scan=scan)
    assert consent_inbox.items(cast.clerk) == []


def test_a_request_for_consent_is_a_letter(cast, person):
    person.email = "prosba@school.example"
    person.save()
    consent_acts.ask(person, by=cast.clerk)
    assert OutboxMail.objects.get(template="consent_request").to == "prosba@school.example"
    record(person, cast)
    with pytest.raises(Refused):
        consent_acts.ask(person, by=cast.clerk)
    with pytest.raises(NotAllowed):
        consent_acts.ask(make_person(), by=cast.council)


@pytest.mark.clause("П.2-b2")
def test_proposal_after_withdrawal_needs_a_new_consent(cast):
    person = cast.mentee.person
    given = record(person, cast)
    consent_acts.withdraw(given, by=cast.clerk, on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="нет согласия"):
        bank_acts.propose(person, "mentee", by=cast.curator)
