"""Pages of one task of a roadmap: what, when, who, what came of it; edits of a draft (п. 3.4, приложение)."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.ui.elements import Fact
from people.rights import Right
from roadmap.plan import acts, presenters
from roadmap.plan.forms import DoneForm, DoneManyForm, TaskForm
from roadmap.plan.models import Roadmap, Task
from roadmap.plan.views import visible_roadmap


def _task_of(roadmap: Roadmap, task_pk: int) -> Task:
    """Return the task of a roadmap that was read with its tasks. Raises ``Http404``."""
    for stage in roadmap.stages.all():
        for task in stage.tasks.all():
            if task.pk == task_pk:
                return task
    raise Http404


@require_GET
def task(request, pk, task_pk):
    """One task of a roadmap."""
    roadmap = visible_roadmap(request, pk)
    found = _task_of(roadmap, task_pk)
    proof = presenters.task_evidence(roadmap, found, request.user)  # reads what the facts say of it
    return render(
        request,
        "roadmap/plan/task.html",
        {
            "title": found.text,
            "badge": presenters.task_badge(roadmap, found),
            "facts": presenters.task_facts(found),
            "actions": presenters.task_actions(roadmap, found, request.user),
            "evidence": proof,
            "crumbs": presenters.crumbs_of(roadmap, f"Мероприятие {found.stage.number}.{found.number}"),
        },
    )


def _to_closed(request, roadmap):
    """Lead back with a message when the roadmap is closed for edits. Raises ``NotAllowed`` for those who never edit."""
    require(request.user, Right.ROADMAP_WRITE)
    if roadmap.state == Roadmap.State.DRAFT:
        return None
    messages.info(request, acts.CLOSED)
    return redirect(roadmap)


@require_http_methods(["GET", "POST"])
def edit(request, pk, task_pk=None, stage_pk=None):
    """Add or change a task of a draft."""
    roadmap = visible_roadmap(request, pk)
    if closed := _to_closed(request, roadmap):
        return closed
    found = _task_of(roadmap, task_pk) if task_pk else Task(stage=get_object_or_404(roadmap.stages, pk=stage_pk))
    form = TaskForm(request.POST or None, instance=found, version=roadmap.version)
    recorded: list[Fact] = []
    if form.is_valid():
        if save_edit(request, form, lambda: _save(roadmap, form, request.user), "Мероприятие записано", obj=roadmap):
            return redirect(roadmap)
        recorded = presenters.recorded_now(task_pk)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "facts": recorded,
            "heading": "Мероприятие карты" if task_pk else "Новое мероприятие карты",
            "lead": str(found.stage),
            "submit": "Сохранить мероприятие",
            "cancel_url": roadmap.get_absolute_url(),
            "crumbs": presenters.crumbs_of(roadmap, "Мероприятие"),
        },
    )


def _save(roadmap, form, user) -> Task:
    data = form.cleaned_data
    return acts.save_task(roadmap, form.instance, data["responsible"], by=user, version=data["version"])


@require_http_methods(["GET", "POST"])
def drop(request, pk, task_pk):
    """Take a task out of a draft, after a question."""
    roadmap = visible_roadmap(request, pk)
    found = _task_of(roadmap, task_pk)
    if closed := _to_closed(request, roadmap):
        return closed
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: acts.drop_task(roadmap, found, by=request.user, version=roadmap.version),
            success="Мероприятие убрано из карты",
            to=roadmap,
        )
    return render(
        request,
        "confirm.html",
        {
            "heading": "Убрать мероприятие?",
            "lead": found.text,
            "consequences": ["Мероприятие исчезнет из проекта карты."],
            "submit": "Убрать из карты",
            "danger": True,
            "cancel_url": roadmap.get_absolute_url(),
            "crumbs": presenters.crumbs_of(roadmap, "Убрать"),
        },
    )


@require_http_methods(["GET", "POST"])
def done(request, pk, task_pk):
    """Mark a task of an approved roadmap done."""
    roadmap = visible_roadmap(request, pk)
    found = _task_of(roadmap, task_pk)
    acts.require_mark(found, request.user)
    if request.method == "GET" and (roadmap.state != Roadmap.State.APPROVED or found.done_on):
        already = "Мероприятие уже отмечено"
        messages.info(request, already if found.done_on else "Отмечают выполнение утверждённой карты")
        return redirect("roadmap:task", pk, task_pk)
    form = DoneForm(request.POST or None, request.FILES or None)
    if form.is_valid() and act_with_form(form, lambda: _mark(found, form, request.user)):
        messages.success(request, "Выполнение отмечено")
        return redirect(roadmap)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Мероприятие выполнено",
            "lead": found.text,
            "submit": "Отметить выполнение",
            "multipart": True,
            "cancel_url": roadmap.get_absolute_url(),
            "crumbs": presenters.crumbs_of(roadmap, "Выполнение"),
        },
    )


def _mark(task: Task, form: DoneForm, user) -> Task:
    with stored_uploads(form.cleaned_data["evidence"], by=user) as files:
        return acts.mark_done(task, by=user, note=form.cleaned_data["note"], files=files)


@require_http_methods(["GET", "POST"])
def done_many(request, pk):
    """Mark several tasks of an approved roadmap in one go: those that are due come first."""
    roadmap = visible_roadmap(request, pk)
    require(request.user, Right.ROADMAP_WRITE)
    waiting = [task for stage in roadmap.stages.all() for task in stage.tasks.all() if not task.done_on]
    if roadmap.state != Roadmap.State.APPROVED or not waiting:
        messages.info(request, "Отмечают невыполненные мероприятия утверждённой карты: сейчас таких нет")
        return redirect(roadmap)
    waiting.sort(key=lambda task: (task.due_on or date.max, task.pk))
    form = DoneManyForm(request.POST or None, tasks=waiting)
    if form.is_valid():
        chosen = [task for task in waiting if task.pk in form.cleaned_data["tasks"]]
        note = form.cleaned_data["note"]
        done = act_with_form(form, lambda: acts.mark_several(chosen, by=request.user, note=note))
        if done:
            messages.success(request, f"Отмечено: {plural(len(done), 'мероприятие,мероприятия,мероприятий')}")
            return redirect(roadmap)
    context = {
        "form": form,
        "heading": "Отметить несколько мероприятий",
        "lead": "То, что система знает сама (приказы, банки, программы), она отмечает без Вас.",
        "submit": "Отметить выполнение",
        "cancel_url": roadmap.get_absolute_url(),
        "crumbs": presenters.crumbs_of(roadmap, "Отметить несколько"),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def unmark(request, pk, task_pk):
    """Take back a mark made by mistake, after a question."""
    roadmap = visible_roadmap(request, pk)
    found = _task_of(roadmap, task_pk)
    require(request.user, Right.ROADMAP_WRITE)
    if request.method == "POST":
        return act_and_redirect(request, lambda: acts.unmark(found, by=request.user), success="Отметка снята", to=found)
    return render(
        request,
        "confirm.html",
        {
            "heading": "Снять отметку о выполнении?",
            "lead": found.text,
            "consequences": [
                "Мероприятие снова будет ждать выполнения.",
                "В истории карты останется, кто снял отметку.",
            ],
            "submit": "Снять отметку",
            "danger": True,
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs_of(roadmap, "Отметка"),
        },
    )
