"""What a paper remembers: facts of an order frozen when it goes to signature (house, section 3)."""

import hashlib
import json

from django.conf import settings
from django.urls import reverse

from mentoring_site.russian import rushort
from people.declined import post_of
from people.models import School
from reports.orders.appendices import build, concerned
from reports.workflows import kind_of


def of(order) -> dict:
    """Return the facts of a draft or agreed order: names in their cases, posts, dates; number and date are blank."""
    school = School.get()
    return {
        "school": {
            "founder": school.founder,
            "full_name": school.organisation.name,
            "short_name": school.organisation.short_name,
            "city": school.organisation.city,
        },
        "kind": "Приказ",
        "heading": order.heading,
        "preamble": order.preamble,
        "points": order.points,
        "signer": {"post": order.signer_post, "name_before": order.signer.signature_name if order.signer else ""},
        "number": None,
        "date": None,
        "place": f"г. {school.organisation.city}" if school.organisation.city else "",
        "visas": [
            {
                "post": v.post,
                "name_before": v.person.signature_name,
                "date": str(v.given_at.date()) if v.given_at else None,
            }
            for v in order.visas.all()
        ],
        "acquaintance": [
            {"name": person.full_name, "post": post or post_of(person)} for person, post in concerned(order).items()
        ],
        "executor": {"name": order.executor.full_name, "phone": school.phone} if order.executor else None,
        "appendices": build(order),
        "register_url": None,
        "code": order.code,
        "cited": [{"what": what, "date": str(day)} for what, day in cited(order, school)],
    }


def registered(order, *, number: str, date) -> dict:
    """Return the frozen facts with what registration adds: number, date and the address of the register entry."""
    return order.facts | {
        "number": number,
        "date": str(date),
        "register_url": settings.SITE_URL + reverse("public:verify", args=[order.code]),
    }


def sha256(facts: dict) -> str:
    """Return the hash of facts, independent of the order of keys."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def cited(order, school) -> list[tuple[str, object]]:
    """Return the dated papers that the order rests on: it may not be dated before any of them."""
    from people.models import Consent

    papers = [("приказ об утверждении Положения", school.regulation_date)] if school.regulation_date else []
    for item in order.items.all():
        subject = getattr(item, kind_of(item))
        if item.candidate_id:
            consents = Consent.objects.live().filter(person=subject.person_id, purpose="duties", part="mentor")
            papers += [(f"согласие {subject.person.short_name}", c.given_on) for c in consents]
        if item.pairing_id:
            papers += [
                (f"согласие {c.person.short_name}", c.given_on)
                for c in Consent.objects.live().filter(purpose="duties", matter=subject.uuid).select_related("person")
            ]
        if item.pairing_id or item.program_id:
            papers += (
                [(f"протокол методического совета № {subject.minutes_number}", subject.minutes_date)]
                if subject.minutes_date
                else []
            )
        if item.program_id:
            papers.append((f"приказ о закреплении № {subject.pairing.order_number}", subject.pairing.order_date))
        if item.completion_id:
            papers.append(
                (f"приказ об утверждении программы № {subject.program.order_number}", subject.program.order_date)
            )
            papers += [("заявление", subject.notice_on)] if subject.notice_on else []
    return sorted(set(papers), key=lambda paper: (str(paper[1]), paper[0]))


def too_early(facts: dict, date) -> list[str]:
    """Return a sentence for every cited paper that is later than ``date``."""
    from datetime import date as day

    return [
        f"Приказ не может быть датирован раньше бумаги, на которую ссылается: {paper['what']} от {rushort(day.fromisoformat(paper['date']))}"
        for paper in facts.get("cited", [])
        if day.fromisoformat(paper["date"]) > date
    ]
