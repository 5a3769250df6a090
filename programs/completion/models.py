"""Completion of a program for one mentee, results against the difficulties, words for the public
(п. 7.1, 8.1, 8.2).
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from mentoring_site.models import Stateful
from people.accounts.models import User
from people.banks.models import Statement
from programs.completion.rules import COMPLETION
from programs.pairings.confidentiality import readable
from programs.pairings.models import Participation
from programs.program.models import Activity, ActivityResult, Program


class CompletionQuerySet(models.QuerySet):
    def with_requirements(self) -> Self:
        """Annotate everything that requirements of a completion read: no query more, whatever their number."""
        checked = ActivityResult.objects.filter(
            activity=OuterRef("pk"), participation=OuterRef(OuterRef("participation")), state="checked"
        )
        undone = Activity.objects.filter(~Exists(checked), program=OuterRef("program")).order_by("due_on", "pk")
        judged = Outcome.objects.filter(completion=OuterRef(OuterRef("pk")), difficulty=OuterRef("statement"))
        open_ones = Program.difficulties.through.objects.filter(
            ~Exists(judged), program=OuterRef("program"), statement__candidate=OuterRef("participation__candidate")
        ).order_by("statement")
        return self.select_related("program__pairing", "participation__person").annotate(
            undone=_count(undone),
            first_undone=Subquery(undone.values("title")[:1]),
            unjudged=_count(open_ones),
            first_unjudged=Subquery(open_ones.values("statement__text")[:1]),
            has_outcomes=Exists(Outcome.objects.filter(completion=OuterRef("pk"))),
        )

    def visible_to(self, user: User) -> Self:
        """Completions of visible programs: in a group a mentee sees only one's own (п. 1.3, подп. 4)."""
        readable_now = readable(user, own=Q(participation__person=user.person_id), program="program")
        return self.filter(readable_now, program__in=Program.objects.visible_to(user))


def _count(rows: models.QuerySet) -> Coalesce:
    """Return an expression: how many rows there are."""
    return Coalesce(Subquery(rows.order_by().values("program").annotate(n=Count("pk")).values("n")), 0)


class Completion(Stateful):
    """The end of a program for one mentee: in a group each may finish singly. The order makes it final."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "готовится"
        READY = "ready", "ждёт приказа"
        REGISTERED = "registered", "завершено приказом"
        WITHDRAWN = "withdrawn", "отменено"

    class Reason(models.TextChoices):
        PLAN_DONE = "plan", "план мероприятий выполнен в полном объёме"
        MENTOR = "mentor", "по инициативе наставника"
        MENTEE = "mentee", "по инициативе наставляемого"
        MUTUAL = "mutual", "по обоюдному решению"
        IMPROPER = "improper", "по инициативе куратора: недолжное исполнение программы"
        FORCE = "force", "по инициативе куратора: обстоятельства (форс-мажор)"
        CONSENT = "consent", "по инициативе участника: отозвано согласие на обработку персональных данных"

    class Verdict(models.TextChoices):
        READY = "ready", "готов к самостоятельной работе"
        CONDITION = "condition", "готов при условии дополнительного сопровождения"
        NOT_READY = "not_ready", "не готов"

    program = models.ForeignKey(Program, models.PROTECT, related_name="completions", verbose_name="программа")
    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="completions", verbose_name="наставляемый"
    )
    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.PROPOSED, db_index=True, editable=False
    )
    reason = models.CharField("основание (п. 7.1)", max_length=8, choices=Reason)
    circumstances = models.TextField("уважительные обстоятельства", max_length=2000, blank=True)
    notice_on = models.DateField("дата заявления или записки", null=True, blank=True)
    mentor_agreed_at = models.DateTimeField("наставник согласен", null=True, blank=True, editable=False)
    mentee_agreed_at = models.DateTimeField("наставляемый согласен", null=True, blank=True, editable=False)
    conclusion = models.TextField("заключение наставника", max_length=4000, blank=True)
    discipline = models.TextField("дисциплинированность и культура в работе (п. 5.2)", max_length=2000, blank=True)
    norms = models.TextField("знание и применение нормативных актов (п. 5.2)", max_length=2000, blank=True)
    motivation = models.TextField("заинтересованность и инициатива", max_length=2000, blank=True)
    independence = models.TextField("самостоятельность в решениях", max_length=2000, blank=True)
    verdict = models.CharField("вывод", max_length=10, choices=Verdict, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True, editable=False)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    review = models.TextField("отзыв наставляемого", max_length=4000, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    public_text = models.TextField("результаты для сайта", max_length=4000, blank=True)
    public_approved_at = models.DateTimeField("наставляемый одобрил текст", null=True, blank=True, editable=False)
    public_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    order_number = models.CharField("приказ о завершении №", max_length=30, blank=True, editable=False)
    order_date = models.DateField("приказ о завершении от", null=True, blank=True, editable=False)
    ended_on = models.DateField("завершено", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = CompletionQuerySet.as_manager()
    WORKFLOW = COMPLETION

    class Meta:
        verbose_name = "завершение"
        verbose_name_plural = "завершения"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "ready", "registered", "withdrawn"]), name="completion_state_known"
            ),
            models.UniqueConstraint(
                fields=["program", "participation"],
                condition=~Q(state="withdrawn"),
                name="one_live_completion",
                violation_error_message="Завершение для этого наставляемого уже готовится",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["plan", "mentor"]) | ~Q(circumstances=""),  # a refusal needs none (ТК 351.8)
                name="completion_reason_told",
                violation_error_message="Укажите обстоятельства (п. 7.1)",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="registered", ended_on__isnull=False, order_date__isnull=False) & ~Q(order_number="")
                )
                | (~Q(state="registered") & Q(ended_on__isnull=True)),
                name="completion_by_order",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True, concluded_by__isnull=True)
                | Q(concluded_at__isnull=False, concluded_by__isnull=False),
                name="completion_concluded_paired",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="completion_reviewed_paired",
            ),
            models.CheckConstraint(
                condition=Q(public_approved_at__isnull=True, public_approved_by__isnull=True)
                | Q(public_approved_at__isnull=False, public_approved_by__isnull=False),
                name="completion_public_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program}: {self.participation.person.short_name}"


class Outcome(models.Model):
    """What became of one difficulty of the mentee by the end of the program."""

    class Level(models.TextChoices):
        RESOLVED = "resolved", "устранено"
        PARTLY = "partly", "устранено частично"
        OPEN = "open", "не устранено"

    completion = models.ForeignKey(Completion, models.CASCADE, related_name="outcomes", verbose_name="завершение")
    difficulty = models.ForeignKey(Statement, models.PROTECT, related_name="outcomes", verbose_name="затруднение")
    level = models.CharField("итог", max_length=8, choices=Level)
    comment = models.CharField("по чему видно", max_length=500, blank=True)

    class Meta:
        verbose_name = "итог по затруднению"
        verbose_name_plural = "итоги по затруднениям"
        constraints = [models.UniqueConstraint(fields=["completion", "difficulty"], name="outcome_once")]

    def __str__(self) -> str:
        return f"{self.difficulty}: {self.get_level_display()}"
