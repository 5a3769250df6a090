"""What a person has been told about pages: a word about each kind of page is shown once."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class TourSeen(models.Model):
    """Somebody has read the word about a kind of page (the name of its address); ``EVERYTHING`` switches all off."""

    EVERYTHING = "*"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    page = models.CharField("страница", max_length=60)
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "прочитанная подсказка"
        verbose_name_plural = "прочитанные подсказки"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="tour_seen_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.page}"
