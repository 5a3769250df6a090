"""What a monitoring gathers: indicators of its days and surveys that ended in them, and drafts of SWOT (п. 3.4).

Only what a survey shows is quoted (``surveys/results.py``), never fewer than three answers, with names or without,
and no words of anybody: the working group and the council read it.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.russian import NBSP, full_stop, number_text, plural
from reports.indicators.measuring import measure
from reports.indicators.passports import PASSPORTS, Measured, Passport, grouped, words
from reports.indicators.periods import Period
from reports.indicators.presenters import goals, is_met, list_url, made_of
from reports.monitoring.models import Monitoring
from reports.surveys.models import Question, Survey
from reports.surveys.results import Change, QuestionResult, SurveyResult, compared, of_survey
from reports.surveys.rules import FEWEST

FIELDS = ("strengths", "weaknesses", "opportunities", "threats")
HIGH, LOW = 0.7, 0.5
"""Which part of a scale is a good mark and which a poor one."""
OFTEN = 40
"""Per cent: an option that so many have chosen is worth a line."""
ANSWERS = "ответ,ответа,ответов"


@dataclass(frozen=True)
class Counted:
    """One indicator of the period; ``list_url`` is where its rows are."""

    code: str
    group: str
    name: str
    value: float | None
    words: str
    made_of: str
    before: str
    clause: str
    list_url: str = ""


def indicators(period: Period) -> list[Counted]:
    """Return all indicators of the period, counted where the page of indicators counts them."""
    every = [one for group in grouped().values() for one in group]
    now, before = measure(every, period), measure(every, period.before)
    return [_counted(one, period, now[one.code], before[one.code]) for one in every]


def _counted(one: Passport, period: Period, now: Measured, before: Measured) -> Counted:
    url = list_url(one, period) if now.rows else ""
    past = words(before.value, one)
    return Counted(
        one.code, one.group, one.name, now.value, words(now.value, one), made_of(one, now), past, one.clause, url
    )


def surveys(monitoring: Monitoring) -> QuerySet[Survey]:
    """Return the surveys that ended within the days of a monitoring."""
    days = monitoring.counted
    found = Survey.objects.with_requirements().filter(state=Survey.State.CLOSED, closes_on__gte=days.first)
    if days.last < timezone.localdate():  # one that was ended by hand before its last day has ended by today
        found = found.filter(closes_on__lte=days.last)
    return found.order_by("closes_on", "pk")


@dataclass(frozen=True)
class Asked:
    """A survey among what is gathered: how many answered, and what may be told of it."""

    survey: Survey
    answered: str
    told: str


def asked(monitoring: Monitoring) -> list[Asked]:
    """Return the surveys of a monitoring with what they add up to in a line."""
    return [_asked(survey, of_survey(survey)) for survey in surveys(monitoring)]


def answered_words(survey: Survey) -> str:
    """Return how many have answered; fewer than three are not told."""
    if survey.answered < FEWEST:
        return f"меньше {FEWEST} из {survey.invited}"
    return f"{survey.answered} из {survey.invited}"


def _asked(survey: Survey, result: SurveyResult) -> Asked:
    if result.hidden or (result.answered or 0) < FEWEST:
        return Asked(survey, answered_words(survey), "Итоги не показаны: ответов меньше трёх")
    marks = [one for one in result.questions if one.mean is not None and one.number >= FEWEST and _is_scale(one)]
    told = "; ".join(f"«{one.question.text}» — {_mark(one)}" for one in marks[:3])
    return Asked(survey, answered_words(survey), told)


def _is_scale(one: QuestionResult) -> bool:
    return one.question.kind == Question.Kind.SCALE


def _mark(one: QuestionResult) -> str:
    return f"в среднем {number_text(round(one.mean or 0, 1))} из {one.question.high}"


@dataclass
class Drafts:
    """Lines for the four fields of SWOT, each with the number that it rests on."""

    strengths: list[str] = field(default_factory=list)
    weaknesses: list[str] = field(default_factory=list)
    opportunities: list[str] = field(default_factory=list)
    threats: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the lines of one field as its text."""
        return "\n".join(getattr(self, name))


def drafts(monitoring: Monitoring) -> Drafts:
    """Draft SWOT from the data: targets met or not, rises and falls, marks of surveys, wishes named most often."""
    found = Drafts()
    _from_indicators(found, monitoring.counted)
    for survey in surveys(monitoring):
        result = of_survey(survey)
        if result.hidden or (result.answered or 0) < FEWEST:
            continue
        for one in result.questions:
            _from_question(found, survey, one)
        for change in compared(survey):
            _from_change(found, survey, change)
    return found


def _from_indicators(found: Drafts, period: Period) -> None:
    every = [one for one in PASSPORTS.values() if one.better]
    now, before, known = measure(every, period), measure(every, period.before), goals()
    for one in every:
        value, past = now[one.code].value, before[one.code].value
        goal = known.get(one.code)
        target = goal.target if goal else None
        if value is None:
            continue
        of = made_of(one, now[one.code])
        line = f"{one.name}: {words(value, one)}{f' ({of})' if of else ''}"
        year_ago = f"; год назад — {words(past, one)}" if past else ""
        met = is_met(one, value, target)
        if met is not None:
            kept = found.strengths if met else found.weaknesses
            said = f"цель {words(target, one)} {'достигнута' if met else 'не достигнута'}"
            kept.append(full_stop(f"{line}; {said}{year_ago}"))
        elif past and round(value, 1) != round(past, 1):
            risen = (value > past) == (one.better == "more")
            (found.strengths if risen else found.threats).append(full_stop(f"{line}{year_ago}"))


def _from_question(found: Drafts, survey: Survey, one: QuestionResult) -> None:
    """Quote a question: a mark on a scale, or the options that were chosen most often."""
    if one.hidden or one.number < FEWEST:
        return
    where = f"опрос «{survey.title}», {plural(one.number, ANSWERS)}"
    if _is_scale(one) and one.mean is not None:
        low, high = one.question.low or 0, one.question.high or 1
        part = (one.mean - low) / (high - low)
        if part >= HIGH or part <= LOW:
            kept = found.strengths if part >= HIGH else found.weaknesses
            kept.append(f"«{one.question.text}» — {_mark(one)} ({where}).")
        return
    for share in sorted(one.shares, key=lambda share: -share.number)[:2]:
        if share.number >= FEWEST and share.percent >= OFTEN:
            percent = f"{number_text(round(share.percent))}{NBSP}%"
            found.opportunities.append(
                f"«{one.question.text}»: «{share.label}» — {percent} ({share.number} из {one.number}; опрос"
                f" «{survey.title}»)."
            )


def _from_change(found: Drafts, survey: Survey, change: Change) -> None:
    """Quote a goal before and after: those of three people at least."""
    if change.number < FEWEST or change.before == change.after:
        return
    kept = found.strengths if change.after > change.before else found.threats
    before, after = (number_text(round(value, 1)) for value in (change.before, change.after))
    kept.append(
        f"{change.goal}: до программы {before}, после {after} из {change.high}"
        f" (опрос «{survey.title}», сравнили ответы: {change.number})."
    )


def answer(monitoring: Monitoring) -> dict[str, Any]:
    """Return the four texts of SWOT as they stand, with a draft where nothing is written."""
    made = drafts(monitoring)
    return {name: getattr(monitoring, name) or made.text(name) for name in FIELDS}
