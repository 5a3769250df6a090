"""Pages of the legal base: the list, one act, its changes, the end of its force, a doubt settled (п. 1.1, 8.1, 9.2)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.files import serve, stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from people.rights import Right
from roadmap.legal_base import acts, presenters
from roadmap.legal_base.bulk import CHECK
from roadmap.legal_base.filters import LegalActFilter
from roadmap.legal_base.forms import EndForm, LegalActEditForm, NewLegalActForm, ReviveForm, SettleForm
from roadmap.legal_base.models import LegalAct
from roadmap.legal_base.papers import papers_citing

ORDERS_AT_MOST = 20

LIST = ListPage(
    title=presenters.LIST_TITLE,
    url="roadmap:legal_acts",
    template="roadmap/legal_base/legal_acts.html",
    filters=LegalActFilter,
    noun="акт,акта,актов",
    columns=(
        Column("Акт", ("level",)),
        Column("Дата и номер", ("newest", "oldest")),
        Column("Уровень"),
        Column("Действие"),
    ),
    orderings={
        "level": ("level", "is_guidance", "date", "pk"),
        "newest": (F("date").desc(nulls_last=True), "-pk"),
        "oldest": (F("date").asc(nulls_last=True), "pk"),
    },
    row=presenters.row,
    nothing=EmptyState("В правовой базе пока ничего нет. Акты вносит куратор."),
    none_found="Таких актов нет.",
    workbook=Workbook(
        "Правовая база",
        "Акты",
        presenters.WORKBOOK_COLUMNS,
        presenters.cells,
        prepare=lambda found, user: found.select_related("replaced_by"),
        dated=True,
    ),
    bulk=(CHECK,),
)


def visible_act(request, pk: int) -> LegalAct:
    """Return an act that the user may see. Raises ``Http404``."""
    visible = LegalAct.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("file", "replaced_by", "settled_by__person"), pk=pk)


@require_GET
def legal_acts(request):
    """The acts that mentoring in the school rests on; the same list as XLSX."""
    visible = LegalAct.objects.visible_to(request.user)
    doubts = visible.doubtful().count()
    return LIST.answer(
        request,
        visible,
        new_url=reverse("roadmap:legal_act_new") if request.user.can(Right.LEGAL_BASE_EDIT) else "",
        doubts=plural(doubts, "акте,актах,актах") if doubts else "",
        who_settles=Right.LEGAL_BASE_SETTLE.who,
    )


@require_http_methods(["GET", "POST"])
def legal_acts_check(request):
    """Write down that acts were compared with their official texts."""
    return CHECK.answer(request, LIST, LegalAct.objects.visible_to(request.user))


@require_POST
def legal_act_check(request, pk):
    """Write down that one act was compared with its official text."""
    act = visible_act(request, pk)
    return act_and_redirect(request, lambda: acts.check(act, by=request.user), success="Проверка записана", to=act)


@require_GET
def legal_act(request, pk):
    """One act: what it is, whether it is in force, what is doubtful, its history."""
    act = visible_act(request, pk)
    context = {
        "act": act,
        "title": act.short_name,
        "badge": presenters.badge(act),
        "crumbs": presenters.crumbs(Crumb(act.short_name)),
        "actions": presenters.actions(act, request.user),
        "may_check": presenters.may_check(act, request.user),
        "facts": presenters.facts(act),
        "files": [_file(act, act.file)] if act.file else [],
        "settlement": presenters.settlement(act),
        "who_settles": Right.LEGAL_BASE_SETTLE.who,
        "papers": papers_citing(act),
        "orders": act.citing_orders.all()[:ORDERS_AT_MOST] if request.user.can(Right.ORDERS_SEE_ALL) else [],
        "entries": history.entries([act], fields=request.user.can(Right.PEOPLE_HISTORY)),
    }
    return render(request, "roadmap/legal_base/legal_act.html", context)


def _file(act: LegalAct, file: StoredFile) -> dict:
    url = reverse("roadmap:legal_act_file", args=[act.pk])
    return {"name": file.name, "url": url, "size": file.size, "note": ""}


@require_GET
def legal_act_file(request, pk):
    """The text of an act as a file."""
    act = visible_act(request, pk)
    if act.file is None:
        raise Http404
    return serve(act.file, inline=True)


def _with_file(form, user, save):
    """Keep the uploaded file and the act together; a refused act leaves no file behind."""
    try:
        with stored_upload(form.cleaned_data.get("upload"), by=user) as stored:
            return save(stored)
    except ValidationError as error:
        form.add_error("upload", error)
        return None


@require_http_methods(["GET", "POST"])
def legal_act_new(request):
    """Record an act."""
    user = request.user
    require(user, Right.LEGAL_BASE_EDIT)
    sent = request.method == "POST"
    form = NewLegalActForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        key = form.cleaned_data["request_key"]
        made = act_with_form(
            form,
            lambda: _with_file(form, user, lambda file: acts.add(by=user, request_key=key, file=file, **form.values())),
        )
        if made:
            messages.success(request, f"Внесено в правовую базу: {made.short_name}")
            return redirect(made)
    context = {
        "form": form,
        "heading": "Новый акт",
        "submit": "Внести в правовую базу",
        "multipart": True,
        "cancel_url": reverse("roadmap:legal_acts"),
        "crumbs": presenters.crumbs(Crumb("Новый акт")),
        "lead": "На акты этой базы ссылаются бумаги; посетитель видит их на сайте.",
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def legal_act_edit(request, pk):
    """Change what is known of an act."""
    user = request.user
    act = visible_act(request, pk)
    require(user, Right.LEGAL_BASE_EDIT)
    sent = request.method == "POST"
    form = LegalActEditForm(request.POST if sent else None, request.FILES if sent else None, instance=act)
    changed: list = []

    def save():
        version = form.cleaned_data["version"]
        return _with_file(
            form, user, lambda file: acts.change(act, by=user, version=version, file=file, **form.values())
        )

    if sent and form.is_valid() and save_edit(request, form, save, "Сведения об акте сохранены", changed):
        return redirect(act)
    context = {
        "form": form,
        "changed": changed,
        "heading": act.short_name,
        "multipart": True,
        "cancel_url": act.get_absolute_url(),
        "crumbs": presenters.crumbs_of(act, "Изменить"),
        "lead": "Бумаги, которые уже подписаны, не изменятся.",
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def legal_act_settle(request, pk):
    """Settle the doubt about an act."""
    user = request.user
    act = visible_act(request, pk)
    require(user, Right.LEGAL_BASE_SETTLE)
    if not act.has_open_doubt:
        messages.info(request, "Сомнений об этом акте нет")
        return redirect(act)
    form = SettleForm(request.POST or None, instance=act)
    changed: list = []

    def save():
        data = form.cleaned_data
        return acts.settle(act, by=user, version=data["version"], settled=data["settled"], **form.values())

    if form.is_bound and form.is_valid() and save_edit(request, form, save, "Сомнение решено", changed):
        return redirect(act)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Решить сомнение",
        "submit": "Записать решение",
        "cancel_url": act.get_absolute_url(),
        "crumbs": presenters.crumbs_of(act, "Решить сомнение"),
        "lead": f"{act.short_name}. {visible_act(request, pk).doubt}",
    }
    return render(request, "edit.html", context)


def _dated_form(request, pk, form_class, heading: str, submit: str, save):
    """Answer a short form about the force of an act."""
    act = visible_act(request, pk)
    require(request.user, Right.LEGAL_BASE_EDIT)
    form = form_class(request.POST or None, act=act)
    changed: list = []
    done = form.is_bound and form.is_valid()
    if done and save_edit(request, form, lambda: save(act, form.cleaned_data), "Записано", changed, obj=act):
        return redirect(act)
    context = {
        "form": form,
        "changed": changed,
        "heading": heading,
        "submit": submit,
        "cancel_url": act.get_absolute_url(),
        "crumbs": presenters.crumbs_of(act, heading),
        "lead": act.short_name,
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def legal_act_end(request, pk):
    """Write from which day an act is out of force."""
    return _dated_form(
        request,
        pk,
        EndForm,
        "Акт утратил силу",
        "Записать",
        lambda act, data: acts.end(act, by=request.user, **data),
    )


@require_http_methods(["GET", "POST"])
def legal_act_revive(request, pk):
    """Take back that an act is out of force."""
    return _dated_form(
        request,
        pk,
        ReviveForm,
        "Акт снова действует",
        "Записать",
        lambda act, data: acts.revive(act, by=request.user, **data),
    )
