"""How much candidates of the banks have to do in pairs and groups (people/banks/workload.py)."""

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programs.pairings.models import Pairing, Participation


def annotate(candidates: QuerySet) -> QuerySet:
    """Annotate ``load``, ``in_pair`` and ``in_work``; a mentee of two groups of one mentor counts once."""
    own = Participation.objects.live().filter(person=OuterRef("person"), part=OuterRef("part"))
    led = Participation.objects.engaged().filter(part=Participation.Part.MENTOR, person=OuterRef(OuterRef("person")))
    mentees = Participation.objects.live().filter(part=Participation.Part.MENTEE, pairing__in=led.values("pairing"))
    number = mentees.order_by().values("part").annotate(n=Count("person", distinct=True)).values("n")
    return candidates.annotate(
        load=Coalesce(Subquery(number, output_field=IntegerField()), 0),
        in_pair=Exists(own.filter(pairing__state=Pairing.State.ASSIGNED)),
        in_work=Exists(own.filter(pairing__state__in=Pairing.LIVE_STATES)),
    )
