"""A monitoring of a period, its working group, the indicators as they stood when it was completed (п. 3.4)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful, StoredFile
from mentoring_site.russian import school_year
from people.register.models import Person
from people.rights import Right
from reports.indicators.periods import Period
from reports.monitoring.rules import MONITORING
from reports.orders.models import Order
from roadmap.council.models import Minutes

TEXT = 6000


class MonitoringQuerySet(models.QuerySet):
    """Monitorings."""

    def visible_to(self, user: Any) -> Self:
        """All for those who see monitorings; for others those in whose working group they are."""
        if user.can(Right.MONITORING_SEE):
            return self
        mine = MonitoringMember.objects.filter(monitoring=OuterRef("pk"), person=user.person_id)
        return self.filter(Exists(mine))

    def with_requirements(self) -> Self:
        """Everything that requirements and pages read."""
        return self.select_related("order", "meeting", "order_scan", "minutes_scan").prefetch_related(
            "members",
            models.Prefetch("members__person", Person.objects.with_posts().select_related("user")),
        )

    def going(self) -> Self:
        """Those that are not completed."""
        return self.filter(state=Monitoring.State.GOING)


class Monitoring(Stateful):
    """What the school gathers and concludes about mentoring in some days; frozen when it is completed.

    ``facts`` are those of the paper, kept at completion; until then the paper is drawn from the data of the day.
    """

    class State(models.TextChoices):
        GOING = "going", "идёт"
        COMPLETED = "completed", "завершён"

    class Part(models.TextChoices):
        YEAR = "year", "весь учебный год"
        FIRST = "first", "первое полугодие"
        SECOND = "second", "второе полугодие"

    class Verdict(models.TextChoices):
        GOOD = "good", "система работает, результаты соответствуют целям"
        PARTLY = "partly", "система работает, есть замечания"
        POOR = "poor", "результаты не соответствуют целям"

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.GOING, db_index=True, editable=False
    )
    school_year = models.PositiveSmallIntegerField("учебный год")
    part = models.CharField("за какое время", max_length=6, choices=Part)
    first = models.DateField("с", editable=False)
    last = models.DateField("по", editable=False)
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="monitorings", verbose_name="приказ"
    )
    order_words = models.CharField("приказ на бумаге", max_length=200, blank=True)
    order_scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="скан приказа", editable=False
    )
    strengths = models.TextField("сильные стороны", max_length=TEXT, blank=True)
    weaknesses = models.TextField("слабые стороны", max_length=TEXT, blank=True)
    opportunities = models.TextField("возможности", max_length=TEXT, blank=True)
    threats = models.TextField("угрозы", max_length=TEXT, blank=True)
    conclusions = models.TextField("выводы", max_length=TEXT, blank=True)
    proposals = models.TextField("предложения", max_length=TEXT, blank=True)
    verdict = models.CharField("решение совета", max_length=6, choices=Verdict, blank=True)
    assessment = models.TextField("оценка совета", max_length=TEXT, blank=True)
    meeting = models.ForeignKey(
        Minutes, models.PROTECT, null=True, blank=True, related_name="monitorings", verbose_name="заседание совета"
    )
    assessed_at = models.DateTimeField("оценка записана", null=True, blank=True, editable=False)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    minutes_number = models.CharField("номер протокола", max_length=20, blank=True)
    minutes_on = models.DateField("дата протокола", null=True, blank=True)
    minutes_text = models.TextField("что решила рабочая группа", max_length=TEXT, blank=True)
    minutes_scan = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан протокола",
        editable=False,
    )
    completed_at = models.DateTimeField("завершён", null=True, blank=True, editable=False)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    facts = models.JSONField("что напечатано", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = MonitoringQuerySet.as_manager()
    WORKFLOW = MONITORING

    class Meta:
        verbose_name = "мониторинг"
        verbose_name_plural = "мониторинги"
        ordering = ["-first", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["going", "completed"]), name="monitoring_state_known"),
            models.UniqueConstraint(
                fields=["school_year", "part"],
                name="monitoring_period_once",
                violation_error_message="Мониторинг за это время уже есть",
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="monitoring_days_ordered"),
            models.CheckConstraint(
                condition=Q(order__isnull=False) | (Q(order_scan__isnull=False) & ~Q(order_words="")),
                name="monitoring_by_order",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", assessed_at__isnull=True, assessed_by__isnull=True)
                | (~Q(verdict="") & Q(assessed_at__isnull=False, assessed_by__isnull=False)),
                name="monitoring_assessment_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="going", completed_at__isnull=True, completed_by__isnull=True, facts__isnull=True)
                | Q(state="completed", completed_at__isnull=False, completed_by__isnull=False, facts__isnull=False),
                name="monitoring_completed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Мониторинг за {self.words}"

    @property
    def words(self) -> str:
        """«2026/27 учебный год», «первое полугодие 2026/27 учебного года»."""
        year = school_year(self.school_year)
        if self.part == self.Part.YEAR:
            return f"{year} учебный год"
        return f"{self.get_part_display()} {year} учебного года"

    def get_absolute_url(self) -> str:
        return reverse("reports:monitoring", args=[self.pk])

    @property
    def is_completed(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.state == self.State.COMPLETED

    @property
    def counted(self) -> Period:
        """The days of the period that have been: up to the day of completion, or up to today."""
        until = timezone.localdate(self.completed_at) if self.completed_at else timezone.localdate()
        return Period(self.first, max(self.first, min(self.last, until)))


class MonitoringMember(models.Model):
    """Somebody of the working group."""

    monitoring = models.ForeignKey(Monitoring, models.CASCADE, related_name="members", verbose_name="мониторинг")
    person = models.ForeignKey(Person, models.PROTECT, related_name="monitorings", verbose_name="человек")
    is_head = models.BooleanField("руководит", default=False)

    class Meta:
        verbose_name = "участник рабочей группы"
        verbose_name_plural = "участники рабочих групп"
        ordering = ["-is_head", "person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["monitoring", "person"], name="monitoring_member_once"),
            models.UniqueConstraint(fields=["monitoring"], condition=Q(is_head=True), name="monitoring_one_head"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class MonitoringFigure(models.Model):
    """An indicator as it stood when the monitoring was completed."""

    monitoring = models.ForeignKey(Monitoring, models.CASCADE, related_name="figures", verbose_name="мониторинг")
    position = models.PositiveSmallIntegerField("порядок")
    code = models.CharField("показатель", max_length=40)
    group = models.CharField("группа", max_length=100)
    name = models.CharField("название", max_length=200)
    value = models.FloatField("значение", null=True)
    words = models.CharField("значение словами", max_length=60)
    made_of = models.CharField("из чего", max_length=60, blank=True)
    before = models.CharField("год назад", max_length=60, blank=True)
    clause = models.CharField("пункт", max_length=20)

    class Meta:
        verbose_name = "показатель мониторинга"
        verbose_name_plural = "показатели мониторингов"
        ordering = ["monitoring", "position"]
        constraints = [
            models.UniqueConstraint(fields=["monitoring", "code"], name="monitoring_figure_once"),
        ]

    def __str__(self) -> str:
        return self.name
