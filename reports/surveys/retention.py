"""Answers in an act of destruction: the words of a person go, the marks stay among the numbers of the survey."""

from django.db.models import QuerySet

from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from reports.surveys.models import Question, Response


def _rows(person: Person) -> QuerySet[Response]:
    return Response.objects.filter(invitation__person=person)


def _texts(response: Response) -> set[str]:
    return {
        question.key for question in response.survey.edition.questions.all() if question.kind == Question.Kind.TEXT
    } & set(response.answers)


def _with_texts(person: Person) -> list[tuple[Response, set[str]]]:
    rows = _rows(person).select_related("survey__edition").prefetch_related("survey__edition__questions")
    return [(row, texts) for row in rows if (texts := _texts(row))]


def _found(person: Person) -> list[str]:
    number = len(_with_texts(person))
    return [plural(number, "анкета,анкеты,анкет")] if number else []


def _erase(person: Person) -> int:
    found = _with_texts(person)
    for row, texts in found:
        kept = {key: value for key, value in row.answers.items() if key not in texts}
        Response.objects.filter(pk=row.pk).update(answers=kept)
    return len(found)


DATA = ErasableData("surveys", "слова в ответах на опросы под именем", _found, _erase)
