"""The workflow of a difficulty (п. 5.2): one side says that it is gone, the other confirms or answers «ещё нет».

Who writes down from paper what others say, and takes no part, takes the steps for both.
"""

from typing import Any

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from programs.journal.acts import speaks_for_others
from programs.pairings.models import Participation

MENTOR, MENTEE = Participation.Part.MENTOR, Participation.Part.MENTEE


def side_of(difficulty: Any, user: Any) -> str:
    """Return which side of the difficulty the user is: its mentor, the mentee whose it is, or nobody."""
    for one in difficulty.program.pairing.people:
        concerned = one.part == MENTOR or one.candidate_id == difficulty.statement.candidate_id
        if one.person_id == user.person_id and one.until is None and concerned:
            return one.part
    return ""


def speaks(difficulty: Any, user: Any) -> bool:
    """Whether the user acts about the difficulty: a side of it, or who records from paper."""
    return bool(side_of(difficulty, user)) or speaks_for_others(difficulty.program, user)


def answers(difficulty: Any, user: Any) -> bool:
    """Whether the user answers what the other side has said."""
    return side_of(difficulty, user) not in ("", difficulty.proposed_part) or speaks_for_others(
        difficulty.program, user
    )


def _who_proposed(difficulty: Any, user: Any) -> bool:
    return difficulty.proposed_by_id == user.pk


def _who_reopened(difficulty: Any, user: Any) -> bool:
    return difficulty.reopened_by_id == user.pk


def _who_answered(difficulty: Any, user: Any) -> bool:
    return difficulty.answered_by_id == user.pk


@requirement("Программа реализуется")
def runs(difficulty: Any) -> Complaint | None:
    if difficulty.program.state != difficulty.program.State.RUNNING:
        return Complaint("О затруднениях договариваются, пока программа реализуется")
    return None


@requirement("Приложено то, по чему видно, что затруднение снято")
def proved(difficulty: Any) -> Complaint | None:
    """п. 5.2: a word is not enough, there is a file, a link or a record of the product."""
    if not difficulty.proved:
        return Complaint("Приложите файл, ссылку или запись журнала, по которым это видно")
    return None


PAPER = " или ".join(Right.PROGRAMS_ACT_FOR_OTHERS.holders)
SIDES, OTHER_SIDE = f"наставник, сам наставляемый или с бумаги {PAPER}", f"другая сторона или с бумаги {PAPER}"

DIFFICULTY = Workflow(
    Transition("propose", "Затруднение снято", ("open",), "proposed", "сказано, что затруднение снято",
               (runs, proved), may=speaks, who=SIDES),
    Transition("confirm", "Подтвердить: снято", ("proposed",), "closed", "подтверждено второй стороной: снято",
               (runs, proved), may=answers, who=OTHER_SIDE),
    Transition("not_yet", "Ответить «ещё нет»", ("proposed",), "open", "вторая сторона ответила: ещё нет",
               (runs,), may=answers, who=OTHER_SIDE),
    Transition("reopen", "Открыть снова", ("closed",), "open", "затруднение открыто снова",
               (runs,), may=speaks, who=SIDES),
    Transition("undo_propose", "Отменить", ("proposed",), "open", "слова «снято» отменены",
               (runs,), may=_who_proposed, who="тот, кто это сказал"),
    Transition("undo_reopen", "Отменить", ("open",), "closed", "открытие отменено",
               (runs,), may=_who_reopened, who="тот, кто открыл снова"),
    Transition("undo_answer", "Отменить ответ", ("closed", "open"), "proposed", "ответ отменён",
               (runs,), may=_who_answered, who="тот, кто ответил"),
)  # fmt: skip
