"""The question how two people get on, and its answer (п. 5.2)."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from people.absences.models import Absence
from people.accounts.models import User
from programs.changes.pause.models import Pause
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.relationship.readers import is_on_ladder, reads
from programs.relationship.rules import RELATIONSHIP

AT_MOST = 100
"""Low answers that one person is told of at once."""


class RelationshipAnswerQuerySet(models.QuerySet):
    """Questions and their answers."""

    def of(self, user: User) -> Self:
        """The user's own."""
        return self.filter(participation__person=user.person_id)

    def read_by(self, user: User) -> Self:
        """Those of others that the user reads (``readers.py``)."""
        return self.filter(reads(user))

    def visible_to(self, user: User) -> Self:
        """One's own, and those that the user reads; the other side never."""
        return self.filter(Q(participation__person=user.person_id) | reads(user))

    def waiting(self) -> Self:
        """Questions that wait for their person, who takes part in a running program."""
        return self.filter(
            state=RelationshipAnswer.State.ASKED,
            program__state=Program.State.RUNNING,
            participation__until__isnull=True,
        )

    def undisturbed(self, today: dt.date) -> Self:
        """Questions whose person may be asked today: not away, and the program is not suspended."""
        away = Absence.objects.going_on(today).filter(person=OuterRef("participation__person"))
        paused = Pause.objects.going_on(today).filter(program=OuterRef("program"))
        return self.filter(~Exists(away), ~Exists(paused))

    def low(self) -> Self:
        """Last answers that say that something is wrong, of running programs, which nobody has settled."""
        later = RelationshipAnswer.objects.filter(
            participation=OuterRef("participation"), asked_on__gt=OuterRef("asked_on"), answered_at__isnull=False
        )
        return self.filter(
            ~Exists(later),
            state=RelationshipAnswer.State.ANSWERED,
            level__in=RelationshipAnswer.LOW,
            program__state=Program.State.RUNNING,
        )

    def low_for(self, user: User) -> "list[RelationshipAnswer]":
        """Low answers of others that the user reads; read once for a user object, that is for a request."""
        if not is_on_ladder(user):
            return []
        if not hasattr(user, "_low_answers"):
            low = self.low().read_by(user).exclude(participation__person=user.person_id)
            user._low_answers = list(low.with_people().order_by("asked_on", "pk")[:AT_MOST])  # type: ignore[attr-defined]
        return user._low_answers  # type: ignore[attr-defined]

    def with_people(self) -> Self:
        """Everything that rules and pages read."""
        return self.select_related(
            "participation__person", "program__pairing", "answered_by__person", "settled_by__person"
        )

    with_requirements = with_people


class RelationshipAnswer(Stateful):
    """One question to one side of a program, and what it answered."""

    class State(models.TextChoices):
        ASKED = "asked", "ждёт ответа"
        ANSWERED = "answered", "ответ дан"
        SETTLED = "settled", "поговорили"
        LAPSED = "lapsed", "без ответа"

    class Level(models.TextChoices):
        GOOD = "good", "Хорошо"
        HARD = "hard", "Есть трудности"
        TALK = "talk", "Хочу поговорить с куратором"

    LOW = (Level.HARD, Level.TALK)

    program = models.ForeignKey(Program, models.PROTECT, related_name="+", verbose_name="программа")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="кого спросили")
    state = models.CharField("состояние", max_length=8, choices=State, default=State.ASKED, editable=False)
    asked_on = models.DateField("когда спросили")
    level = models.CharField("ответ", max_length=4, choices=Level, blank=True)
    word = models.TextField("несколько слов", max_length=1000, blank=True)
    answered_at = models.DateTimeField("ответ дан", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    settled_at = models.DateTimeField("поговорили", null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RelationshipAnswerQuerySet.as_manager()
    WORKFLOW = RELATIONSHIP

    class Meta:
        verbose_name = "ответ о работе вместе"
        verbose_name_plural = "ответы о работе вместе"
        ordering = ["-asked_on", "-pk"]
        indexes = [models.Index(fields=["state", "participation"], name="relationship_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["participation", "asked_on"], name="relationship_asked_once_a_day"),
            models.UniqueConstraint(
                fields=["participation"], condition=Q(state="asked"), name="relationship_one_open_question"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "answered", "settled", "lapsed"]), name="relationship_state_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="relationship_answered_paired",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="relationship_settled_paired",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["asked", "lapsed"], answered_at__isnull=True, level="", word=""))
                | (Q(state__in=["answered", "settled"], answered_at__isnull=False) & ~Q(level="")),
                name="relationship_answer_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation.person.short_name}: {self.asked_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("programs:relationship_answer", args=[self.pk])

    @property
    def is_low(self) -> bool:
        """Whether the answer says that something is wrong."""
        return self.level in self.LOW
