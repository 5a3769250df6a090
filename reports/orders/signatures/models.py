"""Detached qualified signatures made outside (docs/law.md#signatures)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring_site.models import StoredFile
from reports.orders.models import Order


class DetachedSignature(models.Model):
    """A qualified electronic signature made outside: the signed bytes and the file next to them, both
    kept with SHA-256.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="signatures", verbose_name="приказ")
    paper = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="подписываемый PDF")
    frozen_at = models.DateTimeField("передан на подпись", editable=False)  # a paper may be frozen again
    made_at = models.DateTimeField("PDF приготовлен", default=timezone.now, editable=False)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл подписи"
    )
    attached_at = models.DateTimeField("подпись приложена", null=True, blank=True, editable=False)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто приложил"
    )

    class Meta:
        verbose_name = "отсоединённая подпись"
        verbose_name_plural = "отсоединённые подписи"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "paper"], name="detached_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=True, attached_at__isnull=True, attached_by__isnull=True)
                | Q(file__isnull=False, attached_at__isnull=False, attached_by__isnull=False),
                name="detached_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper.name}: {'подпись приложена' if self.file_id else 'подписи ещё нет'}"
