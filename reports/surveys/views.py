"""The list of surveys, one survey with its results, and the steps of the curator (п. 3.4, этап 6)."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb
from mentoring_site.xlsx.writer import stream_xlsx
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response
from reports.surveys import acts, documents, pictures, presenters, workbook
from reports.surveys.audience import GROUPS, at_moment, people_of
from reports.surveys.forms import SurveyEditForm, SurveyForm
from reports.surveys.list_pages import SURVEYS
from reports.surveys.models import Role, Survey
from reports.surveys.results import compared, of_survey

PEOPLE = "человек,человека,человек"
MOST_NAMES = 300


@require_GET
def surveys(request: UserRequest) -> HttpResponseBase:
    """Surveys that the user may see; the same list as XLSX."""
    user = request.user
    new_url = reverse("reports:survey_new") if user.can(Right.SURVEYS_WRITE) else ""
    forms_url = reverse("reports:questionnaires") if user.can(Right.SURVEYS_SEE) else ""
    return SURVEYS.answer(request, Survey.objects.visible_to(user), new_url=new_url, forms_url=forms_url)


def visible_survey(request: UserRequest, pk: int) -> Survey:
    """Return a survey that the user may see. Raises ``Http404``."""
    found = Survey.objects.visible_to(request.user).asked(request.user).with_requirements()
    return get_object_or_404(found, pk=pk)


def kept_survey(request: UserRequest, pk: int) -> Survey:
    """Return a visible survey for whoever conducts surveys. Raises ``Http404``, ``NotAllowed``."""
    found = visible_survey(request, pk)
    require(request.user, Right.SURVEYS_WRITE)
    return found


def _read_survey(request: UserRequest, pk: int) -> Survey:
    found = visible_survey(request, pk)
    require(request.user, Right.SURVEYS_SEE)
    return found


@require_GET
def survey(request: UserRequest, pk: int) -> HttpResponseBase:
    """One survey: whom it asks, the next step, and for those who see surveys what was answered."""
    found, user = visible_survey(request, pk), request.user
    sees = user.can(Right.SURVEYS_SEE)
    context: dict[str, Any] = {
        "survey": found,
        "badge": presenters.badge(found),
        "sees": sees,
        "actions": presenters.actions(found, user),
        "crumbs": presenters.crumbs(Crumb(found.title)),
        "facts": presenters.facts(found, user) if sees else [],
        "own": presenters.own_answers(found, user),
        "entries": [],
    }
    if sees:
        context |= _seen(found, user)
    return render(request, "reports/surveys/survey.html", context)


def _seen(found: Survey, user: Any) -> dict[str, Any]:
    result = of_survey(found) if found.state != Survey.State.DRAFT else None
    invitations = found.invitations.select_related("person")[:MOST_NAMES]
    has_results = bool(result and not result.hidden and result.answered)
    return {
        "result": result,
        "has_results": has_results,
        "answered": presenters.answered_words(found),
        "means": pictures.means(result) if result else None,
        "levels": pictures.levels(result) if result and result.levels and result.mean_sum is not None else None,
        "changes": pictures.changes(compared(found)) if result else None,
        "questions": presenters.shown(result) if result else [],
        "asked": presenters.asked_people(found, invitations, user),
        "blanks": blanks(found),
        "xlsx_url": reverse("reports:survey_results_xlsx", args=[found.pk]) if has_results else "",
        "pdf_url": reverse("reports:survey_results_pdf", args=[found.pk]) if has_results else "",
        "entries": history.entries([found], user=user),
    }


def blanks(found: Survey) -> list[tuple[str, str]]:
    """Return links to printed forms: one for all, or one for each role where questions differ."""
    url = reverse("reports:survey_blank", args=[found.pk])
    roles = [role for role, _ in GROUPS.get(found.audience, ())] or [Role.TEACHER.value]
    branches = any(question.roles for question in found.edition.questions.all())
    if not branches or len(roles) == 1:
        return [("Бланк для заполнения ручкой (PDF)", f"{url}?role={roles[0]}")]
    words = dict(Role.choices)
    return [(f"Бланк (PDF): {words[role]}", f"{url}?role={role}") for role in roles]


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Prepare a survey."""
    require(request.user, Right.SURVEYS_WRITE)
    asked = request.GET.get("edition", "")
    initial = {"edition": int(asked)} if asked.isdecimal() and len(asked) < 12 else {}
    form = SurveyForm(request.POST or None, initial=initial)
    if form.is_valid():
        key = form.cleaned_data["request_key"]
        made = act_with_form(form, lambda: acts.prepare(by=request.user, request_key=key, **form.values()))
        if made:
            return redirect(made)
    context = {
        "form": form,
        "heading": "Новый опрос",
        "lead": "Пока опрос не начат, о нём никто не узнает.",
        "submit": "Подготовить опрос",
        "cancel_url": reverse("reports:surveys"),
        "crumbs": presenters.crumbs(Crumb("Новый опрос")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change a survey: one that runs only in its last day and its reminder."""
    found = kept_survey(request, pk)
    form = SurveyEditForm(request.POST or None, survey=found)
    form.initial["version"] = found.version
    changed: list = []

    def act() -> Any:
        return acts.edit(found, by=request.user, version=form.cleaned_data["version"], **form.values())

    if form.is_valid() and save_edit(request, form, act, "Сведения об опросе сохранены", changed, obj=found):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Изменить опрос",
        "lead": "Опрос уже идёт: изменить можно срок и напоминание."
        if found.state == Survey.State.OPEN
        else found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Изменить"),
    }
    return render(request, "edit.html", context)


def _confirmed(
    request: UserRequest, found: Survey, act: Any, success: Any, to: Any, crumb: str, **context: Any
) -> HttpResponseBase:
    """Answer a page that asks before an act about a survey."""
    if request.method == "POST":
        return act_and_redirect(request, act, success=success, to=to)
    common = {"cancel_url": found.get_absolute_url(), "crumbs": presenters.crumbs_of(found, crumb), "lead": found.title}
    return render(request, "confirm.html", common | context)


@require_http_methods(["GET", "POST"])
def start(request: UserRequest, pk: int) -> HttpResponseBase:
    """Begin a survey, after a page that says who is asked."""
    found = kept_survey(request, pk)
    asked = (
        at_moment(found.audience, found.moment, found.opens_on, found.opens_on)
        if found.moment
        else people_of(found.audience, found.picked.all())
    )
    number = plural(len(asked), PEOPLE)
    lines = [by_letter(f"Приглашение по почте получат {number}.")] if asked else []
    if found.moment:
        lines.append("Остальные получат его, когда их программа дойдёт до нужного дня")
    lines.append(presenters.ANONYMOUS if found.is_anonymous else presenters.named_words())
    lines.append("Анкету и кого спросить после этого не изменить")
    return _confirmed(
        request,
        found,
        lambda: acts.start(found, by=request.user),
        "Опрос начат",
        found,
        "Начать",
        heading="Начать опрос?",
        consequences=lines,
        submit="Начать опрос",
    )


@require_http_methods(["GET", "POST"])
def close(request: UserRequest, pk: int) -> HttpResponseBase:
    """End a survey before its last day."""
    found = kept_survey(request, pk)
    lines = ["Ответы больше не принимаются, начать этот опрос снова нельзя"]
    if found.is_anonymous:
        lines.append("Всё, по чему программа знала, кто уже ответил, уничтожается. Итоги откроются, если ответов три")
    return _confirmed(
        request,
        found,
        lambda: acts.close(found, by=request.user),
        "Опрос закончен",
        found,
        "Закончить",
        heading="Закончить опрос?",
        consequences=lines,
        submit="Закончить опрос",
    )


@require_http_methods(["GET", "POST"])
def remind(request: UserRequest, pk: int) -> HttpResponseBase:
    """Remind of a survey by letters."""
    found = kept_survey(request, pk)
    whom = "всем приглашённым: кто уже ответил, программа не знает" if found.is_anonymous else "тем, кто не ответил"
    return _confirmed(
        request,
        found,
        lambda: acts.remind(found, by=request.user),
        lambda number: f"Напомнили: {plural(number, PEOPLE)}",
        found,
        "Напомнить",
        heading="Напомнить об опросе?",
        consequences=[by_letter(f"Письмо уйдёт {whom}.")],
        submit="Напомнить",
    )


@require_http_methods(["GET", "POST"])
def discard(request: UserRequest, pk: int) -> HttpResponseBase:
    """Throw away a survey that has not begun."""
    found = kept_survey(request, pk)
    to = reverse("reports:surveys") if found.state == Survey.State.DRAFT else found
    return _confirmed(
        request,
        found,
        lambda: acts.discard(found, by=request.user),
        "Подготовка опроса удалена",
        to,
        "Удалить",
        heading="Удалить подготовку опроса?",
        consequences=["Анкета останется, её можно выбрать для другого опроса"],
        submit="Удалить",
        danger=True,
    )


@require_GET
def results_xlsx(request: UserRequest, pk: int) -> HttpResponseBase:
    """The results as a workbook: with names row by row, without names only numbers and mixed quotes."""
    found = _read_survey(request, pk)
    columns, rows = workbook.sheet(found)
    return stream_xlsx(f"Итоги опроса {found.title}"[:100], "Итоги", columns, rows)


@require_GET
def results_pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """The results as a paper."""
    found = _read_survey(request, pk)
    if of_survey(found).hidden:
        return redirect(found)
    name = file_name(f"{found.closes_on}", "Итоги опроса", found.title)
    facts = documents.results_facts(found)
    return pdf_response(request, "documents/survey_results.html", facts, name=name, back=found)
