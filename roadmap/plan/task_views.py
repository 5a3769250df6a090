"""Pages of one task of a roadmap: what, when, who, what came of it; edits of a draft (п. 3.4, приложение)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import joined, ruday, school_year
from mentoring_site.workflow import NotAllowed, Refused, Stale
from people.rights import Right
from roadmap.plan import acts as plan_acts
from roadmap.plan.forms import DoneForm, TaskForm
from roadmap.plan.models import Roadmap, Task
from roadmap.plan.views import crumbs, seen, task_badge, term, who


def _task(found, task_pk) -> Task:
    """Return the task of a roadmap that was read with its tasks."""
    for stage in found.stages.all():
        for task in stage.tasks.all():
            if task.pk == task_pk:
                return task
    return get_object_or_404(Task.objects.none())


def _way(found, last):
    return crumbs((school_year(found.school_year), found.get_absolute_url()), (last, None))


def _button(verb, label, url, *, primary=False, danger=False) -> dict:
    return {
        "verb": verb,
        "label": label,
        "url": url,
        "primary": primary,
        "danger": danger,
        "enabled": True,
        "reasons": [],
        "confirm": True,
    }


@require_GET
def task(request, pk, task_pk):
    """One task of a roadmap."""
    found = seen(request, pk)
    one = _task(found, task_pk)
    names = joined([p.short_name for p in one.responsible.all()])
    rows = [
        ("Этап", str(one.stage)),
        ("Срок", term(one)),
        ("Ответственные", who(one)),
        ("Среди своих дел видят", names if names != who(one) else ""),
        ("Ожидаемый результат", one.expected_result),
        ("Сделано", ruday(one.done_on) if one.done_on else ""),
        ("Что получилось", one.done_note),
    ]
    return render(
        request,
        "roadmap/plan/task.html",
        {
            "title": one.text,
            "badge": task_badge(found, one),
            "facts": [{"label": label, "value": value} for label, value in rows if value],
            "actions": _actions(found, one, request.user),
            "crumbs": _way(found, f"Мероприятие {one.stage.number}.{one.number}"),
        },
    )


def _actions(roadmap, one, user) -> list[dict]:
    def at(name):
        return reverse(f"roadmap:task_{name}", args=[roadmap.pk, one.pk])

    writes = user.can(Right.ROADMAP_WRITE)
    found = []
    if roadmap.state == "draft" and writes:
        found += [
            _button("edit", "Изменить мероприятие", at("edit"), primary=True),
            _button("drop", "Убрать из карты", at("drop"), danger=True),
        ]
    if roadmap.state == "approved" and not one.done_on and plan_acts.may_mark(one, user):
        found.append(_button("done", "Отметить выполнение", at("done"), primary=True))
    if roadmap.state == "approved" and one.done_on and writes:
        found.append(_button("unmark", "Снять отметку", at("unmark")))
    return found


def _may_edit(found, user):
    """Return a sentence when the roadmap is closed for edits. Raises ``PermissionDenied`` for those who never edit."""
    try:
        plan_acts.check_editable(found, user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        return str(refusal)
    return ""


@require_http_methods(["GET", "POST"])
def edit(request, pk, task_pk=None, stage_pk=None):
    """Add or change a task of a draft."""
    found = seen(request, pk)
    if closed := _may_edit(found, request.user):
        messages.info(request, closed)
        return redirect(found)
    one = _task(found, task_pk) if task_pk else Task(stage=get_object_or_404(found.stages, pk=stage_pk))
    form = TaskForm(request.POST or None, instance=one, version=found.version)
    facts = []
    if form.is_valid():
        data = form.cleaned_data
        try:
            plan_acts.save_task(found, form.instance, data["responsible"], by=request.user, version=data["version"])
        except Stale as stale:
            form.add_error(None, str(stale))
            form.show_newer(Roadmap.objects.get(pk=pk).version)
            facts = _written_now(task_pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Мероприятие записано")
            return redirect(found)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "facts": facts,
            "heading": "Мероприятие карты" if task_pk else "Новое мероприятие карты",
            "lead": str(one.stage),
            "submit": "Сохранить мероприятие",
            "cancel_url": found.get_absolute_url(),
            "crumbs": _way(found, "Мероприятие"),
        },
    )


def _written_now(task_pk) -> list[dict]:
    """What is written now about a task that somebody else may have changed."""
    now = Task.objects.filter(pk=task_pk).prefetch_related("responsible").first() if task_pk else None
    if now is None:
        return []
    rows = [
        ("Мероприятие", now.text),
        ("Срок", term(now)),
        ("Ответственные", who(now)),
        ("Результат", now.expected_result),
    ]
    return [{"label": f"Сейчас: {label.lower()}", "value": value} for label, value in rows if value]


@require_http_methods(["GET", "POST"])
def drop(request, pk, task_pk):
    """Take a task out of a draft, after a question."""
    found = seen(request, pk)
    one = _task(found, task_pk)
    if closed := _may_edit(found, request.user):
        messages.info(request, closed)
        return redirect(found)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: plan_acts.drop_task(found, one, by=request.user, version=found.version),
            success="Мероприятие убрано из карты",
            to=found,
        )
    return render(
        request,
        "confirm.html",
        {
            "heading": "Убрать мероприятие?",
            "lead": one.text,
            "consequences": ["Мероприятие исчезнет из проекта карты."],
            "submit": "Убрать из карты",
            "danger": True,
            "cancel_url": found.get_absolute_url(),
            "crumbs": _way(found, "Убрать"),
        },
    )


@require_http_methods(["GET", "POST"])
def done(request, pk, task_pk):
    """Mark a task of an approved roadmap done."""
    found = seen(request, pk)
    one = _task(found, task_pk)
    if not plan_acts.may_mark(one, request.user):
        raise PermissionDenied("Отмечает ответственный или куратор")
    if request.method == "GET" and (found.state != "approved" or one.done_on):
        messages.info(request, "Мероприятие уже отмечено" if one.done_on else "Отмечают выполнение утверждённой карты")
        return redirect("roadmap:task", pk, task_pk)
    form = DoneForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: plan_acts.mark_done(one, by=request.user, note=form.cleaned_data["note"])
    ):
        messages.success(request, "Выполнение отмечено")
        return redirect(found)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Мероприятие выполнено",
            "lead": one.text,
            "submit": "Отметить выполнение",
            "cancel_url": found.get_absolute_url(),
            "crumbs": _way(found, "Выполнение"),
        },
    )


@require_http_methods(["GET", "POST"])
def unmark(request, pk, task_pk):
    """Take back a mark made by mistake, after a question."""
    found = seen(request, pk)
    one = _task(found, task_pk)
    if not request.user.can(Right.ROADMAP_WRITE):
        raise PermissionDenied("Снимает отметку куратор")
    if request.method == "POST":
        return act_and_redirect(
            request, lambda: plan_acts.unmark(one, by=request.user), success="Отметка снята", to=one
        )
    return render(
        request,
        "confirm.html",
        {
            "heading": "Снять отметку о выполнении?",
            "lead": one.text,
            "consequences": [
                "Мероприятие снова будет ждать выполнения.",
                "В истории карты останется, кто снял отметку.",
            ],
            "submit": "Снять отметку",
            "danger": True,
            "cancel_url": one.get_absolute_url(),
            "crumbs": _way(found, "Отметка"),
        },
    )
