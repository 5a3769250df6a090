"""What is due is opened with its term, extended once for a reason, done by somebody (152-ФЗ, ст. 10.1, 20, 21)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.workflow import Already, Refused
from mentoring_site.workflow import record as log
from people.accounts.models import User
from people.consents.duties.models import Duty
from people.consents.requests.models import DataRequest
from people.consents.terms import TERMS
from people.consents.withdrawals.models import Withdrawal
from people.rights import Right

HOW: dict[str, str] = {
    Duty.Kind.DISSEMINATION: "проверить остальные места: сайт школы, страницы в соцсетях, стенды, сборники, рассылки",
    Duty.Kind.PROCESSING: "не использовать данные в наставничестве, предупредить тех, у кого есть списки и копии",
    Duty.Kind.ANSWER: "вручить или отправить ответ: что прекращено, что продолжается и на каком основании",
    Duty.Kind.CORRECT: "исправить сведения в списке людей и там, куда они переданы; сообщить человеку",
    Duty.Kind.DESTROY: "подготовить акт об уничтожении; подписанные приказы и архив сохраняются",
    Duty.Kind.FIRST: "отправить уведомление через личный кабинет на сайте Роскомнадзора; сведения напечатает система",
    Duty.Kind.RESULT: "отправить дополнительное уведомление: что показало расследование и чьи действия стали причиной",
}
BY_AN_ACT = "Уничтожение подтверждает акт: подготовьте его, утверждает {who} (приказ РКН № 179)"


def open_for(of: Withdrawal | DataRequest, kind: str, term: str, start: date | datetime) -> Duty:
    """Write what is due; called in the transaction that records the withdrawal or the request."""
    due_on, due_at = TERMS[term].due(start)
    owner = {"withdrawal": of} if isinstance(of, Withdrawal) else {"request": of}
    return Duty.objects.create(**owner, kind=kind, term=term, due_on=due_on, due_at=due_at)


@transaction.atomic
def extend(duty: Duty, *, by: User, reason: str) -> Duty:
    """Extend a term once, by what law allows; the person is told why (ст. 20, ч. 1; ст. 21, ч. 5.1).

    Raises ``NotAllowed``; ``Refused`` where law allows no longer term, or the term is over; ``Already``.
    """
    require(by, Right.CONSENTS_RECORD, act="продлевать сроки по персональным данным")
    if not duty.law.more:
        raise Refused(f"Этот срок закон продлевать не разрешает ({duty.law.source})")
    if not reason.strip():
        raise Refused("Напишите причину: её сообщают человеку")
    if duty.is_late:
        raise Refused(f"Срок истёк {rudate(duty.due_on)}: продлить его уже нельзя")
    later = duty.law.longer(duty.due_on)
    moved = Duty.objects.filter(pk=duty.pk, done_at__isnull=True, first_due_on__isnull=True).update(
        first_due_on=duty.due_on, due_on=later, extension=reason.strip()[:500], extended_by=by
    )
    if not moved:
        raise Already("Срок уже продлён, или это уже сделано")
    words = f"срок продлён по {rudate(later)}: {duty.get_kind_display()}"
    log(duty.subject, "extend", by=by, words=words, person=duty.person and duty.person.pk)
    duty.refresh_from_db()
    return duty


@transaction.atomic
def done(duty: Duty, *, by: User, note: str = "") -> Duty:
    """Record that a thing due is done, by whom and when. Data are destroyed by an act only.

    Raises ``NotAllowed``; ``Refused`` for destruction and for the answer to a request; ``Already``.
    """
    require(by, Right.CONSENTS_RECORD, act="отмечать исполнение сроков по персональным данным")
    if duty.kind == Duty.Kind.DESTROY:
        raise Refused(BY_AN_ACT.format(who=Right.CONSENTS_DESTROY.who))
    if duty.request_id and duty.kind == Duty.Kind.ANSWER:
        raise Refused("Ответ записывают на странице обращения: с его словами и датой")
    close(duty, by=by, note=note)
    duty.refresh_from_db()
    return duty


def destroyed(of: Withdrawal | DataRequest | None, *, by: User, number: int) -> None:
    """Close the duty to destroy by an approved act; called in its transaction."""
    duty = of.duties.filter(kind=Duty.Kind.DESTROY, done_at__isnull=True).first() if of else None
    if duty:
        close(duty, by=by, note=f"акт об уничтожении № {number}")


def close(duty: Duty, *, by: User, note: str) -> None:
    """Mark a duty as done; called in the transaction of an act. Raises ``Already``."""
    moved = Duty.objects.filter(pk=duty.pk, done_at__isnull=True).update(
        done_at=timezone.now(), done_by=by, note=note.strip()[:300]
    )
    if not moved:
        raise Already("Это уже отмечено как сделанное")
    words = f"{'сделано по отзыву' if duty.withdrawal_id else 'сделано'}: {duty.get_kind_display()}"
    log(duty.subject, "duty_done", by=by, words=words, person=duty.person and duty.person.pk)
