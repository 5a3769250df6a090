"""Petitions in confidence: a mentee asks for another mentor (п. 5.1), a mentor asks to be relieved (п. 4.1)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, perform, record, reload
from people.accounts.models import User
from people.promises import Promise
from people.rights import ACTING, CHAIR, CURATOR, DIRECTOR, Right
from people.roles.letters import mail_person, mail_right_holders
from programs.changes.petitions.models import Petition
from programs.changes.petitions.rules import PETITION, parties
from programs.pairings.letters import holders
from programs.pairings.models import Pairing, Participation

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
    """Write to the curators and the directors who do not take part in the pair, else to the chair of the council."""
    inside = parties(petition)
    deciders = [p for p in holders(CURATOR, DIRECTOR, ACTING) if p.pk not in inside]
    for person in deciders or [p for p in holders(CHAIR) if p.pk not in inside]:
        if person.pk != by.person_id:
            mail_person(person, "petition_filed", asks=str(petition.pk), person=person, petition=petition)


def accept(
    petition: Petition, *, by: User, answer: str, founder_number: str = "", founder_date: dt.date | None = None
) -> Petition:
    """Grant a petition and say how; where the director takes part, by a letter of the founder.

    Who prepares no changes leaves the rest to the curator. Raises what ``perform`` raises; ``Refused`` without words.
    """
    asked = {"change_asked": not by.can(Right.PROGRAMS_CHANGE)}
    return _decide(petition, "accept", by, answer, founder_number, founder_date, **asked)


def decline(
    petition: Petition, *, by: User, answer: str, founder_number: str = "", founder_date: dt.date | None = None
) -> Petition:
    """Turn a petition down with a reason. Raises what ``perform`` raises; ``Refused`` without words."""
    return _decide(petition, "decline", by, answer, founder_number, founder_date)


@transaction.atomic
def _decide(
    petition: Petition, name: str, by: User, answer: str, number: str, date: dt.date | None, **columns: Any
) -> Petition:
    fresh = reload(petition)
    PETITION[name].require(fresh, by)
    locked(petition)
    if not answer.strip():
        raise Refused("Напишите, что решено и почему")
    if fresh.about_director and number.strip() and date:
        if date > timezone.localdate():
            raise Refused("Письмо учредителя не может быть датировано будущим днём")
        Petition.objects.filter(pk=petition.pk).update(founder_number=number.strip(), founder_date=date)
    columns |= {"answer": answer.strip(), "decided_at": timezone.now(), "decided_by": by}
    petition = perform(petition, name, by=by, columns=columns)
    person = petition.participation.person
    mail_person(person, "petition_decided", person=person, petition=petition)
    if petition.change_asked:
        about: dict[str, Any] = {"asks": str(petition.pk), "pairing": petition.pairing}
        mail_right_holders(Right.PROGRAMS_CHANGE, "petition_granted", but=by, **about)
    return petition


def lapse_ended(pairing: Pairing, on: dt.date | None = None, *, mentor_left: bool = False) -> None:
    """Close the open petitions of those whose part has ended: with the pair, by a replacement, by an own completion.

    ``mentor_left`` says that the mentor was replaced for good: what mentees asked for has come. Called in the
    transaction of the end.
    """
    ended = Q(participation__until__isnull=False) | Q(kind=Petition.Kind.REPLACE, pk__isnull=not mentor_left)
    for petition in Petition.objects.filter(ended, pairing=pairing, state=Petition.State.FILED):
        petition = perform(petition, "lapse", by=None)
        person = petition.participation.person
        mail_person(person, "petition_lapsed", person=person, petition=petition)


def withdraw(petition: Petition, *, by: User) -> Petition:
    """Whoever filed a petition takes it back. Raises what ``perform`` raises."""
    return perform(petition, "withdraw", by=by)
