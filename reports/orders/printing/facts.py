"""What a paper remembers: facts of an order frozen when it goes to signature (docs/decisions/0003)."""

from datetime import date as day

from django.conf import settings
from django.utils import timezone

from mentoring_site.hashing import sha256_of_json
from mentoring_site.pdf.marks import EDITION
from mentoring_site.russian import rushort, rutime
from people.roles import letterhead
from people.school.models import School
from reports.orders import contents
from reports.orders.models import Order
from reports.orders.order_kinds.appendices import labelled
from reports.orders.order_kinds.registry import KINDS
from reports.orders.registration import terms


def of(order: Order) -> dict:
    """Return the facts of a draft or agreed order: names in their cases, posts, dates; number and date are blank.

    Takes an order read ``with_papers()``.
    """
    school = School.get()
    return {
        "school": letterhead.school_facts(),
        "kind": "Приказ",
        "heading": order.heading,
        "preamble": order.preamble,
        "points": order.points,
        "signer": {"post": order.signer_post, "name_before": order.signer.signature_name if order.signer else ""},
        "number": None,
        "date": None,
        "place": letterhead.place(),
        "visas": [_visa(v) for v in order.visas.all()],
        "acquaintance": contents.on_the_sheet(order),
        "executor": {"name": order.executor.full_name, "phone": school.phone} if order.executor else None,
        "appendices": labelled(KINDS[order.kind].appendices(order)),
        "register_url": None,
        "code": order.code,
        "terms": terms.dumped(terms.of_items(order)),
        "cited": [{"what": what, "date": str(on)} for what, on in cited(order, school)],
    }


def _visa(visa) -> dict:
    """A visa given in the application is stated as such, never drawn as a signature
    (docs/law.md#orders-visas-and-acquaintance).
    """
    row = {"post": visa.post, "name_before": visa.person.signature_name, "date": None, "mark": ""}
    if visa.given_at:
        row["date"] = str(timezone.localdate(visa.given_at))
        if visa.given_by.person_id == visa.person_id:
            moment = f"{rushort(visa.given_at)} в {rutime(visa.given_at)}"
            row["mark"] = f"Завизировано в информационной системе {moment}"
    return row


def verify_url(order: Order) -> str:
    """Return the address of the register entry: it stands on signed papers, so it may never change."""
    return f"{settings.SITE_URL}/verify/{order.code}/"


def edition_of(order: Order) -> str:
    """Return the edition of frozen facts that stands on the sheets: the same at signature and after registration."""
    if not order.facts:
        return ""
    return sha256_of_json(order.facts | {"number": None, "date": None, "register_url": None})[:EDITION]


def registered(order: Order, *, number: str, date) -> dict:
    """Return the frozen facts with what registration adds: number, date and the address of the register entry."""
    return order.facts | {"number": number, "date": str(date), "register_url": verify_url(order)}


def cited(order: Order, school) -> list[tuple[str, day]]:
    """Return the dated papers that the order rests on: it may not be dated before any of them."""
    papers = [("приказ об утверждении Положения", school.regulation_date), *contents.cited_papers(order)]
    return sorted({p for p in papers if p[1]}, key=lambda paper: (str(paper[1]), paper[0]))


def too_early(facts: dict, date) -> list[str]:
    """Return a sentence for every cited paper that is later than ``date``."""
    return [
        "Приказ не может быть датирован раньше бумаги, на которую ссылается: "
        f"{paper['what']} от {rushort(day.fromisoformat(paper['date']))}"
        for paper in facts.get("cited", [])
        if day.fromisoformat(paper["date"]) > date
    ]
