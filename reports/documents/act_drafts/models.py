"""Drafts of local acts, their texts one after another, and remarks on them (п. 3.5)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from people.language.word_forms import text_key
from people.rights import Right
from reports.documents.act_drafts.rules import ACT_DRAFT
from reports.documents.local_acts.models import LocalAct


class ActDraftQuerySet(models.QuerySet):
    """Drafts of local acts."""

    def visible_to(self, user: Any) -> Self:
        """All for those who work on them or approve them; others see the act when it is approved."""
        return self if user.can(Right.ACT_DRAFTS_EDIT) or user.can(Right.ORDERS_REGISTER) else self.none()

    def with_requirements(self) -> Self:
        """Prefetch everything that requirements of a draft read."""
        return self.prefetch_related("remarks")

    def with_counts(self) -> Self:
        """Annotate the number of remarks, and of those without an answer."""
        open_ones = Q(remarks__answered_at__isnull=True, remarks__isnull=False)
        counted = self.annotate(remarked=Count("remarks"), unanswered=Count("remarks", filter=open_ones))
        return counted.order_by("-created_at", "-pk")


class ActDraft(Stateful):
    """A local act that is written: its text, until when it is discussed, who has adopted it."""

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        DISCUSSED = "discussed", "обсуждается"
        AGREED = "agreed", "согласован"
        APPROVED = "approved", "утверждён"
        DROPPED = "dropped", "снят"

    OPEN_STATES = (State.DRAFT, State.DISCUSSED, State.AGREED)

    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.DRAFT, db_index=True, editable=False
    )
    kind = models.CharField("вид акта", max_length=12, choices=LocalAct.Kind)
    about = models.CharField("о чём", max_length=300)
    why = models.CharField("зачем нужен", max_length=500, blank=True)
    text = models.TextField("текст", blank=True)
    discussed_until = models.DateField("обсуждают до", null=True, blank=True)
    approvals = models.JSONField("кем принят и согласован", default=list, blank=True)  # roadmap/regulation/approvals.py
    act = models.OneToOneField(
        LocalAct, models.PROTECT, null=True, blank=True, related_name="draft", verbose_name="утверждённый акт"
    )
    dropped_why = models.CharField("почему снят", max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField("начат", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто начал", editable=False
    )
    search = models.TextField(editable=False, default="", blank=True)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    remarked: int  # with_counts()
    unanswered: int

    objects = ActDraftQuerySet.as_manager()
    WORKFLOW = ACT_DRAFT

    class Meta:
        verbose_name = "проект локального акта"
        verbose_name_plural = "проекты локальных актов"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discussed", "agreed", "approved", "dropped"]),
                name="act_draft_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", act__isnull=False) | (~Q(state="approved") & Q(act__isnull=True)),
                name="act_draft_approved_with_its_act",
            ),
            models.CheckConstraint(condition=~Q(kind="law"), name="act_draft_of_the_school"),
        ]

    def __str__(self) -> str:
        return f"Проект: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = text_key(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("reports:act_draft", args=[self.pk])

    @property
    def title(self) -> str:
        """«Порядок взаимного посещения уроков»: what the act will be called."""
        about = f"«{self.about}»" if self.kind == LocalAct.Kind.OTHER else self.about
        return f"{self.get_kind_display()} {about}"


class ActDraftText(models.Model):
    """A text of a draft that another one has replaced: the change is read side by side."""

    draft = models.ForeignKey(ActDraft, models.CASCADE, related_name="texts", verbose_name="проект")
    text = models.TextField("текст", blank=True)
    replaced_at = models.DateTimeField("заменён", default=timezone.now)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто заменил", editable=False
    )

    class Meta:
        verbose_name = "прежний текст проекта"
        verbose_name_plural = "прежние тексты проектов"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.draft}: текст до {self.replaced_at:%d.%m.%Y}"


class ActRemarkQuerySet(models.QuerySet):
    """Remarks on drafts."""

    def visible_to(self, user: Any) -> Self:
        """Those on the drafts that the user sees."""
        return self.filter(draft__in=ActDraft.objects.visible_to(user))


class ActRemark(models.Model):
    """A remark on a draft, and what became of it."""

    draft = models.ForeignKey(ActDraft, models.CASCADE, related_name="remarks", verbose_name="проект")
    place = models.CharField("к какому пункту", max_length=60, blank=True)
    text = models.TextField("замечание", max_length=2000)
    made_at = models.DateTimeField("сделано", default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто сделал", editable=False
    )
    answer = models.TextField("ответ", max_length=2000, blank=True)
    is_taken = models.BooleanField("учтено", null=True)
    answered_at = models.DateTimeField("отвечено", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = ActRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "замечание к проекту акта"
        verbose_name_plural = "замечания к проектам актов"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, is_taken__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, is_taken__isnull=False),
                name="act_remark_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(is_taken=False) | ~Q(answer=""),
                name="act_remark_refused_in_words",
                violation_error_message="Напишите, почему замечание не учтено",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft}: {self.text[:60]}"
