"""Which contest a mentee takes part in, who prepares it, what came of it (п. 3.5, 4.2)."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring_site.models import Evidence
from mentoring_site.russian import period
from people.accounts.models import User
from people.register.models import Person
from programs.pairings.confidentiality import readable
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.requests.models import Request

GOES_ON = ("filed", "accepted", "done")
"""States of the request in which a contest is counted: recommended, approved, held."""


class ContestQuerySet(models.QuerySet):
    """Contests and events of mentees."""

    def visible_to(self, user: User) -> Self:
        """Those of visible programs, in a group only one's own; those that one prepares (п. 1.3, подп. 4)."""
        here = readable(user, own=Q(mentee__person=user.person_id), program="program")
        known = Q(here, program__in=Program.objects.visible_to(user)) | Q(owner=user.person_id)
        return self.filter(known, request__state__in=GOES_ON)

    def ahead(self) -> Self:
        """Approved ones without a result."""
        return self.filter(request__state="accepted", result="")

    def won(self) -> Self:
        """Those with a diploma or the title of a laureate."""
        return self.filter(result__in=Contest.WON)


class Contest(models.Model):
    """A contest, conference, festival or event of a mentee, who of the council prepares it, its result."""

    class Level(models.TextChoices):
        SCHOOL = "school", "школьный"
        MUNICIPAL = "municipal", "муниципальный"
        REGIONAL = "regional", "республиканский"
        NATIONAL = "national", "всероссийский"
        WORLD = "world", "международный"

    class Result(models.TextChoices):
        GRAND_PRIX = "grand_prix", "гран-при"
        FIRST = "first", "диплом I степени"
        SECOND = "second", "диплом II степени"
        THIRD = "third", "диплом III степени"
        LAUREATE = "laureate", "лауреат"
        PARTICIPANT = "participant", "участник"
        CANCELLED = "cancelled", "не состоялось"

    WON = (Result.GRAND_PRIX, Result.FIRST, Result.SECOND, Result.THIRD, Result.LAUREATE)

    request = models.OneToOneField(Request, models.PROTECT, related_name="contest", verbose_name="рекомендация")
    program = models.ForeignKey(Program, models.PROTECT, related_name="contests", verbose_name="программа")
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="contests", verbose_name="наставляемый")
    title = models.CharField("название", max_length=300)
    level = models.CharField("уровень", max_length=9, choices=Level)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    place = models.CharField("где и кто проводит", max_length=300)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="contests_prepared", verbose_name="кто готовит"
    )
    plan = models.TextField("как готовятся", max_length=4000, blank=True)
    result = models.CharField("результат", max_length=11, choices=Result, blank=True)
    award = models.CharField("за что", max_length=300, blank=True)
    recorded_at = models.DateTimeField("результат записан", null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто записал результат",
        editable=False,
    )
    reminded_on = models.DateField("напомнили", null=True, blank=True, editable=False)
    evidence = GenericRelation(Evidence, "object_id", "object_type")
    version = models.PositiveIntegerField(default=1, editable=False)

    is_read: bool  # annotated by the list

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = "конкурс или событие"
        verbose_name_plural = "конкурсы и события"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="contest_dates_ordered",
                violation_error_message="Последний день не может быть раньше первого",
            ),
            models.CheckConstraint(
                condition=Q(result="", recorded_at__isnull=True, recorded_by__isnull=True)
                | (~Q(result="") & Q(recorded_at__isnull=False, recorded_by__isnull=False)),
                name="contest_result_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"«{self.title}»"

    def get_absolute_url(self) -> str:
        """The page of its request."""
        return self.request.get_absolute_url()

    @property
    def when(self) -> str:
        """«2 сентября», «2–5 сентября»."""
        return period(self.starts_on, self.ends_on)

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on < timezone.localdate()

    @property
    def result_words(self) -> str:
        """«диплом II степени, за ансамбль»."""
        return ", ".join(filter(None, [self.get_result_display(), self.award]))
