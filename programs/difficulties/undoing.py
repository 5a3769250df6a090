"""What was said about a difficulty taken back while nobody has acted on it."""

from typing import Any

from mentoring_site.models import Act
from mentoring_site.undo import Undoable
from mentoring_site.workflow import Refused, perform, record
from people.accounts.models import User
from programs.difficulties.acts import NOT_REOPENED, UNANSWERED
from programs.difficulties.models import Difficulty
from programs.program.models import Activity, Program

NOT_PROPOSED: dict[str, Any] = {"sign": "", "proposed_part": "", "proposed_at": None, "proposed_by": None}
UNFLAGGED: dict[str, Any] = {"flag": "", "flagged_at": None, "flagged_by": None}


def _unpropose(act: Act, row: Any, *, by: User) -> None:
    perform(row, "undo_propose", by=by, columns=NOT_PROPOSED, undone=act.pk)


def _unanswer(act: Act, row: Any, *, by: User) -> None:
    perform(row, "undo_answer", by=by, columns=UNANSWERED, undone=act.pk)


def _unreopen(act: Act, row: Any, *, by: User) -> None:
    perform(row, "undo_reopen", by=by, columns=NOT_REOPENED, undone=act.pk)


def _unflag(act: Act, row: Any, *, by: User) -> None:
    Difficulty.objects.filter(pk=row.pk).update(**UNFLAGGED, version=row.version + 1)
    record(row, "unflag", by=by, words="отметка отменена", undone=act.pk)


def _unraise(act: Act, row: Any, *, by: User) -> None:
    """Take a new difficulty out again, and the statement that was made for it; nothing may name it by now."""
    statement = row.statement
    named = Program.difficulties.through.objects.filter(statement=statement).exists()
    if named or Activity.statements.through.objects.filter(statement=statement).exists() or row.evidence.exists():
        raise Refused("Затруднение уже стоит в программе: отметьте, что оно снято")
    record(row.program, "unraise", by=by, words="новое затруднение убрано: названо по ошибке", undone=act.pk)
    row.delete()
    if not Difficulty.objects.filter(statement=statement).exists():
        statement.delete()


PROPOSED = Undoable(what="слова «снято»", undo=_unpropose, instead="Пусть другая сторона ответит «ещё нет»")
ANSWERED = Undoable(what="ответ о затруднении", undo=_unanswer, instead="Откройте затруднение снова")
REOPENED = Undoable(what="открытие затруднения", undo=_unreopen, instead="Скажите ещё раз, что затруднение снято")
FLAGGED = Undoable(what="отметку на затруднении", undo=_unflag, instead="Снимите отметку на странице затруднения")
RAISED = Undoable(what="новое затруднение", undo=_unraise, instead="Скажите, что затруднение снято")
REGISTERED = (
    ("propose", PROPOSED),
    ("confirm", ANSWERED),
    ("not_yet", ANSWERED),
    ("reopen", REOPENED),
    ("flag", FLAGGED),
    ("raise", RAISED),
)
"""Verbs of acts on difficulties that can be taken back, for the registrations of the app."""
