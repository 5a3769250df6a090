"""Which measures somebody is proposed to be honored by, and on which minutes of the council (п. 3.5, 4.2)."""

from collections.abc import Iterable

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q

from mentoring_site.models import Evidence
from mentoring_site.paper_numbers import NUMBER_LENGTH
from programs.catalogs.models import IncentiveMeasure
from programs.requests.models import Request


class IncentiveWish(models.Model):
    """Measures of the school's list by their codes; words and size for the order; the minutes of the council."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="incentive", verbose_name="предложение")
    measures = models.JSONField("меры")
    merit = models.CharField("за что, словами приказа", max_length=500, blank=True)
    amount = models.CharField("размер премии", max_length=200, blank=True)
    minutes_number = models.CharField("протокол №", max_length=NUMBER_LENGTH, blank=True)
    minutes_date = models.DateField("протокол от", null=True, blank=True)

    evidence = GenericRelation(Evidence, object_id_field="object_id", content_type_field="object_type")

    class Meta:
        verbose_name = "предложенные меры поощрения"
        verbose_name_plural = "предложенные меры поощрения"
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_number="", minutes_date__isnull=True)
                | (~Q(minutes_number="") & Q(minutes_date__isnull=False)),
                name="incentive_minutes_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"меры поощрения, {self.request}"


def measures_of(codes: Iterable[str]) -> list[IncentiveMeasure]:
    """Return measures by their codes in the order of the school's list, also those that are not offered any more."""
    return list(IncentiveMeasure.objects.filter(code__in=list(codes)))
