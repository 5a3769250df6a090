"""The legal life of what changes a pair or a programme at work, as tables (п. 4.1, 5.1, 7.1, 7.2):
final by an order.
"""

from mentoring_site.workflow import Complaint, requirement
from programs.changes.rules import _life

# --- suspension and resumption ---------------------------------------------------------------------------------------


@requirement("Программа реализуется")
def runs(change):
    if change.program.state != "running":
        return Complaint("Программа сейчас не реализуется: приостанавливать нечего", "Куратор отменяет приостановление")


@requirement("Программа ещё не приостановлена на эти дни")
def not_paused(change):
    if change.overlaps:
        return Complaint("На эти дни программа уже приостановлена приказом", "Куратор меняет даты или отменяет")


PAUSE = _life("приостановление программы", "о", runs, not_paused)


@requirement("Программа приостановлена приказом и ещё не возобновлена")
def is_paused(change):
    if change.pause.state != "registered" or change.pause.resumed_on is not None:
        return Complaint("Программа не приостановлена или уже возобновлена", "Куратор отменяет возобновление")


RESUMPTION = _life("возобновление программы", "о", is_paused)
