"""The roadmap of a school year with its seven stages (п. 3.3, 3.4, приложение)."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Evidence, Stateful
from people.register.models import Person
from roadmap.plan.rules import ROADMAP
from roadmap.regulation.models import VersionQuerySet


class RoadmapQuerySet(VersionQuerySet):
    """Roadmaps of school years."""

    def with_requirements(self) -> Self:
        """Prefetch everything that requirements of a roadmap read."""
        return self.prefetch_related(required_tasks())

    def with_progress(self) -> Self:
        """Annotate how many ``tasks`` there are and how many of them are ``done``; counting drops the model's order."""
        done = Q(stages__tasks__done_on__isnull=False)
        counted = self.annotate(tasks=Count("stages__tasks"), done=Count("stages__tasks", filter=done))
        return counted.order_by("-school_year", "-pk")


def required_tasks(before: str = "") -> Prefetch:
    """Prefetch stages and tasks with all that requirements read of them; ``before`` leads to the roadmap."""
    somebody = Task.responsible.through.objects.filter(task=OuterRef("pk"))
    return Prefetch(f"{before}stages__tasks", Task.objects.annotate(has_responsible=Exists(somebody)))


class Roadmap(Stateful):
    """The year's plan of the 7 stages, drafted by the curator, approved by the director's order (п. 3.3, 3.4)."""

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        SUBMITTED = "submitted", "на утверждении"
        APPROVED = "approved", "утверждена"
        SUPERSEDED = "superseded", "заменена"

    OPEN_STATES = (State.DRAFT, State.SUBMITTED)

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.DRAFT, db_index=True, editable=False
    )
    school_year = models.PositiveSmallIntegerField("учебный год")
    created_at = models.DateTimeField("заведена", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    order_number = models.CharField("приказ №", max_length=30, blank=True, editable=False)
    order_date = models.DateField("приказ от", null=True, blank=True, editable=False)
    since = models.DateField("вводится в действие с", null=True, blank=True)
    approvals = models.JSONField("кем принята и согласована", default=list, blank=True)  # regulation/approvals.py
    returned_why = models.TextField("что доработать", max_length=2000, blank=True, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    tasks: int  # with_progress()
    done: int

    objects = RoadmapQuerySet.as_manager()
    WORKFLOW = ROADMAP

    class Meta:
        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"
        ordering = ["-school_year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "approved", "superseded"]), name="roadmap_state_known"
            ),
            models.UniqueConstraint(fields=["school_year"], condition=Q(state="approved"), name="one_roadmap_a_year"),
            models.UniqueConstraint(
                fields=["school_year"],
                condition=Q(state__in=["draft", "submitted"]),
                name="one_roadmap_draft_a_year",
                violation_error_message="Проект дорожной карты на этот год уже есть",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "superseded"])
                | (Q(order_date__isnull=False) & ~Q(order_number="")),
                name="roadmap_by_order",
            ),
        ]

    def __str__(self) -> str:
        return f"Дорожная карта на {self.school_year}/{self.school_year + 1} учебный год"

    def get_absolute_url(self) -> str:
        return reverse("roadmap:roadmap", args=[self.pk])


class Stage(models.Model):
    """One of the seven stages of a roadmap."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="stages", verbose_name="дорожная карта")
    number = models.PositiveSmallIntegerField("№")
    title = models.CharField("этап", max_length=200)

    class Meta:
        verbose_name = "этап"
        verbose_name_plural = "этапы"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "number"], name="stage_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=7), name="seven_stages"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Task(models.Model):
    """A task of a stage: what, from when till when, who, what result in what kind of document."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="tasks", verbose_name="этап")
    number = models.PositiveSmallIntegerField("№")
    text = models.TextField("мероприятие", max_length=1000)
    starts_on = models.DateField("с", null=True, blank=True)
    due_on = models.DateField("до", null=True, blank=True)
    responsible = models.ManyToManyField(Person, blank=True, related_name="roadmap_tasks", verbose_name="ответственные")
    responsible_words = models.CharField("ответственные, словами", max_length=300, blank=True)
    expected_result = models.CharField("результат, вид документа", max_length=500, blank=True)
    proof_kinds = models.JSONField("закроется, когда приложены", default=list, blank=True)  # codes of proofs/kinds.py
    origin = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name="из какой строки переписано",
        editable=False,
    )
    done_on = models.DateField("сделано", null=True, blank=True)
    done_note = models.CharField("что получилось", max_length=500, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто отметил"
    )
    is_proved = models.BooleanField("закрыто подтверждениями", default=False, editable=False)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    class Meta:
        verbose_name = "мероприятие карты"
        verbose_name_plural = "мероприятия карты"
        ordering = ["stage__number", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(starts_on__lte=F("due_on")),
                name="task_dates_ordered",
                violation_error_message="Мероприятие не может закончиться раньше, чем началось",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=False) | Q(done_by__isnull=True),  # by nobody: the system has found it done
                name="task_done_by_when_done",
            ),
            models.CheckConstraint(
                condition=Q(is_proved=False) | Q(done_on__isnull=False, done_by__isnull=True),
                name="task_proved_when_done",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("roadmap:task", args=[self.stage.roadmap_id, self.pk])
