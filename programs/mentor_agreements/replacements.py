"""Who is to replace a mentor: the papers of ТК 351.8 and the consent come before the order, so before
any part in the pair.

Replacements belong to an app above (docs/decisions/0004): they are read through the reverse accessor, to show them.
"""

from people.banks.models import Candidate


def to_lead(person):
    """Return the replacements that will make the person the mentor of a pair or group, with the pair."""
    model = Candidate._meta.get_field("replacements").related_model
    ahead = model.objects.filter(
        candidate__person=person, opened__isnull=True, state__in=["proposed", "ready", "registered"]
    )
    return ahead.select_related("pairing").order_by("since", "pk")
