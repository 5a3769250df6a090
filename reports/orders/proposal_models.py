"""What an order is about when no other model holds it: a curator, an incentive, an event, a change of an order.

A proposal is typed together with its order, has no life of its own besides it, and is enacted by its registration.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring_site.models import Stateful
from people.register.models import Person
from reports.orders.order_kinds.base import OrderKind
from reports.orders.order_kinds.proposal import requirement_prefetches
from reports.orders.order_kinds.registry import KINDS, choices
from reports.orders.rules import PROPOSAL


class ProposalQuerySet(models.QuerySet):
    def with_requirements(self):
        """Everything that requirements of a proposal read."""
        return self.prefetch_related(*requirement_prefetches(""))


class Proposal(Stateful):
    """The substance of one order: whom it names as what, its particulars by kind, the order that it changes."""

    class State(models.TextChoices):
        READY = "ready", "в проекте приказа"
        ENACTED = "enacted", "введено приказом"

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.READY, db_index=True, editable=False
    )
    kind = models.CharField("вид приказа", max_length=12, choices=choices)
    facts = models.JSONField("обстоятельства", default=dict)
    base = models.ForeignKey(
        "reports.Order", models.PROTECT, null=True, blank=True, related_name="changes", verbose_name="изменяемый приказ"
    )
    minutes_number = models.CharField("протокол №", max_length=30, blank=True)
    minutes_date = models.DateField("протокол от", null=True, blank=True)
    created_at = models.DateTimeField("составлено", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто составил", editable=False
    )

    objects = ProposalQuerySet.as_manager()
    WORKFLOW = PROPOSAL

    class Meta:
        verbose_name = "содержание приказа"
        verbose_name_plural = "содержания приказов"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["ready", "enacted"]), name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(minutes_number="", minutes_date__isnull=True)
                | (~Q(minutes_number="") & Q(minutes_date__isnull=False)),
                name="proposal_minutes_paired",
                violation_error_message="Укажите и номер, и дату протокола",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        item = self.order_items.order_by("-pk").first()
        return item.order.get_absolute_url() if item else ""

    @property
    def order_kind(self) -> OrderKind:
        """Return the kind of order that the proposal belongs to."""
        return KINDS[self.kind]

    @property
    def draft(self) -> Any:
        """Return the particulars as the dataclass of the kind; ``facts`` are its JSON."""
        return self.order_kind.draft.parse(self.facts)

    def people_as(self, part: str) -> list[Person]:
        """Return the persons named as ``part``, in the order in which they were written."""
        return [row.person for row in self.rows.all() if row.part == part]

    def one_as(self, part: str) -> Person | None:
        """Return the only person named as ``part``, or None."""
        return next(iter(self.people_as(part)), None)


class ProposalPerson(models.Model):
    """One person in a proposal, and as what."""

    class Part(models.TextChoices):
        MAIN = "main", "о ком приказ"
        MEMBER = "member", "в составе"
        HEAD = "head", "руководит или отвечает"
        SUBSTITUTE = "substitute", "замещает"
        FORMER = "former", "освобождается"

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="rows", verbose_name="содержание приказа")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="человек")
    part = models.CharField("кто", max_length=10, choices=Part)

    class Meta:
        verbose_name = "человек в приказе"
        verbose_name_plural = "люди в приказах"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "person", "part"], name="proposal_person_once")]

    def __str__(self):
        return f"{self.person.short_name}: {self.get_part_display()}"
