"""Agreements with mentors brought to a stage through the acts; days are of November 2026."""

import io
from datetime import date
from decimal import Decimal

from pypdf import PdfReader

from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import MentorAgreement
from tests.factories import make_consent, make_pairing

TERMS = {
    "content": "вести журнал;\nпроверять задания.",
    "work_form": "очно",
    "starts_on": date(2026, 11, 1),
    "ends_on": date(2027, 5, 31),
    "pay_kind": "percent",
    "pay_amount": Decimal("15.00"),
    "pay_act": "Положение об оплате труда, утверждённое приказом от 28.08.2025 № 37-од",
    "pay_from": date(2026, 11, 10),
    "pay_to": date(2027, 5, 31),
}
STAGES = ("assign", "consent", "terms", "sign", "order", "working")


def make_agreement(cast, stage="working", *, mentor=None, employment=None, pairing=None, **terms):
    """Return an agreement of a mentor (``cast.mentor``) that waits for ``stage``; its consent is of 6 November."""
    mentor = mentor or cast.mentor
    person = getattr(mentor, "person", mentor)
    pairing = pairing or make_pairing(cast, "recommended", mentor=mentor, complete=False)
    made = agreement_acts.start(
        person,
        employment or person.employments.first(),
        by=cast.clerk,
        pairing=pairing,
        starts_on=TERMS["starts_on"],
        ends_on=TERMS["ends_on"],
    )
    done = STAGES.index(stage)
    if done >= 1:
        agreement_acts.assign(made, by=cast.clerk, on=date(2026, 11, 5))
    if done >= 2:
        make_consent(person, "duties", by=cast.clerk, given_on=date(2026, 11, 6), part="mentor", matter=pairing.uuid)
    if done >= 3:
        agreement_acts.set_terms(made, by=cast.clerk, version=made.version, **TERMS | terms)
    if done >= 4:
        agreement_acts.sign(
            made,
            by=cast.clerk,
            number="3",
            on=date(2026, 11, 9),
            founder_words="Глава администрации И. И. Иванов" if made.kind == "founder" else "",
        )
    if done >= 5 and made.kind == "agreement":
        agreement_acts.paid_by_order(made, by=cast.clerk, number="12-лс", date=date(2026, 11, 10))
    return staged(made)


def staged(agreement):
    """Return the agreement read again with its stage."""
    return (
        MentorAgreement.objects.with_stage()
        .with_consent()
        .select_related("person", "employment__organisation")
        .get(pk=agreement.pk)
    )


def text_of(answer) -> str:
    """Return the words of a PDF answered by a page (or of bytes), spaces made equal."""
    content = answer if isinstance(answer, bytes) else b"".join(answer.streaming_content)
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(words.replace("\xa0", " ").split())
