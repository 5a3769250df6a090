"""The workflow of a version of the Положение (п. 3.1, 9.1): it comes with the order that approves it."""

from mentoring_site.workflow import Transition, Workflow
from people.rights import Right

REGULATION = Workflow(
    Transition(
        "approve",
        "Утвердить приказом",
        ("draft",),
        "approved",
        "утверждено приказом",
        right=Right.ORDERS_REGISTER,
    ),
    Transition(
        "supersede",
        "Заменить новой редакцией",
        ("approved",),
        "superseded",
        "заменено новой редакцией",
        right=Right.ORDERS_REGISTER,
    ),
)
