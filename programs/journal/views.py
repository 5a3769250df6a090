"""The journal of a program: meetings logged in a few taps and confirmed in one (п. 2.3, 4.2, 5.1)."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site import undo
from mentoring_site.edits import save_edit
from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.models import StoredFile
from mentoring_site.russian import joined, ruday
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Fact
from mentoring_site.ui.list_page import TotalOrder, query_of
from people.accounts.models import User
from people.accounts.requests import UserRequest
from programs.journal import acts, presenters, steps, talk_views
from programs.journal.forms import CorrectionForm, MeetingForm, ObjectionForm
from programs.journal.models import Meeting, MeetingAttendance
from programs.journal.planning import presenters as planning_presenters
from programs.program.content_presenters import dates_words
from programs.program.models import Program
from programs.program.presenters import crumbs, head
from programs.program.views import get_program, get_program_head

PER_PAGE = 10  # meetings of a page


@require_GET
def journal(request: UserRequest, pk: int) -> HttpResponseBase:
    """Meetings of a program; in a group a mentee reads the meetings with oneself."""
    if "thread" in request.GET:  # the talk stood here once
        return redirect(talk_views.address(pk, talk_views.page_asked(request.GET["thread"])))
    program, user = get_program_head(request, pk), request.user
    found = Meeting.objects.visible_to(user).filter(program=program)
    total = found.aggregate(count=Count("pk"), minutes=Sum("minutes"))
    rows = found.with_sides().select_related("activity", "program", "logged_by__person")
    page = TotalOrder(rows, PER_PAGE).get_page(request.GET.get("page"))
    logs = presenters.may_log(program, user)
    plans = logs and not program.is_expired
    return render(
        request,
        "programs/journal/journal.html",
        head(program, user, "programs:journal")
        | {
            "page_obj": page,
            "query": query_of(request),
            "rows": [presenters.meeting_row(meeting, user, program) for meeting in page],
            "total": presenters.total_words(**total),
            "new_url": reverse("programs:meeting_new", args=[program.pk]) if logs else "",
            "plan_url": reverse("programs:meeting_plan", args=[program.pk]) if plans else "",
            "planned": planning_presenters.of_program(program, user, logs=logs),
            "steps": presenters.step_rows(program, user),
            "talk_url": talk_views.address(program.pk),
        },
    )


@require_http_methods(["GET", "POST"])
def meeting_new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Log a past meeting in a few taps."""
    program = get_program(request, pk)
    if program.state != Program.State.RUNNING:
        messages.info(request, "Встречи записывают, пока программа реализуется")
        return redirect("programs:journal", pk)
    acts.require_logging(request.user, takes_part=presenters.may_log(program, request.user))
    planned = presenters.planned_now(program)
    form = MeetingForm(request.POST or None, request.FILES or None, program=program, user=request.user, planned=planned)
    if form.is_valid() and act_with_form(form, lambda: asked(form, lambda: log(program, form, request.user))):
        undo.say(request, "Встреча записана. Другая сторона подтвердит её одним нажатием", program, "meeting")
        return redirect("programs:journal", pk)
    others = [p.person.address_name for p in form.everybody if p.person_id != request.user.person_id]
    verb = "подтвердит её одним нажатием" if len(others) == 1 else "подтвердят её одним нажатием"
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Встреча",
            "lead": f"По плану в эти дни: {planned.title}, {dates_words(planned)}" if planned else program.title,
            "submit": "Записать встречу",
            "multipart": True,
            "cancel_url": reverse("programs:journal", args=[pk]),
            "crumbs": crumbs(program, "Встреча"),
            "hint": f"{joined(others)} {verb}." if others else "",
        }
        | question_of(form, request.user),
    )


def asked(form: MeetingForm, act: Callable[[], Meeting]) -> Meeting | None:
    """Run the act; when it asks whether this is a second meeting of the day, the form asks the writer."""
    try:
        return act()
    except acts.SecondMeeting as question:
        form.ask(question.meeting)
        return None


def question_of(form: MeetingForm, user: User) -> dict:
    """Return what the page of a form says when it asks about a second meeting of the day."""
    if form.twin is None:
        return {}
    twin = form.twin
    return {
        "heading": "Ещё одна встреча в этот день?",
        "lead": "Встреча тех же людей и той же длины уже записана. Если это она, второй раз записывать её не нужно.",
        "facts": [
            Fact("Уже записана", f"{ruday(twin.held_on)}, {twin.minutes}\u00a0мин, {twin.get_format_display()}"),
            *([Fact("О чём", twin.about)] if twin.is_read_by(user) else []),
            Fact("Кто записал", twin.logged_by.person.short_name),
        ],
        "submit": "Да, это ещё одна встреча",
    }


def log(program: Program, form: MeetingForm, user: User, planned: Meeting | None = None) -> Meeting:
    """Log what the form says, as the coming about of a ``planned`` meeting when there is one."""
    data = form.cleaned_data
    with stored_uploads(data["evidence"], by=user) as files:
        return _logged(program, form, user, files, planned)


def _logged(
    program: Program, form: MeetingForm, user: User, files: list[StoredFile], planned: Meeting | None
) -> Meeting:
    data = form.cleaned_data
    return acts.log_meeting(
        program,
        by=user,
        held_on=data["held_on"],
        minutes=data["minutes"],
        format=data["format"],
        about=data["about"],
        next_step=data["next_step"],
        participants=form.attended(),
        activity=data["activity"],
        files=files,
        request_key=data["request_key"],
        besides=data["besides"],
        planned=planned,
        answers=form.answers(),
    )


@require_POST
def meeting_confirm(request: UserRequest, pk: int) -> HttpResponseBase:
    """The other side confirms a meeting by one tap, from the journal or from home."""
    meetings = Meeting.objects.visible_to(request.user)
    found = MeetingAttendance.objects.filter(meeting__in=meetings)
    attendance = get_object_or_404(found.select_related("meeting__program", "participation__person"), pk=pk)
    to = reverse("programs:journal", args=[attendance.meeting.program_id])
    came_from = request.POST.get("next", "")
    if came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        to = came_from
    return act_and_redirect(
        request,
        lambda: acts.confirm_meeting(attendance, by=request.user),
        success=f"Встреча {ruday(attendance.meeting.held_on)} подтверждена",
        to=to,
    )


@require_POST
def step_answer(request: UserRequest, pk: int, participation_pk: int) -> HttpResponseBase:
    """«Сделано», «частично» or «нет» about the step of the last meeting, by one tap."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("program__pairing"), pk=pk)
    side = get_object_or_404(meeting.program.pairing.participations, pk=participation_pk)
    return act_and_redirect(
        request,
        lambda: steps.answer(meeting, side, request.POST.get("outcome", ""), by=request.user),
        success=lambda said: f"Записано: {said.get_outcome_display()}",
        to=reverse("programs:journal", args=[meeting.program_id]),
    )


def _attendance(request: UserRequest, pk: int) -> MeetingAttendance:
    found = MeetingAttendance.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    return get_object_or_404(found.select_related("meeting__program", "meeting__logged_by__person"), pk=pk)


@require_http_methods(["GET", "POST"])
def meeting_object(request: UserRequest, pk: int) -> HttpResponseBase:
    """«Было не так»: a side does not agree with what was written about a meeting, and says why."""
    attendance = _attendance(request, pk)
    meeting = attendance.meeting
    back = reverse("programs:journal", args=[meeting.program_id])
    acts.require_objecting(attendance, request.user)
    if request.method == "GET" and (attendance.confirmed_at or attendance.objected_at):
        messages.info(request, "Ответ об этой встрече уже записан")
        return redirect(back)
    form = ObjectionForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if act_with_form(form, lambda: acts.object_to_meeting(attendance, by=request.user, reason=reason), request):
            messages.success(request, "Возражение записано. Запись исправят или уберут, и Вас спросят снова")
            return redirect(back)
    author = meeting.logged_by.person
    return render(
        request,
        "confirm.html",
        {
            "heading": f"Встреча {ruday(meeting.held_on)}: было не так",
            "form": form,
            "facts": presenters.meeting_facts(meeting, request.user),
            "consequences": [
                by_letter(f"{author.short_name} получит письмо."),
                "Запись исправят или уберут. Об исправленной спросят снова.",
                "Если не договоритесь, решит куратор: он тоже узнает о возражении.",
                "В часы наставничества встреча не войдёт, пока её не подтвердят.",
            ],
            "submit": "Записать возражение",
            "cancel_url": back,
            "crumbs": crumbs(meeting.program, "Встреча"),
        },
    )


@require_http_methods(["GET", "POST"])
def meeting_edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Correct what was written about a meeting; the others are asked again."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_sides(), pk=pk)
    back = reverse("programs:journal", args=[meeting.program_id])
    acts.require_correcting(meeting, request.user)
    program = get_program(request, meeting.program_id)
    if request.method == "GET" and not presenters.corrects(meeting, program, request.user):
        messages.info(request, "Запись о встрече сейчас не исправляют: её подтвердили, или программа не реализуется")
        return redirect(back)
    form = CorrectionForm(
        request.POST or None, request.FILES or None, program=program, user=request.user, meeting=meeting
    )

    def act() -> Meeting | None:
        names = ("version", "held_on", "minutes", "format", "besides")
        values = {name: form.cleaned_data[name] for name in names}
        values |= {name: form.cleaned_data.get(name, "") for name in ("about", "next_step")}
        values["activity"] = form.cleaned_data.get("activity")
        with stored_uploads(form.cleaned_data.get("evidence", ()), by=request.user) as files:
            values |= {"participants": form.attended(), "files": files}
            return asked(form, lambda: acts.correct_meeting(meeting, by=request.user, **values))

    if form.is_valid() and save_edit(
        request, form, act, "Запись исправлена. Другая сторона подтвердит её", obj=meeting
    ):
        return redirect(back)
    return render(
        request,
        "form.html",
        {
            "form": form,
            "heading": "Исправить запись о встрече",
            "lead": program.title,
            "facts": presenters.objection_facts(meeting),
            "submit": "Исправить запись",
            "multipart": True,
            "cancel_url": back,
            "crumbs": crumbs(program, "Встреча"),
            "hint": "Другая сторона подтвердит исправленную запись заново.",
        }
        | question_of(form, request.user),
    )


@require_http_methods(["GET", "POST"])
def meeting_drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take back a meeting written by mistake, after a question."""
    meetings = Meeting.objects.visible_to(request.user).select_related("program")
    meeting = get_object_or_404(meetings, pk=pk)
    back = reverse("programs:journal", args=[meeting.program_id])
    acts.require_dropping(meeting, request.user)
    again = "; встреча снова назначена, как была" if meeting.former_plan else ""
    if request.method == "POST":
        success = f"Запись о встрече убрана{again}"
        return act_and_redirect(request, lambda: acts.drop_meeting(meeting, by=request.user), success=success, to=back)
    return render(
        request,
        "confirm.html",
        {
            "heading": f"Убрать запись о встрече {ruday(meeting.held_on)}?",
            "lead": meeting.about if meeting.is_read_by(request.user) else "",
            "consequences": [
                f"Запись исчезнет из журнала{again}; в истории программы останется, что она была и кто её убрал."
            ],
            "submit": "Убрать запись",
            "danger": True,
            "cancel_url": back,
            "crumbs": crumbs(meeting.program, "Встреча"),
        },
    )
