"""Beside the orders: numbers without an order, signatures made outside, stacks of scans, local acts and who reads them.

A number is never used twice, a cancelled one stays in the register with its reason (docs/law.md#orders-numbers, #signatures).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.models import Person
from reports.models.orders import Order


class SetAside(models.Model):
    """Numbers of a series that no order of this register bears: a cancelled one, or those of the school's other orders."""

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", "аннулированный номер"
        OTHERS = "others", "занято другими приказами школы"

    kind = models.CharField("что с номером", max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField("год")
    series = models.CharField("серия", max_length=5, choices=Order.Series)
    first = models.PositiveIntegerField("номер")
    last = models.PositiveIntegerField("по номер")
    suffix = models.CharField("окончание номера", max_length=10, blank=True)
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
            models.CheckConstraint(condition=Q(first__gte=1, last__gte=F("first")), name="set_aside_ordered"),
            models.CheckConstraint(condition=Q(kind="others") | Q(last=F("first")), name="cancelled_one_by_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="set_aside_explained"),
            models.UniqueConstraint(
                fields=["year", "series", "kind", "first"],
                name="set_aside_once",
                violation_error_message="Об этом номере уже записано",
            ),
        ]

    def __str__(self):
        return f"{self.numbers} — {self.get_kind_display()}"

    @property
    def numbers(self) -> str:
        """«42-од» or «42–44»."""
        return f"{self.first}–{self.last}" if self.last > self.first else f"{self.first}{self.suffix}"


class DetachedSignature(models.Model):
    """A qualified electronic signature made outside: the signed bytes and the file beside them, both kept with SHA-256."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="signatures", verbose_name="приказ")
    paper = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="подписываемый PDF")
    frozen_at = models.DateTimeField("передан на подпись", editable=False)  # tells the paper of an earlier freezing
    made_at = models.DateTimeField("PDF приготовлен", default=timezone.now, editable=False)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл подписи"
    )
    attached_at = models.DateTimeField("подпись приложена", null=True, blank=True, editable=False)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто приложил"
    )

    class Meta:
        verbose_name = "отсоединённая подпись"
        verbose_name_plural = "отсоединённые подписи"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "paper"], name="detached_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=True, attached_at__isnull=True, attached_by__isnull=True)
                | Q(file__isnull=False, attached_at__isnull=False, attached_by__isnull=False),
                name="detached_paired",
            ),
        ]

    def __str__(self):
        return f"{self.paper.name}: {'подпись приложена' if self.file_id else 'подписи ещё нет'}"


class ScanStack(models.Model):
    """A stack of scans that waits to be sorted by its QR codes: temporary, nothing is attached without confirmation."""

    uploaded_at = models.DateTimeField("загружена", default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто загрузил", editable=False
    )
    done = models.PositiveIntegerField("разобрано страниц", default=0)
    total = models.PositiveIntegerField("страниц", default=0)
    finished_at = models.DateTimeField("разобрана", null=True, blank=True)
    problem = models.CharField("почему не разобрана", max_length=300, blank=True)

    class Meta:
        verbose_name = "стопка сканов"
        verbose_name_plural = "стопки сканов"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return f"Стопка сканов от {timezone.localtime(self.uploaded_at):%d.%m.%Y %H:%M}"

    def get_absolute_url(self):
        return reverse("reports:scans", args=[self.pk])


class ScanSource(models.Model):
    """One uploaded file of a stack; removed with the stack."""

    stack = models.ForeignKey(ScanStack, models.CASCADE, related_name="sources", verbose_name="стопка")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")

    class Meta:
        verbose_name = "файл стопки"
        verbose_name_plural = "файлы стопки"
        ordering = ["pk"]

    def __str__(self):
        return self.file.name


class ScanPage(models.Model):
    """One page of a stack: the code read on it, whether a new paper begins here, and the order it belongs to."""

    stack = models.ForeignKey(ScanStack, models.CASCADE, related_name="pages", verbose_name="стопка")
    source = models.ForeignKey(ScanSource, models.CASCADE, related_name="pages", verbose_name="файл")
    index = models.PositiveIntegerField("страница файла")
    position = models.PositiveIntegerField("место в стопке")
    turned = models.PositiveSmallIntegerField("повернуть на", default=0)
    code = models.CharField("прочитанный код", max_length=12, blank=True)
    begins = models.BooleanField("начинает бумагу", default=False)
    order = models.ForeignKey(
        Order, models.SET_NULL, null=True, blank=True, related_name="scan_pages", verbose_name="приказ"
    )  # of the page that begins a paper

    class Meta:
        verbose_name = "страница стопки"
        verbose_name_plural = "страницы стопки"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["stack", "position"], name="scan_position_once")]

    def __str__(self):
        return f"страница {self.position}"


class LocalActQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for those who keep the orders; what one has to read for everybody else."""
        if user.can("orders.see_all"):
            return self
        return self.filter(pk__in=ActReader.objects.filter(person=user.person_id).values("act"))


class LocalAct(models.Model):
    """A local act of the school that people read against signature: Положение, rules, instruction (ТК 22, 68)."""

    class Kind(models.TextChoices):
        REGULATION = "regulation", "Положение"
        RULES = "rules", "Правила"
        PROCEDURE = "procedure", "Порядок"
        INSTRUCTION = "instruction", "Инструкция"
        OTHER = "other", "Локальный акт"

    FORMS = {
        "regulation": ("Положением", "утверждено"),
        "rules": ("Правилами", "утверждены"),
        "procedure": ("Порядком", "утверждён"),
        "instruction": ("Инструкцией", "утверждена"),
        "other": ("локальным актом", "утверждён"),
    }

    kind = models.CharField("вид акта", max_length=12, choices=Kind)
    about = models.CharField("о чём", max_length=300)
    number = models.CharField("номер приказа об утверждении", max_length=30)
    date = models.DateField("дата приказа об утверждении")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    audience = models.JSONField("кого касается", default=list)  # codes of reports/orders/readers.py
    created_at = models.DateTimeField("записан", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )

    objects = LocalActQuerySet.as_manager()

    class Meta:
        verbose_name = "локальный акт"
        verbose_name_plural = "локальные акты"
        ordering = ["-date", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="local_act_numbered")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reports:local_act", args=[self.pk])

    @property
    def title(self) -> str:
        """«Положение о системе наставничества», «Локальный акт «О доступе»»."""
        return f"{self.get_kind_display()} {self._about}"

    @property
    def instrumental(self) -> str:
        """«Положением о системе наставничества»: with what people are acquainted."""
        return f"{self.FORMS[self.kind][0]} {self._about}"

    @property
    def basis(self) -> str:
        """«утверждено приказом от 30.08.2026 № 38-од»."""
        return f"{self.FORMS[self.kind][1]} приказом от {self.date:%d.%m.%Y} №\u00a0{self.number}"

    @property
    def _about(self) -> str:
        return f"«{self.about}»" if self.kind == self.Kind.OTHER else self.about


class ActReader(models.Model):
    """A person whom a local act concerns and who has read it, on paper or in the application."""

    act = models.ForeignKey(LocalAct, models.CASCADE, related_name="readers", verbose_name="локальный акт")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кто знакомится")
    post = models.CharField("должность", max_length=200, blank=True)
    read_at = models.DateTimeField("ознакомлен(а)", null=True, blank=True)
    on_paper = models.BooleanField("подпись на листе", default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто записал"
    )

    class Meta:
        verbose_name = "ознакомление с локальным актом"
        verbose_name_plural = "ознакомления с локальными актами"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["act", "person"], name="act_reader_once"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, recorded_by__isnull=True)
                | Q(read_at__isnull=False, recorded_by__isnull=False),
                name="act_reader_paired",
            ),
        ]

    def __str__(self):
        return f"{self.person.short_name} — {self.act}"
