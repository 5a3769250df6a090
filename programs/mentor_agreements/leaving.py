"""Agreements of a mentor who leaves: they end with the contract that they belong to, and so does the pay (ТК 351.8)."""

from collections.abc import Iterator
from datetime import date

from people.register.leaving import Hanging, Part
from people.register.models import Person
from programs.mentor_agreements.acts import close
from programs.mentor_agreements.models import MentorAgreement


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    for agreement in MentorAgreement.objects.live().filter(person__in=days).order_by("pk"):
        then = "закончится само вместе с трудовым договором"
        if agreement.order_number:
            then += "; выплату прекращает приказ по личному составу"
        what = f"{agreement.get_kind_display().lower()} с наставником"
        yield Hanging(agreement.person_id, what, then, agreement.get_absolute_url(), by_itself=True)


def _end(person: Person, last: date) -> None:
    for agreement in MentorAgreement.objects.live().filter(person=person):
        close(agreement, by=None, on=max(last, agreement.starts_on or last))  # the end may be written down late


PART = Part(_hanging, _end)
