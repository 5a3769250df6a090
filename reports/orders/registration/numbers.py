"""Numbers of orders: which is next, which is taken, and those that no order bears (docs/law.md#orders-numbers).

Plain numbers («46-од») follow one another, their holes are explained; any other («46/1-од», «01-05/117») stands beside
them. A cancelled number is never used again; with the ranges of other orders it explains every hole of the journal.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q

from mentoring_site.paper_numbers import LARGEST, clean_number, number_key, plain_of, problem
from mentoring_site.rights import require
from mentoring_site.russian import rushort
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from people.rights import Right
from people.school.models import School
from reports.orders.models import NumberCounter, Order
from reports.orders.registration.models import SetAside

CANCELLED, OTHERS = SetAside.Kind.CANCELLED, SetAside.Kind.OTHERS
BEFORE_US = "Приказы школы, изданные до начала работы в системе"


def usual_suffix(series: str) -> str:
    """Return the ending of numbers of a series by the school's settings, «-од» or «-лс»."""
    school: Any = School.get()
    return school.main_suffix if series == Order.Series.MAIN else school.staff_suffix


def next_plain(series: str, year: int) -> int:
    """Return the plain number that follows the last one of a series in a calendar year."""
    counter = NumberCounter.objects.filter(series=series, year=year).first()
    return (counter.last if counter else 0) + 1


def suggest(series: str, year: int) -> str:
    """Return the next number of a series in a calendar year with its usual ending: «47-од»."""
    return f"{next_plain(series, year)}{usual_suffix(series)}"


def is_first(series: str) -> bool:
    """Whether no order of a series stands here yet: the school kept its numbers on paper before it began with this."""
    kept = Order.objects.filter(series=series, year__isnull=False).exists()
    return not kept and not SetAside.objects.filter(series=series).exists()


def skipped(series: str, number: str, year: int) -> str:
    """Return the plain numbers that ``number`` would skip: «42», «42–44», or an empty string."""
    plain, following = plain_of(number), next_plain(series, year)
    if plain is None or plain <= following or (following == 1 and is_first(series)):
        return ""
    return f"{following}–{plain - 1}" if plain > following + 1 else str(following)


def _same(series: str, number: str) -> Q:
    """Return the condition that a row bears this number; «46» and «46» with the usual ending of the series are one."""
    keys, suffix = {number_key(number)}, usual_suffix(series)
    plain = plain_of(number)
    if plain is not None and keys <= (pair := {number_key(str(plain)), number_key(f"{plain}{suffix}")}):
        keys = pair
    return Q(number_key__in=keys)


def take(series: str, number: str, year: int, gap_reason: str, *, by: User) -> None:
    """Take a number for an order inside its transaction.

    Raises ``Refused`` for what is no number, a taken or cancelled one, and a gap without a reason.
    """
    if wrong := problem(number):
        raise Refused(wrong)
    counter, _ = NumberCounter.objects.select_for_update().get_or_create(series=series, year=year)
    same = _same(series, number)
    if taken := Order.objects.filter(same, series=series, year=year).first():
        raise Refused(f"Номер {number} уже занят: {taken} «{taken.heading}»")
    if row := SetAside.objects.filter(same, kind=CANCELLED, series=series, year=year).first():
        raise Refused(f"Номер {row.numbers} аннулирован: {row.reason}. Аннулированный номер больше не присваивают")
    plain = plain_of(number)
    if plain is None:
        return
    if (gap := skipped(series, number, year)) and not gap_reason.strip():
        raise Refused(f"Пропущены номера: {gap}. Напишите, почему (например, их заняли другие приказы школы)")
    if plain > counter.last + 1:  # before the first order of all the reason is known
        _note_gap(series, year, counter.last + 1, plain - 1, gap_reason.strip() or BEFORE_US, by=by)
    if plain > counter.last:
        NumberCounter.objects.filter(pk=counter.pk).update(last=plain)


def _note_gap(series: str, year: int, first: int, last: int, reason: str, *, by: User) -> SetAside:
    """Keep the numbers that a registered order has skipped, with the reason that was given."""
    return SetAside.objects.create(
        kind=OTHERS,
        year=year,
        series=series,
        first=first,
        last=last,
        reason=reason.strip()[:300],
        recorded_by=by,
    )


def set_aside(
    kind: str, series: str, year: int, number: str, last: int | None = None, *, by: User, reason: str
) -> SetAside:
    """Cancel a number (``kind`` «cancelled»), or say that numbers are taken by other orders of the school («others»,
    plain numbers from ``number`` to ``last``).

    Returns the entry. Raises ``NotAllowed``; ``Refused`` without a reason, for a number that an order bears, for a
    cancelled one, and when a hole without an explanation would be left before it.
    """
    require(by, Right.ORDERS_REGISTER)
    number = clean_number(number)
    if not reason.strip():
        raise Refused("Напишите причину: она останется в журнале")
    if wrong := problem(number):
        raise Refused(wrong)
    row = SetAside(kind=kind, year=year, series=series, first=plain_of(number), reason=reason.strip(), recorded_by=by)
    if kind == CANCELLED:
        row.number, row.number_key = number, number_key(number)
    elif row.first is None:
        raise Refused("Номера подряд — это номера вида 46 или 46-од. Другой номер запишите как аннулированный")
    else:
        row.last = row.first if last is None else last
        if not row.first <= row.last <= LARGEST:
            raise Refused(f"Номера — целые числа от 1 до {LARGEST}, последний не меньше первого")
    _save(row, by)
    return row


@transaction.atomic
def _save(row: SetAside, by: User) -> None:
    """Write the entry and move the counter of numbers past it."""
    counter, _ = NumberCounter.objects.select_for_update().get_or_create(series=row.series, year=row.year)
    _check_free(row)
    if row.first and row.first > counter.last + 1:
        raise Refused(
            f"Перед номером {row.first} остался бы пропуск без объяснения: следующий номер — {counter.last + 1}"
        )
    row.save()
    last = row.last or row.first or 0
    if last > counter.last:
        NumberCounter.objects.filter(pk=counter.pk).update(last=last)
    words = "номер аннулирован" if row.kind == CANCELLED else "записаны номера других приказов школы"
    record(row, "set-aside", by=by, words=words)


def _check_free(row: SetAside) -> None:
    """Refuse what an order bears or what has been recorded already; a number inside other orders' range may
    be cancelled.
    """
    orders = Order.objects.filter(series=row.series, year=row.year)
    recorded = SetAside.objects.filter(series=row.series, year=row.year)
    if row.kind == CANCELLED:
        same = _same(row.series, row.number)
        orders, recorded = orders.filter(same), recorded.filter(same, kind=CANCELLED)
    else:
        orders = orders.filter(number_plain__range=(row.first, row.last))
        inside = Q(kind=CANCELLED, first__range=(row.first, row.last))
        recorded = recorded.filter(inside | Q(kind=OTHERS, first__lte=row.last, last__gte=row.first))
    if taken := orders.order_by("number_key").first():
        raise Refused(f"Номер {taken.number} носит приказ от {rushort(taken.date)} «{taken.heading}»")
    if known := recorded.first():
        raise Refused(f"Об этом номере уже записано: {known.numbers}, {known.get_kind_display()} ({known.reason})")
