"""What a replacement of a mentor asks of the clerk: papers of ТК 351.8 before the order, pay of both
mentors after it.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import OutboxMail
from people.consents.matters import matter_in_words
from people.language.declension import name_in
from programs.changes import inbox as change_inbox
from programs.changes.replacement import acts as replacement_acts
from programs.changes.replacement.agreement_steps import papers_left
from programs.changes.replacement.models import Replacement
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements import inbox as agreement_inbox
from programs.mentor_agreements import without_agreement
from programs.mentor_agreements.models import MentorAgreement
from reports.documents.packages import contents
from reports.orders.drafting import acts as drafting_acts
from reports.orders.proposal_models import Proposal
from reports.orders.registration import acts as registration_acts
from tests.factories import make_program
from tests.programs.changes.kit import make_replacement
from tests.programs.mentor_agreements.kit import TERMS, staged
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1", "3.9")]


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def paid(cast, program):
    """Return the agreement of the present mentor of the program, with pay that an order has set."""
    mentor = program.pairing.participations.live().get(part="mentor").person
    made = agreement_acts.start(mentor, mentor.employments.first(), by=cast.clerk, pairing=program.pairing)
    agreement_acts.assign(made, by=cast.clerk, on=today())
    made.refresh_from_db()
    term = {"starts_on": today(), "ends_on": today(150), "pay_from": today(), "pay_to": today(150)}
    agreement_acts.set_terms(made, by=cast.clerk, version=made.version, **TERMS | term)
    agreement_acts.sign(made, by=cast.clerk, number="3", on=today())
    agreement_acts.paid_by_order(made, by=cast.clerk, number="12-лс", date=today())
    return staged(made)


@pytest.fixture
def program(cast):
    return make_program(cast, "running")


def titles(user):
    return [w.title for w in change_inbox.items(user)]


def test_papers_of_the_new_mentor_come_before_the_order(cast, as_user, program):
    change = make_replacement(cast, "ready", program, days=30, since=10)
    person, mentee = change.candidate.person, program.pairing.participations.get(part="mentee").person
    words = matter_in_words(person, "mentor", program.pairing.uuid)
    assert words.startswith("в паре с ") and name_in(mentee, "instrumental") in words
    (offered,) = without_agreement.openings(person)
    assert (offered.pairing, offered.starts_on, offered.ends_on) == (program.pairing, today(10), today(40))
    page = as_user(cast.curator).get(change.get_absolute_url()).content.decode()
    assert "Оформление и оплата" in page and reverse("programs:agreement_new", args=[person.pk]) in page
    assert "Оформление и оплата" not in as_user(cast.chair).get(change.get_absolute_url()).content.decode()
    found = contents.of_pairing(
        type(program.pairing).objects.with_requirements().get(pk=program.pairing_id), cast.clerk
    )
    assert (person.full_name, "Дополнительное соглашение", "missing") in [(p.group, p.title, p.state) for p in found]
    assert "Дополнительное соглашение" in [p.title for p in contents.of_person(person)]
    made = agreement_acts.start(person, person.employments.first(), by=cast.clerk, pairing=program.pairing)
    assert made.matter_words == words
    assert without_agreement.openings(person) == []


def test_the_clerk_learns_of_the_new_mentor_and_of_the_pay_of_the_absent_one(cast, as_user, program):
    agreement = paid(cast, program)
    change = make_replacement(cast, "ready", program, days=30, since=10)
    change = replacement_acts.enact(change, by=cast.director, number="60-од", date=today(), on=today())
    new, former = change.candidate.person, change.former.person
    letter = OutboxMail.objects.filter(template="mentor_replaced", person_id=cast.clerk.person_id).get().text
    assert f"{former.full_name}: выплата установлена приказом № 12-лс" in letter and "после возвращения" in letter
    assert f"{new.full_name}, " in letter and "дополнительное соглашение" in letter and "г.." not in letter
    assert titles(cast.clerk) == [
        f"Оформить наставника: {new.short_name}",
        f"Прекратить выплату на время замены: {former.short_name}",
    ]
    agreement_acts.start(new, new.employments.first(), by=cast.clerk, pairing=program.pairing)
    agreement_acts.stop_pay(agreement, by=cast.clerk, on=today(9), number="14-лс", date=today())
    assert titles(cast.clerk) == []
    told = [(step.met, step.text) for step in papers_left(change)]
    assert told[0] == (False, f"{new.full_name}: ждёт поручения")
    assert told[1][0] and "приказ № 14-лс" in told[1][1]


def test_pay_is_stopped_from_the_day_of_the_replacement_by_its_own_order(cast, as_user, program):
    agreement = paid(cast, program)
    client, url = as_user(cast.clerk), f"{reverse('reports:order_new')}?kind=pay"
    data = {
        "stop": "yes",
        "agreements": [agreement.pk],
        "request_key": str(client.get(url).context["form"].initial["request_key"]),
    }
    for day, words in ((today(200), "выплата кончается раньше"), (today(-5), "ещё не началась")):
        assert words in client.post(url, data | {"last": day}).content.decode()
    assert "когда выплату прекращают" in client.post(url, data | {"stop": "no", "last": today(9)}).content.decode()
    assert client.post(url, data | {"last": today(9)}).status_code == 302
    proposal = Proposal.objects.get()
    order = proposal.order_items.get().order
    assert "последний день выплаты" in order.points[0]["text"]
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    order = drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator)
    registration_acts.register(order, by=cast.director, number="1-лс", date=today())
    agreement.refresh_from_db()
    assert (agreement.pay_ends_on, agreement.stop_number, agreement.stop_date) == (today(9), "1-лс", today())
    papers = contents.of_pairing(
        type(program.pairing).objects.with_requirements().get(pk=program.pairing_id), cast.clerk
    )
    assert "О прекращении выплаты за наставничество" in [p.title for p in papers]


def test_after_the_return_the_new_mentor_has_no_agreement_and_the_former_begins_anew(cast, program):
    agreement = paid(cast, program)
    change = make_replacement(cast, "registered", program, days=20)
    new, former = change.candidate.person, change.former.person
    of_new = agreement_acts.start(new, new.employments.first(), by=cast.clerk, pairing=program.pairing)
    agreement_acts.stop_pay(agreement, by=cast.clerk, on=today(), number="14-лс", date=today())
    assert former not in [p.person for p in without_agreement.mentors()]
    assert replacement_acts.begin_and_end_due(today(21)) == 1
    of_new.refresh_from_db()
    agreement.refresh_from_db()
    assert (of_new.closed_on, agreement.closed_on) == (today(20), today(-1))
    assert former in [p.person for p in without_agreement.mentors()]
    assert not MentorAgreement.objects.live().filter(pairing=program.pairing).exists()
    assert not Replacement.objects.with_former_paid().exists()


def test_orders_that_change_the_pair_stand_in_its_package(cast):
    for kind in ("amendment", "pause", "replacement", "dissolution"):
        order = make_order(cast, kind)
        about = next(item.subject for item in order.items.all() if not item.candidate_id)
        pairing = getattr(about, "pairing", None) or about.program.pairing
        found = contents.of_pairing(type(pairing).objects.with_requirements().get(pk=pairing.pk), cast.curator)
        assert order.heading in [p.title for p in found]


def test_pay_that_an_order_has_set_is_stopped_by_an_order_when_the_duties_end_early(cast, program):
    agreement = paid(cast, program)
    change = make_replacement(cast, "ready", program)
    replacement_acts.enact(change, by=cast.director, number="60-од", date=today(), on=today())
    agreement.refresh_from_db()
    assert (agreement.closed_on, agreement.pay_ends_on) == (today(-1), today(-1))
    name = f"Прекратить выплату приказом: {agreement.person.short_name}"
    assert name in [w.title for w in agreement_inbox.items(cast.clerk)]
    agreement_acts.stop_pay(agreement, by=cast.clerk, on=agreement.paid_through, number="14-лс", date=today())
    assert name not in [w.title for w in agreement_inbox.items(cast.clerk)]
