"""Normative acts that the school stands on: level, kind, number, date, edition, term, doubts and how they were settled.

Papers cite the records, the site lists them. Numbers are free text: scans and originals differ.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from datetime import date as day_of_calendar  # the model has a field ``date``
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile
from mentoring_site.russian import NBSP, quoted, rudate, rushort
from people.language.posts import decline_department
from people.language.word_forms import in_text, text_key, words_of
from people.school.models import School

CODE = "Кодекс"
"""The kind of acts that are cited by their title: «Трудовой кодекс Российской Федерации»."""


@dataclass(frozen=True)
class Article:
    """An article on which papers of the school rest; its own term when it differs from that of its act."""

    number: str
    about: str = ""
    since: date | None = None
    ends_on: date | None = None

    def in_force_on(self, day: date) -> bool:
        """Whether the article is in force on a day, as far as it has a term of its own."""
        return (self.since is None or self.since <= day) and (self.ends_on is None or day < self.ends_on)

    @property
    def in_words(self) -> str:
        """«351.8 с 01.03.2025 — особенности труда наставников»: a line of the form."""
        term = [f"с {rushort(self.since)}" if self.since else "", f"до {rushort(self.ends_on)}" if self.ends_on else ""]
        start = " ".join(filter(None, [self.number, *term]))
        return f"{start} — {self.about}" if self.about else start


YEAR = timedelta(days=365)
"""How long an act is believed to be what the base says of it."""


class LegalActQuerySet(models.QuerySet):
    """Acts of the legal base."""

    def visible_to(self, user: Any) -> Self:
        """The acts of the school's region for everybody inside: law is no secret."""
        return self.of_school()

    def of_school(self, school: School | None = None) -> Self:
        """Acts that are valid in the school's region: another republic's school does not see those of Kalmykia."""
        school = school or School.get()
        return self.filter(region__in=["", school.region if school else ""])

    def in_force_on(self, day: date) -> Self:
        """Acts in force on a day."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def doubtful(self) -> Self:
        """Acts with a doubt that nobody has settled."""
        return self.exclude(doubt="").filter(settled_at__isnull=True)

    def stale(self, today: date | None = None) -> Self:
        """Acts in force that nobody has compared with their official text for a year (п. 9.2)."""
        today = today or timezone.localdate()
        begun = Coalesce("checked_on", TruncDate("created_at"))
        return self.in_force_on(today).annotate(known_on=begun).filter(known_on__lte=today - YEAR)

    def found_by(self, text: str) -> Self:
        """Acts whose kind, number, date, title or articles have every word of ``text``, in any form."""
        found = self
        for word in words_of(text):
            found = found.filter(in_text("search", word) | Q(number__icontains=word))
        return found


class LegalAct(models.Model):
    """One act, or one guidance, that mentoring in the school rests on."""

    class Level(models.IntegerChoices):
        FEDERAL = 1, "федеральный"
        REGIONAL = 2, "региональный"
        MUNICIPAL = 3, "муниципальный"
        LOCAL = 4, "локальный"

    code = models.SlugField(max_length=40, unique=True, null=True, blank=True, editable=False)  # of planted acts
    level = models.PositiveSmallIntegerField("уровень", choices=Level, default=Level.FEDERAL)
    region = models.CharField("регион", max_length=60, blank=True, default="", editable=False)  # empty: everywhere
    is_guidance = models.BooleanField("методические рекомендации, а не нормативный акт", default=False)
    kind = models.CharField("вид акта и кем принят", max_length=200)
    number = models.CharField("номер", max_length=60, blank=True)
    date = models.DateField("дата", null=True, blank=True)
    edition = models.DateField("в редакции от", null=True, blank=True)
    title = models.CharField("название", max_length=600, blank=True)
    articles = models.JSONField("статьи", default=list, blank=True)  # [{"number", "about", "since", "ends_on"}]
    url = models.URLField("ссылка на текст", max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    since = models.DateField("действует с", null=True, blank=True)
    ends_on = models.DateField("не действует с", null=True, blank=True)
    end_reason = models.CharField("почему перестал действовать", max_length=300, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="чем заменён"
    )
    in_regulation = models.BooleanField("назван в пункте 1.1 Положения", default=False)
    note = models.CharField("примечание", max_length=300, blank=True)
    misprint = models.CharField("ошибочное написание", max_length=300, blank=True)  # what no paper may say
    doubt = models.TextField("сомнение", max_length=1000, blank=True)
    settled = models.TextField("как решено", max_length=1000, blank=True)
    settled_at = models.DateTimeField("решено", null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    is_public = models.BooleanField("показывать на сайте", default=True)
    checked_on = models.DateField("проверен", null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    search = models.TextField(editable=False, default="", blank=True)
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    created_at = models.DateTimeField("записан", default=timezone.now, editable=False)
    created_by = models.ForeignKey(  # nobody: it came with the application
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = LegalActQuerySet.as_manager()

    class Meta:
        verbose_name = "правовой акт"
        verbose_name_plural = "правовые акты"
        ordering = ["level", "date", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3, 4]), name="legal_act_level_known"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(ends_on__isnull=True) | Q(since__lt=F("ends_on")),
                name="legal_act_term_ordered",
                violation_error_message="Акт не может перестать действовать раньше, чем начал",
            ),
            models.CheckConstraint(
                condition=Q(settled="", settled_at__isnull=True, settled_by__isnull=True)
                | (~Q(settled="") & ~Q(doubt="") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="legal_act_doubt_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = search_key(self)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:legal_act", args=[self.pk])

    @property
    def is_code(self) -> bool:
        """Whether the act is a code, cited by its title."""
        return self.kind == CODE

    @property
    def ref(self) -> str:
        """«от 29.12.2012 № 273-ФЗ», as much of it as is known."""
        parts = [f"от {rushort(self.date)}" if self.date else "", f"№{NBSP}{self.number}" if self.number else ""]
        return " ".join(filter(None, parts))

    @property
    def name(self) -> str:
        """«Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании …»», «Трудовой кодекс Российской Федерации …»."""
        title = "" if self.is_code or not self.title else quoted(self.title)
        return " ".join(filter(None, [self.title if self.is_code else self.kind, self.ref, title]))

    @property
    def short_name(self) -> str:
        """«Федеральный закон от 29.12.2012 № 273-ФЗ»: for messages and lists of papers."""
        return self.title if self.is_code else f"{self.kind} {self.ref}".strip()

    def cited(self, case: str, *articles: str) -> str:
        """Return the act as a paper cites it in a case, with articles if it is cited by them.

        «Федеральным законом от 29 декабря 2012 г. № 273-ФЗ «Об образовании в Российской Федерации»»; «статьёй 351.8
        Трудового кодекса Российской Федерации».
        """
        if articles:
            word = ("статья", {"genitive": "статьи", "instrumental": "статьёй"})
            many = {"genitive": "статей", "instrumental": "статьями"}
            start = word[1].get(case, word[0]) if len(articles) == 1 else many.get(case, "статьи")
            return f"{start} {' и '.join(articles)} {self._cited('genitive')}"
        return self._cited(case)

    def _cited(self, case: str) -> str:
        if self.is_code:
            return decline_department(self.title, case)
        day = f" от {rudate(self.date)}" if self.date else ""
        number = f" № {self.number}" if self.number else ""
        title = f" {quoted(self.title)}" if self.title else ""
        kind = decline_department(self.kind, case)
        kind = kind if kind.startswith("Федеральн") else f"{kind[:1].lower()}{kind[1:]}"
        return f"{kind}{day}{number}{title}"

    @property
    def article_list(self) -> list[Article]:
        """The articles on which papers rest; none: any article of the act may be cited."""
        return [
            Article(row["number"], row.get("about", ""), _day(row.get("since")), _day(row.get("ends_on")))
            for row in self.articles
        ]

    def in_force_on(self, day: day_of_calendar) -> bool:
        """Whether the act is in force on a day."""
        return (self.since is None or self.since <= day) and (self.ends_on is None or day < self.ends_on)

    @property
    def has_open_doubt(self) -> bool:
        """Whether something about the act is doubtful and nobody has settled it."""
        return bool(self.doubt) and self.settled_at is None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def search_key(act: Any) -> str:
    """Return the key of an act for ``in_text``: its kind, number, date, title, note and articles."""
    articles = [f"{row['number']} {row.get('about', '')}" for row in act.articles]
    day = rushort(act.date) if act.date else ""
    return text_key(act.kind, act.number, day, act.title, act.note, *articles)
