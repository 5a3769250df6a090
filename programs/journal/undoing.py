"""A meeting and the mark of a done activity taken back while nobody has acted on them."""

from typing import Any

from mentoring_site.evidence.acts import destroy
from mentoring_site.models import Act
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from programs.journal import acts
from programs.journal.models import Meeting
from programs.program.models import ActivityResult


def _drop_meeting(act: Act, program: Any, *, by: User) -> None:
    meeting = Meeting.objects.filter(pk=act.facts["meeting"]).first()
    if meeting is None:
        raise Already("Эту запись о встрече уже убрали")
    acts.drop_meeting(meeting, by=by, undone=act.pk)


def _undo_mark(act: Act, program: Any, *, by: User) -> None:
    keys = {name: act.facts[name] for name in ("activity", "participation")}
    row = ActivityResult.objects.select_for_update().filter(**keys, done_by=act.actor_id).first()
    if row is None:
        raise Already("Этой отметки уже нет")
    if row.version > 1:
        raise Refused("До этого результат уже возвращали: исправьте его и отметьте ещё раз")
    destroy(row.evidence.all())
    row.delete()
    record(program, "undo_do", by=by, words=f"отменено: {act.words}"[:300], **keys, **{UNDONE: act.pk})


def _same_meeting(later: Act, act: Act) -> bool:
    return later.facts.get("meeting") == act.facts["meeting"]


def _same_result(later: Act, act: Act) -> bool:
    """What others did to this result, and the end of the program."""
    same = all(later.facts.get(name) == act.facts[name] for name in ("activity", "participation"))
    return same or bool(later.target)


MEETING = Undoable(
    what="запись о встрече",
    undo=_drop_meeting,
    instead="Пока запись не подтверждена, её можно исправить в журнале; подтверждённая остаётся",
    concerns=_same_meeting,
)
MARK = Undoable(
    what="отметку о выполнении",
    undo=_undo_mark,
    instead="Попросите наставника вернуть мероприятие на доработку и исправьте результат",
    concerns=_same_result,
)
