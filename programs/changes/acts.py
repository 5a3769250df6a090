"""Acts that all changes of pairs and programs share: submit for an order, reopen, withdraw, enact."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from mentoring_site.holds import refuse_held
from mentoring_site.russian import rudate
from mentoring_site.workflow import Refused, perform
from people.accounts.models import User
from people.register.models import Person
from people.roles.letters import mail_person
from programs.changes.models import Change, Grounded

AnyChange = TypeVar("AnyChange", bound=Change)


def submit_for_order(change: AnyChange, *, by: User) -> AnyChange:
    """Close a change for edits: an order may be drafted about it now. Raises what ``perform`` raises."""
    return perform(change, "ready", by=by)


@transaction.atomic
def reopen(change: AnyChange, *, by: User) -> AnyChange:
    """Open a change for edits again. Raises what ``perform`` raises; ``Refused`` while a draft of an order has it."""
    _refuse_held(change)
    return perform(change, "reopen", by=by)


@transaction.atomic
def withdraw(change: AnyChange, *, by: User) -> AnyChange:
    """Call a change off. Raises what ``perform`` raises; ``Refused`` while a draft of an order has it."""
    _refuse_held(change)
    return perform(change, "withdraw", by=by)


def _refuse_held(change: Change) -> None:
    refuse_held(
        change,
        f"{str(change._meta.verbose_name).capitalize()} стоит в проекте приказа. "
        "Сначала уберите из него или верните приказ в проекты",
    )


def mark_enacted(change: AnyChange, *, by: User, number: str, date: dt.date, on: dt.date) -> AnyChange:
    """Write down the order that makes a change final. Raises what ``perform`` raises."""
    columns = {"order_number": number, "order_date": date, "effective_on": on}
    return perform(change, "register", by=by, columns=columns, number=number)


def refuse_before(first: dt.date | None, on: dt.date, what: str) -> None:
    """Raise ``Refused`` when ``on`` is a day before ``first``; ``what`` begins the sentence."""
    if first and on < first:
        raise Refused(f"{what} не раньше {rudate(first)}")


def check_ground(paper: str, paper_on: dt.date | None, reason: str, missing: str) -> None:
    """Raise ``Refused`` for a paper of a coming day, or without a reason; a notice under ТК 351.8 needs none."""
    if paper_on and paper_on > timezone.localdate():
        raise Refused("Бумага, на которую сошлётся приказ, не может быть от будущего числа")
    if not reason.strip() and paper != Grounded.Paper.NOTICE:
        raise Refused(missing)


def mail_others(
    persons: Iterable[Person], name: str, change: Change, *, by: User | None, asks: str = "", **context: Any
) -> None:
    """Write the letter ``name`` about a change to everybody but the user who acts (None: the clock)."""
    for person in persons:
        if by is None or person.pk != by.person_id:
            mail_person(person, name, asks=asks, person=person, change=change, **context)
