"""A workbook of the past on its way into the registers."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.rights import Actor, Right


class PastImportQuerySet(models.QuerySet):
    """Workbooks of the past."""

    def visible_to(self, user: Actor) -> Self:
        """All for those who load the past, none for others."""
        return self if user.can(Right.PAST_LOAD) else self.none()

    def waiting(self) -> Self:
        """Those that nobody has begun to write."""
        return self.filter(started_at__isnull=True, committed_at__isnull=True)


class PastImport(models.Model):
    """One workbook: the file, the answers to its doubts, what was written and how to take it back.

    The file's hash is its key: of one file, one import at a time waits to be written. ``started_at`` says that the
    worker has it; ``promised`` is what each row was shown to become when somebody said «Внести».
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    sha256 = models.CharField(max_length=64, db_index=True)
    answers = models.JSONField("ответы на сомнения", default=dict)
    uploaded_at = models.DateTimeField("загружена", default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто загрузил"
    )
    promised = models.JSONField("что было показано", default=dict)
    started_at = models.DateTimeField("вносится с", null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто вносит"
    )
    problem = models.TextField("почему не внесена", max_length=4000, blank=True)
    result = models.JSONField("итог", default=dict)
    committed_at = models.DateTimeField("внесена", null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто внёс"
    )
    undo = models.JSONField("чтобы отменить", default=dict)  # what was written: keys, and values before and after
    taken_back_at = models.DateTimeField("внесение отменено", null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто отменил"
    )

    objects = PastImportQuerySet.as_manager()

    class Meta:
        verbose_name = "загрузка прежних документов"
        verbose_name_plural = "загрузки прежних документов"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(taken_back_at__isnull=True), name="past_import_once"
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, started_by__isnull=True)
                | Q(started_at__isnull=False, started_by__isnull=False),
                name="past_import_started_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(committed_at__isnull=True, committed_by__isnull=True)
                | Q(committed_at__isnull=False, committed_by__isnull=False),
                name="past_import_committed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, committed_at__isnull=False),
                name="past_import_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file.name}, {self.uploaded_at:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("reports:past_import", args=[self.pk])
