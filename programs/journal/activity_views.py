"""Pages of activities of a running program: what is expected, the result of each mentee, its check (п. 4.1, 5.2)."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import undo
from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.form_handling import act_with_form
from mentoring_site.ui.elements import Fact
from mentoring_site.workflow import Already
from people.accounts.models import User
from people.accounts.requests import UserRequest
from people.rights import Right
from programs.journal import acts, presenters
from programs.journal.activity_list import ACTIVITIES, COUNTED, category_counts
from programs.journal.beside import beside
from programs.journal.forms import CategoryForm, CheckForm, ResultForm
from programs.pairings.confidentiality import reads_all
from programs.pairings.models import Participation
from programs.program.content_presenters import dates_words
from programs.program.models import Activity, ActivityResult, Program
from programs.program.presenters import crumbs


def _activity(request: UserRequest, pk: int) -> tuple[Activity, Program, list[Participation]]:
    """Return an activity of a visible program, the program with its people, all participations of the pairing."""
    visible = Activity.objects.filter(program__in=Program.objects.visible_to(request.user))
    found = get_object_or_404(visible.select_related("program__pairing", "program__curator"), pk=pk)
    program = found.program
    sides = list(program.pairing.participations.select_related("person").order_by("-part", "pk"))
    program.pairing.people = [p for p in sides if p.until is None or p.until == program.pairing.ended_on]
    return found, program, sides


@require_GET
def activity(request: UserRequest, pk: int) -> HttpResponseBase:
    """One activity: what is expected, the result of each mentee that the user may read, what can be done."""
    found, program, sides = _activity(request, pk)
    user = request.user
    rows = [
        presenters.result_row(program, found, side, result, user)
        for side, result in _results(found, program, sides, user)
    ]
    main = next((row for row in rows if row.check_url or row.do_url), None)
    may = presenters.leads(program, user) or user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    categorizes = may and program.state == Program.State.RUNNING
    return render(
        request,
        "programs/journal/activity.html",
        {
            "rows": [replace(row, primary=row is main) for row in rows],
            "alone": len(rows) == 1,
            "title": found.title,
            "crumbs": crumbs(program, found.title),
            "facts": presenters.activity_facts(program, found, user),
            "category_url": reverse("programs:activity_category", args=[found.pk]) if categorizes else "",
            **beside(user, program, found),
            "note": "" if program.state == Program.State.RUNNING else "Отметки ставят, пока программа реализуется.",
        },
    )


def _results(
    found: Activity, program: Program, sides: list[Participation], user: User
) -> list[tuple[Participation, ActivityResult | None]]:
    """Return the mentees that the user may read about, with the result of each."""
    readable = ActivityResult.objects.visible_to(user).filter(activity=found)
    readable = readable.select_related("done_by__person", "checked_by__person").prefetch_related(with_evidence())
    results = {r.participation_id: r for r in readable}
    everybody = reads_all(program, user, sides)
    mentees = [p for p in sides if p.part == Participation.Part.MENTEE]
    shown = [p for p in mentees if everybody or p.person_id == user.person_id or p.pk in results]
    return [(p, results.get(p.pk)) for p in shown]


@require_http_methods(["GET", "POST"])
def category(request: UserRequest, pk: int) -> HttpResponseBase:
    """Choose which duty of the mentor an activity serves (п. 4.2)."""
    found, program, _ = _activity(request, pk)
    acts.require_categorizing(program, request.user)
    back = reverse("programs:activity", args=[pk])
    form = CategoryForm(request.POST or None, initial={"category": found.category, "partner": found.partner})
    if form.is_valid() and act_with_form(
        form, lambda: acts.categorize(found, by=request.user, **form.cleaned_data), request
    ):
        messages.success(request, "Категория записана")
        return redirect(back)
    context = {
        "form": form,
        "heading": "Категория мероприятия",
        "lead": found.title,
        "submit": "Записать категорию",
        "cancel_url": back,
        "crumbs": crumbs(program, "Категория"),
    }
    return render(request, "form.html", context)


@require_GET
def activities(request: UserRequest) -> HttpResponseBase:
    """Activities of all visible programs with their categories; the same list as XLSX."""
    user = request.user
    found = Activity.objects.filter(program__in=Program.objects.visible_to(user).filter(started_on__isnull=False))
    return ACTIVITIES.answer(request, found, counts=category_counts(found.filter(program__state__in=COUNTED)))


@require_http_methods(["GET", "POST"])
def do(request: UserRequest, pk: int, participation_pk: int) -> HttpResponseBase:
    """A mentee marks an activity done, with a result and a file."""
    found, program, sides = _activity(request, pk)
    side = next((p for p in sides if p.pk == participation_pk and p.part == Participation.Part.MENTEE), None)
    if side is None:
        raise Http404
    acts.require_doing(found, side, request.user, mentor=presenters.leads(program, request.user))
    earlier = ActivityResult.objects.visible_to(request.user).filter(activity=found, participation=side).first()
    if away := _redirect_closed(request, program, found, side, earlier):
        return away
    initial = {"result": earlier.result if earlier else "", "version": earlier.version if earlier else 0}
    form = ResultForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        row = act_with_form(form, lambda: _mark(form, found, side, request.user, earlier), request)
        if isinstance(row, ActivityResult):
            to_check = row.state == ActivityResult.State.DONE
            told = "Теперь его проверит наставник" if to_check else "Оно засчитано"
            undo.say(request, f"Отмечено: «{found.title}». {told}", program, "do")
        if row:
            return redirect("programs:activity", found.pk)
    comment = earlier.comment if earlier else ""
    rows = [("Наставляемый", side.person.full_name), ("Срок", dates_words(found)), ("Наставник написал", comment)]
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": found.title,
            "lead": f"Ожидаемый результат: {found.expected_result}",
            "submit": "Отметить выполнение",
            "multipart": True,
            "cancel_url": reverse("programs:activity", args=[found.pk]),
            "crumbs": crumbs(program, found.title),
            "facts": Fact.known(rows),
        },
    )


def _mark(
    form: ResultForm, found: Activity, side: Participation, user: User, earlier: ActivityResult | None
) -> ActivityResult:
    """Do the act; a page opened on an older result is refused before a file is stored."""
    data = form.cleaned_data
    if data["version"] != (earlier.version if earlier else 0):
        raise Already("Результат уже записан. Прочитайте его: если нужно, исправьте")
    with stored_uploads(data["evidence"], by=user) as files:
        return acts.do(found, side, by=user, result=data["result"], files=files, version=data["version"])


def _redirect_closed(
    request: UserRequest, program: Program, found: Activity, side: Participation, earlier: ActivityResult | None
) -> HttpResponseBase | None:
    """Lead back to the activity when nothing can be marked any more."""
    checked = earlier is not None and earlier.state == ActivityResult.State.CHECKED
    if program.state == Program.State.RUNNING and side.until is None and not checked:
        return None
    messages.info(
        request, "Мероприятие уже принято наставником" if checked else "Отметки ставят, пока программа реализуется"
    )
    return redirect("programs:activity", found.pk)


def _result(request: UserRequest, pk: int) -> ActivityResult:
    found = ActivityResult.objects.visible_to(request.user)
    found = found.select_related("activity__program__pairing", "participation__person")
    return get_object_or_404(found.prefetch_related(with_evidence()), pk=pk)


@require_http_methods(["GET", "POST"])
def check(request: UserRequest, pk: int) -> HttpResponseBase:
    """The mentor checks a result in person or returns it (п. 4.1)."""
    result = _result(request, pk)
    activity, program = result.activity, result.activity.program
    acts.require_checking(program, request.user)
    to_check = result.state == ActivityResult.State.DONE and program.state == Program.State.RUNNING
    if request.method == "GET" and not to_check:
        messages.info(request, "Проверять нечего: решение уже записано или программа не реализуется")
        return redirect("programs:activity", activity.pk)
    form = CheckForm(request.POST or None, initial={"version": result.version})
    if form.is_valid() and (answered := act_with_form(form, lambda: _answer(result, form, request.user), request)):
        if isinstance(answered, ActivityResult):
            checked = answered.state == ActivityResult.State.CHECKED
            word = "принято" if checked else "возвращено на доработку"
            messages.success(request, f"«{activity.title}»: {word}")
        return redirect("programs:activity", activity.pk)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": activity.title,
            "lead": f"Ожидаемый результат: {activity.expected_result}",
            "submit": "Записать решение",
            "cancel_url": reverse("programs:activity", args=[activity.pk]),
            "crumbs": crumbs(program, "Проверка"),
            "facts": presenters.result_facts(result),
        },
    )


def _answer(result: ActivityResult, form: CheckForm, user: User) -> ActivityResult:
    data = form.cleaned_data
    act = acts.check if data["decision"] == "check" else acts.send_back
    return act(result, by=user, comment=data["comment"], version=data["version"])
