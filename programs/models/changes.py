"""What changes a programme at work: amendment by mutual consent, suspension, resumption (п. 7.2). An order enacts each."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from mentoring_site.sql import listed
from programs.access import present
from programs.models.lists import MentoringForm
from programs.models.pairing import Participation
from programs.models.program import Activity, ActivityResult, Program
from programs.workflows.changes import AMENDMENT, PAUSE, RESUMPTION, over_a_year


class Change(Stateful):
    """What all changes share: prepared by people, handed over by the curator, final by a registered order."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "готовится"
        READY = "ready", "ждёт приказа"
        REGISTERED = "registered", "введено приказом"
        WITHDRAWN = "withdrawn", "отменено"

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

    def __str__(self):
        return f"{self._meta.verbose_name} № {self.pk}"

    def get_absolute_url(self):
        return reverse("programs:change", args=[self._meta.model_name, self.pk])


def _people():
    return Prefetch(
        "program__pairing__participations",
        present().select_related("person", "employment__department"),
        to_attr="people",
    )


class ProgramChangeQuerySet(models.QuerySet):
    """Changes of programmes."""

    def visible_to(self, user):
        """Changes of programmes that the user may see."""
        return self.filter(program__in=Program.objects.visible_to(user))


class AmendmentQuerySet(ProgramChangeQuerySet):
    """Prolongations and corrections."""

    def ahead(self):
        """By an order whose day has not come or has not been served yet; ``before`` is written when it takes effect."""
        return self.filter(state="registered", before__isnull=True, program__state__in=["approved", "running"])

    def with_requirements(self):
        """Everything that requirements, papers and pages of an amendment read."""
        given = AmendmentConsent.objects.filter(amendment=OuterRef("pk"))
        consent = JSONObject(part="participation_id", on="given_on", paper="on_paper")
        lines = Activity.objects.annotate(
            taken=Exists(ActivityResult.objects.filter(activity=OuterRef("pk"))),
            why=listed(Activity.statements.through.objects.filter(activity=OuterRef("pk")), "activity", "statement_id"),
        )
        found = self.with_forms().annotate(given=listed(given, "amendment", consent))
        return found.select_related("program__pairing", "program__curator").prefetch_related(
            _people(), models.Prefetch("program__activities", lines)
        )

    def with_forms(self):
        """Annotate the names of the new forms of mentoring (``form_names``)."""
        chosen = Amendment.forms.through.objects.filter(amendment=OuterRef("pk"))
        return self.annotate(form_names_=listed(chosen, "amendment", "mentoringform__name"))


class Amendment(Change):
    """Prolongation and/or correction of an approved or running programme by mutual consent (п. 7.2)."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="amendments", verbose_name="программа")
    new_end = models.DateField("новый последний день", null=True, blank=True)
    plan = models.JSONField("план в новой редакции", null=True, blank=True, editable=False)  # [{"pk" or None, …}]
    forms = models.ManyToManyField(MentoringForm, blank=True, related_name="+", verbose_name="формы наставничества")
    reason = models.TextField("почему", max_length=2000)
    term_decision = models.TextField("решение об особом сроке", max_length=1000, blank=True)
    term_decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    term_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    old_end = models.DateField("прежний последний день", null=True, blank=True, editable=False)
    before = models.JSONField("прежняя редакция", null=True, blank=True, editable=False)
    after = models.JSONField("новая редакция", null=True, blank=True, editable=False)

    objects = AmendmentQuerySet.as_manager()
    WORKFLOW = AMENDMENT

    class Meta(Change.Meta):
        verbose_name = "изменение программы"
        verbose_name_plural = "изменения программ"
        constraints = [
            *Change.Meta.constraints,
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(state__in=["proposed", "ready"]),
                name="one_open_amendment",
                violation_error_message="Изменение этой программы уже готовится",
            ),
            models.CheckConstraint(
                condition=Q(term_decided_at__isnull=True, term_decided_by__isnull=True, term_decision="")
                | (Q(term_decided_at__isnull=False, term_decided_by__isnull=False) & ~Q(term_decision="")),
                name="amendment_term_decision_whole",
            ),
        ]

    @property
    def form_names(self) -> list[str]:
        """Names of the new forms, in the order of the alphabet; read by ``with_forms``."""
        return sorted(self.form_names_ or ())

    @property
    def consents_by_side(self) -> dict[int, dict]:
        """Consents by participation: the day (``on``) and whether it is a paper; read by ``with_requirements``."""
        return {c["part"]: {"on": date.fromisoformat(c["on"]), "paper": bool(c["paper"])} for c in self.given or ()}

    @property
    def changes_something(self) -> bool:
        """Whether it is said what changes: the term, the plan or the forms."""
        return bool(self.new_end or self.plan is not None or self.form_names)

    @property
    def over_a_year(self) -> bool:
        """Whether the whole term becomes longer than п. 1.2 allows."""
        return bool(self.new_end) and over_a_year(self.program.starts_on, self.new_end)

    @staticmethod
    def line_of(activity) -> dict:
        """Return an activity as a line of a plan."""
        return {
            "pk": activity.pk,
            "title": activity.title,
            "starts_on": str(activity.starts_on or ""),
            "due_on": str(activity.due_on),
            "responsible": activity.responsible,
            "expected_result": activity.expected_result,
            "evidence": activity.evidence,
            "statements": sorted(activity.why or ())
            if hasattr(activity, "why")
            else sorted(s.pk for s in activity.statements.all()),
        }


class AmendmentConsent(models.Model):
    """The dated consent of one side to an amendment as it was shown (п. 7.2); an edit asks for a new one."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="consents", verbose_name="изменение")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="участник")
    given_on = models.DateField("дата согласия")
    on_paper = models.BooleanField("записано с бумаги", default=False)
    at = models.DateTimeField("когда записано", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал")

    class Meta:
        verbose_name = "согласие с изменением"
        verbose_name_plural = "согласия с изменениями"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["amendment", "participation"], name="amendment_consent_once")]

    def __str__(self):
        return f"{self.participation}: {self.given_on:%d.%m.%Y}"


class PauseQuerySet(ProgramChangeQuerySet):
    """Suspensions of programmes."""

    def going_on(self, today):
        """Suspensions by order that last on the day."""
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=today),
            Q(resumed_on__isnull=True) | Q(resumed_on__gt=today),
            state="registered",
            since__lte=today,
        )

    def with_requirements(self):
        """Everything that requirements and papers of a suspension read."""
        open_end = Q(until__isnull=True) | Q(until__gte=OuterRef("since"))
        others = Pause.objects.filter(
            open_end,
            Q(resumed_on__isnull=True) | Q(resumed_on__gt=OuterRef("since")),
            program=OuterRef("program"),
            state="registered",
        ).exclude(pk=OuterRef("pk"))
        before_its_end = others.filter(Q(since__lte=OuterRef("until")) | Q(since__lte=OuterRef("since")))
        return (
            self.select_related("program__pairing", "program__curator")
            .prefetch_related(_people())
            .annotate(
                overlaps=models.Case(
                    models.When(until__isnull=True, then=Exists(others)),
                    default=Exists(before_its_end),
                    output_field=models.BooleanField(),
                )
            )
        )


class Pause(Change):
    """A suspension: a dated fact and not a state of the programme."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="pauses", verbose_name="программа")
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    reason = models.CharField("в связи с чем", max_length=300)
    resumed_on = models.DateField("возобновлена", null=True, blank=True, editable=False)

    objects = PauseQuerySet.as_manager()
    WORKFLOW = PAUSE

    class Meta(Change.Meta):
        verbose_name = "приостановление"
        verbose_name_plural = "приостановления"
        constraints = [
            *Change.Meta.constraints,
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(state__in=["proposed", "ready"]),
                name="one_open_pause",
                violation_error_message="Приостановление этой программы уже готовится",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="pause_dates_ordered",
                violation_error_message="Приостановление не может закончиться раньше, чем началось",
            ),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True) | Q(resumed_on__gt=F("since"), state="registered"),
                name="pause_resumed_after_start",
            ),
        ]

    def days(self, today) -> int:
        """Return how many days the programme has stood, or will have stood when the end is known."""
        last = self.resumed_on - timedelta(days=1) if self.resumed_on else self.until or today
        return max((last - self.since).days + 1, 0)


class ResumptionQuerySet(models.QuerySet):
    """Resumptions."""

    def visible_to(self, user):
        """Resumptions of programmes that the user may see."""
        return self.filter(pause__program__in=Program.objects.visible_to(user))

    def with_requirements(self):
        """Everything that requirements and papers of a resumption read."""
        people = Prefetch(
            "pause__program__pairing__participations",
            present().select_related("person", "employment__department"),
            to_attr="people",
        )
        return self.select_related("pause__program__pairing", "pause__program__curator").prefetch_related(people)


class Resumption(Change):
    """The end of a suspension, earlier than planned or of one without an end."""

    pause = models.ForeignKey(Pause, models.PROTECT, related_name="resumptions", verbose_name="приостановление")
    on = models.DateField("с какого дня")

    objects = ResumptionQuerySet.as_manager()
    WORKFLOW = RESUMPTION

    class Meta(Change.Meta):
        verbose_name = "возобновление"
        verbose_name_plural = "возобновления"
        constraints = [
            *Change.Meta.constraints,
            models.UniqueConstraint(
                fields=["pause"],
                condition=~Q(state="withdrawn"),
                name="one_live_resumption",
                violation_error_message="Возобновление уже готовится",
            ),
        ]

    @property
    def program(self):
        """The suspended programme."""
        return self.pause.program
