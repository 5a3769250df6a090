"""The workflow of an answer: asked by the clock, answered by the person, settled by who reads it (п. 5.2)."""

from typing import Any

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right


def is_author(answer: Any, user: Any) -> bool:
    """Whether the question is the user's own."""
    return answer.participation.person_id == user.person_id


def is_reader(answer: Any, user: Any) -> bool:
    """Whether the user reads the answer of somebody else."""
    return not is_author(answer, user) and type(answer).objects.read_by(user).filter(pk=answer.pk).exists()


def _who_settled(answer: Any, user: Any) -> bool:
    return answer.settled_by_id == user.pk


def _answers(answer: Any, user: Any) -> bool:
    return is_author(answer, user) or is_reader(answer, user)


@requirement("Программа реализуется")
def runs(answer: Any) -> Complaint | None:
    if answer.program.state != answer.program.State.RUNNING:
        return Complaint("Программа уже не идёт: отвечать больше не нужно")
    return None


@requirement("Следующего вопроса ещё не было")
def latest(answer: Any) -> Complaint | None:
    """An answer is changed until the next question comes."""
    later = type(answer).objects.filter(participation=answer.participation_id, asked_on__gt=answer.asked_on)
    if later.exists():
        return Complaint("Уже задан следующий вопрос: ответьте на него")
    return None


READER = f"{' или '.join(Right.RELATIONSHIPS_SEE.holders)}, который не участвует в паре"
AUTHOR = f"тот, кого спросили, или с бумаги {READER}"

RELATIONSHIP = Workflow(
    Transition("answer", "Ответить", ("asked",), "answered", "ответ дан", (runs, latest), may=_answers, who=AUTHOR),
    Transition("change", "Изменить ответ", ("answered",), "answered", "ответ изменён", (runs, latest),
               may=is_author, who="тот, кто ответил"),
    Transition("settle", "Записать, что поговорили", ("answered",), "settled", "разговор состоялся", (),
               may=is_reader, who=READER),
    Transition("undo_settle", "Отменить", ("settled",), "answered", "отметка о разговоре отменена", (),
               may=_who_settled, who="тот, кто её поставил"),
    Transition("lapse", "Снять вопрос", ("asked",), "lapsed", "ответа не было, задан следующий вопрос", (),
               may=lambda answer, user: False, who="система"),
)  # fmt: skip
