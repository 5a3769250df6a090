"""Orders read for a page: a query for each subject that occurs in them, and none for the others."""

from collections.abc import Callable, Iterator

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from programs.pairings.models import has_regulation
from reports.orders.models import Order, OrderItem, Visa
from reports.orders.order_kinds.base import OrderSubject
from reports.orders.order_kinds.registry import SUBJECTS


def load_names(orders: list[Order]) -> None:
    """Read the items of orders and what names their subjects in lists; a further order costs no query."""
    prefetch_related_objects(orders, "items")
    for subject, items in _by_subject(orders):
        found = _queryset(subject, subject.list_queryset, subject.list_select_related)
        more = subject.list_prefetches(f"{subject.name}__")
        prefetch_related_objects(items, Prefetch(subject.name, found), *more)


def load_requirements(order: Order) -> None:
    """Read all that requirements and points of an order read, as ``with_requirements()`` does."""
    visas = Visa.objects.with_holding().select_related("person__user", "given_by__person")
    items_of_order = OrderItem.objects.annotate(has_regulation=has_regulation())
    prefetch_related_objects([order], Prefetch("visas", visas), Prefetch("items", items_of_order))
    for subject, items in _by_subject([order]):
        found = _queryset(subject, subject.queryset, subject.select_related)
        more = subject.requirement_prefetches(f"{subject.name}__")
        prefetch_related_objects(items, Prefetch(subject.name, found), *more)


def _by_subject(orders: list[Order]) -> Iterator[tuple[OrderSubject, list[OrderItem]]]:
    """Yield each subject that occurs in the orders with the items that enact it."""
    items = [item for order in orders for item in order.items.all()]
    for subject in SUBJECTS.values():
        if found := [item for item in items if getattr(item, f"{subject.name}_id")]:
            yield subject, found


def _queryset(subject: OrderSubject, own: Callable[[], QuerySet] | None, joins: tuple[str, ...]) -> QuerySet:
    """Return the subjects with what is joined to them; ``joins`` lead from an item: «candidate__person»."""
    if own:
        return own()
    paths = [path.partition("__")[2] for path in joins if "__" in path]
    found: QuerySet = subject.objects.all()
    return found.select_related(*paths) if paths else found
