"""Days that the frozen text of an order names, compared with those of its registration.

The kinds say from which day their text lets a thing hold; the days are frozen with the paper (``facts["terms"]``), so
nothing is read out of sentences. An order that comes into force later than its own text says is refused; one that is
dated after such a day acts backwards, and is registered only when that is confirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as day
from typing import Any

from mentoring_site.russian import full_stop, rudate
from reports.orders.order_kinds.registry import phrase_of, subject_of, subject_type_of


@dataclass(frozen=True)
class Term:
    """What the text of an order lets hold, and from which day."""

    what: str
    since: day


def of_items(order: Any) -> list[Term]:
    """Return the days that the text of an order names for its things. Takes an order read ``with_papers()``."""
    subjects = [subject_of(item) for item in order.items.all()]
    days = [(subject, subject_type_of(subject).begins(subject)) for subject in subjects]
    return [Term(phrase_of(subject), since) for subject, since in days if since]


def frozen(facts: Mapping[str, Any] | None) -> list[Term]:
    """Return the days that stand in the frozen paper."""
    return [Term(row["what"], day.fromisoformat(row["since"])) for row in (facts or {}).get("terms", ())]


def dumped(found: list[Term]) -> list[dict[str, str]]:
    """Return the days as the facts of a paper keep them."""
    return [{"what": term.what, "since": term.since.isoformat()} for term in found]


def first_day(facts: Mapping[str, Any] | None, today: day) -> day:
    """Return from when the order is best in force: the first day that its text names, not before ``today``."""
    return max([today, *([min(term.since for term in found)] if (found := frozen(facts)) else [])])


def disagreeing(facts: Mapping[str, Any] | None, date: day, effective_on: day) -> list[str]:
    """Return a sentence for every day of the text before which the order would come into force too late."""
    return [
        f"В тексте приказа — {term.what}, с {rudate(term.since)}, а действовать он стал бы"
        f" с {full_stop(rudate(effective_on))}"
        f" Укажите «Действует с» не позже {rudate(max(term.since, date))}; если неверен день в тексте, верните приказ в"
        " проекты и составьте текст заново"
        for term in frozen(facts)
        if effective_on > max(term.since, date)
    ]


def backwards(facts: Mapping[str, Any] | None, date: day) -> list[str]:
    """Return a sentence for every day of the text that has passed before the date of the order."""
    return [
        f"В тексте приказа — {term.what}, с {rudate(term.since)}, а приказ датирован {rudate(date)}, позже этого дня."
        " Проверьте дату приказа; если она верна, лучше вернуть приказ в проекты и составить текст заново"
        for term in frozen(facts)
        if date > term.since
    ]
