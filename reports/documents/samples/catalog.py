"""One of every paper, filled with what the school has now: for looking through (``manage.py sample_papers``).

Each room may have a module ``papers`` with ``SAMPLES = {"documents/x.html": function}``; its line goes before one here.
A function takes nothing and returns the facts of its template; a list of ``(name, facts)`` when there are several sorts
of the paper; None when the school has nothing to fill it with. A test finds a template that has no line.
"""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import rushort
from people.consents import texts as consent_texts
from people.language.declension import post_of
from people.register.models import Person
from people.school.models import School
from programs.mentor_agreements import documents as agreement_documents
from reports.documents.samples import specimens
from reports.orders import specimens as order_specimens
from reports.orders.models import Order
from roadmap.plan.documents import roadmap_facts
from roadmap.plan.models import Roadmap
from roadmap.regulation.models import Regulation

ROOMS = ("people", "programs", "roadmap")
TEMPLATES = Path(settings.BASE_DIR) / "templates"
FOLDERS = ("documents", "consents")


def templates() -> list[str]:
    """Return the names of all templates of papers; their parts are no papers."""
    found = (path.relative_to(TEMPLATES) for folder in FOLDERS for path in sorted((TEMPLATES / folder).rglob("*.html")))
    return [str(path) for path in found if "parts" not in path.parts]


def sources() -> dict[str, Callable]:
    """Return ``{template: function}`` of all rooms."""
    known = dict(SAMPLES)
    for room in ROOMS:
        name = f"{room}.papers"
        if find_spec(name):
            known |= getattr(import_module(name), "SAMPLES", {})
    return known


def samples() -> Iterator[tuple[str, str, dict | None]]:
    """Yield ``(name, template, facts)`` of every paper; facts are None where the school has nothing to fill it with."""
    known = sources()
    for template in templates():
        made = known[template]() if template in known else None
        name = template.removesuffix(".html").replace("/", " ")
        if isinstance(made, list):
            yield from ((f"{name} {which}", template, facts) for which, facts in made)
            if made:
                continue
            made = None
        yield name, template, made


# --- the papers that exist


def _orders() -> list:
    """The largest order of each kind, registered or at least frozen; of other kinds a sample that is undone."""
    found = {}
    for order in Order.objects.filter(facts__isnull=False).order_by("state", "-registered_at", "-pk"):
        size = len(str(order.facts))
        if order.kind not in found or size > found[order.kind][0]:
            found[order.kind] = size, order.facts
    return [(kind, facts) for kind, (_, facts) in sorted(found.items())] + order_specimens.missing(found)


def _roadmap():
    found = Roadmap.objects.order_by("-school_year", "-pk").first()
    return roadmap_facts(found) if found else None


def _consent(purpose: str):
    person = specimens.teacher()
    if person is None:
        return None
    return consent_texts.paper_facts(person, purpose, matter_words="в паре с Лиджиевой Кермен Бадмаевной")


def _withdrawals():
    person = specimens.teacher()
    if person is None:
        return None
    facts = {
        "school": consent_texts.school_facts(School.get()),
        "person": consent_texts.person_facts(person),
        "director": consent_texts.director_facts(),
        "reason": None,
        "date": None,
        "mark": None,
    }
    today = timezone.localdate().isoformat()
    return [
        (
            "обработка",
            facts
            | {
                "purpose": "processing",
                "fields": [],
                "consent": {"title": "на обработку персональных данных", "date": today},
            },
        ),
        (
            "распространение",
            facts
            | {
                "purpose": "dissemination",
                "fields": ["фотография"],
                "consent": {"title": "на распространение персональных данных", "date": today},
            },
        ),
        (
            "обязанности",
            facts
            | {
                "purpose": "duties",
                "fields": [],
                "consent": {"title": "на выполнение обязанностей наставника", "date": today},
            },
        ),
    ]


def _slips():
    people = list(Person.objects.order_by("pk")[:10])
    school = School.get()
    if not people or school is None:
        return None
    until, address = timezone.localdate().isoformat(), settings.SITE_URL + reverse("people:invitation_code")
    rows = [
        {"name": p.full_name, "post": post_of(p), "code": f"ОБРАЗЕЦ-{n:02}", "until": until, "url": address}
        for n, p in enumerate(people, 1)
    ]
    return {"school": {"short_name": school.organisation.short_name}, "site": address, "slips": rows}


def _acquaintance():
    regulation, school = Regulation.objects.order_by("-order_date").first(), School.get()
    if regulation is None or school is None:
        return None
    ground = f"утверждено приказом от {rushort(regulation.order_date)} № {regulation.order_number}"
    return {
        "school": {"short_name": school.organisation.short_name},
        "title": "Положением о системе наставничества педагогических работников",
        "basis": ground if regulation.order_number else "",
        "people": [{"name": p.full_name, "post": post_of(p)} for p in Person.objects.order_by("search")[:40]],
    }


SAMPLES = {
    "documents/order.html": _orders,
    "documents/roadmap.html": _roadmap,
    "documents/program.html": specimens.program,
    "documents/withdrawal.html": _withdrawals,
    "documents/slip.html": _slips,
    "documents/acquaintance.html": _acquaintance,
    "documents/demo_scan.html": dict,
    "documents/labour_assignment.html": partial(specimens.labour, agreement_documents.assignment),
    "documents/labour_agreement.html": partial(specimens.labour, agreement_documents.paper),
    "documents/labour_cooperation.html": partial(specimens.labour, agreement_documents.paper, "cooperation"),
    "documents/labour_founder.html": partial(specimens.labour, agreement_documents.paper, "founder"),
    "documents/labour_refusal.html": partial(specimens.notice, "worker"),
    "documents/labour_cancel.html": partial(specimens.notice, "employer"),
    "documents/destruction.html": specimens.destruction,
    "documents/consent_register.html": specimens.consent_register,
    "documents/protocol.html": specimens.protocol,
    "documents/journal.html": specimens.orders_journal,
    "documents/minutes.html": specimens.minutes,
    "documents/extract.html": specimens.extract,
    "documents/hours_memo.html": specimens.hours_memo,
    "documents/mentor_report.html": partial(specimens.completion, specimens.report),
    "documents/mentee_review.html": partial(specimens.completion, specimens.review),
    "consents/processing/2026-09-01.html": partial(_consent, "processing"),
    "consents/duties_mentor/2026-09-01.html": partial(_consent, "duties"),
    "consents/duties_mentee/2026-09-01.html": partial(_consent, "duties"),
    "consents/dissemination/2026-09-01.html": partial(_consent, "dissemination"),
    "consents/dissemination/2026-11-26.html": partial(_consent, "dissemination"),
}
