"""The draft of an order composed together with the step that hands its subject over (``mentoring_site/joint.py``)."""

from typing import Any

from mentoring_site.joint import FollowUp, follow
from people.accounts.models import User
from people.rights import Right
from reports.orders.drafting import acts
from reports.orders.models import Order
from reports.orders.order_kinds.base import OrderKind
from reports.orders.order_kinds.registry import KINDS, SUBJECTS, subject_type_of

HANDED_OVER = {"ready", "submit"}
"""Transitions that hand a thing over to an order."""


def register() -> None:
    """Offer the draft wherever a step leads a thing into a state that orders enact."""
    for subject in SUBJECTS.values():
        workflow = subject.objects.model.WORKFLOW
        for step in workflow:
            if step.name in HANDED_OVER and step.target in subject.states:
                follow(subject.model, step.name, DRAFT)


def _kind_of(subject: Any) -> OrderKind:
    """Return the kind of order that enacts the thing as it is: a pause and its end have one each."""
    subject_type = subject_type_of(subject)
    return next(
        kind
        for kind in KINDS.values()
        if kind.subject is subject_type and all(getattr(subject, k) == v for k, v in kind.subject_filter.items())
    )


def _draft(subject: Any, *, by: User) -> Order:
    return acts.draft(_kind_of(subject).code, [subject], by=by)


DRAFT = FollowUp(
    label="Передать и составить проект приказа",
    success="Передано на приказ, проект приказа составлен. Прочитайте его",
    allows=lambda subject, user: user.can(Right.ORDERS_DRAFT),
    act=_draft,
)
