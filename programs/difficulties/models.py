"""What has become of a difficulty in one program (п. 1.2, 5.2)."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from mentoring_site.models import Evidence, Stateful
from people.accounts.models import User
from people.banks.models import Statement
from programs.changes.amendment.models import Amendment
from programs.difficulties.rules import DIFFICULTY
from programs.pairings.confidentiality import readable
from programs.pairings.models import Pairing, Participation, present
from programs.program.models import Program
from programs.program.visibility import in_visible_program


class DifficultyQuerySet(models.QuerySet):
    """Difficulties of programs."""

    def visible_to(self, user: User) -> Self:
        """Difficulties of visible programs: in a group a mentee sees only one's own (п. 1.3, подп. 4)."""
        own = Q(statement__candidate__person=user.person_id)
        return self.filter(readable(user, own=own, program="program"), in_visible_program(user, "program__"))

    def flagged(self) -> Self:
        """Difficulties of running programs that somebody has flagged and nobody has answered by a deed."""
        return self.filter(
            flagged_at__isnull=False, settled_at__isnull=True, program__state=Program.State.RUNNING
        ).exclude(state=Difficulty.State.CLOSED)

    def with_requirements(self) -> Self:
        """Everything that rules and pages of a difficulty read."""
        people = Prefetch("program__pairing__participations", present().select_related("person"), to_attr="people")
        found = self.select_related(
            "program__pairing",
            "program__curator",
            "statement__candidate__person",
            "raised_by__person",
            "proposed_by__person",
            "answered_by__person",
            "reopened_by__person",
            "flagged_by__person",
            "amendment",
            "pairing",
        )
        return found.prefetch_related(people)


class Difficulty(Stateful):
    """A difficulty of a mentee in one program; without a row it is open."""

    class State(models.TextChoices):
        OPEN = "open", "не снято"
        PROPOSED = "proposed", "снято, ждёт второй стороны"
        CLOSED = "closed", "снято"

    program = models.ForeignKey(Program, models.PROTECT, related_name="difficulty_rows", verbose_name="программа")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+", verbose_name="затруднение")
    state = models.CharField("состояние", max_length=8, choices=State, default=State.OPEN, editable=False)
    raised_at = models.DateTimeField("появилось в ходе программы", null=True, blank=True, editable=False)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто назвал",
        editable=False,
    )
    sign = models.CharField("по чему видно", max_length=500, blank=True)
    proposed_part = models.CharField("кто сказал, что снято", max_length=6, choices=Participation.Part, blank=True)
    proposed_at = models.DateTimeField("сказано", null=True, blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answer = models.CharField("слово второй стороны", max_length=500, blank=True)
    answered_at = models.DateTimeField("отвечено", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reopen_word = models.CharField("что снова трудно", max_length=500, blank=True)
    reopened_at = models.DateTimeField("открыто снова", null=True, blank=True, editable=False)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    flag = models.CharField("что сейчас трудно", max_length=500, blank=True)
    flagged_at = models.DateTimeField("отмечено", null=True, blank=True, editable=False)
    flagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    settled_at = models.DateTimeField("отметка снята", null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    amendment = models.ForeignKey(
        Amendment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="изменение программы"
    )
    pairing = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="пара для ситуационной программы"
    )
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    objects = DifficultyQuerySet.as_manager()
    WORKFLOW = DIFFICULTY

    class Meta:
        verbose_name = "затруднение программы"
        verbose_name_plural = "затруднения программы"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "statement"], name="difficulty_once_in_program"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "proposed", "closed"]), name="difficulty_state_known"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{stem}_at__isnull": True, f"{stem}_by__isnull": True})
                    | Q(**{f"{stem}_at__isnull": False, f"{stem}_by__isnull": False}),
                    name=f"difficulty_{stem}_paired",
                )
                for stem in ("raised", "proposed", "answered", "reopened", "flagged", "settled")
            ),
            models.CheckConstraint(
                condition=Q(state="open") | (Q(proposed_at__isnull=False) & ~Q(sign="") & ~Q(proposed_part="")),
                name="difficulty_proposed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(answered_at__isnull=False), name="difficulty_closed_by_both"
            ),
        ]

    def __str__(self) -> str:
        return self.statement.text

    def get_absolute_url(self) -> str:
        return reverse("programs:difficulty", args=[self.program_id, self.statement_id])

    @property
    def proved(self) -> bool:
        """Whether there is something by which it is seen that the difficulty is gone."""
        return self.pk is not None and self.evidence.kept().exists()

    @property
    def is_flagged(self) -> bool:
        """Whether somebody has flagged it and nobody has answered by a deed."""
        return self.flagged_at is not None and self.settled_at is None and self.state != self.State.CLOSED

    @property
    def is_new(self) -> bool:
        """Whether it came up while the program ran."""
        return self.raised_at is not None


def statements_of(program: Program) -> models.QuerySet[Statement]:
    """Return the difficulties of a program: those of its text, and those that came up while it ran."""
    named = Program.difficulties.through.objects.filter(program=program, statement=OuterRef("pk"))
    raised = Difficulty.objects.filter(program=program, statement=OuterRef("pk"))
    found = Statement.objects.filter(Exists(named) | Exists(raised))
    return found.select_related("candidate__person").order_by("candidate", "pk")
