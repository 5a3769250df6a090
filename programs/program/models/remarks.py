"""What people say of a draft: mentees confirm it, the council and the curator write remarks (п. 3.5, 5.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programs.pairings.models import Participation
from programs.program.models.plan import Activity


class DraftConfirmation(models.Model):
    """A mentee took part in drafting and confirms the draft (п. 5.1); an edit after it asks again."""

    program = models.ForeignKey(
        "programs.Program", models.CASCADE, related_name="confirmations", verbose_name="программа"
    )
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="+", verbose_name="наставляемый")
    content_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField("когда", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал")

    class Meta:
        verbose_name = "подтверждение проекта"
        verbose_name_plural = "подтверждения проекта"
        constraints = [
            models.UniqueConstraint(fields=["program", "participation", "content_sha256"], name="draft_confirmed_once")
        ]

    def __str__(self):
        return f"{self.participation} — {self.at:%d.%m.%Y}"


class Remark(models.Model):
    """A remark of the council or curator, bound to a field of the program or to an activity."""

    program = models.ForeignKey("programs.Program", models.CASCADE, related_name="remarks", verbose_name="программа")
    field = models.CharField("к чему", max_length=40, blank=True)
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="remarks", verbose_name="мероприятие"
    )
    about = models.CharField("к чему, словами", max_length=300)
    text = models.TextField("замечание", max_length=2000)
    at = models.DateTimeField("когда", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто написал")
    resolved_at = models.DateTimeField("учтено", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто учёл"
    )

    class Meta:
        verbose_name = "замечание"
        verbose_name_plural = "замечания"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="remark_resolved_paired",
            )
        ]

    def __str__(self):
        return self.text
