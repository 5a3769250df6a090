"""Facts of the papers of surveys: the form to be filled with a pen, the results."""

from typing import Any

from mentoring_site.russian import period, plural
from people.roles.letterhead import school_facts
from reports.surveys import anonymity, pictures
from reports.surveys.answering import questions_for
from reports.surveys.models import Question, Role, Survey
from reports.surveys.presenters import ANONYMOUS, named_words
from reports.surveys.results import compared, of_survey

Kind = Question.Kind
ROW, BOX = 70, 5
"""How many letters stand in a row of boxes, and how many a box takes."""


def blank_facts(survey: Survey, role: str) -> dict[str, Any]:
    """Return what ``documents/survey_form.html`` reads: the questions for one role with boxes for a pen."""
    role = anonymity.role_of(survey, role) if survey.is_anonymous else role
    sections: list[dict[str, Any]] = []
    for number, question in enumerate(questions_for(survey, role), 1):
        if not sections or sections[-1]["heading"] != question.section:
            sections.append({"heading": question.section, "questions": []})
        sections[-1]["questions"].append(_asked(number, question))
    return {
        "school": school_facts(),
        "title": survey.title,
        "period": period(survey.opens_on, survey.closes_on),
        "role": str(dict(Role.choices).get(role, "")),
        "intro": survey.edition.intro,
        "promise": ANONYMOUS if survey.is_anonymous else named_words(),
        "named": not survey.is_anonymous,
        "sections": sections,
    }


def _asked(number: int, question: Question) -> dict[str, Any]:
    boxes: list[str] = []
    if question.kind == Kind.SCALE:
        boxes = [label for _, label in question.points()]
    elif question.kind in (Kind.ONE, Kind.MANY):
        boxes = [str(option) for option in question.options]
    return {
        "number": number,
        "text": question.text,
        "hint": question.ends() or ("можно отметить несколько" if question.kind == Kind.MANY else ""),
        "boxes": boxes,
        "inline": question.kind != Kind.MANY and sum(len(label) + BOX for label in boxes) <= ROW,
        "number_line": question.kind == Kind.NUMBER,
        "lines": [""] * (3 if question.kind == Kind.TEXT else 0),
    }


def results_facts(survey: Survey) -> dict[str, Any]:
    """Return what ``documents/survey_results.html`` reads."""
    result = of_survey(survey)
    answered = f"ответили {result.answered} из {plural(result.invited, 'человека,человек,человек')}"
    return {
        "school": school_facts(),
        "title": survey.title,
        "lead": f"{period(survey.opens_on, survey.closes_on)}, {answered}",
        "anonymous": survey.is_anonymous,
        "figures": [figure.facts() for figure in pictures.all_of(result, compared(survey))],
        "texts": [
            {"question": one.question.text, "quotes": list(one.quotes), "hidden": one.hidden}
            for one in result.questions
            if one.quotes or (one.hidden and one.question.kind == Kind.TEXT)
        ],
    }
