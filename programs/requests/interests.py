"""An interest that somebody has declared: a relative, a dispute; such a person decides nothing about the other."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.register.models import Person
from people.rights import Actor


class InterestQuerySet(models.QuerySet):
    """Declared interests."""

    def in_force(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: Actor) -> Self:
        """One's own declarations."""
        return self.filter(person=user.person_id)


class Interest(models.Model):
    """``person`` is a relative of ``about`` or not impartial otherwise: requests of the other go to the next."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="interests", verbose_name="кто заявил")
    about = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="о ком")
    reason = models.CharField("в чём заинтересованность", max_length=300)
    declared_at = models.DateTimeField("заявлено", default=timezone.now, editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    ended_at = models.DateTimeField("снято", null=True, blank=True, editable=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = "заявленная заинтересованность"
        verbose_name_plural = "заявленные заинтересованности"
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "about"], condition=Q(ended_at__isnull=True), name="interest_declared_once"
            ),
            models.CheckConstraint(condition=~Q(person=F("about")), name="interest_in_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name}: {self.reason}"


def declared(user: Actor | None) -> dict[int, set[int]]:
    """Return person -> people about whom that person decides nothing; read once for a user object."""
    if user is not None and hasattr(user, "_interests"):
        return user._interests
    found: dict[int, set[int]] = {}
    for about, person in Interest.objects.in_force().order_by().values_list("about", "person"):
        found.setdefault(about, set()).add(person)
    if user is not None:
        user._interests = found  # type: ignore[attr-defined]
    return found
