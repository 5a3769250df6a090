"""Numbers that no order bears: cancelled ones, and those of the school's other orders (docs/law.md#orders-numbers).

A cancelled number is never used again; together with the ranges of other orders it explains every hole of the journal.
"""

from django.db import transaction

from mentoring_site.rights import require
from mentoring_site.russian import rushort
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from people.rights import Right
from people.school.models import School
from reports.orders.models import NumberCounter, Order
from reports.orders.registration.models import SetAside

LARGEST = 99_999


def usual_suffix(series: str) -> str:
    """Return the ending of numbers of a series by the school's settings."""
    school = School.get()
    return school.main_suffix if series == Order.Series.MAIN else school.staff_suffix


def refuse_cancelled(series: str, year: int, number: int) -> None:
    """Raise ``Refused`` when the number was cancelled."""
    if row := SetAside.objects.filter(kind=SetAside.Kind.CANCELLED, series=series, year=year, first=number).first():
        raise Refused(f"Номер {row.numbers} аннулирован: {row.reason}. Аннулированный номер больше не присваивают")


def note_gap(series: str, year: int, first: int, last: int, reason: str, *, by: User) -> SetAside:
    """Keep the numbers that a registered order has skipped, with the reason that was given."""
    return SetAside.objects.create(
        kind=SetAside.Kind.OTHERS,
        year=year,
        series=series,
        first=first,
        last=last,
        reason=reason.strip()[:300],
        recorded_by=by,
    )


def set_aside(
    kind: str,
    series: str,
    year: int,
    first: int,
    last: int | None = None,
    *,
    by: User,
    reason: str,
    suffix: str | None = None,
) -> SetAside:
    """Cancel a number (``kind`` «cancelled»), or say that numbers are taken by other orders of the school («others»).

    Returns the entry. Raises ``NotAllowed``; ``Refused`` without a reason, for a number that an order bears, for a
    cancelled one, and when a hole without an explanation would be left before it.
    """
    require(by, Right.ORDERS_REGISTER)
    cancelled = kind == SetAside.Kind.CANCELLED
    last = first if cancelled or last is None else last
    if not reason.strip():
        raise Refused("Напишите причину: она останется в журнале")
    if not 1 <= first <= last <= LARGEST:
        raise Refused(f"Номера — целые числа от 1 до {LARGEST}, последний не меньше первого")
    row = SetAside(kind=kind, year=year, series=series, first=first, last=last, reason=reason.strip(), recorded_by=by)
    if cancelled:
        row.suffix = usual_suffix(series) if suffix is None else suffix.strip()
    _save(row, by)
    return row


@transaction.atomic
def _save(row: SetAside, by: User) -> None:
    """Write the entry and move the counter of numbers past it."""
    counter, _ = NumberCounter.objects.select_for_update().get_or_create(series=row.series, year=row.year)
    _check_free(row.kind, row.series, row.year, row.first, row.last)
    if row.first > counter.last + 1:
        raise Refused(
            f"Перед номером {row.first} остался бы пропуск без объяснения: следующий номер — {counter.last + 1}"
        )
    row.save()
    if row.last > counter.last:
        NumberCounter.objects.filter(pk=counter.pk).update(last=row.last)
    cancelled = row.kind == SetAside.Kind.CANCELLED
    record(row, "set-aside", by=by, words="номер аннулирован" if cancelled else "записаны номера других приказов школы")


def _check_free(kind, series, year, first, last) -> None:
    """Refuse what an order bears or what has been recorded already; a number inside other orders' range may
    be cancelled.
    """
    taken = Order.objects.filter(series=series, year=year, number__range=(first, last)).order_by("number").first()
    if taken:
        raise Refused(f"Номер {taken.full_number} носит приказ от {rushort(taken.date)} «{taken.heading}»")
    recorded = SetAside.objects.filter(series=series, year=year, first__lte=last, last__gte=first)
    if kind == SetAside.Kind.CANCELLED:
        recorded = recorded.filter(kind=SetAside.Kind.CANCELLED)
    if row := recorded.first():
        raise Refused(f"Об этом номере уже записано: {row.numbers}, {row.get_kind_display()} ({row.reason})")
