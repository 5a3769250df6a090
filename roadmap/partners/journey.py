"""A step of the new school year: agreements with partners that end (п. 3.3, 3.4)."""

from django.db.models import Exists, QuerySet
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.setup.year_journey import ENDING, ends
from roadmap.partners.models import PartnerAgreement


def _left() -> QuerySet[PartnerAgreement]:
    """Signed agreements that end by the end of the season, do not prolong themselves and have no successor."""
    found = PartnerAgreement.objects.filter(state=PartnerAgreement.State.SIGNED, next__isnull=True, prolongs=False)
    return found.filter(ends_on__lte=ends()).order_by()


STEPS = (
    Step(
        "partners",
        310,
        "Решите о договорах с партнёрами, которые кончаются",
        "Подготовьте новый договор вместо прежнего или дайте закончиться (п.\u00a03.3)",
        Right.PARTNERS_EDIT,
        lambda: f"{reverse('roadmap:partner_agreements')}?state=ending&sort=ends",
        "Открыть договоры",
        lambda: ~Exists(_left()),
        4,
        10,
        group=ENDING,
    ),
)
