"""A step of the new school year: pairs and groups of last year that nobody has finished to assign (п. 3.3, 6.1)."""

from django.db.models import Exists, QuerySet
from django.urls import reverse

from mentoring_site.journeys import Step
from people.rights import Right
from people.setup.year_journey import CLOSES, begins
from programs.pairings.models import Pairing


def left_over() -> QuerySet[Pairing]:
    """Return the proposals made before this season that wait for answers, the council or an order."""
    return Pairing.objects.filter(state__in=Pairing.OPEN_STATES, proposed_at__date__lt=begins()).order_by()


def _address() -> str:
    """Lead to the only one, or to the list of what waits longest."""
    found = list(left_over().values_list("pk", "state")[:2])
    if len(found) == 1:
        return reverse("programs:pairing", args=[found[0][0]])
    return reverse("programs:pairings") + (f"?state={found[0][1]}" if found else "")


STEPS = (
    Step(
        "pairs",
        20,
        "Решите о парах, которые не дождались приказа",
        "Их предложили до начала года: закрепите приказом или закройте предложение (п.\u00a03.3)",
        Right.PAIRINGS_PROPOSE,
        _address,
        "Открыть пары",
        lambda: ~Exists(left_over()),
        3,
        5,
        group=CLOSES,
    ),
)
