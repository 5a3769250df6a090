"""Letters of the question: that it waits, and that an answer asks for a talk; what was answered stands in none."""

from mentoring_site.mail import while_there
from programs.relationship.models import RelationshipAnswer


def _asks_for_a_talk(key: str, person: int | None) -> bool:
    return RelationshipAnswer.objects.low().filter(pk=key).exists()


NEEDED = {
    "relationship_asked": while_there(RelationshipAnswer, state=RelationshipAnswer.State.ASKED),
    "relationship_low": _asks_for_a_talk,
}
