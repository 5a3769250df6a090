"""Pages of planned meetings: plan, one of them, held, moved, cancelled, an answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_with_form
from mentoring_site.russian import plural, ruday
from mentoring_site.told import by_letter
from people.accounts.requests import UserRequest
from people.promises import Promise
from programs.journal.acts import require_logging
from programs.journal.agenda import points
from programs.journal.beside import beside
from programs.journal.forms import MeetingForm
from programs.journal.models import Meeting, MeetingAttendance
from programs.journal.planning import acts, presenters
from programs.journal.planning.forms import AgendaForm, CancelForm, MoveForm, PlanForm, UnsuitableForm
from programs.journal.presenters import may_log
from programs.journal.views import asked, log, question_of
from programs.program.models import Program
from programs.program.presenters import crumbs
from programs.program.views import get_program, get_program_head


@require_http_methods(["GET", "POST"])
def plan(request: UserRequest, pk: int) -> HttpResponseBase:
    """Plan a meeting or a series of them."""
    program = get_program(request, pk)
    back = reverse("programs:journal", args=[pk])
    if program.state != Program.State.RUNNING or program.is_expired:
        messages.info(request, "Встречи назначают, пока программа реализуется")
        return redirect(back)
    require_logging(request.user, takes_part=may_log(program, request.user))
    form = PlanForm(request.POST or None, program=program)
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in PLANNED}
        made = act_with_form(
            form,
            lambda: acts.plan(
                program,
                by=request.user,
                first_on=form.cleaned_data["held_on"],
                participants=form.attended(),
                **data,
            ),
        )
        if made:
            number = plural(len(made), "встреча назначена,встречи назначены,встреч назначено")
            messages.success(request, f"{number}, первая {acts.when_words(made[0])}")
            return redirect(back)
    context = {
        "form": form,
        "heading": "Назначить встречу",
        "lead": program.title,
        "submit": "Назначить",
        "cancel_url": back,
        "crumbs": crumbs(program, "Назначить встречу"),
        "hint": by_letter("Те, кого позвали, получат письмо.")
        + " В день встречи её останется записать: поля уже заполнены.",
    }
    return render(request, "form.html", context)


PLANNED = ("starts_at", "minutes", "format", "about", "activity", "weeks", "until", "request_key")


def _planned(request: UserRequest, pk: int) -> Meeting:
    """Return a meeting that is still planned; a foreign one looks like an absent one."""
    found = Meeting.every.visible_to(request.user).planned()
    return get_object_or_404(presenters.with_invited(found), pk=pk)


@require_GET
def planned(request: UserRequest, pk: int) -> HttpResponseBase:
    """One planned meeting with what can be done about it; a held or cancelled one leads to the journal."""
    any_state = get_object_or_404(Meeting.every.visible_to(request.user), pk=pk)
    if any_state.state != Meeting.State.PLANNED or any_state.program.state != Program.State.RUNNING:
        word = "уже записана" if any_state.state == Meeting.State.HELD else "отменена"
        messages.info(request, f"Встреча {ruday(any_state.held_on)} {word}")
        return redirect("programs:journal", any_state.program_id)
    meeting = _planned(request, pk)
    program = get_program_head(request, meeting.program_id)
    context = {
        "heading": f"Встреча {acts.when_words(meeting)}",
        "program": program.title,
        "badge": presenters.badge(meeting, request.user),
        "facts": presenters.facts(meeting, request.user),
        "agenda": _agenda(request, meeting),
        "own_agenda": bool(meeting.agenda),
        "readers": Promise.ENTRY.named(meeting.readers),
        "actions": presenters.actions(meeting, request.user, logs=may_log(program, request.user)),
        "crumbs": crumbs(program, "Встреча"),
        **beside(request.user, program, meeting),
    }
    return render(request, "programs/journal/planned.html", context)


def _agenda(request: UserRequest, meeting: Meeting) -> list[str]:
    """Return the points of a planned meeting for those who read its content."""
    if not meeting.is_read_by(request.user):
        return []
    return points(meeting, get_program(request, meeting.program_id), request.user)


@require_http_methods(["GET", "POST"])
def agenda(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write the points of a planned meeting; an empty field gives them back to the rules."""
    meeting = _planned(request, pk)
    acts.require_planning(meeting, request.user)
    back = reverse("programs:meeting_planned", args=[pk])
    if not meeting.is_read_by(request.user):
        raise PermissionDenied(f"Повестку пишут те, кого позвали. {Promise.ENTRY.named(meeting.readers)}")
    form = AgendaForm(request.POST or None, meeting=meeting, points=_agenda(request, meeting))

    def act() -> Meeting:
        data = form.cleaned_data
        return acts.write_agenda(meeting, by=request.user, version=data["version"], agenda=data["agenda"])

    if form.is_valid() and save_edit(request, form, act, "Повестка записана", obj=meeting):
        return redirect(back)
    context = {
        "form": form,
        "heading": "Повестка встречи",
        "lead": f"{meeting.program.title}: {acts.when_words(meeting)}",
        "submit": "Записать повестку",
        "cancel_url": back,
        "crumbs": crumbs(meeting.program, "Повестка"),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def held(request: UserRequest, pk: int) -> HttpResponseBase:
    """«Встреча состоялась»: the form of a meeting, filled in from the plan."""
    meeting = _planned(request, pk)
    program = get_program(request, meeting.program_id)
    require_logging(request.user, takes_part=may_log(program, request.user))
    form = MeetingForm(request.POST or None, request.FILES or None, program=program, user=request.user, meeting=meeting)
    back = reverse("programs:journal", args=[program.pk])
    if form.is_valid() and act_with_form(form, lambda: asked(form, lambda: log(program, form, request.user, meeting))):
        messages.success(request, "Встреча записана. Другая сторона подтвердит её одним нажатием")
        return redirect(back)
    context = {
        "form": form,
        "heading": "Встреча состоялась",
        "lead": f"Назначена на {acts.when_words(meeting)}. Поправьте, если было иначе, и допишите, о чём говорили.",
        "submit": "Записать встречу",
        "multipart": True,
        "cancel_url": reverse("programs:meeting_planned", args=[pk]),
        "crumbs": crumbs(program, "Встреча"),
    }
    return render(request, "form.html", context | question_of(form, request.user))


@require_http_methods(["GET", "POST"])
def move(request: UserRequest, pk: int) -> HttpResponseBase:
    """Put a planned meeting to another day or time."""
    meeting = _planned(request, pk)
    acts.require_planning(meeting, request.user)
    form = MoveForm(request.POST or None, meeting=meeting, user=request.user)
    back = reverse("programs:meeting_planned", args=[pk])

    def act() -> Meeting:
        names = ("version", "held_on", "starts_at", "minutes", "format")
        about = form.cleaned_data.get("about", meeting.about)  # stays as it is for who does not read it
        return acts.move(meeting, by=request.user, about=about, **{name: form.cleaned_data[name] for name in names})

    if form.is_valid() and save_edit(request, form, act, "Встреча перенесена", obj=meeting):
        return redirect(back)
    context = {
        "form": form,
        "heading": "Перенести встречу",
        "lead": f"{meeting.program.title}: {acts.when_words(meeting)}",
        "submit": "Перенести",
        "cancel_url": back,
        "crumbs": crumbs(meeting.program, "Встреча"),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def cancel(request: UserRequest, pk: int) -> HttpResponseBase:
    """Cancel a planned meeting with a reason, after a question."""
    meeting = _planned(request, pk)
    acts.require_planning(meeting, request.user)
    later = Meeting.every.visible_to(request.user).planned().filter(series=meeting.series, held_on__gt=meeting.held_on)
    several = bool(meeting.series) and later.exists()
    form = CancelForm(request.POST or None, several=several)
    back = reverse("programs:journal", args=[meeting.program_id])
    if form.is_valid():
        number = act_with_form(form, lambda: acts.cancel(meeting, by=request.user, **form.cleaned_data))
        if number:
            messages.success(request, plural(number, "встреча отменена,встречи отменены,встреч отменено"))
            return redirect(back)
    context = {
        "form": form,
        "heading": f"Отменить встречу {acts.when_words(meeting)}?",
        "consequences": [
            by_letter("Те, кого позвали, получат письмо с причиной."),
            "В часы и отчёты назначенные встречи не входят.",
        ],
        "submit": "Отменить встречу",
        "danger": True,
        "cancel_url": reverse("programs:meeting_planned", args=[pk]),
        "crumbs": crumbs(meeting.program, "Встреча"),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def unsuitable(request: UserRequest, pk: int) -> HttpResponseBase:
    """Answer that the time of a planned meeting does not suit."""
    mine = MeetingAttendance.objects.filter(meeting__in=Meeting.every.visible_to(request.user).planned())
    found = mine.select_related("meeting__program", "meeting__logged_by__person", "participation__person")
    attendance = get_object_or_404(found, pk=pk)
    meeting = attendance.meeting
    acts.require_answering(attendance, request.user)
    form = UnsuitableForm(request.POST or None)
    back = reverse("programs:meeting_planned", args=[meeting.pk])
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if act_with_form(form, lambda: acts.does_not_suit(attendance, by=request.user, reason=reason)):
            messages.success(request, f"Ответ передан: {meeting.logged_by.person.short_name} перенесёт встречу")
            return redirect(back)
    context = {
        "form": form,
        "heading": "Время не подходит",
        "lead": f"{meeting.program.title}: {acts.when_words(meeting)}",
        "submit": "Ответить",
        "cancel_url": back,
        "crumbs": crumbs(meeting.program, "Встреча"),
    }
    return render(request, "form.html", context)
