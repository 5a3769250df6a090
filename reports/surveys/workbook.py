"""The results of a survey as a workbook."""

from collections.abc import Iterable, Sequence
from typing import Any

from mentoring_site.russian import filled_columns
from reports.surveys.models import Question, Role, Survey
from reports.surveys.results import of_survey

UNNAMED = ("Вопрос", "Ответ", "Человек", "Доля, %", "Ответили на вопрос", "Среднее")


def sheet(survey: Survey) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    """Return the columns and rows of a survey: a row for each person, or without names for each possible answer."""
    return _by_answer(survey) if survey.is_anonymous else _by_person(survey)


def _by_person(survey: Survey) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    questions = list(survey.edition.questions.all())
    roles = dict(Role.choices)
    columns = ["Ф. И. О.", "В каком качестве", "Программа", "Когда ответил", *(one.text for one in questions)]
    found = survey.responses.select_related("invitation__person", "invitation__program")
    rows = [
        [
            row.invitation.person.full_name,
            str(roles.get(row.role, "")),
            row.invitation.program.title if row.invitation.program else "",
            row.answered_on,
            *(_cell(one, row.answers.get(one.key)) for one in questions),
        ]
        for row in found.order_by("invitation__person__last_name", "invitation__person__first_name", "pk")
        if row.invitation is not None
    ]
    return filled_columns(columns, rows)


def _cell(question: Question, value: Any) -> Any:
    return "; ".join(str(one) for one in value) if isinstance(value, list) else value


def _by_answer(survey: Survey) -> tuple[Sequence[str], list[Sequence[Any]]]:
    result = of_survey(survey)
    if result.hidden:
        return UNNAMED, [["", result.hidden, None, None, None, None]]
    rows: list[Sequence[Any]] = []
    for one in result.questions:
        text, mean = one.question.text, round(one.mean, 2) if one.mean is not None else None
        if one.hidden:
            rows.append([text, one.hidden, None, None, None, None])
        elif one.quotes:
            rows += [[text, quote, None, None, one.number, None] for quote in one.quotes]
        elif one.shares:
            rows += [[text, part.label, part.number, part.percent, one.number, mean] for part in one.shares]
        else:
            rows.append([text, "", None, None, one.number, mean])
        rows += [
            [text, f"Среднее: {group.label}", group.number, None, None, round(group.mean, 2)]
            for group in one.groups
            if group.mean is not None
        ]
    return UNNAMED, rows
