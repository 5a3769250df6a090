"""Reads the whole text of an order before it is signed (docs/law.md#orders-text).

It finds words of a template, citations that the legal base does not know or that are out of force on the day, numbers
and dates that differ between the order and its appendices, and former names of the school. What must not be signed is
refused with its place; a citation or a word that is right after all is let stand with a reason (``acts.overrule``).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from mentoring_site.history import former_values
from mentoring_site.russian import MONTHS, joined, rushort
from people.school.models import School
from reports.orders.order_kinds.appendices import labelled
from reports.orders.order_kinds.registry import KINDS, SUBJECTS
from reports.orders.text_check.leftovers import former_names, leftovers, other_schools
from roadmap.legal_base.citations import Base, Problem, found_in, plain
from roadmap.legal_base.models import LegalAct

KEPT = ("regulation", "curator", "e_consents")
"""Orders whose number and date stand among the particulars of the school."""
STARTS = 40
"""Characters of a paragraph by which an appendix's place is named."""
_DATE = rf"\d{{1,2}}(?:\.\d{{2}}\.|\s(?:{'|'.join(MONTHS)})\s)\d{{4}}"
_OWN_ORDER = re.compile(
    rf"\bприказ\w*\s(?:[^№;.\n]{{0,60}}\s)?от\s(?P<date>{_DATE})(?:\s?г\.)?\s№\s?(?P<number>[\w./-]*\w)"
)
_APPENDIX = re.compile(r"приложени\w+\s№?\s?(?P<number>\d{1,2})(?!\d|\s*к\s(?!настоящ))", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """A piece of the paper: where it stands, its text, and whether it stands in an appendix (1 is the first)."""

    place: str
    text: str
    appendix: int = 0


@dataclass(frozen=True)
class Finding:
    """One thing that the check has found.

    ``refuses``: the order goes no further with it. ``open``: a person may let it stand with a reason.
    """

    place: str
    words: str
    key: str
    refuses: bool = True
    open: bool = True
    url: str = ""
    link: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"


@dataclass(frozen=True)
class Report:
    """What a check has found, and what was let stand: pairs of a finding and its ``Overruled``."""

    findings: tuple[Finding, ...]
    let_stand: tuple[tuple[Finding, Any], ...]

    @property
    def refusals(self) -> list[Finding]:
        """What must be mended or let stand before the order goes on."""
        return [finding for finding in self.findings if finding.refuses]

    @property
    def warnings(self) -> list[Finding]:
        """What a careful reader looks at once more."""
        return [finding for finding in self.findings if not finding.refuses]


def check(order: Any) -> Report:
    """Return what is found in the text of a draft or agreed order as it stands, read once for each object."""
    known = order.__dict__.get("_text_report")
    if known is None:
        known = order.__dict__["_text_report"] = _report(_with_papers(order))
    return known


def _with_papers(order: Any) -> Any:
    """Return the order with all that its appendices read; one read for its page, about things of one type, is read on.

    What is prefetched already is not read again, so an order about several types is read afresh.
    """
    if "items" in getattr(order, "_prefetched_objects_cache", {}):
        items = order.items.all()
        subjects = [s for s in SUBJECTS.values() if any(getattr(item, f"{s.name}_id") for item in items)]
        if len(subjects) == 1:
            prefetch_related_objects([order], *subjects[0].appendix_prefetches(f"items__{subjects[0].name}__"))
            return order
    return type(order).objects.with_papers().get(pk=order.pk)


def _report(order: Any) -> Report:
    overruled = {row.key: row for row in order.overruled.select_related("made_by__person")}
    found = list({finding.key: finding for finding in findings(order)}.values())
    return Report(
        tuple(finding for finding in found if not (finding.open and finding.key in overruled)),
        tuple((f, overruled[f.key]) for f in found if f.open and f.key in overruled),
    )


def passages(order: Any, appendices: list[dict]) -> Iterator[Passage]:
    """Yield every piece of the text of an order and of its appendices with its place."""
    yield Passage("Заголовок", order.heading)
    yield Passage("Преамбула", order.preamble)
    for number, row in enumerate(order.points, 1):
        yield Passage(f"Пункт {number}", row["text"])
        for n, line in enumerate(row["subpoints"], 1):
            yield Passage(f"Пункт {number}.{n}", line)
    for number, sheet in enumerate(appendices, 1):
        name = f"{sheet['label']} {sheet['to']}" if "to" in sheet else sheet["label"]
        yield Passage(name, f"{sheet['title']}\n{sheet['note']}", number)
        for paragraph in sheet["text"]:
            yield Passage(f"{name}, «{_start(paragraph)}»", paragraph, number)
        for n, row in enumerate(sheet["rows"], 1):
            yield Passage(f"{name}, строка {n} таблицы", "\n".join(str(cell) for cell in row), number)


def _start(paragraph: str) -> str:
    text = paragraph.removeprefix("# ").replace("«", "„").replace("»", "“")
    return text if len(text) <= STARTS else f"{text[:STARTS].rsplit(' ', 1)[0]}…"


def findings(order: Any) -> Iterator[Finding]:
    """Yield what is found in an order read ``with_papers()``."""
    appendices = labelled(KINDS[order.kind].appendices(order))
    pieces = [piece for piece in passages(order, appendices) if piece.text.strip()]
    school, day = School.get(), timezone.localdate()
    base = Base.of_school(school)
    former = _former_names(school)
    for piece in pieces:
        for words in leftovers(piece.text):
            yield _finding(order, piece, f"осталось «{words}»", f"left|{words}", open=bool(piece.appendix))
        for problem in base.problems(piece.text, day):
            yield _citation(order, piece, problem)
        for act in base.acts:
            if act.misprint and _has(piece.text, act.misprint):
                words = f"«{act.misprint}» — ошибочное написание, правильно: {act.name}"
                yield _finding(order, piece, words, f"misprint|{act.pk}", url=act.get_absolute_url())
        for name in former_names(piece.text, former, [school.name, school.short_name] if school else []):
            yield _finding(order, piece, f"прежнее название школы «{name}»", f"name|{name}")
        if school and piece.appendix and KINDS[order.kind].settles_doubts:  # the Положение is about this school alone
            for name in other_schools(piece.text, [school.name, school.short_name]):
                words = f"другая школа: «{name}», а не «{school.short_name}»"
                yield _finding(order, piece, words, f"school|{name}", refuses=False)
    yield from _wrong_appendices(order, pieces, sum("to" not in sheet for sheet in appendices))
    yield from _disagreements(order, pieces)
    yield from _wrong_orders(order, pieces, school)


def acts_cited(facts: dict) -> set[LegalAct]:
    """Return the acts of the legal base that the frozen facts of an order cite."""
    base = Base.of_school()
    lines = [facts["heading"], facts["preamble"]]
    lines += [line for row in facts["points"] for line in (row["text"], *row["subpoints"])]
    for sheet in facts["appendices"]:
        lines += [sheet["title"], *sheet["text"], *(str(cell) for row in sheet["rows"] for cell in row)]
    return {act for line in lines for citation in found_in(line) if (act := base.act_of(citation))}


def _finding(order: Any, piece: Passage, words: str, key: str, **more: Any) -> Finding:
    return Finding(piece.place, words, sha256(key.encode()).hexdigest(), **({"url": _place_url(order, piece)} | more))


def _place_url(order: Any, piece: Passage) -> str:
    """Return where the words of a passage are changed: the text of a draft, or what the order is about."""
    if not piece.appendix:
        return reverse("reports:order_edit", args=[order.pk])
    return reverse("reports:order_restate", args=[order.pk]) if KINDS[order.kind].form else ""


def _citation(order: Any, piece: Passage, problem: Problem) -> Finding:
    """A doubt about an act stops the order that approves the Положение, and warns of the others (п. 1.1)."""
    act = problem.act
    key = f"{problem.kind}|{problem.citation.words}|{problem.citation.date}|{act.pk if act else ''}"
    doubt = problem.kind == "doubt"
    more: dict[str, Any] = {}
    if doubt:
        stops = KINDS[order.kind].settles_doubts
        more = {"refuses": stops, "open": not stops, "url": act.get_absolute_url() if act else ""}
    return _finding(order, piece, problem.words, key, **more)


def _has(text: str, words: str) -> bool:
    return " ".join(words.split()).lower() in " ".join(plain(text).split()).lower()


def _former_names(school: School | None) -> list[str]:
    """Return the names that the school had before its present ones."""
    if school is None:
        return []
    return former_values(school.organisation, "name", "short_name")


def _wrong_appendices(order: Any, pieces: Iterable[Passage], count: int) -> Iterator[Finding]:
    for piece in pieces:
        if not piece.appendix and "настоящ" in piece.text:
            for found in _APPENDIX.finditer(plain(piece.text)):
                if int(found["number"]) > count:
                    words = f"названо {found[0]}, а приложений {count or 'нет'}"
                    yield _finding(order, piece, words, f"appendix|{found['number']}")


def _disagreements(order: Any, pieces: Iterable[Passage]) -> Iterator[Finding]:
    """One number with two dates in one paper: the order and its appendix, or two points."""
    places: dict[str, dict[str, Passage]] = {}
    for piece in pieces:
        text = plain(piece.text)
        dated = [(c.number.lower(), rushort(c.date)) for c in found_in(text) if c.date and c.number]
        dated += [(m["number"].lower(), _short(m["date"])) for m in _OWN_ORDER.finditer(text)]
        for number, day in dated:
            places.setdefault(number, {}).setdefault(day, piece)
    for number, days in places.items():
        if len(days) > 1:
            said = joined([f"от {day} ({piece.place})" for day, piece in days.items()])
            words = f"у № {number} разные даты: {said}"
            yield _finding(order, next(iter(days.values())), words, f"dates|{number}|{sorted(days)}")


def _short(text: str) -> str:
    """«30 августа 2026» → «30.08.2026»."""
    day, *rest = re.split(r"[.\s]", text)
    month, year = rest
    return f"{int(day):02d}.{month if month.isdigit() else f'{MONTHS.index(month) + 1:02d}'}.{year}"


def _wrong_orders(order: Any, pieces: Iterable[Passage], school: School | None) -> Iterator[Finding]:
    """An order of the school cited with another date than it bears."""
    cited = {
        (m["number"], _short(m["date"])): piece for piece in pieces for m in _OWN_ORDER.finditer(plain(piece.text))
    }
    kept = [(getattr(school, f"{name}_number", ""), getattr(school, f"{name}_date", None)) for name in KEPT]
    for (number, day), piece in cited.items():
        if (number, day) in [(n, rushort(d)) for n, d in kept if d]:
            continue
        known = [d for n, d in kept if d and n == number]
        known += [one.date for one in type(order).objects.found_by(number) if one.date and one.number == number]
        same_year = {rushort(one) for one in known if str(one.year) == day[-4:]}
        if same_year and day not in same_year:
            words = f"приказ № {number} назван от {day}, а он от {joined(sorted(same_year))}"
            yield _finding(order, piece, words, f"order|{number}|{day}")
