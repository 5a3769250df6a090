"""The legal life of a roadmap, of the Положение and of minutes, as tables (п. 3.1, 3.3–3.5)."""

from mentoring_site.workflow import Transition, Workflow
from people.rights import Right

REGULATION = Workflow(
    Transition(
        "approve",
        "Утвердить приказом",
        ("draft",),
        "approved",
        "утверждено приказом",
        may=lambda r, u: u.can(Right.ORDERS_REGISTER),
        who="тот, кто регистрирует приказ",
    ),
    Transition(
        "supersede",
        "Заменить новой редакцией",
        ("approved",),
        "superseded",
        "заменено новой редакцией",
        may=lambda r, u: u.can(Right.ORDERS_REGISTER),
        who="тот, кто регистрирует приказ",
    ),
)
"""A version of the Положение comes with the order that approves it (п. 3.1, 9.1)."""
