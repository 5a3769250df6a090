"""Best practices of mentoring and their authors (п. 3.3–3.5; приложение, этап 6)."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Evidence, Stateful
from people.consents.dissemination import unwilling
from people.language.word_forms import in_text, text_key, words_of
from people.promises import Promise
from people.register.models import Person, PersonQuerySet
from programs.program.models import Program
from roadmap.events.models import Event
from roadmap.practices.rules import PRACTICE

LONGEST = 6000


def _stamp(words: str) -> models.DateTimeField:
    return models.DateTimeField(words, null=True, blank=True, editable=False)


def _by(words: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=words,
        editable=False,
    )


class PracticeQuerySet(models.QuerySet):
    """Practices."""

    def visible_to(self, user: Any) -> Self:
        """All for director, curator and council; one's own for authors; for others what any visitor sees."""
        if Promise.PRACTICE.opens_to(user):
            return self
        own = PracticeAuthor.objects.filter(practice=OuterRef("pk"), person=user.person_id)
        return self.filter(Exists(own) | Q(created_by=user.pk) | Q(pk__in=Practice.objects.for_visitors().values("pk")))

    def for_visitors(self) -> Self:
        """Published ones whose words name nobody without a live leave, asked at each look (п. 8.1)."""
        shown = self.filter(state=Practice.State.PUBLISHED)
        named = Practice.people.through.objects.filter(practice__state=Practice.State.PUBLISHED)
        apart = unwilling(named.order_by().values_list("person", flat=True).distinct())
        if not apart:
            return shown
        naming = Practice.people.through.objects.filter(practice=OuterRef("pk"), person__in=apart)
        return shown.filter(~Exists(naming))

    def in_bank(self) -> Self:
        """Those that the council, or a round table, has taken into the bank of best practices (п. 3.5)."""
        return self.filter(state__in=Practice.IN_BANK)

    def found_by(self, text: str) -> Self:
        """Those whose words have every word of ``text`` in any form."""
        found = self
        for word in words_of(text):
            found = found.filter(in_text("search", word))
        return found

    def with_authors(self) -> Self:
        """Authors with what their names and posts are made of."""
        people: PersonQuerySet = Person.objects.with_posts()
        authors = PracticeAuthor.objects.prefetch_related(Prefetch("person", people)).order_by("rank", "pk")
        return self.prefetch_related(Prefetch("authors", authors))

    def with_requirements(self) -> Self:
        """Everything that rules and the page of a practice read."""
        return self.select_related("program", "created_by__person").with_authors().prefetch_related("people")


class Practice(Stateful):
    """A case: what was difficult, what was done, what came of it in figures, what it can be repeated with."""

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        REVIEW = "review", "на рассмотрении совета"
        RETURNED = "returned", "возвращена с замечаниями"
        ACCEPTED = "accepted", "в копилке"
        PUBLISHED = "published", "на сайте"
        TAKEN_DOWN = "taken_down", "снята с сайта"
        DROPPED = "dropped", "снята с работы"

    IN_WORK = (State.DRAFT, State.RETURNED)
    IN_BANK = (State.ACCEPTED, State.PUBLISHED, State.TAKEN_DOWN)

    title = models.CharField("название", max_length=200)
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, related_name="practices", verbose_name="программа"
    )
    state = models.CharField("состояние", max_length=10, choices=State, default=State.DRAFT, editable=False)
    summary = models.CharField("коротко", max_length=300, blank=True)
    problem = models.TextField("в чём была трудность", max_length=LONGEST, blank=True)
    done = models.TextField("что сделали", max_length=LONGEST, blank=True)
    result = models.TextField("что получилось", max_length=LONGEST, blank=True)
    figures = models.TextField("в цифрах", max_length=2000, blank=True)
    advice = models.TextField("кому пригодится и как повторить", max_length=LONGEST, blank=True)
    nominated_on = models.DateField("выдвинута", null=True, blank=True, editable=False)
    nominated_event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="practices", verbose_name="событие", editable=False
    )
    nominated_at = models.CharField("где выдвинута", max_length=200, blank=True, editable=False)
    remarks = models.TextField("замечания совета", max_length=4000, blank=True, editable=False)
    submitted_at, submitted_by = _stamp("передана совету"), _by("кто передал")
    reviewed_at, reviewed_by = _stamp("рассмотрена"), _by("кто рассмотрел")
    inside_at, inside_by = _stamp("решено не показывать"), _by("кто решил не показывать")
    published_at, published_by = _stamp("опубликована"), _by("кто опубликовал")
    files_public = models.BooleanField("материалы видны на сайте", default=False, editable=False)
    taken_down_at, taken_down_by = _stamp("снята с сайта"), _by("кто снял")
    taken_down_reason = models.CharField("почему снята", max_length=500, blank=True, editable=False)
    people = models.ManyToManyField(
        Person, blank=True, related_name="+", verbose_name="кого называет текст", editable=False
    )
    created_at = models.DateTimeField("записана", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)
    search = models.TextField(editable=False, default="", blank=True)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    objects = PracticeQuerySet.as_manager()
    WORKFLOW = PRACTICE
    TEXTS = ("title", "summary", "problem", "done", "result", "figures", "advice")

    class Meta:
        verbose_name = "практика"
        verbose_name_plural = "практики"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "published_at"], name="practice_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "review", "returned", "accepted", "published", "taken_down", "dropped"]
                ),
                name="practice_state_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="practice_named"),
            models.CheckConstraint(
                condition=Q(nominated_on__isnull=True, nominated_at="")
                | (Q(nominated_on__isnull=False) & ~Q(nominated_at="")),
                name="practice_nominated_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, published_by__isnull=False),
                name="practice_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_down")
                | (Q(taken_down_at__isnull=False, taken_down_by__isnull=False) & ~Q(taken_down_reason="")),
                name="practice_taken_down_with_reason",
                violation_error_message="Напишите, почему практика снята с сайта",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(remarks=""),
                name="practice_returned_with_remarks",
                violation_error_message="Напишите, что поправить",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
                    | Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False}),
                    name=f"practice_{name}_paired",
                )
                for name in ("submitted", "reviewed", "inside", "published", "taken_down")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = text_key(*(getattr(self, name) for name in self.TEXTS))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:practice", args=[self.pk])

    @property
    def words(self) -> str:
        """All that a visitor would read of it."""
        return "\n".join(getattr(self, name) for name in self.TEXTS)


class PracticeAuthorQuerySet(models.QuerySet):
    """Authors of practices."""

    def visible_to(self, user: Any) -> Self:
        """Those of the practices whose names the user reads: inside, and of one's own."""
        if Promise.PRACTICE.opens_to(user):
            return self
        mine = PracticeAuthor.objects.filter(person=user.person_id).values("practice")
        return self.filter(Q(practice__in=mine) | Q(practice__created_by=user.pk))


class PracticeAuthor(models.Model):
    """Somebody whose work a practice is, and how a visitor is told of it."""

    class Part(models.TextChoices):
        MENTOR = "mentor", "наставник"
        MENTEE = "mentee", "наставляемый"
        CURATOR = "curator", "куратор"
        COUNCIL = "council", "методический совет"
        ADMIN = "admin", "системный администратор"
        OTHER = "other", "соавтор"

    class Shown(models.TextChoices):
        NAME = "name", "по имени, когда есть письменное согласие"
        POST = "post", "без имени: «преподаватель фортепианного отделения»"
        HIDDEN = "hidden", "не показывать"

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="authors", verbose_name="практика")
    person = models.ForeignKey(Person, models.PROTECT, related_name="practices", verbose_name="автор")
    part = models.CharField("кто это", max_length=7, choices=Part)
    shown = models.CharField("как назвать на сайте", max_length=6, choices=Shown, default=Shown.POST)
    rank = models.PositiveSmallIntegerField(editable=False, default=0)

    objects = PracticeAuthorQuerySet.as_manager()

    class Meta:
        verbose_name = "автор практики"
        verbose_name_plural = "авторы практик"
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "person"],
                name="practice_author_once",
                violation_error_message="Этот человек уже среди авторов",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name}, {self.get_part_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.rank = self.Part.values.index(self.part)
        super().save(*args, **kwargs)
