"""A talk with the methodical council: who leads it, when and where, what was agreed, who has confirmed it (п. 3.5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.register.models import Person
from programs.requests.models import Request


class CouncilCase(models.Model):
    """The invitation to a talk and its result; the author and the other side confirm what was agreed."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="council_case", verbose_name="обращение")
    mediator = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто ведёт беседу"
    )
    meets_at = models.DateTimeField("когда беседа", null=True, blank=True)
    place = models.CharField("где", max_length=200, blank=True)
    invited_at = models.DateTimeField("приглашены", null=True, blank=True, editable=False)
    held_on = models.DateField("беседа прошла", null=True, blank=True)
    reached = models.BooleanField("договорились", null=True)
    result = models.TextField("чем закончилась беседа", max_length=4000, blank=True)
    author_agreed_at = models.DateTimeField("подтверждено автором", null=True, blank=True, editable=False)
    author_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    other_agreed_at = models.DateTimeField("подтверждено второй стороной", null=True, blank=True, editable=False)
    other_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "беседа с методическим советом"
        verbose_name_plural = "беседы с методическим советом"
        constraints = [
            models.CheckConstraint(
                condition=Q(invited_at__isnull=True, mediator__isnull=True, meets_at__isnull=True)
                | Q(invited_at__isnull=False, mediator__isnull=False, meets_at__isnull=False),
                name="council_case_invited_whole",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, reached__isnull=True, result="")
                | (Q(held_on__isnull=False) & ~Q(result="")),
                name="council_case_held_whole",
            ),
            models.CheckConstraint(
                condition=Q(author_agreed_at__isnull=True, author_agreed_by__isnull=True)
                | Q(author_agreed_at__isnull=False, author_agreed_by__isnull=False),
                name="council_case_author_paired",
            ),
            models.CheckConstraint(
                condition=Q(other_agreed_at__isnull=True, other_agreed_by__isnull=True)
                | Q(other_agreed_at__isnull=False, other_agreed_by__isnull=False),
                name="council_case_other_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"беседа {self.meets_at:%d.%m.%Y}" if self.meets_at else "беседа"

    @property
    def waits_for_sides(self) -> bool:
        """Whether what was agreed is not confirmed by both yet."""
        return bool(self.reached) and not (self.author_agreed_at and self.other_agreed_at)
