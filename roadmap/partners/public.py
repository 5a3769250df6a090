"""Partners as a visitor of the site reads them: only those that the curator shows, and no people (п. 3.3)."""

from dataclasses import dataclass

from django.db.models import Prefetch

from mentoring_site.russian import joined
from roadmap.partners.models import Partner, PartnerAgreement


@dataclass(frozen=True)
class PublicPartner:
    """An organisation with its site and the kinds of agreements in force."""

    name: str
    url: str
    agreements: str


def shown() -> list[PublicPartner]:
    """Return the partners that are shown, by name; two queries."""
    live = PartnerAgreement.objects.in_force().order_by("kind", "pk")
    found = Partner.objects.filter(shown_at__isnull=False).select_related("organisation").order_by("search", "pk")
    return [
        PublicPartner(
            partner.organisation.name,
            partner.site,
            joined(dict.fromkeys(one.get_kind_display() for one in partner.live_agreements)),
        )
        for partner in found.prefetch_related(Prefetch("agreements", live, to_attr="live_agreements"))
    ]
