"""Items of an order read without knowing its kind: which of an item's keys is filled, and what stands behind it."""

from functools import cache


@cache
def _names() -> tuple[str, ...]:
    from reports.orders.order_kinds.catalog import SUBJECTS

    return tuple(SUBJECTS)


def kind_of(item) -> str:
    """Return which of the item's keys is filled."""
    return next(name for name in _names() if getattr(item, f"{name}_id"))


def subject_of(item):
    """Return the thing that the item enacts."""
    return getattr(item, kind_of(item))


def subjects(order, name: str) -> list:
    """Return what the order enacts of one sort."""
    return [getattr(item, name) for item in order.items.all() if getattr(item, f"{name}_id")]
