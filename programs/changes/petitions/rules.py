"""The workflow of a petition (п. 4.1, 5.1)."""

from mentoring_site.workflow import Transition, Workflow
from people.rights import Right

PETITION = Workflow(
    Transition(
        "accept",
        "Удовлетворить",
        ("filed",),
        "accepted",
        "ходатайство удовлетворено",
        right=Right.PROGRAMS_ACT_FOR_OTHERS,
    ),
    Transition(
        "decline",
        "Отклонить",
        ("filed",),
        "declined",
        "ходатайство отклонено",
        right=Right.PROGRAMS_ACT_FOR_OTHERS,
    ),
    Transition(
        "withdraw",
        "Отозвать",
        ("filed",),
        "withdrawn",
        "ходатайство отозвано",
        right=Right.PROGRAMS_ACT_FOR_OTHERS,
        may=lambda petition, user: petition.participation.person_id == user.person_id,
        who="тот, кто его подал",
    ),
)
