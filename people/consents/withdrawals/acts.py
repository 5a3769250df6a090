"""What is due after a withdrawal of a consent, counted from the day it came (152-ФЗ, ст. 10.1, 21)."""

from collections.abc import Iterable
from datetime import date

from people.accounts.models import User
from people.consents.duties import acts as duty_acts
from people.consents.duties.models import Duty
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, Consent
from people.consents.terms import TERMS
from people.consents.withdrawals.models import Withdrawal

AT_ONCE: dict[str, str] = {
    DISSEMINATION: "С публичных страниц убрано сразу, в момент записи",
    PROCESSING: (
        "Имени сразу нет в банках и на сайте, новые записи о человеке закрыты. Если есть пара, её прекращает приказ"
    ),
    DUTIES: "Новые приказы по этому согласию не подписать; действующие прекращает приказ",
}


def terms_after(purpose: str, demand: bool) -> dict[str, str]:
    """Return what is due after a withdrawal -> the code of its term."""
    if purpose == DISSEMINATION:
        return {Duty.Kind.DISSEMINATION: "spread"}
    if purpose == PROCESSING:
        stop = "stop_demand" if demand else "stop_withdrawn"
        return {Duty.Kind.ANSWER: "answer", Duty.Kind.PROCESSING: stop, Duty.Kind.DESTROY: "destroy_withdrawn"}
    return {}


def due_after(purpose: str, on: date, demand: bool) -> dict[str, date]:
    """Return duty -> last day of everything that a withdrawal received on a day asks for."""
    return {duty: TERMS[term].due(on)[0] for duty, term in terms_after(purpose, demand).items()}


def last_day(received: date) -> date:
    """Return the last day to end the processing after a withdrawal (ст. 21, ч. 5)."""
    return TERMS["stop_withdrawn"].due(received)[0]


def open_for(consent: Consent, *, by: User, on: date, fields: Iterable[str] = (), demand: bool = False) -> Withdrawal:
    """Write a withdrawal with its terms; called in the transaction that ends or narrows the consent."""
    made = Withdrawal.objects.create(
        consent=consent, received_on=on, fields=list(fields), demand=demand, recorded_by=by
    )
    for duty, term in terms_after(consent.purpose, demand).items():
        duty_acts.open_for(made, duty, term, on)
    return made
