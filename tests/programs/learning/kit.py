"""Builders of a learning log, through the acts."""

from datetime import timedelta

from django.utils import timezone

from programs.learning import acts
from programs.learning.models import Skill
from programs.learning.moments import due_in
from programs.program.models import Activity, Program
from tests.programs.journal.kit import side

LASTS = 200


def at(program, *, began):
    """Let the program have begun so many days ago; it lasts for two hundred."""
    start = timezone.localdate() - timedelta(days=began)
    end = start + timedelta(days=LASTS)
    values = {"started_on": start, "starts_on": start, "ends_on": end, "earliest_end": end, "latest_end": end}
    Program.objects.filter(pk=program.pk).update(**values)
    Activity.objects.filter(program=program).update(starts_on=None, due_on=end)
    program.refresh_from_db()
    return program


def skills_of(program, n=0):
    """Return the skills of the n-th mentee."""
    return list(Skill.objects.filter(program=program, participation=side(program, n=n)).select_related("difficulty"))


def choose(program, by, *texts, n=0):
    """Choose skills in own words for the n-th mentee."""
    return acts.choose(program, side(program, n=n), by=by, texts=texts)


def rate(program, by, part, value, *, word="", n=0):
    """Rate every skill of the n-th mentee with one value, at the moment that has come."""
    whom = side(program, n=n)
    moment = due_in(program, [whom])[whom.pk].moment
    values = {skill.pk: (value, word) for skill in skills_of(program, n)}
    return acts.rate(program, whom, part, by=by, moment=moment, values=values)
