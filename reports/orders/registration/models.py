"""Numbers that no order bears: cancelled ones, and those of the school's other orders (docs/law.md#orders-numbers)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring_site.paper_numbers import KEY_LENGTH, NUMBER_LENGTH
from reports.orders.models import Order


class SetAside(models.Model):
    """Numbers of a series that no order of this register bears: a cancelled one, or those of the
    school's other orders.
    """

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", "аннулированный номер"
        OTHERS = "others", "занято другими приказами школы"

    kind = models.CharField("что с номером", max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField("год")
    series = models.CharField("серия", max_length=5, choices=Order.Series)
    number = models.CharField("аннулированный номер", max_length=NUMBER_LENGTH, blank=True, default="")
    number_key = models.CharField(max_length=KEY_LENGTH, blank=True, default="", editable=False)
    first = models.PositiveIntegerField("с номера", null=True, blank=True)  # of a cancelled one: its plain number
    last = models.PositiveIntegerField("по номер", null=True, blank=True)
    reason = models.CharField("причина", max_length=300)
    recorded_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )

    class Meta:
        verbose_name = "номер без приказа"
        verbose_name_plural = "номера без приказов"
        ordering = ["year", "series", "first"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["cancelled", "others"]), name="set_aside_known"),
            models.CheckConstraint(
                condition=Q(kind="cancelled", last__isnull=True) & ~Q(number="") & ~Q(number_key="")
                | Q(kind="others", number="", number_key="", first__isnull=False, last__isnull=False)
                & Q(first__gte=1, last__gte=F("first")),
                name="set_aside_whole",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="set_aside_explained"),
            models.UniqueConstraint(
                fields=["year", "series", "first"],
                condition=Q(kind="others"),
                name="set_aside_once",
                violation_error_message="Об этом номере уже записано",
            ),
            models.UniqueConstraint(
                fields=["year", "series", "number_key"],
                condition=Q(kind="cancelled"),
                name="cancelled_once",
                violation_error_message="Этот номер уже аннулирован",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numbers} — {self.get_kind_display()}"

    @property
    def numbers(self) -> str:
        """«42-од» of a cancelled one, or «42–44»."""
        if self.kind == self.Kind.CANCELLED:
            return self.number
        return f"{self.first}–{self.last}" if self.last != self.first else str(self.first)
