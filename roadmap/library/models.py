"""Methodical materials and the programs that use them (п. 3.5; приложение, этапы 4 и 6)."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Evidence, Stateful
from people.banks.models import Topic
from people.consents.dissemination import unwilling
from people.language.word_forms import in_text, text_key, words_of
from people.promises import Promise
from people.register.models import Person
from people.rights import MENTEE, MENTOR, Right
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.program.models import Program
from programs.program.visibility import in_visible_program
from roadmap.library.rules import MATERIAL


class MaterialQuerySet(models.QuerySet):
    """Methodical materials."""

    def visible_to(self, user: Any) -> Self:
        """All for curator, council and director; for others one's own, accepted ones for them, those of own programs.

        A mentor reads what is for mentors and for mentees, a mentee what is for mentees (п. 3.5, 4.1).
        """
        if Promise.MATERIAL.opens_to(user):
            return self
        taken = ProgramMaterial.objects.filter(in_visible_program(user, "program__"), material=OuterRef("pk"))
        theirs = Q(audience__in=audiences_of(user), state=Material.State.ACCEPTED)
        kept = Q(state__in=(Material.State.ACCEPTED, Material.State.ARCHIVED)) & Exists(taken)
        return self.filter(Q(created_by=user.pk) | theirs | kept)

    def accepted(self) -> Self:
        """Those that the council has accepted."""
        return self.filter(state=Material.State.ACCEPTED)

    def for_visitors(self) -> Self:
        """Those shown on the site whose words name nobody without a live leave, asked at each look (п. 8.1)."""
        shown = self.accepted().filter(is_public=True)
        named = Material.people.through.objects.filter(material__is_public=True)
        apart = unwilling(named.order_by().values_list("person", flat=True).distinct())
        if not apart:
            return shown
        naming = Material.people.through.objects.filter(material=OuterRef("pk"), person__in=apart)
        return shown.filter(~Exists(naming))

    def found_by(self, text: str) -> Self:
        """Those whose title, annotation or source have every word of ``text`` in any form."""
        found = self
        for word in words_of(text):
            found = found.filter(in_text("search", word))
        return found

    def with_uses(self) -> Self:
        """Annotate ``uses``: how many programs have taken the material."""
        taken = ProgramMaterial.objects.filter(material=OuterRef("pk")).order_by().values("material")
        number = Subquery(taken.annotate(n=models.Count("pk")).values("n"))
        return self.annotate(uses=Coalesce(number, 0))

    def with_requirements(self) -> Self:
        """Everything that rules and the page of a material read."""
        found = self.select_related("topic", "created_by__person", "reviewed_by__person", "public_by__person")
        return found.prefetch_related("forms", "kinds", "evidence")


def audiences_of(user: Any) -> list[str]:
    """Return for whom materials are that somebody without an office reads."""
    found = [Material.Audience.ALL]
    if MENTOR in user.roles:
        found += [Material.Audience.MENTOR, Material.Audience.MENTEE]
    if MENTEE in user.roles:
        found.append(Material.Audience.MENTEE)
    return list(dict.fromkeys(found))


def may_add(user: Any) -> bool:
    """Whether the user may put a material: curator, council and mentors (п. 3.4, 3.5, 4.1)."""
    return user.can(Right.LIBRARY_WRITE) or MENTOR in user.roles


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


class Material(Stateful):
    """A methodical material with its files in revisions: what it is, for whom, from where, whether it may be shown."""

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        REVIEW = "review", "на рассмотрении совета"
        RETURNED = "returned", "возвращён с замечаниями"
        ACCEPTED = "accepted", "в библиотеке"
        ARCHIVED = "archived", "в архиве"

    class Audience(models.TextChoices):
        ALL = "all", "для всех"
        MENTOR = "mentor", "наставнику"
        MENTEE = "mentee", "наставляемому"
        CURATOR = "curator", "куратору"
        COUNCIL = "council", "методическому совету"

    class Kind(models.TextChoices):
        DEVELOPMENT = "development", "методическая разработка"
        MEMO = "memo", "памятка"
        SLIDES = "slides", "презентация"
        LESSON = "lesson", "сценарий урока"
        RECORDING = "recording", "запись"
        ARTICLE = "article", "статья"
        LINK = "link", "ссылка"

    class Licence(models.TextChoices):
        INSIDE = "inside", "только внутри школы"
        OWN = "own", "школьная работа, автор разрешил показывать на сайте"
        FREE = "free", "свободная лицензия или открытый источник"

    SHOWABLE = (Licence.OWN, Licence.FREE)
    IN_WORK = (State.DRAFT, State.RETURNED)

    title = models.CharField("название", max_length=200)
    state = models.CharField("состояние", max_length=10, choices=State, default=State.DRAFT, editable=False)
    kind = models.CharField("что это", max_length=12, choices=Kind)
    annotation = models.TextField("о чём", max_length=1500)
    audience = models.CharField("кому", max_length=8, choices=Audience, default=Audience.ALL)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name="тема"
    )
    forms = models.ManyToManyField(
        MentoringForm, blank=True, related_name="materials", verbose_name="для форм наставничества"
    )
    kinds = models.ManyToManyField(
        MentoringKind, blank=True, related_name="materials", verbose_name="для видов наставничества"
    )
    source = models.CharField("автор или источник", max_length=300)
    licence = models.CharField("можно ли показывать", max_length=6, choices=Licence, default=Licence.INSIDE)
    is_public = models.BooleanField("на сайте", default=False, editable=False)
    public_at, public_by = _stamp("показан на сайте"), _by("кто показал")
    remarks = models.TextField("замечания совета", max_length=4000, blank=True, editable=False)
    submitted_at = _stamp("передан совету")
    reviewed_at, reviewed_by = _stamp("рассмотрен"), _by("кто рассмотрел")
    accepted_at = _stamp("принят")
    people = models.ManyToManyField(
        Person, blank=True, related_name="+", verbose_name="кого называет текст", editable=False
    )
    created_at = models.DateTimeField("добавлен", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто добавил", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)
    search = models.TextField(editable=False, default="", blank=True)
    evidence = GenericRelation(Evidence, "object_id", "object_type")

    objects = MaterialQuerySet.as_manager()
    WORKFLOW = MATERIAL

    class Meta:
        verbose_name = "методический материал"
        verbose_name_plural = "методические материалы"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "audience"], name="material_by_audience")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review", "returned", "accepted", "archived"]),
                name="material_state_known",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(annotation="") & ~Q(source=""), name="material_told"),
            models.CheckConstraint(
                condition=Q(is_public=False) | (Q(state="accepted") & Q(licence__in=["own", "free"])),
                name="material_public_is_accepted_and_allowed",
                violation_error_message="На сайте показывают принятый советом материал, который можно показывать",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(remarks=""),
                name="material_returned_with_remarks",
                violation_error_message="Напишите, что поправить",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
                    | Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False}),
                    name=f"material_{name}_paired",
                )
                for name in ("reviewed", "public")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = text_key(self.title, self.annotation, self.source)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:material", args=[self.pk])

    @property
    def words(self) -> str:
        """All words of it that a visitor would read."""
        return f"{self.title}\n{self.annotation}\n{self.source}"


class ProgramMaterialQuerySet(models.QuerySet):
    """Materials of programs."""

    def visible_to(self, user: Any) -> Self:
        """Those of visible programs."""
        return self.filter(in_visible_program(user, "program__"))


class ProgramMaterial(models.Model):
    """A material of the library that a program uses (п. 3.5)."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="library", verbose_name="программа")
    material = models.ForeignKey(Material, models.PROTECT, related_name="taken", verbose_name="материал")
    note = models.CharField("к чему", max_length=300, blank=True)
    added_at = models.DateTimeField("взят", default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто взял", editable=False
    )

    objects = ProgramMaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "материал программы"
        verbose_name_plural = "материалы программ"
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "material"],
                name="program_material_once",
                violation_error_message="Этот материал уже есть в программе",
            )
        ]

    def __str__(self) -> str:
        return f"{self.material}: {self.program}"
