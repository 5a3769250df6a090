"""Pages of the editable lists: forms and kinds of mentoring, samples of programmes (п. 2.3)."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mentoring_site.russian import plural
from people.rights import Right
from programs.catalogs import acts
from programs.catalogs.forms import FORMS, TemplateActivities
from programs.catalogs.models import ProgramTemplate
from programs.program.presenters import safe
from programs.program.views import need

WORDS = {
    "forms": ("Формы наставничества", "Форма наставничества", "Добавить форму", "Кто кому помогает (п. 2.3 Положения)"),
    "kinds": ("Виды наставничества", "Вид наставничества", "Добавить вид", "Как идёт работа (п. 2.3 Положения)"),
    "templates": (
        "Образцы программ",
        "Образец программы",
        "Добавить образец",
        "С образца начинают черновик, потом меняют",
    ),
}
OTHERS = (("Темы работы пар и категории наставляемых", "people:bank_lists"),)


@require_GET
def index(request):
    """All lists on one page, each entry leads to its form."""
    need(request.user.can(Right.LISTS_EDIT), "Списки ведёт куратор")
    sections = []
    for what, (title, _, add, lead) in WORDS.items():
        rows = acts.LISTS[what].objects.all()
        rows = rows.annotate(lines=Count("activities")) if what == "templates" else rows
        sections.append(
            {
                "title": title,
                "lead": lead,
                "add": add,
                "add_url": reverse("programs:lists_new", args=[what]),
                "rows": [_row(what, row) for row in rows],
            }
        )
    links = [{"label": label, "url": url} for label, name in OTHERS if (url := safe(name))]
    return render(request, "programs/catalogs/lists.html", {"sections": sections, "links": links})


def _row(what, row) -> dict:
    notes = {
        "forms": lambda: f"{row.mentor_role} → {row.mentee_role}",
        "kinds": lambda: row.description,
        "templates": lambda: (
            f"{row.for_whom}. {plural(row.months, 'месяц,месяца,месяцев')},"
            f" {plural(row.lines, 'мероприятие,мероприятия,мероприятий')}"
        ),
    }
    return {
        "name": row.name,
        "note": notes[what](),
        "url": reverse("programs:lists_edit", args=[what, row.pk]),
        "badge": (
            {"word": "предлагается", "tone": "done"} if row.is_open else {"word": "не предлагается", "tone": "stopped"}
        ),
    }


def entry(request, what, pk=None):
    """Add or change an entry of a list; a sample comes with its activities."""
    need(request.user.can(Right.LISTS_EDIT), "Списки ведёт куратор")
    if what not in WORDS:
        raise Http404
    row = get_object_or_404(acts.LISTS[what], pk=pk) if pk else acts.LISTS[what]()
    form = FORMS[what](request.POST or None, instance=row)
    sample = isinstance(row, ProgramTemplate)
    lines = TemplateActivities(request.POST or None, instance=row, prefix="line") if sample else None
    if request.method == "POST" and form.is_valid() and (lines is None or lines.is_valid()):
        acts.save(form.instance, by=request.user, activities=lines)
        messages.success(request, f"Сохранено: {form.instance}")
        return redirect("programs:lists")
    return render(
        request,
        "programs/catalogs/lists_entry.html",
        {
            "form": form,
            "lines": lines,
            "heading": row.name if pk else WORDS[what][2],
            "lead": "" if pk else WORDS[what][3],
            "cancel_url": reverse("programs:lists"),
            "crumbs": [("Списки и образцы", reverse("programs:lists")), (WORDS[what][1], None)],
        },
    )
