"""Pages of tasks: all, those of a program, one; given, done, answered, dropped (п. 4.1, 5.2)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import undo
from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import plural
from mentoring_site.told import by_letter
from mentoring_site.ui.list_page import TotalOrder, query_of
from people.accounts.requests import UserRequest
from programs.program.models import Program
from programs.program.presenters import crumbs, head
from programs.program.views import get_program_head
from programs.tasks import acts, presenters
from programs.tasks.forms import AnswerForm, DoForm, GiveForm
from programs.tasks.list_page import TASKS
from programs.tasks.models import MentorTask
from programs.tasks.rules import TASK

PER_PAGE = 20


@require_GET
def tasks(request: UserRequest) -> HttpResponseBase:
    """Tasks of all programs that the user may see; the same list as XLSX."""
    return TASKS.answer(request, MentorTask.objects.visible_to(request.user))


@require_GET
def of_program(request: UserRequest, pk: int) -> HttpResponseBase:
    """Tasks of one program, the open ones first; in a group a mentee reads one's own."""
    program, user = get_program_head(request, pk), request.user
    found = MentorTask.objects.visible_to(user).filter(program=program).select_related("participation__person")
    page = TotalOrder(found.order_by("-due_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    for task in page:
        task.program = program
    context = head(program, user, "programs:mentor_tasks_of") | {
        "rows": [presenters.row(task, user) for task in page],
        "page_obj": page,
        "query": query_of(request),
        "new_url": presenters.new_url(program, user),
        "several": len(program.pairing.people) > 2,
    }
    return render(request, "programs/tasks/of_program.html", context)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Give a task."""
    program = get_program_head(request, pk)
    back = reverse("programs:mentor_tasks_of", args=[pk])
    acts.require_giving(program, request.user)
    if program.state != Program.State.RUNNING:
        messages.info(request, "Задания дают, пока программа реализуется")
        return redirect(back)
    form = GiveForm(request.POST or None, program=program)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("text", "due_on", "request_key")}
        made = act_with_form(form, lambda: acts.give(program, form.sides(), by=request.user, **values))
        if made:
            number = plural(len(made), "задание дано,задания даны,заданий дано")
            undo.say(request, f"{number}. О нём придёт письмо, и оно встанет в «Мои задачи»", made[0], "give")
            return redirect(back)
    context = {
        "form": form,
        "heading": "Дать задание",
        "lead": program.title,
        "submit": "Дать задание",
        "cancel_url": back,
        "crumbs": crumbs(program, "Задание"),
        "hint": "План программы, который согласовал совет, от заданий не меняется.",
    }
    return render(request, "form.html", context)


def _task(request: UserRequest, pk: int) -> MentorTask:
    found = MentorTask.objects.visible_to(request.user).with_requirements().prefetch_related(with_evidence())
    return get_object_or_404(found, pk=pk)


@require_GET
def task(request: UserRequest, pk: int) -> HttpResponseBase:
    """One task: what, till when, what came of it, what can be done."""
    found = _task(request, pk)
    context = {
        "task": found,
        "badge": presenters.badge(found),
        "facts": presenters.facts(found),
        "evidence": presenters.evidence(found, request.user),
        "actions": presenters.actions(found, request.user),
        "crumbs": crumbs(found.program, "Задание"),
    }
    return render(request, "programs/tasks/task.html", context)


def _away(request: UserRequest, found: MentorTask, name: str) -> HttpResponseBase | None:
    """Refuse whose step it is not; lead back when the task does not wait for it."""
    TASK[name].require(found, request.user)
    if request.method == "POST" or found.state in TASK[name].sources:
        return None
    messages.info(request, f"Задание сейчас этого не ждёт: {presenters.badge(found).word}")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def do(request: UserRequest, pk: int) -> HttpResponseBase:
    """The mentee marks a task done, with words and photographs."""
    found = _task(request, pk)
    if away := _away(request, found, "do"):
        return away
    initial = {"result": found.result, "version": found.version}
    form = DoForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid() and act_with_form(form, lambda: _do(found, form, request), request):
        undo.say(request, "Отмечено. Наставник посмотрит и примет или вернёт", found, "do")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Задание выполнено",
        "lead": found.text,
        "facts": [fact for fact in presenters.facts(found) if fact.label in ("До какого дня", "Слово наставника")],
        "submit": "Отметить выполнение",
        "multipart": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found.program, "Задание"),
    }
    return render(request, "form.html", context)


def _do(found: MentorTask, form: DoForm, request: UserRequest) -> MentorTask:
    data = form.cleaned_data
    with stored_uploads(data["evidence"], by=request.user) as files:
        return acts.do(found, by=request.user, result=data["result"], files=files, version=data["version"])


@require_http_methods(["GET", "POST"])
def check(request: UserRequest, pk: int) -> HttpResponseBase:
    """The mentor looks at a done task in person and accepts it or returns it (п. 4.1)."""
    found = _task(request, pk)
    if away := _away(request, found, "accept"):
        return away
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and (answered := act_with_form(form, lambda: _answer(found, form, request), request)):
        if isinstance(answered, MentorTask):
            name = "accept" if answered.state == MentorTask.State.ACCEPTED else "send_back"
            undo.say(request, f"Задание {answered.get_state_display()}", answered, name)
        return redirect(found)
    files = presenters.evidence(found, request.user)
    facts = [fact for fact in presenters.facts(found) if fact.label in ("Кому", "Что сделано", "Отмечено")]
    context = {
        "form": form,
        "heading": "Проверка задания",
        "lead": found.text,
        "facts": [*facts, *presenters.file_facts(files)],
        "submit": "Записать решение",
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found.program, "Проверка задания"),
    }
    return render(request, "form.html", context)


def _answer(found: MentorTask, form: AnswerForm, request: UserRequest) -> MentorTask:
    data = form.cleaned_data
    act = acts.accept if data["decision"] == "check" else acts.send_back
    return act(found, by=request.user, comment=data["comment"], version=data["version"])


@require_http_methods(["GET", "POST"])
def drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a task off, after a question."""
    found = _task(request, pk)
    if away := _away(request, found, "drop"):
        return away
    if request.method == "POST":
        return act_and_redirect(request, lambda: acts.drop(found, by=request.user), success="Задание снято", to=found)
    context = {
        "heading": "Снять задание?",
        "lead": found.text,
        "consequences": ["В истории программы задание останется.", by_letter("Наставляемый узнает об этом из письма.")],
        "submit": "Снять задание",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found.program, "Задание"),
    }
    return render(request, "confirm.html", context)
