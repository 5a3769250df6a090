"""Answers: by the person who is asked, or by the curator from a printed form; once each (этапы 3 и 6)."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.rights import Right
from reports.surveys import anonymity
from reports.surveys.models import Question, Response, Survey, SurveyInvitation

OVER = "Опрос сейчас не идёт: ответы больше не принимают"
ANSWERED = "Вы уже ответили, спасибо"


def questions_for(survey: Survey, role: str) -> list[Question]:
    """Return the questions of a survey for somebody in a role."""
    return [question for question in survey.edition.questions.all() if question.is_for(role)]


def _clean(survey: Survey, role: str, answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers to questions of this role only; what was left empty is left out."""
    keys = [question.key for question in questions_for(survey, role)]
    return {key: answers[key] for key in keys if answers.get(key) not in (None, "", [])}


def _open(survey: Survey) -> Survey:
    fresh = locked(survey)
    if not fresh.takes_answers:
        raise Refused(OVER)
    return fresh


@transaction.atomic
def answer_named(invitation: SurveyInvitation, *, by: User, answers: dict[str, Any]) -> Response:
    """Keep the answers of a person who is asked with a name; the person answers, or the curator from paper.

    Raises ``NotAllowed``; ``Refused`` when the survey does not run; ``Already`` for a second answer.
    """
    own = by.person_id == invitation.person_id
    require(by, Right.SURVEYS_WRITE, unless=own, also="тот, кого спрашивают")
    survey = _open(invitation.survey)
    if survey.is_anonymous:
        raise Refused("В этом опросе отвечают без имени")
    if Response.objects.filter(invitation=invitation).exists():
        raise Already(ANSWERED if own else "Ответы этого человека уже есть")
    made = Response.objects.create(
        survey=survey,
        role=invitation.role,
        invitation=invitation,
        answered_on=timezone.localdate(),
        answers=_clean(survey, invitation.role, answers),
    )
    counters: dict[str, Any] = {"answered": F("answered") + 1}
    if not own:
        counters["on_paper"] = F("on_paper") + 1
    Survey.objects.filter(pk=survey.pk).update(**counters)
    words = "ответил на опрос" if own else "внесены ответы с бумаги"
    record(survey, "answer", by=by, words=words, person=invitation.person_id)
    return made


@transaction.atomic
def answer_unnamed(survey: Survey, *, by: User, answers: dict[str, Any]) -> None:
    """Keep the answers of a person without a name: nothing is written about who and when.

    Raises ``Refused`` for whoever is not asked, or when the survey does not run; ``Already`` for a second answer.
    """
    fresh = _open(survey)
    if not fresh.is_anonymous:
        raise Refused("В этом опросе отвечают под своим именем")
    invitation = SurveyInvitation.objects.filter(survey=fresh, person=by.person_id).first()
    if invitation is None:
        raise Refused("Вас нет среди тех, кого спрашивают")
    if anonymity.has_answered(fresh, invitation.person_id):
        raise Already(ANSWERED)
    _room(fresh)
    anonymity.spend(fresh, invitation.person_id)
    role = anonymity.role_of(fresh, invitation.role)
    anonymity.put(fresh, role, _clean(fresh, role, answers))


@transaction.atomic
def enter_unnamed(survey: Survey, *, by: User, role: str, answers: dict[str, Any]) -> None:
    """Keep the answers of a printed form without a name; only their number is remembered.

    Raises ``NotAllowed``; ``Refused`` when the survey does not run, or everybody has answered.
    """
    require(by, Right.SURVEYS_WRITE)
    fresh = _open(survey)
    if not fresh.is_anonymous:
        raise Refused("В этом опросе у каждого ответа есть имя")
    _room(fresh)
    role = anonymity.role_of(fresh, role)
    Survey.objects.filter(pk=fresh.pk).update(on_paper=F("on_paper") + 1)
    anonymity.put(fresh, role, _clean(fresh, role, answers))


def _room(survey: Survey) -> None:
    """Refuse more answers than people were asked. Raises ``Refused``."""
    if survey.answered >= survey.invited:
        raise Refused("Ответов уже столько, сколько людей приглашено")
