"""The workflow of a survey and what it requires (п. 3.4). The models import this table."""

from typing import Any

from django.urls import reverse

from mentoring_site.workflow import Complaint, Transition, Workflow, requirement
from people.rights import Right
from reports.surveys.audience import people_of

FEWEST = 3
"""Fewer answers without a name are never shown, nor a group that the others would give away."""
WHO = "Готовит куратор"


@requirement("Анкета и ответы подходят друг к другу")
def names_fit(survey: Any) -> Complaint | None:
    """Answers before and after are compared person by person: they have names."""
    if survey.is_anonymous and survey.edition.questionnaire.needs_names:
        url = reverse("reports:survey_edit", args=[survey.pk])
        text = "Ответы в начале, в середине и после программы сравнивают по людям: такой опрос не бывает без имён"
        return Complaint(text, WHO, url, "Изменить")
    return None


@requirement("Есть кого спросить")
def somebody_asked(survey: Any) -> Complaint | None:
    """A survey without anybody is none; without names it needs so many that nobody is seen."""

    if survey.edition.questionnaire.moment:
        return None
    number = len(people_of(survey.audience, survey.picked.all()))
    url = reverse("reports:survey_edit", args=[survey.pk])
    if number == 0:
        return Complaint("Некого спросить: в этой группе сейчас никого нет", WHO, url, "Изменить")
    if survey.is_anonymous and number < FEWEST:
        return Complaint("Без имён спрашивают не меньше трёх человек", WHO, url, "Изменить")
    return None


SURVEY = Workflow(
    Transition(
        "open",
        "Начать опрос",
        ("draft",),
        "open",
        "опрос начат",
        (names_fit, somebody_asked),
        right=Right.SURVEYS_WRITE,
    ),
    Transition("close", "Закончить опрос", ("open",), "closed", "опрос закончен", right=Right.SURVEYS_WRITE),
)
