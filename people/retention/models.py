"""Terms of keeping by kind of document: article, years, ЭПК (приказ Росархива от 20.12.2019 № 236)."""

from typing import Self

from django.db import models
from django.db.models import Q

from people.rights import Actor, Right


class RetentionTermQuerySet(models.QuerySet):
    def visible_to(self, user: Actor) -> Self:
        """All for those who see all papers or settle the terms."""
        sees = user.can(Right.PAPERS_SEE_ALL) or user.can(Right.RETENTION_EDIT)
        return self if sees else self.none()

    def in_use(self) -> Self:
        """Return the rows that the school has not closed."""
        return self.filter(closed_on__isnull=True)


class RetentionTerm(models.Model):
    """How long documents of one kind are kept; ``code`` is how the code asks for it.

    Rows of the school's own have a code that begins with ``OWN`` and may be closed; planted ones stay.
    """

    class Kind(models.TextChoices):
        YEARS = "years", "лет"
        PERMANENT = "forever", "постоянно"
        UNDECIDED = "open", "школа не решила"

    OWN = "own-"

    code = models.SlugField("код", max_length=20, unique=True, editable=False)
    documents = models.CharField("документы", max_length=200)
    kind = models.CharField("срок", max_length=7, choices=Kind)
    years = models.PositiveSmallIntegerField("сколько лет", null=True, blank=True)
    by_commission = models.BooleanField("ЭПК: по истечении решает экспертная комиссия", default=False)
    from_day = models.BooleanField("считать от самого дня, а не от 1 января следующего года", default=False)
    article = models.CharField("статья или акт", max_length=120, blank=True)
    note = models.CharField("примечание", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("порядок", default=0, editable=False)
    closed_on = models.DateField("закрыта", null=True, blank=True, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    objects = RetentionTermQuerySet.as_manager()

    class Meta:
        verbose_name = "срок хранения"
        verbose_name_plural = "сроки хранения"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="years", years__isnull=False, years__gt=0)
                | (Q(years__isnull=True) & ~Q(kind="years")),
                name="retention_years_whole",
                violation_error_message="Укажите, сколько лет хранить",
            ),
            models.CheckConstraint(
                condition=Q(kind="years") | Q(by_commission=False, from_day=False),
                name="retention_commission_of_years",
                violation_error_message="ЭПК и начало срока — только у сроков в годах",
            ),
        ]

    def __str__(self) -> str:
        return self.documents

    @property
    def is_own(self) -> bool:
        """Whether the school has added the row: nothing in the system counts by it, so it may be closed."""
        return self.code.startswith(self.OWN)
