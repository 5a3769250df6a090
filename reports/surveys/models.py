"""Questionnaires with their editions and questions, surveys, who is asked, what was answered (п. 3.4, этапы 3 и 6).

A survey without names keeps nothing that links a person to having answered (docs/decisions/0015): ``SpentToken`` is a
keyed hash that dies with its key when the survey closes, ``Response`` has a random key, no day and no person.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from people.register.models import Person
from people.rights import Right
from programs.program.models import Program
from reports.surveys.rules import SURVEY


class Role(models.TextChoices):
    """As whom somebody is asked: a question may be for some of them only."""

    TEACHER = "teacher", "преподаватель"
    CANDIDATE = "candidate", "возможный наставник"
    MENTOR = "mentor", "наставник"
    MENTEE = "mentee", "наставляемый"
    COUNCIL = "council", "член методического совета"
    CURATOR = "curator", "куратор"


class QuestionnaireQuerySet(models.QuerySet):
    """Questionnaires."""

    def visible_to(self, user: Any) -> Self:
        """All for those who see surveys; others meet the questions only where they are asked."""
        return self if user.can(Right.SURVEYS_SEE) else self.none()

    def with_numbers(self) -> Self:
        """Annotate the last published edition (``published``) and whether an edition is being written (``draft``)."""
        editions = Edition.objects.filter(questionnaire=OuterRef("pk"))
        last = editions.filter(published_on__isnull=False).order_by("-number").values("number")[:1]
        return self.annotate(published=models.Subquery(last), draft=Exists(editions.filter(published_on=None)))


class Questionnaire(models.Model):
    """A form that surveys ask with; its questions stand in editions. ``code`` is that of a form that came with the
    program.
    """

    class Moment(models.TextChoices):
        NONE = "", "не связана с программой"
        BEFORE = "before", "в начале программы"
        MIDDLE = "middle", "в середине программы"
        AFTER = "after", "после программы"

    code = models.CharField(max_length=40, unique=True, null=True, blank=True, editable=False)
    title = models.CharField("название", max_length=200)
    moment = models.CharField("когда спрашивают", max_length=6, choices=Moment, blank=True, default="")
    is_archived = models.BooleanField("больше не используется", default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    published: int | None  # with_numbers()
    draft: bool

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "анкета"
        verbose_name_plural = "анкеты"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(moment__in=["", "before", "middle", "after"]), name="questionnaire_moment_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:questionnaire", args=[self.pk])

    @property
    def needs_names(self) -> bool:
        """Whether answers are compared person by person, so that they cannot be without a name."""
        return bool(self.moment)


class Edition(models.Model):
    """One edition of a questionnaire: being written, or published and frozen from then on."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="editions", verbose_name="анкета")
    number = models.PositiveSmallIntegerField("редакция")
    intro = models.TextField("вступление", max_length=2000, blank=True)
    levels = models.JSONField("уровни по сумме баллов", default=list, blank=True)
    published_on = models.DateField("опубликована", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("версия", default=1, editable=False)

    class Meta:
        verbose_name = "редакция анкеты"
        verbose_name_plural = "редакции анкет"
        ordering = ["questionnaire", "number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="edition_numbered"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(published_on=None), name="edition_written_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, редакция {self.number}"


class Question(models.Model):
    """One question of an edition. ``goal`` names what is asked before and after alike; ``roles`` whom, none is all."""

    class Kind(models.TextChoices):
        SCALE = "scale", "шкала"
        ONE = "one", "один ответ из списка"
        MANY = "many", "несколько ответов из списка"
        NUMBER = "number", "число"
        TEXT = "text", "свободный ответ"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions", verbose_name="редакция")
    position = models.PositiveSmallIntegerField("порядок")
    section = models.CharField("раздел", max_length=200, blank=True)
    text = models.CharField("вопрос", max_length=500)
    kind = models.CharField("вид ответа", max_length=6, choices=Kind)
    low = models.SmallIntegerField("от", null=True, blank=True)
    high = models.SmallIntegerField("до", null=True, blank=True)
    options = models.JSONField("варианты или подписи шкалы", default=list, blank=True)
    is_needed = models.BooleanField("ответ обязателен", default=True)
    roles = models.JSONField("кого спрашивать", default=list, blank=True)
    goal = models.CharField("общая цель", max_length=60, blank=True)

    class Meta:
        verbose_name = "вопрос"
        verbose_name_plural = "вопросы"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="scale") | Q(low__isnull=False, high__isnull=False, low__lt=F("high")),
                name="question_scale_whole",
                violation_error_message="У шкалы должны быть начало и конец",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """Return the name of the answer in ``Response.answers`` and in forms."""
        return f"q{self.pk}"

    @property
    def is_counted(self) -> bool:
        """Whether answers are numbers that have a mean."""
        return self.kind in (self.Kind.SCALE, self.Kind.NUMBER)

    def points(self) -> list[tuple[int, str]]:
        """Return the points of a scale, each with its label: a label for each, for the two ends, or none."""
        values = range(self.low or 0, (self.high or 0) + 1)
        if len(self.options) == len(values):
            return [(value, str(label)) for value, label in zip(values, self.options, strict=True)]
        return [(value, str(value)) for value in values]

    def ends(self) -> str:
        """Return «1 – совсем нет, 10 – полностью», where only the ends of a scale have labels."""
        if self.kind != self.Kind.SCALE or len(self.options) != 2 or len(self.points()) == 2:
            return ""
        return f"{self.low} – {self.options[0]}, {self.high} – {self.options[1]}"

    def is_for(self, role: str) -> bool:
        """Whether somebody who is asked in this role gets the question; without a role only what is for all."""
        return not self.roles or role in self.roles


class SurveyQuerySet(models.QuerySet):
    """Surveys."""

    def visible_to(self, user: Any) -> Self:
        """All for curator, director and council; for others those that they were asked in, once they are open."""
        if user.can(Right.SURVEYS_SEE):
            return self
        mine = SurveyInvitation.objects.filter(survey=OuterRef("pk"), person=user.person_id)
        return self.exclude(state=Survey.State.DRAFT).filter(Exists(mine))

    def with_requirements(self) -> Self:
        """Everything that requirements of a survey read."""
        return self.select_related("edition__questionnaire").prefetch_related("edition__questions", "picked")

    def asked(self, user: Any) -> Self:
        """Annotate whether the user is invited (``invited_me``) and has not answered under one's name (``to_answer``);
        what is without names knows no such thing.
        """
        mine = SurveyInvitation.objects.filter(survey=OuterRef("pk"), person=user.person_id)
        return self.annotate(
            invited_me=Exists(mine), to_answer=Exists(mine.filter(response=None, survey__is_anonymous=False))
        )

    def running(self) -> Self:
        """Those that take answers today."""
        today = timezone.localdate()
        return self.filter(state=Survey.State.OPEN, opens_on__lte=today, closes_on__gte=today)


class Survey(Stateful):
    """Some people are asked with one edition of a questionnaire from one day to another, with names or without.

    ``moment`` (of the questionnaire) other than none: people are invited as their programs come to it while the survey
    is open. ``salt`` is a part of the key of ``SpentToken``; it is destroyed when the survey closes.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        OPEN = "open", "идёт"
        CLOSED = "closed", "закончен"

    class Audience(models.TextChoices):
        TEACHERS = "teachers", "все преподаватели"
        CANDIDATES = "candidates", "банк наставников"
        MENTORS = "mentors", "наставники"
        MENTEES = "mentees", "наставляемые"
        PAIRS = "pairs", "наставники и наставляемые"
        COUNCIL = "council", "методический совет"
        CURATORS = "curators", "куратор"
        PICKED = "picked", "те, кого выберу"

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.DRAFT, db_index=True, editable=False
    )
    title = models.CharField("название", max_length=200)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="surveys", verbose_name="анкета")
    is_anonymous = models.BooleanField("без имён", default=False)
    audience = models.CharField("кого спросить", max_length=10, choices=Audience)
    picked = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name="кого спросить поимённо")
    opens_on = models.DateField("с")
    opens_itself = models.BooleanField("начать в этот день", default=False)
    closes_on = models.DateField("по")
    remind_before = models.PositiveSmallIntegerField("напомнить за сколько дней до конца", default=3)
    reminded_on = models.DateField("напомнено", null=True, blank=True, editable=False)
    invited = models.PositiveIntegerField("приглашено", default=0, editable=False)
    answered = models.PositiveIntegerField("ответили", default=0, editable=False)
    on_paper = models.PositiveIntegerField("из них на бумаге", default=0, editable=False)
    salt = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    invited_me: bool  # asked()
    to_answer: bool

    objects = SurveyQuerySet.as_manager()
    WORKFLOW = SURVEY

    class Meta:
        verbose_name = "опрос"
        verbose_name_plural = "опросы"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["draft", "open", "closed"]), name="survey_state_known"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="survey_days_ordered",
                violation_error_message="Последний день не может быть раньше первого",
            ),
            models.CheckConstraint(
                condition=Q(state="open", is_anonymous=True) | Q(salt=""), name="survey_salt_only_while_open"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:survey", args=[self.pk])

    @property
    def moment(self) -> str:
        """Return the moment of a program at which people are asked, or an empty string."""
        return self.edition.questionnaire.moment

    @property
    def takes_answers(self) -> bool:
        """Whether it may be answered today."""
        return self.state == self.State.OPEN and self.opens_on <= timezone.localdate() <= self.closes_on


class SurveyInvitationQuerySet(models.QuerySet):
    """Who is asked."""

    def waiting(self) -> Self:
        """Those who have not answered a survey with names that runs."""
        today = timezone.localdate()
        return self.filter(
            response=None,
            survey__is_anonymous=False,
            survey__state=Survey.State.OPEN,
            survey__opens_on__lte=today,
            survey__closes_on__gte=today,
        )


class SurveyInvitation(models.Model):
    """A person is asked in a survey, in which role, about which program where it is about one."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="invitations", verbose_name="опрос")
    person = models.ForeignKey(Person, models.PROTECT, related_name="surveys", verbose_name="человек")
    role = models.CharField("в каком качестве", max_length=10, choices=Role)
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, related_name="surveys", verbose_name="программа"
    )
    invited_on = models.DateField("приглашён", default=timezone.localdate)

    objects = SurveyInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашение к опросу"
        verbose_name_plural = "приглашения к опросам"
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person"], condition=Q(program=None), name="survey_person_asked_once"
            ),
            models.UniqueConstraint(
                fields=["survey", "person", "program"],
                condition=Q(program__isnull=False),
                name="survey_person_asked_once_of_program",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.person}"


class SpentToken(models.Model):
    """Somebody has answered a survey without names that is open: a keyed hash, never a person; gone when it closes."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="spent", verbose_name="опрос")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "использованный ключ"
        verbose_name_plural = "использованные ключи"
        constraints = [models.UniqueConstraint(fields=["survey", "digest"], name="token_spent_once")]

    def __str__(self) -> str:
        return self.digest[:8]


class Response(models.Model):
    """What somebody answered. With a name: the invitation and the day. Without: neither, under a random key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="responses", verbose_name="опрос")
    role = models.CharField("в каком качестве", max_length=10, choices=Role, blank=True)
    invitation = models.OneToOneField(
        SurveyInvitation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="response",
        verbose_name="приглашение",
    )
    answered_on = models.DateField("когда", null=True, blank=True)
    answers = models.JSONField("ответы", default=dict)

    class Meta:
        verbose_name = "заполненная анкета"
        verbose_name_plural = "заполненные анкеты"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation__isnull=True, answered_on__isnull=True)
                | Q(invitation__isnull=False, answered_on__isnull=False),
                name="response_named_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}"
