"""A sheet of observation: the criteria as they were, a mark and a note on each, what to keep and what to try."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from people.accounts.models import User
from programs.catalogs.models import SheetTemplate
from programs.journal.models import Meeting, MeetingAttendance
from programs.pairings.models import Participation


class Mark(models.TextChoices):
    """How well a criterion was seen."""

    SEEN = "seen", "видно"
    PARTLY = "partly", "отчасти"
    NOT = "not", "не видно"
    NONE = "none", "не было случая"


class ObservationQuerySet(models.QuerySet):
    """Sheets of observation."""

    def visible_to(self, user: User) -> Self:
        """Those of the entry, by name: who was there or is asked to come, and who wrote it down."""
        return self.filter(Q(meeting__in=Meeting.every.read_by(user)) | Q(created_by=user))

    def with_entry(self) -> Self:
        """Read the entry with its people, and who has to do with the lesson."""
        sides = Prefetch("meeting__attendances", MeetingAttendance.objects.select_related("participation__person"))
        found = self.select_related(
            "meeting__program", "meeting__logged_by__person", "template", "teacher__person", "created_by__person"
        )
        return found.prefetch_related(sides)


class Observation(models.Model):
    """What was seen in one lesson. ``criteria`` are frozen: [{"text", "mark", "note"}]."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sheets", verbose_name="запись журнала")
    template = models.ForeignKey(SheetTemplate, models.PROTECT, related_name="+", verbose_name="лист")
    teacher = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="кто вёл урок")
    lesson = models.CharField("что за урок", max_length=200)
    criteria = models.JSONField("критерии", default=list)
    strengths = models.TextField("что взять себе", max_length=2000, blank=True)
    advice = models.TextField("что попробовать", max_length=2000, blank=True)
    created_at = models.DateTimeField("начат", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто наблюдал"
    )
    filled_at = models.DateTimeField("заполнен", null=True, blank=True)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "лист наблюдения урока"
        verbose_name_plural = "листы наблюдения уроков"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.template}: {self.lesson}"

    def get_absolute_url(self) -> str:
        return reverse("programs:sheet", args=[self.pk])
