"""Values of indicators for a period: one query for all of them, whatever their number, and one for each rate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import DurationField, F, Field, Func, IntegerField, QuerySet, Subquery

from reports.indicators.passports import How, Measured, Part, Passport
from reports.indicators.periods import Period

DAY = timedelta(days=1)


def _folded(rows: QuerySet, function: str, what: str, field: Field) -> Subquery:
    """Return an expression: all rows folded into one number."""
    folded = rows.order_by().annotate(folded=Func(F(what), function=function, output_field=field))
    return Subquery(folded.values("folded"), output_field=field)


def _count(rows: QuerySet) -> Subquery:
    return _folded(rows, "COUNT", "pk", IntegerField())


def _sum(rows: QuerySet, amount: str) -> Subquery:
    is_time = isinstance(getattr(rows.query.annotations.get(amount), "output_field", None), DurationField)
    return _folded(rows, "SUM", amount, DurationField() if is_time else IntegerField())


def _asked(**wanted: Subquery) -> dict[str, Any]:
    """Ask for several numbers at once: they stand beside one row that is always there."""
    beside: Any = ContentType.objects.order_by("pk").values(**wanted)[:1]
    return beside.get() if wanted else {}


def measure(passports: Iterable[Passport], period: Period) -> dict[str, Measured]:
    """Return the value of each indicator for a period."""
    wanted: dict[str, Subquery] = {}
    chosen = list(passports)
    for one in chosen:
        if one.rows is None:
            continue
        found = one.rows(period)
        wanted[f"{one.code}_of_rows"] = _count(found)
        if one.whole:
            wanted[f"{one.code}_of_whole"] = _count(one.whole(period))
        if one.amount:
            wanted[f"{one.code}_of_sum"] = _sum(found, one.amount)
    numbers = _asked(**wanted)
    return {one.code: one.measured(period) if one.measured else _measured(one, period, numbers) for one in chosen}


def _measured(one: Passport, period: Period, numbers: dict[str, Any]) -> Measured:
    rows = numbers[f"{one.code}_of_rows"]
    if one.how is How.COUNT:
        return Measured(rows, rows)
    if one.how is How.SHARE:
        whole = numbers[f"{one.code}_of_whole"]
        return Measured(100 * rows / whole if whole else None, rows, whole)
    if one.how is How.RATE:
        per = one.per(period) if one.per else 0
        return Measured(rows / per if per else None, rows, per)
    total = amount_of(numbers[f"{one.code}_of_sum"])
    if one.how is How.SUM:
        return Measured(total * one.scale, rows, total)
    return Measured(total * one.scale / rows if rows else None, rows, total)


def amount_of(value: Any) -> float:
    """Return an amount as a number; a length of time in days."""
    if isinstance(value, timedelta):
        return value / DAY
    return float(value or 0)


@dataclass(frozen=True)
class PartMeasured:
    """A part of an indicator with its number."""

    part: Part
    rows: int
    value: float | None


def measure_parts(one: Passport, period: Period) -> list[PartMeasured]:
    """Return the parts of an indicator with their numbers, empty ones too; one query for all."""
    if one.parts is None or one.rows is None:
        return []
    parts, found = one.parts(period), one.rows(period)
    wanted = {f"rows_{n}": _count(found.filter(part.within)) for n, part in enumerate(parts)}
    if one.how is How.MEAN:
        wanted |= {f"sum_{n}": _sum(found.filter(part.within), one.amount) for n, part in enumerate(parts)}
    numbers = _asked(**wanted)
    return [
        PartMeasured(part, rows := numbers[f"rows_{n}"], _mean(numbers, n, rows) if one.how is How.MEAN else rows)
        for n, part in enumerate(parts)
    ]


def _mean(numbers: dict[str, Any], n: int, rows: int) -> float | None:
    return amount_of(numbers[f"sum_{n}"]) / rows if rows else None
