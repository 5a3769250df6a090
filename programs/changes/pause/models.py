"""Suspension of a program by order, and its resumption by another (п. 7.2)."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from people.accounts.models import User
from programs.changes.models import Change, ChangeQuerySet, Grounded, ProgramChangeQuerySet, program_people
from programs.changes.pause.rules import PAUSE, RESUMPTION
from programs.pairings.models import present
from programs.program.models import Program


class PauseQuerySet(ProgramChangeQuerySet):
    """Suspensions of programs."""

    def going_on(self, today: date) -> Self:
        """Suspensions by order that last on the day."""
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=today),
            Q(resumed_on__isnull=True) | Q(resumed_on__gt=today),
            state=Change.State.REGISTERED,
            since__lte=today,
        )

    def with_requirements(self) -> Self:
        """Everything that requirements and papers of a suspension read."""
        open_end = Q(until__isnull=True) | Q(until__gte=OuterRef("since"))
        others = Pause.objects.filter(
            open_end,
            Q(resumed_on__isnull=True) | Q(resumed_on__gt=OuterRef("since")),
            program=OuterRef("program"),
            state=Change.State.REGISTERED,
        ).exclude(pk=OuterRef("pk"))
        before_its_end = others.filter(Q(since__lte=OuterRef("until")) | Q(since__lte=OuterRef("since")))
        return (
            self.select_related("program__pairing", "program__curator", "about__person")
            .prefetch_related(program_people())
            .annotate(
                overlaps=models.Case(
                    models.When(until__isnull=True, then=Exists(others)),
                    default=Exists(before_its_end),
                    output_field=models.BooleanField(),
                )
            )
        )


class Pause(Grounded, Change):
    """A suspension: a dated fact and not a state of the program."""

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

    def days(self, today: date) -> int:
        """Return for how many days the program is suspended: to the end, or to ``today`` while that is unknown."""
        last = self.resumed_on - timedelta(days=1) if self.resumed_on else self.until or today
        return max((last - self.since).days + 1, 0)


class ResumptionQuerySet(ChangeQuerySet):
    """Resumptions."""

    def visible_to(self, user: User) -> Self:
        """Resumptions of programs that the user may see."""
        return self.filter(pause__program__in=Program.objects.visible_to(user))

    def with_requirements(self) -> Self:
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
    def program(self) -> Program:
        """The suspended program."""
        return self.pause.program
