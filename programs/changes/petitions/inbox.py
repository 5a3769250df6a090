"""Petitions that wait for a decision, and decisions that the curator carries out (п. 4.1, 5.1)."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from people.rights import CHAIR, CURATOR, Right
from people.roles.instead import grants_of_today
from programs.changes.dissolution.models import Dissolution
from programs.changes.petitions.models import Petition
from programs.changes.petitions.rules import PETITION, parties
from programs.changes.replacement.models import Replacement
from programs.pairings.models import Pairing
from programs.pairings.rules import pairing_title

AT_MOST = 30


def items(user: User) -> Iterator[InboxItem]:
    """Return the petitions that the user decides, and what others have granted and the curator carries out.

    One query for the rows, another for the people.
    """
    if not user.can(Right.PETITIONS_DECIDE) and CHAIR not in user.roles:
        return
    wanted = Q(pk__in=Petition.objects.visible_to(user).filter(state=Petition.State.FILED).values("pk"))
    if user.can(Right.PROGRAMS_CHANGE):
        wanted |= to_carry_out()
    rows = Petition.objects.filter(wanted).with_requirements()
    for petition in rows.order_by("filed_on", "pk")[:AT_MOST]:
        if petition.state == Petition.State.ACCEPTED:
            yield _carry_out(petition)
        elif _falls_to(petition, user):
            yield _decide(petition)


def to_carry_out() -> Q:
    """What the director or the chair has granted and nobody has begun to prepare."""
    since = {"pairing": OuterRef("pairing"), "created_at__gte": OuterRef("decided_at")}
    ending = Pairing.objects.filter(pk=OuterRef("pairing"), programs__completions__state__in=("proposed", "ready"))
    return Q(
        ~Exists(Replacement.objects.filter(**since).exclude(state="withdrawn")),
        ~Exists(Dissolution.objects.filter(**since).exclude(state="withdrawn")),
        ~Exists(ending),
        state=Petition.State.ACCEPTED,
        change_asked=True,
        participation__until__isnull=True,
        pairing__state=Pairing.State.ASSIGNED,
    )


def _falls_to(petition: Petition, user: User) -> bool:
    """The curator is asked first; the director, where no curator is left who does not take part in the pair."""
    if not PETITION["accept"].allows(petition, user):
        return False
    return CURATOR in user.roles or not grants_of_today(user).get(CURATOR, set()) - parties(petition)


def _decide(petition: Petition) -> InboxItem:
    return InboxItem(
        f"Решить: {petition.get_kind_display()}",
        f"Просит {petition.participation.person.short_name} Заменить наставника, завершить программу или отклонить"
        " с причиной",
        petition.get_absolute_url(),
        "Прочитать и решить",
        since=petition.created_at,
        weight=80,
        group=Group.CHANGES,
        key=f"petition:{petition.pk}",
    )


def _carry_out(petition: Petition) -> InboxItem:
    """The curator prepares the replacement or the end."""
    return InboxItem(
        f"Исполнить решение: {pairing_title(petition.pairing)}",
        "Ходатайство участника удовлетворено: замените наставника или подготовьте завершение",
        petition.pairing.get_absolute_url(),
        "Открыть пару",
        since=petition.decided_at,
        weight=78,
        group=Group.CHANGES,
        key=f"petition:{petition.pk}",
    )
