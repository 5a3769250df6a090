"""What falls on lessons, what a release is asked for, and how each lesson goes on (п. 1.4)."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring_site.russian import ruday
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from programs.journal.models import Meeting
from programs.pairings.models import Participation
from programs.program.models import Activity, Program
from programs.requests.models import Request


def hours_words(starts: dt.time, ends: dt.time) -> str:
    """«10:00–11:30»."""
    return f"{starts:%H:%M}–{ends:%H:%M}"


def minutes_between(starts: dt.time, ends: dt.time) -> int:
    """Return how many minutes lie between two times of a day."""
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


class LessonTimeQuerySet(models.QuerySet):
    """Activities and meetings that fall on somebody's lessons."""

    def visible_to(self, user: User) -> Self:
        """One's own, those of the programs that one leads as the mentor, all for those who see all programs."""
        found = self.filter(program__in=Program.objects.visible_to(user))
        if user.can(Right.PROGRAMS_SEE_ALL):
            return found
        led = Participation.objects.live().filter(part=Participation.Part.MENTOR, person=user.person_id)
        return found.filter(Q(person=user.person_id) | Q(program__pairing__in=led.values("pairing")))

    def ahead(self) -> Self:
        """Those whose day has not passed."""
        return self.filter(day__gte=timezone.localdate())

    def unasked(self) -> Self:
        """Those for which nobody has asked to be released, or has taken it back."""
        asked = Release.objects.filter(request__state__in=["filed", "accepted", "declined", "done"])
        return self.exclude(pk__in=asked.filter(lesson_time__isnull=False).values("lesson_time"))


class LessonTime(models.Model):
    """A planned activity or meeting falls on the lessons of a person: the day, from when to when."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="lesson_times", verbose_name="программа")
    activity = models.ForeignKey(
        Activity, models.CASCADE, null=True, blank=True, related_name="lesson_times", verbose_name="мероприятие"
    )
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, related_name="lesson_times", verbose_name="встреча"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="lesson_times", verbose_name="чьи уроки")
    day = models.DateField("когда")
    starts = models.TimeField("с")
    ends = models.TimeField("до")
    flagged_at = models.DateTimeField("отмечено", default=timezone.now, editable=False)
    flagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто отметил", editable=False
    )

    objects = LessonTimeQuerySet.as_manager()

    class Meta:
        verbose_name = "мероприятие в часы уроков"
        verbose_name_plural = "мероприятия в часы уроков"
        ordering = ["day", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, meeting__isnull=True)
                | Q(activity__isnull=True, meeting__isnull=False),
                name="lesson_time_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="lesson_time_hours_ordered",
                violation_error_message="Конец должен быть позже начала",
            ),
            models.UniqueConstraint(
                fields=["activity", "person", "day"],
                name="lesson_time_of_activity_once",
                violation_error_message="Это уже отмечено",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="lesson_time_of_meeting_once",
                violation_error_message="Это уже отмечено",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.when}"

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return minutes_between(self.starts, self.ends)

    @property
    def what(self) -> str:
        """«мероприятие «…»», «встреча 2 сентября»."""
        if self.activity:
            return f"мероприятие «{self.activity.title}»"
        return f"встреча {ruday(self.day)}"

    @property
    def when(self) -> str:
        """«2 сентября, 10:00–11:30, 90 мин»."""
        return f"{ruday(self.day)}, {hours_words(self.starts, self.ends)}, {self.minutes}\u00a0мин"


class Release(models.Model):
    """What a request asks for, how teaching goes on, and who has confirmed that it does.

    Whoever heads the department proposes the lessons and confirms; what is changed afterwards is confirmed again.
    """

    request = models.OneToOneField(Request, models.PROTECT, related_name="release", verbose_name="просьба")
    lesson_time = models.ForeignKey(
        LessonTime, models.SET_NULL, null=True, blank=True, related_name="releases", verbose_name="отметка об уроках"
    )
    day = models.DateField("когда")
    starts = models.TimeField("с")
    ends = models.TimeField("до")
    no_lessons = models.BooleanField("занятий в это время нет", default=False)
    confirmed_on = models.DateField("непрерывность подтверждена", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто подтвердил"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто записал подтверждение",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "освобождение от обязанностей"
        verbose_name_plural = "освобождения от обязанностей"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="release_hours_ordered",
                violation_error_message="Конец должен быть позже начала",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True, recorded_by__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False, recorded_by__isnull=False),
                name="release_confirmed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.when

    @property
    def when(self) -> str:
        """«2 сентября, 10:00–11:30»."""
        return f"{ruday(self.day)}, {hours_words(self.starts, self.ends)}"


class ReleaseLesson(models.Model):
    """A lesson of whoever is released: somebody else gives it, or it is moved to another day."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="lessons", verbose_name="освобождение")
    position = models.PositiveSmallIntegerField("место", default=0)
    day = models.DateField("день")
    starts = models.TimeField("с")
    ends = models.TimeField("до")
    what = models.CharField("класс, предмет", max_length=200)
    place = models.CharField("место занятия", max_length=100, blank=True)
    substitute = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто проведёт"
    )
    moved_to = models.DateField("перенесено на", null=True, blank=True)

    class Meta:
        verbose_name = "занятие на время освобождения"
        verbose_name_plural = "занятия на время освобождения"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | Q(moved_to__isnull=True),
                name="release_lesson_one_way",
                violation_error_message="Либо замещает другой, либо занятие перенесено",
            ),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="release_lesson_hours_ordered",
                violation_error_message="Конец должен быть позже начала",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {ruday(self.day)}, {self.hours}"

    @property
    def hours(self) -> str:
        """«10:00–10:45»."""
        return hours_words(self.starts, self.ends)

    @property
    def way(self) -> str:
        """«проведёт Ким Д. Э.», «перенесено на 5 сентября», or nothing yet."""
        if self.substitute:
            return f"проведёт {self.substitute.short_name}"
        return f"перенесено на {ruday(self.moved_to)}" if self.moved_to else ""
