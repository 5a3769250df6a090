"""Tasks of methodical support and marks of the council for a program (п. 3.5)."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Evidence, Stateful
from people.accounts.models import User
from people.promises import Promise
from people.register.models import Person
from programs.pairings.models import Pairing, Participation, present
from programs.program.models import Program
from programs.program.states import LIVE
from programs.program.visibility import in_visible_program
from programs.support.rules import SUPPORT


class SupportTaskQuerySet(models.QuerySet):
    """Tasks of support."""

    def visible_to(self, user: User) -> Self:
        """One's own, and those of visible programs."""
        if Promise.SUPPORT.opens_to(user):
            return self
        return self.filter(Q(assignee=user.person_id) | in_visible_program(user, "program__"))

    def open(self) -> Self:
        """Those that wait for who was given them, of programs that go on."""
        return self.filter(state__in=SupportTask.OPEN, program__state__in=LIVE)

    def overdue(self, today: dt.date) -> Self:
        """Open ones whose last day has passed."""
        return self.open().filter(due_on__lt=today)

    def with_requirements(self) -> Self:
        """Everything that rules and pages of a task read."""
        people = Prefetch("program__pairing__participations", present().select_related("person"), to_attr="people")
        found = self.select_related(
            "program__pairing",
            "program__curator",
            "assignee",
            "created_by__person",
            "done_by__person",
            "answered_by__person",
        )
        return found.prefetch_related(people, "program__pairing__participations")


class SupportTask(Stateful):
    """What the council asks of one of its members, or of another employee, for a program (п. 3.5)."""

    class State(models.TextChoices):
        GIVEN = "given", "поручено"
        DONE = "done", "на проверке"
        RETURNED = "returned", "возвращено"
        ACCEPTED = "accepted", "принято"
        DROPPED = "dropped", "снято"

    class Category(models.TextChoices):
        ORGANISATION = "organisation", "организационно-педагогическое обеспечение"
        METHOD = "method", "учебно-методическое обеспечение"

    OPEN = (State.GIVEN, State.RETURNED)

    program = models.ForeignKey(Program, models.PROTECT, related_name="support", verbose_name="программа")
    assignee = models.ForeignKey(Person, models.PROTECT, related_name="support_tasks", verbose_name="кому поручено")
    category = models.CharField("какая поддержка", max_length=12, choices=Category)
    state = models.CharField("состояние", max_length=10, choices=State, default=State.GIVEN, editable=False)
    text = models.TextField("что сделать", max_length=2000)
    due_on = models.DateField("до")
    created_at = models.DateTimeField("поручено", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто поручил", editable=False
    )
    result = models.TextField("что сделано", max_length=4000, blank=True)
    done_at = models.DateTimeField("сделано", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто отметил"
    )
    comment = models.TextField("слово совета", max_length=4000, blank=True)
    answered_at = models.DateTimeField("проверено", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто проверил"
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    objects = SupportTaskQuerySet.as_manager()
    WORKFLOW = SUPPORT

    class Meta:
        verbose_name = "поручение о поддержке программы"
        verbose_name_plural = "поручения о поддержке программ"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="support_task_by_term")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["given", "done", "returned", "accepted", "dropped"]),
                name="support_task_state_known",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="support_task_done_paired",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="support_task_answered_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "returned", "accepted"]) | (Q(done_at__isnull=False) & ~Q(result="")),
                name="support_task_done_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(comment=""),
                name="support_task_returned_with_comment",
                violation_error_message="Напишите, что исправить",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("programs:support_task", args=[self.pk])

    def is_overdue(self, today: dt.date | None = None) -> bool:
        """Whether it waits although its last day has passed."""
        return self.state in self.OPEN and self.due_on < (today or timezone.localdate())


class CouncilMarkQuerySet(models.QuerySet):
    """Marks of the council."""

    def visible_to(self, user: User) -> Self:
        """All for director, curator and council; for participants those of their programs.

        In a group no mentee reads them: the conclusion speaks of everybody (п. 1.3, подп. 4).
        """
        if Promise.COUNCIL_MARK.opens_to(user):
            return self
        mine = Participation.objects.filter(person=user.person_id, pairing=OuterRef("program__pairing"))
        reads = Q(Exists(mine.filter(part=Participation.Part.MENTOR)))
        reads |= Q(Exists(mine)) & Q(program__pairing__kind=Pairing.Kind.PAIR)
        return self.filter(reads)


def _mark(words: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(words, validators=[MinValueValidator(1), MaxValueValidator(4)])


class CouncilMark(models.Model):
    """How a member of the council sees a program in its middle or at its end: four criteria on one scale and words."""

    class Stage(models.TextChoices):
        MIDDLE = "middle", "в середине"
        END = "end", "в конце"

    SCALE = ((1, "нет"), (2, "отчасти"), (3, "в основном"), (4, "полностью"))
    CRITERIA = ("plan", "needs", "method", "bond")

    program = models.ForeignKey(Program, models.PROTECT, related_name="council_marks", verbose_name="программа")
    stage = models.CharField("когда", max_length=6, choices=Stage)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто оценил", editable=False
    )
    plan = _mark("план выполняется в срок")
    needs = _mark("программа отвечает затруднениям и запросам")
    method = _mark("методических материалов хватает")
    bond = _mark("наставник и наставляемые работают вместе")
    conclusion = models.TextField("заключение", max_length=2000)
    made_at = models.DateTimeField("оценено", default=timezone.now, editable=False)

    objects = CouncilMarkQuerySet.as_manager()

    class Meta:
        verbose_name = "оценка совета"
        verbose_name_plural = "оценки совета"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "stage", "author"],
                name="council_mark_once",
                violation_error_message="Вы уже оценили эту программу",
            ),
            models.CheckConstraint(
                condition=Q(plan__range=(1, 4), needs__range=(1, 4), method__range=(1, 4), bond__range=(1, 4)),
                name="council_mark_on_scale",
            ),
            models.CheckConstraint(condition=~Q(conclusion=""), name="council_mark_with_words"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.total / len(self.CRITERIA):.1f} из 4".replace(".", ",", 1)

    @property
    def total(self) -> int:
        """The sum of the criteria."""
        return sum(getattr(self, name) for name in self.CRITERIA)

    @property
    def lowest(self) -> int:
        """The least of the criteria."""
        return min(getattr(self, name) for name in self.CRITERIA)
