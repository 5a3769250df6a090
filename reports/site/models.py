"""News and announcements of the public section (п. 8.1)."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from people.register.models import Person
from roadmap.plan.template import STAGES as STAGE_TEXTS


class NewsQuerySet(models.QuerySet):
    """News of the public section."""

    def visible_without(self, unwilling: Iterable[int]) -> Self:
        """Return what a visitor sees today: the published ones that name none of the ``unwilling`` people."""
        found = self.filter(is_public=True, published_on__lte=timezone.localdate())
        keys = list(unwilling)
        naming = News.people.through.objects.filter(news=OuterRef("pk"), person__in=keys)
        return found.filter(~Exists(naming)) if keys else found


STAGES = [(number, f"{number}. {title}") for number, (title, _) in enumerate(STAGE_TEXTS, 1)]


class News(models.Model):
    """A piece of news in Markdown; shown from its date on.

    ``stage`` says of which stage of the roadmap it tells, in the school year of its date (приложение, этап 7);
    ``level`` where it was told, with its page there and in the school's social network.
    """

    class Level(models.TextChoices):
        SCHOOL = "school", "школа"
        MUNICIPAL = "municipal", "город или район"
        REGIONAL = "regional", "республика"

    title = models.CharField("заголовок", max_length=200)
    text = models.TextField("текст", max_length=20000)
    published_on = models.DateField("дата", default=timezone.localdate)
    is_public = models.BooleanField("на сайте", default=False)
    stage = models.PositiveSmallIntegerField("этап дорожной карты", null=True, blank=True, choices=STAGES)
    level = models.CharField("уровень", max_length=9, choices=Level, default=Level.SCHOOL)
    external_url = models.URLField("где ещё опубликовано", max_length=500, blank=True)
    social_url = models.URLField("запись в социальной сети", max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто написал"
    )
    people = models.ManyToManyField(
        Person, blank=True, related_name="+", verbose_name="участники, которых называет", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = "новость"
        verbose_name_plural = "новости"
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__isnull=True) | Q(stage__gte=1, stage__lte=7), name="news_of_one_of_seven_stages"
            ),
            models.CheckConstraint(
                condition=Q(level="school") | ~Q(external_url=""),
                name="news_beyond_the_school_has_its_page",
                violation_error_message="Укажите страницу, где об этом написали: без неё уровень — школа",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:news_item", args=[self.pk])
