"""Files taken away from a meeting or a result: they may come back for a day, then they are destroyed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.accounts.models import User
from programs.journal.models import Meeting
from programs.program.models import ActivityResult


class RemovedFileQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Files of visible meetings and results."""
        meetings, results = Meeting.objects.visible_to(user), ActivityResult.objects.visible_to(user)
        return self.filter(Q(meeting__in=meetings) | Q(result__in=results))


class RemovedFile(models.Model):
    """A file that was taken away from exactly one place."""

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="removed_files", verbose_name="встреча"
    )
    result = models.ForeignKey(
        ActivityResult, models.PROTECT, null=True, blank=True, related_name="removed_files", verbose_name="результат"
    )
    removed_at = models.DateTimeField("когда убран", default=timezone.now)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто убрал")

    objects = RemovedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "убранный файл"
        verbose_name_plural = "убранные файлы"
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=True, result__isnull=False) | Q(meeting__isnull=False, result__isnull=True),
                name="removed_file_of_one_place",
            )
        ]

    def __str__(self) -> str:
        return f"убран: {self.file}"

    @property
    def place(self) -> Meeting | ActivityResult:
        """Where the file was."""
        place = self.meeting or self.result
        assert place is not None
        return place
