"""Pages of agreements with partners: the list, one, its paper, drafted, signed, renewed, ended (п. 3.3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history, undo
from mentoring_site.edits import save_edit
from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from mentoring_site.workflow import readiness
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response
from roadmap.partners import agreement_acts as acts
from roadmap.partners import presenters
from roadmap.partners.documents import agreement_facts
from roadmap.partners.forms import EditAgreementForm, EndForm, NewAgreementForm, SignForm
from roadmap.partners.list_pages import AGREEMENTS
from roadmap.partners.models import PartnerAgreement
from roadmap.partners.rules import AGREEMENT
from roadmap.partners.views import get_partner

DRAFT, SIGNED = PartnerAgreement.State.DRAFT, PartnerAgreement.State.SIGNED


@require_GET
def agreements(request: UserRequest) -> HttpResponseBase:
    """Agreements with partners, those that end first; the same list as XLSX."""
    require(request.user, Right.PARTNERS_SEE)
    visible = PartnerAgreement.objects.visible_to(request.user)
    return AGREEMENTS.answer(request, visible, tabs=presenters.tabs("roadmap:partner_agreements"))


def _get(request: UserRequest, pk: int) -> PartnerAgreement:
    visible = PartnerAgreement.objects.visible_to(request.user).with_requirements().select_related("next")
    return get_object_or_404(visible.prefetch_related(with_evidence()), pk=pk)


def _crumbs(found: PartnerAgreement, *more: Crumb) -> list[Crumb]:
    here = Crumb(presenters.upper_first(str(found)), found.get_absolute_url() if more else None)
    return presenters.crumbs(Crumb(str(found.partner), found.partner.get_absolute_url()), here, *more)


@require_GET
def agreement(request: UserRequest, pk: int) -> HttpResponseBase:
    """One agreement: its text, term, scans, what can be done."""
    found, user = _get(request, pk), request.user
    context = {
        "agreement": found,
        "title": presenters.upper_first(str(found)),
        "badge": presenters.badge(found),
        "facts": presenters.agreement_facts(found),
        "actions": presenters.agreement_actions(found, user),
        "checks": readiness(found, "sign") if found.state == DRAFT else [],
        "evidence": presenters.evidence(found, user),
        "previous": found.previous,
        "following": getattr(found, "next", None),
        "entries": history.entries([found]),
        "crumbs": _crumbs(found),
    }
    return render(request, "roadmap/partners/agreement.html", context)


@require_GET
def paper(request: UserRequest, pk: int) -> HttpResponseBase:
    """The agreement as a paper to be signed."""
    found = _get(request, pk)
    name = file_name(f"{found.signed_on or ''}", str(found), str(found.partner))
    return pdf_response(request, "documents/partner_agreement.html", agreement_facts(found), name=name, back=found)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Begin an agreement with a partner."""
    partner = get_partner(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    form = NewAgreementForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["request_key"]
        made = act_with_form(form, lambda: acts.draft(partner, by=request.user, request_key=key, **form.values()))
        if made:
            messages.success(request, "Проект договора готов: напечатайте его и подпишите")
            return redirect(made)
    context = {
        "form": form,
        "heading": "Подготовить договор",
        "lead": str(partner),
        "submit": "Сохранить проект",
        "cancel_url": partner.get_absolute_url(),
        "crumbs": presenters.crumbs(Crumb(str(partner), partner.get_absolute_url()), Crumb("Подготовить договор")),
        "hint": "Договор напечатается с реквизитами сторон; где чего-то не хватает, останется место для ручки.",
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change a draft."""
    found = _get(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    if request.method == "GET" and found.state != DRAFT:
        messages.info(request, "Договор уже подписан: его текст не меняют")
        return redirect(found)
    form = EditAgreementForm(request.POST or None, instance=_get(request, pk))
    changed: list = []

    def save() -> PartnerAgreement:
        return acts.edit(found, by=request.user, version=form.cleaned_data["version"], **form.values())

    if form.is_bound and form.is_valid() and save_edit(request, form, save, "Проект договора изменён", changed):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Изменить проект договора",
        "lead": str(found.partner),
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found, Crumb("Изменить")),
    }
    return render(request, "edit.html", context)


def _dated(request: UserRequest, found: PartnerAgreement, form: Any, name: str, act: Any, **words: Any):
    """Answer a short form about a step of an agreement."""
    AGREEMENT[name].require(found, request.user)
    if request.method == "GET" and found.state not in AGREEMENT[name].sources:
        messages.info(request, f"Договор сейчас этого не ждёт: {found.get_state_display()}")
        return redirect(found)
    if form.is_valid() and act_with_form(form, act, request):
        undo.say(request, words.pop("success"), found, name)
        return redirect(found)
    words.pop("success", None)
    context = {
        "form": form,
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found, Crumb(words["heading"])),
    }
    return render(request, "form.html", context | words)


@require_http_methods(["GET", "POST"])
def sign(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write down that both sides have signed."""
    found = _get(request, pk)
    form = SignForm(request.POST or None, agreement=found)
    return _dated(
        request,
        found,
        form,
        "sign",
        lambda: acts.sign(found, by=request.user, **form.cleaned_data),
        heading="Договор подписан",
        submit="Записать подписание",
        success="Подписание записано. Приложите скан подписанного договора",
        hint="За два месяца и за месяц до окончания придёт напоминание.",
    )


@require_http_methods(["GET", "POST"])
def end(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write down that an agreement has ended."""
    found = _get(request, pk)
    form = EndForm(request.POST or None)
    return _dated(
        request,
        found,
        form,
        "end",
        lambda: acts.end(found, by=request.user, **form.cleaned_data),
        heading="Договор закончен",
        submit="Записать окончание",
        success="Окончание договора записано",
    )


@require_http_methods(["GET", "POST"])
def renew(request: UserRequest, pk: int) -> HttpResponseBase:
    """Begin the next agreement with the text of this one, after a question."""
    found = _get(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    if request.method == "POST":
        made: list[PartnerAgreement] = []
        answer = act_and_redirect(
            request,
            lambda: made.append(acts.renew(found, by=request.user)),
            success="Подготовлен проект нового договора: проверьте срок",
            to=found,
        )
        return redirect(made[0]) if made else answer
    context = {
        "heading": "Подготовить новый договор?",
        "lead": found.title,
        "consequences": [
            "Появится проект с тем же текстом на следующий срок.",
            "Прежний договор закончится, когда новый подпишут и он начнёт действовать.",
        ],
        "submit": "Подготовить новый договор",
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found, Crumb("Новый договор")),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a draft out after a question."""
    found = _get(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    if request.method == "POST":
        to = reverse("roadmap:partner", args=[found.partner_id])
        success = "Проект договора убран"
        return act_and_redirect(request, lambda: acts.drop(found, by=request.user), success=success, to=to)
    context = {
        "heading": "Убрать проект договора?",
        "lead": found.title,
        "consequences": ["Проект и приложенные к нему файлы исчезнут."],
        "submit": "Убрать проект",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": _crumbs(found, Crumb("Убрать")),
    }
    return render(request, "confirm.html", context)
