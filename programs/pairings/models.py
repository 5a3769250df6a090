"""Pairs and groups, who takes part in them, who may see them, and what their pages prefetch."""

import uuid
from datetime import date
from functools import lru_cache
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from mentoring_site.paper_ref import PaperRef
from people.accounts.models import User
from people.banks.models import Candidate, Topic
from people.consents.models import PROCESSING, Consent
from people.language.name_text import search_terms
from people.language.names import agree
from people.promises import Promise
from people.register.leaving import last_day_of
from people.register.models import Employment, Person
from people.rights import Right
from people.school.models import Department, School
from programs.pairings.rules import PAIRING


class PairingQuerySet(models.QuerySet):
    """Pairs and groups."""

    def visible_to(self, user: User) -> Self:
        """All for director, curator and council; one's own, also after its end, for participants."""
        if Promise.PAIRING_REASONS.opens_to(user):
            return self
        return self.filter(pk__in=user.person.participations.values("pairing"))

    def papers_visible_to(self, user: User) -> Self:
        """All for those who prepare papers; the clerk keeps them without reading what pairs write to each other."""
        return self if user.can(Right.PAPERS_SEE_ALL) else self.none()

    def live(self) -> Self:
        """Pairs on their way or at work."""
        return self.filter(state__in=Pairing.LIVE_STATES)

    def found_by(self, text: str) -> Self:
        """Pairings whose people have name words that begin with the words of ``text``: «мель ким» finds the pair."""
        found = self
        for term in search_terms(text):
            people = Person.objects.found_by(term).filter(participations__pairing=models.OuterRef("pk"))
            found = found.filter(models.Exists(people))
        return found

    def of_department(self, department: Department) -> Self:
        """Pairings one of whose people works in the department."""

        inside = Participation.objects.filter(pairing=models.OuterRef("pk"), employment__department=department)
        return self.filter(models.Exists(inside))

    def of_year(self, year: int) -> Self:
        """Pairings of a school year, ended in it, or not ended at all."""
        return self.filter(Q(school_year=year) | Q(state__in=Pairing.LIVE_STATES) | Q(ended_on__gte=date(year, 8, 1)))

    def with_since(self) -> Self:
        """Annotate ``since``: the day on which the present state began, as far as it is known."""
        state, when = Pairing.State, models.When
        return self.annotate(
            since=models.Case(
                when(state=state.RECOMMENDED, then="minutes_date"),
                when(state=state.ASSIGNED, then="order_date"),
                when(ended_on__isnull=False, then="ended_on"),
                default=TruncDate("proposed_at"),
                output_field=models.DateField(),
            )
        )

    def with_people(self) -> Self:
        """Prefetch participations with persons (``people``) and topics: all that lists and titles read."""
        participations = present().select_related("person", "employment__department")
        return self.prefetch_related(models.Prefetch("participations", participations, to_attr="people"), "topics")

    def with_requirements(self, *, topics: bool = True) -> Self:
        """Everything that requirements of a pairing read: people, candidates, load, live consents, the Положение.

        ``topics`` are read by pages only.
        """
        return self.annotate(has_regulation=has_regulation()).prefetch_related(
            required_people(), *(("topics",) if topics else ())
        )


def present() -> "ParticipationQuerySet":
    """Participations that go on, or that lasted until the end of their pairing: an ended pair keeps its people."""

    return Participation.objects.filter(Q(until__isnull=True) | Q(until=models.F("pairing__ended_on")))


def required_people(before: str = "") -> models.Prefetch:
    """Prefetch ``people`` of pairings with all that requirements read of them; ``before`` leads to the pairing."""
    return models.Prefetch(f"{before}participations", _required_on(timezone.localdate()).all(), to_attr="people")


@lru_cache(maxsize=2)
def _required_on(today: date) -> "ParticipationQuerySet":
    """Build the query of ``required_people`` once a day: it takes as long to build as to ask, and every act asks it."""
    people = with_consents(present(), today).select_related(
        "person", "candidate", "employment__department", "employment__organisation"
    )
    return people.annotate(load=load_of("person"))


def has_regulation() -> models.Exists:
    """Return an expression: whether the signed order on the Положение is recorded (п. 3.1)."""
    return models.Exists(School.objects.filter(regulation_date__isnull=False))


def with_consents(participations: "ParticipationQuerySet", today: date | None = None) -> "ParticipationQuerySet":
    """Annotate whether the consents to the duties and to the processing are live (today), and the last day of work."""
    consents = Consent.objects.live(today)
    return participations.annotate(
        has_duties=models.Exists(
            consents.filter(
                person=models.OuterRef("person"),
                part=models.OuterRef("part"),
                matter=models.OuterRef("pairing__uuid"),
            )
        ),
        has_processing=models.Exists(consents.filter(person=models.OuterRef("person"), purpose=PROCESSING)),
        last_day=last_day_of("person"),
    )


def load_of(person: str) -> Coalesce:
    """Return an expression: how many people the person of the outer row leads, with proposed ones (п. 6.1)."""

    led = (
        Participation.objects.live()
        .filter(part="mentor", person=models.OuterRef(models.OuterRef(person)))
        .values("pairing")
    )
    mentees = Participation.objects.live().filter(
        part="mentee", pairing__state__in=Pairing.LIVE_STATES, pairing__in=led
    )
    count = mentees.order_by().values("part").annotate(n=models.Count("person", distinct=True)).values("n")
    return Coalesce(models.Subquery(count, output_field=models.IntegerField()), 0)


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

    OPEN_STATES = (State.PROPOSED, State.RECOMMENDED)
    LIVE_STATES = (*OPEN_STATES, State.ASSIGNED)
    CLOSED_STATES = (State.DECLINED, State.WITHDRAWN)

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

    people: "list[Participation]"  # prefetched by with_people() and with_requirements()
    has_regulation: bool  # annotated by with_requirements()

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

    def __str__(self) -> str:
        return f"{self.get_kind_display()} № {self.pk}"

    @property
    def order_ref(self) -> PaperRef:
        """Number and date of the order of assignment."""
        return PaperRef(self.order_number, self.order_date)

    def get_absolute_url(self) -> str:
        return reverse("programs:pairing", args=[self.pk])


class ParticipationQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Participations that have not ended."""
        return self.filter(until__isnull=True)

    def engaged(self) -> Self:
        """Live participations in pairs and groups assigned by order."""
        return self.live().filter(pairing__state=Pairing.State.ASSIGNED)


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
    end_reason = models.CharField("почему закончилось участие", max_length=300, blank=True)
    wish = models.CharField("желание", max_length=3, choices=Wish, blank=True)  # said in confidence (п. 6.1)
    wish_reason = models.TextField("почему", max_length=2000, blank=True)
    wish_at = models.DateTimeField("когда получен ответ", null=True, blank=True)
    wish_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто записал ответ",
    )
    reminded_at = models.DateTimeField("напомнили", null=True, blank=True)
    second = models.ForeignKey(  # of a mentee: who might take over, kept when the pair was chosen
        Candidate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="запасной наставник",
        editable=False,
    )

    has_duties: bool  # these are annotated by with_consents() and required_people()
    has_processing: bool
    load: int
    last_day: date | None

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

    def __str__(self) -> str:
        return f"{self.person.short_name}, {self.part_word}"

    @property
    def part_word(self) -> str:
        """«наставник», «наставляемый» or «наставляемая»."""
        return (
            "наставник" if self.part == self.Part.MENTOR else agree(self.person.gender, "наставляемый", "наставляемая")
        )
