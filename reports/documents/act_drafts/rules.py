"""The workflow of a draft of a local act (п. 3.5) and what each step requires. The models import this table."""

from typing import Any

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right

SHORTEST = 100
"""Characters: what is shorter is no text of an act."""


@requirement("Есть текст акта")
def has_text(draft: Any) -> Complaint | None:
    """What is discussed can be read."""
    if len(draft.text.strip()) < SHORTEST:
        return Complaint("Нет текста акта", "Вносит куратор или член методического совета", draft.get_absolute_url())
    return None


@requirement("На все замечания отвечено")
def every_remark_is_answered(draft: Any) -> Complaint | None:
    """Who has made a remark learns what became of it before the act is approved."""
    left = sum(remark.answered_at is None for remark in draft.remarks.all())
    if left:
        return Complaint(f"Замечаний без ответа: {left}", "Отвечает куратор", draft.get_absolute_url())
    return None


ACT_DRAFT = Workflow(
    Transition("discuss", "Отправить на обсуждение", ("draft",), "discussed", "отправлен на обсуждение", (has_text,),
               right=Right.ACT_DRAFTS_LEAD),
    Transition("agree", "Закончить обсуждение", ("discussed",), "agreed", "обсуждение закончено",
               (has_text, every_remark_is_answered), right=Right.ACT_DRAFTS_LEAD),
    Transition("rework", "Вернуть в работу", ("discussed", "agreed"), "draft", "возвращён в работу", (),
               right=Right.ACT_DRAFTS_LEAD),
    Transition("approve", "Записать утверждённый акт", ("agreed",), "approved", "утверждён",
               (has_text, every_remark_is_answered), right=Right.ORDERS_REGISTER),
    Transition("drop", "Снять проект", ("draft", "discussed", "agreed"), "dropped", "снят", (),
               right=Right.ACT_DRAFTS_LEAD),
)  # fmt: skip
