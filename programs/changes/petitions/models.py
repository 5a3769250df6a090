"""Petitions in confidence: a mentee asks for another mentor (п. 5.1), a mentor to be relieved (п. 4.1)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Stateful
from people.accounts.models import User
from people.promises import Promise
from people.rights import ACTING, CHAIR, CURATOR, DIRECTOR
from people.roles.models import RoleGrant
from programs.changes.petitions.rules import PETITION
from programs.pairings.models import Pairing, Participation, present


class PetitionQuerySet(models.QuerySet):
    """Petitions."""

    def visible_to(self, user: User) -> Self:
        """In confidence: whoever filed it and who decides it, but never the other side (п. 4.1, 5.1).

        The curator and the director decide; the chair of the council where all of them take part in the pair.
        """
        own = Q(participation__person=user.person_id)
        inside = Participation.objects.filter(pairing=OuterRef("pairing"))
        outside = ~Exists(inside.filter(person=user.person_id))
        if Promise.PETITION.opens_to(user):
            return self.filter(own | outside)
        if CHAIR not in user.roles:
            return self.filter(own)
        concerned = Participation.objects.filter(pairing=OuterRef(OuterRef("pairing")))
        others = RoleGrant.objects.in_force().filter(role__in=(CURATOR, DIRECTOR, ACTING))
        return self.filter(own | outside & ~Exists(others.exclude(person__in=concerned.values("person"))))

    def with_requirements(self) -> Self:
        """Everything that requirements and pages of a petition read."""
        director = RoleGrant.objects.live().filter(role=DIRECTOR).values("person")
        inside = Participation.objects.live().filter(pairing=OuterRef("pairing"), person__in=director)
        people = Prefetch("pairing__participations", present().select_related("person"), to_attr="people")
        found = self.select_related("participation__person", "pairing", "decided_by__person")
        return found.prefetch_related(people).annotate(about_director=Exists(inside))


class Petition(Stateful):
    """A mentee asks for another mentor (п. 5.1), or a mentor asks to be relieved (п. 4.1)."""

    class Kind(models.TextChoices):
        REPLACE = "replace", "ходатайство о замене наставника"
        RELIEVE = "relieve", "заявление о сложении обязанностей наставника"

    class State(models.TextChoices):
        FILED = "filed", "ждёт решения"
        ACCEPTED = "accepted", "удовлетворено"
        DECLINED = "declined", "отклонено"
        WITHDRAWN = "withdrawn", "отозвано"
        LAPSED = "lapsed", "отпало"

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="petitions", verbose_name="пара или группа")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name="кто просит")
    kind = models.CharField("о чём", max_length=8, choices=Kind, editable=False)
    state = models.CharField(
        "состояние", max_length=20, choices=State, default=State.FILED, db_index=True, editable=False
    )
    reason = models.TextField("почему", max_length=2000)
    filed_on = models.DateField("дата")
    on_paper = models.BooleanField("записано с бумаги", default=False, editable=False)
    created_at = models.DateTimeField("подано", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    answer = models.TextField("решение", max_length=2000, blank=True)
    decided_at = models.DateTimeField("решено", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    founder_number = models.CharField("письмо учредителя №", max_length=30, blank=True)
    founder_date = models.DateField("письмо учредителя от", null=True, blank=True)
    change_asked = models.BooleanField("куратор готовит замену или завершение", default=False, editable=False)
    request_key = models.UUIDField(unique=True, null=True, blank=True, editable=False)

    about_director: bool  # annotated by with_requirements()

    objects = PetitionQuerySet.as_manager()
    WORKFLOW = PETITION

    class Meta:
        verbose_name = "ходатайство"
        verbose_name_plural = "ходатайства"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["filed", "accepted", "declined", "withdrawn", "lapsed"]),
                name="petition_state_known",
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(state="filed"),
                name="one_open_petition",
                violation_error_message="Ходатайство уже подано и ждёт решения",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="petition_decided_paired",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "withdrawn", "lapsed"], decided_at__isnull=True)
                | (Q(state__in=["accepted", "declined"], decided_at__isnull=False) & ~Q(answer="")),
                name="petition_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(founder_number="", founder_date__isnull=True)
                | (~Q(founder_number="") & Q(founder_date__isnull=False)),
                name="petition_founder_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} от {self.filed_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("programs:petition", args=[self.pk])
