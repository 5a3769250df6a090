"""Pages of the roadmap and of the Положение (п. 3.3, 3.4, 9.1, приложение)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.acts import attempt, try_form
from mentoring_site.pdf import render_pdf
from mentoring_site.russian import joined, period, ruday, rushort, school_year
from mentoring_site.workflow import action, readiness
from people import history
from people.declined import post_of
from people.heads import holder
from people.history import capital
from people.models import School
from roadmap import plans
from roadmap.forms import DoneForm, NewRoadmapForm, ReturnForm, TaskForm
from roadmap.models import Regulation, Roadmap, Task

HOME = ("Дорожная карта", "roadmap:roadmaps")
TONES = {"draft": "draft", "submitted": "others", "approved": "done", "superseded": "stopped"}


def this_year() -> int:
    """Return the school year of today; August already belongs to the new one."""
    today = timezone.localdate()
    return today.year if today.month >= 8 else today.year - 1


def crumbs(*more):
    """Return breadcrumbs of the room."""
    return [(HOME[0], reverse(HOME[1])), *more]


@require_GET
def roadmaps(request):
    """All roadmaps that the user may see, the newest first."""
    found = Roadmap.objects.visible_to(request.user).prefetch_related("stages__tasks")
    rows = []
    for roadmap in found:
        tasks = [t for stage in roadmap.stages.all() for t in stage.tasks.all()]
        rows.append(
            {
                "url": roadmap.get_absolute_url(),
                "title": str(roadmap),
                "badge": badge(roadmap),
                "done": sum(t.done_on is not None for t in tasks),
                "all": len(tasks),
                "order": f"приказ от {rushort(roadmap.order_date)} № {roadmap.order_number}"
                if roadmap.order_date
                else "",
            }
        )
    return render(request, "roadmap/roadmaps.html", {"rows": rows, "may_write": request.user.can("roadmap.write")})


def badge(roadmap) -> dict:
    """Return the state of a roadmap by word and shape."""
    return {"word": roadmap.get_state_display(), "tone": TONES[roadmap.state]}


@require_http_methods(["GET", "POST"])
def new(request):
    """Draft the roadmap of a school year from the template of the Положение."""
    form = NewRoadmapForm(request.POST or None, this_year=this_year())
    if form.is_valid():
        made = try_form(
            form,
            lambda: plans.draft(
                form.cleaned_data["school_year"], by=request.user, request_key=form.cleaned_data["request_key"]
            ),
        )
        if made:
            return redirect(made)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Новая дорожная карта",
            "submit": "Составить по образцу Положения",
            "cancel_url": reverse("roadmap:roadmaps"),
            "crumbs": crumbs(("Новая", None)),
            "lead": "Семь этапов с мероприятиями, сроками и ответственными возьмутся из образца. Потом их можно изменить.",
        },
    )


def seen(request, pk) -> Roadmap:
    """Return a roadmap that the user may see, with everything its page reads."""
    return get_object_or_404(Roadmap.objects.visible_to(request.user).with_requirements(), pk=pk)


@require_GET
def roadmap(request, pk):
    """One roadmap: stages, tasks, what is missing, what can be done."""
    found = seen(request, pk)
    user, today = request.user, timezone.localdate()
    stages = [
        {
            "title": str(stage),
            "add_url": reverse("roadmap:task_new", args=[found.pk, stage.pk]),
            "rows": [_row(found, t, user, today) for t in stage.tasks.all()],
        }
        for stage in found.stages.all()
    ]
    names = {"draft": "submit", "submitted": "approve"}
    checks = readiness(found, names[found.state]) if found.state in names else []
    actions = [
        action(found, "submit", user, reverse("roadmap:submit", args=[found.pk]), primary=True),
        action(found, "send_back", user, reverse("roadmap:send_back", args=[found.pk])),
    ]
    if found.state == "submitted" and user.can("orders.draft"):
        actions.insert(
            0,
            {
                "verb": "order",
                "label": "Составить приказ об утверждении",
                "url": reverse("reports:order_new") + "?kind=roadmap",
                "primary": True,
                "enabled": True,
                "reasons": [],
                "confirm": False,
            },
        )
    return render(
        request,
        "roadmap/roadmap.html",
        {
            "roadmap": found,
            "badge": badge(found),
            "stages": stages,
            "editable": found.state == "draft" and user.can("roadmap.write"),
            "actions": [a for a in actions if a],
            "checks": checks,
            "crumbs": crumbs((school_year(found.school_year), None)),
            "pdf_url": reverse("roadmap:pdf", args=[found.pk]),
            "entries": history.entries([found]) if user.can("roadmap.see") else [],
            "order": f"Утверждена приказом от {rushort(found.order_date)} № {found.order_number}"
            if found.order_date
            else "",
        },
    )


def _row(roadmap, task, user, today) -> dict:
    late = roadmap.state == "approved" and not task.done_on and task.due_on and task.due_on < today
    state = (
        {"word": "сделано", "tone": "done"}
        if task.done_on
        else {"word": "просрочено", "tone": "late"}
        if late
        else {"word": "впереди", "tone": "ahead"}
    )
    names = [p.short_name for p in task.responsible.all()]
    mine = user.can("roadmap.write") or any(p.pk == user.person_id for p in task.responsible.all())
    return {
        "task": task,
        "badge": state,
        "term": _term(task),
        "who": task.responsible_words or joined(names),
        "edit_url": reverse("roadmap:task_edit", args=[roadmap.pk, task.pk]),
        "done_url": reverse("roadmap:task_done", args=[roadmap.pk, task.pk])
        if mine and roadmap.state == "approved" and not task.done_on
        else "",
    }


def _term(task) -> str:
    if task.starts_on and task.due_on:
        return period(task.starts_on, task.due_on)
    return f"до {ruday(task.due_on)}" if task.due_on else "в течение года"


@require_http_methods(["GET", "POST"])
def task_edit(request, pk, task_pk=None, stage_pk=None):
    """Add or change a task of a draft."""
    found = seen(request, pk)
    task = (
        get_object_or_404(Task, pk=task_pk, stage__roadmap=found)
        if task_pk
        else Task(stage=get_object_or_404(found.stages, pk=stage_pk))
    )
    form = TaskForm(request.POST or None, instance=task, version=found.version)
    if form.is_valid() and try_form(
        form,
        lambda: plans.save_task(
            found,
            form.instance,
            form.cleaned_data["responsible"],
            by=request.user,
            version=form.cleaned_data["version"],
        ),
    ):
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Мероприятие карты",
            "lead": str(task.stage),
            "submit": "Сохранить мероприятие",
            "cancel_url": found.get_absolute_url(),
            "crumbs": crumbs((school_year(found.school_year), found.get_absolute_url()), ("Мероприятие", None)),
        },
    )


@require_http_methods(["GET", "POST"])
def task_drop(request, pk, task_pk):
    """Take a task out of a draft, after a question."""
    found = seen(request, pk)
    task = get_object_or_404(Task, pk=task_pk, stage__roadmap=found)
    if request.method == "POST":
        return attempt(
            request,
            lambda: plans.drop_task(found, task, by=request.user, version=found.version),
            success="Мероприятие убрано из карты",
            to=found,
        )
    return render(
        request,
        "confirm.html",
        {
            "heading": "Убрать мероприятие?",
            "lead": task.text,
            "consequences": ["Мероприятие исчезнет из проекта карты."],
            "submit": "Убрать из карты",
            "danger": True,
            "cancel_url": found.get_absolute_url(),
        },
    )


@require_http_methods(["GET", "POST"])
def submit(request, pk):
    """Hand the roadmap over for approval, after a question."""
    found = seen(request, pk)
    if request.method == "POST":
        return attempt(
            request,
            lambda: plans.submit(found, by=request.user),
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
            "consequences": ["Карта закроется для правки.", "Директор получит письмо; карту утвердит приказ."],
        },
    )


@require_http_methods(["GET", "POST"])
def send_back(request, pk):
    """Return the roadmap to drafting with a reason."""
    found = seen(request, pk)
    form = ReturnForm(request.POST or None)
    if form.is_valid() and try_form(
        form, lambda: plans.send_back(found, by=request.user, reason=form.cleaned_data["reason"])
    ):
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Вернуть карту на доработку",
            "submit": "Вернуть на доработку",
            "cancel_url": found.get_absolute_url(),
        },
    )


@require_http_methods(["GET", "POST"])
def task_done(request, pk, task_pk):
    """Mark a task of an approved roadmap done."""
    found = seen(request, pk)
    task = get_object_or_404(Task.objects.select_related("stage__roadmap"), pk=task_pk, stage__roadmap=found)
    form = DoneForm(request.POST or None)
    if form.is_valid() and try_form(
        form, lambda: plans.mark_done(task, by=request.user, note=form.cleaned_data["note"])
    ):
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Мероприятие выполнено",
            "lead": task.text,
            "submit": "Отметить выполнение",
            "cancel_url": found.get_absolute_url(),
        },
    )


@require_GET
def pdf(request, pk):
    """The roadmap as a paper in the form that schools use (law-and-documents.md, 5.3)."""
    found = seen(request, pk)
    data = render_pdf("documents/roadmap.html", facts_of(found), title=str(found))
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="roadmap-{found.school_year}.pdf"'
    return response


def facts_of(roadmap) -> dict:
    """Return what the paper's template reads (templates/documents/roadmap.html)."""
    school = School.get()
    curator = holder("curator")
    stages = [
        {
            "number": stage.number,
            "name": stage.title,
            "tasks": [
                {
                    "text": t.text,
                    "term": _term(t),
                    "responsible": t.responsible_words or joined([p.short_name for p in t.responsible.all()]),
                    "result": t.expected_result,
                }
                for t in stage.tasks.all()
            ],
        }
        for stage in roadmap.stages.all()
    ]
    return {
        "school": {"short_name": school.organisation.short_name},
        "title": "Дорожная карта (план мероприятий) по реализации Положения о системе наставничества педагогических работников",
        "year": f"{school_year(roadmap.school_year, full=True)} учебный год",
        "appendix": None,
        "approved": "УТВЕРЖДЕНА",
        "number": roadmap.order_number or None,
        "date": str(roadmap.order_date) if roadmap.order_date else None,
        "stages": stages,
        "signer": {"post": capital(post_of(curator)), "name_before": curator.signature_name} if curator else None,
    }


@require_GET
def regulation(request):
    """The Положение in force and its earlier versions."""
    found = list(Regulation.objects.visible_to(request.user))
    current = next((r for r in found if r.state == "approved"), None)
    return render(
        request,
        "roadmap/regulation.html",
        {
            "current": current,
            "earlier": [r for r in found if r is not current],
            "crumbs": crumbs(("Положение", None)),
            "school": School.get(),
        },
    )
