"""Pages of a running programme: activities, journal of meetings, the thread (п. 2.3, 4.1, 4.2, 5.1, 5.2)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site.acts import attempt, try_form
from mentoring_site.files import serve, store_upload
from mentoring_site.russian import plural, ruday
from programs import running as acts
from programs.forms.running import CheckForm, MeetingForm, MessageForm, ResultForm
from programs.loading import fill, for_page
from programs.models import Activity, ActivityResult, MeetingAttendance, Program
from programs.views.program_page import activity_badge, crumbs, head, takes_part, when

TONES = {"done": ("на проверке", "others"), "returned": ("возвращено", "you"), "checked": ("проверено", "done")}


def seen(request, pk) -> Program:
    """Return a programme that the user may see, filled for its page."""
    return fill(get_object_or_404(for_page(Program.objects.visible_to(request.user)), pk=pk))


def marks_for(program, user) -> bool:
    """Whether the user may put marks into the journal: takes part, or records for others."""
    return program.state == "running" and (takes_part(program, user) is not None or user.can("programs.act_for_others"))


@require_GET
def activity(request, pk):
    """One activity: what is expected, the result of each mentee, what can be done."""
    found = get_object_or_404(
        Activity.objects.select_related("program").filter(program__in=Program.objects.visible_to(request.user)), pk=pk
    )
    program = seen(request, found.program_id)
    results = {
        r.participation_id: r
        for r in found.results.select_related("done_by__person", "checked_by__person").prefetch_related("files")
    }
    mentor = any(p.part == "mentor" and p.person_id == request.user.person_id for p in program.pairing.people)
    for_others = request.user.can("programs.act_for_others")
    rows = [
        _result_row(found, p, results.get(p.pk), request.user, mentor or for_others, for_others)
        for p in _mentees(program)
    ]
    return render(
        request,
        "programs/activity.html",
        {
            "activity": found,
            "program": program,
            "rows": rows,
            "when": when(found),
            "badge": activity_badge(program, found, request.user),
            "crumbs": crumbs(program, found.title),
            "why": [s.text for s in found.statements.all()],
            "running": program.state == "running",
        },
    )


def _mentees(program):
    """All mentees of the programme, also those who have finished."""
    return program.pairing.participations.filter(part="mentee").select_related("person").order_by("pk")


def _result_row(found, participation, result, user, checks, for_others) -> dict:
    open_now = found.program.state == "running" and participation.until is None
    own = participation.person_id == user.person_id
    word, tone = TONES[result.state] if result else ("ещё не отмечено", "ahead")
    may_do = open_now and (own or for_others) and (result is None or result.state != "checked")
    return {
        "person": participation.person,
        "badge": {"word": word, "tone": tone},
        "result": result,
        "files": [
            {"name": f.name, "size": f.size, "url": reverse("programs:result_file", args=[result.pk, f.pk])}
            for f in result.files.all()
        ]
        if result
        else [],
        "do_url": reverse("programs:activity_do", args=[found.pk, participation.pk]) if may_do else "",
        "do_label": "Отметить выполнение" if result is None else "Исправить результат",
        "check_url": reverse("programs:result_check", args=[result.pk])
        if open_now and checks and result and result.state == "done"
        else "",
    }


@require_http_methods(["GET", "POST"])
def do(request, pk, participation_pk):
    """A mentee marks an activity done, with a result and a file."""
    found = get_object_or_404(
        Activity.objects.select_related("program__pairing").filter(
            program__in=Program.objects.visible_to(request.user)
        ),
        pk=pk,
    )
    participation = get_object_or_404(
        found.program.pairing.participations.select_related("person"), pk=participation_pk, part="mentee"
    )
    if participation.person_id != request.user.person_id and not request.user.can("programs.act_for_others"):
        raise PermissionDenied("Отмечает сам наставляемый, с бумаги — куратор")
    earlier = found.results.filter(participation=participation).first()
    form = ResultForm(
        request.POST or None, request.FILES or None, initial={"result": earlier.result if earlier else ""}
    )
    if form.is_valid():
        upload = form.cleaned_data["file"]
        files = [store_upload(upload, by=request.user)] if upload else []
        if try_form(
            form,
            lambda: acts.do(found, participation, by=request.user, result=form.cleaned_data["result"], files=files),
        ):
            messages.success(request, f"Отмечено: «{found.title}». Наставник получит письмо и проверит")
            return redirect("programs:activity", found.pk)
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
            "crumbs": crumbs(found.program, found.title),
            "facts": [
                {"label": "Наставляемый", "value": participation.person.full_name},
                {"label": "Срок", "value": when(found)},
            ]
            + ([{"label": "Наставник написал", "value": earlier.comment}] if earlier and earlier.comment else []),
        },
    )


def _result(request, pk) -> ActivityResult:
    visible = ActivityResult.objects.filter(activity__program__in=Program.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("activity__program__pairing", "participation__person"), pk=pk)


@require_http_methods(["GET", "POST"])
def check(request, pk):
    """The mentor checks a result in person or returns it (п. 4.1)."""
    result = _result(request, pk)
    program = result.activity.program
    if not acts.is_mentor(program, request.user) and not request.user.can("programs.act_for_others"):
        raise PermissionDenied("Проверяет наставник, с бумаги — куратор")
    form = CheckForm(request.POST or None)
    if form.is_valid():
        act = acts.check if form.cleaned_data["decision"] == "check" else acts.send_back
        if try_form(form, lambda: act(result, by=request.user, comment=form.cleaned_data["comment"])):
            done = "принято" if act is acts.check else "возвращено"
            messages.success(
                request, f"«{result.activity.title}»: {done}. {result.participation.person.short_name} получит письмо"
            )
            return redirect("programs:activity", result.activity_id)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Проверка мероприятия",
            "lead": result.activity.title,
            "submit": "Записать решение",
            "cancel_url": reverse("programs:activity", args=[result.activity_id]),
            "crumbs": crumbs(program, "Проверка"),
            "facts": [
                {"label": "Кто сделал", "value": result.participation.person.full_name},
                {"label": "Что сделано", "value": result.result},
                {"label": "Отмечено", "value": ruday(result.done_at)},
            ],
        },
    )


@require_GET
def result_file(request, pk, file_pk):
    """A file of a result, for those who may see the programme."""
    result = _result(request, pk)
    return serve(get_object_or_404(result.files, pk=file_pk))


@require_GET
def journal(request, pk):
    """Meetings and the thread of a programme."""
    program = seen(request, pk)
    paginator = Paginator(
        program.meetings.select_related("logged_by__person", "activity").prefetch_related(
            "attendances__participation__person"
        ),
        25,
    )
    page_obj = paginator.get_page(request.GET.get("page"))
    minutes = program.meetings.aggregate(all=Sum("minutes"))["all"] or 0
    thread = [
        {"who": m.author.person.short_name, "at": m.at, "text": m.text, "mine": m.author_id == request.user.pk}
        for m in program.messages.select_related("author__person")
    ]
    return render(
        request,
        "programs/journal.html",
        head(program, request.user, "programs:journal")
        | {
            "rows": [_meeting_row(m, request.user) for m in page_obj],
            "page_obj": page_obj,
            "query": "",
            "thread": thread,
            "form": MessageForm(),
            "total": f"{plural(paginator.count, 'встреча,встречи,встреч')}, {plural(round(minutes / 60, 1), 'час,часа,часов')}"
            if paginator.count
            else "",
            "new_url": reverse("programs:meeting_new", args=[pk]) if marks_for(program, request.user) else "",
            "post_url": reverse("programs:message_post", args=[pk]),
        },
    )


def _meeting_row(meeting, user) -> dict:
    sides = list(meeting.attendances.all())
    open_ones = [a for a in sides if a.confirmed_at is None]
    mine = next((a for a in open_ones if a.participation.person_id == user.person_id), None)
    if mine is None and user.can("programs.act_for_others") and open_ones:
        mine = open_ones[0]
    badge = (
        {"word": "подтверждена", "tone": "done"}
        if not open_ones
        else {"word": "ждёт подтверждения", "tone": "you" if mine else "others"}
    )
    return {
        "meeting": meeting,
        "people": [a.participation.person.short_name for a in sides],
        "badge": badge,
        "waits": [a.participation.person.short_name for a in open_ones],
        "confirm_url": reverse("programs:meeting_confirm", args=[mine.pk]) if mine else "",
        "confirm_label": "Подтвердить"
        if mine and mine.participation.person_id == user.person_id
        else f"Подтвердить за {mine.participation.person.short_name}"
        if mine
        else "",
    }


@require_http_methods(["GET", "POST"])
def meeting_new(request, pk):
    """Log a past meeting in a few taps."""
    program = seen(request, pk)
    if program.state != "running":
        raise Http404("Встречи записывают, пока программа реализуется")
    if not marks_for(program, request.user):
        raise PermissionDenied("Встречу записывают её участники, за них — куратор")
    form = MeetingForm(request.POST or None, program=program, user=request.user)
    if form.is_valid():
        data = form.cleaned_data
        meeting = try_form(
            form,
            lambda: acts.log_meeting(
                program,
                by=request.user,
                held_on=data["held_on"],
                minutes=data["minutes"],
                format=data["format"],
                about=data["about"],
                next_step=data["next_step"],
                participants=data["participants"],
                activity=data["activity"],
                request_key=data["request_key"],
            ),
        )
        if meeting:
            messages.success(request, "Встреча записана. Другая сторона получит письмо и подтвердит одним нажатием")
            return redirect("programs:journal", pk)
    others = [p.person.address_name for p in program.pairing.people if p.person_id != request.user.person_id]
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Записать встречу",
            "submit": "Записать встречу",
            "cancel_url": reverse("programs:journal", args=[pk]),
            "crumbs": crumbs(program, "Встреча"),
            "hint": f"{', '.join(others)}: каждый получит письмо и подтвердит одним нажатием." if others else "",
        },
    )


@require_POST
def meeting_confirm(request, pk):
    """The other side confirms a meeting by one tap."""
    visible = MeetingAttendance.objects.filter(meeting__program__in=Program.objects.visible_to(request.user))
    attendance = get_object_or_404(visible.select_related("meeting__program", "participation__person"), pk=pk)
    to = reverse("programs:journal", args=[attendance.meeting.program_id])
    return attempt(
        request, lambda: acts.confirm_meeting(attendance, by=request.user), success="Встреча подтверждена", to=to
    )


@require_POST
def message_post(request, pk):
    """Post to the thread."""
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    form = MessageForm(request.POST)
    to = reverse("programs:journal", args=[pk]) + "#thread"
    if not form.is_valid():
        messages.error(request, "Напишите сообщение, не длиннее 4000 знаков")
        return redirect(to)
    return attempt(
        request, lambda: acts.post(program, by=request.user, **form.cleaned_data), success="Сообщение отправлено", to=to
    )
