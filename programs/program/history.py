"""History of programmes in words; for director and curator also the changed fields."""

import re

from mentoring_site import history as mentoring_site_history
from mentoring_site.russian import rushort
from people.rights import Right
from programs.completion.models import Completion
from programs.journal.models import Meeting
from programs.pairings.confidentiality import reads_all

RESULTS = {"do", "checked", "returned"}
MEETINGS = {"meeting", "confirm_meeting", "drop_meeting"}


def entries(program, user) -> list[dict]:
    """Return the history of a programme, its plan and its completions for ``components/history.html``, newest first.

    In a group a mentee reads nothing of what another did, got back or talked about (п. 1.3, подп. 4).
    """
    fields = user.can(Right.PEOPLE_HISTORY)
    completions = Completion.objects.visible_to(user).filter(program=program)
    objects = [program, *completions, *(program.activities.all() if fields else ())]
    found = mentoring_site_history.entries(objects, fields=fields, keep=_readable(program, user))
    for entry in found:
        entry["changes"] = [_dates(change) for change in entry["changes"]]
    return found


def _readable(program, user):
    """Return the function that tells which acts the user may know of, or None for who reads all."""
    sides = list(program.pairing.participations.all())
    if reads_all(program, user, sides):
        return None
    own = {p.pk for p in sides if p.person_id == user.person_id}
    met = set(Meeting.objects.visible_to(user).filter(program=program).values_list("pk", flat=True))

    def keep(act) -> bool:
        if act.actor_id == user.pk:
            return True
        if act.verb in RESULTS:
            return act.facts.get("participation") in own
        if act.verb in MEETINGS:
            return act.facts.get("meeting") in met or bool(own.intersection(act.facts.get("participations", ())))
        return True

    return keep


def _dates(line: str) -> str:
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda day: rushort(day.group()), line)
