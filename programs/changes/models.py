"""What all changes of pairs and programs at work share (п. 4.1, 5.1, 7.2): states and the order that enacts them."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from mentoring_site.paper_ref import PaperRef
from mentoring_site.workflow import Workflow
from people.accounts.models import User
from people.register.leaving import last_day_of
from programs.pairings.models import Pairing, Participation, present
from programs.program.models import Program


class Change(Stateful):
    """Parent of the types of change: prepared, submitted for an order, final once that order is registered."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "готовится"
        READY = "ready", "ждёт приказа"
        REGISTERED = "registered", "введено приказом"
        WITHDRAWN = "withdrawn", "отменено"

    OPEN_STATES = (State.PROPOSED, State.READY)
    LIVE_STATES = (*OPEN_STATES, State.REGISTERED)

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.PROPOSED, db_index=True, editable=False
    )
    order_number = models.CharField("приказ №", max_length=30, blank=True, editable=False)
    order_date = models.DateField("приказ от", null=True, blank=True, editable=False)
    effective_on = models.DateField("действует с", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("заведено", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто завёл", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects: Any  # each type has its own, with ``visible_to`` and ``with_requirements``
    WORKFLOW: Workflow

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "ready", "registered", "withdrawn"]), name="%(class)s_state_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="registered", order_date__isnull=False, effective_on__isnull=False) & ~Q(order_number="")
                )
                | (~Q(state="registered") & Q(order_date__isnull=True, effective_on__isnull=True, order_number="")),
                name="%(class)s_by_order",
            ),
        ]

    @property
    def first_day(self) -> date:
        """The day from which a registered change acts. Raises ``ValueError`` before its order is registered."""
        if self.effective_on is None:
            raise ValueError(f"{self} has no order yet")
        return self.effective_on

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} № {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("programs:change", args=[self._meta.model_name, self.pk])


class Grounded(models.Model):
    """Parent of the changes whose order cites a dated paper and says whose circumstances they are."""

    class Paper(models.TextChoices):
        STATEMENT = "statement", "заявление"
        ORDER = "order", "приказ"
        MEMO = "memo", "служебная записка"
        NOTICE = "notice", "уведомление по статье 351.8 ТК РФ"
        WITHDRAWAL = "withdrawal", "отзыв согласия на обработку персональных данных"

    paper = models.CharField("бумага-основание", max_length=10, choices=Paper, blank=True)
    paper_number = models.CharField("номер бумаги", max_length=30, blank=True)
    paper_on = models.DateField("дата бумаги", null=True, blank=True)
    about = models.ForeignKey(
        Participation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="чьи обстоятельства"
    )

    class Meta:
        abstract = True

    @property
    def paper_words(self) -> str:
        """«заявление от 25.11.2026», «приказ от 25.11.2026 № 12-лс», or an empty string."""
        if not self.paper or not self.paper_on:
            return ""
        dated = PaperRef(self.paper_number, self.paper_on)
        return f"{self.get_paper_display()} {dated.on_screen if self.paper_number else dated.day}"


def program_people() -> Prefetch:
    """Return the prefetch of the people of a change of a program (``program.pairing.people``)."""
    return Prefetch(
        "program__pairing__participations",
        present().select_related("person", "employment__department").annotate(last_day=last_day_of("person")),
        to_attr="people",
    )


class ChangeQuerySet(models.QuerySet):
    """Changes of any type."""

    def to_submit(self) -> Self:
        """Changes in preparation that the curator may submit for an order; the page shows what is missing."""
        return self.filter(state=Change.State.PROPOSED)


class ProgramChangeQuerySet(ChangeQuerySet):
    """Changes of programs."""

    def visible_to(self, user: User) -> Self:
        """Changes of programs that the user may see."""
        return self.filter(program__in=Program.objects.visible_to(user))


def pairing_people() -> Prefetch:
    """Return the prefetch of the people of a change of a pair (``pairing.people``)."""
    return Prefetch(
        "pairing__participations", present().select_related("person", "employment__department"), to_attr="people"
    )


class PairingChangeQuerySet(ChangeQuerySet):
    """Changes of pairs and groups."""

    def visible_to(self, user: User) -> Self:
        """Changes of pairs that the user may see."""
        return self.filter(pairing__in=Pairing.objects.visible_to(user))
