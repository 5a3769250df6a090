"""Local acts of the school and who reads them (ТК 22, 68)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from mentoring_site.paper_ref import PaperRef
from people.accounts.models import User
from people.language.word_forms import text_key
from people.register.models import Person
from people.rights import Right


class LocalActQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """All for those who keep the orders; what one has to read for everybody else."""
        if user.can(Right.ORDERS_SEE_ALL):
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
    audience = models.JSONField("кого касается", default=list)  # codes of reports/documents/local_acts/acts.py
    created_at = models.DateTimeField("записан", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )

    search = models.TextField(editable=False, default="", blank=True)

    objects = LocalActQuerySet.as_manager()

    class Meta:
        verbose_name = "локальный акт"
        verbose_name_plural = "локальные акты"
        ordering = ["-date", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="local_act_numbered")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = text_key(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
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
        return f"{self.FORMS[self.kind][1]} приказом {self.ref.on_screen}"

    @property
    def ref(self) -> PaperRef:
        """The order by which the act was approved."""
        return PaperRef(self.number, self.date)

    # what ``reports.orders.acquaintance.acts.Paper`` asks

    @property
    def full_title(self) -> str:
        """«Положение о системе наставничества (утверждено приказом от 30.08.2026 № 38-од)»."""
        return f"{self.title} ({self.basis})"

    @property
    def sheet_title(self) -> str:
        """With what people are acquainted: «Положением о системе наставничества»."""
        return self.instrumental

    @property
    def sheet_basis(self) -> str:
        """By which order the act was approved."""
        return self.basis

    @property
    def signed_content(self) -> str:
        """What stands for the act in the text that a reader signs: its file and the hash of it."""
        return f"Файл акта: {self.file.name}, SHA-256 {self.file.sha256}"

    @property
    def sheet_lines(self) -> Any:
        """The lines of the sheet of acquaintance."""
        return self.readers

    @property
    def _about(self) -> str:
        return f"«{self.about}»" if self.kind == self.Kind.OTHER else self.about


class ActReader(models.Model):
    """A person whom a local act concerns and who has read it, on paper or in the application."""

    act = models.ForeignKey(LocalAct, models.CASCADE, related_name="readers", verbose_name="локальный акт")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кто знакомится")
    post = models.CharField("должность", max_length=200, blank=True)
    read_at = models.DateTimeField("когда ознакомлен", null=True, blank=True)
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

    def __str__(self) -> str:
        return f"{self.person.short_name} — {self.act}"

    # what ``SheetLine`` and ``Awaited`` of ``reports.orders.acquaintance`` ask

    history_words = "ознакомление с локальным актом"

    @property
    def paper(self) -> LocalAct:
        """What the person has to read."""
        return self.act

    @property
    def is_awaited(self) -> bool:
        """Whether the person has not read it yet."""
        return self.read_at is None

    @property
    def reminder(self) -> tuple[str, str, dict]:
        """Words of the history, template and context of the letter."""
        return "ознакомление", "act_to_read", {"local_act": self.act}
