"""The map of clauses as pages, workbooks and papers show it: from counted rows only, nothing is asked anew."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring_site.charts.bars import Bar, Bars
from mentoring_site.charts.chart import Figure, table
from mentoring_site.russian import full_stop, rudate, rushort, rutime, school_year
from mentoring_site.ui.elements import Badge, Crumb, Tone
from people.accounts.models import User
from reports.compliance.clauses import CHAPTERS, actionable
from reports.compliance.contradictions import CONTRADICTIONS, Contradiction, about
from reports.compliance.counting import AFTER
from reports.compliance.frameworks import FRAMEWORKS, Framework, Requirement
from reports.compliance.models import ClauseCount, ClauseState, TextAnswer
from roadmap.legal_base.models import LegalAct

TITLE = "Исполнение Положения"
State = ClauseState.State
TONES: dict[str, Tone] = {
    State.DONE: "done",
    State.PARTLY: "others",
    State.OVERDUE: "late",
    State.NOT_YET: "ahead",
    State.EXEMPT: "stopped",
    State.PRINCIPLE: "done",
}
COLUMNS = ("Пункт", "Что требуется", "Состояние", "Чем подтверждено", "Кто", "До какого дня", "Посчитано")


@dataclass(frozen=True)
class Evidence:
    """One proof as a line: what, how much of it, where it opens for this reader."""

    label: str
    words: str
    url: str
    whole: bool


@dataclass(frozen=True)
class Row:
    """One clause."""

    code: str
    text: str
    badge: Badge
    evidence: tuple[Evidence, ...]
    who: str
    due: str
    url: str
    doubts: int


def evidence(row: ClauseState, user: User | None) -> tuple[Evidence, ...]:
    """Return what was found, each with its address when the reader may open it."""
    return tuple(
        Evidence(
            fact["label"],
            fact["words"],
            fact["url"] if user and (not fact["right"] or user.can(fact["right"])) else "",
            fact["whole"],
        )
        for fact in row.facts
    )


def said(facts: Iterable[dict[str, Any]]) -> str:
    """Return proofs in words; what says itself is said once."""
    return "; ".join(
        one["words"] if one["label"] == one["words"] else f"{one['label']}: {one['words']}" for one in facts
    )


def badge(state: str) -> Badge:
    """Return the state in a word and a shape."""
    return Badge(State(state).label, TONES[state])


def row(found: ClauseState, user: User) -> Row:
    """Return a counted clause as a row."""
    clause = actionable()[found.clause]
    return Row(
        found.clause,
        clause.text,
        badge(found.state),
        evidence(found, user),
        found.who,
        rudate(found.due_on) if found.due_on else "",
        reverse("reports:clause", args=[found.year, found.clause]),
        len(about(found.clause)),
    )


def cells(found: ClauseState, user: Any) -> list[Any]:
    """Return the cells of a workbook."""
    return [
        found.clause,
        actionable()[found.clause].text,
        found.get_state_display(),
        said(found.facts),
        found.who,
        found.due_on,
        timezone.localtime(found.counted_at).date(),
    ]


def of_clauses(year: int, day: date) -> QuerySet:
    """Return the counted states of the clauses of a year as they were known on a day."""
    return ClauseState.objects.filter(year=year, rank__lt=AFTER).on(day)


@dataclass(frozen=True)
class Summary:
    """How many clauses are in each state, and when that was counted."""

    numbers: list[dict[str, Any]]
    said: str
    waits: bool


def summary(year: int, day: date) -> Summary:
    """Return the numbers by state and the words about the counting; three queries."""
    found = Counter(of_clauses(year, day).order_by().values_list("state", flat=True))
    asked = list(ClauseCount.objects.filter(year=year).order_by("-asked_at", "-pk")[:20])
    known = [one for one in asked if one.counted_at and timezone.localdate(one.counted_at) <= day]
    last = max((one.counted_at for one in known if one.counted_at), default=None)
    when = f"Посчитано {rudate(last)} в {rutime(last)}" if last else "За этот день ничего не посчитано"
    url = reverse("reports:compliance")
    numbers = [
        {"label": label, "number": found[state], "tone": TONES[state], "url": f"{url}?on={year}&state={state}"}
        for state, label in State.choices
    ]
    return Summary(numbers, full_stop(when), any(one.counted_at is None for one in asked))


def figure(year: int, day: date) -> Figure:
    """Return how much of each chapter is proved, as bars."""
    proved, whole = Counter[str](), Counter[str]()
    for code, state in of_clauses(year, day).order_by().values_list("clause", "state"):
        chapter = actionable()[code].chapter
        if state != State.EXEMPT:
            whole[chapter] += 1
            proved[chapter] += state in (State.DONE, State.PRINCIPLE)
    shown = [(key, label) for key, label in CHAPTERS.items() if whole[key]]
    chart = Bars(
        "Подтверждено по главам",
        "; ".join(f"{label} — {proved[key]} из {whole[key]}" for key, label in shown) or "Пока ничего не посчитано.",
        tuple(Bar(label, proved[key], f"{proved[key]} из {whole[key]}", whole[key]) for key, label in shown),
    )
    url = reverse("reports:compliance")
    lines = [[(label, f"{url}?on={year}&chapter={key}"), proved[key], whole[key]] for key, label in shown]
    return Figure("chapters", chart, **table("Глава", "Подтверждено", "Всего", rows=lines, numbers=(1, 2)))


@dataclass(frozen=True)
class RequirementRow:
    """A requirement of another law, with the clauses that answer it."""

    one: Requirement
    badge: Badge | None
    evidence: tuple[Evidence, ...]
    clauses: list[tuple[str, str]]
    who: str
    due: str


def requirements(framework: Framework, year: int, day: date, user: User | None) -> list[RequirementRow]:
    """Return the requirements of a law as counted; one query."""
    codes = [one.code for one in framework.requirements]
    found = {one.clause: one for one in ClauseState.objects.filter(year=year, clause__in=codes).on(day)}
    return [_requirement(one, found.get(one.code), year, user) for one in framework.requirements]


def _requirement(one: Requirement, known: ClauseState | None, year: int, user: User | None) -> RequirementRow:
    return RequirementRow(
        one,
        badge(known.state) if known else None,
        evidence(known, user) if known else (),
        [(code, reverse("reports:clause", args=[year, code])) for code in one.clauses],
        one.who,
        rudate(known.due_on) if known and known.due_on else "",
    )


@dataclass(frozen=True)
class Doubt:
    """A contradiction of the text and how it is settled."""

    one: Contradiction
    settled: str
    when: str
    url: str
    link: str


def doubts(user: User, chosen: Iterable[Contradiction] = CONTRADICTIONS) -> list[Doubt]:
    """Return contradictions with the answers of the school; two queries."""
    answers = {one.code: one for one in TextAnswer.objects.visible_to(user).select_related("answered_by__person")}
    acts = {one.code: one for one in LegalAct.objects.visible_to(user).exclude(doubt="")}
    return [_doubt(one, answers.get(one.code), acts.get(one.act)) for one in chosen]


def _doubt(one: Contradiction, answer: TextAnswer | None, act: LegalAct | None) -> Doubt:
    if one.act:
        settled = act.settled if act else ""
        when = rushort(act.settled_at) if act and act.settled_at else ""
        return Doubt(one, settled, when, act.get_absolute_url() if act else "", "Открыть в правовой базе")
    when = f"{answer.answered_by.person.short_name}, {rushort(answer.answered_at)}" if answer else ""
    return Doubt(
        one,
        answer.words if answer else "",
        when,
        reverse("reports:contradiction", args=[one.code]),
        "Изменить" if answer else "Записать решение школы",
    )


def paper(year: int, day: date) -> dict[str, Any]:
    """Return the facts of the paper: chapters with their clauses, other laws, when it was counted."""
    by_chapter: dict[str, list[dict[str, Any]]] = {}
    for found in of_clauses(year, day).order_by("rank"):
        clause = actionable()[found.clause]
        by_chapter.setdefault(clause.chapter, []).append(_line(found.clause, clause.text, found))
    laws = []
    for framework in FRAMEWORKS:
        known = {one.one.code: one for one in requirements(framework, year, day, None)}
        lines = [
            {
                "code": one.article,
                "text": one.words,
                "state": known[one.code].badge.word if known[one.code].badge else "не посчитано",  # type: ignore[union-attr]
                "proof": said([{"label": e.label, "words": e.words} for e in known[one.code].evidence]),
                "who": one.who,
            }
            for one in framework.requirements
        ]
        laws.append({"title": framework.title, "lines": lines})
    chapters = [{"title": CHAPTERS[key], "lines": lines} for key, lines in by_chapter.items()]
    numbers = [{"label": one["label"], "number": one["number"]} for one in summary(year, day).numbers]
    return {
        "title": f"Исполнение Положения о наставничестве, {school_year(year)} учебный год",
        "lead": summary(year, day).said,
        "numbers": numbers,
        "parts": chapters + laws,
    }


def _line(code: str, text: str, found: ClauseState) -> dict[str, Any]:
    due = f" — до {rushort(found.due_on)}" if found.due_on else ""
    return {
        "code": code,
        "text": text,
        "state": found.get_state_display(),
        "proof": said(found.facts),
        "who": f"{found.who}{due}",
    }


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way back to the map."""
    return [Crumb(TITLE, reverse("reports:compliance")), *more]
