"""What the mentor may look at and until when, and each look; the personal file itself is not kept here (п. 4.1)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programs.requests.models import Request

PARTS = {
    "education": "документы об образовании и квалификации",
    "training": "повышение квалификации и переподготовка",
    "attestation": "аттестационные листы, категория",
    "experience": "трудовой путь и педагогический стаж",
    "duties": "трудовой договор: должность и обязанности",
    "awards": "поощрения и награды",
}
"""Parts of a personal file that concern mentoring; health, pay, family and penalties are not offered."""
DAYS = (1, 30)


class FileAccess(models.Model):
    """What was asked for and granted: parts, days, the last day."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="file_access", verbose_name="просьба")
    parts = models.JSONField("какие части")
    days = models.PositiveSmallIntegerField("на сколько дней")
    until = models.DateField("последний день", null=True, blank=True)

    class Meta:
        verbose_name = "доступ к личному делу"
        verbose_name_plural = "доступ к личным делам"
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=DAYS[0], days__lte=DAYS[1]), name="file_access_days"),
        ]

    def __str__(self) -> str:
        return self.parts_words

    @property
    def parts_words(self) -> str:
        """«документы об образовании и квалификации; …»."""
        return words_of(self.parts)

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.until is not None and self.until < timezone.localdate()


class FileLook(models.Model):
    """One look at the paper, written down by whoever keeps the personal files."""

    access = models.ForeignKey(FileAccess, models.PROTECT, related_name="looks", verbose_name="доступ")
    looked_on = models.DateField("когда")
    parts = models.JSONField("какие части")
    note = models.CharField("примечание", max_length=300, blank=True)
    recorded_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "ознакомление с личным делом"
        verbose_name_plural = "ознакомления с личным делом"
        ordering = ["-looked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.looked_on:%d.%m.%Y}: {self.parts_words}"

    @property
    def parts_words(self) -> str:
        """The parts in words."""
        return words_of(self.parts)


def words_of(parts: Any) -> str:
    """Return names of parts in the order of the list."""
    return "; ".join(PARTS[code] for code in PARTS if code in parts)
