"""A remark taken back while nobody has acted on it (п. 3.5)."""

from typing import Any

from mentoring_site.locks import locked
from mentoring_site.models import Act
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from programs.program.models import Remark


def _undo_remark(act: Act, program: Any, *, by: User) -> None:
    found = Remark.objects.filter(pk=act.facts["remark"], by=act.actor_id).first()
    if found is None:
        raise Already("Этого замечания уже нет")
    found = locked(found)
    if found.resolved_at:
        raise Refused("Замечание уже отмечено учтённым")
    found.delete()
    words = f"отменено: {act.words}"[:300]
    record(program, "undo_remark", by=by, words=words, remark=act.facts["remark"], **{UNDONE: act.pk})


REMARK = Undoable(
    what="замечание",
    undo=_undo_remark,
    instead="Напишите ещё одно замечание или попросите отметить это учтённым",
    concerns=lambda later, act: bool(later.target) or later.facts.get("remark") == act.facts["remark"],
)
