"""Pages of an explanation: what is asked, the answer of the worker, the act that there is none (ТК 193)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.evidence.presenters import shown, with_evidence
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import rudate
from mentoring_site.ui.elements import Action, Crumb, Fact
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from people.promises import Promise
from people.roles.letterhead import file_name, pdf_response
from programs.requests.kinds.base import ACCEPTED
from programs.requests.kinds.discipline import acts
from programs.requests.kinds.discipline.documents import demand_facts
from programs.requests.kinds.discipline.forms import ExplanationForm, RefusalForm
from programs.requests.kinds.discipline.models import Discipline

HEADING = "Письменное объяснение"


def _get(request: UserRequest, pk: int) -> Discipline:
    found = Discipline.objects.visible_to(request.user).select_related("request__person", "recorded_by__person")
    return get_object_or_404(found.prefetch_related(with_evidence()), pk=pk)


def _crumbs(case: Discipline, own: bool, last: str = "") -> list[Crumb]:
    way = [Crumb("Просьбы", reverse("programs:requests"))]
    if not own:
        way.append(Crumb(case.request.title, case.request.get_absolute_url()))
    return [*way, Crumb(HEADING, case.get_absolute_url()), Crumb(last)] if last else [*way, Crumb(HEADING)]


@require_safe
def page(request: UserRequest, pk: int) -> HttpResponseBase:
    """What is to be explained, till when, what was answered."""
    case = _get(request, pk)
    own = request.user.person_id == case.request.person_id
    rows: list[tuple[str, object]] = [
        ("Кто даёт объяснение", case.request.person.full_name if case.request.person else ""),
        ("Что объяснить", case.demand),
        ("Запрошено", rudate(case.asked_on)),
        ("Срок", f"до {rudate(case.explain_by)}: два рабочих дня (ТК РФ, ст. 193)"),
        ("Объяснение", case.explanation),
        ("Получено", rudate(case.explained_on) if case.explained_on else ""),
        ("Акт", PaperRef(case.refusal_number, case.refused_on).on_screen if case.refused_on else ""),
    ]
    return render(
        request,
        "programs/requests/explanation.html",
        {
            "heading": HEADING,
            "facts": Fact.known(rows),
            "evidence": shown(case, changes=False),
            "readers": Promise.EXPLANATION.readers,
            "actions": _actions(case, own, request.user),
            "drop_url": _drop_url(case, request.user),
            "crumbs": _crumbs(case, own),
        },
    )


@require_safe
def paper(request: UserRequest, pk: int) -> HttpResponseBase:
    """The demand on paper: handed over under signature where the worker does not come in here."""
    case = _get(request, pk)
    name = file_name(f"{case.pk}", HEADING)
    back = case.get_absolute_url()
    return pdf_response(request, "documents/explanation_demand.html", demand_facts(case), name=name, back=back)


def _actions(case: Discipline, own: bool, user: Any) -> list[Action]:
    printed = Action("paper", "Напечатать запрос (PDF)", reverse("programs:explanation_paper", args=[case.pk]))
    if case.request.state != ACCEPTED or case.is_answered or not (own or acts.may_record(case, user)):
        return [printed]
    write = Action(
        "write",
        "Написать объяснение" if own else "Записать объяснение с бумаги",
        reverse("programs:explanation_write", args=[case.pk]),
        primary=True,
    )
    if own or not case.may_be_refused:
        return [write, printed]
    url = reverse("programs:explanation_refusal", args=[case.pk])
    return [write, Action("refusal", "Записать акт: объяснения нет", url), printed]


def _drop_url(case: Discipline, user: Any) -> str:
    mine = case.is_answered and case.recorded_by_id == user.pk and case.request.state == ACCEPTED
    return reverse("programs:explanation_drop", args=[case.pk]) if mine else ""


def _written(request: UserRequest, case: Discipline, form: Any, act: Callable[[list], Any]) -> bool:
    with stored_uploads(form.cleaned_data["scan"], by=request.user) as files:
        return bool(act_with_form(form, lambda: act(files)))


@require_http_methods(["GET", "POST"])
def write(request: UserRequest, pk: int) -> HttpResponseBase:
    """The worker explains, or what came on paper is written down."""
    case = _get(request, pk)
    own = request.user.person_id == case.request.person_id
    if not own and not acts.may_record(case, request.user):
        raise NotAllowed("Объяснение даёт сам работник; с бумаги его записывает директор или куратор")
    form = ExplanationForm(request.POST or None, request.FILES or None, own=own)
    if form.is_valid():
        said = form.cleaned_data
        day = said.get("explained_on")
        if _written(
            request,
            case,
            form,
            lambda files: acts.explain(case, by=request.user, text=said["text"], explained_on=day, files=files),
        ):
            messages.success(request, "Объяснение записано")
            return redirect(case)
    return render(
        request,
        "form.html",
        {
            "heading": "Написать объяснение" if own else "Записать объяснение с бумаги",
            "lead": case.demand,
            "form": form,
            "multipart": True,
            "submit": "Отправить" if own else "Записать",
            "cancel_url": case.get_absolute_url(),
            "crumbs": _crumbs(case, own, "Объяснение"),
        },
    )


@require_http_methods(["GET", "POST"])
def refusal(request: UserRequest, pk: int) -> HttpResponseBase:
    """The act that no explanation was given is noted."""
    case = _get(request, pk)
    if not acts.may_record(case, request.user):
        raise NotAllowed("Акт записывает директор или куратор")
    form = RefusalForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        said = form.cleaned_data
        if _written(
            request,
            case,
            form,
            lambda files: acts.refuse(
                case, by=request.user, number=said["number"], refused_on=said["refused_on"], files=files
            ),
        ):
            messages.success(request, "Акт записан")
            return redirect(case)
    return render(
        request,
        "form.html",
        {
            "heading": "Акт: объяснения нет",
            "lead": f"Срок был до {rudate(case.explain_by)}",
            "form": form,
            "multipart": True,
            "submit": "Записать",
            "cancel_url": case.get_absolute_url(),
            "crumbs": _crumbs(case, own=False, last="Акт"),
        },
    )


@require_POST
def drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Whoever wrote an answer down takes it back."""
    case = _get(request, pk)
    return act_and_redirect(request, lambda: acts.unrecord(case, by=request.user), success="Ответ убран", to=case)
