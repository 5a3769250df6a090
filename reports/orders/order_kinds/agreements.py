"""Agreements with mentors in orders about their pairs: what is cited, what falls due, which pay still runs (ТК 351.8).

An order of основная деятельность sets and stops no pay: it says which order of личный состав does
(``reports.orders.pay_series``).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import joined, rudate
from people.language.declension import name_in
from people.register.models import Person
from programs.mentor_agreements.models import MentorAgreement
from reports.orders.order_kinds.base import Paper
from reports.orders.order_kinds.context import OrderContext
from reports.orders.order_kinds.people import named
from reports.orders.order_kinds.wording import CODE, executor

WORDS: dict[str, str] = {
    MentorAgreement.Kind.AGREEMENT: "дополнительного соглашения к трудовому договору",
    MentorAgreement.Kind.COOPERATION: "соглашения о сотрудничестве",
    MentorAgreement.Kind.FOUNDER: "соглашения с учредителем",
}


class Leading(NamedTuple):
    """A mentor of a pair or group, the post in which, and the first day of the mentoring where it is known."""

    pairing: Any
    person: Person
    employment: Any
    first: date | None


def led(pairings) -> list[Leading]:
    """Return the mentors of pairs and groups; takes pairings read with ``people``."""
    return [
        Leading(pairing, p.person, p.employment, pairing.planned_from)
        for pairing in pairings
        for p in pairing.people
        if p.part == "mentor" and p.until is None
    ]


def live_agreements(rows: Iterable[Leading]) -> dict[tuple[int, int], MentorAgreement]:
    """Return the live agreements of mentors by pairing and person; one query."""
    wanted = {(row.pairing.pk, row.person.pk) for row in rows}
    found = MentorAgreement.objects.live().filter(pairing__in={pairing for pairing, _ in wanted})
    return {(a.pairing_id, a.person_id): a for a in found if (a.pairing_id, a.person_id) in wanted}


def grounds(rows: list[Leading]) -> list[str]:
    """Return «дополнительного соглашения к трудовому договору с Очировой С. Д. от 05.09.2026 № 14» of signed ones."""
    known = live_agreements(rows)
    return [
        f"{WORDS[a.kind]} с {name_in(row.person, 'instrumental', short=True)} {PaperRef(a.number, a.signed_on)}"
        for row in rows
        if (a := known.get((row.pairing.pk, row.person.pk))) and a.signed_on
    ]


def cited(rows: list[Leading]) -> list[Paper]:
    """Return the signed agreements among the papers that an order rests on."""
    return [
        (f"соглашение с наставником № {a.number}", a.signed_on) for a in live_agreements(rows).values() if a.signed_on
    ]


def due(rows: list[Leading], context: OrderContext, *tasks: str) -> list[dict]:
    """Return the clerk's point: agreements that nobody has signed fall due before the mentoring begins.

    Mentors who are no employees of the school, and those whose job the mentoring is part of, need none.
    """
    known = live_agreements(rows)
    missing = [
        row
        for row in rows
        if row.employment
        and row.employment.organisation_id == context.school.organisation_id
        and not ((a := known.get((row.pairing.pk, row.person.pk))) and (a.signed_on or a.is_exempt))
    ]
    if not missing:
        return executor(context.clerk, context.until(7), *tasks) if tasks else []
    people = list(dict.fromkeys(row.person for row in missing))
    paper, contract = (
        ("дополнительное соглашение", "трудовому договору")
        if len(people) == 1
        else ("дополнительные соглашения", "трудовым договорам")
    )
    whom = f"с {'наставниками ' if len(people) > 1 else ''}{named(people, 'instrumental')}"
    task = f"оформить {paper} к {contract} {whom} (статья 351.8 {CODE})"
    return executor(context.clerk, before_mentoring([row.first for row in missing if row.first], context), task, *tasks)


def before_mentoring(firsts: Iterable[date], context: OrderContext) -> str:
    """Return «не позднее 30 сентября 2026 г., до начала наставничества,» by the first days of the pairs.

    Without a pair yet, or where its day has come, the agreement falls due a week after the order.
    """
    first = min(firsts, default=None)
    last = context.on_or_before(first - timedelta(days=1)) if first else None
    if last and last >= context.day:
        return f"не позднее {rudate(last)}, до начала наставничества,"
    return f"{context.until(7)}, но до начала наставничества,"


def stop_tasks(pairings, after: date) -> list[str]:
    """Return the clerk's tasks: an order of личный состав stops each pay that lasts on ``after`` or longer."""
    running = (
        MentorAgreement.objects.live()
        .filter(pairing__in=[p.pk for p in pairings], kind=MentorAgreement.Kind.AGREEMENT, stop_number="")
        .filter(pay_to__gte=after)
        .exclude(order_number="")
        .select_related("person")
        .prefetch_related("person__name_forms")
        .order_by("pk")
    )
    return [
        "подготовить приказ по личному составу о прекращении выплаты за наставничество"
        f" {name_in(a.person, 'dative', short=True)}, установленной приказом"
        f" {PaperRef(a.order_number, a.order_date)}"
        for a in running
    ]


def set_tasks(pairings) -> list[str]:
    """Return the clerk's tasks: an order of личный состав sets again each pay that an order has stopped."""
    stopped = (
        MentorAgreement.objects.live()
        .filter(pairing__in=[p.pk for p in pairings], kind=MentorAgreement.Kind.AGREEMENT)
        .exclude(stop_number="")
        .select_related("person")
        .prefetch_related("person__name_forms")
        .order_by("pk")
    )
    return [
        "подготовить приказ по личному составу об установлении выплаты за наставничество"
        f" {name_in(a.person, 'dative', short=True)}"
        for a in stopped
    ]


def and_grounds(*found: str) -> str:
    """Return «, на основании …» of what is there, or an empty string."""
    rests = joined([text for text in found if text])
    return f", на основании {rests}" if rests else ""
