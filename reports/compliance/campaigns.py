"""Survey campaigns by name, registered by the feature that holds surveys: how many of how many answered, and where."""

from collections.abc import Callable
from datetime import date

Asked = Callable[[date, date], tuple[int, int, str]]
"""(first day, last day) → answered, asked, address of the campaign."""

CAMPAIGNS: dict[str, Asked] = {}


def register(**campaigns: Asked) -> None:
    """Add campaigns by the names that ``declared.py`` uses: requests, mentors, quality, council."""
    CAMPAIGNS.update(campaigns)
