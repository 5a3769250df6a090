"""Meetings and the discussion thread of a program (п. 2.3, 4.2)."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone

from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.models import Evidence
from people.accounts.models import User
from people.rights import Right
from programs.pairings.confidentiality import readable
from programs.pairings.models import Participation
from programs.program.models import Activity, Program


class MeetingQuerySet(models.QuerySet):
    def planned(self) -> Self:
        """Meetings that are still to come about, of running programs."""
        return self.filter(state=Meeting.State.PLANNED, program__state=Program.State.RUNNING)

    def visible_to(self, user: User) -> Self:
        """Meetings of visible programs: in a group a mentee sees only those with oneself (п. 1.3, подп. 4)."""
        here = MeetingAttendance.objects.filter(meeting=OuterRef("pk"), participation__person=user.person_id)
        readable_now = readable(user, own=Q(Exists(here)), program="program", day="held_on")
        return self.filter(readable_now, program__in=Program.objects.visible_to(user))

    def read_by(self, user: User) -> Self:
        """Meetings whose content the user reads: who was there or is asked to come, and who wrote it down.

        Everybody else to whom the program is visible knows that there was a meeting, not what was talked about.
        """
        here = MeetingAttendance.objects.filter(meeting=OuterRef("pk"), participation__person=user.person_id)
        return self.filter(Q(Exists(here)) | Q(logged_by=user), program__in=Program.objects.visible_to(user))

    def with_confirmed(self) -> Self:
        """Annotate whether a meeting counts: its mentor and at least one mentee have confirmed it (``confirmed``)."""
        said = MeetingAttendance.objects.filter(meeting=OuterRef("pk"), confirmed_at__isnull=False)
        mentor, mentee = (Exists(said.filter(participation__part=part)) for part in Participation.Part.values)
        both = Case(When(Q(mentor) & Q(mentee), then=True), default=False, output_field=models.BooleanField())
        return self.annotate(confirmed=both)

    def with_sides(self) -> Self:
        """Read who was there and what each side has said about the record."""
        sides = MeetingAttendance.objects.select_related("participation__person").order_by("-participation__part", "pk")
        sides = sides.prefetch_related("participation__person__name_forms")
        return self.select_related("program", "logged_by__person").prefetch_related(
            models.Prefetch("attendances", sides), with_evidence(), "step_answers", "sheets__template"
        )


class HeldMeetings(models.Manager.from_queryset(MeetingQuerySet)):  # type: ignore[misc]
    """Meetings that took place: hours, reports, evidence and all that counts know no others."""

    def get_queryset(self) -> MeetingQuerySet:
        return super().get_queryset().filter(state=Meeting.State.HELD)


class Meeting(models.Model):
    """A meeting that took place, logged in a few taps and confirmed by the other side; before its day it is planned.

    ``objects`` and everything that comes through relations are the held ones; ``every`` has the planned and the
    cancelled ones too, and only ``programs.journal.planning`` and the calendar ask it. A join over ``meetings`` names
    the state (tests/programs/journal/test_planning.py finds one that does not).
    """

    class State(models.TextChoices):
        PLANNED = "planned", "назначена"
        HELD = "held", "состоялась"
        CANCELLED = "cancelled", "отменена"

    class Format(models.TextChoices):
        TOGETHER = "together", "лично"
        ONLINE = "online", "дистанционно"

    program = models.ForeignKey(Program, models.PROTECT, related_name="meetings", verbose_name="программа")
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="meetings", verbose_name="мероприятие"
    )
    state = models.CharField("состояние", max_length=9, choices=State, default=State.HELD, editable=False)
    held_on = models.DateField("дата")
    starts_at = models.TimeField("время начала", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("сколько длилась, минут")
    format = models.CharField("как", max_length=8, choices=Format, default=Format.TOGETHER)
    agenda = models.TextField("повестка", max_length=2000, blank=True)  # a point a line; none: by the rules
    about = models.TextField("о чём говорили", max_length=4000)
    next_step = models.CharField("шаг до следующей встречи", max_length=500, blank=True)
    series = models.UUIDField(null=True, blank=True, db_index=True, editable=False)  # of meetings planned together
    cancel_reason = models.CharField("почему отменена", max_length=500, blank=True)
    evidence = GenericRelation(Evidence, "object_id", "object_type")
    logged_at = models.DateTimeField("записана", default=timezone.now)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал"
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    former_plan = models.JSONField(null=True, blank=True, editable=False)
    """What the plan said, until the record is confirmed (``former_plan.py``)."""

    objects = HeldMeetings()
    every = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "встреча"
        verbose_name_plural = "встречи"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=600),
                name="meeting_length",
                violation_error_message="Встреча длится от 5 минут до 10 часов",
            ),
            models.CheckConstraint(condition=Q(state__in=["planned", "held", "cancelled"]), name="meeting_state_known"),
            models.CheckConstraint(
                condition=Q(state="held") | Q(starts_at__isnull=False), name="meeting_planned_for_a_time"
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(cancel_reason="")) | (~Q(state="cancelled") & Q(cancel_reason="")),
                name="meeting_cancelled_with_reason",
                violation_error_message="Напишите, почему встречи не будет",
            ),
        ]

    def __str__(self) -> str:
        return f"встреча {self.held_on:%d.%m.%Y}"

    def is_read_by(self, user: User) -> bool:
        """Whether the user reads the content, as ``read_by()`` says; takes a meeting read with its attendances."""
        here = any(a.participation.person_id == user.person_id for a in self.attendances.all())
        return here or self.logged_by_id == user.pk

    @property
    def readers(self) -> list[str]:
        """Name those who read the content; takes a meeting read with its attendances and its writer."""
        people = [a.participation.person for a in self.attendances.all()]
        return list(dict.fromkeys(p.short_name for p in [*people, self.logged_by.person]))


class MeetingAttendance(models.Model):
    """Who took part in a meeting, and the word of that side: confirmed, «было не так» with a reason, or none yet."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="встреча")
    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="attendances", verbose_name="участник"
    )
    confirmed_at = models.DateTimeField("когда подтверждено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто подтвердил"
    )
    objection = models.TextField("что было не так", max_length=2000, blank=True)
    objected_at = models.DateTimeField("когда не согласились", null=True, blank=True)
    objected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто возразил"
    )

    class Meta:
        verbose_name = "участие во встрече"
        verbose_name_plural = "участие во встречах"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "participation"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="attendance_confirmed_paired",
            ),
            models.CheckConstraint(
                condition=Q(objected_at__isnull=True, objected_by__isnull=True, objection="")
                | (
                    Q(objected_at__isnull=False, objected_by__isnull=False, confirmed_at__isnull=True)
                    & ~Q(objection="")
                ),
                name="attendance_objection_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation} — {self.meeting}"


class StepAnswer(models.Model):
    """What became of the step that a meeting ended with, for one mentee: said by either side, once.

    ``meeting`` gave the step, ``said_in`` is the next entry that opened with it, None when it was answered by itself.
    """

    class Outcome(models.TextChoices):
        DONE = "done", "сделано"
        PARTLY = "partly", "частично"
        NOT = "not", "нет"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="step_answers", verbose_name="встреча")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="наставляемый")
    outcome = models.CharField("что вышло", max_length=6, choices=Outcome)
    said_in = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, related_name="answers_said", verbose_name="на встрече"
    )
    at = models.DateTimeField("когда", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")

    class Meta:
        verbose_name = "итог шага"
        verbose_name_plural = "итоги шагов"
        constraints = [models.UniqueConstraint(fields=["meeting", "participation"], name="step_answered_once")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.meeting}"


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Messages of visible programs: to everybody, or about a mentee of whom the user may read (п. 1.3, подп. 4).

        Who has left reads what was said to everybody until then.
        """
        own = Q(about__isnull=True) | Q(about__person=user.person_id) | Q(author=user)
        found = self.filter(readable(user, own=own, program="program"), program__in=Program.objects.visible_to(user))
        if user.can(Right.PROGRAMS_SEE_ALL):
            return found
        stayed = Q(until__isnull=True) | Q(until=F("pairing__ended_on")) | Q(until__gte=OuterRef("at__date"))
        here = Participation.objects.filter(stayed, person=user.person_id, pairing=OuterRef("program__pairing"))
        return found.filter(Exists(here))


class Message(models.Model):
    """A message of the discussion thread: mentor, mentee, curator, council (п. 4.2, 5.1).

    In a group it goes to everybody or is about one mentee, and then the other mentees do not read it.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="messages", verbose_name="программа")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    at = models.DateTimeField("когда", default=timezone.now)
    text = models.TextField("сообщение", max_length=4000)
    about = models.ForeignKey(
        Participation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="о ком, если не всем"
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "сообщение"
        verbose_name_plural = "сообщения"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
