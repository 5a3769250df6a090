"""Papers about a pair of the demo school: minutes of the council, the mentor's agreement, a notice."""

from django.utils import timezone

from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import MentorAgreement
from programs.mentor_agreements.notices import acts as notice_acts
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
        votes = {"votes_for": 3, "votes_against": 0, "votes_abstained": 0}
        words = {name: getattr(item, name) for name in ("title", "heard", "spoke", "decided")}
        council_acts.save_item(made, item, by=secretary, **words, **votes)
    made.refresh_from_db()
    return council_acts.sign(made, by=secretary, signed_on=timezone.localdate(), scan=demo.scan)


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
    clerk, made = pair.demo.user("clerk"), MentorAgreement.objects.get(pairing=pair.pairing)
    made = agreement_acts.set_terms(
        made,
        by=clerk,
        version=made.version,
        content=CONTENT,
        work_form="очно, на уроках и встречах; дистанционно — переписка",
        starts_on=made.starts_on,
        ends_on=made.ends_on,
        pay_kind=MentorAgreement.Pay.PERCENT,
        pay_amount=15,
        pay_act="Положение об оплате труда работников школы, утверждённое приказом от 28.08.2025 № 37-од",
        pay_from=made.starts_on,
        pay_to=made.ends_on,
    )
    return agreement_acts.sign(made, by=clerk, number=number, on=timezone.localdate(), scan=pair.demo.scan)


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
