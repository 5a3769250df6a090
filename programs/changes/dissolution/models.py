"""The end of an assigned pair that has no approved program."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from programs.changes.dissolution.rules import DISSOLUTION
from programs.changes.models import Change, Grounded, PairingChangeQuerySet, pairing_people
from programs.pairings.models import Pairing
from programs.program.models import Program
from programs.program.states import IN_FORCE


class DissolutionQuerySet(PairingChangeQuerySet):
    """Ends of pairs without a program."""

    def ahead(self) -> Self:
        """By an order whose day has not come or has not been served yet: the pair is still assigned."""
        return self.filter(state=Dissolution.State.REGISTERED, pairing__state=Pairing.State.ASSIGNED)

    def with_requirements(self) -> Self:
        """Everything that requirements and papers of such an end read."""
        approved = Program.objects.filter(pairing=OuterRef("pairing"), state__in=IN_FORCE)
        return (
            self.select_related("pairing", "about__person")
            .prefetch_related(pairing_people())
            .annotate(has_program=Exists(approved))
        )


class Dissolution(Grounded, Change):
    """The end of an assigned pair or group that has no approved program: otherwise it could never end."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="dissolutions", verbose_name="пара или группа")
    reason = models.CharField("в связи с чем", max_length=300, blank=True)  # none for a notice (ТК 351.8)
    on = models.DateField("с какого дня")

    objects = DissolutionQuerySet.as_manager()
    WORKFLOW = DISSOLUTION

    class Meta(Change.Meta):
        verbose_name = "прекращение закрепления"
        verbose_name_plural = "прекращения закрепления"
        constraints = [
            *Change.Meta.constraints,
            models.UniqueConstraint(
                fields=["pairing"],
                condition=~Q(state="withdrawn"),
                name="one_live_dissolution",
                violation_error_message="Прекращение закрепления этой пары уже готовится",
            ),
        ]
