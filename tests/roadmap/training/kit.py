"""Factories of records of training; what is said of them is invented."""

from datetime import date, timedelta

from django.utils import timezone

from roadmap.training import acts
from roadmap.training.models import Training

TOPIC = "Наставничество в школе искусств: от плана к результату"


def day(n: int = 0) -> date:
    return timezone.localdate() + timedelta(days=n)


def values(**more) -> dict:
    """What a form says of a course."""
    return {
        "kind": "course",
        "topic": TOPIC,
        "host": "Институт развития образования",
        "started_on": day(-20),
        "ended_on": day(-10),
        "hours": 36,
        "form": "remote",
        "document": "course",
        "document_number": "080400012345",
        "document_date": day(-9),
        "about_mentoring": True,
    } | more


def entered(person, *, by, **more) -> Training:
    made = acts.enter(person, by=by, **values(**more))
    return Training.objects.with_requirements().get(pk=made.pk)


def sent(**more) -> dict:
    """What a browser sends."""
    found = values(**more)
    return {
        name: "on" if value is True else value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
        if value not in (None, False)
    }
