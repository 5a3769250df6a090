"""The choices of a kind under the name that the initial migration knows; goes when migrations are made anew."""


def choices() -> list[tuple[str, str]]:
    """Return the kinds as choices of a field."""
    from reports.orders.order_kinds import registry

    return registry.choices()
