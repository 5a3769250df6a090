"""Amendments that a side has still to agree with, petitions that somebody decides (п. 4.1, 7.2)."""

from collections.abc import Iterator

from django.db.models import Prefetch, Q
from django.urls import reverse

from mentoring_site.inbox import HeldItem
from mentoring_site.russian import joined
from people.accounts.models import User
from people.rights import Right
from programs.changes.amendment.models import Amendment
from programs.changes.petitions.models import Petition
from programs.pairings.models import present

AT_MOST = 20


def held(user: User) -> Iterator[HeldItem]:
    """Return what others answer: three queries for those who change programs or take part in one."""
    takes_part = bool(user.roles & {"mentor", "mentee"})
    if takes_part or user.can(Right.PROGRAMS_CHANGE):
        yield from _amendments(user)
    if takes_part:
        yield from _petitions(user)


def _amendments(user: User) -> Iterator[HeldItem]:
    says = Q(new_end__isnull=False) | Q(plan__isnull=False)
    proposed = Amendment.objects.filter(says, state=Amendment.State.PROPOSED, objections=None)
    if not user.can(Right.PROGRAMS_CHANGE):
        proposed = proposed.filter(created_by=user)
    people = Prefetch("program__pairing__participations", present().select_related("person"), to_attr="people")
    rows = proposed.select_related("program__pairing").prefetch_related("consents", people).order_by("created_at", "pk")
    for amendment in rows[:AT_MOST]:
        given = {consent.participation_id for consent in amendment.consents.all()}
        silent = [p for p in amendment.program.pairing.people if p.pk not in given]
        if silent and all(p.person_id != user.person_id for p in silent):
            yield HeldItem(
                f"Согласие с изменением программы «{amendment.program.title}»",
                joined([p.person.short_name for p in silent]),
                amendment.get_absolute_url(),
                f"amendment:{amendment.pk}:agree",
                since=amendment.created_at,
            )


def _petitions(user: User) -> Iterator[HeldItem]:
    mine = Petition.objects.filter(state=Petition.State.FILED, participation__person=user.person_id)
    for petition in mine.order_by("filed_on", "pk"):
        yield HeldItem(
            f"Решение: {petition.get_kind_display()}",
            "куратор или директор",
            reverse("programs:petition", args=[petition.pk]),
            f"petition:{petition.pk}",
            since=petition.created_at,
        )
