"""What is due after a withdrawal of a consent, counted from the day it came (152-ФЗ, ст. 10.1, 21)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused
from mentoring_site.workflow import record as log
from people.accounts.models import User
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING, Consent
from people.consents.withdrawals.models import Withdrawal, WithdrawalDuty
from people.rights import Right
from people.school.workdays import add_workdays

Duty = WithdrawalDuty.Kind
STOP_DISSEMINATION, STOP_PROCESSING = 3, 10
"""Working days to stop a dissemination (ст. 10.1, ч. 14) and to stop processing on demand (ст. 21, ч. 5.1)."""
ANSWER = 10
"""Working days to answer the person (ст. 20)."""
DESTROY = timedelta(days=30)
"""Calendar days to stop and to destroy after the consent is withdrawn (ст. 21, ч. 5)."""
AT_ONCE: dict[str, str] = {
    DISSEMINATION: "С публичных страниц убрано сразу, в момент записи",
    PROCESSING: (
        "Имени сразу нет в банках и на сайте, новые записи о человеке закрыты. Если есть пара, её прекращает приказ"
    ),
    DUTIES: "Новые приказы по этому согласию не подписать; действующие прекращает приказ",
}
HOW: dict[str, str] = {
    Duty.DISSEMINATION: "проверить остальные места: сайт школы, страницы в соцсетях, стенды, сборники, рассылки",
    Duty.PROCESSING: "не использовать данные в наставничестве, предупредить тех, у кого есть списки и копии",
    Duty.ANSWER: "вручить или отправить ответ: что прекращено, что продолжается и на каком основании",
    Duty.DESTROY: "подготовить акт об уничтожении; подписанные приказы и архив сохраняются",
}


def due_after(purpose: str, on: date, demand: bool) -> dict[str, date]:
    """Return duty -> last day of everything that a withdrawal received on a day asks for."""
    if purpose == DISSEMINATION:
        return {Duty.DISSEMINATION: add_workdays(on, STOP_DISSEMINATION)}
    if purpose == PROCESSING:
        stop = add_workdays(on, STOP_PROCESSING) if demand else on + DESTROY
        return {Duty.ANSWER: add_workdays(on, ANSWER), Duty.PROCESSING: stop, Duty.DESTROY: on + DESTROY}
    return {}


def open_for(consent: Consent, *, by: User, on: date, fields: Iterable[str] = (), demand: bool = False) -> Withdrawal:
    """Write a withdrawal with its terms; called in the transaction that ends or narrows the consent."""
    made = Withdrawal.objects.create(
        consent=consent, received_on=on, fields=list(fields), demand=demand, recorded_by=by
    )
    for duty, due_on in due_after(consent.purpose, on, demand).items():
        WithdrawalDuty.objects.create(withdrawal=made, kind=duty, due_on=due_on)
    return made


@transaction.atomic
def done(duty: WithdrawalDuty, *, by: User, note: str = "") -> WithdrawalDuty:
    """Record that a thing due is done, by whom and when. Data are destroyed by an act only.

    Raises ``NotAllowed``; ``Refused`` for destruction; ``Already`` when somebody has recorded it.
    """
    require(by, Right.CONSENTS_RECORD, act="отмечать исполнение отзыва")
    if duty.kind == Duty.DESTROY:
        who = Right.CONSENTS_DESTROY.who
        raise Refused(f"Уничтожение подтверждает акт: подготовьте его, утверждает {who} (приказ РКН № 179)")
    _close(duty, by=by, note=note)
    duty.refresh_from_db()
    return duty


def destroyed(withdrawal: Withdrawal, *, by: User, number: int) -> None:
    """Close the duty to destroy by an approved act; called in its transaction."""
    duty = withdrawal.duties.filter(kind=Duty.DESTROY, done_at__isnull=True).first()
    if duty:
        _close(duty, by=by, note=f"акт об уничтожении № {number}")


def _close(duty: WithdrawalDuty, *, by: User, note: str) -> None:
    moved = WithdrawalDuty.objects.filter(pk=duty.pk, done_at__isnull=True).update(
        done_at=timezone.now(), done_by=by, note=note.strip()[:300]
    )
    if not moved:
        raise Already("Это уже отмечено как сделанное")
    consent = duty.withdrawal.consent
    log(consent, "duty_done", by=by, words=f"сделано по отзыву: {duty.get_kind_display()}", person=consent.person_id)
