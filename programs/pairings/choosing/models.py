"""Rules of the choice, one row for the school, and wishes about working with a colleague."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.accounts.models import User
from people.promises import Promise
from people.register.models import Person


class ChoiceRules(models.Model):
    """How much each criterion counts; without a row the usual weights hold (``matching.USUAL_WEIGHTS``)."""

    weights = models.JSONField("важность", default=dict)
    hours_each = models.PositiveSmallIntegerField(
        "часов в месяц на одного наставляемого", default=2, validators=[MaxValueValidator(40)]
    )
    heads = models.BooleanField("наставником может быть прямой руководитель", default=False)
    changed_at = models.DateTimeField("изменены", default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто изменил", editable=False
    )

    class Meta:
        verbose_name = "правила подбора"
        verbose_name_plural = "правила подбора"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_choice_rules"),
            models.CheckConstraint(condition=Q(hours_each__lte=40), name="choice_hours_of_a_month"),
        ]

    def __str__(self) -> str:
        return "Правила подбора"


class ColleagueWishQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """One's own; all others for the curator, but never those about the reader."""
        if Promise.COLLEAGUE_WISH.opens_to(user):
            return self.exclude(about=user.person_id)
        return self.filter(author=user.person_id)


class ColleagueWish(models.Model):
    """What somebody says in confidence about a pair with a colleague, before any pair is proposed (п. 6.1)."""

    class Kind(models.TextChoices):
        PREFER = "prefer", "хочу работать вместе"
        DOUBT = "doubt", "сомневаюсь"
        AVOID = "avoid", "прошу не ставить в пару"

    author = models.ForeignKey(Person, models.PROTECT, related_name="colleague_wishes", verbose_name="кто пишет")
    about = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="о ком")
    kind = models.CharField("что", max_length=6, choices=Kind)
    reason = models.CharField("почему", max_length=500, blank=True)
    recorded_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )

    objects = ColleagueWishQuerySet.as_manager()

    class Meta:
        verbose_name = "пожелание о паре"
        verbose_name_plural = "пожелания о парах"
        ordering = ["author__last_name", "about__last_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "about"],
                name="one_wish_about_a_colleague",
                violation_error_message="Пожелание об этом человеке уже записано",
            ),
            models.CheckConstraint(condition=~Q(author=F("about")), name="wish_about_another"),
            models.CheckConstraint(condition=Q(kind__in=["prefer", "doubt", "avoid"]), name="wish_kind_known"),
        ]

    def __str__(self) -> str:
        return f"Пожелание № {self.pk}"
