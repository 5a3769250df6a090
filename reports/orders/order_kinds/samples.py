"""What specimens of orders are made of: people and programs that the school has."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from people.consents.models import DUTIES, Consent
from people.register.models import Person
from people.school import workdays
from programs.program.models import Program


def day(days: int = 0) -> date:
    """Return the working day so many days from today: of a day off the next one, in the past the last one."""
    moved = timezone.localdate() + timedelta(days=days)
    return workdays.on_or_before(moved) if days < 0 else workdays.on_or_after(moved)


def consented(person: Person, part: str, matter, *, by) -> None:
    """See to it that somebody has consented to duties: an order that lacks a consent is no specimen."""
    mine = {"person": person, "purpose": DUTIES, "part": part, "matter": matter}
    if not Consent.objects.live().filter(**mine).exists():
        Consent.objects.create(
            **mine,
            text_date=day(-3),
            text="",
            text_sha256="",
            given_on=day(-3),
            form=Consent.Form.PAPER,
            recorded_by=by,
        )


def open_changes(model, key: str):
    """Return the values of a key in changes of this type that are being prepared."""
    return model.objects.filter(state__in=model.OPEN_STATES).values(key)


def running_program(among: QuerySet | None = None) -> Program | None:
    """Return a running program, if there is one that lasts long enough to change anything about it."""
    running = (Program.objects.all() if among is None else among).filter(state=Program.State.RUNNING)
    lasting = running.filter(ends_on__gt=day(45), activities__due_on__gt=day(7)).distinct()
    return lasting.order_by("pk").first() or running.order_by("pk").first()


def unchanged(model) -> QuerySet:
    """Return the programs of which no change of this type is being prepared."""
    return Program.objects.exclude(pk__in=open_changes(model, "program"))


def changed_program(model, *, by, **columns) -> list | None:
    """Return a list with a ready change of a running program, or None without such a program."""
    program = running_program(unchanged(model))
    return (
        [model.objects.create(program=program, state=model.State.READY, created_by=by, **columns)] if program else None
    )


def teachers(number: int) -> list[Person]:
    """Return so many teachers, the first by name."""
    return list(Person.objects.filter(employments__is_teaching=True).distinct().order_by("search")[:number])
