"""News and announcements of the public section (п. 8.1)."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from people.register.models import Person


class NewsQuerySet(models.QuerySet):
    """News of the public section."""

    def visible_without(self, unwilling: Iterable[int]) -> Self:
        """Return what a visitor sees today: the published ones that name none of the ``unwilling`` people."""
        found = self.filter(is_public=True, published_on__lte=timezone.localdate())
        keys = list(unwilling)
        naming = News.people.through.objects.filter(news=OuterRef("pk"), person__in=keys)
        return found.filter(~Exists(naming)) if keys else found


class News(models.Model):
    """A piece of news in Markdown; shown from its date on."""

    title = models.CharField("заголовок", max_length=200)
    text = models.TextField("текст", max_length=20000)
    published_on = models.DateField("дата", default=timezone.localdate)
    is_public = models.BooleanField("на сайте", default=False)
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

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:news_item", args=[self.pk])
