"""Papers about a pair of the demo school: minutes of the council, the mentor's agreement, a notice."""

from datetime import date
from typing import Any

from django.utils import timezone

from people.consents.models import Consent
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.documents import REPORT
from programs.mentor_agreements.models import MentorAgreement
from programs.mentor_agreements.notices import acts as notice_acts
from programs.pairings.models import Pairing, Participation
from reports.orders.drafting.proposals import propose
from reports.orders.order_kinds.pay.draft import PayDraft
from reports.orders.order_kinds.typed import Particulars
from roadmap.council import acts as council_acts
from roadmap.council.models import BODIES, COUNCIL

CONTENT = (
    "знакомство с порядком работы отделения и школьной документацией\n"
    "взаимное посещение уроков и разбор каждого урока\n"
    "помощь в подготовке открытого урока"
)


def signed_minutes(demo, number: str, *, programs=(), questions=()):
    """Minutes of the council of today with these programs and questions, signed on paper, with the scan."""
    secretary, chair = demo.user("secretary"), demo.user("chair")
    made = council_acts.draft(
        by=secretary,
        number=number,
        body=COUNCIL,
        body_genitive=BODIES[COUNCIL],
        held_on=timezone.localdate(),
        place="г. Элиста",
        chair=chair.person,
        secretary=secretary.person,
        programs=programs,
        present=[chair.person, secretary.person, demo.user("council").person],
    )
    for title, heard, decided in questions:
        council_acts.save_item(made, None, by=secretary, title=title, heard=heard, decided=decided)
    for item in made.items.all():
        votes: dict[str, Any] = {"votes_for": 3, "votes_against": 0, "votes_abstained": 0}
        words: dict[str, Any] = {name: getattr(item, name) for name in ("title", "heard", "spoke", "decided")}
        council_acts.save_item(made, item, by=secretary, **words, **votes)
    made.refresh_from_db()
    return council_acts.sign(made, by=secretary, signed_on=timezone.localdate(), scan=demo.scan)


PAYS = (
    (MentorAgreement.Pay.PERCENT, 15),
    (MentorAgreement.Pay.SUM, 4000),
    (MentorAgreement.Pay.MENTEE, 2000),
    (MentorAgreement.Pay.HOUR, 350),
)
"""Each kind of pay in turn."""


def begin_agreement(pair):
    """The employer's assignment, before the mentor's consent answers it (ТК 351.8)."""
    pairing, clerk = pair.pairing, pair.demo.user("clerk")
    work = pair.mentor.employments.get()
    made = agreement_acts.start(
        pair.mentor, work, by=clerk, pairing=pairing, starts_on=pairing.planned_from, ends_on=pairing.planned_to
    )
    agreement_acts.assign(made, by=clerk, on=timezone.localdate(), scan=pair.demo.scan)


def sign_agreement(pair, number: str):
    """The terms with a pay, and both signatures."""
    made = MentorAgreement.objects.get(pairing=pair.pairing)
    return _sign(made, number, pair.demo)


def further_agreements(demo, days_ago: int):
    """Agreements of the other kinds of pay, with mentors of pairs at work whose consent is on paper."""
    yield days_ago
    clerk, number = demo.user("clerk"), 20
    leads = Participation.objects.live().filter(part="mentor", pairing__state=Pairing.State.ASSIGNED)
    for lead in leads.filter(pairing__agreements__isnull=True).select_related("person", "pairing").order_by("pk"):
        consent = Consent.objects.live().filter(person=lead.person, purpose="duties", matter=lead.pairing.uuid).first()
        work = lead.person.employments.filter(organisation__kind="own").first()
        if number == 23 or consent is None or consent.form == "app" or work is None or lead.pairing.planned_to is None:
            continue
        made = agreement_acts.start(
            lead.person,
            work,
            by=clerk,
            pairing=lead.pairing,
            starts_on=timezone.localdate(),
            ends_on=lead.pairing.planned_to,
        )
        if made.kind == MentorAgreement.Kind.AGREEMENT:
            agreement_acts.assign(made, by=clerk, on=consent.given_on, scan=demo.scan)
            _sign(made, str(number), demo)
            number += 1


def _sign(made, number: str, demo):
    clerk = demo.user("clerk")
    made.refresh_from_db()
    kind, amount = PAYS[MentorAgreement.objects.exclude(pay_kind="").count() % len(PAYS)]
    made = agreement_acts.set_terms(
        made,
        by=clerk,
        version=made.version,
        content=CONTENT,
        work_form="очно, на уроках и встречах; дистанционно — переписка",
        starts_on=made.starts_on,
        ends_on=made.ends_on,
        pay_kind=kind,
        pay_amount=amount,
        pay_act="Положение об оплате труда работников школы",
        pay_act_number="21-од",
        pay_act_date=date(2025, 4, 28),
        pay_act_point="4.2",
        consent_basis=MentorAgreement.Basis.CONSENT,
        report=REPORT,
        pay_from=made.starts_on,
        pay_to=made.ends_on,
    )
    return agreement_acts.sign(made, by=clerk, number=number, on=timezone.localdate(), scan=demo.scan)


def pay(pair, begun: int):
    """Steps: the order on the pay by the signed agreement."""
    yield begun + 3
    made = MentorAgreement.objects.get(pairing=pair.pairing)
    draft = PayDraft((made.pk,), stop=False, last_days={made.pk: made.paid_through})
    order = propose("pay", Particulars(draft, {"main": [pair.mentor]}), by=pair.curator)
    yield from pair.carry_order(order, begun)


def give_notice(pair):
    """A mentor has given a notice on paper: the duties end after three working days."""
    notice_acts.give_notice(
        pair.mentor, pair.pairing, "worker", by=pair.clerk, received_on=timezone.localdate(), scan=pair.demo.scan
    )
