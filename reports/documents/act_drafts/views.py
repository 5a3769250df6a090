"""Pages of drafts of local acts: the list, one draft with its remarks, its steps (п. 3.5)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.files import stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb, Fact
from people.accounts.requests import UserRequest
from people.register.models import Person
from people.rights import COUNCIL, MENTEE, MENTOR, Right
from reports.documents.act_drafts import acts, presenters
from reports.documents.act_drafts.forms import (
    AnswerForm,
    ApproveForm,
    DiscussForm,
    DropForm,
    NewDraftForm,
    RemarkForm,
    WriteForm,
)
from reports.documents.act_drafts.list_page import DRAFTS
from reports.documents.act_drafts.models import ActDraft, ActRemark
from roadmap.regulation.comparison import differences


@require_GET
def drafts(request: UserRequest) -> HttpResponseBase:
    """What is written and discussed, and what became of it; the same list as XLSX."""
    edits = request.user.can(Right.ACT_DRAFTS_EDIT)
    require(request.user, Right.ACT_DRAFTS_EDIT, unless=request.user.can(Right.ORDERS_REGISTER))
    visible = ActDraft.objects.visible_to(request.user).with_counts()
    return DRAFTS.answer(request, visible, new_url=reverse("reports:act_draft_new") if edits else "")


def _draft(request: UserRequest, pk: int) -> ActDraft:
    visible = ActDraft.objects.visible_to(request.user).select_related("created_by__person", "act__legal_act")
    return get_object_or_404(visible.prefetch_related("remarks__made_by__person"), pk=pk)


@require_GET
def draft(request: UserRequest, pk: int) -> HttpResponseBase:
    """One draft: its text, what differs from the former one, remarks and answers."""
    found, user = _draft(request, pk), request.user
    former = found.texts.first()
    remarks = found.state == ActDraft.State.DISCUSSED and user.can(Right.ACT_DRAFTS_EDIT)
    context = {
        "title": found.title,
        "draft": found,
        "paragraphs": presenters.paragraphs(found),
        "badge": presenters.badge(found),
        "facts": presenters.facts(found),
        "actions": presenters.actions(found, user),
        "remarks": presenters.remarks(found, user),
        "remark_url": reverse("reports:act_draft_remark", args=[pk]) if remarks else "",
        "rows": differences(former.text, found.text) if former else [],
        "crumbs": presenters.crumbs(Crumb(found.title)),
        "entries": history.entries([found]),
    }
    return render(request, "reports/documents/act_drafts/draft.html", context)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Begin a draft."""
    require(request.user, Right.ACT_DRAFTS_EDIT)
    form = NewDraftForm(request.POST or None)
    if form.is_valid() and (made := act_with_form(form, lambda: acts.begin(by=request.user, **form.cleaned_data))):
        messages.success(request, "Проект начат")
        return redirect(made)
    context = {
        "form": form,
        "heading": "Новый проект локального акта",
        "lead": "Положение, порядок или инструкция школы, которые ещё предстоит утвердить.",
        "submit": "Начать проект",
        "cancel_url": reverse("reports:act_drafts"),
        "crumbs": presenters.crumbs(Crumb("Новый проект")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def write(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change the text of a draft; the former text stays beside it."""
    found = _draft(request, pk)
    changed: list[Fact] = []
    require(request.user, Right.ACT_DRAFTS_EDIT)
    form = WriteForm(request.POST or None, draft=found)
    save = lambda: acts.write(found, by=request.user, **form.cleaned_data)  # noqa: E731
    if form.is_valid() and save_edit(request, form, save, "Проект записан", changed, obj=found):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Править проект",
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Править"),
    }
    return render(request, "edit.html", context)


def _step(
    request: UserRequest,
    found: ActDraft,
    form: Any,
    act: Callable[[], Any],
    *,
    right: Right,
    done: str,
    heading: str,
    submit: str,
    **more: Any,
) -> HttpResponseBase:
    """Answer a short form about a draft."""
    require(request.user, right)
    if form.is_valid() and act_with_form(form, act):
        messages.success(request, done)
        return redirect(found)
    context = {
        "form": form,
        "heading": heading,
        "lead": found.title,
        "submit": submit,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, heading),
    }
    return render(request, "form.html", context | more)


@require_http_methods(["GET", "POST"])
def discuss(request: UserRequest, pk: int) -> HttpResponseBase:
    """Send a draft to the council."""
    found, form = _draft(request, pk), DiscussForm(request.POST or None)
    return _step(
        request,
        found,
        form,
        lambda: acts.discuss(found, by=request.user, until=form.cleaned_data["until"]),
        right=Right.ACT_DRAFTS_LEAD,
        done="Проект отправлен на обсуждение",
        heading="Отправить на обсуждение",
        submit="Отправить",
        hint=by_letter("Каждый, кто пишет замечания, получит письмо.") + " Проект появится и в их делах.",
    )


@require_http_methods(["GET", "POST"])
def remark(request: UserRequest, pk: int) -> HttpResponseBase:
    """Make a remark."""
    found, form = _draft(request, pk), RemarkForm(request.POST or None)
    return _step(
        request,
        found,
        form,
        lambda: acts.remark(found, by=request.user, **form.cleaned_data),
        right=Right.ACT_DRAFTS_EDIT,
        done="Замечание записано",
        heading="Сделать замечание",
        submit="Записать замечание",
    )


@require_http_methods(["GET", "POST"])
def remark_answer(request: UserRequest, pk: int) -> HttpResponseBase:
    """Say what became of a remark."""
    visible = ActRemark.objects.visible_to(request.user)
    about = get_object_or_404(visible.select_related("draft", "made_by"), pk=pk)
    form = AnswerForm(request.POST or None)
    return _step(
        request,
        about.draft,
        form,
        lambda: acts.answer(about, by=request.user, **form.cleaned_data),
        right=Right.ACT_DRAFTS_LEAD,
        done="Ответ записан",
        heading="Ответить на замечание",
        submit="Записать ответ",
        lead=f"{about.place}: {about.text}" if about.place else about.text,
    )


@require_http_methods(["GET", "POST"])
def drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Give a draft up."""
    found, form = _draft(request, pk), DropForm(request.POST or None)
    return _step(
        request,
        found,
        form,
        lambda: acts.drop(found, by=request.user, **form.cleaned_data),
        right=Right.ACT_DRAFTS_LEAD,
        done="Проект снят",
        heading="Снять проект",
        submit="Снять проект",
        danger=True,
    )


@require_http_methods(["GET", "POST"])
def agree(request: UserRequest, pk: int) -> HttpResponseBase:
    """End the discussion."""
    said = "Править текст и делать замечания будет нельзя, пока проект не вернут в работу."
    return _move(request, pk, "agree", acts.agree, "Обсуждение закончено: акт можно утверждать", said)


@require_http_methods(["GET", "POST"])
def rework(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a draft back to be written."""
    said = "Замечания и ответы останутся. Потом проект снова отправляют на обсуждение."
    return _move(request, pk, "rework", acts.rework, "Проект снова в работе", said)


def _move(request: UserRequest, pk: int, name: str, act: Callable, success: str, said: str) -> HttpResponseBase:
    """Ask for a step without particulars and do it."""
    found = _draft(request, pk)
    require(request.user, Right.ACT_DRAFTS_LEAD)
    if request.method == "POST":
        return act_and_redirect(request, lambda: act(found, by=request.user), success=success, to=found)
    label = ActDraft.WORKFLOW[name].label
    context = {
        "heading": label,
        "lead": found.title,
        "consequences": [said],
        "submit": label,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, label),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def approve(request: UserRequest, pk: int) -> HttpResponseBase:
    """Record the approved act: its order, file, the bodies that have adopted it, who reads it."""
    found = _draft(request, pk)
    sent = request.method == "POST"
    form = ApproveForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        persons=Person.objects.visible_to(request.user).filter(copied=False),
        initial={"audience": [MENTOR, MENTEE, COUNCIL]},
    )
    return _step(
        request,
        found,
        form,
        lambda: _approved(found, form, request.user),
        right=Right.ORDERS_REGISTER,
        done="Утверждённый акт записан, люди с ним знакомятся",
        heading="Записать утверждённый акт",
        submit="Записать и разослать",
        multipart=True,
        hint=by_letter("Все, кого касается акт, получат письмо.") + " Акт появится и в их делах.",
    )


def _approved(found: ActDraft, form: ApproveForm, user: Any) -> ActDraft | None:
    data = form.cleaned_data
    values = {name: data[name] for name in ("number", "date", "audience", "posts", "persons")}
    try:
        with stored_upload(data["file"], by=user) as file:
            assert file is not None  # the form asks for it
            return acts.approve(found, by=user, file=file, approvals=form.approvals(), **values)
    except ValidationError as error:
        form.add_error("file", error)
        return None
