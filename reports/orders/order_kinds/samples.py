"""What specimens of orders are made of: people and programs that the school has."""

from datetime import date, timedelta

from django.utils import timezone

from people.register.models import Person
from programs.program.models import Program


def day(days: int = 0) -> date:
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def open_changes(model, key: str):
    """Return the values of a key in changes of this type that are being prepared."""
    return model.objects.filter(state__in=model.OPEN_STATES).values(key)


def running_program(without=None) -> Program | None:
    """Return a running program, of which no other change of the type ``without`` is being prepared."""
    found = Program.objects.filter(state=Program.State.RUNNING).order_by("pk")
    return found.exclude(pk__in=open_changes(without, "program")).first() if without else found.first()


def changed_program(model, *, by, **columns) -> list | None:
    """Return a list with a ready change of a running program, or None without such a program."""
    program = running_program(without=model)
    return (
        [model.objects.create(program=program, state=model.State.READY, created_by=by, **columns)] if program else None
    )


def teachers(number: int) -> list[Person]:
    """Return so many teachers, the first by name."""
    return list(Person.objects.filter(employments__is_teaching=True).distinct().order_by("search")[:number])
