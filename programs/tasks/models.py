"""Tasks that a mentor gives a mentee between meetings (п. 4.1, 5.2)."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Evidence, Stateful
from people.accounts.models import User
from programs.pairings.confidentiality import readable
from programs.pairings.models import Participation, present
from programs.program.models import Program
from programs.program.visibility import in_visible_program
from programs.tasks.rules import TASK


class MentorTaskQuerySet(models.QuerySet):
    """Tasks of mentors."""

    def visible_to(self, user: User) -> Self:
        """Tasks of visible programs: in a group a mentee sees only one's own (п. 1.3, подп. 4)."""
        own = Q(participation__person=user.person_id)
        seen = readable(user, own=own, program="program", day="created_at__date")
        return self.filter(seen, in_visible_program(user, "program__"))

    def open(self) -> Self:
        """Tasks that wait for their mentee, of running programs."""
        return self.filter(state__in=MentorTask.OPEN, program__state=Program.State.RUNNING)

    def overdue(self, today: dt.date) -> Self:
        """Open tasks whose last day has passed."""
        return self.open().filter(due_on__lt=today)

    def with_requirements(self) -> Self:
        """Everything that the rules and pages of a task read."""
        people = Prefetch("program__pairing__participations", present().select_related("person"), to_attr="people")
        found = self.select_related(
            "program__pairing",
            "program__curator",
            "participation__person",
            "created_by__person",
            "done_by__person",
            "answered_by__person",
        )
        return found.prefetch_related(people)


class MentorTask(Stateful):
    """What a mentor asks of one mentee till a day; the plan that the council agreed stays as it is."""

    class State(models.TextChoices):
        GIVEN = "given", "дано"
        DONE = "done", "на проверке"
        RETURNED = "returned", "возвращено"
        ACCEPTED = "accepted", "принято"
        DROPPED = "dropped", "снято"

    OPEN = (State.GIVEN, State.RETURNED)

    program = models.ForeignKey(Program, models.PROTECT, related_name="tasks", verbose_name="программа")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="tasks", verbose_name="наставляемый")
    state = models.CharField("состояние", max_length=10, choices=State, default=State.GIVEN, editable=False)
    text = models.TextField("что сделать", max_length=2000)
    due_on = models.DateField("до")
    created_at = models.DateTimeField("дано", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто дал", editable=False
    )
    result = models.TextField("что сделано", max_length=4000, blank=True)
    done_at = models.DateTimeField("сделано", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто отметил"
    )
    comment = models.TextField("слово наставника", max_length=4000, blank=True)
    answered_at = models.DateTimeField("проверено", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто проверил"
    )
    request_key = models.UUIDField(null=True, blank=True, editable=False)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    objects = MentorTaskQuerySet.as_manager()
    WORKFLOW = TASK

    class Meta:
        verbose_name = "задание наставника"
        verbose_name_plural = "задания наставника"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="mentor_task_by_term")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["given", "done", "returned", "accepted", "dropped"]),
                name="mentor_task_state_known",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="mentor_task_done_paired",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="mentor_task_answered_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "returned", "accepted"]) | (Q(done_at__isnull=False) & ~Q(result="")),
                name="mentor_task_done_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(comment=""),
                name="mentor_task_returned_with_comment",
                violation_error_message="Напишите, что исправить",
            ),
            models.UniqueConstraint(fields=["request_key", "participation"], name="mentor_task_once"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("programs:mentor_task", args=[self.pk])

    def is_overdue(self, today: dt.date | None = None) -> bool:
        """Whether it waits for its mentee although its last day has passed."""
        return self.state in self.OPEN and self.due_on < (today or timezone.localdate())
