"""Whom replacements will make mentors: their papers of ТК 351.8 come before the order, so before their part."""

from collections.abc import Iterator

from people.register.models import Person
from programs.changes.replacement.models import Replacement
from programs.mentor_agreements.without_agreement import Term


def of_person(person: Person) -> Iterator[Term]:
    """Yield the terms of the pairs that the person is to lead after a replacement that has not begun yet."""
    ahead = Replacement.objects.filter(
        candidate__person=person,
        opened__isnull=True,
        state__in=[Replacement.State.PROPOSED, Replacement.State.READY, Replacement.State.REGISTERED],
    )
    for change in ahead.select_related("pairing").order_by("since", "pk"):
        yield Term(change.pairing, change.since, change.until or change.pairing.planned_to)
