"""Acts about the answers: given, changed, settled (п. 5.2). The log says that somebody has answered, never what."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.workflow import Refused, perform
from people.accounts.models import User
from people.consents.closed import refuse_closed
from people.roles.letters import mail_person
from programs.relationship.models import RelationshipAnswer
from programs.relationship.readers import readers_of

LONGEST = 1000


@transaction.atomic
def answer(found: RelationshipAnswer, *, by: User, level: str, word: str = "") -> RelationshipAnswer:
    """Answer the question, change one's answer until the next question, or record the paper of somebody.

    Who reads a low answer gets a letter. Raises what ``perform`` raises; ``Refused`` for an unknown answer.
    """
    fresh = locked(found)
    if level not in RelationshipAnswer.Level.values:
        raise Refused("Выберите один из трёх ответов")
    word = (word or "").strip()
    if len(word) > LONGEST:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST} знаков")
    refuse_closed([fresh.participation.person])
    name = "answer" if fresh.state == RelationshipAnswer.State.ASKED else "change"
    columns: dict[str, Any] = {"level": level, "word": word, "answered_at": timezone.now(), "answered_by": by}
    was_low = fresh.is_low
    fresh = perform(fresh, name, by=by, columns=columns)
    if fresh.is_low and not was_low:
        for person in readers_of(fresh.program.pairing):
            if person.pk != by.person_id:
                mail_person(person, "relationship_low", asks=str(fresh.pk), person=person, question=fresh)
    return fresh


@transaction.atomic
def settle(found: RelationshipAnswer, *, by: User) -> RelationshipAnswer:
    """Who reads the answer has talked with the person. Raises what ``perform`` raises."""
    fresh = locked(found)
    columns = {"settled_at": timezone.now(), "settled_by": by}
    return perform(fresh, "settle", by=by, columns=columns)
