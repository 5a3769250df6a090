"""Builders of questions how people get on, asked as the clock asks."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from people.school.models import DayOff
from programs.relationship import acts
from programs.relationship.asking import ask_due
from programs.relationship.models import RelationshipAnswer
from tests.programs.journal.kit import meet


def at(days=0, hour=10):
    """Return a moment of a day from today on by the school's clock."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def every_day_is_worked():
    """Make every day around today a day of work."""
    DayOff.objects.all().delete()
    today = timezone.localdate()
    for n in range(-5, 80):
        day = today + timedelta(days=n)
        if day.weekday() > 4:
            DayOff.objects.create(date=day, kind=DayOff.Kind.WORKING, name="рабочий день")


def asked(program, by):
    """Hold the first meeting and let the clock ask; return the questions by part."""
    every_day_is_worked()
    meet(program, by)
    ask_due(at())
    found = RelationshipAnswer.objects.filter(program=program).select_related("participation__person")
    return {one.participation.part: one for one in found.order_by("pk")}


def answered(question, by, level="hard", word=""):
    """Answer a question."""
    return acts.answer(question, by=by, level=level, word=word)
