"""What changes a pair at work: replacement of its mentor, its end without a programme, and petitions (п. 4.1, 5.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from people.models import Candidate, Consent, MentorAgreement
from programs.access import load_of, present
from programs.models.changes import Change
from programs.models.pairing import Pairing, Participation
from programs.models.program import Program
from programs.workflows.changes import DISSOLUTION, PETITION, SUBSTITUTION


def _people():
    return Prefetch(
        "pairing__participations", present().select_related("person", "employment__department"), to_attr="people"
    )


class PairingChangeQuerySet(models.QuerySet):
    """Changes of pairs and groups."""

    def visible_to(self, user):
        """Changes of pairs that the user may see."""
        return self.filter(pairing__in=Pairing.objects.visible_to(user))


class SubstitutionQuerySet(PairingChangeQuerySet):
    """Replacements of mentors."""

    def temporary_now(self):
        """Temporary replacements by order, the former mentor has not come back from."""
        return self.filter(state="registered", until__isnull=False, returned_on__isnull=True)

    def with_pay_going_on(self):
        """Temporary ones by order during which the pay of the absent mentor, set by an order, has not been stopped (ТК 351.8)."""
        paid = MentorAgreement.objects.live().filter(
            person=OuterRef("former__person"),
            matter=OuterRef("pairing__uuid"),
            kind="agreement",
            stop_number="",
            pay_to__gte=OuterRef("effective_on"),
        )
        return self.temporary_now().filter(Exists(paid.exclude(order_number="")))

    def with_bare_successor(self):
        """By order, not begun yet, whose new mentor has no agreement about the pair (ТК 351.8)."""
        taken = MentorAgreement.objects.live().filter(
            person=OuterRef("candidate__person"), matter=OuterRef("pairing__uuid")
        )
        return self.filter(~Exists(taken), state="registered", opened__isnull=True, former__until__isnull=True)

    def with_requirements(self):
        """Everything that requirements, papers and pages of a replacement read."""
        live = Consent.objects.live().filter(person=OuterRef("candidate__person"))
        duties = live.filter(purpose="duties", part="mentor", matter=OuterRef("pairing__uuid"))
        lasting = Substitution.objects.temporary_now().filter(pairing=OuterRef("pairing")).exclude(pk=OuterRef("pk"))
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
                _people(),
                Prefetch("pairing__programs", Program.objects.live(), to_attr="live_programs"),
            )
            .annotate(
                has_processing=Exists(live.filter(purpose="processing")),
                has_duties=Exists(duties),
                load=load_of("candidate__person"),
                lasting=Exists(lasting),
            )
        )


class Substitution(Change):
    """Replacement of the mentor of a pair or group, for good or until a day; the programme survives it."""

    class Ground(models.TextChoices):
        PETITION = "petition", "ходатайство наставляемого (п. 5.1)"
        REFUSAL = "refusal", "заявление наставника о сложении обязанностей (п. 4.1)"
        LEAVE = "leave", "отпуск или болезнь наставника"
        OTHER = "other", "другие обстоятельства"

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="substitutions", verbose_name="пара или группа")
    former = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="прежний наставник")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="substitutions", verbose_name="новый наставник"
    )
    employment = models.ForeignKey(
        "people.Employment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="место работы"
    )
    petition = models.ForeignKey(
        "programs.Petition",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="substitutions",
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

    objects = SubstitutionQuerySet.as_manager()
    WORKFLOW = SUBSTITUTION

    class Meta(Change.Meta):
        verbose_name = "замена наставника"
        verbose_name_plural = "замены наставников"
        constraints = [
            *Change.Meta.constraints,
            models.UniqueConstraint(
                fields=["pairing"],
                condition=Q(state__in=["proposed", "ready"]),
                name="one_open_substitution",
                violation_error_message="Замена наставника этой пары уже готовится",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="substitution_dates_ordered",
                violation_error_message="Временная замена не может закончиться раньше, чем началась",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(until__isnull=False, state="registered"),
                name="substitution_returned_temporary",
            ),
        ]

    @property
    def is_temporary(self) -> bool:
        """Whether the former mentor comes back."""
        return self.until is not None


class DissolutionQuerySet(PairingChangeQuerySet):
    """Ends of pairs without a programme."""

    def ahead(self):
        """By an order whose day has not come or has not been served yet: the pair is still assigned."""
        return self.filter(state="registered", pairing__state="assigned")

    def with_requirements(self):
        """Everything that requirements and papers of such an end read."""
        approved = Program.objects.filter(pairing=OuterRef("pairing"), state__in=["approved", "running"])
        return self.select_related("pairing").prefetch_related(_people()).annotate(has_program=Exists(approved))


class Dissolution(Change):
    """The end of an assigned pair or group that has no approved programme: nobody stays stuck in it."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="dissolutions", verbose_name="пара или группа")
    reason = models.CharField("в связи с чем", max_length=300)
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


class PetitionQuerySet(models.QuerySet):
    """Petitions."""

    def visible_to(self, user):
        """In confidence: whoever filed it, the curator and the director, but never the other side (п. 4.1, 5.1)."""
        own = Q(participation__person=user.person_id)
        if not (user.can("programs.act_for_others") or user.can("banks.approve")):
            return self.filter(own)
        inside = Participation.objects.filter(pairing=OuterRef("pairing"), person=user.person_id)
        return self.filter(own | ~Exists(inside))


class Petition(Stateful):
    """A mentee asks for another mentor (п. 5.1), or a mentor asks to be relieved (п. 4.1)."""

    class Kind(models.TextChoices):
        REPLACE = "replace", "ходатайство о замене наставника"
        RELIEVE = "relieve", "заявление о сложении обязанностей наставника"

    class State(models.TextChoices):
        FILED = "filed", "ждёт решения"
        ACCEPTED = "accepted", "удовлетворено"
        DECLINED = "declined", "отклонено"
        WITHDRAWN = "withdrawn", "отозвано"

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="petitions", verbose_name="пара или группа")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="кто просит")
    kind = models.CharField("о чём", max_length=8, choices=Kind, editable=False)
    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.FILED, db_index=True, editable=False
    )
    reason = models.TextField("почему", max_length=2000)
    filed_on = models.DateField("дата")
    on_paper = models.BooleanField("записано с бумаги", default=False, editable=False)
    created_at = models.DateTimeField("подано", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    answer = models.TextField("решение", max_length=2000, blank=True)
    decided_at = models.DateTimeField("решено", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = PetitionQuerySet.as_manager()
    WORKFLOW = PETITION

    class Meta:
        verbose_name = "ходатайство"
        verbose_name_plural = "ходатайства"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["filed", "accepted", "declined", "withdrawn"]), name="petition_state_known"
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(state="filed"),
                name="one_open_petition",
                violation_error_message="Ходатайство уже подано и ждёт решения",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="petition_decided_paired",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "withdrawn"], decided_at__isnull=True)
                | (Q(state__in=["accepted", "declined"], decided_at__isnull=False) & ~Q(answer="")),
                name="petition_decided_whole",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} от {self.filed_on:%d.%m.%Y}"

    def get_absolute_url(self):
        return reverse("programs:petition", args=[self.pk])
