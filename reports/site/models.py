"""News and announcements of the public section (п. 8.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from people.register.models import Person


class NewsQuerySet(models.QuerySet):
    def shown(self, named):
        """News that a visitor sees today: none that names somebody outside ``named``, who let their
        names be published.
        """
        unwilling = News.people.through.objects.filter(news=OuterRef("pk")).exclude(person__in=list(named))
        return self.filter(~Exists(unwilling), is_public=True, published_on__lte=timezone.localdate())


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

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("public:news_item", args=[self.pk])
