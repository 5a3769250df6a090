"""Notices: nobody can reject them, three working days, taking back together, the effect on the pay (ТК
351.8; п. 4.1, 7.1).
"""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.school.models import DayOff, School
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements import inbox as agreement_inbox
from programs.mentor_agreements.models import Notice
from programs.mentor_agreements.notices import acts as notice_acts
from tests.factories import make_pairing, make_person
from tests.programs.mentor_agreements.kit import make_agreement, staged

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.9")]
TODAY = date(2026, 11, 22)  # a Sunday; the third working day after it is Wednesday the 25th
THIRD = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00+03:00", tick=False):
        yield TODAY


def give(made, by, giver="worker", **facts):
    return notice_acts.give_notice(made.person, made.pairing, giver, by=by, **{"received_on": TODAY, **facts})


def titles(user):
    return [w.title.split(":")[0] for w in agreement_inbox.items(user)]


@pytest.mark.clause("4.1-c")
def test_a_refusal_from_paper_takes_effect_by_itself(cast):
    made = make_agreement(cast)
    notice = give(made, cast.clerk)
    assert (notice.effective_on, notice.reason, notice.agreement) == (THIRD, "", made)
    assert staged(made).noticed and notice_acts.take_effect() == 0
    told = set(OutboxMail.objects.filter(template="notice_given").values_list("person_id", flat=True))
    assert told == {cast.curator.person_id, cast.director.person_id}
    assert OutboxMail.objects.filter(template="notice_to_mentor", person_id=made.person_id).exists()
    with time_machine.travel("2026-11-25 00:01+03:00", tick=False):
        call_command("tick")
        call_command("tick")
        notice.refresh_from_db()
        assert (notice.took_effect_on, list(Notice.objects.in_effect())) == (THIRD, [notice])
        after = staged(made)
        assert (after.stage, after.closed_on, after.pay_ends_on, after.paid_through) == ("ended", THIRD, THIRD, THIRD)
        assert list(Notice.objects.awaiting_order()) == [notice]
        agreement_acts.stop_pay(made, by=cast.clerk, on=THIRD, number="15-лс", date=THIRD)
        notice_acts.record_order(notice, by=cast.clerk, number="44-од", date=THIRD)
    assert not Notice.objects.awaiting_order().exists()
    assert [a.verb for a in Act.objects.about(notice)] == ["give", "take_effect", "record_order"]


def test_there_is_no_way_to_reject():
    """The switch: neither the acts nor the model know a refusal of a notice."""
    words = ("approve", "decline", "reject", "refuse", "state")
    assert not [name for name in dir(notice_acts) if any(word in name.lower() for word in words) and name != "Refused"]
    assert not [f.name for f in Notice._meta.fields if any(word in f.name for word in words)]


@pytest.mark.parametrize(
    ("received", "earliest"),
    [(date(2026, 11, 18), date(2026, 11, 23)), (date(2026, 11, 20), THIRD), (date(2026, 11, 3), date(2026, 11, 9))],
)
def test_three_working_days_by_the_calendar(cast, received, earliest):
    made = make_agreement(cast, "consent")
    before = date.fromordinal(earliest.toordinal() - 1)
    with pytest.raises(Refused, match=f"не ранее {earliest.day}\xa0ноября"):
        give(made, cast.clerk, received_on=received, effective_on=before)
    assert give(made, cast.clerk, received_on=received, effective_on=earliest).effective_on == earliest


def test_the_school_moves_a_day_and_the_count_follows(cast):
    DayOff.objects.create(date=date(2026, 11, 24), name="Праздник", kind="regional")
    assert give(make_agreement(cast, "consent"), cast.clerk).effective_on == date(2026, 11, 26)


def test_the_mentor_hands_it_in_and_the_paper_follows(cast):
    made = make_agreement(cast)
    notice = give(made, cast.mentor, form="app", address="10.1.2.3")
    assert notice.needs_paper and list(Notice.objects.awaiting_paper()) == [notice]
    assert "Записать подписанное уведомление" in titles(cast.clerk)
    notice_acts.record_paper(notice, by=cast.clerk)
    assert (notice.paper_on, notice.received_on, notice.effective_on) == (TODAY, TODAY, THIRD)
    assert not Notice.objects.awaiting_paper().exists()
    with pytest.raises(Already):
        notice_acts.record_paper(notice, by=cast.clerk)


def test_with_electronic_personnel_papers_no_paper_is_needed(cast):
    School.objects.update(e_consents_number="7-од", e_consents_date=date(2026, 9, 1))
    notice = give(make_agreement(cast), cast.mentor, form="app", address="10.1.2.3")
    assert not notice.needs_paper and "10.1.2.3" in notice.papers["mark"]
    with pytest.raises(Refused, match="не нужна"):
        notice_acts.record_paper(notice, by=cast.clerk)


def test_a_paper_that_is_never_recorded_does_not_hold_the_mentor(cast):
    made = make_agreement(cast)
    give(made, cast.mentor, form="app", address="10.1.2.3")
    assert notice_acts.take_effect(THIRD) == 1 and staged(made).stage == "ended"


@pytest.mark.parametrize(
    ("who", "giver", "facts"),
    [
        ("clerk", "worker", {"form": "app", "address": "10.0.0.1"}),
        ("mentor", "employer", {"form": "app", "address": "10.0.0.1"}),
        ("mentor", "worker", {}),
        ("mentee", "worker", {"form": "app", "address": "10.0.0.1"}),
        ("chair", "employer", {}),
        ("stranger", "worker", {}),
    ],
)
def test_others_give_no_notice(cast, who, giver, facts):
    made = make_agreement(cast)
    with pytest.raises(NotAllowed):
        give(made, getattr(cast, who), giver, **facts)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"received_on": date(2026, 11, 23)}, "будущим"),
        ({"form": "app", "address": "10.0.0.1", "received_on": date(2026, 11, 20)}, "сегодняшним"),
        ({"form": "app"}, "адресом устройства"),
    ],
)
def test_days_that_do_not_fit(cast, facts, sentence):
    made = make_agreement(cast)
    with pytest.raises(Refused, match=sentence):
        give(made, cast.mentor if "form" in facts else cast.clerk, **facts)


def test_once_and_a_second_press(cast):
    made, key = make_agreement(cast), uuid.uuid4()
    first = give(made, cast.clerk, request_key=key)
    assert give(made, cast.clerk, request_key=key) == first
    with pytest.raises(Already, match="уже предупредили"):
        give(made, cast.clerk, "employer")


def test_a_mentor_without_an_agreement_may_refuse_too(cast):
    pairing = make_pairing(cast, "proposed", mentor=cast.mentor, complete=False)
    notice = notice_acts.give_notice(
        cast.mentor.person, pairing, "worker", by=cast.mentor, received_on=TODAY, form="app", address="10.0.0.1"
    )
    assert (
        notice.agreement is None and notice.candidate.person == cast.mentor.person and "в паре с" in notice.matter_words
    )
    assert notice_acts.take_effect(THIRD) == 1
    foreign = make_pairing(cast, "proposed", complete=False)
    for person, about in ((cast.mentor.person, foreign), (cast.mentor.person, None), (make_person(), pairing)):
        with pytest.raises(Refused, match="такой пары у наставника нет"):
            notice_acts.give_notice(person, about, "worker", by=cast.clerk, received_on=TODAY)


def test_only_both_sides_take_it_back(cast):
    made = make_agreement(cast)
    notice = give(made, cast.mentor, form="app", address="10.0.0.1")
    with pytest.raises(NotAllowed, match="тот, кто его подал"):
        notice_acts.withdraw_notice(notice, by=cast.curator)
    notice_acts.withdraw_notice(notice, by=cast.mentor)
    assert notice.withdrawn_on is None and notice.withdrawal_asked_by == cast.mentor
    with pytest.raises(NotAllowed, match="другая сторона"):
        notice_acts.withdraw_notice(notice, by=cast.mentor)
    with pytest.raises(NotAllowed):
        notice_acts.withdraw_notice(notice, by=cast.chair)
    assert "Ответить, отозвать ли уведомление" in titles(cast.curator)
    notice_acts.withdraw_notice(notice, by=cast.curator)
    assert notice.withdrawn_on == TODAY and notice_acts.take_effect(THIRD) == 0
    assert OutboxMail.objects.filter(template="notice_withdrawal", person_id=made.person_id).count() == 1
    assert give(made, cast.clerk).pk != notice.pk


def test_the_employer_offers_and_the_mentor_agrees(cast):
    notice = give(make_agreement(cast), cast.director, "employer")
    with pytest.raises(NotAllowed):
        notice_acts.withdraw_notice(notice, by=cast.mentor)
    notice_acts.withdraw_notice(notice, by=cast.curator)
    with pytest.raises(NotAllowed):
        notice_acts.withdraw_notice(notice, by=cast.director)
    assert titles(cast.mentor) == ["Ответить, отозвать ли уведомление"]
    notice_acts.withdraw_notice(notice, by=cast.mentor)
    assert notice.withdrawn_on == TODAY and titles(cast.mentor) == []


def test_it_is_too_late_on_the_day_or_after_the_order(cast):
    notice = give(make_agreement(cast), cast.clerk)
    with time_machine.travel("2026-11-25 09:00+03:00", tick=False), pytest.raises(Refused, match="вступило в силу"):
        notice_acts.withdraw_notice(notice, by=cast.clerk, paper=True)
    with pytest.raises(NotAllowed):
        notice_acts.withdraw_notice(notice, by=cast.mentor, paper=True)
    notice_acts.record_order(notice, by=cast.clerk, number="44-од", date=TODAY)
    with pytest.raises(Refused, match="записано приказом"):
        notice_acts.withdraw_notice(notice, by=cast.clerk, paper=True)


def test_a_paper_of_both_sides_is_recorded(cast):
    notice = give(make_agreement(cast), cast.clerk)
    assert notice_acts.withdraw_notice(notice, by=cast.clerk, paper=True).withdrawn_on == TODAY
    with pytest.raises(Already):
        notice_acts.record_order(notice, by=cast.clerk, number="44-од", date=TODAY)


def test_the_order_only_records(cast):
    notice = give(make_agreement(cast), cast.clerk)
    for facts in ({"date": date(2026, 11, 21)}, {"date": date(2026, 11, 23)}, {"number": " "}):
        with pytest.raises(Refused):
            notice_acts.record_order(notice, by=cast.clerk, **{"number": "44-од", "date": TODAY} | facts)
    notice_acts.record_order(notice, by=cast.clerk, number="44-од", date=TODAY)
    assert notice_acts.take_effect(THIRD) == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"effective_on": TODAY},
        {"order_number": "1"},
        {"giver": "founder"},
        {"agreement": None},
        {"took_effect_on": TODAY},
        {"withdrawn_on": TODAY, "took_effect_on": THIRD},
        {"form": "app"},
        {"needs_paper": True},
        {"withdrawal_asked_at": "2026-11-22T00:00Z"},
    ],
)
def test_the_database_holds_the_facts_together(cast, columns):
    notice = give(make_agreement(cast), cast.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**columns)


def test_what_waits_for_those_who_keep_the_agreements(cast):
    assert agreement_inbox.items(cast.clerk) == []
    pairing = make_pairing(cast, "recommended", mentor=cast.mentor, complete=False)
    assert titles(cast.clerk) == ["Оформить наставника"]
    made = make_agreement(cast, "assign", pairing=pairing)
    assert titles(cast.curator) == ["Записать поручение наставнику"] and titles(cast.chair) == []
    agreement_acts.assign(made, by=cast.clerk, on=TODAY)
    assert titles(cast.curator) == []  # the mentor's move
    other = [make_agreement(cast, "order", mentor=make_person()) for _ in range(2)]
    (both,) = agreement_inbox.items(cast.curator)
    assert both.title == "Подготовить приказ об оплате наставничества: 2\xa0наставника" and "stage=order" in both.url
    give(other[0], cast.clerk)
    assert titles(cast.curator)[0] == "Подготовить приказ по уведомлению"
