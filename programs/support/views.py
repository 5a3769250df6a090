"""Pages of support: all tasks, the support of one program, one task; given, done, answered, dropped (п. 3.5)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import undo
from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import full_stop
from mentoring_site.told import by_letter
from mentoring_site.ui.list_page import TotalOrder, query_of
from people.accounts.requests import UserRequest
from people.promises import Promise
from people.register.models import Person
from people.rights import CHAIR, COUNCIL, SECRETARY, Right
from programs.pairings.letters import holders
from programs.program.presenters import crumbs, head
from programs.program.states import LIVE
from programs.program.views import get_program_head
from programs.support import acts, marks, presenters
from programs.support.forms import AnswerForm, DoForm, GiveForm, MarkForm
from programs.support.list_page import COUNCIL_MARKS, SUPPORT_TASKS
from programs.support.models import CouncilMark, SupportTask
from programs.support.rules import SUPPORT

PER_PAGE = 20


@require_GET
def tasks(request: UserRequest) -> HttpResponseBase:
    """Tasks of support that the user may see; the same list as XLSX."""
    return SUPPORT_TASKS.answer(request, SupportTask.objects.visible_to(request.user))


@require_GET
def of_program(request: UserRequest, pk: int) -> HttpResponseBase:
    """What the council does for one program: tasks of support, marks in the middle and at the end."""
    program, user = get_program_head(request, pk), request.user
    found = SupportTask.objects.visible_to(user).filter(program=program).select_related("assignee")
    page = TotalOrder(found.order_by("-due_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    for task in page:
        task.program = program
    given = list(CouncilMark.objects.visible_to(user).filter(program=program).select_related("author__person"))
    context = head(program, user, "programs:support_of") | {
        "rows": [presenters.row(task, user) for task in page],
        "page_obj": page,
        "query": query_of(request),
        "new_url": presenters.new_url(program, user),
        "marks": [presenters.mark_card(mark) for mark in given],
        "mark_url": presenters.mark_url(program, user, given),
        "mark_readers": Promise.COUNCIL_MARK.readers,
    }
    return render(request, "programs/support/of_program.html", context)


def _council() -> list[Person]:
    return holders(CHAIR, SECRETARY, COUNCIL)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Give a task of support."""
    program = get_program_head(request, pk)
    back = reverse("programs:support_of", args=[pk])
    require(request.user, Right.PROGRAMS_SUPPORT)
    if program.state not in LIVE:
        messages.info(request, "Программа закончена: поддержку для неё больше не поручают")
        return redirect(back)
    form = GiveForm(request.POST or None, program=program, council=_council())
    if form.is_valid() and (
        made := act_with_form(form, lambda: acts.give(program, by=request.user, **form.cleaned_data))
    ):
        undo.say(
            request, f"Поручено: {full_stop(made.assignee.short_name)} Поручение встанет в «Мои задачи»", made, "give"
        )
        return redirect(back)
    context = {
        "form": form,
        "heading": "Поручить поддержку программы",
        "lead": program.title,
        "submit": "Поручить",
        "cancel_url": back,
        "crumbs": crumbs(program, "Поручение"),
        "hint": by_letter("Тот, кому поручено, узнает об этом из письма."),
    }
    return render(request, "form.html", context)


def _task(request: UserRequest, pk: int) -> SupportTask:
    found = SupportTask.objects.visible_to(request.user).with_requirements().prefetch_related(with_evidence())
    return get_object_or_404(found, pk=pk)


@require_GET
def task(request: UserRequest, pk: int) -> HttpResponseBase:
    """One task: what, till when, what came of it, what can be done."""
    found, user = _task(request, pk), request.user
    context = {
        "task": found,
        "program_url": reverse("programs:support_of", args=[found.program_id])
        if presenters.sees_program(found, user)
        else "",
        "badge": presenters.badge(found),
        "facts": presenters.facts(found),
        "evidence": presenters.evidence(found, user),
        "actions": presenters.actions(found, user),
        "crumbs": presenters.crumbs(found, user),
    }
    return render(request, "programs/support/task.html", context)


def _away(request: UserRequest, found: SupportTask, name: str) -> HttpResponseBase | None:
    """Refuse whose step it is not; lead back when the task does not wait for it."""
    SUPPORT[name].require(found, request.user)
    if request.method == "POST" or found.state in SUPPORT[name].sources:
        return None
    messages.info(request, f"Поручение {found.get_state_display()}: этот шаг уже не нужен")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def do(request: UserRequest, pk: int) -> HttpResponseBase:
    """Mark a task of support as done, with words and materials."""
    found = _task(request, pk)
    if away := _away(request, found, "do"):
        return away
    initial = {"result": found.result, "version": found.version}
    form = DoForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid() and act_with_form(form, lambda: _do(found, form, request), request):
        undo.say(request, "Отмечено. Совет посмотрит и примет или вернёт", found, "do")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Поручение выполнено",
        "lead": found.text,
        "facts": [fact for fact in presenters.facts(found) if fact.label in ("До какого дня", "Слово совета")],
        "submit": "Отметить выполнение",
        "multipart": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(found, request.user),
    }
    return render(request, "form.html", context)


def _do(found: SupportTask, form: DoForm, request: UserRequest) -> SupportTask:
    data = form.cleaned_data
    with stored_uploads(data["evidence"], by=request.user) as files:
        return acts.do(found, by=request.user, result=data["result"], files=files, version=data["version"])


@require_http_methods(["GET", "POST"])
def check(request: UserRequest, pk: int) -> HttpResponseBase:
    """The council looks at a done task and accepts it or returns it."""
    found = _task(request, pk)
    if away := _away(request, found, "accept"):
        return away
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and (answered := act_with_form(form, lambda: _answer(found, form, request), request)):
        if isinstance(answered, SupportTask):
            name = "accept" if answered.state == SupportTask.State.ACCEPTED else "send_back"
            undo.say(request, f"Поручение {answered.get_state_display()}", answered, name)
        return redirect(found)
    files = presenters.evidence(found, request.user)
    facts = [fact for fact in presenters.facts(found) if fact.label in ("Кому поручено", "Что сделано", "Отмечено")]
    context = {
        "form": form,
        "heading": "Проверка поручения",
        "lead": found.text,
        "facts": [*facts, *presenters.file_facts(files)],
        "submit": "Записать решение",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(found, request.user, "Проверка поручения"),
    }
    return render(request, "form.html", context)


def _answer(found: SupportTask, form: AnswerForm, request: UserRequest) -> SupportTask:
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
        return act_and_redirect(request, lambda: acts.drop(found, by=request.user), success="Поручение снято", to=found)
    context = {
        "heading": "Снять поручение?",
        "lead": found.text,
        "consequences": [
            "В истории программы поручение останется.",
            by_letter(f"{found.assignee.short_name} узнает об этом из письма."),
        ],
        "submit": "Снять поручение",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(found, request.user),
    }
    return render(request, "confirm.html", context)


@require_GET
def council_marks(request: UserRequest) -> HttpResponseBase:
    """Programs with marks of the council and those without; the same list as XLSX."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    return COUNCIL_MARKS.answer(request, marks.markable(request.user))


@require_http_methods(["GET", "POST"])
def mark(request: UserRequest, pk: int) -> HttpResponseBase:
    """Mark a program in its middle or at its end."""
    program, user = get_program_head(request, pk), request.user
    back = reverse("programs:support_of", args=[pk])
    marks.require_marking(program, user)
    stage = marks.stage_now(program)
    if stage is None:
        messages.info(request, marks.TOO_EARLY)
        return redirect(back)
    form = MarkForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: marks.give(program, by=user, stage=stage, **form.cleaned_data), request
    ):
        undo.say(request, "Оценка записана", program, "council_mark")
        return redirect(back)
    context = {
        "form": form,
        "heading": f"Оценить программу {stage.label}",
        "lead": program.title,
        "submit": "Записать оценку",
        "cancel_url": back,
        "crumbs": crumbs(program, "Оценка совета"),
        "hint": by_letter("Наставник и куратор узнают об оценке из письма."),
    }
    return render(request, "form.html", context)
