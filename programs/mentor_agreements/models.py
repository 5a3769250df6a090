"""Agreements with mentors and notices of their early end (ТК 351.8; п. 3.2, 4.1, 7.1)."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import StoredFile, changed_at
from people.accounts.models import User
from people.banks.models import Candidate
from people.consents.models import DUTIES, Consent
from people.register.models import Employment, Person
from people.rights import Right
from programs.pairings.models import Pairing


def paired(first: str, second: str) -> Q:
    """Return the condition that two columns are filled together: a text may be empty only with a date that is null."""
    return Q(**{first: "", f"{second}__isnull": True}) | (~Q(**{first: ""}) & Q(**{f"{second}__isnull": False}))


class MentorAgreementQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """All for those who keep the agreements, one's own for everybody else."""
        return self if user.can(Right.AGREEMENTS_SEE_ALL) else self.filter(person=user.person_id)

    def live(self) -> Self:
        """Agreements that were neither dropped nor closed."""
        return self.filter(dropped_at__isnull=True, closed_on__isnull=True)

    def with_pay_to_stop(self) -> Self:
        """Agreements that ended before the last paid day and whose pay no order stops; a notice has its own order."""
        ended = self.filter(
            kind=MentorAgreement.Kind.AGREEMENT, closed_on__isnull=False, pay_ends_on__isnull=False, stop_number=""
        )
        return ended.exclude(order_number="").filter(
            ~Exists(Notice.objects.live().filter(agreement=OuterRef("pk"), order_number=""))
        )

    def with_stage(self, today: date | None = None) -> Self:
        """Annotate ``stage``: what the agreement waits for (ТК 351.8), and whether a notice ends it (``noticed``)."""
        today = today or timezone.localdate()
        kind, pay, stage = MentorAgreement.Kind, MentorAgreement.Pay, MentorAgreement.Stage
        paid = Q(kind__in=[kind.AGREEMENT, kind.FOUNDER], pay_kind__in=MentorAgreement.PAID)
        over = Q(closed_on__isnull=False) | Q(signed_on__isnull=False, ends_on__lt=today)
        return self.annotate(
            noticed=Exists(Notice.objects.live().filter(agreement=OuterRef("pk"))),
            stage=Case(
                When(dropped_at__isnull=False, then=Value(stage.DROPPED)),
                When(over, then=Value(stage.ENDED)),
                When(assigned_on__isnull=True, then=Value(stage.ASSIGN)),
                When(~Exists(_consents(today)), signed_on__isnull=True, then=Value(stage.CONSENT)),
                When(pay_kind=pay.INCLUDED, then=Value(stage.WORKING)),
                When(pay_kind="", then=Value(stage.TERMS)),
                When(signed_on__isnull=True, then=Value(stage.SIGN)),
                When(paid & Q(order_number=""), then=Value(stage.ORDER)),
                default=Value(stage.WORKING),
                output_field=models.CharField(),
            ),
        )

    def with_next(self) -> Self:
        """Annotate ``with_stage()`` with the next day, the last act, and whether a notice waits for its order."""
        stage, notice = MentorAgreement.Stage, Notice.objects.live().filter(agreement=OuterRef("pk"))
        return self.annotate(
            changed_at=changed_at(MentorAgreement),
            notice_waits=Exists(notice.filter(order_number="")),
            next_on=Case(
                When(stage__in=[stage.ENDED, stage.DROPPED], then=None),
                When(noticed=True, then=Subquery(notice.values("effective_on")[:1])),
                When(stage=stage.ORDER, then=F("pay_from")),
                When(stage=stage.WORKING, then=Coalesce("pay_ends_on", "pay_to", "ends_on")),
                default=F("starts_on"),
                output_field=models.DateField(),
            ),
        )

    def with_consent(self) -> Self:
        """Annotate the day and the form of the live consent to the duties (``consent_on``, ``consent_form``)."""
        consent = _consents(timezone.localdate())
        return self.annotate(
            consent_on=Subquery(consent.values("given_on")[:1]), consent_form=Subquery(consent.values("form")[:1])
        )


def _consents(today: date) -> models.QuerySet[Consent]:
    """Return the live consents to the duties in the pairing of the agreement of the outer query."""
    return Consent.objects.live(today).filter(
        person=OuterRef("person"), purpose=DUTIES, part=Consent.Part.MENTOR, matter=OuterRef("pairing__uuid")
    )


class MentorAgreement(models.Model):
    """What employer and mentor agree on for one pair or group: assignment, consent, paper, pay (ТК 351.8).

    The mentor's consent is the live consent to the duties in this pairing (docs/decisions/0006) and is not repeated
    here. Terms may change until the paper is signed.
    """

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", "дополнительное соглашение"
        COOPERATION = "cooperation", "соглашение о сотрудничестве"
        FOUNDER = "founder", "соглашение с учредителем"

    class Pay(models.TextChoices):
        PERCENT = "percent", "процент от должностного оклада"
        SUM = "sum", "сумма в месяц"
        MENTEE = "mentee", "сумма в месяц за каждого наставляемого"
        HOUR = "hour", "сумма за час"
        FREE = "free", "без оплаты"
        INCLUDED = "included", "входит в трудовую функцию"

    class Basis(models.TextChoices):
        """How the mentor has consented in writing: the contract foresees mentoring already, or it does not."""

        CONSENT = "consent", "письменное согласие"
        STATEMENT = "own", "заявление наставника"
        OFFER = "offer", "ответ на предложение"
        AGREEMENT = "agree", "само дополнительное соглашение"

    PAID = (Pay.PERCENT, Pay.SUM, Pay.MENTEE, Pay.HOUR)

    class Stage(models.TextChoices):
        """What an agreement waits for: not a column, annotated by ``with_stage()``."""

        ASSIGN = "assign", "ждёт поручения"
        CONSENT = "consent", "ждёт согласия"
        TERMS = "terms", "ждёт условий"
        SIGN = "sign", "ждёт подписи"
        ORDER = "order", "ждёт приказа об оплате"
        WORKING = "working", "действует"
        ENDED = "ended", "закончено"
        DROPPED = "dropped", "снято"

    person = models.ForeignKey(Person, models.PROTECT, related_name="agreements", verbose_name="наставник")
    employment = models.ForeignKey(
        Employment, models.PROTECT, related_name="agreements", verbose_name="место работы, по которому это соглашение"
    )
    kind = models.CharField("вид бумаги", max_length=11, choices=Kind, editable=False)
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="agreements", verbose_name="пара или группа")
    matter_words = models.CharField("о какой паре, словами", max_length=300, blank=True)
    created_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    assigned_on = models.DateField("поручение работодателя от", null=True, blank=True)
    assignment_scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="скан поручения"
    )
    content = models.TextField("содержание работы", max_length=4000, blank=True)
    work_form = models.CharField("форма выполнения работы", max_length=300, blank=True)
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    pay_kind = models.CharField("оплата", max_length=8, choices=Pay, blank=True)
    pay_amount = models.DecimalField("размер", max_digits=10, decimal_places=2, null=True, blank=True)
    pay_act = models.CharField("акт, которым установлена оплата", max_length=300, blank=True)
    pay_act_number = models.CharField("номер акта", max_length=30, blank=True)
    pay_act_date = models.DateField("дата акта", null=True, blank=True)
    pay_act_point = models.CharField("пункт акта", max_length=30, blank=True)
    free_reason = models.CharField("почему без оплаты", max_length=300, blank=True)
    consent_basis = models.CharField("основание согласия", max_length=7, choices=Basis, blank=True)
    report = models.CharField("как отчитывается", max_length=500, blank=True)
    pay_from = models.DateField("выплата с", null=True, blank=True)
    pay_to = models.DateField("выплата по", null=True, blank=True)
    exempt_reason = models.CharField("почему статья 351.8 не применяется", max_length=500, blank=True)
    number = models.CharField("номер", max_length=30, blank=True)
    signed_on = models.DateField("подписано", null=True, blank=True)
    signed_by_words = models.CharField("кто подписал за работодателя", max_length=300, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="скан")
    order_number = models.CharField("приказ об оплате №", max_length=30, blank=True)
    order_date = models.DateField("приказ об оплате от", null=True, blank=True)
    pay_ends_on = models.DateField("выплата прекращена, последний день", null=True, blank=True)
    stop_number = models.CharField("приказ о прекращении выплаты №", max_length=30, blank=True)
    stop_date = models.DateField("приказ о прекращении выплаты от", null=True, blank=True)
    closed_on = models.DateField("закончено", null=True, blank=True)
    dropped_at = models.DateTimeField("снято", null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто снял"
    )
    drop_reason = models.CharField("почему снято", max_length=300, blank=True)
    papers = models.JSONField("факты подписанных бумаг", default=dict, editable=False)
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    stage: str  # these are annotated by with_stage()
    noticed: bool
    next_on: date | None  # these three by with_next()
    notice_waits: bool
    changed_at: datetime | None
    consent_id: int | None
    consent_on: date | None
    consent_form: str | None

    objects = MentorAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "соглашение с наставником"
        verbose_name_plural = "соглашения с наставниками"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "pairing"],
                condition=Q(dropped_at__isnull=True, closed_on__isnull=True),
                name="one_live_agreement",
                violation_error_message="Соглашение с этим наставником об этой паре уже ведётся",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["agreement", "cooperation", "founder"]), name="agreement_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(pay_kind__in=["", "percent", "sum", "mentee", "hour", "free", "included"]),
                name="agreement_pay_known",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="agreement_term_ordered",
                violation_error_message="Срок не может закончиться раньше, чем начался",
            ),
            models.CheckConstraint(condition=paired("number", "signed_on"), name="agreement_signature_paired"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, signed_by_words="")
                | (
                    Q(signed_on__isnull=False, assigned_on__isnull=False, signed_on__gte=F("assigned_on"))
                    & Q(pay_kind__in=["percent", "sum", "mentee", "hour", "free"], starts_on__isnull=False)
                    & ~Q(content="")
                    & ~Q(work_form="")
                    & ~Q(signed_by_words="")
                ),
                name="agreement_signed_whole",  # предмет, содержание, срок, форма, оплата: ТК 351.8
            ),
            models.CheckConstraint(
                condition=(Q(pay_kind="included") & ~Q(exempt_reason=""))
                | (~Q(pay_kind="included") & Q(exempt_reason="")),
                name="agreement_exemption_has_reason",
                violation_error_message="Напишите, почему статья 351.8 не применяется",
            ),
            models.CheckConstraint(
                condition=(
                    Q(pay_kind__in=["percent", "sum", "mentee", "hour"], pay_amount__isnull=False, pay_amount__gt=0)
                    & Q(pay_from__isnull=False, pay_to__isnull=False, pay_to__gte=F("pay_from"))
                )
                | Q(
                    pay_kind__in=["", "free", "included"],
                    pay_amount__isnull=True,
                    pay_from__isnull=True,
                    pay_to__isnull=True,
                    pay_act="",
                ),
                name="agreement_pay_whole",
                violation_error_message="Укажите размер оплаты и её срок с и по",
            ),
            models.CheckConstraint(
                condition=Q(pay_act_number="", pay_act_date__isnull=True, pay_act_point="") | ~Q(pay_act=""),
                name="agreement_pay_act_named",
                violation_error_message="Назовите акт, которым установлена оплата",
            ),
            models.CheckConstraint(
                condition=(Q(pay_kind="free") & ~Q(free_reason="")) | (~Q(pay_kind="free") & Q(free_reason="")),
                name="agreement_free_has_reason",
                violation_error_message="Напишите, почему работа наставника не оплачивается",
            ),
            models.CheckConstraint(
                condition=~Q(pay_kind="free") | Q(kind="cooperation"),
                name="agreement_work_is_paid",
                violation_error_message="Работа наставника по статье 351.8 оплачивается",
            ),
            models.CheckConstraint(condition=paired("order_number", "order_date"), name="agreement_order_paired"),
            models.CheckConstraint(
                condition=Q(order_number="") | Q(signed_on__isnull=False, pay_from__isnull=False),
                name="agreement_order_after_signature",
            ),
            models.CheckConstraint(condition=paired("stop_number", "stop_date"), name="agreement_stop_paired"),
            models.CheckConstraint(
                condition=Q(stop_number="") | (Q(pay_ends_on__isnull=False) & ~Q(order_number="")),
                name="agreement_stop_of_pay",
            ),
            models.CheckConstraint(
                condition=Q(pay_ends_on__isnull=True) | Q(pay_to__isnull=False, pay_ends_on__lte=F("pay_to")),
                name="agreement_pay_ends_in_term",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True, drop_reason="")
                | (Q(dropped_at__isnull=False, dropped_by__isnull=False, signed_on__isnull=True) & ~Q(drop_reason="")),
                name="agreement_dropped_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("programs:agreement", args=[self.pk])

    @property
    def is_exempt(self) -> bool:
        """Whether mentoring is part of the job and paid in it: no agreement under 351.8 then."""
        return self.pay_kind == self.Pay.INCLUDED

    @property
    def is_paid(self) -> bool:
        """Whether the terms set a pay."""
        return self.pay_kind in self.PAID

    @property
    def paid_through(self) -> date | None:
        """The last day of pay as it is now: stopped earlier or as agreed; None without pay."""
        return self.pay_ends_on or self.pay_to


class NoticeQuerySet(models.QuerySet):
    def with_changed(self) -> Self:
        """Annotate when the last act on each was recorded."""
        return self.annotate(changed_at=changed_at(Notice))

    def visible_to(self, user: User) -> Self:
        """All for those who keep the agreements, those about oneself for everybody else."""
        return self if user.can(Right.AGREEMENTS_SEE_ALL) else self.filter(person=user.person_id)

    def live(self) -> Self:
        """Notices that were not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)

    def due(self, today: date | None = None) -> Self:
        """Notices whose day has come and whose effect is not yet written down."""
        return self.live().filter(took_effect_on__isnull=True, effective_on__lte=today or timezone.localdate())

    def in_effect(self) -> Self:
        """Notices that have ended the duties."""
        return self.live().filter(took_effect_on__isnull=False)

    def awaiting_order(self) -> Self:
        """Notices that no order has recorded yet: it only records them and stops the pay (п. 4.1; ТК 351.8)."""
        return self.live().filter(order_number="")

    def awaiting_paper(self) -> Self:
        """Notices handed in by the application where the school keeps its personnel papers on paper."""
        return self.live().filter(needs_paper=True, paper_on__isnull=True)


class Notice(models.Model):
    """An early refusal of the mentor or an early cancelling by the employer (ТК 351.8, п. 4.1, 7.1).

    A notice is not a petition: nobody approves or declines it. ``effective_on`` is the last day of the duties, three
    working days after the other side was warned at the earliest. About an agreement, or about a candidate's matter
    for which no agreement was begun.
    """

    class Giver(models.TextChoices):
        WORKER = "worker", "отказ наставника"
        EMPLOYER = "employer", "отмена работодателем"

    class Form(models.TextChoices):
        PAPER = "paper", "на бумаге"
        APPLICATION = "app", "в системе"

    person = models.ForeignKey(Person, models.PROTECT, related_name="notices", verbose_name="наставник")
    agreement = models.ForeignKey(
        MentorAgreement, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name="соглашение"
    )
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name="кандидат"
    )
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="notices", verbose_name="пара или группа")
    matter_words = models.CharField("о какой паре, словами", max_length=300, blank=True)
    giver = models.CharField("кто предупредил", max_length=8, choices=Giver)
    form = models.CharField("как подано", max_length=5, choices=Form, default=Form.PAPER)
    received_on = models.DateField("получено")
    effective_on = models.DateField("последний день обязанностей")
    reason = models.TextField("причина", max_length=2000, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="скан")
    address = models.GenericIPAddressField("адрес устройства", null=True, blank=True)
    needs_paper = models.BooleanField("нужна бумага", default=False)
    paper_on = models.DateField("бумага записана", null=True, blank=True)
    given_at = models.DateTimeField("записано", default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал")
    withdrawal_asked_at = models.DateTimeField("предложено отозвать", null=True, blank=True)
    withdrawal_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто предложил отозвать",
    )
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    took_effect_on = models.DateField("вступило в силу", null=True, blank=True)
    order_number = models.CharField("приказ №", max_length=30, blank=True)
    order_date = models.DateField("приказ от", null=True, blank=True)
    papers = models.JSONField("факты бумаги", default=dict, editable=False)
    changed_at: datetime | None  # annotated by with_changed()
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "уведомление"
        verbose_name_plural = "уведомления"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "pairing"],
                condition=Q(withdrawn_on__isnull=True, took_effect_on__isnull=True),
                name="one_live_notice",
                violation_error_message="Об этом уже предупредили",
            ),
            models.CheckConstraint(condition=Q(giver__in=["worker", "employer"]), name="notice_giver_known"),
            models.CheckConstraint(
                condition=Q(agreement__isnull=False) | Q(candidate__isnull=False), name="notice_about_something"
            ),
            models.CheckConstraint(
                condition=Q(effective_on__gt=F("received_on")),
                name="notice_ahead",
                violation_error_message="Предупреждают не менее чем за три рабочих дня",
            ),
            models.CheckConstraint(
                condition=Q(took_effect_on__isnull=True)
                | Q(withdrawn_on__isnull=True, took_effect_on__gte=F("effective_on")),
                name="notice_effect_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_asked_at__isnull=True, withdrawal_asked_by__isnull=True)
                | Q(withdrawal_asked_at__isnull=False, withdrawal_asked_by__isnull=False),
                name="notice_withdrawal_paired",
            ),
            models.CheckConstraint(condition=paired("order_number", "order_date"), name="notice_order_paired"),
            models.CheckConstraint(
                condition=Q(order_number="") | Q(withdrawn_on__isnull=True), name="notice_order_of_live"
            ),
            models.CheckConstraint(
                condition=Q(form="app", address__isnull=False)
                | Q(form="paper", needs_paper=False, address__isnull=True),
                name="notice_form_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name}: {self.get_giver_display()}"

    def get_absolute_url(self) -> str:
        return reverse("programs:notice", args=[self.pk])
