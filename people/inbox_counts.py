"""What waits for people, by thing.

A room that only wants numbers and yes or no has ``asks(user)``, a dictionary of expressions; the home puts those of all
rooms to the database in one query and hands the answer to ``waiting(user, told)``. A room alone asks for itself.
"""

from people.school.models import School


def told_of(asks: dict) -> School | None:
    """Return the school with the answers as attributes, or None before the first setup; one query."""
    return School.objects.annotate(**asks).first()
