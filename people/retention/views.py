"""«Сроки хранения»: the table, one row of it, its history."""

from copy import copy

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.history import entries
from mentoring_site.rights import require
from mentoring_site.ui.elements import Badge, Crumb
from people.retention import acts
from people.retention.forms import NewTermForm, TermForm
from people.retention.models import RetentionTerm
from people.retention.rules import archive_source, words
from people.rights import Right


def table(request):
    """Every kind of document with its term; what the school has not settled stands out."""
    require(request.user, Right.PAPERS_SEE_ALL, act="видеть сроки хранения")
    source, may = archive_source(), request.user.can(Right.RETENTION_EDIT)
    found = list(RetentionTerm.objects.visible_to(request.user))
    context = {
        "source": source,
        "school_url": reverse("people:school") if request.user.can(Right.SCHOOL_EDIT) else "",
        "rows": [
            {
                "term": term,
                "words": words(term, source),
                "badge": _badge(term, may),
                "url": reverse("people:retention_term", args=[term.pk]) if may and not term.closed_on else "",
                "close_url": reverse("people:retention_close", args=[term.pk])
                if may and term.is_own and not term.closed_on
                else "",
                "reopen_url": reverse("people:retention_reopen", args=[term.pk]) if may and term.closed_on else "",
            }
            for term in found
        ],
        "new_url": reverse("people:retention_new") if may else "",
        "entries": entries(found),
    }
    return render(request, "people/retention/table.html", context)


def _badge(term, may):
    if term.closed_on:
        return Badge(f"закрыта {term.closed_on:%d.%m.%Y}", "stopped")
    undecided = term.kind == RetentionTerm.Kind.UNDECIDED
    return Badge("решает школа", "you" if may else "others") if undecided else None


def new(request):
    """Add a kind of documents that the list does not name."""
    require(request.user, Right.RETENTION_EDIT)
    form = NewTermForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: acts.add(by=request.user, **form.cleaned_data)):
        messages.success(request, "Вид документов добавлен.")
        return redirect("people:retention")
    context = {
        "form": form,
        "heading": "Новый вид документов",
        "lead": "Для документов, которых нет в таблице. Срок и статью берут из перечня или устанавливает школа.",
        "submit": "Добавить",
        "cancel_url": reverse("people:retention"),
        "crumbs": [Crumb("Сроки хранения", reverse("people:retention")), Crumb("Новый вид документов")],
    }
    return render(request, "form.html", context)


@require_POST
def close(request, pk):
    """Close a row of the school's own."""
    shown = get_object_or_404(RetentionTerm.objects.visible_to(request.user), pk=pk)
    return act_and_redirect(
        request,
        lambda: acts.close(shown, by=request.user),
        success="Вид документов закрыт. Открыть его снова можно здесь же.",
        to=reverse("people:retention"),
    )


@require_POST
def reopen(request, pk):
    """Open a closed row again."""
    shown = get_object_or_404(RetentionTerm.objects.visible_to(request.user), pk=pk)
    return act_and_redirect(
        request,
        lambda: acts.reopen(shown, by=request.user),
        success="Вид документов открыт снова.",
        to=reverse("people:retention"),
    )


def term(request, pk):
    """Change one row."""
    shown = get_object_or_404(RetentionTerm.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.RETENTION_EDIT)
    form = TermForm(request.POST or None, instance=shown, initial={"version": shown.version})
    changed: list = []
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        version = data.pop("version")
        fresh = copy(shown)
        if save_edit(
            request,
            form,
            lambda: acts.change(fresh, by=request.user, version=version, **data),
            "Срок хранения записан.",
            changed,
            obj=fresh,
        ):
            return redirect("people:retention")
    context = {
        "form": form,
        "heading": shown.documents,
        "facts": changed,
        "submit": "Сохранить",
        "cancel_url": reverse("people:retention"),
        "crumbs": [Crumb("Сроки хранения", reverse("people:retention")), Crumb(shown.documents)],
    }
    return render(request, "form.html", context)
