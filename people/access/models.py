"""One request of access: what is asked, for whom, by whom, who released it and what the owner said to it."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from mentoring_site.workflow import Workflow
from people.access.rules import ACCESS_REQUEST
from people.accounts.models import Invitation, User
from people.register.models import Person
from people.rights import ROLE_CHOICES, Right

WAITS = timedelta(days=7)  # a request that nobody answered lapses
USABLE = timedelta(days=3)  # a released slip is printed and used, a released letter is opened


class AccessRequestQuerySet(models.QuerySet):
    """Requests as somebody may see them."""

    def visible_to(self, user: User) -> Self:
        """All for those who run accounts or roles and for the director; the own ones for everybody else.

        The chair sees those that only the chair may release.
        """
        if user.can(Right.ACCOUNTS_MANAGE) or user.can(Right.ROLES_MANAGE):
            return self
        own = Q(person=user.person_id) | Q(asked_by=user.pk) | Q(released_by=user.pk)
        return self.filter(own | Q(for_chair=True) if user.can(Right.ACCESS_RELEASE) else own)

    def told_to(self, person: int) -> Self:
        """What has happened to the access of a person and has not been answered by the owner."""
        return self.filter(person=person, state="released", answer="")

    def to_note(self) -> Self:
        """What the director has to know: done on the server, or not recognised by the owner; not confirmed yet."""
        unknown = Q(answer=AccessRequest.Answer.NOT_MINE)
        return self.filter(unknown | Q(by_server=True), state="released", noted_at=None)

    def to_print(self, user: User) -> Self:
        """Released slips that the user has asked for, still usable and never printed."""
        fresh = self.filter(
            asked_by=user.pk, state="released", invitation=None, released_at__gt=timezone.now() - USABLE
        )
        return fresh.exclude(part_hash="").exclude(kind="letter")

    def late(self) -> Self:
        """Asked, and not answered in time."""
        return self.filter(state="asked", asked_at__lte=timezone.now() - WAITS)


class AccessRequest(Stateful):
    """A way into somebody's account, or a role, that one person asks for and another releases."""

    class State(models.TextChoices):
        ASKED = "asked", "ждёт подтверждения"
        RELEASED = "released", "подтверждён"
        REFUSED = "refused", "отказано"
        LAPSED = "lapsed", "срок прошёл"

    class Kind(models.TextChoices):
        SLIP = "slip", "одноразовый листок"
        LETTER = "letter", "ссылка письмом"
        CODES = "codes", "сброс входа с кодом"
        EMAIL = "email", "e-mail учётной записи"
        CONTACT = "contact", "e-mail в сведениях о человеке"
        ROLE = "role", "роль"
        SERVER = "server", "ссылка, выданная на сервере"
        SETUP = "setup", "первая настройка"

    class Answer(models.TextChoices):
        MINE = "mine", "знаю об этом"
        NOT_MINE = "not_mine", "это не я"

    WORKFLOW: ClassVar[Workflow] = ACCESS_REQUEST

    state = models.CharField("состояние", max_length=20, choices=State, default=State.ASKED, db_index=True)
    kind = models.CharField("что просят", max_length=10, choices=Kind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="access_requests", verbose_name="чей доступ")
    role = models.CharField("роль", max_length=20, choices=ROLE_CHOICES, blank=True)
    values = models.JSONField("подробности", default=dict)
    why = models.CharField("зачем", max_length=300, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто просит"
    )
    asked_at = models.DateTimeField("когда попросили", default=timezone.now)
    for_chair = models.BooleanField("подтверждает председатель", default=False)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто ответил"
    )
    released_at = models.DateTimeField("когда ответили", null=True, blank=True)
    refused_why = models.CharField("почему отказано", max_length=300, blank=True)
    part_hash = models.CharField(max_length=64, blank=True)
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="приглашение"
    )
    by_server = models.BooleanField("сделано на сервере", default=False)
    answer = models.CharField("что сказал владелец", max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField("когда сказал", null=True, blank=True)
    noted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто принял к сведению"
    )
    noted_at = models.DateTimeField("принято к сведению", null=True, blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "запрос доступа"
        verbose_name_plural = "запросы доступа"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "released", "refused", "lapsed"]), name="access_request_state"
            ),
            models.CheckConstraint(
                condition=Q(noted_at__isnull=True, noted_by__isnull=True)
                | Q(noted_at__isnull=False, noted_by__isnull=False),
                name="access_noted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "role"],
                condition=Q(state="asked"),
                name="access_asked_once",
                violation_error_message="Такой запрос уже ждёт подтверждения",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | Q(released_by__isnull=True) | ~Q(asked_by=models.F("released_by")),
                name="access_released_by_another",
                violation_error_message="Кто просил, тот не подтверждает",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person.short_name}"

    def get_absolute_url(self) -> str:
        """The page of the request."""
        return reverse("people:access_request", args=[self.pk])

    @property
    def usable_until(self) -> Any:
        """Until when what was released may be used."""
        return self.released_at + USABLE if self.released_at else None
