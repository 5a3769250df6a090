"""Orders on pay and on relief (ТК 351.8): personnel series, the pay has its from and to, a notice is only recorded."""

from datetime import date, timedelta

import pytest
import time_machine

from mentoring_site.models import Act
from mentoring_site.workflow import Refused
from people.banks import acts as bank_acts
from people.banks.models import Candidate
from people.school.models import DayOff
from people.school.workdays import earliest_end
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.mentor_agreements.notices import acts as notice_acts
from programs.pairings import acts as pairing_acts
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.order_kinds.pay.draft import PayDraft
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.relief.draft import ReliefDraft
from reports.orders.order_kinds.relief.kind import stops_pay
from reports.orders.order_kinds.typed import Particulars
from reports.orders.printing import pdf as printing_pdf
from tests.factories import make_candidate, make_consent, make_person
from tests.programs.mentor_agreements.kit import TERMS, make_agreement
from tests.reports.orders.kit import enter, read

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1", "3.5", "3.9")]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23 09:00+03:00", tick=False):
        yield date(2026, 11, 23)


@pytest.fixture
def signed(cast):
    """An agreement signed by both sides whose pay no order has set yet."""
    made = make_agreement(cast, "assign")
    agreement_acts.assign(made, by=cast.clerk, on=date(2026, 11, 5))
    make_consent(
        made.person, "duties", by=cast.clerk, given_on=date(2026, 11, 6), part="mentor", matter=made.pairing.uuid
    )
    agreement_acts.set_terms(made, by=cast.curator, version=made.version, **TERMS)
    agreement_acts.sign(made, by=cast.director, number="3", on=date(2026, 11, 9))
    made.refresh_from_db()
    return made


def propose(cast, kind, draft, people):
    order = drafting_proposals.propose(kind, Particulars(draft, {"main": people}), by=cast.curator)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    return order


def through(order, cast):
    return enter(drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator), cast)


def pay(cast, agreement, stop=False):
    draft = PayDraft((agreement.pk,), stop, {agreement.pk: agreement.paid_through})
    return propose(cast, "pay", draft, [agreement.person])


def relief(cast, given, stops=False):
    return propose(cast, "relief", ReliefDraft((given.pk,), (given.pk,) if stops else ()), [given.person])


def test_pay_is_set_and_stopped_by_personnel_orders(cast, signed):
    order = pay(cast, signed)
    text = " ".join(p["text"] for p in order.points).replace("\xa0", " ")
    assert (order.series, order.heading) == ("staff", "Об установлении выплаты за наставничество")
    assert "Установить выплату стимулирующего характера за наставничество" in text and "в месяц" in text
    assert f"с {TERMS['pay_from'].day}" in text.replace("со ", "с ")
    paper = read(printing_pdf.pdf_of(order))
    assert "основное место работы" in paper and "дополнительного соглашения от 09.11.2026 № 3" in paper
    order = through(order, cast)
    signed.refresh_from_db()
    assert (signed.order_number, signed.order_date) == (order.number, order.date)
    stopped = through(pay(cast, signed, stop=True), cast)
    signed.refresh_from_db()
    assert signed.stop_number == stopped.number and stopped.heading == "О прекращении выплаты за наставничество"


def test_pay_needs_a_signed_agreement_of_this_school(cast, signed):
    MentorAgreement.objects.filter(pk=signed.pk).update(kind="founder")
    with pytest.raises(Refused, match="приказ по школе не устанавливает"):
        drafting_acts.agree(pay(cast, signed), by=cast.curator)
    with pytest.raises(Refused, match="выплата приказом не устанавливалась"):
        MentorAgreement.objects.filter(pk=signed.pk).update(kind="agreement")
        drafting_acts.agree(pay(cast, signed, stop=True), by=cast.curator)


def notice(cast, agreement, giver="worker"):
    return notice_acts.give_notice(
        agreement.person, agreement.pairing, giver, by=cast.clerk, received_on=date(2026, 11, 23)
    )


def test_the_order_records_a_notice_and_stops_the_pay(cast, signed):
    through(pay(cast, signed), cast)
    signed.refresh_from_db()
    given = notice(cast, signed)
    order = relief(cast, given, stops=True)
    assert (order.series, order.heading) == ("staff", "О снятии обязанностей наставника")
    paper = read(printing_pdf.pdf_of(order))
    last = f"{given.effective_on.day} ноября 2026 г."
    for words in (
        "Снять обязанности наставника с",
        f"последний день выполнения обязанностей – {last}",
        "Прекратить выплату стимулирующего характера за наставничество",
        "статьёй 351.8",
    ):
        assert words in paper, words
    assert given.effective_on == earliest_end(date(2026, 11, 23))
    order = through(order, cast)
    given.refresh_from_db()
    signed.refresh_from_db()
    assert (given.order_number, signed.stop_number, signed.pay_ends_on) == (
        order.number,
        order.number,
        given.effective_on,
    )


def test_the_notice_takes_effect_without_any_order(cast, signed):
    given = notice(cast, signed, "employer")
    assert "approve" not in {t.name for t in getattr(Notice, "WORKFLOW", ())} and not hasattr(notice_acts, "decline")
    assert notice_acts.take_effect(given.effective_on + timedelta(days=1)) == 1
    given.refresh_from_db()
    assert given.took_effect_on and not given.order_number
    order = relief(cast, given)
    assert order.heading == "О досрочной отмене поручения о наставничестве"


def test_a_withdrawn_notice_is_no_ground(cast, signed):
    given = notice(cast, signed)
    order = relief(cast, given)
    Notice.objects.filter(pk=given.pk).update(withdrawn_on=date(2026, 11, 23))
    with pytest.raises(Refused, match="уведомление отозвано"):
        drafting_acts.agree(order, by=cast.curator)


def test_what_has_changed_since_the_text_stops_the_order(cast, signed):
    given = notice(cast, signed)
    order = relief(cast, given)
    through(pay(cast, signed), cast)  # the text does not stop a pay that has been set meanwhile
    with pytest.raises(Refused, match="выплата с тех пор изменилась"):
        drafting_acts.agree(order, by=cast.curator)


def test_an_ended_agreement_is_not_paid_any_more(cast, signed):
    order = pay(cast, signed)
    order = drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator)
    agreement_acts.close(signed, by=None, on=date(2026, 11, 20))
    with pytest.raises(Refused, match="соглашение уже закончено"):
        enter(order, cast)
    order.refresh_from_db()
    assert order.state == "at_signature"


def test_a_school_order_does_not_stop_the_founders_pay(cast, signed):
    through(pay(cast, signed), cast)
    signed.refresh_from_db()
    MentorAgreement.objects.filter(pk=signed.pk).update(kind="founder")
    given = notice(cast, signed)
    assert not stops_pay(Notice.objects.select_related("agreement").get(pk=given.pk))
    through(relief(cast, given), cast)
    signed.refresh_from_db()
    assert not signed.stop_number


def mentor_in_bank(person):
    return person.candidates.get(part="mentor")


@pytest.mark.point("11")
def test_relief_from_the_last_pair_takes_the_mentor_out_of_the_bank(cast, signed):
    candidate = mentor_in_bank(signed.person)
    assert candidate.state == Candidate.State.APPROVED
    order = through(relief(cast, notice(cast, signed)), cast)
    candidate.refresh_from_db()
    assert (candidate.state, order.number in candidate.reason) == (Candidate.State.RELIEVED, True)
    assert Act.objects.about(candidate).last().verb == "relieve"
    make_consent(signed.person, by=cast.clerk)
    assert bank_acts.propose(signed.person, "mentor", by=cast.curator) != candidate  # the way back


@pytest.mark.point("11")
def test_relief_from_one_of_two_pairs_leaves_the_mentor_in_the_bank(cast, signed):
    candidate = mentor_in_bank(signed.person)
    other = pairing_acts.propose(
        by=cast.curator,
        kind="pair",
        mentor=candidate,
        mentees=[make_candidate(make_person(), "mentee", by=cast.director)],
        topics=list(candidate.topics.all()),
        why="компетенция отвечает запросу",
        profile_fits=True,
        planned_from=date(2026, 11, 23),
        planned_to=date(2027, 5, 31),
    )
    through(relief(cast, notice(cast, signed)), cast)
    candidate.refresh_from_db()
    assert candidate.state == Candidate.State.APPROVED
    second = notice_acts.give_notice(signed.person, other, "worker", by=cast.clerk, received_on=date(2026, 11, 23))
    through(relief(cast, second), cast)
    candidate.refresh_from_db()
    assert candidate.state == Candidate.State.RELIEVED


def test_a_day_off_added_later_blocks_no_notice(cast, signed):
    given = notice(cast, signed)
    order = relief(cast, given)
    DayOff.objects.create(date=date(2026, 11, 24), name="выходной", kind="moved")
    assert through(order, cast).state == "registered"


def test_both_go_by_the_personnel_series():
    assert {KINDS[code].series for code in ("pay", "relief", "release", "incentive")} == {"staff"}
