"""What the school says of an indicator: where it began, where it wants to come and why, who answers for it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from people.rights import Actor, Right

MOST = 100_000


class GoalQuerySet(models.QuerySet):
    """Goals of indicators."""

    def visible_to(self, user: Actor) -> "GoalQuerySet":
        """All for those who see all programs: a goal is about the school."""
        return self if user.can(Right.PROGRAMS_SEE_ALL) else self.none()


class IndicatorGoal(models.Model):
    """The school's word about one indicator of ``definitions.py``."""

    code = models.CharField("показатель", max_length=40, unique=True, editable=False)
    baseline = models.DecimalField(
        "с чего начинали",
        max_digits=8,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(-MOST), MaxValueValidator(MOST)],
    )
    target = models.DecimalField(
        "цель",
        max_digits=8,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(-MOST), MaxValueValidator(MOST)],
    )
    why_target = models.CharField("почему такая цель", max_length=500, blank=True)
    answers = models.CharField("кто отвечает (должность)", max_length=120, blank=True)
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = "цель показателя"
        verbose_name_plural = "цели показателей"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(why_target=""),
                name="indicator_target_explained",
                violation_error_message="Напишите, почему цель такая",
            )
        ]

    def __str__(self) -> str:
        return self.code
