"""The workflows of a suspension and of a resumption (п. 7.2)."""

from typing import Any

from mentoring_site.workflow import Complaint, requirement
from programs.changes.rules import change_workflow, paper_named
from programs.program.models import Program


@requirement("Программа реализуется")
def program_runs(change: Any) -> Complaint | None:
    if change.program.state != Program.State.RUNNING:
        return Complaint("Программа сейчас не реализуется: приостанавливать нечего", "Куратор отменяет приостановление")
    return None


@requirement("Программа ещё не приостановлена на эти дни")
def not_paused(change: Any) -> Complaint | None:
    if change.overlaps:
        return Complaint("На эти дни программа уже приостановлена приказом", "Куратор меняет даты или отменяет")
    return None


PAUSE = change_workflow("приостановление программы", "о", program_runs, not_paused, paper_named)


@requirement("Программа приостановлена приказом и ещё не возобновлена")
def is_paused(change: Any) -> Complaint | None:
    if change.pause.state != change.pause.State.REGISTERED or change.pause.resumed_on is not None:
        return Complaint("Программа не приостановлена или уже возобновлена", "Куратор отменяет возобновление")
    return None


RESUMPTION = change_workflow("возобновление программы", "о", is_paused)
