"""The workflow of a request: one table for all kinds, in the words of each (п. 1.4, 2.3, 4.1, 5.1)."""

from functools import cache
from typing import Any

from mentoring_site.russian import joined
from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from programs.requests.deciding import decides, interested, kind_of, route_of, rung_words
from programs.requests.kinds.base import (
    ACCEPTED,
    DECLINED,
    DONE,
    FILED,
    LAPSED,
    MENTEE,
    MENTOR,
    PERSON,
    WITHDRAWN,
    RequestKind,
    Step,
)

STATES = {
    FILED: "ждёт решения",
    ACCEPTED: "принято",
    DECLINED: "отклонено",
    DONE: "завершено",
    WITHDRAWN: "отозвано",
    LAPSED: "отпало",
}
"""Words of the states where the kind has none of its own."""
ACCEPT = Step("Принять", "Принять?", "Принято", "принято", "принято")
DECLINE = Step("Отклонить", "Отклонить?", "Отклонено", "отклонено", "отклонено", ask="Почему")
CLOSE = Step("Завершить", "Завершить?", "Завершено", "завершено", "завершено", ask="")


@requirement("Если дело касается директора, есть письмо учредителя")
def founder_decided(request: Any) -> Complaint | None:
    """Nobody of the school decides about the director, whose employer is the founder."""
    if kind_of(request).founder and request.about_director and not request.paper_date:
        return Complaint(
            "Дело касается директора: о нём решает учредитель. Укажите номер и дату письма учредителя",
            "Записывает тот, кто решает просьбу",
        )
    return None


@requirement("Пара закреплена")
def pair_at_work(request: Any) -> Complaint | None:
    pairing = request.pairing
    if pairing and kind_of(request).lapses and pairing.state != pairing.State.ASSIGNED:
        return Complaint("Пара уже завершена: решать нечего")
    return None


@requirement("Тот, кто просил, участвует в паре")
def author_takes_part(request: Any) -> Complaint | None:
    """Who was replaced gets nothing that was asked as a participant."""
    parts = {MENTOR, MENTEE} & set(kind_of(request).filers)
    lasts = kind_of(request).lapses  # what outlives the pair is decided without its author too
    if request.pairing and parts and lasts and request.author_id not in {p.person_id for p in request.pairing.people}:
        return Complaint("Тот, кто просил, больше не участвует в паре")
    return None


def is_author(request: Any, user: Any) -> bool:
    """Whether the user asks, or has recorded the paper of somebody who asks."""
    return user.person_id == request.author_id or user.pk == request.created_by_id


def closes(request: Any, user: Any) -> bool:
    """Whether the user ends what was granted: who asked, who decided, whoever holds the right and is no party."""
    if ends := kind_of(request).ends:
        return ends(request, user)
    if user.pk in (request.decided_by_id, request.created_by_id) or user.person_id == request.author_id:
        return True
    return user.can(kind_of(request).closes_by) and user.person_id not in interested(request, user)


def records_word(request: Any, user: Any) -> bool:
    """Whether the user writes down from paper what the person asked has answered."""
    if not kind_of(request).by_word or not user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        return False
    return bool({PERSON, MENTOR} & set(route_of(request).first)) and user.person_id not in interested(request, user)


def may_decide(request: Any, user: Any) -> bool:
    """Whether the user decides the request or records the answer of whoever does."""
    return decides(request, user) or records_word(request, user)


def _who(kind: RequestKind | None) -> str:
    """Name those who decide, for a refusal."""
    ladders = [route.ladder for route in kind.routes] if kind else []
    return joined(dict.fromkeys(rung_words(ladder[0]) for ladder in ladders), "или") or "тот, кому она направлена"


@cache
def workflow_of(kind: RequestKind | None) -> Workflow:
    """Return the table in the words of a kind; without one the table of all."""
    accept, decline, close = (kind.accept, kind.decline, kind.close) if kind else (ACCEPT, DECLINE, CLOSE)
    conditions = (pair_at_work, founder_decided)
    found = [
        _decision(
            "accept", accept, ACCEPTED, (*conditions, author_takes_part, *(kind.requirements if kind else ())), kind
        )
    ]
    if decline:
        found.append(_decision("decline", decline, DECLINED, conditions, kind))
    if close:
        who = kind.ends_words if kind else "тот, кто просил или решил"
        right = kind.closes_by if kind else Right.REQUESTS_DECIDE
        holders = [] if kind and kind.ends else right.holders
        found.append(
            Transition("close", close.label, (ACCEPTED,), DONE, close.words, may=closes, who=joined([who, *holders]))
        )
    return Workflow(
        *found,
        Transition("withdraw", "Отозвать", (FILED,), WITHDRAWN, "отозвано", may=is_author, who="тот, кто её подал"),
        Transition(
            "lapse",
            "Снять вслед за парой",
            (FILED, ACCEPTED),
            LAPSED,
            "отпало: участие в паре закончилось",
            right=Right.ORDERS_REGISTER,
        ),
        Transition(
            "reopen",
            "Вернуть на решение",
            (ACCEPTED, DECLINED, WITHDRAWN),
            FILED,
            "решение отменено",
            may=lambda request, user: is_author(request, user) or user.pk == request.decided_by_id,
            who="тот, кто это сделал",
        ),
    )


def _decision(name: str, step: Step, target: str, conditions: tuple, kind: RequestKind | None) -> Transition:
    return Transition(
        name,
        step.label,
        (FILED,),
        target,
        step.words,
        conditions,
        may=may_decide,
        who=_who(kind),
        parties=interested,
    )


class OwnWorkflow:
    """The table of a model whose rows have kinds: of the row its own, of the class that of all."""

    def __get__(self, request: Any, owner: type) -> Workflow:
        return workflow_of(None if request is None else kind_of(request))
