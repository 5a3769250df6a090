"""What an engaged teacher has done: a day, how long, what (п. 4.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.accounts.models import User
from programs.requests.models import Request


class EngagedWorkQuerySet(models.QuerySet):
    """Hours of engaged teachers."""

    def visible_to(self, user: User) -> "EngagedWorkQuerySet":
        """Those of the requests whose words the user reads."""
        return self.filter(request__in=Request.objects.readable_by(user))

    def counted(self) -> "EngagedWorkQuerySet":
        """Those that the other side has confirmed."""
        return self.filter(confirmed_at__isnull=False)


class EngagedWork(models.Model):
    """Hours of an engaged teacher: written by the teacher or the mentor, counted when the other has confirmed them."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="engaged_work", verbose_name="привлечение")
    held_on = models.DateField("дата")
    minutes = models.PositiveSmallIntegerField("сколько минут")
    about = models.CharField("что сделано", max_length=500)
    logged_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто подтвердил",
        editable=False,
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = EngagedWorkQuerySet.as_manager()

    class Meta:
        verbose_name = "часы привлечённого преподавателя"
        verbose_name_plural = "часы привлечённых преподавателей"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=600),
                name="engaged_work_length",
                violation_error_message="От 5 минут до 10 часов",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="engaged_work_confirmed_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d.%m.%Y}, {self.minutes} мин"
