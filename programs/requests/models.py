"""A request of any kind, who knows of it and who reads its words (п. 1.4, 2.3, 4.1, 5.1)."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Prefetch, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from mentoring_site.russian import upper_first
from people.accounts.models import User
from people.register.models import Employment, Person
from people.rights import ACTING, DIRECTOR, ROLES
from people.roles.models import DepartmentHead, RoleGrant
from programs.pairings.models import Pairing, Participation, present
from programs.program.models import Activity, Program
from programs.requests import registry
from programs.requests.interests import Interest
from programs.requests.kinds.base import (
    ACCEPTED,
    AUTHOR,
    DECLINED,
    DONE,
    FILED,
    HEAD,
    LAPSED,
    PAIRING,
    PERSON,
    WITHDRAWN,
    RequestKind,
    Route,
    Rung,
    nobody,
)
from programs.requests.rules import STATES, OwnWorkflow

__all__ = ["Interest", "Request"]


def _roles(user: User) -> set[str]:
    return {DIRECTOR if role == ACTING else role for role in user.roles}


def _relation(user: User, relation: str) -> Q:
    """Return the condition of rows to which the user stands in a relation; who was replaced stands in none."""
    if relation == AUTHOR:
        return Q(author=user.person_id)
    if relation == PERSON:
        return Q(person=user.person_id)
    if relation == HEAD:
        mine = DepartmentHead.objects.live().filter(person=user.person_id)
        jobs = Employment.objects.current().filter(department__in=mine.values("department"))
        return Q(author__in=jobs.values("person"))
    return Q(Exists(_present_in(OuterRef("pairing"), relation).filter(person=user.person_id)))


def _is_party(user: User, parties: Iterable[str]) -> Q:
    """Return the condition of rows about which the user never decides."""
    found = Q(pk__in=[])
    for relation in parties:
        found |= _relation(user, relation)
        about = Interest.objects.in_force().filter(person=user.person_id)
        if relation in (AUTHOR, PERSON):
            found |= Q(**{f"{relation}__in": about.values("about")})
        else:
            found |= Q(Exists(_present_in(OuterRef("pairing"), relation).filter(person__in=about.values("about"))))
    return found


def _has_come_past(roles: set[str], parties: Iterable[str]) -> Q:
    """Return the condition of rows of which nobody who holds one of the roles decides: all of them are interested."""
    return ~_somebody_outside(
        RoleGrant.objects.in_force().filter(role__in=roles | ({ACTING} if DIRECTOR in roles else set())), parties
    )


def _somebody_outside(outside: Any, parties: Iterable[str]) -> Q:
    """Return the condition of rows with an impartial person among ``outside``, rows with a ``person``."""
    declared = Interest.objects.in_force().filter(person=OuterRef("person"))
    for relation in parties:
        if relation in (AUTHOR, PERSON):
            key = Coalesce(OuterRef(relation), 0)
            outside = outside.exclude(person=key)
            outside = outside.exclude(Exists(declared.filter(about=Coalesce(OuterRef(OuterRef(relation)), 0))))
        else:
            inside = _present_in(OuterRef(OuterRef("pairing")), relation)
            outside = outside.exclude(person__in=inside)
            inside = _present_in(OuterRef(OuterRef(OuterRef("pairing"))), relation)
            outside = outside.exclude(Exists(declared.filter(about__in=inside)))
    return Q(Exists(outside))


def _present_in(pairing: OuterRef, relation: str) -> models.QuerySet:
    """Return the keys of the people of a pair, of both parts or of one."""
    found = present().filter(pairing=pairing)
    return (found if relation == PAIRING else found.filter(part=relation)).values("person")


def _decides(user: User, route: Route) -> Q:
    """Return the condition of rows that the user decides."""
    return _stands(user, route.ladder, route.parties)


def _stands(user: User, ladder: Iterable[Rung], parties: Iterable[str]) -> Q:
    """Return the condition of rows that come to the user: by a relation, by a role where nobody stands before."""
    mine, earlier, found = _roles(user), Q(), Q(pk__in=[])
    for rung in ladder:
        roles = {name for name in rung if name in ROLES}
        for relation in set(rung) - roles:
            found |= _relation(user, relation) & (~_is_party(user, parties) if relation == HEAD else Q())
        if mine & roles:
            found |= ~_is_party(user, parties) & earlier
        if HEAD in rung:
            earlier &= ~_has_impartial_head(parties)
        elif len(roles) < len(rung):
            earlier &= ~_anybody(set(rung) - roles)
        if roles:
            earlier &= _has_come_past(roles, parties)
    return found


def _has_impartial_head(parties: Iterable[str]) -> Q:
    """Return the condition of rows whose author works in a department with an impartial head."""
    return _somebody_outside(DepartmentHead.objects.live().of(OuterRef(OuterRef("author"))), parties)


def _anybody(relations: Iterable[str]) -> Q:
    """Return the condition of rows with somebody in one of the relations."""
    found = Q(pk__in=[])
    for relation in relations:
        if relation in (AUTHOR, PERSON):
            found |= Q(**{f"{relation}__isnull": False})
        else:
            found |= Q(Exists(_present_in(OuterRef("pairing"), relation)))
    return found


SOONEST = (models.F("due_on").asc(nulls_last=True), "filed_on", "pk")


def _mine(user: User) -> Q:
    """Return the condition of rows whose decision or its preparation is the user's, in whatever state."""
    mine = Q(pk__in=[])
    for kind in registry.kinds().values():
        for route in kind.routes:
            here = Q(kind=kind.code, route=route.code)
            mine |= here & kind.prepared & _decides(user, route)
            if route.prepare:
                mine |= here & ~kind.prepared & _stands(user, route.prepare, route.parties)
    return mine


class RequestQuerySet(models.QuerySet):
    """Requests of all kinds."""

    def visible_to(self, user: User) -> Self:
        """One's own, what comes to the user for a decision, and what others have to answer, without its words."""
        known = self._readable(user)
        for kind in registry.kinds().values():
            for route in kind.routes:
                if set(route.known_to) & _roles(user):
                    known |= Q(kind=kind.code, route=route.code) & ~_is_party(user, route.parties)
        return self.filter(known)

    def readable_by(self, user: User) -> Self:
        """Requests whose words the user reads."""
        return self.filter(self._readable(user))

    def _readable(self, user: User) -> Q:
        found, hand = Q(author=user.person_id), Q(created_by=user) | Q(decided_by=user)
        for kind in registry.kinds().values():
            if kind.reads is not nobody:
                found |= Q(kind=kind.code) & kind.reads(user)
            for route in kind.routes:
                if route.in_office:
                    hand &= ~Q(kind=kind.code, route=route.code)
                own = Q(pk__in=[])
                for name in route.readers:
                    if name not in ROLES:
                        own |= _relation(user, name)
                    elif name in _roles(user):
                        own |= ~_is_party(user, route.parties)
                prepares = _stands(user, route.prepare, route.parties) if route.prepare else Q(pk__in=[])
                found |= Q(kind=kind.code, route=route.code) & (own | prepares | _decides(user, route))
        return found | hand

    def with_openness(self, user: User) -> Self:
        """Annotate whether the user reads the words (``is_open``)."""
        opens = When(self._readable(user), then=Value(value=True))
        return self.annotate(is_open=Case(opens, default=Value(value=False), output_field=BooleanField()))

    def awaiting(self, user: User) -> Self:
        """Requests that have come to the user for a decision or its preparation, the nearest term first."""
        return self.filter(_mine(user), state=FILED).order_by(*SOONEST)

    def asking(self, user: User) -> Self:
        """Those, and the accepted ones in which kinds ask something of the user."""
        asked = Q(pk__in=[])
        for kind in registry.kinds().values():
            if kind.asks is not nobody:
                asked |= Q(kind=kind.code, state=ACCEPTED) & kind.asks(user)
        return self.filter(asked | Q(_mine(user), state=FILED)).order_by(*SOONEST)

    @staticmethod
    def someone_else_answers(user: User) -> bool:
        """Whether a role of the user sees requests that others answer."""
        known = {role for kind in registry.kinds().values() for route in kind.routes for role in route.known_to}
        return bool(known & _roles(user))

    def late(self) -> Self:
        """Requests that nobody has decided by their term."""
        return self.filter(state=FILED, due_on__lt=timezone.localdate())

    def with_requirements(self) -> Self:
        """Everything that requirements, lists and pages of a request read."""
        people = Prefetch("pairing__participations", present().select_related("person"), to_attr="people")
        tables = [name for kind in registry.kinds().values() for name in kind.related]
        found = self.select_related(
            "author", "person", "pairing", "program", "activity", "created_by__person", "decided_by__person", *tables
        )
        return found.prefetch_related(people).annotate(about_director=about_director())


def about_director() -> Exists:
    """Return the expression: whether the director in office asks, is asked about or takes part in the pair."""
    director = RoleGrant.objects.live().filter(role=DIRECTOR)
    here = Participation.objects.live().filter(pairing=OuterRef(OuterRef("pairing")))
    one = Q(person=OuterRef("author")) | Q(person=Coalesce(OuterRef("person"), 0)) | Q(person__in=here.values("person"))
    return Exists(director.filter(one))


class Request(Stateful):
    """What somebody asks for or proposes, to whom it goes, by when it is decided and what came of it."""

    class State(models.TextChoices):
        FILED = FILED, STATES[FILED]
        ACCEPTED = ACCEPTED, STATES[ACCEPTED]
        DECLINED = DECLINED, STATES[DECLINED]
        DONE = DONE, STATES[DONE]
        WITHDRAWN = WITHDRAWN, STATES[WITHDRAWN]
        LAPSED = LAPSED, STATES[LAPSED]

    kind = models.CharField("вид", max_length=20, db_index=True, editable=False)  # a code of ``registry.kinds()``
    route = models.CharField("кому", max_length=12, editable=False)
    term = models.CharField("срок", max_length=12, editable=False)
    state = models.CharField(
        "состояние", max_length=10, choices=State, default=State.FILED, db_index=True, editable=False
    )
    author = models.ForeignKey(Person, models.PROTECT, related_name="requests", verbose_name="кто просит")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="requests_about", verbose_name="о ком или кого"
    )
    pairing = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name="пара или группа"
    )
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="программа"
    )
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="мероприятие"
    )  # a reworded plan may drop it: ``about`` keeps its name
    about = models.CharField("о чём", max_length=300, blank=True)
    text = models.TextField("текст", max_length=4000)
    filed_on = models.DateField("дата")
    due_on = models.DateField("ответить до", null=True, blank=True)
    on_paper = models.BooleanField("подано на бумаге", default=False)
    created_at = models.DateTimeField("записано", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто записал", editable=False
    )
    answer = models.TextField("ответ", max_length=4000, blank=True)
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
    paper_number = models.CharField("бумага с решением №", max_length=30, blank=True)
    paper_date = models.DateField("бумага с решением от", null=True, blank=True)
    led_to_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="вид того, к чему привело"
    )
    led_to_id = models.PositiveBigIntegerField("номер того, к чему привело", null=True, blank=True)
    led_to = GenericForeignKey("led_to_type", "led_to_id")
    reminded_on = models.DateField("напомнили", null=True, blank=True, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    about_director: bool  # these are annotated by the queryset
    is_open: bool

    objects = RequestQuerySet.as_manager()
    WORKFLOW: Any = OwnWorkflow()

    class Meta:
        verbose_name = "просьба"
        verbose_name_plural = "просьбы и предложения"
        ordering = ["-filed_on", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="request_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["filed", "accepted", "declined", "done", "withdrawn", "lapsed"]),
                name="request_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "withdrawn"], decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["accepted", "declined", "done"], decided_at__isnull=False, decided_by__isnull=False)
                | Q(state="lapsed", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state="lapsed", decided_at__isnull=False, decided_by__isnull=False),
                name="request_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(paper_number="") | Q(paper_date__isnull=False),
                name="request_paper_dated",
            ),
            models.CheckConstraint(
                condition=Q(led_to_type__isnull=True, led_to_id__isnull=True)
                | Q(led_to_type__isnull=False, led_to_id__isnull=False),
                name="request_effect_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type.name} от {self.filed_on:%d.%m.%Y}"

    @property
    def type(self) -> RequestKind:
        """What is declared of the kind."""
        return registry.kind(self.kind)

    @property
    def title(self) -> str:
        """«Просьба о помощи»."""
        return upper_first(self.type.name)

    @property
    def state_words(self) -> str:
        """The state in the words of the kind: «отвечено»."""
        own = {ACCEPTED: self.type.accept, DECLINED: self.type.decline, DONE: self.type.close}.get(self.state)
        return own.state if own else self.type.state_words.get(self.state, self.get_state_display())

    @property
    def is_late(self) -> bool:
        """Whether nobody has decided it by its term."""
        return self.state == FILED and self.due_on is not None and self.due_on < timezone.localdate()

    def get_absolute_url(self) -> str:
        return reverse("programs:request", args=[self.pk])
