"""What a program has besides its text: reasons, conditions made by the head, a trial run (п. 1.2, 2.3, 3.5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.banks.models import Statement
from programs.program.kinds.head import CONDITIONS


class LeftOut(models.Model):
    """Why a difficulty has no activity of its own: said openly, where the plan does not answer it (п. 1.2)."""

    program = models.ForeignKey("programs.Program", models.CASCADE, related_name="left_out", verbose_name="программа")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="+", verbose_name="затруднение")
    reason = models.CharField("почему", max_length=500)

    class Meta:
        verbose_name = "затруднение без мероприятия"
        verbose_name_plural = "затруднения без мероприятий"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "statement"], name="left_out_once")]

    def __str__(self) -> str:
        return f"{self.statement}: {self.reason}"


class Condition(models.Model):
    """One of the four kinds of conditions that the head has made for the teacher (п. 2.3)."""

    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="conditions", verbose_name="программа")
    name = models.CharField("условия", max_length=12, choices=[(name, label) for name, label, _ in CONDITIONS])
    done = models.CharField("что сделано", max_length=500)
    at = models.DateTimeField("когда записано", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал")

    class Meta:
        verbose_name = "созданные условия"
        verbose_name_plural = "созданные условия"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "name"], name="condition_once")]

    def __str__(self) -> str:
        return f"{self.get_name_display()}: {self.done}"


class Trial(models.Model):
    """«Апробация»: a program by which the council tries a sample, and what the council concludes (п. 3.5)."""

    class Verdict(models.TextChoices):
        RECOMMENDED = "recommended", "рекомендовать"
        REWORK = "rework", "доработать"
        REJECTED = "rejected", "не применять"

    program = models.OneToOneField("programs.Program", models.PROTECT, related_name="trial", verbose_name="программа")
    question = models.TextField("что проверяем", max_length=1000)
    begun_at = models.DateTimeField("когда решено", default=timezone.now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто решил")
    verdict = models.CharField("решение совета", max_length=12, choices=Verdict, blank=True)
    conclusion = models.TextField("заключение совета", max_length=4000, blank=True)
    minutes_number = models.CharField("протокол совета №", max_length=30, blank=True)
    minutes_date = models.DateField("протокол совета от", null=True, blank=True)
    concluded_at = models.DateTimeField("когда записано", null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто записал"
    )

    class Meta:
        verbose_name = "апробация программы"
        verbose_name_plural = "апробации программ"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", conclusion="", concluded_at__isnull=True, concluded_by__isnull=True)
                | (
                    ~Q(verdict="")
                    & ~Q(conclusion="")
                    & Q(minutes_date__isnull=False, concluded_at__isnull=False, concluded_by__isnull=False)
                ),
                name="trial_conclusion_whole",
            )
        ]

    def __str__(self) -> str:
        return f"апробация: {self.program}"
