"""A proposal to a bank, a correction and a review taken back while nobody has acted on them."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import perform, record
from people.accounts.models import User
from people.banks import keeping

TALK = {"remind"}


def _unpropose(act: Act, candidate: Any, *, by: User) -> None:
    perform(candidate, "withdraw", by=by, columns={"reason": "Предложение отменено тем, кто его сделал"}, undone=act.pk)


PROPOSAL = Undoable(
    what="предложение в банк",
    undo=_unpropose,
    instead="Снять из банка можно на странице кандидата: «Снять из банка»",
    concerns=lambda later, act: later.verb not in TALK,
)


def _uncorrect(act: Act, candidate: Any, *, by: User) -> None:
    keeping.take_back(candidate, act.facts["correction"], by=by, **{UNDONE: act.pk})


def _unreview(act: Act, found: Any, *, by: User) -> None:
    record(found, "undo_review", by=by, words="запись о проверке банка отменена", **{UNDONE: act.pk})
    keeping.take_review_back(found, by=by)


CORRECTION = Undoable(
    what="исправление записи банка",
    undo=_uncorrect,
    instead="Исправьте сведения ещё раз",
    concerns=lambda later, act: later.verb not in TALK,
)
REVIEW = Undoable(what="запись о проверке банка", undo=_unreview, instead="Попросите куратора вернуть проверку")
