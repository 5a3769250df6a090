"""Pages of bringing in the past: sample, upload, check with answers, writing, result, taking back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.files import serve
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from mentoring_site.xlsx.reader import CONTENT_TYPE, DamagedFile
from people.accounts.requests import UserRequest
from people.rights import Right
from reports.past import acts, presenters, taking_back, template, writing
from reports.past.forms import DoubtsForm, PastUploadForm
from reports.past.list_page import PAST_IMPORTS
from reports.past.models import PastImport

View = Callable[..., HttpResponseBase]


def _upload(request: UserRequest, pk: int) -> PastImport:
    """The upload, for those who load the past; others do not learn that it is there."""
    require(request.user, Right.PAST_LOAD)
    found = PastImport.objects.visible_to(request.user)
    return get_object_or_404(
        found.select_related("file", "uploaded_by__person", "committed_by__person", "taken_back_by__person"), pk=pk
    )


def _needs_readable_book(view: View) -> View:
    """Lead back to the list with a sentence when the stored book cannot be read any more."""

    @wraps(view)
    def reading(request: UserRequest, pk: int) -> HttpResponseBase:
        try:
            return view(request, pk)
        except DamagedFile as damage:
            messages.error(request, str(damage))
            return redirect("reports:past_imports")

    return reading


def _crumbs(*more: Crumb) -> list[Crumb]:
    first = Crumb("Прежние документы", reverse("reports:past_imports") if more else None)
    return [Crumb("Приказы", reverse("reports:orders")), first, *more]


@require_http_methods(["GET", "POST"])
def imports(request: UserRequest) -> HttpResponseBase:
    """Upload a workbook; what was uploaded before."""
    require(request.user, Right.PAST_LOAD)
    posted = request.method == "POST"
    form = PastUploadForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        name = form.cleaned_data["file"].name
        try:
            upload, new = acts.take(form.content, name=name, sha256=form.sha256, by=request.user)
        except DamagedFile as damage:
            form.add_error("file", str(damage))
        else:
            if upload.committed_at:
                messages.info(request, "Этот же файл уже внесён. Повторная загрузка ничего не изменила")
            elif not new:
                messages.info(request, "Этот файл уже загружен и ещё не внесён: продолжайте с того же места")
            return redirect(upload)
    return PAST_IMPORTS.answer(
        request,
        PastImport.objects.visible_to(request.user),
        status=422 if form.errors else 200,
        form=form,
        crumbs=_crumbs(),
    )


@require_GET
def sample_file(request: UserRequest) -> HttpResponseBase:
    """The workbook to fill in."""
    require(request.user, Right.PAST_LOAD)
    name = "Прежние документы, образец.xlsx"
    return FileResponse(template.sample(), as_attachment=True, filename=name, content_type=CONTENT_TYPE)


@require_http_methods(["GET", "POST"])
@_needs_readable_book
def check(request: UserRequest, pk: int) -> HttpResponseBase:
    """What the workbook would do; doubts are answered here. A written one shows what became of it."""
    upload = _upload(request, pk)
    crumbs = _crumbs(Crumb(upload.file.name))
    if upload.committed_at:
        return render(request, "reports/past/result.html", presenters.result(upload, request.user) | {"crumbs": crumbs})
    if upload.started_at:
        context = {"upload": upload, "progress": presenters.progress(upload), "crumbs": crumbs}
        return render(request, "reports/past/writing.html", context)
    plan = writing.plan_of(upload)
    form = DoubtsForm(request.POST if request.method == "POST" else None, plan=plan)
    if request.method == "POST" and form.is_valid():
        return act_and_redirect(
            request,
            lambda: acts.answer(upload, form.answers, by=request.user),
            success="Ответы запомнены, книга проверена заново",
            to=upload,
        )
    context = presenters.check(upload, plan, form, request.user) | {"crumbs": crumbs}
    return render(request, "reports/past/check.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@_needs_readable_book
def write(request: UserRequest, pk: int) -> HttpResponseBase:
    """The consequences, then the writing in the background."""
    upload = _upload(request, pk)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: acts.start(upload, by=request.user),
            success="Книга вносится. Страницу можно оставить: работа идёт на сервере",
            to=upload,
        )
    if upload.committed_at or upload.started_at:
        return redirect(upload)
    plan = writing.plan_of(upload)
    context: dict[str, Any] = {
        "heading": "Внести прежние документы?",
        "lead": upload.file.name,
        "consequences": presenters.consequences(plan),
        "submit": "Внести",
        "cancel_url": upload.get_absolute_url(),
        "crumbs": _crumbs(Crumb(upload.file.name, upload.get_absolute_url()), Crumb("Внести")),
    }
    return render(request, "confirm.html", context)


@require_GET
def progress(request: UserRequest, pk: int) -> HttpResponseBase:
    """How far the writing has come, asked again by the page."""
    upload = _upload(request, pk)
    return render(
        request,
        "reports/past/progress.html",
        {"progress": presenters.progress(upload), "url": upload.get_absolute_url()},
    )


@require_http_methods(["GET", "POST"])
def take_back(request: UserRequest, pk: int) -> HttpResponseBase:
    """What goes when the writing is undone, or what stands in the way; then the act."""
    upload = _upload(request, pk)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: taking_back.take_back(upload, by=request.user),
            success="Внесение отменено: всё стало так, как было до него",
            to=upload,
        )
    if not upload.committed_at or upload.taken_back_at:
        return redirect(upload)
    context = {
        "upload": upload,
        "reasons": taking_back.hangs(upload),
        "consequences": presenters.what_goes(upload),
        "cancel_url": upload.get_absolute_url(),
        "crumbs": _crumbs(Crumb(upload.file.name, upload.get_absolute_url()), Crumb("Отменить")),
    }
    return render(request, "reports/past/take_back.html", context)


@require_http_methods(["GET", "POST"])
def discard(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take away a workbook that was not written."""
    upload = _upload(request, pk)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: acts.discard(upload, by=request.user),
            success="Книга убрана, ничего не внесено",
            to="reports:past_imports",
        )
    if upload.committed_at or upload.started_at:
        return redirect(upload)
    context = {
        "heading": "Убрать книгу?",
        "lead": upload.file.name,
        "consequences": ["Файл и ответы на вопросы о нём исчезнут", "Ничего внесённого это не касается"],
        "submit": "Убрать книгу",
        "danger": True,
        "cancel_url": upload.get_absolute_url(),
        "crumbs": _crumbs(Crumb(upload.file.name, upload.get_absolute_url()), Crumb("Убрать")),
    }
    return render(request, "confirm.html", context)


@require_GET
def file(request: UserRequest, pk: int) -> HttpResponseBase:
    """The uploaded file as it came."""
    return serve(_upload(request, pk).file)
