"""Whom somebody supports until there is a pair, and till when (roadmap, stage 5)."""

from django.db import models
from django.utils import timezone

from people.register.models import Person
from programs.requests.models import Request


class PairlessSupport(models.Model):
    """A mentee without a pair is supported by the person of the request; its text says how."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="support", verbose_name="запись о поддержке")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="supports", verbose_name="кого поддерживают")
    until = models.DateField("до какого дня")
    reminded_on = models.DateField("напомнили", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "поддержка без пары"
        verbose_name_plural = "поддержка без пары"

    def __str__(self) -> str:
        return f"поддержка до {self.until:%d.%m.%Y}"

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.until < timezone.localdate()
