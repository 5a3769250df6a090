"""Registration of a signed order and its number (п. 3.2, 3.3, 6.2): one transaction enacts everything."""

from collections.abc import Collection
from datetime import date as day
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.hashing import sha256_of_json
from mentoring_site.holds import release
from mentoring_site.locks import locked
from mentoring_site.paper_numbers import clean_number, number_columns
from mentoring_site.rights import require
from mentoring_site.scans import put_scan
from mentoring_site.workflow import Already, Refused, perform
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles import letters as role_letters
from people.roles.holders import holder
from reports.orders.acquaintance.acts import acquaint
from reports.orders.models import Acquaintance, Order
from reports.orders.printing import facts as printing_facts
from reports.orders.printing.pdf import print_order
from reports.orders.registration import numbers, terms
from reports.orders.registration.enactment import enact
from reports.orders.registration.signed_scan import WORDS as SCAN_WORDS
from reports.orders.registration.signed_scan import SignedScan
from reports.orders.registration.signing_day import wrong_signer


@transaction.atomic
def register(
    order: Order,
    *,
    by: User,
    number: str,
    date: day,
    effective_on: day | None = None,
    gap_reason: str = "",
    scan: SignedScan | None = None,
    acquainted: Collection[int] = (),
) -> Order:
    """Register a signed order and enact all its items in one transaction; a second press changes nothing.

    ``acquainted`` are the persons who have signed the sheet of acquaintance already. ``number`` is that of the paper,
    unique per year of ``date`` and series; a skipped plain number needs ``gap_reason``. Raises ``NotAllowed``,
    ``Already``; ``Refused`` for a taken number, a gap without a reason, a future date, a date before a cited paper, or
    when an item cannot be enacted. The final PDF is rendered after the commit.
    """
    require(by, Right.ORDERS_REGISTER)
    order = locked(order)
    refuse_other_states(order)
    effective_on = effective_on or date
    _check_dates(order, date, effective_on)
    number = clean_number(number)
    numbers.take(order.series, number, date.year, gap_reason, by=by)
    facts = printing_facts.registered(order, number=number, date=date)
    columns = {
        **number_columns(number),
        "date": date,
        "year": date.year,
        "effective_on": effective_on,
        "gap_reason": gap_reason.strip(),
        "registered_at": timezone.now(),
        "registered_by": by,
        "facts": facts,
        "facts_sha256": sha256_of_json(facts),
    }
    try:
        order = perform(order, "register", by=by, columns=columns, number=number)
    except IntegrityError as error:
        raise Refused(f"Номер {number} в {date.year} году уже занят другим приказом") from error
    if scan:
        put_scan(order, "scan", scan.file, by=by, words=SCAN_WORDS, note=scan.note)
        order.scan = scan.file
    release(by=order)
    enact(order, by=by)
    _acquaint_concerned(order, by, set(acquainted))
    transaction.on_commit(lambda: print_order.enqueue(order.pk), robust=True)  # the clock prints what was not queued
    return order


def refuse_other_states(order: Order) -> None:
    """Raise ``Already`` for a registered order, ``Refused`` for one that is not at signature."""
    if order.state == Order.State.REGISTERED:
        raise Already(f"{order} уже зарегистрирован")
    if order.state != Order.State.AT_SIGNATURE:
        raise Refused("Регистрируют подписанный приказ: сначала передайте его на подпись")


def _check_dates(order: Order, date: day, effective_on: day) -> None:
    if date > timezone.localdate():
        raise Refused("Дата приказа — день подписания, она не может быть в будущем")
    if effective_on < date:
        raise Refused("Приказ не может действовать раньше своей даты")
    if effective_on > date + timedelta(days=366):
        raise Refused("Приказ не может начать действовать позже чем через год после своей даты")
    if early := printing_facts.too_early(order.facts or {}, date):
        raise Refused(early)
    if disagreeing := terms.disagreeing(order.facts, date, effective_on):
        raise Refused(disagreeing)
    if wrong := wrong_signer(order, date):
        raise Refused(wrong)


def recipients(order: Order, by: User) -> list[Person]:
    """Return who gets a letter: those on the sheet of acquaintance and the curator, but not who registers."""
    pks = {row["person"] for row in order.facts["acquaintance"] if row["person"]}
    if curator := holder("curator"):
        pks.add(curator.pk)
    return list(Person.objects.filter(pk__in=pks - {by.person_id}).select_related("user"))


def _acquaint_concerned(order: Order, by: User, signed: set[int]) -> None:
    """Put everybody of the frozen sheet of acquaintance on the list, those who have ``signed`` it as such; write
    letters.
    """
    Acquaintance.objects.bulk_create(
        Acquaintance(order=order, person_id=row["person"], post=row["post"])
        for row in order.facts["acquaintance"]
        if row["person"]  # for an office somebody signs by hand
    )
    for line in order.acquaintances.filter(person__in=signed).select_related("person", "order"):
        acquaint(line, by=by, on_paper=True)
    sheet = {row["person"] for row in order.facts["acquaintance"]} - signed
    for person in recipients(order, by):
        role_letters.mail_person(person, "order_registered", order=order, concerned=person.pk in sheet)
