"""Banks of mentees and mentors: candidates, what they state about themselves, editable lists (п. 3.3–3.5, 6.1)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from people.accounts.models import User
from people.banks.rules import CANDIDATE
from people.consents.models import DUTIES, PROCESSING, Consent
from people.register.models import Person
from people.rights import Right


class Topic(models.Model):
    """A question on which a pair works: subject, method, upbringing… (п. 3.5); an editable list."""

    name = models.CharField("название", max_length=120, unique=True)
    is_open = models.BooleanField("предлагается", default=True)

    class Meta:
        verbose_name = "тема"
        verbose_name_plural = "темы"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MenteeCategory(models.Model):
    """A category of mentees: young specialist, after a long pause… (п. 3.5); an editable list."""

    name = models.CharField("название", max_length=120, unique=True)
    is_open = models.BooleanField("предлагается", default=True)

    class Meta:
        verbose_name = "категория наставляемых"
        verbose_name_plural = "категории наставляемых"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Candidates for those who see the banks; one's own for everybody else."""
        return self if user.can(Right.BANKS_SEE) else self.filter(person=user.person_id)

    def with_requirements(self) -> Self:
        """Everything that requirements and bank lists read."""
        return self.select_related("person").prefetch_related(statements(), "topics", "categories").with_consents()

    def with_consents(self) -> Self:
        """Annotate whether the consents to the processing and to the duties are live."""
        live = Consent.objects.live(timezone.localdate()).filter(person=models.OuterRef("person"))
        return self.annotate(
            has_processing=models.Exists(live.filter(purpose=PROCESSING)),
            has_duties=models.Exists(live.filter(purpose=DUTIES, part=models.OuterRef("part"))),
        )

    def standing(self) -> Self:
        """Candidates who stand in a bank: approved or appointed; who has left is offered no more."""
        people = Person.objects.at_work()
        return self.filter(state__in=Candidate.STANDING_STATES, person__in=people)


class Candidate(Stateful):
    """A person in the bank of mentors or of mentees. Without a consent to processing nobody stands in a bank."""

    class Part(models.TextChoices):
        MENTOR = "mentor", "наставник"
        MENTEE = "mentee", "наставляемый"

    class State(models.TextChoices):
        APPLIED = "applied", "предложен"
        APPROVED = "approved", "утверждён"
        APPOINTED = "appointed", "назначен приказом"
        RELIEVED = "relieved", "освобождён"
        DECLINED = "declined", "отклонён"
        WITHDRAWN = "withdrawn", "снят"

    BEFORE_APPOINTMENT = (State.APPLIED, State.APPROVED)
    STANDING_STATES = (State.APPROVED, State.APPOINTED)
    LIVE_STATES = (*BEFORE_APPOINTMENT, State.APPOINTED)

    person = models.ForeignKey(Person, models.PROTECT, related_name="candidates", verbose_name="человек")
    part = models.CharField("кто", max_length=6, choices=Part)
    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.APPLIED, db_index=True, editable=False
    )
    proposed_at = models.DateTimeField("предложен", default=timezone.now, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто предложил", editable=False
    )
    why = models.TextField("почему", max_length=2000, blank=True)
    categories = models.ManyToManyField(MenteeCategory, blank=True, verbose_name="категории")
    topics = models.ManyToManyField(Topic, blank=True, verbose_name="темы", related_name="candidates")
    capacity_hours = models.PositiveSmallIntegerField("часов в месяц", null=True, blank=True)
    capacity_persons = models.PositiveSmallIntegerField("сколько наставляемых", null=True, blank=True)
    wishes = models.TextField("пожелания", max_length=2000, blank=True)
    filled_at = models.DateTimeField("анкета заполнена", null=True, blank=True, editable=False)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто заполнил",
        editable=False,
    )
    on_paper = models.BooleanField("заполнено со слов или с бумаги", default=False, editable=False)
    comment = models.TextField("замечание директора", max_length=2000, blank=True)
    decided_at = models.DateTimeField("решено", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто решил",
        editable=False,
    )
    reason = models.TextField("причина отказа или снятия", max_length=2000, blank=True)
    order_number = models.CharField("приказ о назначении №", max_length=30, blank=True, editable=False)
    order_date = models.DateField("приказ о назначении от", null=True, blank=True, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = CandidateQuerySet.as_manager()
    WORKFLOW = CANDIDATE

    class Meta:
        verbose_name = "кандидат"
        verbose_name_plural = "кандидаты"
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["applied", "approved", "appointed", "relieved", "declined", "withdrawn"]),
                name="candidate_state_known",
            ),
            models.UniqueConstraint(
                fields=["person", "part"],
                condition=Q(state__in=["applied", "approved", "appointed"]),
                name="one_live_candidate",
                violation_error_message="Этот человек уже стоит в банке",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="candidate_decision_paired",
            ),
            models.CheckConstraint(
                condition=Q(filled_at__isnull=True, filled_by__isnull=True)
                | Q(filled_at__isnull=False, filled_by__isnull=False),
                name="candidate_filled_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved"]) | Q(decided_at__isnull=False), name="candidate_approved_decided"
            ),
            models.CheckConstraint(
                condition=~Q(state="appointed") | Q(order_date__isnull=False), name="candidate_appointed_by_order"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "withdrawn"]) | ~Q(reason=""),
                name="candidate_refusal_has_reason",
                violation_error_message="Укажите причину",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name}, {self.get_part_display()}"

    def get_absolute_url(self) -> str:
        return reverse("people:candidate", args=[self.pk])


def statements() -> models.Prefetch:
    """Prefetch what candidates say, with the topics."""
    return models.Prefetch("statements", Statement.objects.select_related("topic"))


class Statement(models.Model):
    """What a candidate says: a difficulty, a request or a strength; of a mentor: a competence or an interest."""

    class Kind(models.TextChoices):
        DIFFICULTY = "difficulty", "затруднение"
        REQUEST = "request", "запрос"
        STRENGTH = "strength", "сильная сторона"
        COMPETENCE = "competence", "компетенция"
        INTEREST = "interest", "интерес"

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="statements", verbose_name="кандидат")
    kind = models.CharField("что", max_length=10, choices=Kind)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name="тема"
    )
    text = models.CharField("текст", max_length=500)
    resolved_on = models.DateField("снято", null=True, blank=True)

    class Meta:
        verbose_name = "высказывание анкеты"
        verbose_name_plural = "высказывания анкет"
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.text


class BankCorrectionQuerySet(models.QuerySet):
    """Corrections of entries."""

    def unseen(self) -> Self:
        """Those that the curator has not looked at yet."""
        return self.filter(seen_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """All for those who run the banks, for others those of the candidates whose questionnaires they read."""
        if user.can(Right.BANKS_CORRECT) or user.can(Right.QUESTIONNAIRES_SEE):
            return self
        return self.filter(candidate__person=user.person_id)


class BankCorrection(models.Model):
    """Facts of an entry put right by the system administrator or the curator, never its state (п. 3.4)."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="corrections", verbose_name="кандидат")
    what = models.CharField("что исправлено", max_length=1000)
    why = models.CharField("почему", max_length=500)
    before = models.JSONField("было", default=dict, editable=False)
    corrected_at = models.DateTimeField("исправлено", default=timezone.now, editable=False)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто исправил", editable=False
    )
    seen_at = models.DateTimeField("просмотрено", null=True, blank=True, editable=False)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = BankCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "исправление записи банка"
        verbose_name_plural = "исправления записей банков"
        ordering = ["-corrected_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="bank_correction_seen_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class BankReviewQuerySet(models.QuerySet):
    """Reviews of the banks."""

    def visible_to(self, user: User) -> Self:
        """All for those who see the banks, none for others."""
        return self if user.can(Right.BANKS_SEE) else self.none()


class BankReview(models.Model):
    """Somebody has gone through a bank and found it in order: at least once a year (п. 3.4).

    Two names stand under it: of whoever has recorded it, and of whoever has confirmed it. What the system
    administrator has recorded counts from the curator's confirmation.
    """

    part = models.CharField("какой банк", max_length=6, choices=Candidate.Part)
    reviewed_on = models.DateField("проверен")
    note = models.CharField("что изменилось", max_length=500, blank=True)
    recorded_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто проверил", editable=False
    )
    waits = models.BooleanField("ждёт подтверждения куратора", default=False, editable=False)
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто подтвердил",
        editable=False,
    )

    objects = BankReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "проверка банка"
        verbose_name_plural = "проверки банков"
        ordering = ["-reviewed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "reviewed_on"],
                name="bank_review_once_a_day",
                violation_error_message="Проверка этого банка в этот день уже записана",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, waits=False),
                name="bank_review_confirmed_paired",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("recorded_by")),
                name="bank_review_two_names",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.reviewed_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        """The bank: its last review stands there."""
        return reverse("people:bank_mentors" if self.part == Candidate.Part.MENTOR else "people:bank_mentees")
