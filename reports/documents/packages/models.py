"""A package of papers that is built in the background: who asked, how far it is, the ZIP."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.accounts.models import User
from people.rights import Right


class PackageQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """One's own: a package holds other people's papers."""
        return self.filter(created_by=user.pk) if user.can(Right.PAPERS_SEE_ALL) else self.none()


class Package(models.Model):
    """Papers of several pairs in one ZIP."""

    pairings = models.JSONField("пары", default=list)
    created_at = models.DateTimeField("заказан", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто заказал"
    )
    total = models.PositiveIntegerField("бумаг", default=0)
    done = models.PositiveIntegerField("готово", default=0)
    finished_at = models.DateTimeField("собран", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ZIP")
    problem = models.CharField("почему не собран", max_length=300, blank=True)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = "пакет документов"
        verbose_name_plural = "пакеты документов"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=True, finished_at__isnull=True)
                | models.Q(file__isnull=False, finished_at__isnull=False),
                name="package_finished_whole",
            )
        ]

    def __str__(self) -> str:
        return f"Пакет документов № {self.pk}"
