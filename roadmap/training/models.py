"""Records of what people have learnt, invitations of mentors, workbooks of records, the settings (п. 3.3, 3.4, 5.1)."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Evidence, Stateful, StoredFile
from mentoring_site.russian import add_months
from people.language.name_text import search_key
from people.promises import Promise
from people.register.models import Person
from people.rights import Actor, Right
from people.school.models import Organisation
from roadmap.training.rules import TRAINING

MOST_HOURS = 3000
KINDS = ["course", "retraining", "site", "session", "seminar", "workshop", "conference", "webinar", "self"]


def _of_people(found: Any, user: Actor) -> Any:
    """Narrow rows about people to one's own, and to those whom the user sees and may read about."""
    if not Promise.TRAINING.opens_to(user):
        return found.filter(person=user.person_id)
    return found if user.can(Right.PEOPLE_SEE_ALL) else found.filter(person__in=Person.objects.visible_to(user))


class TrainingQuerySet(models.QuerySet):
    """Records of training."""

    def visible_to(self, user: Actor) -> Self:
        """One's own, and those of everybody for the roles that the promise names."""
        return _of_people(self, user)

    def confirmed(self) -> Self:
        """Records that a keeper has compared with the document, or has entered."""
        return self.filter(state=Training.State.CONFIRMED)

    def ended_within(self, first: date, last: date) -> Self:
        """Records whose last day is in a period, both days included."""
        return self.filter(ended_on__gte=first, ended_on__lte=last)

    def with_requirements(self) -> Self:
        """Everything that the rules and the page of a record read."""
        return self.select_related("person", "organisation", "created_by__person", "answered_by__person")


class Training(Stateful):
    """One thing that one person has learnt, from a day to a day."""

    class State(models.TextChoices):
        ENTERED = "entered", "ждёт подтверждения"
        RETURNED = "returned", "возвращено на уточнение"
        CONFIRMED = "confirmed", "подтверждено"

    class Kind(models.TextChoices):
        COURSE = "course", "курсы повышения квалификации"
        RETRAINING = "retraining", "профессиональная переподготовка"
        SITE = "site", "стажировка"
        SESSION = "session", "установочная сессия"
        SEMINAR = "seminar", "семинар"
        WORKSHOP = "workshop", "мастер-класс, открытый урок"
        CONFERENCE = "conference", "конференция, форум"
        WEBINAR = "webinar", "вебинар"
        SELF = "self", "самообразование"

    class Form(models.TextChoices):
        FULL = "full", "очно"
        PART = "part", "заочно"
        MIXED = "mixed", "очно-заочно"
        REMOTE = "remote", "дистанционно"

    class Document(models.TextChoices):
        COURSE = "course", "удостоверение о повышении квалификации"
        RETRAINING = "retraining", "диплом о профессиональной переподготовке"
        CERTIFICATE = "certificate", "сертификат"
        NOTE = "note", "справка"
        OTHER = "other", "другой документ"

    QUALIFYING = (Kind.COURSE, Kind.RETRAINING)
    """Additional professional education, to which a teacher is entitled every three years (273-ФЗ, ст. 47, ч. 5)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="trainings", verbose_name="человек")
    state = models.CharField("состояние", max_length=9, choices=State, default=State.ENTERED, editable=False)
    kind = models.CharField("вид", max_length=10, choices=Kind)
    topic = models.CharField("тема", max_length=300)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="trainings", verbose_name="партнёр школы"
    )
    host = models.CharField("кто проводил", max_length=200, blank=True)
    trainer = models.CharField("кто учил", max_length=200, blank=True)
    started_on = models.DateField("первый день")
    ended_on = models.DateField("последний день")
    hours = models.PositiveSmallIntegerField(
        "часов",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "Хотя бы один час"), MaxValueValidator(MOST_HOURS, "Проверьте число часов")],
    )
    form = models.CharField("как проходило", max_length=6, choices=Form, blank=True)
    document = models.CharField("документ", max_length=11, choices=Document, blank=True)
    document_number = models.CharField("номер документа", max_length=60, blank=True)
    document_date = models.DateField("дата документа", null=True, blank=True)
    about_mentoring = models.BooleanField("о наставничестве", default=False)
    outcome = models.TextField("что взято в работу", max_length=2000, blank=True)
    search = models.CharField(max_length=600, editable=False)
    created_at = models.DateTimeField("внесено", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто внёс", editable=False
    )
    remark = models.CharField("что уточнить", max_length=500, blank=True)
    answered_at = models.DateTimeField("проверено", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто проверил",
        editable=False,
    )
    source = models.CharField("откуда запись", max_length=60, blank=True, editable=False)  # «event:12»
    request_key = models.UUIDField(null=True, blank=True, editable=False)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    objects = TrainingQuerySet.as_manager()
    WORKFLOW = TRAINING

    class Meta:
        verbose_name = "запись об обучении"
        verbose_name_plural = "записи об обучении"
        ordering = ["-ended_on", "-pk"]
        indexes = [
            models.Index(fields=["person", "ended_on"], name="training_of_person"),
            models.Index(fields=["state", "ended_on"], name="training_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["entered", "returned", "confirmed"]), name="training_state_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="training_kind_known"),
            models.CheckConstraint(condition=~Q(topic=""), name="training_has_topic"),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="training_dates_ordered",
                violation_error_message="Последний день раньше первого: поменяйте их местами",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__range=(1, MOST_HOURS)), name="training_hours_likely"
            ),
            models.CheckConstraint(
                condition=~Q(document="") | Q(document_number="", document_date__isnull=True),
                name="training_document_named",
                violation_error_message="Выберите, какой это документ",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="training_answered_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(remark=""),
                name="training_returned_with_reason",
                violation_error_message="Напишите, что уточнить",
            ),
            models.UniqueConstraint(
                fields=["source", "person"], condition=~Q(source=""), name="training_from_source_once"
            ),
            models.UniqueConstraint(fields=["request_key", "person"], name="training_once"),
        ]

    def __str__(self) -> str:
        return self.topic

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = search_key(self.topic, self.where, self.trainer)[:600]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:training", args=[self.pk])

    @property
    def where(self) -> str:
        """Who held it: a partner of the school or the words that were typed."""
        return self.organisation.short_name if self.organisation else self.host

    @property
    def is_qualifying(self) -> bool:
        """Whether it is additional professional education."""
        return self.kind in self.QUALIFYING


class TrainingSettings(models.Model):
    """From when training about mentoring counts: one row at most."""

    mentor_years = models.PositiveSmallIntegerField(
        "за сколько лет смотреть",
        default=3,
        validators=[MinValueValidator(1, "Хотя бы один год"), MaxValueValidator(10, "Не больше десяти лет")],
    )
    mentor_since = models.DateField("или начиная с дня", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    class Meta:
        verbose_name = "настройка обучения"
        verbose_name_plural = "настройки обучения"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="training_settings_one"),
            models.CheckConstraint(condition=Q(mentor_years__range=(1, 10)), name="training_years_likely"),
        ]

    def __str__(self) -> str:
        return "Настройки обучения"

    @classmethod
    def get(cls) -> "TrainingSettings":
        """Return the settings, stored or not yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def counts_since(self, today: date | None = None) -> date:
        """Return the first day from which training about mentoring counts."""
        return self.mentor_since or add_months(today or timezone.localdate(), -12 * self.mentor_years)


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def visible_to(self, user: Actor) -> Self:
        """One's own, and those of everybody for the roles that read records of training."""
        return _of_people(self, user)

    def open(self) -> Self:
        """Invitations that nobody has answered by a record or taken back."""
        return self.filter(answer__isnull=True, withdrawn_at__isnull=True)


class TrainingInvitation(models.Model):
    """A person is asked to learn about mentoring: answered by a record, or taken back."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="training_invitations", verbose_name="кто")
    text = models.CharField("куда и на что", max_length=500)
    url = models.URLField("ссылка", max_length=500, blank=True)
    due_on = models.DateField("до какого дня", null=True, blank=True)
    invited_at = models.DateTimeField("когда", default=timezone.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто пригласил", editable=False
    )
    answer = models.ForeignKey(
        Training, models.SET_NULL, null=True, blank=True, related_name="invitations", verbose_name="запись об обучении"
    )
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто снял",
        editable=False,
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашение на обучение"
        verbose_name_plural = "приглашения на обучение"
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="training_invitation_withdrawn_paired",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(answer__isnull=True, withdrawn_at__isnull=True),
                name="training_invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("roadmap:training_invitation", args=[self.pk])


class TrainingImportQuerySet(models.QuerySet):
    """Workbooks of records."""

    def visible_to(self, user: Actor) -> Self:
        """All for those who keep the records, none for others."""
        return self if user.can(Right.TRAINING_EDIT) else self.none()


class TrainingImport(models.Model):
    """A workbook of records: looked at as often as one wants, written once. Its hash is its key while it waits."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    sha256 = models.CharField(max_length=64, db_index=True)
    result = models.JSONField("итог", default=dict)
    uploaded_at = models.DateTimeField("загружен", default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто загрузил"
    )
    committed_at = models.DateTimeField("внесён", null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто внёс"
    )

    objects = TrainingImportQuerySet.as_manager()

    class Meta:
        verbose_name = "загрузка записей об обучении"
        verbose_name_plural = "загрузки записей об обучении"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(committed_at__isnull=True), name="training_import_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(committed_at__isnull=True, committed_by__isnull=True)
                | Q(committed_at__isnull=False, committed_by__isnull=False),
                name="training_import_committed_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file.name}, {self.uploaded_at:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("roadmap:training_import", args=[self.pk])


def lacks_training(since: date) -> Exists:
    """Return a condition of persons: no confirmed or entered record about mentoring has ended since a day.

    What a person has written down counts before it is confirmed: nobody is asked for what is already there.
    """
    about = Training.objects.filter(person=OuterRef("pk"), about_mentoring=True, ended_on__gte=since)
    return ~Exists(about.exclude(state=Training.State.RETURNED))  # type: ignore[return-value]
