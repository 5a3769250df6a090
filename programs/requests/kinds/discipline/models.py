"""What a proposal of a disciplinary measure keeps: dates of ТК 193, the explanation, the outcome."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Evidence
from mentoring_site.paper_numbers import NUMBER_LENGTH
from people.accounts.models import User
from people.rights import Right
from programs.requests.kinds.base import ACCEPTED, FILED
from programs.requests.models import Request


class DisciplineQuerySet(models.QuerySet):
    """Proposals of disciplinary measures."""

    def visible_to(self, user: User) -> "DisciplineQuerySet":
        """What asks an explanation of the user; all that the user reads by office. Not for the author of a proposal."""
        asked = Q(request__person=user.person_id, asked_on__isnull=False)
        if not user.can(Right.DISCIPLINE_SEE):
            return self.filter(asked)
        readable = Request.objects.readable_by(user).exclude(author=user.person_id)
        return self.filter(asked | Q(asked_on__isnull=False, request__in=readable.order_by().values("pk")))


class Discipline(models.Model):
    """Dates of ТК 193, the explanation or the act of a refusal, the outcome; the penalty itself is ordered outside."""

    class Outcome(models.TextChoices):
        PENALTY = "penalty", "взыскание наложено приказом вне системы"
        TALK = "talk", "ограничились беседой"
        DROPPED = "dropped", "отклонено"

    request = models.OneToOneField(Request, models.PROTECT, related_name="discipline", verbose_name="предложение")
    deed_on = models.DateField("день проступка")
    known_on = models.DateField("когда о проступке узнал руководитель")
    demand = models.TextField("что объяснить", max_length=2000, blank=True)
    asked_on = models.DateField("объяснение запрошено", null=True, blank=True)
    explain_by = models.DateField("объяснить до", null=True, blank=True)
    explained_on = models.DateField("объяснение получено", null=True, blank=True)
    explanation = models.TextField("объяснение", max_length=8000, blank=True)
    refused_on = models.DateField("акт о непредставлении объяснения от", null=True, blank=True)
    refusal_number = models.CharField("акт №", max_length=NUMBER_LENGTH, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто записал",
        editable=False,
    )
    outcome = models.CharField("чем закончилось", max_length=8, choices=Outcome, blank=True)
    order_number = models.CharField("приказ №", max_length=NUMBER_LENGTH, blank=True)
    order_date = models.DateField("приказ от", null=True, blank=True)
    closed_on = models.DateField("закрыто", null=True, blank=True, editable=False)
    reminded = models.JSONField("о чём напомнили", default=list, editable=False)

    evidence = GenericRelation(Evidence, "object_id", "object_type")
    objects = DisciplineQuerySet.as_manager()

    class Meta:
        verbose_name = "предложение о взыскании"
        verbose_name_plural = "предложения о взыскании"
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True, explain_by__isnull=True, demand="")
                | Q(asked_on__isnull=False, explain_by__isnull=False),
                name="discipline_asked_whole",
            ),
            models.CheckConstraint(
                condition=Q(explained_on__isnull=True) | Q(refused_on__isnull=True), name="discipline_one_answer"
            ),
            models.CheckConstraint(
                condition=Q(outcome="penalty", order_date__isnull=False) & ~Q(order_number="")
                | ~Q(outcome="penalty") & Q(order_number="", order_date__isnull=True),
                name="discipline_penalty_has_order",
            ),
        ]

    def __str__(self) -> str:
        return f"письменное объяснение до {self.explain_by:%d.%m.%Y}" if self.explain_by else "предложение"

    def get_absolute_url(self) -> str:
        """The page of the explanation."""
        return reverse("programs:explanation", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is not decided yet, or at work."""
        return self.request.state in (FILED, ACCEPTED)

    @property
    def is_answered(self) -> bool:
        """Whether there is an explanation, or the act that there is none."""
        return bool(self.explained_on or self.refused_on)

    @property
    def may_be_refused(self) -> bool:
        """Whether the two working days have passed without an explanation: now an act may say so."""
        return self.explain_by is not None and self.explain_by < timezone.localdate() and not self.is_answered
