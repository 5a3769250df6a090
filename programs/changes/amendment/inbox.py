"""Amendments that wait for the consent of a side (п. 7.2)."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from mentoring_site.inbox import InboxItem
from people.accounts.models import User
from programs.changes.amendment.models import Amendment, AmendmentConsent
from programs.pairings.models import Participation

AT_MOST = 30


def items(user: User) -> Iterator[InboxItem]:
    """Return the amendments that say what changes and lack the user's own consent; one query for a participant."""
    if not user.roles & {"mentor", "mentee"}:
        return
    mine = Participation.objects.live().filter(person=user.person_id, pairing=OuterRef("program__pairing"))
    given = AmendmentConsent.objects.filter(amendment=OuterRef("pk"), participation__person=user.person_id)
    says = Q(new_end__isnull=False) | Q(plan__isnull=False)
    rows = Amendment.objects.filter(says, Exists(mine), ~Exists(given), state=Amendment.State.PROPOSED)
    rows = rows.select_related("program").annotate(mine=mine.values("pk")[:1])
    for amendment in rows.order_by("created_at")[:AT_MOST]:
        yield InboxItem(
            f"Согласиться с изменением программы «{amendment.program.title}»",
            "Срок и план меняются только по обоюдному согласию (п. 7.2)",
            reverse("programs:amendment_agree", args=[amendment.pk, amendment.mine]),
            "Прочитать и ответить",
            since=amendment.created_at,
            weight=70,
        )
