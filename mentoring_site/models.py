"""Models of the frame: the log of acts, holds, the outbox, stored files, views of lists, heartbeats."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone

from mentoring_site.emails import EmailField
from mentoring_site.evidence import places


class AppendOnly(Exception):
    """Somebody tried to change or delete a row of the log of acts."""


class ActQuerySet(models.QuerySet):
    """The log is written once: no update, no delete."""

    def about(self, obj):
        """Acts on one object, oldest first."""
        return self.filter(object_type=ContentType.objects.get_for_model(obj), object_id=obj.pk).order_by("at", "pk")

    def about_all(self, objects: "Sequence[models.Model]") -> "ActQuerySet":
        """Acts on several objects of one kind."""
        if not objects:
            return self.none()
        kind = ContentType.objects.get_for_model(objects[0])
        return self.filter(object_type=kind, object_id__in=[o.pk for o in objects])

    def moved_with_fresh_access(self, obj: models.Model) -> "ActQuerySet":
        """Legal steps of one object taken within a day after others had changed the access of who took them."""
        return self.about(obj).filter(facts__has_key="fresh_access").exclude(target="").select_related("actor__person")

    def update(self, **columns):
        raise AppendOnly("Журнал действий не правят")

    def delete(self):
        raise AppendOnly("Журнал действий не стирают")


class Act(models.Model):
    """One legal act: who did what to which object and when (п. 1.3, подп. 7). Ids, not values."""

    object_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="вид объекта")
    object_id = models.PositiveBigIntegerField("номер объекта")
    object = GenericForeignKey("object_type", "object_id")
    verb = models.CharField("действие", max_length=60)
    words = models.CharField("словами", max_length=300)
    source = models.CharField("было", max_length=30, blank=True)
    target = models.CharField("стало", max_length=30, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="кто", related_name="+")
    at = models.DateTimeField("когда", default=timezone.now, db_index=True)
    facts = models.JSONField("обстоятельства", default=dict)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = "запись журнала"
        verbose_name_plural = "журнал действий"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["object_type", "object_id", "at"])]

    def __str__(self):
        return f"{self.words} ({self.at:%d.%m.%Y %H:%M})"

    def save(self, *args, **kwargs):
        if self.pk:
            raise AppendOnly("Журнал действий не правят")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly("Журнал действий не стирают")


def changed_at(model: type[models.Model]) -> models.Subquery:
    """Return an annotation of rows of a model: when the last act on each was recorded."""
    kind = ContentType.objects.get_for_model(model)
    acts = Act.objects.filter(object_type=kind, object_id=models.OuterRef("pk")).order_by("-at")
    return models.Subquery(acts.values("at")[:1])


class SimpleSignatureQuerySet(models.QuerySet):
    """Written once, like the log of acts."""

    def about(self, obj):
        """Signatures under one object, oldest first."""
        return self.filter(object_type=ContentType.objects.get_for_model(obj), object_id=obj.pk).order_by("at", "pk")

    def about_all(self, objects):
        """Signatures under several objects of one kind."""
        if not objects:
            return self.none()
        kind = ContentType.objects.get_for_model(objects[0])
        return self.filter(object_type=kind, object_id__in=[o.pk for o in objects])

    def visible_to(self, user):
        """All for those who see all papers, one's own for everybody else."""
        return self if user.can("papers.see_all") else self.filter(user=user)

    def update(self, **columns):
        raise AppendOnly("Подпись не правят")

    def delete(self):
        raise AppendOnly("Подпись не стирают")


class SimpleSignature(models.Model):
    """A simple electronic signature (63-ФЗ, ст. 9): who, when, from where, under exactly which text, by
    which local act.
    """

    object_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="вид объекта")
    object_id = models.PositiveBigIntegerField("номер объекта")
    object = GenericForeignKey("object_type", "object_id")
    kind = models.CharField("что подписано", max_length=20)
    title = models.CharField("название", max_length=400)
    text = models.TextField("подписанный текст")
    text_sha256 = models.CharField("SHA-256 текста", max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="кто", related_name="+")
    name = models.CharField("фамилия, имя, отчество", max_length=200)
    post = models.CharField("должность", max_length=200, blank=True)
    at = models.DateTimeField("когда", default=timezone.now)
    address = models.GenericIPAddressField("адрес в сети", null=True)
    basis_number = models.CharField("номер локального акта", max_length=30)
    basis_date = models.DateField("дата локального акта")

    objects = SimpleSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "простая электронная подпись"
        verbose_name_plural = "простые электронные подписи"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["object_type", "object_id", "at"], name="signature_about")]

    def __str__(self):
        return f"{self.title} ({self.at:%d.%m.%Y %H:%M})"

    def save(self, *args, **kwargs):
        if self.pk:
            raise AppendOnly("Подпись не правят")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly("Подпись не стирают")


def stored_name(instance, filename):
    """Own random name below a folder of two letters; the name given by the user is kept in the row only."""
    return f"{instance.key.hex[:2]}/{instance.key.hex}"


class StoredFileQuerySet(models.QuerySet):
    """Stored files as such: one is opened only through the thing to which it belongs."""

    def visible_to(self, user: Any) -> "StoredFileQuerySet":
        """All for those who see all papers."""
        return self if user.can("papers.see_all") else self.none()


class StoredFile(models.Model):
    """An uploaded or rendered file: outside the web root, under its own name, with its hash."""

    key = models.UUIDField("ключ", default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField("файл", upload_to=stored_name, max_length=200)
    name = models.CharField("имя", max_length=200)
    content_type = models.CharField("тип", max_length=100)
    size = models.PositiveBigIntegerField("размер, байт")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="кто добавил", related_name="+"
    )
    uploaded_at = models.DateTimeField("когда", default=timezone.now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"

    def __str__(self):
        return self.name


class ExportQuerySet(models.QuerySet):
    """Lists that were made in the background."""

    def visible_to(self, user: Any) -> "ExportQuerySet":
        """One's own: an export holds what its user might see."""
        return self.filter(created_by=user.pk)


class Export(models.Model):
    """A long list as XLSX, made in the background: whose, of which address with its filters, how far it is."""

    url = models.CharField("список", max_length=1000)
    title = models.CharField("название", max_length=200)
    created_at = models.DateTimeField("заказан", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто заказал"
    )
    total = models.PositiveIntegerField("строк", default=0)
    done = models.PositiveIntegerField("готово", default=0)
    finished_at = models.DateTimeField("собран", null=True, blank=True)
    opened_at = models.DateTimeField("скачан", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    problem = models.CharField("почему не собран", max_length=300, blank=True)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "выгрузка списка"
        verbose_name_plural = "выгрузки списков"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=True, finished_at__isnull=True)
                | models.Q(file__isnull=False, finished_at__isnull=False),
                name="export_finished_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.created_at:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        """Where it is waited for and downloaded."""
        return reverse("exports:export", args=[self.pk])


class ReplacedFileQuerySet(models.QuerySet):
    """Files that others have replaced."""

    def about(self, obj: models.Model, column: str) -> "ReplacedFileQuerySet":
        """What stood in one column of an object before, newest first."""
        kind = ContentType.objects.get_for_model(obj)
        return self.filter(object_type=kind, object_id=obj.pk, column=column).order_by("-pk")


class ReplacedFile(models.Model):
    """A scan that another has replaced: kept with the reason (``scans.py``)."""

    object_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="вид объекта", related_name="+")
    object_id = models.PositiveBigIntegerField("номер объекта")
    object = GenericForeignKey("object_type", "object_id")
    column = models.CharField("поле", max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="файл", related_name="+")
    reason = models.CharField("почему заменён", max_length=300)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="кто заменил", related_name="+"
    )
    replaced_at = models.DateTimeField("когда", default=timezone.now)

    objects = ReplacedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "заменённый файл"
        verbose_name_plural = "заменённые файлы"
        indexes = [models.Index(fields=["object_type", "object_id"], name="replaced_file_about")]

    def __str__(self) -> str:
        return f"{self.file}, заменён {self.replaced_at:%d.%m.%Y}"


def _stood() -> models.Q:
    keeping = [ContentType.objects.get_for_model(place.model) for place in places.PLACES.values() if place.keeps]
    return models.Q(object_type__in=keeping, removed_at__gt=models.F("created_at") + places.KEPT)


class EvidenceQuerySet(models.QuerySet):
    """Proofs of what was done."""

    def visible_to(self, user: Any) -> "EvidenceQuerySet":
        """Evidence of things whose content the user may read, each kind of place by its own rule."""
        readable = models.Q(pk__in=())
        for place in places.PLACES.values():
            kind = ContentType.objects.get_for_model(place.model)
            readable |= models.Q(object_type=kind, object_id__in=place.readable(user).order_by().values("pk"))
        return self.filter(readable)

    def kept(self) -> "EvidenceQuerySet":
        """Without what was taken away and is destroyed in a day."""
        return self.filter(removed_at__isnull=True)

    def that_stood(self) -> "EvidenceQuerySet":
        """What was taken away where it is kept for the days on which it stood: longer than one."""
        return self.filter(_stood())

    def kept_or_stood(self) -> "EvidenceQuerySet":
        """What stands, and what stood where that is kept."""
        return self.filter(models.Q(removed_at__isnull=True) | _stood())


class Evidence(models.Model):
    """A proof of one thing: stable, while what it consists of may be renewed by revisions (``evidence/``)."""

    object_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="вид объекта", related_name="+")
    object_id = models.PositiveBigIntegerField("номер объекта")
    object = GenericForeignKey("object_type", "object_id")
    valid_until = models.DateField("действует до", null=True, blank=True)
    created_at = models.DateTimeField("приложено", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто приложил"
    )
    removed_at = models.DateTimeField("когда убрано", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто убрал"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "подтверждение"
        verbose_name_plural = "подтверждения"
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="evidence_about")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="evidence_removed_whole",
            )
        ]

    def __str__(self) -> str:
        return f"подтверждение {self.pk}"

    def get_absolute_url(self) -> str:
        """The page with its revisions."""
        return reverse("evidence:page", args=[self.pk])

    @property
    def latest(self) -> "EvidenceRevision":
        """What it consists of now; reads the prefetched revisions."""
        return list(self.revisions.all())[-1]

    def is_expired(self, today: Any = None) -> bool:
        """Whether its last day has passed."""
        return self.valid_until is not None and self.valid_until < (today or timezone.localdate())

    def as_of(self, day: Any) -> "EvidenceRevision | None":
        """Return what proved the thing at the end of a day, or None: there was nothing, or its term had ended.

        Reads the revisions; each has the term it was put with, the latest that of the proof.
        """
        if self.removed_at is not None and timezone.localdate(self.removed_at) <= day:
            return None
        revisions = list(self.revisions.all())
        known = [revision for revision in revisions if timezone.localdate(revision.at) <= day]
        if not known:
            return None
        until = self.valid_until if len(known) == len(revisions) else known[-1].valid_until
        return known[-1] if until is None or day <= until else None


class EvidenceRevisionQuerySet(models.QuerySet):
    """What proofs consisted of."""

    def visible_to(self, user: Any) -> "EvidenceRevisionQuerySet":
        """Revisions of evidence that the user may open and that stands, or stood where that is kept."""
        return self.filter(evidence__in=Evidence.objects.visible_to(user).kept_or_stood())


class EvidenceRevision(models.Model):
    """What a proof consisted of from a moment on: a file, a link, or an object of the product. Never edited."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="revisions", verbose_name="подтверждение")
    number = models.PositiveSmallIntegerField("редакция")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    url = models.URLField("ссылка", max_length=500, blank=True)
    object_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="вид записи"
    )
    object_id = models.PositiveBigIntegerField("номер записи", null=True, blank=True)
    object = GenericForeignKey("object_type", "object_id")
    name = models.CharField("что это", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)  # none of a link: its page may change
    remark = models.CharField("пояснение", max_length=500, blank=True)
    valid_until = models.DateField("действует до", null=True, blank=True)
    at = models.DateTimeField("когда", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто")

    objects = EvidenceRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "редакция подтверждения"
        verbose_name_plural = "редакции подтверждения"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_revision_once"),
            models.CheckConstraint(
                condition=models.Q(file__isnull=False, url="", object_id__isnull=True)
                | (models.Q(file__isnull=True, object_id__isnull=True) & ~models.Q(url=""))
                | models.Q(file__isnull=True, url="", object_id__isnull=False, object_type__isnull=False),
                name="evidence_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, редакция {self.number}"


class OutboxMail(models.Model):
    """A letter written inside the transaction and sent apart, with its delivery journal."""

    template = models.CharField("письмо", max_length=60)
    to = EmailField("кому")
    person_id = models.PositiveBigIntegerField("номер человека", null=True, blank=True)
    subject = models.CharField("тема", max_length=300, blank=True)
    text = models.TextField("текст", blank=True)  # deleted when the letter has left or a week after it was given up
    about = models.PositiveBigIntegerField("о чём", null=True, blank=True)  # rendered when it is sent (mail.send_late)
    asks = models.CharField(
        "о чём просит", max_length=60, blank=True
    )  # not sent when it is done (mail.register_needed)
    act = models.ForeignKey(
        Act, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="о каком действии"
    )  # of acts that can be undone (mentoring_site/undo.py)
    created_at = models.DateTimeField("создано", default=timezone.now)
    next_try_at = models.DateTimeField("следующая попытка", default=timezone.now, db_index=True)
    claimed_until = models.DateTimeField("занято до", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True, db_index=True)
    failed_at = models.DateTimeField("оставлено", null=True, blank=True)
    last_error = models.CharField("последняя ошибка", max_length=300, blank=True)

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-created_at"]

    def __str__(self):
        return self.subject or self.template


class SavedView(models.Model):
    """Filters of one list that a person keeps under a name; under no name those of the last time.

    A ``shared`` one stands above the list for everybody who opens it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="чей")
    list = models.CharField("список", max_length=100)
    name = models.CharField("название", max_length=60, blank=True)
    query = models.CharField("отбор", max_length=500)
    shared = models.BooleanField("виден всем", default=False)
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "сохранённый отбор"
        verbose_name_plural = "сохранённые отборы"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "list", "name"], name="view_once_by_name"),
            models.CheckConstraint(condition=models.Q(shared=False) | ~models.Q(name=""), name="view_shared_by_name"),
        ]

    def __str__(self) -> str:
        return self.name or "отбор прошлого раза"


class BulkStep(models.Model):
    """One object of an act over many was done: a form that arrives twice finds it here (``ui/bulk_act.py``)."""

    key = models.UUIDField("ключ", primary_key=True)
    at = models.DateTimeField("когда", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "сделанный шаг"
        verbose_name_plural = "сделанные шаги"

    def __str__(self) -> str:
        return str(self.key)


class Heartbeat(models.Model):
    """When a part of the server was last seen alive."""

    name = models.CharField("часть", max_length=40, primary_key=True)
    at = models.DateTimeField("когда")
    detail = models.CharField("подробности", max_length=300, blank=True)

    class Meta:
        verbose_name = "признак жизни"
        verbose_name_plural = "признаки жизни"

    def __str__(self):
        return f"{self.name}: {self.at:%d.%m.%Y %H:%M}"


class Hold(models.Model):
    """One thing keeps another as it is: an order in preparation keeps a program that it approves (``holds.py``)."""

    object_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="вид объекта", related_name="+")
    object_id = models.PositiveBigIntegerField("номер объекта")
    object = GenericForeignKey("object_type", "object_id")
    holder_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="вид держателя", related_name="+")
    holder_id = models.PositiveBigIntegerField("номер держателя")
    holder = GenericForeignKey("holder_type", "holder_id")
    firm = models.BooleanField("держатель уже не правят", default=False)

    class Meta:
        verbose_name = "удержание"
        verbose_name_plural = "удержания"
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "holder_type", "holder_id"], name="hold_once_by_holder"
            )
        ]
        indexes = [models.Index(fields=["holder_type", "holder_id"], name="hold_by_holder")]

    def __str__(self):
        return f"{self.object} — {self.holder}"


class Stateful(models.Model):
    """An object with a workflow. Only ``workflow.perform`` moves its state; a form edit claims a version."""

    state = models.CharField("состояние", max_length=20, db_index=True)
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Save everything but the state of an existing row: a stale instance must not undo a compare-and-swap."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = [
                f.name for f in self._meta.concrete_fields if not f.primary_key and f.name not in {"state", "version"}
            ]
        super().save(*args, **kwargs)


class Viewing(models.Model):
    """Somebody looked at one kind of a person's data; further looks in the same ten minutes (``window``) are this row.

    ``person_id`` is the person's number: the frame knows no persons. Written by ``views_log.py``.
    """

    class Kind(models.TextChoices):
        CONTACTS = "contacts", "контакты и дата рождения"
        QUESTIONNAIRE = "questionnaire", "анкета"
        CONSENTS = "consents", "согласия"
        FILE = "file", "личные документы"

    person_id = models.PositiveBigIntegerField("номер человека")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто смотрел")
    roles = models.CharField("в роли", max_length=200, blank=True)  # codes with commas
    kind = models.CharField("что", max_length=13, choices=Kind)
    exported = models.BooleanField("в файле", default=False)
    at = models.DateTimeField("когда", db_index=True)
    window = models.PositiveBigIntegerField(editable=False)

    class Meta:
        verbose_name = "просмотр"
        verbose_name_plural = "просмотры"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person_id", "-at"], name="viewing_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["person_id", "viewer", "kind", "exported", "window"], name="viewing_once")
        ]

    def __str__(self) -> str:
        return f"{self.viewer}: {self.get_kind_display()}"
