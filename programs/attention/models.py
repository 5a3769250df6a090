"""What has been written to the people of a program that stopped meeting."""

from django.db import models
from django.utils import timezone

from programs.program.models import Program


class Nudge(models.Model):
    """A step of reminders about one silence: written once, however often the clock looks."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="nudges", verbose_name="программа")
    since = models.DateField("не встречались с")
    step = models.PositiveSmallIntegerField("на какой день")
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "напоминание о встрече"
        verbose_name_plural = "напоминания о встречах"
        constraints = [models.UniqueConstraint(fields=["program", "since", "step"], name="nudge_once")]

    def __str__(self) -> str:
        return f"{self.program}: день {self.step}"
