"""The secret address of a person's calendar: the database knows only its hash."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class CalendarAddress(models.Model):
    """An address at which a program of calendars reads the owner's own entries, until it is revoked."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_addresses", verbose_name="чей"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("создан", default=timezone.now, editable=False)
    revoked_at = models.DateTimeField("отозван", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "адрес календаря"
        verbose_name_plural = "адреса календаря"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at__isnull=True), name="one_calendar_address")
        ]

    def __str__(self) -> str:
        return f"адрес календаря от {self.created_at:%d.%m.%Y}"
