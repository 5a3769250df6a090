"""The legal life of what changes a pair or a programme at work, as tables (п. 4.1, 5.1, 7.1, 7.2):
final by an order.
"""

from mentoring_site.workflow import Complaint, requirement
from programs.changes.rules import _life

# --- end of a pair without a programme (п. 7.1 by analogy) -----------------------------------------------------------


@requirement("Пара закреплена приказом")
def assigned(change):
    if change.pairing.state != "assigned":
        return Complaint("Пара уже не закреплена: прекращать нечего", "Куратор отменяет")


@requirement("Утверждённой программы у пары нет")
def no_program(change):
    """A programme that runs ends with its pair by an order of completion (п. 7.1)."""
    if change.has_program:
        return Complaint(
            "У пары есть утверждённая программа: пара завершается вместе с ней (п. 7.1)",
            "Куратор начинает завершение на странице программы",
        )


DISSOLUTION = _life("прекращение закрепления", "о", assigned, no_program)
