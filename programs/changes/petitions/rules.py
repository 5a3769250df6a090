"""The legal life of what changes a pair or a programme at work, as tables (п. 4.1, 5.1, 7.1, 7.2):
final by an order.
"""

from mentoring_site.workflow import Transition, Workflow
from people.rights import Right
from programs.changes.rules import _curator

# --- petitions (п. 4.1, 5.1) -----------------------------------------------------------------------------------------

PETITION = Workflow(
    Transition(
        "accept",
        "Удовлетворить",
        ("filed",),
        "accepted",
        "ходатайство удовлетворено",
        may=_curator,
        who="куратор",
    ),
    Transition(
        "decline",
        "Отклонить",
        ("filed",),
        "declined",
        "ходатайство отклонено",
        may=_curator,
        who="куратор",
    ),
    Transition(
        "withdraw",
        "Отозвать",
        ("filed",),
        "withdrawn",
        "ходатайство отозвано",
        may=lambda p, u: p.participation.person_id == u.person_id or u.can(Right.PROGRAMS_ACT_FOR_OTHERS),
        who="тот, кто его подал, с бумаги — куратор",
    ),
)
