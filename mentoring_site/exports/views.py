"""Pages of a long list that is made in the background: the question, the progress, the file."""

from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.exports import acts
from mentoring_site.files import serve
from mentoring_site.form_handling import act_with_form, came_from
from mentoring_site.forms import BaseForm
from mentoring_site.models import Export
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Crumb

ROWS = "строка,строки,строк"


class ExportForm(BaseForm):
    """Which list; the hidden key makes a second press harmless."""

    of = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Ask whether a long list is to be made as a file."""
    of = (request.POST.get("of") or request.GET.get("of", ""))[:1000]
    title = acts.title_of(of)
    acts.answer_to(of, request.user, acts.Background())
    form = ExportForm(request.POST or None, initial={"of": of, "request_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["request_key"]
        made = act_with_form(form, lambda: acts.order(of, by=request.user, request_key=key))
        if made:
            return redirect(made)
    context = {
        "heading": f"Собрать файл: {title}",
        "form": form,
        "consequences": [
            "Список длинный, поэтому файл собирается на сервере. Страницу можно закрыть.",
            "Когда он будет готов, ссылка появится и на главной. Файл хранится сутки.",
        ],
        "submit": "Собрать файл",
        "cancel_url": came_from(request, of),
        "crumbs": [Crumb(title, of), Crumb("Файл")],
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


def _export(request: HttpRequest, pk: int) -> Export:
    return get_object_or_404(Export.objects.visible_to(request.user).select_related("file", "created_by"), pk=pk)


def _progress(export: Export) -> dict | None:
    if export.finished_at or export.problem:
        return None
    return {
        "value": export.done,
        "max": export.total or 1,
        "label": f"Готово {export.done} из {export.total}" if export.total else "Файл ждёт очереди",
        "poll_url": reverse("exports:progress", args=[export.pk]),
    }


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A list in the background: how far it is, then the file."""
    found = _export(request, pk)
    context = {
        "title": f"Файл: {found.title}",
        "progress": _progress(found),
        "problem": found.problem,
        "file_url": reverse("exports:file", args=[pk]) if found.file_id else "",
        "total": plural(found.total, ROWS),
        "crumbs": [Crumb(found.title, found.url), Crumb("Файл")],
    }
    return render(request, "exports/export.html", context)


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The piece of the page that asks again."""
    return render(request, "exports/progress.html", {"progress": _progress(_export(request, pk))})


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The workbook of a finished export."""
    return serve(acts.opened(_export(request, pk)))
