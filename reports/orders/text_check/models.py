"""A finding of the check that somebody has let stand, with the reason."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Overruled(models.Model):
    """What the check of an order's text found and a person let stand: the words, why, who and when."""

    order = models.ForeignKey("reports.Order", models.CASCADE, related_name="overruled", verbose_name="приказ")
    key = models.CharField("ключ замечания", max_length=64, editable=False)
    words = models.CharField("замечание", max_length=500)
    reason = models.CharField("почему оставлено", max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто оставил")
    made_at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "замечание к тексту, оставленное как есть"
        verbose_name_plural = "замечания к текстам, оставленные как есть"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["order", "key"], name="overruled_once")]

    def __str__(self) -> str:
        return self.words
