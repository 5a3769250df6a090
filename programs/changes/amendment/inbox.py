"""Amendments that wait for the consent of a side (п. 7.2)."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from people.language.names import agree
from people.rights import Right
from programs.changes.amendment.models import Amendment, AmendmentConsent, AmendmentObjection
from programs.pairings.models import Participation

AT_MOST = 30


def items(user: User) -> Iterator[InboxItem]:
    """Return the amendments that lack the user's own word, and those that somebody does not agree with."""
    yield from _to_agree(user)
    yield from _to_settle(user)


def _to_settle(user: User) -> Iterator[InboxItem]:
    """Amendments that a side objects to: who proposed one rewords it or calls it off, else the curator does."""
    curator = user.can(Right.PROGRAMS_CHANGE)
    if not curator and not user.roles & {"mentor", "mentee"}:
        return
    rows = AmendmentObjection.objects.filter(amendment__state=Amendment.State.PROPOSED)
    rows = rows.exclude(participation__person=user.person_id)
    if not curator:
        rows = rows.filter(amendment__created_by=user)
    for objection in rows.select_related("amendment__program", "participation__person").order_by("at")[:AT_MOST]:
        person = objection.participation.person
        yield InboxItem(
            f"Ответить на возражение: изменение программы «{objection.amendment.program.title}»",
            f"{person.short_name} {agree(person.gender, 'не согласен', 'не согласна')}: «{objection.reason}»",
            objection.amendment.get_absolute_url(),
            "Открыть изменение",
            since=objection.at,
            weight=60,
            group=Group.CHANGES,
            key=f"amendment-objection:{objection.pk}",
        )


def _to_agree(user: User) -> Iterator[InboxItem]:
    """Amendments that say what changes and lack the user's own consent; one query for a participant."""
    if not user.roles & {"mentor", "mentee"}:
        return
    mine = Participation.objects.live().filter(person=user.person_id, pairing=OuterRef("program__pairing"))
    given = AmendmentConsent.objects.filter(amendment=OuterRef("pk"), participation__person=user.person_id)
    says = Q(new_end__isnull=False) | Q(plan__isnull=False)
    objected = AmendmentObjection.objects.filter(amendment=OuterRef("pk"), participation__person=user.person_id)
    rows = Amendment.objects.filter(
        says, Exists(mine), ~Exists(given), ~Exists(objected), state=Amendment.State.PROPOSED
    )
    rows = rows.select_related("program").annotate(mine=mine.values("pk")[:1])
    for amendment in rows.order_by("created_at")[:AT_MOST]:
        yield InboxItem(
            f"Согласиться с изменением программы «{amendment.program.title}»",
            "Срок и план меняются только по обоюдному согласию (п. 7.2)",
            reverse("programs:amendment_agree", args=[amendment.pk, amendment.mine]),
            "Прочитать и ответить",
            since=amendment.created_at,
            weight=70,
            other_verb=agree(user.person.gender, "Не согласен", "Не согласна"),
            other_url=reverse("programs:amendment_object", args=[amendment.pk, amendment.mine]),
            group=Group.CHANGES,
            key=f"amendment:{amendment.pk}:agree",
        )
