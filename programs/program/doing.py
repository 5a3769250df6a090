"""What a participant of a running program marks as done by the next tap (п. 5.2)."""

from django.urls import reverse

from people.accounts.models import User
from programs.pairings.models import Participation
from programs.program.models import Activity, ActivityResult, Program
from programs.program.states import State

MARKED = {ActivityResult.State.DONE, ActivityResult.State.CHECKED}


def do_url(program: Program, activity: Activity, user: User) -> str:
    """Return where the user marks this activity, empty when it is not the user's or is marked already.

    Takes a program ``with_people()``, its pause and the results of the activity read.
    """
    side = _asked(program, activity, user) if program.state == State.RUNNING and not program.paused else None
    if side is None or any(r.participation_id == side.pk and r.state in MARKED for r in activity.results.all()):
        return ""
    return reverse("programs:activity_do", args=[activity.pk, side.pk])


def _asked(program: Program, activity: Activity, user: User) -> Participation | None:
    """Return the mentee for whom the user marks: oneself; the only one, where the mentor did it."""
    here = [p for p in program.pairing.people if p.until is None]
    mentees = [p for p in here if p.part == Participation.Part.MENTEE]
    if activity.responsible != Activity.Responsible.MENTOR:
        return next((p for p in mentees if p.person_id == user.person_id), None)
    leads = any(p.part == Participation.Part.MENTOR and p.person_id == user.person_id for p in here)
    return mentees[0] if leads and len(mentees) == 1 else None


def next_do_url(program: Program, user: User) -> str:
    """Return where the user marks the activity that is due first, empty when there is none."""
    coming = sorted(program.activities.all(), key=lambda a: (a.due_on, a.pk))
    return next((url for activity in coming if (url := do_url(program, activity, user))), "")
