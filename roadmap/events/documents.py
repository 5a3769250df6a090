"""Facts of the papers of events: the sheet with signatures, the short minutes (п. 3.3, 3.4)."""

from typing import Any

from mentoring_site.russian import rutime, upper_first
from people.language.declension import post_of
from people.roles.letterhead import school_facts
from roadmap.events.models import Event, Participant

GENITIVE = {
    Event.Kind.SESSION: "установочной сессии",
    Event.Kind.CONSULTATION: "консультации",
    Event.Kind.SEMINAR: "семинара",
    Event.Kind.TRAINING: "тренинга",
    Event.Kind.LESSON: "открытого урока",
    Event.Kind.CONFERENCE: "конференции",
    Event.Kind.ROUND_TABLE: "круглого стола",
    Event.Kind.SPEED: "встречи скоростного наставничества",
    Event.Kind.COORDINATION: "координационного совещания с партнёрами",
    Event.Kind.FORUM: "форума",
    Event.Kind.WEBINAR: "вебинара",
}
EMPTY_LINES = 8
"""Lines of a printed sheet for those who come without an invitation."""


def _head(event: Event) -> dict[str, Any]:
    host = event.host
    return {
        "school": school_facts(),
        "kind": GENITIVE[Event.Kind(event.kind)],
        "title": event.title,
        "date": str(event.starts_on),
        "until": str(event.ends_on) if event.ends_on != event.starts_on else "",
        "time": f"{rutime(event.starts_at)}{f'–{rutime(event.ends_at)}' if event.ends_at else ''}"
        if event.starts_at
        else "",
        "place": event.place,
        "host": {"post": upper_first(post_of(host)), "name": host.signature_name} if host else {"post": "", "name": ""},
    }


def sheet_facts(event: Event, address: str = "") -> dict[str, Any]:
    """Return what ``documents/attendance.html`` reads; ``address`` of the code at the door, or an empty string."""
    rows = event.participants.exclude(answer=Participant.Answer.NO).select_related("person")
    people = [row.person for row in rows]
    return _head(event) | {
        "people": [{"name": person.full_name, "post": post_of(person)} for person in people],
        "empty": [""] * EMPTY_LINES,
        "door": address,
    }


def minutes_facts(event: Event) -> dict[str, Any]:
    """Return what ``documents/event_minutes.html`` reads."""
    present = [row.person.short_name for row in event.participants.present().select_related("person")]
    return _head(event) | {
        "aim": event.aim,
        "partners": event.partners_words,
        "present": present,
        "programme": [line.strip() for line in event.programme.splitlines() if line.strip()],
        "discussed": event.discussed,
        "decisions": [line.strip() for line in event.decisions.splitlines() if line.strip()],
        "results": event.results,
    }
