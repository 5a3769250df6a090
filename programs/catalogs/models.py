"""Editable lists of programs: mentoring forms and kinds (п. 2.3), templates of typical programs."""

from typing import Any, Self

from django.db import models

from mentoring_site.models import StoredFile
from people.banks.models import Topic
from people.rights import Right
from people.school.models import Department


class Responsible(models.TextChoices):
    """Who carries out an activity of a program or of its sample."""

    MENTOR = "mentor", "наставник"
    MENTEE = "mentee", "наставляемый"
    BOTH = "both", "оба"


class Category(models.TextChoices):
    """What duty of the mentor an activity serves besides the difficulties of the mentee (п. 4.2)."""

    STRUCTURES = "structures", "взаимодействие со структурами школы"
    SOCIAL = "social", "общественная жизнь коллектива"
    OUTLOOK = "outlook", "общекультурный и профессиональный кругозор"
    RESEARCH = "research", "научный поиск и творчество"
    INNOVATION = "innovation", "инновационная деятельность"
    EVENTS = "events", "конкурсы, конференции, форумы"


class MentoringForm(models.Model):
    """A form of mentoring: a role situation, «педагог – педагог» (п. 1.2, 2.3). The curator may add others."""

    code = models.SlugField("код", max_length=20, blank=True, default="", editable=False)  # of a form of п. 2.3
    name = models.CharField("название", max_length=160, unique=True)
    other_name = models.CharField("другое название", max_length=160, blank=True)
    mentor_role = models.CharField("кто наставник", max_length=160)
    mentee_role = models.CharField("кто наставляемый", max_length=160)
    with_student = models.BooleanField("наставляемый — студент на практике, а не работник", default=False)
    is_open = models.BooleanField("предлагается", default=True)

    class Meta:
        verbose_name = "форма наставничества"
        verbose_name_plural = "формы наставничества"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="form_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class MentoringKind(models.Model):
    """A kind of mentoring: virtual, in a group, short-term, reverse, situational, speed, traditional (п. 2.3)."""

    code = models.SlugField("код", max_length=20, unique=True)
    name = models.CharField("название", max_length=160)
    description = models.TextField("что это", max_length=1000)
    is_open = models.BooleanField("предлагается", default=True)

    class Meta:
        verbose_name = "вид наставничества"
        verbose_name_plural = "виды наставничества"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ProgramTemplate(models.Model):
    """A sample program for a typical need of an arts school: copied into a draft, then edited freely."""

    name = models.CharField("название", max_length=160, unique=True)
    for_whom = models.CharField("кому подходит", max_length=300)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="отделение"
    )
    need = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="потребность")
    goal = models.TextField("цель", max_length=2000)
    directions = models.TextField("направления", max_length=2000)
    months = models.PositiveSmallIntegerField("сколько месяцев", default=9)
    is_open = models.BooleanField("предлагается", default=True)

    class Meta:
        verbose_name = "образец программы"
        verbose_name_plural = "образцы программ"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TemplateActivityQuerySet(models.QuerySet):
    """Activities of samples."""

    def visible_to(self, user: Any) -> Self:
        """For those who write samples; a program shows its own activities."""
        return self if user.can(Right.PROGRAMS_WRITE) else self.none()


class TemplateActivity(models.Model):
    """An activity of a template, due some weeks after the start."""

    template = models.ForeignKey(ProgramTemplate, models.CASCADE, related_name="activities", verbose_name="образец")
    week = models.PositiveSmallIntegerField("неделя от начала")
    title = models.CharField("мероприятие", max_length=300)
    responsible = models.CharField("кто", max_length=8, default=Responsible.BOTH)
    expected_result = models.CharField("ожидаемый результат", max_length=300)
    evidence = models.CharField("чем подтверждается", max_length=300)
    position = models.PositiveSmallIntegerField("место среди мероприятий недели", default=0, editable=False)
    changed_at = models.DateTimeField(
        "когда изменено", null=True, blank=True, editable=False
    )  # its words; None: as it was made
    materials = models.ManyToManyField(StoredFile, blank=True, related_name="+", verbose_name="материалы")
    category = models.CharField("категория", max_length=10, choices=Category, blank=True)

    objects = TemplateActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "мероприятие образца"
        verbose_name_plural = "мероприятия образца"
        ordering = ["week", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class StepSample(models.Model):
    """A small observable step that a mentor may offer at the end of a meeting; for whom it fits, if not for all."""

    text = models.CharField("шаг", max_length=300, unique=True)
    subject = models.CharField("инструмент или отделение", max_length=100, blank=True)
    post = models.CharField("должность", max_length=100, blank=True)
    is_open = models.BooleanField("предлагается", default=True)

    class Meta:
        verbose_name = "образец шага"
        verbose_name_plural = "образцы шагов"
        ordering = ["subject", "post", "text"]

    def __str__(self) -> str:
        return self.text

    @property
    def name(self) -> str:
        """What the list of the school shows."""
        return self.text


class IncentiveMeasure(models.Model):
    """A measure by which the school honors its workers (ТК 191; п. 3.5): material or not, in words of an order."""

    class Case(models.TextChoices):
        DATIVE = "dative", "кому: «объявить благодарность Ивановой»"
        ACCUSATIVE = "accusative", "кого: «наградить почётной грамотой Иванову»"

    code = models.SlugField("код", max_length=20, unique=True)
    name = models.CharField("название", max_length=120, unique=True)
    wording = models.CharField("как пишется в приказе", max_length=160)
    case = models.CharField("падеж имени", max_length=10, choices=Case, default=Case.DATIVE)
    is_material = models.BooleanField("материальное: с указанием размера", default=False)
    is_open = models.BooleanField("предлагается", default=True)

    class Meta:
        verbose_name = "мера поощрения"
        verbose_name_plural = "меры поощрения"
        ordering = ["is_material", "pk"]

    def __str__(self) -> str:
        return self.name


class SheetTemplate(models.Model):
    """A sheet of observation of one kind of lesson of an arts school, with its criteria."""

    name = models.CharField("название", max_length=160, unique=True)
    for_whom = models.CharField("что наблюдают", max_length=300)
    is_open = models.BooleanField("предлагается", default=True)

    class Meta:
        verbose_name = "лист наблюдения"
        verbose_name_plural = "листы наблюдения"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SheetCriterion(models.Model):
    """What is looked at in the lesson."""

    template = models.ForeignKey(SheetTemplate, models.CASCADE, related_name="criteria", verbose_name="лист")
    position = models.PositiveSmallIntegerField("№")
    text = models.CharField("на что смотреть", max_length=200)

    class Meta:
        verbose_name = "критерий"
        verbose_name_plural = "критерии"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
