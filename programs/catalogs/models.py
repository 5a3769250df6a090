"""Editable lists of programs: mentoring forms and kinds (п. 2.3), templates of typical programs."""

from django.db import models


class Responsible(models.TextChoices):
    """Who carries out an activity of a program or of its sample."""

    MENTOR = "mentor", "наставник"
    MENTEE = "mentee", "наставляемый"
    BOTH = "both", "оба"


class MentoringForm(models.Model):
    """A form of mentoring: a role situation, «педагог – педагог» (п. 1.2, 2.3). The curator may add others."""

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


class TemplateActivity(models.Model):
    """An activity of a template, due some weeks after the start."""

    template = models.ForeignKey(ProgramTemplate, models.CASCADE, related_name="activities", verbose_name="образец")
    week = models.PositiveSmallIntegerField("неделя от начала")
    title = models.CharField("мероприятие", max_length=300)
    responsible = models.CharField("кто", max_length=8, default=Responsible.BOTH)
    expected_result = models.CharField("ожидаемый результат", max_length=300)
    evidence = models.CharField("чем подтверждается", max_length=300)

    class Meta:
        verbose_name = "мероприятие образца"
        verbose_name_plural = "мероприятия образца"
        ordering = ["week", "pk"]

    def __str__(self) -> str:
        return self.title
