"""The report of a school year with its sections, numbers and risks (п. 3.4). A signed one never changes."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from mentoring_site.russian import school_year
from people.rights import Right
from reports.annual_report.rules import ANNUAL
from reports.indicators.periods import Period


class AnnualReportQuerySet(models.QuerySet):
    """Reports."""

    def visible_to(self, user: Any) -> Self:
        """All for those who see all programs: a report is about the school and names nobody."""
        return self if user.can(Right.PROGRAMS_SEE_ALL) else self.none()

    def with_requirements(self) -> Self:
        """Prefetch everything that requirements and the paper read."""
        return self.select_related("signed_by__person").prefetch_related("sections", "figures", "risks")


class AnnualReport(Stateful):
    """The report of a school year. ``facts`` are what was signed: the paper is drawn from them alone."""

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        SUBMITTED = "submitted", "на подписи"
        SIGNED = "signed", "подписан"

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.DRAFT, db_index=True, editable=False
    )
    school_year = models.PositiveSmallIntegerField("учебный год", unique=True, editable=False)
    since = models.DateField("с", editable=False)
    until = models.DateField("по", editable=False)
    gathered_at = models.DateTimeField("числа собраны", default=timezone.now, editable=False)
    created_at = models.DateTimeField("заведён", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто составил", editable=False
    )
    returned_why = models.TextField("что доработать", max_length=2000, blank=True, editable=False)
    number = models.CharField("№", max_length=30, blank=True, editable=False)
    signed_on = models.DateField("подписан", null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто подписал",
        editable=False,
    )
    facts = models.JSONField("закреплённые сведения", null=True, blank=True, editable=False)
    facts_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)

    objects = AnnualReportQuerySet.as_manager()
    WORKFLOW = ANNUAL

    class Meta:
        verbose_name = "итоговый аналитический отчёт"
        verbose_name_plural = "итоговые аналитические отчёты"
        ordering = ["-school_year"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["draft", "submitted", "signed"]), name="annual_state_known"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="annual_days_ordered"),
            models.CheckConstraint(
                condition=(
                    Q(state="signed", signed_on__isnull=False, signed_by__isnull=False, facts__isnull=False)
                    & ~Q(facts_sha256="")
                    & ~Q(number="")
                )
                | (
                    ~Q(state="signed")
                    & Q(signed_on__isnull=True, signed_by__isnull=True, facts__isnull=True, facts_sha256="", number="")
                ),
                name="annual_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Итоговый аналитический отчёт за {school_year(self.school_year, full=True)} учебный год"

    def get_absolute_url(self) -> str:
        return reverse("reports:annual", args=[self.pk])

    @property
    def period(self) -> Period:
        """Return the days that the report is about."""
        return Period(self.since, self.until)

    @property
    def is_signed(self) -> bool:
        """Whether it is signed and frozen."""
        return self.state == self.State.SIGNED


class ReportSection(models.Model):
    """A section: what the data say (``drafted``), what will be printed (``text``), whether the curator has read it."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="sections", verbose_name="отчёт")
    position = models.PositiveSmallIntegerField("место")
    key = models.SlugField("раздел", max_length=20)
    title = models.CharField("заголовок", max_length=120)
    drafted = models.TextField("по данным", blank=True)
    text = models.TextField("текст", max_length=12000, blank=True)
    is_read = models.BooleanField("прочитан куратором", default=False)

    class Meta:
        verbose_name = "раздел отчёта"
        verbose_name_plural = "разделы отчёта"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="annual_section_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_typed(self) -> bool:
        """Whether somebody has changed the words that came from the data."""
        return self.text != self.drafted


class ReportFigure(models.Model):
    """A number: counted, planned, and where the school states another one, the reason why."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="figures", verbose_name="отчёт")
    position = models.PositiveSmallIntegerField("место")
    code = models.SlugField("показатель", max_length=40)
    group = models.CharField("группа", max_length=60)
    label = models.CharField("название", max_length=200)
    unit = models.CharField("единица", max_length=20, blank=True)
    counted = models.DecimalField("посчитано", max_digits=12, decimal_places=1, null=True, blank=True)
    rows = models.PositiveIntegerField("строк в списке", default=0)
    made_of = models.CharField("из чего", max_length=120, blank=True)
    before = models.DecimalField("год назад", max_digits=12, decimal_places=1, null=True, blank=True)
    planned = models.DecimalField("план", max_digits=12, decimal_places=1, null=True, blank=True)
    stated = models.DecimalField("в отчёте", max_digits=12, decimal_places=1, null=True, blank=True)
    why = models.CharField("почему другое число", max_length=500, blank=True)

    class Meta:
        verbose_name = "число отчёта"
        verbose_name_plural = "числа отчёта"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="annual_figure_once"),
            models.CheckConstraint(
                condition=(Q(stated__isnull=True, why="") | (Q(stated__isnull=False) & ~Q(why=""))),
                name="annual_override_explained",
                violation_error_message="Напишите, почему в отчёте другое число",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def value(self) -> Any:
        """Return the number that the report states: the school's own, else the counted one."""
        return self.counted if self.stated is None else self.stated


class ReportRisk(models.Model):
    """A risk of the next year: what it is, by what sign it is seen, what is done."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="risks", verbose_name="отчёт")
    position = models.PositiveSmallIntegerField("место")
    risk = models.CharField("риск", max_length=300)
    sign = models.CharField("признак", max_length=300)
    action = models.CharField("что делать", max_length=500)

    class Meta:
        verbose_name = "риск"
        verbose_name_plural = "риски"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.risk
