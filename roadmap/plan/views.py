"""Pages of the roadmap and of the Положение (п. 3.3, 3.4, 9.1, приложение)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history as mentoring_site_history
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.history import capital
from mentoring_site.pdf.render import render_pdf
from mentoring_site.russian import joined, period, ruday, rushort, school_year
from mentoring_site.workflow import action, readiness
from people.language.declension import post_of
from people.rights import Right
from people.roles.holders import holder
from people.school.models import School
from roadmap.plan import acts as plan_acts
from roadmap.plan.forms import NewRoadmapForm, ReturnForm
from roadmap.plan.models import Roadmap

HOME = ("Дорожная карта", "roadmap:roadmaps")
TONES = {"draft": "draft", "submitted": "others", "approved": "done", "superseded": "stopped"}


def crumbs(*more):
    """Return breadcrumbs of the room."""
    return [(HOME[0], reverse(HOME[1])), *more]


def order_words(roadmap) -> str:
    """«приказ от 30.08.2026 № 38-од», or an empty string."""
    return f"приказ от {rushort(roadmap.order_date)} №\u00a0{roadmap.order_number}" if roadmap.order_date else ""


@require_GET
def roadmaps(request):
    """All roadmaps that the user may see, the newest first."""
    found = Roadmap.objects.visible_to(request.user).annotate(
        tasks=Count("stages__tasks"), done=Count("stages__tasks", filter=Q(stages__tasks__done_on__isnull=False))
    )
    rows = [
        {
            "url": roadmap.get_absolute_url(),
            "title": str(roadmap),
            "badge": badge(roadmap),
            "value": roadmap.done,
            "max": max(roadmap.tasks, 1),
            "label": f"{roadmap.done} из {roadmap.tasks}",
            "order": order_words(roadmap),
        }
        for roadmap in found
    ]
    return render(
        request, "roadmap/plan/roadmaps.html", {"rows": rows, "may_write": request.user.can(Right.ROADMAP_WRITE)}
    )


def badge(roadmap) -> dict:
    """Return the state of a roadmap by word and shape."""
    return {"word": roadmap.get_state_display(), "tone": TONES[roadmap.state]}


@require_http_methods(["GET", "POST"])
def new(request):
    """Draft the roadmap of a school year: a new version, from last year's, or from the template of the Положение."""
    if not request.user.can(Right.ROADMAP_WRITE):
        raise PermissionDenied("Дорожную карту составляет куратор (п. 3.4)")
    form = NewRoadmapForm(request.POST or None, this_year=plan_acts.this_year())
    if form.is_valid():
        data = form.cleaned_data
        made = act_with_form(
            form, lambda: plan_acts.draft(data["school_year"], by=request.user, request_key=data["request_key"])
        )
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
            "crumbs": crumbs(("Новая", None)),
            "lead": (
                "Если карта на этот год утверждена, проект станет её новой редакцией; если есть карта прошлого года,"
                " мероприятия возьмутся из неё, иначе — из образца Положения."
            ),
        },
    )


def seen(request, pk) -> Roadmap:
    """Return a roadmap that the user may see, with everything its page reads."""
    found = Roadmap.objects.visible_to(request.user).with_requirements()
    return get_object_or_404(found.prefetch_related("stages__tasks__responsible"), pk=pk)


@require_GET
def roadmap(request, pk):
    """One roadmap: stages, tasks, what is missing, what can be done."""
    found = seen(request, pk)
    user = request.user
    names = {"draft": "submit", "submitted": "approve"}
    checks = readiness(found, names[found.state]) if found.state in names and user.can(Right.ROADMAP_SEE) else []
    editable = found.state == "draft" and user.can(Right.ROADMAP_WRITE)
    stages = [_stage(found, stage, editable) for stage in found.stages.all()]
    return render(
        request,
        "roadmap/plan/roadmap.html",
        {
            "title": str(found),
            "badge": badge(found),
            "order": order_words(found),
            "why": found.returned_why if found.state == "draft" else "",
            "stages": stages,
            "done": sum(s["value"] for s in stages),
            "all": sum(s["max"] for s in stages),
            "counted": found.state in ("approved", "superseded"),
            "actions": _actions(found, user),
            "checks": [_light(check, editable, found) for check in checks],
            "crumbs": crumbs((school_year(found.school_year), None)),
            "pdf_url": reverse("roadmap:pdf", args=[found.pk]),
            "entries": mentoring_site_history.entries([found]) if user.can(Right.ROADMAP_SEE) else [],
        },
    )


def _light(check, editable, roadmap) -> dict:
    found = {"who": "", "url": "", "link": ""} | check
    if not editable or found["url"] == roadmap.get_absolute_url():
        found |= {"url": "", "link": ""}
    return found | {"waiting": not found["met"] and not editable}


def _stage(roadmap, stage, editable) -> dict:
    tasks = list(stage.tasks.all())
    done = sum(t.done_on is not None for t in tasks)
    return {
        "title": str(stage),
        "value": done,
        "max": len(tasks),
        "label": f"{done} из {len(tasks)}",
        "add_url": reverse("roadmap:task_new", args=[roadmap.pk, stage.pk]) if editable else "",
        "rows": [
            {
                "text": t.text,
                "url": reverse("roadmap:task", args=[roadmap.pk, t.pk]),
                "note": t.done_note,
                "result": t.expected_result,
                "badge": task_badge(roadmap, t),
                "term": term(t),
                "who": who(t),
            }
            for t in tasks
        ],
    }


def task_badge(roadmap, task) -> dict:
    """Return how a task stands: done, late, under way, ahead."""
    today = timezone.localdate()
    if task.done_on:
        return {"word": "сделано", "tone": "done"}
    if roadmap.state == "approved" and task.due_on and task.due_on < today:
        return {"word": "просрочено", "tone": "late"}
    if roadmap.state == "approved" and task.starts_on and task.starts_on <= today:
        return {"word": "идёт", "tone": "others"}
    return {"word": "впереди", "tone": "ahead"}


def who(task) -> str:
    """Who is responsible, as printed; else the names of those who see it among their tasks."""
    return task.responsible_words or joined([p.short_name for p in task.responsible.all()])


def term(task) -> str:
    """«1–30 сентября», «до 20 мая», «в течение года»."""
    if task.starts_on and task.due_on:
        return period(task.starts_on, task.due_on)
    return f"до {ruday(task.due_on)}" if task.due_on else "в течение года"


def _actions(roadmap, user) -> list[dict]:
    found = [
        action(roadmap, "submit", user, reverse("roadmap:submit", args=[roadmap.pk]), primary=True),
        action(roadmap, "send_back", user, reverse("roadmap:send_back", args=[roadmap.pk])),
    ]
    below = {"reasons": ("Чего не хватает, сказано ниже",)}
    found = [act | below if act and act.reasons else act for act in found]
    if roadmap.state == "submitted" and user.can(Right.ORDERS_DRAFT):
        found.insert(
            0,
            _link(
                "order",
                "Подготовить приказ",
                f"{reverse('reports:order_new')}?kind=roadmap&roadmap={roadmap.pk}",
                primary=True,
            ),
        )
    if roadmap.state == "approved" and user.can(Right.ROADMAP_WRITE):
        found.append(_link("new", "Составить новую редакцию", reverse("roadmap:new")))
    return [a for a in found if a]


def _link(verb, label, url, *, primary=False) -> dict:
    return {
        "verb": verb,
        "label": label,
        "url": url,
        "primary": primary,
        "enabled": True,
        "reasons": [],
        "confirm": False,
    }


def move(request, found, name) -> None:
    """Raise ``PermissionDenied`` unless the transition is of this user at all."""
    if not found.WORKFLOW[name].allows(found, request.user):
        raise PermissionDenied(f"«{found.WORKFLOW[name].label}» может {found.WORKFLOW[name].holders}")


@require_http_methods(["GET", "POST"])
def submit(request, pk):
    """Hand the roadmap over for approval, after a question."""
    found = seen(request, pk)
    move(request, found, "submit")
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: plan_acts.submit(found, by=request.user),
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
            "crumbs": crumbs((school_year(found.school_year), found.get_absolute_url()), ("На утверждение", None)),
            "consequences": ["Карта закроется для правки.", "Директор получит письмо; карту утвердит приказ."],
        },
    )


@require_http_methods(["GET", "POST"])
def send_back(request, pk):
    """Return the roadmap to drafting with a reason."""
    found = seen(request, pk)
    move(request, found, "send_back")
    form = ReturnForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: plan_acts.send_back(found, by=request.user, reason=form.cleaned_data["reason"])
    ):
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
            "crumbs": crumbs((school_year(found.school_year), found.get_absolute_url()), ("Возврат", None)),
        },
    )


@require_GET
def pdf(request, pk):
    """The roadmap as a paper in the form that schools use (docs/law.md#papers-roadmap)."""
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
                    "term": term(t),
                    "responsible": who(t),
                    "result": t.expected_result,
                }
                for t in stage.tasks.all()
            ],
        }
        for stage in roadmap.stages.all()
    ]
    return {
        "school": {"short_name": school.organisation.short_name},
        "title": (
            "Дорожная карта (план мероприятий) по реализации Положения о системе наставничества педагогических"
            " работников"
        ),
        "year": f"{school_year(roadmap.school_year, full=True)} учебный год",
        "appendix": None,
        "approved": "УТВЕРЖДЕНА",
        "number": roadmap.order_number or None,
        "date": str(roadmap.order_date) if roadmap.order_date else None,
        "stages": stages,
        "signer": {"post": capital(post_of(curator)), "name_before": curator.signature_name} if curator else None,
    }
