"""Orders read for a page: a query for each subject that occurs in them, and none for the others."""

from collections.abc import Callable

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from programs.pairings.models import has_regulation
from reports.orders.models import Order, OrderItem, Visa
from reports.orders.order_kinds.base import OrderSubject
from reports.orders.order_kinds.registry import SUBJECTS


def load_names(orders: list[Order]) -> None:
    """Read the items of orders and what names their subjects in lists; a further order costs no query."""
    prefetch_related_objects(orders, "items")
    for subject in _occurring(orders):
        found = _queryset(subject, subject.list_queryset, subject.list_select_related)
        before = f"items__{subject.name}"
        prefetch_related_objects(orders, Prefetch(before, found), *subject.list_prefetches(f"{before}__"))


def load_requirements(order: Order) -> None:
    """Read all that requirements and points of an order read, as ``with_requirements()`` does."""
    visas = Visa.objects.with_holding().select_related("person__user", "given_by__person")
    items = OrderItem.objects.annotate(has_regulation=has_regulation())
    prefetch_related_objects([order], Prefetch("visas", visas), Prefetch("items", items))
    for subject in _occurring([order]):
        found = _queryset(subject, subject.queryset, subject.select_related)
        before = f"items__{subject.name}"
        prefetch_related_objects([order], Prefetch(before, found), *subject.requirement_prefetches(f"{before}__"))


def _occurring(orders: list[Order]) -> list[OrderSubject]:
    items = [item for order in orders for item in order.items.all()]
    return [s for s in SUBJECTS.values() if any(getattr(item, f"{s.name}_id") for item in items)]


def _queryset(subject: OrderSubject, own: Callable[[], QuerySet] | None, joins: tuple[str, ...]) -> QuerySet:
    """Return the subjects with what is joined to them; ``joins`` lead from an item: «candidate__person»."""
    if own:
        return own()
    paths = [path.partition("__")[2] for path in joins if "__" in path]
    found: QuerySet = subject.objects.all()  # type: ignore[arg-type]
    return found.select_related(*paths) if paths else found
