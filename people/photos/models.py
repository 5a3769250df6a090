"""The photograph of a person: one small picture, encoded again, without the data that a camera writes into it."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.register.models import Person
from people.rights import Actor


class PhotoQuerySet(models.QuerySet):
    def visible_to(self, user: Actor) -> Self:
        """Photographs of the persons whom the user sees."""
        return self.filter(person__in=Person.objects.visible_to(user))


class Photo(models.Model):
    """The present photograph; ``key`` is its public address and changes with the picture."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="photo", verbose_name="человек")
    key = models.UUIDField("ключ", default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    put_at = models.DateTimeField("когда", default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "фотография"
        verbose_name_plural = "фотографии"

    def __str__(self) -> str:
        return f"Фотография: {self.person}"
