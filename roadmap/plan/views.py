"""Pages of the roadmap (п. 3.3, 3.4, приложение)."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.evidence.forms import DayForm
from mentoring_site.form_handling import act_together, act_with_form
from mentoring_site.joint import follow_up
from mentoring_site.pdf.render import render_pdf
from mentoring_site.rights import require
from mentoring_site.russian import school_year
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb
from mentoring_site.workflow import NotAllowed
from mentoring_site.xlsx.writer import stream_xlsx
from people.rights import Right
from roadmap.plan import acts, documents, pictures, presenters
from roadmap.plan.amending import amended, changes
from roadmap.plan.counts import counts
from roadmap.plan.coverage import coverage
from roadmap.plan.forms import NewRoadmapForm, ParticularsForm, ReturnForm
from roadmap.plan.left import left_behind
from roadmap.plan.models import Roadmap
from roadmap.regulation.presenters import crumbs


@require_GET
def roadmaps(request):
    """All roadmaps that the user may see, the newest first."""
    visible = Roadmap.objects.visible_to(request.user).with_progress()
    context = {
        "rows": [presenters.list_row(roadmap) for roadmap in visible],
        "may_write": request.user.can(Right.ROADMAP_WRITE),
    }
    return render(request, "roadmap/plan/roadmaps.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """Draft the roadmap of a school year: a new version, from last year's, or from the template of the Положение."""
    require(request.user, Right.ROADMAP_WRITE)
    form = NewRoadmapForm(request.POST or None, this_year=acts.this_year())
    if form.is_valid():
        made = act_with_form(form, lambda: acts.draft(**form.cleaned_data, by=request.user))
        if made:
            messages.success(request, "Проект карты составлен. Проверьте сроки и ответственных")
            return redirect(made)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Составить дорожную карту",
            "submit": "Составить проект",
            "cancel_url": reverse("roadmap:roadmaps"),
            "crumbs": crumbs(Crumb("Новая")),
            "lead": (
                "Если карта на этот год утверждена, проект станет её новой редакцией; если есть карта прошлого года,"
                " мероприятия возьмутся из неё, иначе — из образца Положения."
            ),
        },
    )


def visible_roadmap(request, pk) -> Roadmap:
    """Return a roadmap that the user may see, with everything its pages read. Raises ``Http404``."""
    visible = Roadmap.objects.visible_to(request.user).with_requirements()
    return get_object_or_404(visible.prefetch_related("stages__tasks__responsible"), pk=pk)


def _proved(request, found: Roadmap) -> tuple[DayForm, list]:
    """Return the form of a day and what proved the lines then; the day is today unless the address names another."""
    form = DayForm({"day": request.GET.get("day") or timezone.localdate().isoformat()})
    return form, presenters.proof_rows(found, form.cleaned_data["day"]) if form.is_valid() else []


@require_GET
def roadmap(request, pk):
    """One roadmap: what goes on now and the stages, the year as a picture, or its history; what can be done."""
    found, user = visible_roadmap(request, pk), request.user
    editable = presenters.is_editable(found, user)
    part = request.GET.get(presenters.PART, "")
    heard, numbers = coverage(found), counts(found)
    tells = user.can(Right.SITE_EDIT)
    stages = [
        replace(
            presenters.stage_rows(found, stage, editable=editable, heard=heard.get(stage.number), tells=tells),
            numbers=numbers.get(stage.number, ""),
        )
        for stage in found.stages.all()
    ]
    sees_history = user.can(Right.ROADMAP_SEE)
    day_form, proofs = _proved(request, found) if part == presenters.PROOFS else (None, [])
    return render(
        request,
        "roadmap/plan/roadmap.html",
        {
            "title": str(found),
            "badge": presenters.badge(found),
            "order": presenters.order_of(found),
            "why": found.returned_why if found.state == Roadmap.State.DRAFT else "",
            "adoption": presenters.adoption(found),
            "now": presenters.now_rows(found, user),
            "stages": stages,
            "part": part,
            "tabs": presenters.tabs(found, part, history=sees_history),
            "day_form": day_form,
            "proofs": proofs,
            "figure": pictures.figure(found) if part == presenters.YEAR else None,
            "actions": presenters.actions(found, user),
            "checks": presenters.checks(found, user),
            "crumbs": crumbs(Crumb(school_year(found.school_year))),
            "pdf_url": reverse("roadmap:pdf", args=[found.pk]),
            "xlsx_url": reverse("roadmap:xlsx", args=[found.pk]),
            "left": left_behind(found) if editable else [],
            "changes": changes(old, found) if (old := amended(found)) else [],
            "entries": history.entries([found]) if sees_history and part == presenters.HISTORY else [],
        },
    )


@require_http_methods(["GET", "POST"])
def particulars(request, pk):
    """From which day an open roadmap is in force, and which bodies have adopted it."""
    found = visible_roadmap(request, pk)
    require(request.user, Right.ROADMAP_WRITE)
    form = ParticularsForm(request.POST or None, roadmap=found)

    def save():
        data = form.cleaned_data
        return acts.save_particulars(
            found, by=request.user, version=data["version"], since=data["since"], approvals=form.approvals()
        )

    changed: list = []
    if form.is_bound and form.is_valid() and save_edit(request, form, save, "Сохранено", changed, obj=found):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Введение в действие и грифы",
        "lead": str(found),
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Введение в действие и грифы"),
    }
    return render(request, "edit.html", context)


def _require_transition(request, found, name):
    transition = found.WORKFLOW[name]
    if not transition.allows(found, request.user):
        raise NotAllowed(f"«{transition.label}» может {transition.holders}")


@require_http_methods(["GET", "POST"])
def submit(request, pk):
    """Hand the roadmap over for approval, after a question."""
    found = visible_roadmap(request, pk)
    _require_transition(request, found, "submit")
    together = follow_up(found, "submit", request.user)
    if request.method == "POST":
        return act_together(
            request,
            lambda: acts.submit(found, by=request.user),
            together,
            success="Дорожная карта передана на утверждение",
            to=found,
        )
    return render(
        request,
        "confirm.html",
        {
            "heading": f"Передать на утверждение: {found}",
            "submit": "Передать на утверждение",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs_of(found, "На утверждение"),
            "consequences": [
                "Карта закроется для правки.",
                by_letter("Директор получит письмо."),
                "Карту утвердит приказ.",
            ],
            "together": together,
        },
    )


@require_http_methods(["GET", "POST"])
def send_back(request, pk):
    """Return the roadmap to drafting with a reason."""
    found = visible_roadmap(request, pk)
    _require_transition(request, found, "send_back")
    form = ReturnForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: acts.send_back(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Карта возвращена на доработку. Куратор увидит её среди своих дел")
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Вернуть карту на доработку",
            "lead": str(found),
            "submit": "Вернуть на доработку",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs_of(found, "Возврат"),
        },
    )


@require_GET
def pdf(request, pk):
    """The roadmap as a paper in the form that schools use (docs/law.md#papers-roadmap)."""
    found = visible_roadmap(request, pk)
    figure = pictures.figure(found)
    facts = documents.roadmap_facts(found) | {"figure": figure.facts() if figure else None}
    data = render_pdf("documents/roadmap.html", facts, title=str(found))
    disposition = f'inline; filename="roadmap-{found.school_year}.pdf"'
    return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": disposition})


@require_GET
def xlsx(request, pk):
    """The roadmap as a workbook: the columns of the paper, and how each line stands."""
    found = visible_roadmap(request, pk)
    name = f"Дорожная карта {school_year(found.school_year)}"
    return stream_xlsx(name, "Карта", documents.SHEET, documents.sheet(found))
