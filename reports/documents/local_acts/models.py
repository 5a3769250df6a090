"""Acts that people read against signature: of the school and of its legal base (ТК 22, 68; п. 4.2, 5.2)."""

import datetime as dt
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import rushort
from people.accounts.models import User
from people.language.word_forms import text_key
from people.register.models import Person
from people.rights import Right
from roadmap.legal_base.models import LegalAct
from roadmap.regulation.models import Regulation


class LocalActQuerySet(models.QuerySet):
    """Acts to be read."""

    def visible_to(self, user: User) -> Self:
        """All for those who keep the orders; what one has to read for everybody else."""
        if user.can(Right.ORDERS_SEE_ALL):
            return self
        return self.filter(pk__in=ActReader.objects.filter(person=user.person_id).values("act"))

    def in_force(self, on: dt.date | None = None) -> Self:
        """Acts that are still to be read: not those of the legal base that are out of force."""
        on = on or timezone.localdate()
        return self.filter(
            Q(legal_act__isnull=True) | Q(legal_act__ends_on__isnull=True) | Q(legal_act__ends_on__gt=on)
        )

    def current(self) -> Self:
        """Acts that newcomers read: of a law its last edition, of the Положение the version in force."""
        newer = LocalAct.objects.filter(legal_act=OuterRef("legal_act"), pk__gt=OuterRef("pk"))
        in_force = Q(regulation__isnull=True) | Q(regulation__state=Regulation.State.APPROVED)
        return self.in_force().filter(in_force, ~Exists(newer))

    def for_visitors(self) -> Self:
        """Local acts of the school that stand in the public section."""
        return self.filter(is_public=True, file__isnull=False)

    def outdated(self) -> Self:
        """Acts of the legal base that have a newer edition than the last one people were asked to read."""
        newer = LocalAct.objects.filter(legal_act=OuterRef("legal_act"), pk__gt=OuterRef("pk"))
        changed = Q(edition__isnull=True) | Q(legal_act__edition__gt=F("edition"))
        return self.in_force().filter(changed, ~Exists(newer), legal_act__edition__isnull=False)


class LocalAct(models.Model):
    """An act that people read against signature: a local act of the school, or an edition of an act of the legal base.

    Local acts: Положение, rules, procedure, должностная инструкция (ТК 22, 68; п. 5.2). Of the legal base it is known
    which edition was read (п. 4.2, 5.2).
    """

    class Kind(models.TextChoices):
        REGULATION = "regulation", "Положение"
        RULES = "rules", "Правила"
        PROCEDURE = "procedure", "Порядок"
        INSTRUCTION = "instruction", "Инструкция"
        JOB = "job", "Должностная инструкция"
        OTHER = "other", "Локальный акт"
        LAW = "law", "Правовой акт"

    FORMS = {
        "regulation": ("Положением", "утверждено"),
        "rules": ("Правилами", "утверждены"),
        "procedure": ("Порядком", "утверждён"),
        "instruction": ("Инструкцией", "утверждена"),
        "job": ("Должностной инструкцией", "утверждена"),
        "other": ("локальным актом", "утверждён"),
    }

    kind = models.CharField("вид акта", max_length=12, choices=Kind)
    about = models.CharField("о чём", max_length=900)
    number = models.CharField("номер приказа об утверждении", max_length=60, blank=True)
    date = models.DateField("дата приказа об утверждении")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    legal_act = models.ForeignKey(
        LegalAct, models.PROTECT, null=True, blank=True, related_name="readings", verbose_name="правовой акт"
    )
    regulation = models.OneToOneField(
        Regulation, models.PROTECT, null=True, blank=True, related_name="reading", verbose_name="редакция Положения"
    )
    edition = models.DateField("в редакции от", null=True, blank=True)
    audience = models.JSONField("кого касается", default=list)  # codes of reports/documents/local_acts/acts.py
    posts = models.JSONField("по должности", default=list, blank=True)
    approvals = models.JSONField("кем принят и согласован", default=list, blank=True)  # roadmap/regulation/approvals.py
    is_public = models.BooleanField("показывать на сайте", default=False)
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
        constraints = [
            models.CheckConstraint(condition=~Q(number="") | Q(kind="law"), name="local_act_numbered"),
            models.CheckConstraint(
                condition=Q(kind="law", legal_act__isnull=False, file__isnull=True, regulation__isnull=True)
                | Q(kind="regulation", regulation__isnull=False, file__isnull=True, legal_act__isnull=True)
                | (~Q(kind="law") & Q(file__isnull=False, legal_act__isnull=True, regulation__isnull=True)),
                name="local_act_has_its_text",
            ),
            models.UniqueConstraint(fields=["legal_act", "edition"], name="edition_of_act_read_once"),
            models.UniqueConstraint(
                fields=["legal_act"], condition=Q(edition__isnull=True), name="act_without_edition_read_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = text_key(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("reports:local_act", args=[self.pk])

    @property
    def title(self) -> str:
        """«Положение о системе наставничества», «Локальный акт «О доступе»», the name of an act of the legal base."""
        return self.about if self.is_law else f"{self.get_kind_display()} {self._about}"

    @property
    def is_law(self) -> bool:
        """Whether it is an act of the legal base, not one of the school."""
        return self.kind == self.Kind.LAW

    @property
    def instrumental(self) -> str:
        """«Положением о системе наставничества»: with what people are acquainted."""
        if self.legal_act:
            return self.legal_act.cited("instrumental")
        return f"{self.FORMS[self.kind][0]} {self._about}"

    @property
    def basis(self) -> str:
        """«утверждено приказом от 30.08.2026 № 38-од», «в редакции от 01.09.2026» of a law, or an empty string."""
        if self.is_law:
            return f"в редакции от {rushort(self.edition)}" if self.edition else ""
        return f"{self.FORMS[self.kind][1]} приказом {self.ref.on_screen}"

    @property
    def ref(self) -> PaperRef:
        """The order by which the act was approved."""
        return PaperRef(self.number, self.date)

    # what ``reports.orders.acquaintance.acts.Paper`` asks

    @property
    def full_title(self) -> str:
        """«Положение о системе наставничества (утверждено приказом от 30.08.2026 № 38-од)»."""
        return f"{self.title} ({self.basis})" if self.basis else self.title

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
        """What stands for the act in the text that a reader signs: its file with the hash, or where a law is read."""
        if self.regulation:
            return f"Текст акта: SHA-256 {sha256(self.regulation.text.encode()).hexdigest()}"
        if self.file is None:
            return f"Текст акта: {self.legal_act.url or 'официальное опубликование'}" if self.legal_act else ""
        return f"Файл акта: {self.file.name}, SHA-256 {self.file.sha256}"

    @property
    def sheet_lines(self) -> Any:
        """The lines of the sheet of acquaintance."""
        return self.readers

    @property
    def _about(self) -> str:
        return f"«{self.about}»" if self.kind == self.Kind.OTHER else self.about


class ActReaderQuerySet(models.QuerySet):
    """Lines of sheets."""

    def visible_to(self, user: User) -> Self:
        """All for those who keep the orders, one's own for everybody else."""
        return self if user.can(Right.ORDERS_SEE_ALL) else self.filter(person=user.person_id)

    def awaited(self) -> Self:
        """Lines of acts in force that nobody has read yet."""
        return self.filter(read_at__isnull=True, act__in=LocalAct.objects.in_force())


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

    objects = ActReaderQuerySet.as_manager()

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
