"""Letters about agreements with partners that end: whether they still ask for something when they leave."""

from django.utils import timezone

from roadmap.partners.models import PartnerAgreement


def _ends(key: str, person: int | None) -> bool:
    return PartnerAgreement.objects.ending(timezone.localdate()).filter(pk=key).exists()


NEEDED = {"partner_agreement_ends": _ends}
