"""Factories of partners; the organisations are invented."""

from datetime import date, timedelta

from django.utils import timezone

from roadmap.partners import acts, agreement_acts
from roadmap.partners.models import Partner, PartnerAgreement


def day(n: int = 0) -> date:
    return timezone.localdate() + timedelta(days=n)


def a_partner(cast, name="Элистинский колледж искусств", **more) -> Partner:
    values = {"name": name, "short_name": name, "kind": "college", "city": "Элиста"}
    return acts.add(by=cast.curator, **values | more)


def an_agreement(cast, partner=None, **more) -> PartnerAgreement:
    """A draft."""
    values = {"kind": "cooperation", "subject": "Обмен опытом наставничества", "starts_on": day(-300)}
    values |= {"ends_on": day(30)} | more
    known = Partner.objects.first()
    made = agreement_acts.draft(partner or known or a_partner(cast), by=cast.curator, **values)
    return PartnerAgreement.objects.with_requirements().get(pk=made.pk)


def signed(cast, partner=None, *, number="7", **more) -> PartnerAgreement:
    """An agreement in force."""
    draft = an_agreement(cast, partner, **more)
    made = agreement_acts.sign(
        draft,
        by=cast.curator,
        number=number,
        signed_on=day(-300),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
    )
    return PartnerAgreement.objects.with_requirements().get(pk=made.pk)
