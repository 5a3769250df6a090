"""A proposal and an answer taken back while nobody has acted on them (п. 6.1)."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import Refused, perform, record
from people.accounts.models import User
from people.rights import Right
from programs.pairings.models import Pairing, Participation

UNWRITTEN: dict[str, Any] = {"wish": "", "wish_reason": "", "wish_at": None, "wish_by": None}
TALK = {"remind"}
"""Acts after which nothing is different."""


def _moved_on(later: Act, act: Act) -> bool:
    return later.verb not in TALK


def _outside(later: Act, user: Any) -> bool:
    """Whoever takes part does not learn what the other side did (п. 6.1)."""
    if later.actor_id == user.pk:
        return True
    if not hasattr(user, "own_pairings"):  # asked once for all answers of a page
        own = Participation.objects.filter(person=user.person_id).values_list("pairing", flat=True)
        user.own_pairings = frozenset(own)
    return later.object_id not in user.own_pairings


def _unpropose(act: Act, pairing: Any, *, by: User) -> None:
    perform(pairing, "withdraw", by=by, columns={"reason": "Предложение отменено тем, кто его сделал"}, undone=act.pk)


def _unanswer(act: Act, pairing: Any, *, by: User) -> None:
    if pairing.state != Pairing.State.PROPOSED:
        raise Refused("Ответ уже не отменить: предложение больше не рассматривается")
    mine = Participation.objects.filter(pk=act.facts["participation"], pairing=pairing, wish_by=act.actor_id)
    if not mine.update(**UNWRITTEN):
        raise Refused("Ответ с тех пор изменён")
    facts = {"participation": act.facts["participation"], UNDONE: act.pk}
    record(pairing, "undo_answer", by=by, words="ответ на предложение отменён", **facts)


def _same_answer(later: Act, act: Act) -> bool:
    """Another side may answer meanwhile; what the council does with the answers counts."""
    if later.verb == "answer":
        return later.facts.get("participation") == act.facts.get("participation")
    return _moved_on(later, act)


PROPOSAL = Undoable(
    what="предложение пары",
    undo=_unpropose,
    instead="Снять предложение можно на странице пары: «Снять предложение»",
    concerns=_moved_on,
    right=Right.PAIRINGS_ANSWER_FOR_OTHERS,
    effects=("Предложение уйдёт из дел всех его участников",),
    names=_outside,
)
ANSWER = Undoable(
    what="ответ на предложение",
    undo=_unanswer,
    instead="Если нужно изменить решение, ответьте на странице пары ещё раз или скажите куратору",
    concerns=_same_answer,
    names=_outside,
)
