"""Pages of activities of a running programme: what is expected, the result of each mentee, its check (п. 4.1, 5.2)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.files import keeping, serve
from mentoring_site.form_handling import act_with_form
from mentoring_site.russian import ruday
from mentoring_site.workflow import Already
from people.rights import Right
from programs.journal import acts
from programs.journal.forms import CheckForm, ResultForm
from programs.pairings.confidentiality import reads_all
from programs.program.content_presenters import dates_words, purposes, responsible_words
from programs.program.models import Activity, ActivityResult, Program
from programs.program.presenters import crumbs, takes_part

TONES = {"done": ("на проверке", "others"), "returned": ("возвращено", "you"), "checked": ("принято", "done")}


def leads(program, user) -> bool:
    """Whether the user is the mentor of the programme now."""
    mine = takes_part(program, user)
    return mine is not None and mine.part == "mentor" and mine.until is None


def _activity(request, pk):
    """Return an activity of a visible programme, the programme with its people, all participations of the pairing."""
    found = Activity.objects.filter(program__in=Program.objects.visible_to(request.user))
    found = get_object_or_404(found.select_related("program__pairing", "program__curator"), pk=pk)
    program = found.program
    sides = list(program.pairing.participations.select_related("person").order_by("-part", "pk"))
    program.pairing.people = [p for p in sides if p.until is None or p.until == program.pairing.ended_on]
    return found, program, sides


@require_GET
def activity(request, pk):
    """One activity: what is expected, the result of each mentee that the user may read, what can be done."""
    found, program, sides = _activity(request, pk)
    user = request.user
    results = {
        r.participation_id: r
        for r in (
            ActivityResult.objects.visible_to(user)
            .filter(activity=found)
            .select_related("done_by__person", "checked_by__person")
            .prefetch_related("files")
        )
    }
    everybody = reads_all(program, user, sides)
    mine = lambda p: everybody or p.person_id == user.person_id or p.pk in results  # noqa: E731
    mentees = [p for p in sides if p.part == "mentee" and mine(p)]
    rows = [_result_row(program, found, p, results.get(p.pk), user) for p in mentees]
    for row in [row for row in rows if row["check_url"] or row["do_url"]][:1]:
        row["primary"] = True
    return render(
        request,
        "programs/journal/activity.html",
        {
            "rows": rows,
            "alone": len(rows) == 1,
            "when": dates_words(found),
            "title": found.title,
            "crumbs": crumbs(program, found.title),
            "facts": _about(program, found, user),
            "note": "" if program.state == "running" else "Отметки ставят, пока программа реализуется.",
        },
    )


def _about(program, found, user) -> list[dict]:
    rows = [
        ("Срок", dates_words(found)),
        ("Кто", responsible_words(program, found.responsible)),
        ("Ожидаемый результат", found.expected_result),
        ("Чем подтверждается", found.evidence),
        ("Зачем", "\n".join(purposes(program, found, user))),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _result_row(program, found, participation, result, user) -> dict:
    open_now = program.state == "running" and participation.until is None
    word, tone = TONES[result.state] if result else ("ещё не отмечено", "ahead")
    mentor = leads(program, user)
    may_do = open_now and acts.may_do(found, participation, user, mentor=mentor)
    checks = open_now and (mentor or user.can(Right.PROGRAMS_ACT_FOR_OTHERS))
    return {
        "person": participation.person,
        "primary": False,
        "badge": {"word": word, "tone": "you" if checks and result and result.state == "done" else tone},
        "result": result,
        "files": (
            [
                {"name": f.name, "size": f.size, "url": reverse("programs:result_file", args=[result.pk, f.pk])}
                for f in result.files.all()
            ]
            if result
            else []
        ),
        "do_url": (
            reverse("programs:activity_do", args=[found.pk, participation.pk])
            if may_do and (result is None or result.state != "checked")
            else ""
        ),
        "do_label": "Отметить выполнение" if result is None else "Исправить результат",
        "check_url": (
            reverse("programs:result_check", args=[result.pk]) if checks and result and result.state == "done" else ""
        ),
    }


@require_http_methods(["GET", "POST"])
def do(request, pk, participation_pk):
    """A mentee marks an activity done, with a result and a file."""
    found, program, sides = _activity(request, pk)
    side = next((p for p in sides if p.pk == participation_pk and p.part == "mentee"), None)
    if side is None:
        raise Http404
    if not acts.may_do(found, side, request.user, mentor=leads(program, request.user)):
        raise PermissionDenied("Отмечает сам наставляемый, с бумаги — куратор")
    earlier = ActivityResult.objects.filter(activity=found, participation=side).first()
    if away := _closed(request, program, found, side, earlier):
        return away
    initial = {"result": earlier.result if earlier else "", "version": earlier.version if earlier else 0}
    form = ResultForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        row = act_with_form(form, lambda: _mark(form, found, side, request.user, earlier), request)
        if isinstance(row, ActivityResult):
            told = "Наставник получит письмо и проверит" if row.state == "done" else "Оно засчитано"
            messages.success(request, f"Отмечено: «{found.title}». {told}")
        if row:
            return redirect("programs:activity", found.pk)
    known = [("Наставляемый", side.person.full_name), ("Срок", dates_words(found))]
    if earlier and earlier.comment:
        known.append(("Наставник написал", earlier.comment))
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
            "facts": [{"label": label, "value": value} for label, value in known],
        },
    )


def _mark(form, found, side, user, earlier):
    """Do the act; a page opened on an older result is told before a file is kept."""
    data = form.cleaned_data
    if data["version"] != (earlier.version if earlier else 0):
        raise Already("Результат уже записан. Прочитайте его: если нужно, исправьте")
    with keeping(data["file"], by=user) as file:
        files = [file] if file else []
        return acts.do(found, side, by=user, result=data["result"], files=files, version=data["version"])


def _closed(request, program, found, side, earlier):
    """Lead back to the activity when nothing can be marked any more."""
    if program.state == "running" and side.until is None and not (earlier and earlier.state == "checked"):
        return None
    checked = bool(earlier and earlier.state == "checked")
    messages.info(
        request, "Мероприятие уже принято наставником" if checked else "Отметки ставят, пока программа реализуется"
    )
    return redirect("programs:activity", found.pk)


def _result(request, pk) -> ActivityResult:
    found = ActivityResult.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("activity__program__pairing", "participation__person"), pk=pk)


@require_http_methods(["GET", "POST"])
def check(request, pk):
    """The mentor checks a result in person or returns it (п. 4.1)."""
    result = _result(request, pk)
    program = result.activity.program
    if not acts.is_mentor(program, request.user) and not request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        raise PermissionDenied("Проверяет наставник, с бумаги — куратор")
    if request.method == "GET" and (result.state != "done" or program.state != "running"):
        messages.info(request, "Проверять нечего: решение уже записано или программа не реализуется")
        return redirect("programs:activity", result.activity_id)
    form = CheckForm(request.POST or None, initial={"version": result.version})
    person = result.participation.person
    if form.is_valid():
        data = form.cleaned_data
        act = acts.check if data["decision"] == "check" else acts.send_back
        done = act_with_form(
            form,
            lambda: act(result, by=request.user, comment=data["comment"], version=data["version"]),
            request,
        )
        if isinstance(done, ActivityResult):
            word = "принято" if done.state == "checked" else "возвращено на доработку"
            messages.success(
                request, f"«{result.activity.title}»: {word}. {person.short_name} узнает об этом из письма"
            )
        if done:
            return redirect("programs:activity", result.activity_id)
    files = [
        {"label": "Файл", "value": f.name, "url": reverse("programs:result_file", args=[pk, f.pk])}
        for f in result.files.all()
    ]
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": result.activity.title,
            "lead": f"Ожидаемый результат: {result.activity.expected_result}",
            "submit": "Записать решение",
            "cancel_url": reverse("programs:activity", args=[result.activity_id]),
            "crumbs": crumbs(program, "Проверка"),
            "facts": [
                {"label": "Кто сделал", "value": person.full_name},
                {"label": "Что сделано", "value": result.result},
                *files,
                {"label": "Отмечено", "value": ruday(result.done_at)},
            ],
        },
    )


@require_GET
def result_file(request, pk, file_pk):
    """A file of a result, for those who may read the result."""
    return serve(get_object_or_404(_result(request, pk).files, pk=file_pk))
