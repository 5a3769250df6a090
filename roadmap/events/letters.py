"""Letters about events: an invitation asks for an answer while there is none; the others are news."""

from roadmap.events.models import Event, Participant


def _answer_missing(key: str, person: int | None) -> bool:
    waiting = Participant.objects.filter(pk=key, answer=Participant.Answer.NONE, is_present=None)
    return waiting.filter(event__state=Event.State.ANNOUNCED).exists()


NEEDED = {"event_invited": _answer_missing}
NEWS = {"event_moved", "event_cancelled", "event_seat", "event_journey"}
