"""Replacement of the mentor of a pair or group, for good or for a time (п. 4.1, 5.1)."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from people.banks.models import Candidate
from people.consents.models import Consent
from programs.changes.models import Change, PairingChangeQuerySet, pairing_people
from programs.changes.replacement.rules import REPLACEMENT
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings.models import Pairing, Participation, load_of
from programs.program.models import Program


class ReplacementQuerySet(PairingChangeQuerySet):
    """Replacements of mentors."""

    def temporary_now(self) -> Self:
        """Temporary replacements by order whose former mentor has not come back."""
        return self.filter(state=Replacement.State.REGISTERED, until__isnull=False, returned_on__isnull=True)

    def with_former_paid(self) -> Self:
        """Temporary ones by order whose former mentor is still paid by an order (ТК 351.8)."""
        paid = MentorAgreement.objects.live().filter(
            person=OuterRef("former__person"),
            pairing=OuterRef("pairing"),
            kind="agreement",
            stop_number="",
            pay_to__gte=OuterRef("effective_on"),
        )
        return self.temporary_now().filter(Exists(paid.exclude(order_number="")))

    def without_agreement(self) -> Self:
        """By order, not begun yet, whose new mentor has no agreement about the pair (ТК 351.8)."""
        taken = MentorAgreement.objects.live().filter(person=OuterRef("candidate__person"), pairing=OuterRef("pairing"))
        return self.ahead().filter(~Exists(taken))

    def ahead(self) -> Self:
        """By order, not begun yet: the former mentor still leads the pair."""
        return self.filter(state=Replacement.State.REGISTERED, opened__isnull=True, former__until__isnull=True)

    def with_requirements(self) -> Self:
        """Everything that requirements, papers and pages of a replacement read."""
        live = Consent.objects.live().filter(person=OuterRef("candidate__person"))
        duties = live.filter(purpose="duties", part="mentor", matter=OuterRef("pairing__uuid"))
        lasting = Replacement.objects.temporary_now().filter(pairing=OuterRef("pairing")).exclude(pk=OuterRef("pk"))
        return (
            self.select_related(
                "pairing",
                "former__person",
                "former__employment",
                "candidate__person",
                "employment__department",
                "petition",
            )
            .prefetch_related(
                pairing_people(),
                Prefetch("pairing__programs", Program.objects.live(), to_attr="live_programs"),
            )
            .annotate(
                has_processing=Exists(live.filter(purpose="processing")),
                has_duties=Exists(duties),
                load=load_of("candidate__person"),
                lasting=Exists(lasting),
            )
        )


class Replacement(Change):
    """Replacement of the mentor of a pair or group, for good or until a day; the program survives it."""

    class Ground(models.TextChoices):
        PETITION = "petition", "ходатайство наставляемого (п. 5.1)"
        REFUSAL = "refusal", "заявление наставника о сложении обязанностей (п. 4.1)"
        LEAVE = "leave", "отпуск или болезнь наставника"
        OTHER = "other", "другие обстоятельства"

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="replacements", verbose_name="пара или группа")
    former = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="прежний наставник")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="replacements", verbose_name="новый наставник"
    )
    employment = models.ForeignKey(
        "people.Employment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="место работы"
    )
    petition = models.ForeignKey(
        "programs.Petition",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name="ходатайство",
    )
    ground = models.CharField("основание", max_length=8, choices=Ground)
    paper_on = models.DateField("дата ходатайства или заявления", null=True, blank=True)
    circumstances = models.CharField("обстоятельства", max_length=300, blank=True)
    since = models.DateField("с какого дня")
    until = models.DateField("по какой день", null=True, blank=True)  # filled = temporary
    handover = models.TextField("что передано новому наставнику", max_length=4000, blank=True)
    opened = models.ForeignKey(
        Participation, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )  # what the order opened; empty until the day has come
    returned_on = models.DateField("прежний наставник вернулся", null=True, blank=True, editable=False)

    objects = ReplacementQuerySet.as_manager()
    WORKFLOW = REPLACEMENT

    class Meta(Change.Meta):
        verbose_name = "замена наставника"
        verbose_name_plural = "замены наставников"
        constraints = [
            *Change.Meta.constraints,
            models.UniqueConstraint(
                fields=["pairing"],
                condition=Q(state__in=["proposed", "ready"]),
                name="one_open_replacement",
                violation_error_message="Замена наставника этой пары уже готовится",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="replacement_dates_ordered",
                violation_error_message="Временная замена не может закончиться раньше, чем началась",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(until__isnull=False, state="registered"),
                name="replacement_returned_temporary",
            ),
        ]

    @property
    def is_temporary(self) -> bool:
        """Whether the former mentor comes back."""
        return self.until is not None

    @property
    def return_day(self) -> date:
        """The day on which the former mentor comes back. Raises ``ValueError`` for a replacement for good."""
        if self.until is None:
            raise ValueError(f"{self} is for good")
        return self.until + timedelta(days=1)

    @property
    def lasts(self) -> bool:
        """Whether a temporary replacement by order goes on: its former mentor can come back early."""
        return self.state == self.State.REGISTERED and self.is_temporary and self.returned_on is None
