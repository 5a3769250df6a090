"""A step of the new school year: agreements with mentors that end while the pair goes on (ТК 351.8)."""

from django.db.models import Exists, QuerySet
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.setup.year_journey import ENDING, ends
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.models import Pairing


def left() -> QuerySet[MentorAgreement]:
    """Return the signed agreements that end by the end of the season, or have ended, and are not closed."""
    found = MentorAgreement.objects.filter(closed_on=None, dropped_at=None, signed_on__isnull=False)
    return found.filter(ends_on__lte=ends(), pairing__state=Pairing.State.ASSIGNED).order_by("ends_on", "pk")


def _address() -> str:
    """Lead to the only one, or to the list by the nearest day."""
    found = list(left().values_list("pk", flat=True)[:2])
    if len(found) == 1:
        return reverse("programs:agreement", args=found)
    return f"{reverse('programs:agreements')}?year=all&sort=next"


STEPS = (
    Step(
        "agreements",
        320,
        "Продлите или закончите соглашения с наставниками",
        "Срок дополнительного соглашения прошёл или кончается, а пара ещё закреплена (ст.\u00a0351.8 ТК)",
        Right.AGREEMENTS_RECORD,
        _address,
        "Открыть соглашения",
        lambda: ~Exists(left().order_by()),
        4,
        10,
        group=ENDING,
    ),
)
