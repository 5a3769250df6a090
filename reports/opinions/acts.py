"""Acts about the union's opinion: asked for a draft, its answer recorded with its paper, taken back (ТК 372)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.mail import letters_of
from mentoring_site.models import Act, StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import mail_person
from people.school.workdays import add_workdays
from reports.opinions.models import UnionOpinion
from reports.orders.models import Order
from roadmap.bodies.members import Part, members_on
from roadmap.bodies.models import Body

TERM = 5
"""Working days after the draft was received (ТК 372)."""
NO_UNION = "Профсоюза нет среди органов школы: запишите его на странице «Советы и объединения»"
OF_DRAFTS = "Мнение профсоюза спрашивают о проекте. Этот приказ уже зарегистрирован"
Answer = UnionOpinion.Answer


def union() -> Body:
    """Return the union. Raises ``Refused`` when there is none."""
    found = Body.objects.filter(kind=Body.Kind.UNION).order_by("pk").first()
    if found is None:
        raise Refused(NO_UNION)
    return found


@transaction.atomic
def ask(
    *, by: User, sent_on: dt.date, order: Order | None = None, title: str = "", request_key: UUID | None = None
) -> UnionOpinion:
    """Record that a draft was sent to the union; its head gets a letter. The term is counted by the working calendar.

    Returns the opinion, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Already`` while one is
    awaited; ``Refused`` for a registered order, a future day, a draft without a name.
    """
    require(by, Right.ORDERS_DRAFT, act="спросить мнение профсоюза")
    one_at_a_time("union-opinions")
    if request_key and (made := UnionOpinion.objects.filter(request_key=request_key).first()):
        return made
    organ = union()
    if sent_on > timezone.localdate():
        raise Refused("Этот день ещё не наступил: укажите, когда проект передан профсоюзу")
    if order is not None:
        order = locked(order)
        if order.state in (Order.State.REGISTERED, Order.State.REVOKED):
            raise Refused(OF_DRAFTS)
        if UnionOpinion.objects.waiting().filter(order=order).exists():
            raise Already("Мнение об этом проекте уже спрошено, ответа ждут")
        title = order.heading
    if not title.strip():
        raise Refused("Напишите, о каком проекте спрашиваете")
    made = UnionOpinion.objects.create(
        organ=organ,
        order=order,
        title=title.strip()[:300],
        sent_on=sent_on,
        due_on=add_workdays(sent_on, TERM),
        asked_by=by,
        request_key=request_key,
    )
    act = record(made, "ask", by=by, words="у профсоюза спрошено мотивированное мнение")
    with letters_of(act):
        for member in members_on(organ):
            if member.part == Part.CHAIR and member.person.pk != by.person_id:
                mail_person(member.person, "union_asked", asks=str(made.pk), person=member.person, opinion=made)
    return made


@transaction.atomic
def answer(
    opinion: UnionOpinion,
    *,
    by: User,
    answer: str,
    answered_on: dt.date,
    words: str = "",
    paper: StoredFile | None = None,
) -> UnionOpinion:
    """Record what the union answered, with its paper; a late answer is recorded too.

    Raises ``NotAllowed``, ``Already``; ``Refused`` for a wrong day and an objection without words.
    """
    require(by, Right.ORDERS_DRAFT, act="записать мнение профсоюза")
    fresh = locked(opinion)
    if fresh.answer:
        raise Already("Ответ профсоюза уже записан")
    if answered_on > timezone.localdate():
        raise Refused("Мнение не может быть датировано будущим днём")
    if answered_on < fresh.sent_on:
        raise Refused(f"Проект передан {rudate(fresh.sent_on)}: мнение не может быть раньше")
    if answer != Answer.AGREES and not words.strip():
        raise Refused("Напишите, что предлагает или с чем не согласен профсоюз")
    UnionOpinion.objects.filter(pk=fresh.pk).update(
        answer=answer,
        answered_on=answered_on,
        words=words.strip(),
        paper=paper,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    fresh.refresh_from_db()
    record(fresh, "answer", by=by, words=f"мнение профсоюза: {fresh.get_answer_display()}")
    return fresh


def _unask(act: Act, opinion: Any, *, by: User) -> None:
    if opinion.answer:
        raise Refused("Ответ профсоюза уже записан")
    record(opinion, "undo_ask", by=by, words="запрос мнения отменён", **{UNDONE: act.pk})
    opinion.delete()


def _unanswer(act: Act, opinion: Any, *, by: User) -> None:
    one_at_a_time("union-opinions")
    others = UnionOpinion.objects.waiting().filter(order=opinion.order_id, organ=opinion.organ_id)
    if opinion.order_id and others.exclude(pk=opinion.pk).exists():
        raise Refused("Об этом проекте мнение уже спрошено ещё раз, ответа ждут. Сначала отмените тот запрос")
    empty = {"answer": "", "answered_on": None, "words": "", "paper": None, "recorded_at": None, "recorded_by": None}
    if not UnionOpinion.objects.filter(pk=opinion.pk).exclude(answer="").update(**empty):
        raise Already("Ответа уже нет")
    record(opinion, "undo_answer", by=by, words="запись ответа отменена", **{UNDONE: act.pk})


ASKED = Undoable(what="запрос мнения профсоюза", undo=_unask, instead="Запишите ответ, который пришёл")
ANSWERED = Undoable(what="запись мнения профсоюза", undo=_unanswer, instead="Спросите мнение ещё раз")
