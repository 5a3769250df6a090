"""An uploaded staff list on its way into the register."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.rights import Actor, Right


class StaffImportQuerySet(models.QuerySet):
    def visible_to(self, user: Actor) -> Self:
        """All for those who load staff lists, none for others."""
        return self if user.can(Right.PEOPLE_IMPORT) else self.none()


class StaffImport(models.Model):
    """One staff list: the file, the corrected mapping, answers to doubts, what was written.

    The file's hash is its key: of one file, one import at a time waits to be written.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    sha256 = models.CharField(max_length=64, db_index=True)
    mapping = models.JSONField("столбцы", default=dict)
    answers = models.JSONField("ответы на сомнения", default=dict)
    result = models.JSONField("итог", default=dict)
    uploaded_at = models.DateTimeField("загружен", default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто загрузил"
    )
    committed_at = models.DateTimeField("внесён", null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто внёс"
    )
    undo = models.JSONField("чтобы взять назад", default=dict)  # what was written: keys, and values before and after
    taken_back_at = models.DateTimeField("взят назад", null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто взял назад"
    )

    objects = StaffImportQuerySet.as_manager()

    class Meta:
        verbose_name = "загрузка списка сотрудников"
        verbose_name_plural = "загрузки списков сотрудников"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(committed_at__isnull=True), name="staff_import_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, committed_at__isnull=False),
                name="staff_import_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file.name}, {self.uploaded_at:%d.%m.%Y}"
