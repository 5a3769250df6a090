"""What a person has put off, and the weekly letter."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from people.accounts.models import User


class PostponedQuerySet(models.QuerySet["Postponed"]):
    def visible_to(self, user: User) -> Self:
        """One's own: nobody sees what others have put off."""
        return self.filter(user=user.pk)

    def today(self) -> Self:
        """What is still put off."""
        return self.filter(until__gt=timezone.localdate())


class Postponed(models.Model):
    """Something that waits for a person and that the person looks at again on a day; ``key`` as in ``InboxItem``."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="postponed", verbose_name="кто отложил"
    )
    key = models.CharField("дело", max_length=100)
    until = models.DateField("до какого дня")
    reason = models.CharField("почему", max_length=200)
    at = models.DateTimeField("когда отложено", default=timezone.now)

    objects = PostponedQuerySet.as_manager()

    class Meta:
        verbose_name = "отложенное дело"
        verbose_name_plural = "отложенные дела"
        ordering = ["until", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="postponed_once")]

    def __str__(self) -> str:
        return f"{self.key} до {self.until:%d.%m.%Y}"


class WeeklyLetterQuerySet(models.QuerySet["WeeklyLetter"]):
    def visible_to(self, user: User) -> Self:
        """One's own choice."""
        return self.filter(user=user.pk)


class WeeklyLetter(models.Model):
    """Whether a person wants the letter of the week, and the Monday of the last week looked at."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="weekly_letter", verbose_name="кому"
    )
    is_wanted = models.BooleanField("присылать письмо о делах недели", default=True)
    week = models.DateField("последняя неделя", null=True, blank=True, editable=False)

    objects = WeeklyLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо недели"
        verbose_name_plural = "письма недели"

    def __str__(self) -> str:
        return f"{self.user}: {'да' if self.is_wanted else 'нет'}"
