"""What can go into an order now, and what still stands in the way of the rest (law-and-documents.md, 1.4)."""

from dataclasses import dataclass, field

from mentoring_site.russian import joined, period
from mentoring_site.workflow import Complaint, complaints
from people.models import Candidate
from programs.access import required_people
from programs.models import Completion, Pairing, Program
from programs.pairings import obstacles, pairing_title
from reports.models import Order, OrderItem
from reports.orders.drafts import ABOUT, OPEN
from reports.workflows import ENACTS, MOMENTS
from roadmap.models import Roadmap


@dataclass
class Ready:
    """One thing that an order could enact: its words, its page, and what is missing."""

    subject: object
    title: str
    note: str
    url: str
    missing: list[Complaint] = field(default_factory=list)
    order: Order | None = None  # an unsigned order that has it already

    @property
    def is_ready(self) -> bool:
        """Whether it can be put into an order now."""
        return not self.missing and self.order is None


def waiting_for(kind: str) -> list[Ready]:
    """Return everything in the state that an order of this kind enacts, ready or not, the oldest first."""
    name = ABOUT[kind].__name__.lower()
    found = [LOOKS[kind](subject) for subject in _queryset(kind)]
    taken = OrderItem.objects.filter(order__state__in=OPEN, **{f"{name}__in": [r.subject for r in found]})
    orders = {getattr(item, f"{name}_id"): item.order for item in taken.select_related("order")} if found else {}
    for row in found:
        row.order = orders.get(row.subject.pk)
        if row.order is None:
            row.missing = _missing(kind, row.subject)
    return found


def _queryset(kind):
    """What waits, with what requirements of its enactment read and nothing else."""
    states = MOMENTS[ABOUT[kind].__name__.lower()]
    if kind == "appointment":
        found = Candidate.objects.with_requirements().prefetch_related(None).prefetch_related("topics")
        return found.filter(part="mentor", state__in=states).order_by("decided_at", "pk")
    if kind == "assignment":
        found = Pairing.objects.with_requirements(topics=False)
        return found.filter(state__in=states).order_by("minutes_date", "pk")
    if kind == "programs":
        found = Program.objects.with_requirements().prefetch_related(None).select_related("pairing")
        found = found.prefetch_related(required_people("pairing__"))
        return found.filter(state__in=states).order_by("minutes_date", "pk")
    if kind == "completion":
        return Completion.objects.with_requirements().filter(state__in=states).order_by("created_at", "pk")
    return Roadmap.objects.with_requirements().filter(state__in=states).order_by("school_year", "pk")


def _missing(kind, subject):
    if kind == "assignment":
        return obstacles(subject, appointing=[p.candidate_id for p in subject.people])
    return complaints(subject, ENACTS[type(subject).__name__.lower()])


def _candidate(c):
    return Ready(c, c.person.full_name, joined([t.name for t in c.topics.all()]), c.get_absolute_url())


def _pairing(p):
    return Ready(p, pairing_title(p), f"{p.get_kind_display()} · {period(p.planned_from, p.planned_to)}", p.get_absolute_url())


def _program(p):
    return Ready(p, f"«{p.title}»", f"{pairing_title(p.pairing)} · {period(p.starts_on, p.ends_on)}", p.get_absolute_url())


def _completion(c):
    return Ready(
        c, c.participation.person.full_name, f"«{c.program.title}» · {c.get_reason_display()}", c.program.get_absolute_url()
    )


def _roadmap(r):
    return Ready(r, str(r), "", r.get_absolute_url())


LOOKS = {
    "appointment": _candidate,
    "assignment": _pairing,
    "programs": _program,
    "completion": _completion,
    "roadmap": _roadmap,
}
