"""The plan of a program and how each mentee carried it out (п. 1.2, 4.1)."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring_site.models import Evidence, StoredFile
from people.banks.models import Statement
from programs.catalogs.models import Category, Responsible, TemplateActivity
from programs.pairings.confidentiality import readable
from programs.pairings.models import Participation
from programs.program.visibility import in_visible_program


class Activity(models.Model):
    """A line of the plan: what, when, who, expected result, evidence (п. 1.2)."""

    Responsible = Responsible
    Category = Category

    program = models.ForeignKey("programs.Program", models.CASCADE, related_name="activities", verbose_name="программа")
    title = models.CharField("мероприятие", max_length=300)
    starts_on = models.DateField("с", null=True, blank=True)
    due_on = models.DateField("до")
    responsible = models.CharField("кто", max_length=8, choices=Responsible, default=Responsible.BOTH)
    expected_result = models.CharField("ожидаемый результат", max_length=300)
    evidence = models.CharField("чем подтверждается", max_length=300, blank=True)
    category = models.CharField("категория", max_length=10, choices=Category, blank=True)
    partner = models.CharField("с каким отделением или советом", max_length=200, blank=True)
    statements = models.ManyToManyField(
        Statement, blank=True, related_name="+", verbose_name="какое затруднение снимает или что поддерживает"
    )

    position = models.PositiveSmallIntegerField("место среди мероприятий дня", default=0, editable=False)
    source = models.ForeignKey(
        TemplateActivity, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    materials = models.ManyToManyField(StoredFile, blank=True, related_name="+", verbose_name="материалы")

    class Meta:
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        ordering = ["due_on", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(starts_on__lte=F("due_on")),
                name="activity_dates_ordered",
                violation_error_message="Мероприятие не может закончиться раньше, чем началось",
            ),
            models.CheckConstraint(
                condition=~Q(category=Category.STRUCTURES) | ~Q(partner=""),
                name="activity_names_its_structure",
                violation_error_message="Назовите отделение или совет",
            ),
        ]

    def __str__(self):
        return self.title


class ActivityResultQuerySet(models.QuerySet):
    """Results of activities."""

    def visible_to(self, user):
        """Results in visible programs: in a group a mentee sees only one's own (п. 1.3, подп. 4)."""
        own = Q(participation__person=user.person_id)
        readable_now = readable(user, own=own, program="activity__program", day="done_at__date")
        return self.filter(readable_now, in_visible_program(user, "activity__program__"))


class ActivityResult(models.Model):
    """How one mentee did one activity: result and files, checked or returned by the mentor (п. 4.1).

    No row = planned.
    """

    class State(models.TextChoices):
        DONE = "done", "на проверке"
        RETURNED = "returned", "возвращено"
        CHECKED = "checked", "проверено"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="results", verbose_name="мероприятие")
    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="results", verbose_name="наставляемый"
    )
    state = models.CharField("состояние", max_length=10, choices=State, default=State.DONE)
    result = models.TextField("что сделано", max_length=4000)
    evidence = GenericRelation(Evidence, "object_id", "object_type")
    done_at = models.DateTimeField("сделано", default=timezone.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто отметил")
    comment = models.TextField("слово наставника", max_length=4000, blank=True)
    checked_at = models.DateTimeField("проверено", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто проверил"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivityResultQuerySet.as_manager()

    class Meta:
        verbose_name = "результат мероприятия"
        verbose_name_plural = "результаты мероприятий"
        constraints = [
            models.UniqueConstraint(fields=["activity", "participation"], name="activity_result_once"),
            models.CheckConstraint(
                condition=Q(state__in=["done", "returned", "checked"]), name="activity_result_state_known"
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="activity_checked_paired",
            ),
            models.CheckConstraint(
                condition=Q(state="done") | Q(checked_at__isnull=False), name="activity_state_whole"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(comment=""),
                name="activity_return_has_comment",
                violation_error_message="Напишите, что исправить",
            ),
        ]

    def __str__(self):
        return f"{self.activity}: {self.get_state_display()}"
