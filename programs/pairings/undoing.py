"""A proposal and an answer taken back while nobody has acted on them (п. 6.1)."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import Refused, perform, record
from people.accounts.models import User
from people.rights import Right
from programs.pairings.acts import lock_candidates
from programs.pairings.models import Pairing, Participation
from programs.pairings.proposal_checks import reopening

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
    closing = Act.objects.about(pairing).filter(verb="refuse", facts__part_of=act.pk).first()
    if closing is not None:
        _reopen(act, closing, pairing, by=by)
        return
    if pairing.state != Pairing.State.PROPOSED:
        raise Refused("Ответ уже не отменить: предложение больше не рассматривается")
    _write_former_answer(act, pairing)
    facts = {"participation": act.facts["participation"], UNDONE: act.pk}
    record(pairing, "undo_answer", by=by, words="ответ на предложение отменён", **facts)


def _reopen(act: Act, closing: Act, pairing: Any, *, by: User) -> None:
    """Open a proposal again that a «no» has closed, in the state in which it was, unless its people are taken."""
    people = list(pairing.participations.live().select_related("person", "candidate"))
    candidates = lock_candidates([p.candidate for p in people])
    if reasons := reopening(pairing, list(candidates.values())):
        raise Refused([*reasons, "Поэтому прежнее предложение уже не открыть. Новое предлагает куратор"])
    way = "reopen_recommended" if closing.source == Pairing.State.RECOMMENDED else "reopen"
    facts = {"participation": act.facts["participation"], UNDONE: act.pk}
    perform(pairing, way, by=by, columns={"reason": ""}, **facts)
    _write_former_answer(act, pairing)


def _write_former_answer(act: Act, pairing: Pairing) -> None:
    """Leave the answer that stood before: in an open proposal it was a «yes», or none."""
    former: dict[str, Any] = UNWRITTEN
    mine = Participation.objects.filter(pk=act.facts["participation"], pairing=pairing, wish_by=act.actor_id)
    side = mine.first()
    if side is None:
        raise Refused("Ответ с тех пор изменён")
    if before := _former_answer(act, pairing, side):
        former = {"wish": "yes", "wish_reason": "", "wish_at": before.at, "wish_by": before.actor}
    mine.update(**former)


def _former_answer(act: Act, pairing: Pairing, side: Participation) -> Act | None:
    """Return the act of the log by which the same side had said «yes»: an answer, or the proposal of oneself."""
    log = list(Act.objects.about(pairing).select_related("actor").filter(pk__lt=act.pk, verb__in=["propose", "answer"]))
    undone = set(Act.objects.about(pairing).filter(facts__has_key=UNDONE).values_list("facts__undone", flat=True))
    own = [a for a in log if a.pk not in undone and (a.facts.get("participation") == side.pk or _of_oneself(a, side))]
    return own[-1] if own else None


def _of_oneself(act: Act, side: Participation) -> bool:
    return act.verb == "propose" and act.actor is not None and act.actor.person_id == side.person_id


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
    in_confidence=True,
)
