"""«Сроки хранения»: the table, one row of it, its history."""

from copy import copy

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mentoring_site.edits import save_edit
from mentoring_site.history import entries
from mentoring_site.rights import require
from mentoring_site.ui.elements import Badge, Crumb
from people.retention import acts
from people.retention.forms import TermForm
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
        "school_url": f"{reverse('people:school_part', args=['archive'])}?next={reverse('people:retention')}"
        if request.user.can(Right.SCHOOL_EDIT)
        else "",
        "rows": [
            {
                "term": term,
                "words": words(term, source),
                "badge": Badge("решает школа", "you" if may else "others")
                if term.kind == RetentionTerm.Kind.UNDECIDED
                else None,
                "url": reverse("people:retention_term", args=[term.pk]) if may else "",
            }
            for term in found
        ],
        "entries": entries(found),
    }
    return render(request, "people/retention/table.html", context)


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
