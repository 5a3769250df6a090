"""Acts that all changes of pairs and programmes share: hand over to an order, take back, call off, enact."""

from django.db import transaction

from mentoring_site.holds import held_by
from mentoring_site.russian import rudate
from mentoring_site.workflow import Refused, perform
from people.roles.letters import mail_person


def ready(change, *, by):
    """The curator hands a change over to an order. Raises what ``perform`` raises."""
    return perform(change, "ready", by=by)


@transaction.atomic
def reopen(change, *, by):
    """The curator takes a change back for corrections.

    Raises what ``perform`` raises; ``Refused`` when it stands in an order.
    """
    _refuse_held(change)
    return perform(change, "reopen", by=by)


@transaction.atomic
def withdraw(change, *, by):
    """The curator calls a change off. Raises what ``perform`` raises; ``Refused`` when it stands in an order."""
    _refuse_held(change)
    return perform(change, "withdraw", by=by)


def _refuse_held(change) -> None:
    """Refuse while an order in preparation is about the change."""
    if held_by(change):
        raise Refused(
            f"{change._meta.verbose_name.capitalize()} стоит в проекте приказа. "
            "Сначала уберите из него или верните приказ в проекты"
        )


def enact(change, *, by, number: str, date, on):
    """Write down the order that makes a change final. Raises what ``perform`` raises."""
    columns = {"order_number": number, "order_date": date, "effective_on": on}
    return perform(change, "register", by=by, columns=columns, number=number)


def not_before(what: str, on, first) -> None:
    """Refuse a day before something began."""
    if first and on < first:
        raise Refused(f"{what} не раньше {rudate(first)}")


def tell(persons, name: str, change, *, but=None, **context) -> None:
    """Write the letter ``name`` about a change to everybody but the user who acts."""
    for person in persons:
        if but is None or person.pk != but.person_id:
            mail_person(person, name, person=person, change=change, **context)
