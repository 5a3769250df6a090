"""Petitions in confidence: a mentee asks for another mentor (п. 5.1), a mentor asks to be relieved (п. 4.1)."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, perform, record
from people.accounts.models import User
from people.promises import Promise
from people.rights import Right
from people.roles.letters import mail_person
from programs.changes.petitions.models import Petition
from programs.pairings.letters import holders
from programs.pairings.models import Participation

KINDS: dict[str, str] = {
    Participation.Part.MENTEE: Petition.Kind.REPLACE,
    Participation.Part.MENTOR: Petition.Kind.RELIEVE,
}


@transaction.atomic
def file(
    participation: Participation,
    *,
    by: User,
    reason: str,
    filed_on: dt.date | None = None,
    request_key: UUID | None = None,
) -> Petition:
    """File a petition oneself, or record somebody's paper (the curator). The other side never learns of it.

    Returns the petition, or the one made by the same ``request_key``. Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    if request_key and (made := Petition.objects.filter(request_key=request_key, created_by=by).first()):
        return made
    own = participation.person_id == by.person_id
    require(by, Right.PROGRAMS_ACT_FOR_OTHERS, unless=own, also="сам участник")
    locked(participation.pairing)  # it does not end meanwhile
    live = Participation.objects.engaged().filter(pk=participation.pk).first()
    if live is None:
        raise Refused("Ходатайство подаёт участник закреплённой пары или группы")
    if not reason.strip():
        raise Refused(f"Напишите, почему. {Promise.PETITION.sentence}")
    filed_on = filed_on or timezone.localdate()
    if filed_on > timezone.localdate():
        raise Refused("Ходатайство не может быть подано будущим числом")
    try:
        with transaction.atomic():
            made = Petition.objects.create(
                pairing=live.pairing,
                participation=live,
                kind=KINDS[live.part],
                reason=reason.strip(),
                filed_on=filed_on,
                on_paper=not own,
                created_by=by,
                request_key=request_key,
            )
    except IntegrityError as clash:
        raise Already("Ходатайство уже подано и ждёт решения") from clash
    record(made, "file", by=by, words="подано" + ("" if own else " (записано с бумаги)"), target=Petition.State.FILED)
    _mail_deciders(made, by=by)
    return made


def _mail_deciders(petition: Petition, *, by: User) -> None:
    """Write to the curators and the directors who do not take part in the pair themselves."""
    inside = set(petition.pairing.participations.live().values_list("person", flat=True))
    for person in holders("curator", "director"):
        if person.pk not in inside and person.pk != by.person_id:
            mail_person(person, "petition_filed", person=person, petition=petition)


def accept(petition: Petition, *, by: User, answer: str) -> Petition:
    """The curator grants a petition and says how. Raises what ``perform`` raises; ``Refused`` without words."""
    return _decide(petition, "accept", by, answer)


def decline(petition: Petition, *, by: User, answer: str) -> Petition:
    """The curator turns a petition down with a reason. Raises what ``perform`` raises; ``Refused`` without words."""
    return _decide(petition, "decline", by, answer)


@transaction.atomic
def _decide(petition: Petition, name: str, by: User, answer: str) -> Petition:
    if not answer.strip():
        raise Refused("Напишите, что решено и почему")
    if not Petition.objects.visible_to(by).filter(pk=petition.pk).exists():
        raise NotAllowed(f"Ходатайство решает {Right.PROGRAMS_ACT_FOR_OTHERS.who}, если сам не участвует в этой паре")
    columns = {"answer": answer.strip(), "decided_at": timezone.now(), "decided_by": by}
    petition = perform(petition, name, by=by, columns=columns)
    person = petition.participation.person
    mail_person(person, "petition_decided", person=person, petition=petition)
    return petition


def withdraw(petition: Petition, *, by: User) -> Petition:
    """Whoever filed a petition takes it back. Raises what ``perform`` raises."""
    return perform(petition, "withdraw", by=by)
