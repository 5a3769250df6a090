"""Meetings of collegial bodies: planned, held, their minutes signed (п. 3.5, 4.2)."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful, StoredFile
from mentoring_site.paper_numbers import KEY_LENGTH, NUMBER_LENGTH
from mentoring_site.russian import ruday
from people.language.word_forms import in_text, text_key, words_of
from people.promises import Promise
from people.register.models import Person
from programs.pairings.models import Pairing
from programs.program.models import Program
from roadmap.bodies.models import Body
from roadmap.council.rules import MINUTES

COUNCIL = "методический совет"
BODIES = {
    COUNCIL: "методического совета",
    "педагогический совет": "педагогического совета",
    "художественный совет": "художественного совета",
    "общее собрание работников": "общего собрания работников",
}
"""Bodies that schools have, with the genitive that stands in «заседания …»; another one comes with its own."""


class MinutesQuerySet(models.QuerySet):
    """Minutes of all bodies."""

    def visible_to(self, user: Any) -> Self:
        """All for the council, curator and director; for others there are none."""
        return self if Promise.MINUTES.opens_to(user) else self.none()

    def with_requirements(self) -> Self:
        """Everything that requirements of minutes read."""
        return self.select_related("chair", "secretary", "organ").prefetch_related(
            "items__programs__pairing__participations",
            "items__pairings__participations",
            "items__recused",
            "items__matters__object",
            "present",
        )

    def found_by(self, text: str) -> Self:
        """Return minutes that have every word of ``text``: its beginning or any form in the questions, or the beginning
        of a name, present or former, of somebody whom they are about or who was there.
        """
        found = self
        for word in words_of(text):
            people = Person.objects.found_by(word).values("pk")
            about = Q(programs__pairing__participations__person__in=people)
            about |= Q(pairings__participations__person__in=people) | in_text("search", word)
            there = Minutes.present.through.objects.filter(minutes=OuterRef("pk"), person__in=people)
            held = Q(chair__in=people) | Q(secretary__in=people) | Exists(there)
            found = found.filter(Exists(AgendaItem.objects.filter(about, minutes=OuterRef("pk"))) | held)
        return found


class Minutes(Stateful):
    """A meeting of a collegial body: planned with its agenda, then who was there, what was heard and decided.

    Signed on paper, then never edited. ``body`` and its genitive are the names of those days.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "назначено"
        DRAFT = "draft", "проект"
        SIGNED = "signed", "подписан"
        CANCELLED = "cancelled", "отменено"

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.PLANNED, db_index=True, editable=False
    )
    organ = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="орган")
    body = models.CharField("орган", max_length=150)
    body_genitive = models.CharField("орган, в родительном падеже", max_length=150)
    school_year = models.PositiveSmallIntegerField("учебный год", editable=False)
    number = models.CharField("№", max_length=NUMBER_LENGTH, blank=True)  # as it stands on the paper
    number_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)  # sorts and compares
    number_plain = models.PositiveIntegerField(null=True, editable=False)  # the next number follows it
    held_on = models.DateField("дата заседания")
    held_at = models.TimeField("время заседания", null=True, blank=True)
    place = models.CharField("место", max_length=150, blank=True)
    invited_at = models.DateTimeField("приглашения разосланы", null=True, blank=True, editable=False)
    cancel_reason = models.CharField("почему отменено", max_length=500, blank=True)
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="председательствующий"
    )
    secretary = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="секретарь"
    )
    present = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name="присутствовали")
    absent = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name="отсутствовали")
    invited = models.CharField("кто ещё присутствовал", max_length=1000, blank=True)
    absent_words = models.CharField("почему отсутствовали", max_length=500, blank=True)
    signed_on = models.DateField("подписан", null=True, blank=True, editable=False)
    signed_at = models.DateTimeField("подписание записано", null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="скан", editable=False
    )
    facts = models.JSONField("что подписано", null=True, blank=True, editable=False)
    facts_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = MinutesQuerySet.as_manager()
    WORKFLOW = MINUTES

    class Meta:
        verbose_name = "протокол"
        verbose_name_plural = "протоколы"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "draft", "signed", "cancelled"]), name="minutes_state_known"
            ),
            models.UniqueConstraint(
                fields=["body", "school_year", "number_key"],
                condition=~Q(number_key=""),
                name="minutes_number_once",
                violation_error_message="Протокол с таким номером в этом учебном году уже есть",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="minutes_signed_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") & Q(signed_on__isnull=True, facts__isnull=True, facts_sha256="")
                | (Q(state="signed", signed_on__isnull=False, facts__isnull=False) & ~Q(facts_sha256="")),
                name="minutes_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | (~Q(number="") & ~Q(number_key="")),
                name="minutes_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="minutes_cancelled_with_reason",
                violation_error_message="Напишите, почему заседание отменено",
            ),
        ]

    def __str__(self) -> str:
        if not self.number:
            return f"Заседание {self.body_genitive} {ruday(self.held_on)}"
        return f"Протокол №\u00a0{self.number} заседания {self.body_genitive}"

    @property
    def heading(self) -> str:
        """«№ 3 от 30 августа», of a meeting without minutes «заседание 5 декабря»."""
        day = ruday(self.held_on)
        return f"№\u00a0{self.number} от {day}" if self.number else f"заседание {day}"

    def get_absolute_url(self) -> str:
        return reverse("roadmap:minutes", args=[self.pk])


class AgendaItem(models.Model):
    """One question of the agenda: heard, spoke, decided, votes; the programs and pairs that it decides on."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="items", verbose_name="протокол")
    number = models.PositiveSmallIntegerField("№")
    title = models.CharField("вопрос повестки", max_length=500)
    heard = models.TextField("слушали", max_length=4000, blank=True)
    spoke = models.TextField("выступили", max_length=4000, blank=True)
    decided = models.TextField("решили", max_length=4000, blank=True)
    votes_for = models.PositiveSmallIntegerField("за", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("против", null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField("воздержались", null=True, blank=True)
    remarks = models.TextField("особые мнения и замечания", max_length=4000, blank=True)
    postponed = models.BooleanField("вопрос отложен", default=False)
    recused = models.ManyToManyField(
        Person, blank=True, related_name="+", verbose_name="заявили, что вопрос их касается"
    )
    programs = models.ManyToManyField(Program, blank=True, related_name="agenda_items", verbose_name="программы")
    pairings = models.ManyToManyField(Pairing, blank=True, related_name="agenda_items", verbose_name="пары и группы")
    search = models.TextField(editable=False, default="", blank=True)

    class Meta:
        verbose_name = "вопрос повестки"
        verbose_name_plural = "вопросы повестки"
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="agenda_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = text_key(self.title, self.heard, self.spoke, self.decided)
        super().save(*args, **kwargs)


class AgendaMatter(models.Model):
    """Another thing on which a question decides: a trial, the draft of an order (``roadmap/council/matters.py``)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="matters", verbose_name="вопрос повестки")
    object_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="вид")
    object_id = models.PositiveBigIntegerField("номер")
    object = GenericForeignKey("object_type", "object_id")

    class Meta:
        verbose_name = "предмет вопроса"
        verbose_name_plural = "предметы вопросов"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "object_type", "object_id"], name="agenda_matter_once"),
        ]

    def __str__(self) -> str:
        return str(self.object)
