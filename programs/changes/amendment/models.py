"""Amendment of a program by mutual consent: its term, its plan, its forms of mentoring (п. 7.2)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from programs.catalogs.models import MentoringForm
from programs.changes.amendment.rules import AMENDMENT
from programs.changes.models import Change, ProgramChangeQuerySet, program_people
from programs.pairings.models import Participation, present
from programs.pairings.terms import is_too_long
from programs.program.models import Activity, ActivityResult, Program
from programs.program.states import IN_FORCE


class AmendmentQuerySet(ProgramChangeQuerySet):
    """Prolongations and corrections."""

    def ahead(self) -> Self:
        """By an order whose day has not come or has not been served yet; ``before`` is written when it takes effect."""
        return self.filter(state=Amendment.State.REGISTERED, before__isnull=True, program__state__in=IN_FORCE)

    def to_submit(self) -> Self:
        """And that say what changes and have the consent of every side."""
        given = AmendmentConsent.objects.filter(amendment=OuterRef(OuterRef("pk")), participation=OuterRef("pk"))
        silent = present().filter(~Exists(given), pairing=OuterRef("program__pairing"))
        says = Q(new_end__isnull=False) | Q(plan__isnull=False) | Q(forms__isnull=False)
        return super().to_submit().filter(says, ~Exists(silent)).distinct()

    def with_requirements(self) -> Self:
        """Everything that requirements, papers and pages of an amendment read."""
        lines = Activity.objects.annotate(taken=Exists(ActivityResult.objects.filter(activity=OuterRef("pk"))))
        return self.select_related("program__pairing", "program__curator").prefetch_related(
            program_people(),
            models.Prefetch("program__activities", lines.prefetch_related("statements")),
            "forms",
            "consents",
            "objections",
        )


class Amendment(Change):
    """Prolongation and/or correction of an approved or running program by mutual consent (п. 7.2)."""

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
        """Names of the new forms, in the order of the alphabet."""
        return sorted(form.name for form in self.forms.all())

    @property
    def consents_by_side(self) -> dict[int, dict]:
        """Consents by participation: the day (``on``) and whether it is a paper."""
        return {c.participation_id: {"on": c.given_on, "paper": c.on_paper} for c in self.consents.all()}

    @property
    def objections_by_side(self) -> dict[int, "AmendmentObjection"]:
        """Objections by participation."""
        return {o.participation_id: o for o in self.objections.all()}

    @property
    def changes_something(self) -> bool:
        """Whether it is said what changes: the term, the plan or the forms."""
        return bool(self.new_end or self.plan is not None or self.form_names)

    @property
    def over_a_year(self) -> bool:
        """Whether the whole term becomes longer than п. 1.2 allows."""
        starts_on = self.program.starts_on
        return bool(starts_on and self.new_end and is_too_long(starts_on, self.new_end))

    @staticmethod
    def line_of(activity: Activity) -> dict:
        """Return an activity as a line of a plan."""
        return {
            "pk": activity.pk,
            "title": activity.title,
            "starts_on": str(activity.starts_on or ""),
            "due_on": str(activity.due_on),
            "responsible": activity.responsible,
            "expected_result": activity.expected_result,
            "evidence": activity.evidence,
            "statements": sorted(statement.pk for statement in activity.statements.all()),
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

    def __str__(self) -> str:
        return f"{self.participation}: {self.given_on:%d.%m.%Y}"


class AmendmentObjection(models.Model):
    """«Не согласна» of one side to an amendment as it was shown, with a reason (п. 7.2); an edit asks again."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="objections", verbose_name="изменение")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="участник")
    reason = models.TextField("почему", max_length=2000)
    at = models.DateTimeField("когда записано", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал")

    class Meta:
        verbose_name = "возражение против изменения"
        verbose_name_plural = "возражения против изменений"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["amendment", "participation"], name="amendment_objection_once")]

    def __str__(self) -> str:
        return f"{self.participation}: {self.reason[:60]}"
