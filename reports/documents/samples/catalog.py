"""One of every paper, filled with what the school has now: for looking through (``manage.py sample_papers``).

A function of ``SAMPLES`` takes nothing and returns the facts of its template; a list of ``(name, facts)`` when
there are several variants of it; None when the school has nothing to fill it with. A test finds a missing line.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mentoring_site.paper_ref import PaperRef
from people.consents import texts as consent_texts
from people.consents.withdrawals import answers
from people.language.declension import post_of
from people.register.models import Person
from people.roles import letterhead
from people.school.models import School
from programs.mentor_agreements import documents as agreement_documents
from reports.documents.samples import data_specimens, specimens
from reports.orders import specimens as order_specimens
from reports.orders.models import Order
from reports.orders.printing.pdf import printed_facts
from roadmap.plan.documents import roadmap_facts
from roadmap.plan.models import Roadmap
from roadmap.practices import documents as practice_documents
from roadmap.practices.models import Practice
from roadmap.regulation.models import Regulation

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FOLDERS = ("documents", "consents")


def templates() -> list[str]:
    """Return the names of all templates of papers; their parts are no papers."""
    found = (path.relative_to(TEMPLATES) for folder in FOLDERS for path in sorted((TEMPLATES / folder).rglob("*.html")))
    return [str(path) for path in found if "parts" not in path.parts]


def samples() -> Iterator[tuple[str, str, dict | None]]:
    """Yield ``(name, template, facts)`` of every paper; facts are None where the school has nothing to fill it with."""
    for template in templates():
        made = SAMPLES[template]() if template in SAMPLES else None
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
    found: dict[str, tuple[int, dict]] = {}
    written = Order.objects.filter(facts__isnull=False, from_paper=False)  # the text of those made on paper is not here
    for order in written.order_by("state", "-registered_at", "-pk"):
        size = len(str(order.facts))
        if order.kind not in found or size > found[order.kind][0]:
            found[order.kind] = size, printed_facts(order)
    return [(kind, facts) for kind, (_, facts) in sorted(found.items())] + order_specimens.missing(found)


def _roadmap():
    found = Roadmap.objects.order_by("-school_year", "-pk").first()
    return roadmap_facts(found) if found else None


def _consent(purpose: str):
    person = specimens.teacher()
    if person is None:
        return None
    return consent_texts.paper_facts(person, purpose, matter_words="в паре с Лиджиевой Кермен Бадмаевной")


WITHDRAWALS = {
    "обработка": ("processing", [], "на обработку персональных данных"),
    "распространение": ("dissemination", ["фотография"], "на распространение персональных данных"),
    "обязанности": ("duties", [], "на выполнение обязанностей наставника"),
}


def _withdrawals() -> list | None:
    person = specimens.teacher()
    if person is None:
        return None
    today = timezone.localdate().isoformat()
    facts = {
        "school": consent_texts.operator_facts(),
        "person": consent_texts.person_facts(person),
        "director": consent_texts.director_facts(),
        "reason": None,
        "date": None,
        "mark": None,
    }
    return [
        (name, facts | {"purpose": purpose, "fields": fields, "consent": {"title": title, "date": today}})
        for name, (purpose, fields, title) in WITHDRAWALS.items()
    ]


def _answer() -> dict | None:
    person, today = specimens.teacher(), timezone.localdate()
    return answers.facts_of(person, given=today, received=today, destroys=True) if person else None


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
    ground = f"утверждено приказом {PaperRef(regulation.order_number, regulation.order_date)}"
    return {
        "school": letterhead.school_facts(),
        "title": "Положением о системе наставничества педагогических работников",
        "basis": ground if regulation.order_number else "",
        "people": [{"name": p.full_name, "post": post_of(p)} for p in Person.objects.order_by("search")[:40]],
    }


def _practice():
    found = Practice.objects.with_requirements().order_by("-published_at", "-pk").first()
    return practice_documents.facts(found, whole=False) if found else None


SAMPLES: dict[str, Callable] = {
    "documents/order.html": _orders,
    "documents/roadmap.html": _roadmap,
    "documents/program.html": specimens.program,
    "documents/figures.html": specimens.figures,
    "documents/folder_act.html": specimens.folder_act,
    "documents/indicators.html": specimens.indicators,
    "documents/monitoring.html": specimens.monitoring,
    "documents/statistics.html": specimens.statistics,
    "documents/compliance.html": specimens.compliance,
    "documents/inventory.html": specimens.inventory,
    "documents/survey_form.html": specimens.survey_form,
    "documents/survey_results.html": specimens.survey_results,
    "documents/annual_report.html": specimens.annual_report,
    "documents/withdrawal.html": _withdrawals,
    "documents/withdrawal_answer.html": _answer,
    "documents/data_answer.html": data_specimens.answer,
    "documents/data_extension.html": data_specimens.extension,
    "documents/incident.html": data_specimens.incident,
    "documents/explanation_demand.html": specimens.explanation_demand,
    "documents/operator_notice.html": data_specimens.operator,
    "documents/slip.html": _slips,
    "documents/acquaintance.html": _acquaintance,
    "documents/demo_scan.html": dict,
    "documents/mentor_assignment.html": partial(specimens.labour, agreement_documents.assignment),
    "documents/mentor_agreement.html": partial(specimens.labour, agreement_documents.paper),
    "documents/mentor_cooperation.html": partial(specimens.labour, agreement_documents.paper, "cooperation"),
    "documents/partner_agreement.html": specimens.partner_agreement,
    "documents/mentor_founder_letter.html": partial(specimens.labour, agreement_documents.paper, "founder"),
    "documents/mentor_refusal.html": partial(specimens.notice, "worker"),
    "documents/mentor_cancellation.html": partial(specimens.notice, "employer"),
    "documents/destruction.html": specimens.destruction,
    "documents/consent_register.html": specimens.consent_register,
    "documents/protocol.html": specimens.protocol,
    "documents/journal.html": specimens.orders_journal,
    "documents/minutes.html": specimens.minutes,
    "documents/attendance.html": specimens.attendance,
    "documents/event_minutes.html": specimens.event_minutes,
    "documents/extract.html": specimens.extract,
    "documents/hours_memo.html": specimens.hours_memo,
    "documents/observation.html": specimens.observation,
    "documents/practice.html": _practice,
    "documents/mentor_report.html": partial(specimens.completion, specimens.report),
    "documents/mentee_review.html": partial(specimens.completion, specimens.review),
    "consents/processing/2026-09-01.html": partial(_consent, "processing"),
    "consents/processing/2026-12-01.html": partial(_consent, "processing"),
    "consents/duties_mentor/2026-09-01.html": partial(_consent, "duties"),
    "consents/duties_mentee/2026-09-01.html": partial(_consent, "duties"),
    "consents/dissemination/2026-09-01.html": partial(_consent, "dissemination"),
    "consents/dissemination/2026-11-26.html": partial(_consent, "dissemination"),
}
