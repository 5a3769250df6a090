"""A pair or group is a pairing with participations, not two foreign keys (п. 1.2, 2.3, 6.1, 6.2)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from people.models import Candidate, Employment, Person, Topic
from people.names import agree
from programs.access import PairingQuerySet
from programs.workflows.pairing import PAIRING


class Pairing(Stateful):
    """A mentoring pair (one mentor, one mentee) or group (one mentor, two or more mentees)."""

    class Kind(models.TextChoices):
        PAIR = "pair", "пара"
        GROUP = "group", "группа"

    class State(models.TextChoices):
        PROPOSED = "proposed", "предложена"
        RECOMMENDED = "recommended", "рекомендована советом"
        ASSIGNED = "assigned", "закреплена приказом"
        DISSOLVED = "dissolved", "завершена"
        DECLINED = "declined", "отклонена"
        WITHDRAWN = "withdrawn", "снята"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("вид", max_length=5, choices=Kind)
    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.PROPOSED, db_index=True, editable=False
    )
    school_year = models.PositiveSmallIntegerField("учебный год")  # its first year: 2026 for 2026/27
    why = models.TextField("почему эта пара", max_length=2000)
    topics = models.ManyToManyField(Topic, related_name="pairings", verbose_name="темы")
    profile_fits = models.BooleanField("профиль наставника отвечает запросам", default=False)  # п. 6.1, первый критерий
    proposed_at = models.DateTimeField("предложена", default=timezone.now, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="кто предложил",
        editable=False,
    )
    topics_confirmed_at = models.DateTimeField("темы подтверждены", null=True, blank=True, editable=False)
    topics_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто подтвердил темы",
        editable=False,
    )
    minutes_number = models.CharField("протокол совета №", max_length=30, blank=True, editable=False)
    minutes_date = models.DateField("протокол совета от", null=True, blank=True, editable=False)
    planned_from = models.DateField("с", null=True, blank=True)
    planned_to = models.DateField("по", null=True, blank=True)
    order_number = models.CharField("приказ о закреплении №", max_length=30, blank=True, editable=False)
    order_date = models.DateField("приказ о закреплении от", null=True, blank=True, editable=False)
    assigned_on = models.DateField("закреплена с", null=True, blank=True, editable=False)
    ended_on = models.DateField("завершена", null=True, blank=True, editable=False)
    reason = models.TextField("причина", max_length=2000, blank=True)
    from_paper = models.BooleanField("внесена с бумаги", default=False, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = PairingQuerySet.as_manager()
    WORKFLOW = PAIRING

    class Meta:
        verbose_name = "пара или группа"
        verbose_name_plural = "пары и группы"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "recommended", "assigned", "dissolved", "declined", "withdrawn"]),
                name="pairing_state_known",
            ),
            models.CheckConstraint(
                condition=Q(topics_confirmed_at__isnull=True, topics_confirmed_by__isnull=True)
                | Q(topics_confirmed_at__isnull=False, topics_confirmed_by__isnull=False),
                name="pairing_topics_paired",
            ),
            models.CheckConstraint(
                condition=Q(minutes_number="", minutes_date__isnull=True)
                | (~Q(minutes_number="") & Q(minutes_date__isnull=False)),
                name="pairing_minutes_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["assigned", "dissolved"])
                | (Q(assigned_on__isnull=False, order_date__isnull=False) & ~Q(order_number="")),
                name="pairing_assigned_by_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "recommended", "declined", "withdrawn"], assigned_on__isnull=True)
                | Q(state__in=["assigned", "dissolved"]),
                name="pairing_order_only_assigned",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "withdrawn"]) | ~Q(reason=""),
                name="pairing_refusal_has_reason",
                violation_error_message="Укажите причину",
            ),
            models.CheckConstraint(
                condition=Q(planned_to__isnull=True) | Q(planned_to__gt=F("planned_from")),
                name="pairing_term_ordered",
                violation_error_message="Срок закрепления не может закончиться раньше, чем начался",
            ),
            models.CheckConstraint(
                condition=Q(state="dissolved", ended_on__isnull=False)
                | (~Q(state="dissolved") & Q(ended_on__isnull=True)),
                name="pairing_end_whole",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} № {self.pk}"

    def get_absolute_url(self):
        return reverse("programs:pairing", args=[self.pk])


class ParticipationQuerySet(models.QuerySet):
    def live(self):
        """Participations that have not ended."""
        return self.filter(until__isnull=True)

    def engaged(self):
        """Live participations in pairs and groups assigned by order."""
        return self.live().filter(pairing__state="assigned")


class Participation(models.Model):
    """One person's part in one pairing. Replacing a mentor ends one participation and opens another."""

    class Part(models.TextChoices):
        MENTOR = "mentor", "наставник"
        MENTEE = "mentee", "наставляемый"

    class Wish(models.TextChoices):
        YES = "yes", "хочет"
        NO = "no", "не хочет"

    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="participations", verbose_name="пара")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations", verbose_name="человек")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="participations", verbose_name="кандидат"
    )
    employment = models.ForeignKey(
        Employment, models.PROTECT, null=True, blank=True, related_name="participations", verbose_name="место работы"
    )
    part = models.CharField("часть", max_length=6, choices=Part)
    since = models.DateField("с", null=True, blank=True)
    until = models.DateField("по", null=True, blank=True)
    end_reason = models.CharField("почему закончил(а)", max_length=300, blank=True)
    wish = models.CharField("желание", max_length=3, choices=Wish, blank=True)  # said in confidence (п. 6.1)
    wish_reason = models.TextField("почему", max_length=2000, blank=True)
    wish_at = models.DateTimeField("когда ответил(а)", null=True, blank=True)
    wish_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто записал ответ",
    )
    reminded_at = models.DateTimeField("напомнили", null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "участие"
        verbose_name_plural = "участия"
        ordering = ["-part", "pk"]  # "mentor" sorts after "mentee", hence descending
        constraints = [
            models.UniqueConstraint(
                fields=["pairing"],
                condition=Q(part="mentor", until__isnull=True),
                name="one_live_mentor",
                violation_error_message="У пары или группы один наставник",
            ),
            models.UniqueConstraint(
                fields=["pairing", "person"],
                condition=Q(until__isnull=True),
                name="person_once_in_pairing",
                violation_error_message="Наставник и наставляемый — разные люди",
            ),
            models.CheckConstraint(
                condition=Q(wish="", wish_at__isnull=True, wish_by__isnull=True)
                | (~Q(wish="") & Q(wish_at__isnull=False, wish_by__isnull=False)),
                name="wish_paired",
            ),
            models.CheckConstraint(
                condition=~Q(wish="no") | ~Q(wish_reason=""),
                name="refusal_has_reason",
                violation_error_message="Напишите, почему",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="participation_dates_ordered",
            ),
        ]

    def __str__(self):
        return f"{self.person.short_name}, {self.part_word}"

    @property
    def part_word(self) -> str:
        """«наставник», «наставляемый» or «наставляемая»."""
        return (
            "наставник" if self.part == self.Part.MENTOR else agree(self.person.gender, "наставляемый", "наставляемая")
        )
