"""Numbers that no column can hold: what somebody typed into an address or a form finds nothing, and is
no fault of ours.
"""

from django.db.models import IntegerField
from django.db.models.lookups import In

SMALLEST, LARGEST = -(2**63), 2**63 - 1


class InRange(In):
    """``in`` that leaves out what is beyond 64 bits, as Django's other comparisons of integers do."""

    def get_prep_lookup(self):
        """Return the values that a database can be asked about."""
        prepared = super().get_prep_lookup()
        if not self.rhs_is_direct_value():
            return prepared
        return [value for value in prepared if not isinstance(value, int) or SMALLEST <= value <= LARGEST]


def register() -> None:
    """Teach all integer columns; called once when the app is ready."""
    IntegerField.register_lookup(InRange)
