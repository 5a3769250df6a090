"""Pages of folders: the list, a new one, its progress and file, the act of handing over, the nomenclature (п. 3.4)."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.files import serve
from mentoring_site.form_handling import act_with_form, tell
from mentoring_site.rights import require
from mentoring_site.ui.elements import Action, Crumb
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response
from programs.program.models import Program
from reports.inspection import acts, documents, presenters
from reports.inspection.contents import BY_CODE
from reports.inspection.forms import ActForm, CaseForm, FolderForm
from reports.inspection.list_page import FOLDERS
from reports.inspection.models import Case, Folder, FolderAct

CASES = "Номенклатура дел"


@require_GET
def folders(request: UserRequest) -> HttpResponseBase:
    """Folders that were made: who, when, of what, by which rights; the same list as XLSX."""
    require(request.user, Right.INSPECTION_MAKE)
    return FOLDERS.answer(request, Folder.objects.visible_to(request.user))


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Choose the days and the дела of a folder."""
    require(request.user, Right.INSPECTION_MAKE)
    form = FolderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = {name: data[name] for name in ("since", "until", "scope", "request_key")}
        if made := act_with_form(form, lambda: acts.order(by=request.user, **chosen), request):
            return redirect(made)
    context = {
        "form": form,
        "heading": "Собрать папку для проверки",
        "lead": "Все документы за выбранное время — в одном архиве: по делам, с описью, SHA-256 и сроками хранения.",
        "submit": "Собрать папку",
        "cancel_url": reverse("reports:folders"),
        "hint": "Папка собирается на сервере, страницу можно закрыть. ZIP удалится через две недели.",
        "crumbs": presenters.crumbs(None, request.user, Crumb("Новая папка")),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


def _folder(request: UserRequest, pk: int) -> Folder:
    found = Folder.objects.visible_to(request.user).select_related("file", "created_by__person", "program")
    return get_object_or_404(found, pk=pk)


@require_GET
def folder(request: UserRequest, pk: int) -> HttpResponseBase:
    """One folder: how far it is, then the file for its maker; acts of handing over and the log stay."""
    found, user = _folder(request, pk), request.user
    is_own = found.created_by_id == user.pk
    ready = found.file_id is not None and is_own
    hands = found.finished_at is not None and is_own and user.can(Right.INSPECTION_MAKE)
    actions = []
    if ready:
        actions.append(Action("download", "Скачать ZIP", reverse("reports:folder_file", args=[pk]), primary=True))
    if hands:
        url = reverse("reports:folder_act_new", args=[pk])
        actions.append(Action("hand_over", "Передать по акту", url))
    context = {
        "folder": found,
        "badge": presenters.badge(found),
        "progress": presenters.progress(found),
        "facts": presenters.facts(found),
        "actions": actions,
        "is_own": is_own,
        "made_acts": FolderAct.objects.visible_to(user).filter(folder=found),
        "entries": history.entries([found], user=user),
        "crumbs": presenters.crumbs(found, user),
    }
    return render(request, "reports/inspection/folder.html", context)


@require_GET
def progress(request: UserRequest, pk: int) -> HttpResponseBase:
    """The piece of the page that asks again."""
    shown = presenters.progress(_folder(request, pk))
    return render(request, "reports/inspection/progress.html", {"progress": shown})


@require_GET
def file(request: UserRequest, pk: int) -> HttpResponseBase:
    """The ZIP, for its maker, who may still read everything in it."""
    found = _folder(request, pk)
    try:
        stored = acts.opened(found, by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Already as refusal:
        raise Http404(str(refusal)) from refusal
    return serve(stored)


@require_POST
def of_program(request: UserRequest, pk: int) -> HttpResponseBase:
    """Make the folder of one program."""
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    try:
        key = UUID(request.POST.get("request_key", ""))
    except ValueError:
        key = None
    try:
        return redirect(acts.order_of_program(program, by=request.user, request_key=key))
    except Refused as refusal:
        tell(request, refusal)
        return redirect(program)


@require_http_methods(["GET", "POST"])
def act_new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Draw up the act by which a folder is handed over."""
    found = _folder(request, pk)
    require(request.user, Right.INSPECTION_MAKE)
    if found.created_by_id != request.user.pk:
        raise PermissionDenied("Акт составляет тот, кто собрал папку")
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if made := act_with_form(form, lambda: acts.hand_over(found, by=request.user, **data), request):
            messages.success(request, f"Составлен акт № {made.number}. Напечатайте его и подпишите с двух сторон.")
            return redirect(found)
    context = {
        "form": form,
        "heading": "Акт приёма-передачи документов",
        "facts": presenters.facts(found),
        "submit": "Составить акт",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(found, request.user, Crumb("Акт")),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)


@require_GET
def act_pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """The act as it was drawn up."""
    act = get_object_or_404(FolderAct.objects.visible_to(request.user).select_related("folder"), pk=pk)
    name = file_name(str(act.date), f"Акт приёма-передачи № {act.number}")
    return pdf_response(request, documents.TEMPLATE, act.facts, name=name, back=act.folder)


@require_GET
def cases(request: UserRequest) -> HttpResponseBase:
    """Numbers and titles of the дела."""
    require(request.user, Right.INSPECTION_MAKE)
    found = Case.objects.visible_to(request.user)
    context = {
        "rows": [(case, BY_CODE[case.code].label) for case in found if case.code in BY_CODE],
        "crumbs": presenters.crumbs(None, request.user, Crumb(CASES)),
    }
    return render(request, "reports/inspection/cases.html", context)


@require_http_methods(["GET", "POST"])
def case(request: UserRequest, code: str) -> HttpResponseBase:
    """Give a дело the number and title that it has in the school."""
    require(request.user, Right.INSPECTION_MAKE)
    shown = get_object_or_404(Case.objects.visible_to(request.user), code=code)
    fresh = copy(shown)
    form, changed = CaseForm(request.POST or None, instance=shown), []  # type: ignore[var-annotated]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if save_edit(
            request, form, lambda: acts.name_case(fresh, by=request.user, **data), "Дело записано.", changed, obj=fresh
        ):
            return redirect("reports:cases")
    context = {
        "form": form,
        "heading": BY_CODE[code].label,
        "facts": changed,
        "cancel_url": reverse("reports:cases"),
        "crumbs": presenters.crumbs(None, request.user, Crumb(CASES, reverse("reports:cases")), Crumb(str(fresh))),
    }
    return render(request, "form.html", context, status=422 if form.errors else 200)
