"""Surveys for tests."""

import io
import zipfile
from datetime import timedelta

from django.utils import timezone

from reports.surveys import acts, answering, questionnaire_acts
from reports.surveys.models import Survey, SurveyInvitation
from tests.factories import make_person, make_user

SCALE = {"kind": "scale", "low": 1, "high": 5, "options": [], "section": "", "roles": [], "goal": "", "is_needed": True}
TEXT = SCALE | {"kind": "text", "low": None, "high": None, "is_needed": False}


def day(shift=0):
    return timezone.localdate() + timedelta(days=shift)


def a_form(cast, *questions, moment=""):
    """Return the published edition of a questionnaire: a scale and a text by default."""
    rows = questions or (SCALE | {"text": "Насколько Вы довольны?"}, TEXT | {"text": "Что изменить?"})
    made = questionnaire_acts.make(by=cast.curator, title="Удовлетворённость", moment=moment)
    edition = made.editions.get()
    written = [{**row, "position": n} for n, row in enumerate(rows, 1)]
    questionnaire_acts.write(edition, by=cast.curator, version=1, title=made.title, intro="", questions=written)
    return questionnaire_acts.publish(edition, by=cast.curator)


def a_survey(cast, edition=None, *, people=(), anonymous=False, started=True, **values):
    """Return a survey of these people from today for two weeks."""
    given = {
        "title": "Довольны ли Вы?",
        "edition": edition or a_form(cast),
        "is_anonymous": anonymous,
        "audience": "picked" if people else "teachers",
        "opens_on": day(),
        "closes_on": day(14),
        "remind_before": 3,
    }
    made = acts.prepare(by=cast.curator, picked=people, **(given | values))
    return acts.start(fresh(made), by=cast.curator) if started else made


def fresh(survey) -> Survey:
    return Survey.objects.with_requirements().get(pk=survey.pk)


def teachers(number):
    """Return users who teach."""
    return [make_user(make_person(email=f"t{n}@school.example"), username=f"t{n}") for n in range(number)]


def answers_of(survey, *values):
    """Return answers to the questions of a survey in their order."""
    questions = survey.edition.questions.all()
    return {question.key: value for question, value in zip(questions, values, strict=False)}


def answer(survey, user, *values):
    """Let a user answer in the way of the survey."""
    given = answers_of(survey, *values)
    if survey.is_anonymous:
        answering.answer_unnamed(survey, by=user, answers=given)
        return None
    invitation = SurveyInvitation.objects.filter(survey=survey, person=user.person_id, response=None).first()
    invitation = invitation or SurveyInvitation.objects.get(survey=survey, person=user.person_id)
    return answering.answer_named(invitation, by=user, answers=given)


def content(response) -> bytes:
    """Return the bytes of an answer, of a workbook unpacked."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    if raw[:2] != b"PK":
        return raw
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        return b"".join(book.read(name) for name in book.namelist())
