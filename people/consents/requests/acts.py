"""A request or an incident is recorded with its terms, described, answered and closed (152-ФЗ, ст. 14, 20, 21)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import joined, rudate
from mentoring_site.workflow import Already, Refused, claim_version
from mentoring_site.workflow import record as log
from people.accounts.models import User
from people.consents.duties import acts as duty_acts
from people.consents.duties.models import Duty
from people.consents.models import DISSEMINATION, Consent
from people.consents.requests.models import DataRequest, Incident
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person, mail_right_holders

Kind, Do = DataRequest.Kind, Duty.Kind
TERMS_OF: dict[str, dict[str, str]] = {
    Kind.QUESTION: {Do.ANSWER: "answer"},
    Kind.CORRECTION: {Do.CORRECT: "correct", Do.ANSWER: "answer"},
    Kind.DEMAND: {Do.DISSEMINATION: "spread", Do.ANSWER: "answer"},
    Kind.UNLAWFUL: {Do.PROCESSING: "stop_unlawful", Do.DESTROY: "destroy_unlawful"},
    Kind.REACHED: {Do.DESTROY: "destroy_reached"},
    Kind.LEAK: {Do.FIRST: "leak_first", Do.RESULT: "leak_result"},
}
"""Kind of a request -> what is due and the code of its term (people/consents/terms)."""
ANSWERED_BY_CLOSING = {Do.ANSWER}
DESCRIBED = ("noticed_at", "categories", "people", "cause", "harm", "measures", "contact", "findings", "culprits")


@transaction.atomic
def open_request(
    kind: str,
    *,
    by: User,
    person: Person | None,
    channel: str,
    received_on: date,
    words: str,
    responsible: Person,
    number: str = "",
    incident: dict[str, Any] | None = None,
    request_key: UUID | None = None,
) -> DataRequest:
    """Record a request with everything that is due; ``incident`` describes a leak.

    Raises ``NotAllowed``; ``Refused`` for a future day, and for a demand where a consent to disseminate is in force.
    """
    require(by, Right.CONSENTS_RECORD, act="записывать обращения о персональных данных")
    if request_key and (made := DataRequest.objects.filter(request_key=request_key).first()):
        return made
    _check(kind, person, received_on, words, incident)
    made = DataRequest.objects.create(
        kind=kind,
        person=person,
        channel=channel,
        number=number.strip(),
        received_on=received_on,
        words=words.strip(),
        responsible=responsible,
        recorded_by=by,
        request_key=request_key,
    )
    start: date | datetime = received_on
    if incident:
        described = Incident.objects.create(request=made, **{name: incident[name] for name in DESCRIBED[:7]})
        start = described.noticed_at
    for duty, term in TERMS_OF[kind].items():
        duty_acts.open_for(made, duty, term, start)
    log(made, "open", by=by, words=f"записано: {made.get_kind_display()}", person=person and person.pk)
    _tell(made, by)
    return made


def _check(kind: str, person: Person | None, received_on: date, words: str, incident: dict[str, Any] | None) -> None:
    if received_on > timezone.localdate():
        raise Refused("Обращение не может поступить будущим числом")
    if not words.strip():
        raise Refused("Напишите, о чём обращение")
    if (kind == Kind.LEAK) != (incident is not None):
        raise Refused("Сведения об инциденте нужны для утечки, и только для неё")
    if (kind == Kind.LEAK) != (person is None):
        raise Refused("Укажите, чьи это данные")
    if incident and incident["noticed_at"] > timezone.now():
        raise Refused("Инцидент не может быть выявлен в будущем")
    if kind == Kind.DEMAND and Consent.objects.live().filter(person=person, purpose=DISSEMINATION).exists():
        raise Refused(
            "Согласие на распространение действует: запишите его отзыв, тогда сведения с сайта уйдут сразу, а срок"
            " посчитается сам"
        )


def _tell(made: DataRequest, by: User) -> None:
    if made.is_incident:
        mail_right_holders(Right.CONSENTS_SEE_ALL, "data_request_opened", but=by, asks=str(made.pk), data_request=made)
    elif made.responsible_id != by.person_id:
        mail_person(made.responsible, "data_request_opened", asks=str(made.pk), data_request=made)


@transaction.atomic
def describe(request: DataRequest, *, by: User, version: int, **facts: Any) -> DataRequest:
    """Write what is known of a leak by now; terms run on from the moment it was noticed and do not move.

    Raises ``NotAllowed``; ``Stale``; ``Already`` when it is closed.
    """
    require(by, Right.CONSENTS_RECORD, act="описывать инцидент")
    fresh = locked(request)
    if fresh.closed_at:
        raise Already("Этот инцидент уже закрыт")
    incident = Incident.objects.get(request=fresh)
    claim_version(incident, version)
    Incident.objects.filter(pk=incident.pk).update(**{name: facts[name] for name in DESCRIBED if name in facts})
    log(fresh, "describe", by=by, words="сведения об инциденте изменены")
    return fresh


def left(request: DataRequest, outcome: str) -> list[str]:
    """Say what must be done before a request is closed with an outcome; nothing when it can be."""
    waiting = [duty for duty in request.duties.all() if duty.done_at is None and duty.kind not in ANSWERED_BY_CLOSING]
    if outcome == DataRequest.Outcome.REFUSED and request.kind in (Kind.QUESTION, Kind.CORRECTION, Kind.DEMAND):
        waiting = []
    missing = [f"Сначала отметьте сделанным: {joined(d.get_kind_display() for d in waiting)}"] if waiting else []
    if request.is_incident and not request.incident.findings.strip():
        missing.append("Напишите результаты внутреннего расследования: без них инцидент не закрыть")
    return missing


@transaction.atomic
def close(
    request: DataRequest, *, by: User, outcome: str, answer: str, answered_on: date, answer_number: str = ""
) -> DataRequest:
    """Record the answer and close; a refusal says why and ends what the person asked for.

    Raises ``NotAllowed``; ``Already``; ``Refused`` while something due is not done.
    """
    require(by, Right.CONSENTS_RECORD, act="закрывать обращения о персональных данных")
    fresh = locked(request)
    if fresh.closed_at:
        raise Already("Это обращение уже закрыто")
    if outcome not in DataRequest.Outcome.values or not answer.strip():
        raise Refused("Напишите, что сделано или почему отказано")
    if missing := left(fresh, outcome):
        raise Refused(missing)
    if not fresh.received_on <= answered_on <= timezone.localdate():
        raise Refused(f"Дата ответа — не раньше {rudate(fresh.received_on)} и не позже сегодняшней")
    for duty in fresh.duties.filter(done_at__isnull=True):
        given = f"ответ от {rudate(answered_on)}" if outcome == DataRequest.Outcome.DONE else "отказано, ответ дан"
        duty_acts.close(duty, by=by, note=given)
    DataRequest.objects.filter(pk=fresh.pk).update(
        outcome=outcome,
        answer=answer.strip(),
        answer_number=answer_number.strip(),
        answered_on=answered_on,
        closed_at=timezone.now(),
        closed_by=by,
    )
    fresh.refresh_from_db()
    words = f"закрыто, {fresh.get_outcome_display()}: {fresh.get_kind_display()}"
    log(fresh, "close", by=by, words=words, person=fresh.person_id)
    if fresh.person:
        mail_person(fresh.person, "data_request_answered", data_request=fresh)
    return fresh
