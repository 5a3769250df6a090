"""Pages of the editable lists: forms and kinds of mentoring, samples of programs (п. 2.3)."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Badge, Crumb
from people.rights import Right
from programs.catalogs import acts, template_acts
from programs.catalogs.forms import FORMS, LINES
from programs.catalogs.models import (
    IncentiveMeasure,
    MentoringForm,
    MentoringKind,
    ProgramTemplate,
    SheetTemplate,
    StepSample,
)


@dataclass(frozen=True)
class Words:
    """How one list is called on its pages."""

    title: str
    entry: str
    add: str
    lead: str


COUNTED = {"sheets": "criteria"}
LINES_WORDS = {"templates": "Мероприятия", "sheets": "Критерии"}
WORDS = {
    "forms": Words(
        "Формы наставничества", "Форма наставничества", "Добавить форму", "Кто кому помогает (п. 2.3 Положения)"
    ),
    "kinds": Words("Виды наставничества", "Вид наставничества", "Добавить вид", "Как идёт работа (п. 2.3 Положения)"),
    "templates": Words(
        "Образцы программ", "Образец программы", "Добавить образец", "С образца начинают черновик, потом меняют"
    ),
    "steps": Words(
        "Шаги между встречами", "Шаг", "Добавить шаг", "Предлагаются в конце записи встречи; можно написать и свой"
    ),
    "sheets": Words(
        "Листы наблюдения", "Лист наблюдения", "Добавить лист", "По ним смотрят урок: критерии можно менять"
    ),
    "measures": Words(
        "Меры поощрения", "Мера поощрения", "Добавить меру", "Их предлагают наставники и методический совет (п. 3.5)"
    ),
}


@require_safe
def index(request) -> HttpResponse:
    """All lists on one page, each entry leads to its form."""
    require(request.user, Right.LISTS_EDIT)
    sections = []
    for what, words in WORDS.items():
        if what == "templates":  # a page of their own: the council writes them too
            continue
        rows: Any = acts.LISTS[what].objects.all()
        if what in COUNTED:
            rows = rows.annotate(lines=Count(COUNTED[what])).order_by("name", "pk")
        add_url = reverse("programs:lists_new", args=[what])
        sections.append({"words": words, "add_url": add_url, "rows": [_row(what, row) for row in rows]})
    return render(request, "programs/catalogs/lists.html", {"sections": sections})


def _row(what: str, entry: acts.Entry) -> dict:
    return {
        "name": entry.name,
        "note": _note(entry),
        "url": reverse("programs:lists_edit", args=[what, entry.pk]),
        "badge": Badge("предлагается", "done") if entry.is_open else Badge("не предлагается", "stopped"),
    }


def _lines(entry: Any) -> int:
    return entry.lines


def _note(entry: acts.Entry) -> str:
    if isinstance(entry, MentoringForm):
        return f"{entry.mentor_role} → {entry.mentee_role}"
    if isinstance(entry, SheetTemplate):
        return f"{entry.for_whom}. {plural(_lines(entry), 'критерий,критерия,критериев')}"
    if isinstance(entry, StepSample):
        return ", ".join(filter(None, (entry.subject, entry.post))) or "для всех"
    if isinstance(entry, IncentiveMeasure):
        return f"{entry.wording}{', с указанием размера' if entry.is_material else ''}"
    return entry.description if isinstance(entry, MentoringKind) else ""


def entry(request, what: str, pk: int | None = None) -> HttpResponse:
    """Add or change an entry of a list; a sample comes with its activities."""
    if what not in WORDS:
        raise Http404
    model, words = acts.LISTS[what], WORDS[what]
    require(request.user, acts.right_of(model))
    shown = get_object_or_404(model, pk=pk) if pk else model()
    back, title = ("programs:templates", "Образцы программ") if what == "templates" else ("programs:lists", "Списки")
    form = FORMS[what](request.POST or None, instance=shown)
    lines = LINES[what](request.POST or None, instance=shown, prefix="line") if what in LINES else None
    if request.method == "POST" and form.is_valid() and (lines is None or lines.is_valid()):
        saved = act_with_form(form, lambda: acts.save(form.instance, by=request.user, lines=lines))
        if saved and isinstance(saved, ProgramTemplate) and "move" in request.POST:
            return _move(request, saved)
        if saved:
            messages.success(request, f"Сохранено: {saved}")
            return redirect(back)
    context = {
        "form": form,
        "lines": lines,
        "heading": shown.name if pk else words.add,
        "lead": "" if pk else words.lead,
        "lines_heading": LINES_WORDS.get(what, ""),
        "movable": what == "templates",
        "cancel_url": reverse(back),
        "crumbs": [Crumb(title, reverse(back)), Crumb(words.entry)],
    }
    return render(request, "programs/catalogs/lists_entry.html", context)


def _move(request, template: ProgramTemplate) -> HttpResponse:
    """Move a line after everything that was typed is saved."""
    key, _, way = request.POST["move"].partition(":")
    line = get_object_or_404(template.activities, pk=int(key) if key.isdecimal() and len(key) < 16 else 0)
    return act_and_redirect(
        request,
        lambda: template_acts.move_line(line, by=request.user, up=way == "up"),
        success="Сохранено и переставлено",
        to=reverse("programs:lists_edit", args=["templates", template.pk]) + f"#line-{line.pk}",
    )
