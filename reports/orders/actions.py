"""The buttons of an order's page: the steps towards its registration, and what moves no state."""

from collections.abc import Iterable
from dataclasses import replace

from mentoring_site.help import about as help_about
from mentoring_site.scans import scan_words
from mentoring_site.ui.elements import Action
from mentoring_site.workflow import Complaint, action
from people.accounts.models import User
from people.rights import Right
from reports.orders.drafting.to_signature import label as signature_label
from reports.orders.drafting.to_signature import own_last
from reports.orders.models import Order, Visa
from reports.orders.order_kinds.registry import KINDS
from reports.orders.printing.presenters import order_url
from reports.orders.rules import TO_SIGNATURE, visas_given

State = Order.State
STEPS = {TO_SIGNATURE.name, "agree", "send_to_signature", "register"}
"""The verbs that registration would refuse."""


def order_actions(order: Order, user: User, against: list[Complaint]) -> list[Action]:
    """Return the buttons of the page, the one main act first."""
    awaits_visa = order.awaits_visa  # type: ignore[attr-defined]
    missing = [visa for visa in order.visas.all() if visa.given_at is None]
    own = own_last(missing, user)
    at_once = None if missing and not own else _to_signature(order, user, own)
    found = [
        at_once,
        Action("visa", "Прочитать и завизировать", "#visas", primary=not at_once) if awaits_visa else None,
        None
        if own and at_once
        else action(order, "agree", user, order_url(order, "agree"), primary=not (awaits_visa or at_once)),
        action(order, "send_to_signature", user, order_url(order, "send"), primary=True),
        action(order, "register", user, order_url(order, "register"), primary=True),
        *_buttons(order, user),
        action(order, "back_to_draft", user, order_url(order, "back")),
    ]
    if order.state == State.DRAFT and user.can(Right.ORDERS_DRAFT):
        found.append(Action("discard", "Удалить проект", order_url(order, "discard"), danger=True))
    return [_held(a, against) for a in found if a]


def _to_signature(order: Order, user: User, own: Visa | None) -> Action | None:
    """Return the button of all steps to the pen, where none of them waits for anybody else."""
    url = f"{order_url(order, 'to_signature')}?version={order.version}"
    button = TO_SIGNATURE.action(order, user, url, given=(visas_given,) if own else ())
    return replace(button, label=signature_label(own)) if button else None


def _held(button: Action, against: list[Complaint]) -> Action:
    """Return the button of a step towards registration, switched off by what registration would refuse."""
    if not against or button.verb not in STEPS:
        return button
    return replace(button, enabled=False, reasons=(*button.reasons, *map(str, against)), help=help_about(__name__))


def _buttons(order: Order, user: User) -> Iterable[Action]:
    """Return the acts that move no state."""
    drafts = user.can(Right.ORDERS_DRAFT)
    if order.state == State.DRAFT and drafts:
        yield Action("edit", "Править текст", order_url(order, "edit"))
        if KINDS[order.kind].form:
            yield Action("restate", "Изменить сведения", order_url(order, "restate"))
    if order.state == State.AT_SIGNATURE and user.can(Right.ORDERS_SEE_ALL):
        yield Action("print", "Напечатать для подписи", order_url(order, "preview"))
    if order.state == State.REGISTERED and user.can(Right.ORDERS_REGISTER):
        yield Action("scan", scan_words(order.scan), order_url(order, "scan"))
    if order.state in Order.OPEN_STATES and drafts:
        yield Action("docx", "Скачать DOCX", order_url(order, "docx"))
