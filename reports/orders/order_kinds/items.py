"""Items of an order by the name of a subject, for the kinds."""


def subjects(order, name: str) -> list:
    """Return what the order enacts of one type."""
    return [getattr(item, name) for item in order.items.all() if getattr(item, f"{name}_id")]
