"""Pages on which a survey is answered: on a phone in two minutes, or by the curator from a printed form."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.form_handling import act_with_form
from mentoring_site.ui.elements import Crumb
from people.accounts.requests import UserRequest
from people.roles.letterhead import file_name, pdf_response
from reports.surveys import anonymity, answering, documents, presenters
from reports.surveys.audience import GROUPS
from reports.surveys.forms import AnswerForm, WhoForm
from reports.surveys.models import Role, Survey, SurveyInvitation
from reports.surveys.views import kept_survey, visible_survey

NOT_ASKED = "В этом опросе Вас не спрашивают"


def _invitation(found: Survey, user: Any) -> SurveyInvitation:
    """Return the invitation of the user that waits, else any. Raises ``PermissionDenied`` for whoever is not asked."""
    own = found.invitations.filter(person=user.person_id).select_related("program", "survey").order_by("pk")
    invitation = own.filter(response=None).first() or own.first()
    if invitation is None:
        raise PermissionDenied(NOT_ASKED)
    return invitation


@require_http_methods(["GET", "POST"])
def answer(request: UserRequest, pk: int) -> HttpResponseBase:
    """The questions on one page, with the promise before the first of them."""
    found, user = visible_survey(request, pk), request.user
    invitation = _invitation(found, user)
    if not found.takes_answers:
        messages.info(request, answering.OVER)
        return redirect(found)
    if _is_done(found, invitation):
        return redirect("reports:survey_thanks", pk)
    role = anonymity.role_of(found, invitation.role) if found.is_anonymous else invitation.role
    form = AnswerForm(request.POST or None, questions=answering.questions_for(found, role))
    if form.is_valid() and act_with_form(form, lambda: _answered(found, invitation, form, user), request):
        return redirect("reports:survey_thanks", pk)
    context = {
        "form": form,
        "parts": form.parts(),
        "heading": found.title,
        "intro": found.edition.intro,
        "about": invitation.program.title if invitation.program else "",
        "promise": presenters.ANONYMOUS if found.is_anonymous else presenters.named_words(),
        "compared": presenters.COMPARED if found.moment else "",
        "submit": "Отправить ответы",
        "cancel_url": "",
        "crumbs": presenters.crumbs(Crumb(found.title)),
    }
    return render(request, "reports/surveys/answer.html", context)


def _is_done(found: Survey, invitation: SurveyInvitation) -> bool:
    if found.is_anonymous:
        return anonymity.has_answered(found, invitation.person_id)
    return hasattr(invitation, "response")


def _answered(found: Survey, invitation: SurveyInvitation, form: AnswerForm, user: Any) -> bool:
    if found.is_anonymous:
        answering.answer_unnamed(found, by=user, answers=form.answers())
    else:
        answering.answer_named(invitation, by=user, answers=form.answers())
    return True


@require_GET
def thanks(request: UserRequest, pk: int) -> HttpResponseBase:
    """Thank whoever has answered."""
    found = visible_survey(request, pk)
    _invitation(found, request.user)
    context = {
        "survey": found,
        "promise": presenters.ANONYMOUS if found.is_anonymous else "",
        "more_url": reverse("reports:survey_answer", args=[pk]) if found.takes_answers and found.to_answer else "",
        "crumbs": presenters.crumbs(Crumb(found.title)),
    }
    return render(request, "reports/surveys/thanks.html", context)


@require_http_methods(["GET", "POST"])
def enter(request: UserRequest, pk: int) -> HttpResponseBase:
    """Enter a printed form: first whose it is, then the answers."""
    found = kept_survey(request, pk)
    if not found.takes_answers:
        messages.info(request, answering.OVER)
        return redirect(found)
    choices = _choices(found)
    who = WhoForm(request.GET if "who" in request.GET else None, choices=choices, anonymous=found.is_anonymous)
    if len(choices) == 1 and found.is_anonymous:
        who = WhoForm({"who": choices[0][0]}, choices=choices, anonymous=True)
    if not who.is_valid():
        return render(request, "reports/surveys/enter_who.html", _entering(found, form=who, submit="Дальше"))
    chosen = who.cleaned_data["who"]
    invitation = None if found.is_anonymous else found.invitations.get(pk=chosen)
    role = anonymity.role_of(found, chosen) if invitation is None else invitation.role
    form = AnswerForm(request.POST or None, questions=answering.questions_for(found, role))
    if form.is_valid() and act_with_form(
        form, lambda: _entered(found, invitation, chosen, form, request.user), request
    ):
        messages.success(request, "Ответы с бумаги внесены")
        return redirect("reports:survey_enter", pk) if "more" in request.POST else redirect(found)
    context = _entering(found, form=form, submit="Внести ответы", parts=form.parts())
    return render(request, "reports/surveys/enter.html", context | {"of": dict(choices)[chosen]})


def _choices(found: Survey) -> list[tuple[str, str]]:
    if found.is_anonymous:
        words = dict(Role.choices)
        roles = [role for role, _ in GROUPS.get(found.audience, ())] or [Role.TEACHER.value]
        return [(role, str(words[role])) for role in roles]
    waiting = found.invitations.filter(response=None).select_related("person", "program")
    return [
        (str(one.pk), f"{one.person.full_name}{f' – {one.program.title}' if one.program else ''}") for one in waiting
    ]


def _entering(found: Survey, **context: Any) -> dict[str, Any]:
    common = {
        "heading": "Ответы с бумаги",
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Ответы с бумаги"),
    }
    return common | context


def _entered(found: Survey, invitation: SurveyInvitation | None, role: str, form: AnswerForm, user: Any) -> bool:
    if invitation is None:
        answering.enter_unnamed(found, by=user, role=role, answers=form.answers())
    else:
        answering.answer_named(invitation, by=user, answers=form.answers())
    return True


@require_GET
def blank(request: UserRequest, pk: int) -> HttpResponseBase:
    """The printed form for a pen, for one role."""
    found = kept_survey(request, pk)
    asked = request.GET.get("role", "")
    role = asked if asked in Role.values else ""
    name = file_name(f"{found.opens_on}", "Бланк", found.title)
    facts = documents.blank_facts(found, role)
    return pdf_response(request, "documents/survey_form.html", facts, name=name, back=found)
