"""What answers add up to: number, mean, shares and quotes of a survey, before and after compared (п. 3.4, этап 6).

The door for SWOT, indicators and reports: ``of_survey(survey)`` and ``compared(survey)``. Answers without names are
given only when the survey is over, from three of them on, and a group is left out also when the others would give
away a smaller one.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from reports.surveys.models import Question, Response, Role, Survey
from reports.surveys.rules import FEWEST

NOT_YET = "Ответы без имён показывают, когда опрос закончен"
TOO_FEW = "Ответов меньше трёх: без имён их не показывают"


@dataclass(frozen=True)
class Share:
    """How many gave one answer, and which part of those who answered the question it is, in per cent."""

    label: str
    number: int
    percent: float


@dataclass(frozen=True)
class GroupMean:
    """Those who are asked in one role: how many answered the question and their mean, None where it is hidden."""

    role: str
    label: str
    number: int | None
    mean: float | None


@dataclass(frozen=True)
class QuestionResult:
    """The answers to one question. ``hidden`` says why there are none to be shown."""

    question: Question
    number: int
    mean: float | None = None
    shares: tuple[Share, ...] = ()
    groups: tuple[GroupMean, ...] = ()
    quotes: tuple[str, ...] = ()
    hidden: str = ""


@dataclass(frozen=True)
class SurveyResult:
    """The answers to a survey. ``hidden`` says why none are shown; ``levels`` are shares by the sum of points."""

    survey: Survey
    invited: int
    answered: int | None
    questions: tuple[QuestionResult, ...] = ()
    mean_sum: float | None = None
    levels: tuple[Share, ...] = ()
    hidden: str = ""
    by_key: dict[str, QuestionResult] = field(default_factory=dict)

    @property
    def percent(self) -> float | None:
        """Return which part of those who were asked has answered, in per cent."""
        return share(self.answered, self.invited) if self.answered is not None and self.invited else None


@dataclass(frozen=True)
class Change:
    """The same goal before and after: the people who have answered both, and their means."""

    goal: str
    number: int
    before: float
    after: float
    low: int
    high: int

    @property
    def by(self) -> float:
        """Return how much the mean has grown."""
        return self.after - self.before


def share(part: int, whole: int) -> float:
    """Return a part in per cent with one decimal."""
    return round(100 * part / whole, 1) if whole else 0.0


def shown_groups(counts: dict[str, int]) -> set[str]:
    """Return the groups whose numbers may be shown beside the total of all.

    Those of three and more, unless the groups that are left out are together one or two people: then the smallest of
    the shown ones is left out too, so that no subtraction gives them away.
    """
    counts = {group: number for group, number in counts.items() if number}
    shown = {group for group, number in counts.items() if number >= FEWEST}
    left = sum(number for group, number in counts.items() if group not in shown)
    while shown and 0 < left < FEWEST:
        smallest = min(shown, key=lambda group: (counts[group], group))
        shown.discard(smallest)
        left += counts[smallest]
    return shown


def of_survey(survey: Survey) -> SurveyResult:
    """Return the results of a survey. A text is quoted without a name; without names the quotes are mixed."""
    anonymous = survey.is_anonymous
    if anonymous and survey.state != Survey.State.CLOSED:
        return SurveyResult(survey, survey.invited, None, hidden=NOT_YET)
    if anonymous and survey.answered < FEWEST:
        return SurveyResult(survey, survey.invited, None, hidden=TOO_FEW)
    responses = list(survey.responses.order_by("pk"))
    questions = list(survey.edition.questions.all())
    found = tuple(_of_question(question, responses, anonymous=anonymous) for question in questions)
    sums = _sums(survey, questions, responses)
    return SurveyResult(
        survey,
        survey.invited,
        len(responses),
        found,
        mean_sum=fmean(sums) if sums else None,
        levels=_levels(survey, sums),
        by_key={result.question.goal or result.question.key: result for result in found},
    )


def _of_question(question: Question, responses: Sequence[Response], *, anonymous: bool) -> QuestionResult:
    given = [(row.role, row.answers[question.key]) for row in responses if question.key in row.answers]
    if anonymous and 0 < len(given) < FEWEST:
        return QuestionResult(question, 0, hidden=TOO_FEW)
    values = [value for _, value in given]
    if question.kind == Question.Kind.TEXT:
        quotes = [str(value) for value in values]
        random.SystemRandom().shuffle(quotes)
        return QuestionResult(question, len(values), quotes=tuple(quotes))
    mean = fmean(values) if question.is_counted and values else None
    groups = _groups(given, anonymous=anonymous) if question.is_counted else ()
    return QuestionResult(question, len(values), mean, _shares(question, values), groups)


def _shares(question: Question, values: Sequence[Any]) -> tuple[Share, ...]:
    if question.kind == Question.Kind.NUMBER:
        return ()
    if question.kind == Question.Kind.SCALE:
        options: list[tuple[Any, str]] = list(question.points())
    else:
        options = [(option, str(option)) for option in question.options]
    chosen = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return tuple(Share(label, chosen.count(value), share(chosen.count(value), len(values))) for value, label in options)


def _groups(given: Iterable[tuple[str, Any]], *, anonymous: bool) -> tuple[GroupMean, ...]:
    by_role: dict[str, list[float]] = {}
    for role, value in given:
        by_role.setdefault(role, []).append(value)
    if len(by_role) < 2:
        return ()
    shown = shown_groups({role: len(values) for role, values in by_role.items()}) if anonymous else set(by_role)
    labels = dict(Role.choices)
    return tuple(
        GroupMean(role, str(labels.get(role, "без роли")), len(values), fmean(values))
        if role in shown
        else GroupMean(role, str(labels.get(role, "без роли")), None, None)
        for role, values in sorted(by_role.items())
    )


def _sums(survey: Survey, questions: Sequence[Question], responses: Sequence[Response]) -> list[int]:
    """Return the sums of points of whole answers, where the questionnaire has levels."""
    if not survey.edition.levels:
        return []
    keys = [question.key for question in questions if question.kind == Question.Kind.SCALE]
    return [sum(row.answers[key] for key in keys) for row in responses if all(key in row.answers for key in keys)]


def _levels(survey: Survey, sums: Sequence[int]) -> tuple[Share, ...]:
    def number(low: int, high: int) -> int:
        return sum(low <= value <= high for value in sums)

    return tuple(
        Share(f"{label} ({low}–{high})", number(low, high), share(number(low, high), len(sums)))
        for low, high, label in survey.edition.levels
    )


def compared(survey: Survey) -> tuple[Change, ...]:
    """Return what has changed since the beginning of the programs for those who answered this survey after them.

    The same person about the same program, the same goal on the same scale; without names there is nothing to compare.
    """
    if survey.moment != "after" or survey.is_anonymous:
        return ()
    after = _by_goal(survey.responses.all())
    programs = {program for answers in after.values() for _, program in answers}
    beginnings = Response.objects.filter(
        survey__edition__questionnaire__moment="before", invitation__program__in=programs
    )
    before = _by_goal(beginnings)
    found = []
    for goal, (text, low, high) in _goals(survey).items():
        pairs = [
            (before[goal, low, high][key], value)
            for key, value in after.get((goal, low, high), {}).items()
            if key in before.get((goal, low, high), {})
        ]
        if pairs:
            means = fmean(old for old, _ in pairs), fmean(new for _, new in pairs)
            found.append(Change(text, len(pairs), *means, low, high))
    return tuple(found)


def _goals(survey: Survey) -> dict[str, tuple[str, int, int]]:
    scales = [one for one in survey.edition.questions.all() if one.goal and one.kind == Question.Kind.SCALE]
    return {one.goal: (one.goal, one.low or 0, one.high or 0) for one in scales}


Goal = tuple[str, int, int]
Asked = tuple[int, int | None]


def _by_goal(responses: Any) -> dict[Goal, dict[Asked, float]]:
    """Return the answers to goals: by the goal with its scale, then by the person and the program."""
    rows = responses.select_related("invitation", "survey").order_by("pk")
    questions: dict[int, list[Question]] = {}
    for question in Question.objects.filter(kind=Question.Kind.SCALE).exclude(goal="").order_by("pk"):
        questions.setdefault(question.edition_id, []).append(question)
    found: dict[Goal, dict[Asked, float]] = {}
    for row in rows:
        for question in questions.get(row.survey.edition_id, []):
            if question.key in row.answers:
                goal = (question.goal, question.low or 0, question.high or 0)
                key = (row.invitation.person_id, row.invitation.program_id)
                found.setdefault(goal, {})[key] = row.answers[question.key]
    return found
