"""Requests in an act of destruction: their words go, that there was a request stays (152-ФЗ, ст. 21; приказ РКН № 179).

Those that the person wrote, and those about the person; what a decision has enacted stands in papers of its own.
"""

from django.db.models import Q, QuerySet

from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from programs.requests import registry
from programs.requests.kinds.base import nobody, nothing
from programs.requests.models import Request

ERASED = "Уничтожено вместе с персональными данными"


def _of(person: Person) -> QuerySet[Request]:
    about = Q(author=person) | Q(person=person)
    for kind in registry.kinds().values():
        if kind.concerns is not nobody:
            about |= Q(kind=kind.code) & kind.concerns(person)
    found = Request.objects.filter(pk__in=Request.objects.filter(about).order_by().values("pk")).exclude(text=ERASED)
    return found.exclude(_any(person, "stays"))


def _any(person: Person, name: str) -> Q:
    """Return the condition of rows that the kinds name by their field ``name``."""
    found = Q(pk__in=[])
    for kind in registry.kinds().values():
        condition = getattr(kind, name)
        if condition is not nobody:
            found |= Q(pk__in=Request.objects.filter(condition(person), kind=kind.code).order_by().values("pk"))
    return found


def _found(person: Person) -> list[str]:
    """What is printed to the person and shown to whoever prepares the act: without what the person does not know of."""
    number = _of(person).exclude(_any(person, "untold")).count()
    return [plural(number, "просьба,просьбы,просьб")] if number else []


def _erase(person: Person) -> int:
    return erase(_of(person))


def erase(rows: QuerySet[Request]) -> int:
    """Destroy the words of requests, also those in the tables of their kinds; return how many there were."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    found = Request.objects.filter(pk__in=keys)
    for kind in registry.kinds().values():
        if kind.erase is not nothing:
            kind.erase(found.filter(kind=kind.code))
    return found.update(text=ERASED, about="", answer="")


DATA = ErasableData("asked", "тексты просьб и предложений", _found, _erase)
