"""News and announcements of the public section (п. 8.1)."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class News(models.Model):
    """A piece of news in Markdown; shown from its date on."""

    title = models.CharField("заголовок", max_length=200)
    text = models.TextField("текст", max_length=20000)
    published_on = models.DateField("дата", default=timezone.localdate)
    is_public = models.BooleanField("на сайте", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто написал"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "новость"
        verbose_name_plural = "новости"
        ordering = ["-published_on", "-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("public:news_item", args=[self.pk])
