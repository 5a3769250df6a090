"""Pages of a workbook of records: upload, check row by row, writing after a confirmation (п. 3.4)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Crumb
from mentoring_site.xlsx.reader import DamagedFile
from mentoring_site.xlsx.writer import stream_xlsx
from people.accounts.requests import UserRequest
from people.rights import Right
from people.staff_list.forms import UploadForm
from roadmap.training import import_acts, presenters
from roadmap.training.models import TrainingImport
from roadmap.training.workbook import Verdict

RECORDS = "запись,записи,записей"
ROWS = "строка,строки,строк"
SHOWN = 200
LATEST = 10


def _crumbs(*more: Crumb) -> list[Crumb]:
    return presenters.crumbs(Crumb("Загрузка из файла", reverse("roadmap:training_imports") if more else None), *more)


@require_http_methods(["GET", "POST"])
def imports(request: UserRequest) -> HttpResponseBase:
    """Upload a workbook; the last ones."""
    user = request.user
    require(user, Right.TRAINING_EDIT, act=import_acts.LOAD)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(data, files)
    if form.is_valid():
        try:
            name = form.cleaned_data["file"].name
            upload, new = import_acts.take(form.content, name=name, sha256=form.sha256, by=user)
        except DamagedFile as damage:
            form.add_error("file", str(damage))
        else:
            if not new:
                messages.info(request, "Этот файл уже загружен и ещё не внесён: продолжайте с того же места")
            return redirect(upload)
    latest = TrainingImport.objects.visible_to(user).select_related("file", "uploaded_by__person")[:LATEST]
    context = {
        "form": form,
        "heading": "Загрузить записи об обучении",
        "lead": "Сначала будет видно, что новое, что уже записано, что не сходится. Внесётся по Вашему слову.",
        "submit": "Загрузить и проверить",
        "multipart": True,
        "cancel_url": reverse("roadmap:trainings"),
        "crumbs": _crumbs(),
        "latest": latest,
    }
    return render(request, "roadmap/training/imports.html", context)


@require_GET
def sample(request: UserRequest) -> HttpResponseBase:
    """An empty workbook with the columns that are read."""
    require(request.user, Right.TRAINING_EDIT, act=import_acts.LOAD)
    return stream_xlsx("Обучение, образец", "Обучение", list(presenters.COLUMNS[:-1]), [])


@require_http_methods(["GET", "POST"])
def check(request: UserRequest, pk: int) -> HttpResponseBase:
    """Every row with what becomes of it; written by a press."""
    user = request.user
    require(user, Right.TRAINING_EDIT, act=import_acts.LOAD)
    visible = TrainingImport.objects.visible_to(user).select_related("file", "committed_by__person")
    upload = get_object_or_404(visible, pk=pk)
    if request.method == "POST":
        return _answer(request, upload)
    try:
        lines = [] if upload.committed_at else import_acts.lines(upload)
    except DamagedFile as damage:
        messages.error(request, str(damage))
        return redirect("roadmap:training_imports")
    groups = [(verdict, [line for line in lines if line.verdict is verdict]) for verdict in Verdict]
    ready = sum(line.verdict is Verdict.NEW for line in lines)
    context = {
        "upload": upload,
        "result": _result(upload) if upload.committed_at else "",
        "groups": [_group(verdict, rows) for verdict, rows in groups if rows],
        "ready": plural(ready, RECORDS) if ready else "",
        "may_write": any(line.verdict in (Verdict.NEW, Verdict.DOUBTFUL) for line in lines),
        "crumbs": _crumbs(Crumb(upload.file.name)),
    }
    return render(request, "roadmap/training/import_check.html", context)


def _group(verdict: Verdict, rows: list) -> dict:
    return {
        "title": verdict.value,
        "count": plural(len(rows), ROWS),
        "lines": rows[:SHOWN],
        "more": plural(len(rows) - SHOWN, ROWS) if len(rows) > SHOWN else "",
        "asks": verdict is Verdict.DOUBTFUL,
    }


def _result(upload: TrainingImport) -> str:
    found = upload.result
    return (
        f"Внесено: {plural(found['written'], RECORDS)}. Уже были: {found['duplicate']}, не подошли: {found['refused']}"
    )


def _answer(request: UserRequest, upload: TrainingImport) -> HttpResponseBase:
    if "discard" in request.POST:
        to = reverse("roadmap:training_imports")
        success = "Файл убран, ничего не внесено"
        return act_and_redirect(request, lambda: import_acts.discard(upload, by=request.user), success=success, to=to)
    taken = {int(number) for number in request.POST.getlist("take") if number.isdecimal() and len(number) < 8}
    return act_and_redirect(
        request,
        lambda: import_acts.write(upload, by=request.user, doubtful=taken),
        success=lambda done: f"Внесено: {plural(done.result['written'], RECORDS)}",
        to=upload,
    )
