"""Bodies of the school and their members by dates.

Who sits in the methodical council is said by roles (people/roles), never here: one truth.
"""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from people.accounts.models import User
from people.register.models import Person
from people.rights import Right


class BodyQuerySet(models.QuerySet):
    """Bodies."""

    def visible_to(self, user: Any) -> Self:
        """All for those who read minutes or keep the lists of members, one's own for others."""
        if user.can(Right.MINUTES_SEE) or user.can(Right.BODIES_EDIT):
            return self
        mine = BodyMember.objects.live().filter(person=user.person_id).values("body")
        return self.filter(pk__in=mine)


class Body(models.Model):
    """A collegial body that meets and decides, or whose opinion is asked."""

    class Kind(models.TextChoices):
        METHODICAL = "methodical", "методический совет"
        PEDAGOGICAL = "pedagogical", "педагогический совет"
        ASSOCIATION = "association", "методическое объединение наставников"
        UNION = "union", "профсоюз"
        OTHER = "other", "другой орган"

    class Quorum(models.TextChoices):
        HALF = "half", "больше половины состава"
        TWO_THIRDS = "thirds", "не меньше двух третей состава"

    kind = models.CharField("вид", max_length=12, choices=Kind, default=Kind.OTHER)
    name = models.CharField("название", max_length=150, unique=True)
    genitive = models.CharField(
        "название в родительном падеже", max_length=150, help_text="Как звучит после слова «заседания»"
    )
    quorum = models.CharField("кворум", max_length=6, choices=Quorum, default=Quorum.HALF)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = "коллегиальный орган"
        verbose_name_plural = "коллегиальные органы"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="methodical"),
                name="one_methodical_council",
                violation_error_message="Методический совет в школе один",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(genitive=""), name="body_named"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("roadmap:body", args=[self.pk])

    @property
    def by_roles(self) -> bool:
        """Whether its members are those who hold the roles of the council."""
        return self.kind == self.Kind.METHODICAL


class BodyMemberQuerySet(models.QuerySet):
    """Memberships."""

    def live(self, on: date | None = None) -> Self:
        """Memberships of a day, today by default."""
        on = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)

    def visible_to(self, user: User) -> Self:
        """Those of the bodies that the user sees."""
        return self.filter(body__in=Body.objects.visible_to(user))


class BodyMember(models.Model):
    """A person in a body from a day to a day."""

    class Part(models.TextChoices):
        CHAIR = "chair", "председатель"
        SECRETARY = "secretary", "секретарь"
        MEMBER = "member", "член"

    body = models.ForeignKey(Body, models.CASCADE, related_name="members", verbose_name="орган")
    person = models.ForeignKey(Person, models.PROTECT, related_name="bodies", verbose_name="человек")
    part = models.CharField("кто", max_length=9, choices=Part, default=Part.MEMBER)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    ground = models.CharField("основание", max_length=200, blank=True)
    recorded_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )

    objects = BodyMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "член коллегиального органа"
        verbose_name_plural = "члены коллегиальных органов"
        ordering = ["body", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="body_member_dates_ordered",
                violation_error_message="Последний день не может быть раньше первого",
            ),
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(until__isnull=True),
                name="body_member_open_once",
                violation_error_message="Этот человек уже в составе",
            ),
            models.UniqueConstraint(
                fields=["body", "part"],
                condition=Q(until__isnull=True, part__in=["chair", "secretary"]),
                name="body_officer_once",
                violation_error_message="Председатель или секретарь уже есть: сначала закончите его полномочия",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name}, {self.get_part_display()}"
