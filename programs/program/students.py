"""Which pairings have a program of a form whose mentee is a student on practice: ТК 351.8 is not about them."""

from collections.abc import Iterable

from programs.program.models import Program


def with_students(pairings: Iterable[int]) -> set[int]:
    """Return the keys of those pairings, of the given ones; one query."""
    found = Program.objects.filter(pairing__in=list(pairings), forms__with_student=True)
    return set(found.values_list("pairing", flat=True))
