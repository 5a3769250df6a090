"""What one person has to read and has read: orders and acts alike (ТК 22, 68; п. 4.2, 5.2)."""

from dataclasses import dataclass
from datetime import datetime

from mentoring_site.ui.elements import Badge
from people.register.models import Person
from reports.documents.local_acts.models import ActReader
from reports.orders.models import Acquaintance, Order


@dataclass(frozen=True)
class Reading:
    """One line: a paper, when it was read, and how."""

    title: str
    note: str
    url: str
    read_at: datetime | None
    on_paper: bool
    asked_at: datetime | None

    @property
    def badge(self) -> Badge:
        """In a word whether it was read."""
        if self.read_at is None:
            return Badge("не прочитано", "late")
        return Badge("подпись на листе" if self.on_paper else "прочитано", "done")


def readings_of(person: Person) -> list[Reading]:
    """Return what the person has to read, what is unread first; one query for each sort."""
    lines = ActReader.objects.filter(person=person).select_related("act__legal_act")
    acts = [_reading(line, line.act.title, line.act.basis, line.act.created_at) for line in lines]
    issued = Acquaintance.objects.filter(person=person, order__state__in=Order.ISSUED_STATES)
    issued = issued.select_related("order").defer("order__facts", "order__points", "order__preamble")
    orders = [
        _reading(line, line.order.heading, f"приказ {line.order.ref.on_screen}", line.order.registered_at)
        for line in issued
    ]
    found = sorted([*acts, *orders], key=lambda reading: str(reading.asked_at or ""), reverse=True)
    return sorted(found, key=lambda reading: reading.read_at is not None)


def _reading(line: ActReader | Acquaintance, title: str, note: str, asked_at: datetime | None) -> Reading:
    return Reading(title, note, line.paper.get_absolute_url(), line.read_at, line.on_paper, asked_at)
