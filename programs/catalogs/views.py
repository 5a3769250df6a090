"""Pages of the editable lists: forms and kinds of mentoring, samples of programs (п. 2.3)."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Badge, Crumb
from people.rights import Right
from programs.catalogs import acts
from programs.catalogs.forms import FORMS, TemplateActivities
from programs.catalogs.models import MentoringForm, ProgramTemplate


@dataclass(frozen=True)
class Words:
    """How one list is called on its pages."""

    title: str
    entry: str
    add: str
    lead: str


WORDS = {
    "forms": Words(
        "Формы наставничества", "Форма наставничества", "Добавить форму", "Кто кому помогает (п. 2.3 Положения)"
    ),
    "kinds": Words("Виды наставничества", "Вид наставничества", "Добавить вид", "Как идёт работа (п. 2.3 Положения)"),
    "templates": Words(
        "Образцы программ", "Образец программы", "Добавить образец", "С образца начинают черновик, потом меняют"
    ),
}


@require_safe
def index(request) -> HttpResponse:
    """All lists on one page, each entry leads to its form."""
    require(request.user, Right.LISTS_EDIT)
    sections = []
    for what, words in WORDS.items():
        rows = acts.LISTS[what].objects.all()
        if what == "templates":
            rows = rows.annotate(lines=Count("activities")).order_by("name", "pk")
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


def _note(entry: acts.Entry) -> str:
    if isinstance(entry, MentoringForm):
        return f"{entry.mentor_role} → {entry.mentee_role}"
    if isinstance(entry, ProgramTemplate):
        months = plural(entry.months, "месяц,месяца,месяцев")
        return f"{entry.for_whom}. {months}, {plural(entry.lines, 'мероприятие,мероприятия,мероприятий')}"
    return entry.description


def entry(request, what: str, pk: int | None = None) -> HttpResponse:
    """Add or change an entry of a list; a sample comes with its activities."""
    require(request.user, Right.LISTS_EDIT)
    if what not in WORDS:
        raise Http404
    model, words = acts.LISTS[what], WORDS[what]
    shown = get_object_or_404(model, pk=pk) if pk else model()
    form = FORMS[what](request.POST or None, instance=shown)
    lines = None
    if isinstance(shown, ProgramTemplate):
        lines = TemplateActivities(request.POST or None, instance=shown, prefix="line")
    if request.method == "POST" and form.is_valid() and (lines is None or lines.is_valid()):
        saved = act_with_form(form, lambda: acts.save(form.instance, by=request.user, activities=lines))
        if saved:
            messages.success(request, f"Сохранено: {saved}")
            return redirect("programs:lists")
    context = {
        "form": form,
        "lines": lines,
        "heading": shown.name if pk else words.add,
        "lead": "" if pk else words.lead,
        "cancel_url": reverse("programs:lists"),
        "crumbs": [Crumb("Списки и образцы", reverse("programs:lists")), Crumb(words.entry)],
    }
    return render(request, "programs/catalogs/lists_entry.html", context)
