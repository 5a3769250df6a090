"""Consents: three papers, never one form (152-ФЗ; п. 3.2, 3.3, 8.1; roadmap stages 2 and 3)."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right

PROCESSING, DUTIES, DISSEMINATION = "processing", "duties", "dissemination"

PUBLIC_FIELDS = {
    "name": "фамилия, имя, отчество",
    "post": "должность и отделение",
    "category": "квалификационная категория",
    "photo": "фотография",
    "program": "участие в программе наставничества",
    "results": "результаты программы",
}
"""What a person may allow to publish, one by one (ст. 10.1, ч. 1)."""

INITIALS, NO_THIRD = "initials", "no_third"
RULES = {INITIALS: "только инициалы", NO_THIRD: "не передавать третьим лицам"}
"""Conditions and prohibitions that the application knows by name; others are own words (ст. 10.1, ч. 9)."""
RULES_OF = {code: [INITIALS, NO_THIRD] if code == "name" else [NO_THIRD] for code in PUBLIC_FIELDS}
OWN_WORDS = 300


def conditions_wrong(fields: Iterable[str], conditions: object) -> str:
    """Return what is wrong with conditions per field, in Russian, or an empty string (приказ РКН № 18, п. 7).

    ``conditions`` is ``{field: {"rules": [code], "words": own words}}``, only for fields that are allowed.
    """
    if not isinstance(conditions, dict) or not set(conditions) <= set(fields):
        return "Условие можно поставить только для сведений, которые разрешено распространять"
    for code, condition in conditions.items():
        if not isinstance(condition, dict) or set(condition) != {"rules", "words"}:
            return "Условие состоит из отметок и своих слов"
        rules, words = condition["rules"], condition["words"]
        if not isinstance(rules, list) or not set(rules) <= set(RULES_OF.get(code, ())):
            return f"Такого условия для этих сведений нет: {PUBLIC_FIELDS.get(code, code)}"
        if not isinstance(words, str) or len(words) > OWN_WORDS:
            return f"Условие своими словами — не длиннее {OWN_WORDS} знаков"
        if not rules and not words.strip():
            return "Пустое условие записывать не нужно"
    return ""


class ConsentQuerySet(models.QuerySet):
    def live(self, on: date | None = None) -> Self:
        """Consents in force on a date (today by default)."""
        on = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), ended_on__isnull=True, given_on__lte=on)

    def visible_to(self, user: User) -> Self:
        """All for those who keep the register, one's own for everybody else."""
        return self if user.can(Right.CONSENTS_SEE_ALL) else self.filter(person=user.person_id)


class Consent(models.Model):
    """One consent of one person for one purpose, with the exact text that was signed.

    ``matter`` is the ``uuid`` of the pairing that a consent to duties is about: consents stand below pairings and keep
    no key to them (docs/decisions/0006). ``fields`` and ``conditions`` are what may be published now: a partial
    withdrawal takes fields away, the frozen text keeps what was signed.
    """

    class Purpose(models.TextChoices):
        PROCESSING = PROCESSING, "обработка персональных данных"
        DUTIES = DUTIES, "выполнение обязанностей"
        DISSEMINATION = DISSEMINATION, "распространение персональных данных"

    class Part(models.TextChoices):
        MENTOR = "mentor", "наставника"
        MENTEE = "mentee", "наставляемого"

    class Form(models.TextChoices):
        PAPER = "paper", "на бумаге"
        APPLICATION = "app", "в системе"

    class Transfer(models.TextChoices):
        """How the operator may pass the data on (приказ РКН № 18, п. 8)."""

        INTERNAL = "internal", "только по внутренней сети"
        NETWORK = "network", "по информационно-телекоммуникационным сетям"
        NONE = "none", "без передачи"

    class End(models.TextChoices):
        WITHDRAWN = "withdrawn", "отозвано"
        EXPIRED = "expired", "истёк срок"
        REPLACED = "replaced", "заменено новым"

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents", verbose_name="человек")
    purpose = models.CharField("назначение", max_length=13, choices=Purpose)
    part = models.CharField("чьи обязанности", max_length=6, choices=Part, blank=True)
    matter = models.UUIDField("о какой паре", null=True, blank=True)
    matter_words = models.CharField("о какой паре, словами", max_length=300, blank=True)
    fields = models.JSONField("разрешённые сведения", default=list, blank=True)
    conditions = models.JSONField("условия и запреты", default=dict, blank=True)
    transfer = models.CharField("условия передачи", max_length=8, choices=Transfer, blank=True)
    text_date = models.DateField("редакция текста")
    text = models.TextField("полный текст")
    text_sha256 = models.CharField("SHA-256 текста", max_length=64)
    form = models.CharField("как дано", max_length=5, choices=Form, default=Form.PAPER)
    given_on = models.DateField("дата")
    until = models.DateField("действует по", null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="скан")
    address = models.GenericIPAddressField("адрес устройства", null=True, blank=True)
    recorded_at = models.DateTimeField("записано", default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал"
    )
    ended_on = models.DateField("прекращено", null=True, blank=True)
    end = models.CharField("почему прекращено", max_length=9, choices=End, blank=True)
    end_recorded_at = models.DateTimeField("прекращение записано", null=True, blank=True)
    end_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто записал прекращение",
    )
    erased_on = models.DateField("скан и текст уничтожены", null=True, blank=True, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        ordering = ["-given_on", "-pk"]
        indexes = [  # the rows carry whole texts: lists and «is there a live consent» must not read them
            models.Index(fields=["-given_on", "-id"], name="consent_newest"),
            models.Index(
                fields=["person", "purpose", "part", "ended_on", "given_on", "until"], name="consent_of_person"
            ),
            models.Index(fields=["purpose", "until"], condition=Q(ended_on__isnull=True), name="consent_live"),
            models.Index(
                fields=["until", "form", "scan", "recorded_at"],
                condition=Q(ended_on__isnull=True),
                name="consent_papers",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(ended_on__isnull=True) & ~Q(purpose=DUTIES),
                name="one_live_consent",
                violation_error_message="Такое согласие уже действует",
            ),
            models.UniqueConstraint(
                fields=["person", "part", "matter"],
                condition=Q(ended_on__isnull=True, purpose=DUTIES),
                name="one_live_duties_consent",
                violation_error_message="Согласие на эти обязанности уже действует",
            ),
            models.CheckConstraint(
                condition=(Q(purpose=DUTIES, matter__isnull=False) & ~Q(part=""))
                | (~Q(purpose=DUTIES) & Q(part="", matter__isnull=True)),
                name="duties_have_part_and_matter",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end="", end_recorded_at__isnull=True)
                | (Q(ended_on__isnull=False, end_recorded_at__isnull=False) & ~Q(end="")),
                name="consent_end_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("given_on")),
                name="consent_ends_later",
                violation_error_message="Согласие не может прекратиться раньше, чем дано",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name}: {self.get_purpose_display()}"

    def get_absolute_url(self) -> str:
        return reverse("people:consent", args=[self.pk])

    @property
    def title(self) -> str:
        """«обработка персональных данных», «обязанности наставника»: for lists and the history."""
        return f"обязанности {self.get_part_display()}" if self.purpose == DUTIES else self.get_purpose_display()

    def clean(self) -> None:
        """Conditions stand only at allowed fields and are of the known kinds."""
        super().clean()
        if wrong := conditions_wrong(self.fields, self.conditions):
            raise ValidationError({"conditions": wrong})
