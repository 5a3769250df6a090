"""What is due after a withdrawal of a consent, counted from the day it came (152-ФЗ, ст. 10.1,
ч. 12–14; ст. 21, ч. 5, 5.1).
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from mentoring_site.workflow import Already, NotAllowed, Refused
from mentoring_site.workflow import record as log
from people.consents.models import DISSEMINATION, DUTIES, PROCESSING
from people.consents.withdrawals.models import Withdrawal, WithdrawalDuty
from people.rights import Right
from people.school.workdays import add_workdays

Kind = WithdrawalDuty.Kind
STOP_SPREAD, STOP_PROCESSING = 3, 10
"""Working days to stop a dissemination (ст. 10.1, ч. 14) and to stop processing on demand (ст. 21, ч. 5.1)."""
DESTROY = timedelta(days=30)
"""Calendar days to stop and to destroy after the consent is withdrawn (ст. 21, ч. 5)."""
AT_ONCE = {
    DISSEMINATION: "С публичных страниц убрано сразу, в момент записи",
    PROCESSING: "Человек сразу снят из банков, новые пары и программы с ним не начать",
    DUTIES: "Новые приказы по этому согласию не подписать; действующие прекращает приказ",
}
HOW = {
    Kind.DISSEMINATION: "проверить остальные места: сайт школы, страницы в соцсетях, стенды, сборники, рассылки",
    Kind.PROCESSING: "не использовать данные в наставничестве, предупредить тех, у кого есть списки и копии",
    Kind.DESTROY: "подготовить акт об уничтожении; подписанные приказы и архив сохраняются",
}


def due_after(purpose: str, on: date, demand: bool) -> dict[str, date]:
    """Return kind -> last day of everything that a withdrawal received on a day asks for."""
    if purpose == DISSEMINATION:
        return {Kind.DISSEMINATION: add_workdays(on, STOP_SPREAD)}
    if purpose == PROCESSING:
        stop = add_workdays(on, STOP_PROCESSING) if demand else on + DESTROY
        return {Kind.PROCESSING: stop, Kind.DESTROY: on + DESTROY}
    return {}


def open_for(consent, *, by, on: date, fields=(), demand: bool = False) -> Withdrawal:
    """Write a withdrawal with its terms; called in the transaction that ends or narrows the consent."""
    made = Withdrawal.objects.create(
        consent=consent, received_on=on, fields=list(fields), demand=demand, recorded_by=by
    )
    for kind, due_on in due_after(consent.purpose, on, demand).items():
        WithdrawalDuty.objects.create(withdrawal=made, kind=kind, due_on=due_on)
    return made


@transaction.atomic
def done(duty, *, by, note: str = "") -> WithdrawalDuty:
    """Record that a thing due is done, by whom and when. Data are destroyed by an act only.

    Raises ``NotAllowed``; ``Refused`` for destruction; ``Already`` when somebody has recorded it.
    """
    if not by.can(Right.CONSENTS_RECORD):
        raise NotAllowed("Исполнение отмечают куратор и специалист по кадрам")
    if duty.kind == Kind.DESTROY:
        raise Refused("Уничтожение подтверждает акт: подготовьте его, утверждает директор (приказ РКН № 179)")
    _close(duty, by=by, note=note)
    duty.refresh_from_db()
    return duty


def destroyed(withdrawal, *, by, number: int) -> None:
    """Close the duty to destroy by an approved act; called in its transaction."""
    duty = withdrawal.duties.filter(kind=Kind.DESTROY, done_at__isnull=True).first()
    if duty:
        _close(duty, by=by, note=f"акт об уничтожении № {number}")


def _close(duty, *, by, note: str) -> None:
    moved = WithdrawalDuty.objects.filter(pk=duty.pk, done_at__isnull=True).update(
        done_at=timezone.now(), done_by=by, note=note.strip()[:300]
    )
    if not moved:
        raise Already("Это уже отмечено как сделанное")
    consent = duty.withdrawal.consent
    log(consent, "duty_done", by=by, words=f"сделано по отзыву: {duty.get_kind_display()}", person=consent.person_id)
