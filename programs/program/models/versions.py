"""What was handed over and what was agreed: a frozen version of a program with its hash (п. 3.5, 5.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programs.program.visibility import in_visible_program


class VersionQuerySet(models.QuerySet):
    """Frozen versions."""

    def visible_to(self, user):
        """Versions of visible programs; what a mentee of a group reads of them is narrowed by whoever shows them."""
        return self.filter(in_visible_program(user, "program__"))


class AgreedVersion(models.Model):
    """The words of a program as they were handed over to the curator or agreed by the council; later
    edits do not touch it.
    """

    class Stage(models.TextChoices):
        SUBMITTED = "submitted", "передана куратору"
        AGREED = "agreed", "согласована советом"

    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="versions", verbose_name="программа")
    number = models.PositiveSmallIntegerField("редакция №")
    stage = models.CharField("при каком шаге", max_length=10, choices=Stage)
    text = models.JSONField("слова программы", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    signatures = models.JSONField("кто подтвердил, поддержал, согласовал", default=list, editable=False)
    at = models.DateTimeField("когда", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="кто записал",
        editable=False,
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "редакция программы"
        verbose_name_plural = "редакции программ"
        ordering = ["program", "number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="program_version_once"),
            models.CheckConstraint(condition=Q(stage__in=["submitted", "agreed"]), name="program_version_stage_known"),
            models.CheckConstraint(condition=~Q(sha256=""), name="program_version_hashed"),
        ]

    def __str__(self):
        return f"редакция {self.number}, {self.get_stage_display()}"
