"""The journal of a programme: meetings logged in a few taps and confirmed in one, the thread (п. 2.3, 4.2, 5.1)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.lists import page_of
from mentoring_site.russian import joined, plural, ruday
from people.rights import Right
from programs.journal import acts
from programs.journal.acts import may_post
from programs.journal.forms import MeetingForm, MessageForm
from programs.journal.models import Meeting, MeetingAttendance
from programs.program.content_presenters import dates_words
from programs.program.presenters import crumbs, head, takes_part
from programs.program.views import get_program, get_program_head

NEAR = 7  # days around an activity when a meeting is likely about it
TALK = 30  # messages shown at once
READERS = {
    "pair": "Видят участники программы, куратор, методический совет и директор.",
    "group": "Сообщение «Всем в группе» видят все участники; остальные — только тот, кого оно касается, и наставник. "
    "Куратор, методический совет и директор видят весь разговор.",
}


def logs_for(program, user) -> bool:
    """Whether the user may write into the journal now: takes part, or records for others."""
    mine = takes_part(program, user)
    here = (mine is not None and mine.until is None) or user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    return program.state == "running" and here


@require_GET
def journal(request, pk):
    """Meetings and the thread of a programme; in a group a mentee reads the meetings with oneself."""
    program = get_program_head(request, pk)
    return _page(request, program, MessageForm(program=program, user=request.user))


def _page(request, program, form):
    """The journal with the form of a message, which keeps what was typed when it was refused."""
    mine = Meeting.objects.visible_to(request.user).filter(program=program)
    total = mine.aggregate(count=Count("pk"), minutes=Sum("minutes"))
    sides = MeetingAttendance.objects.select_related("participation__person").order_by("-participation__part", "pk")
    rows = mine.select_related("activity").prefetch_related(Prefetch("attendances", sides))
    page = page_of(Counted(rows, total["count"]), request, 10)
    may_log = logs_for(program, request.user)
    return render(
        request,
        "programs/journal/journal.html",
        head(program, request.user, "programs:journal")
        | page
        | _thread(request, program)
        | {
            "rows": [_meeting_row(m, request.user) for m in page["page_obj"]],
            "total": _total(**total),
            "form": form if may_post(program, request.user) else None,
            "new_url": reverse("programs:meeting_new", args=[program.pk]) if may_log else "",
            "post_url": reverse("programs:message_post", args=[program.pk]),
            "readers": READERS[program.pairing.kind],
        },
    )


class Counted:
    """Rows whose number is known already: the pager need not ask again."""

    def __init__(self, rows, number: int):
        self.rows, self.number = rows, number

    def __len__(self):
        return self.number

    def __getitem__(self, piece):
        return self.rows[piece]


def _total(count: int, minutes: int | None) -> str:
    """«5 встреч, 4,5 часа»."""
    if not count:
        return ""
    hours = round((minutes or 0) / 30) / 2
    length = plural(hours, "час,часа,часов") if hours else "меньше часа"
    return f"{plural(count, 'встреча,встречи,встреч')}, {length}"


def _thread(request, program) -> dict:
    """The latest messages, or all of them when asked."""
    found = program.messages.visible_to(request.user).select_related("author__person", "about__person")
    found = found.order_by("-at", "-pk")
    rows = list(found[: TALK + 1 if "all" not in request.GET else 1000])
    cut = "all" not in request.GET and len(rows) > TALK
    rows = rows[:TALK] if cut else rows
    return {
        "thread": [
            {
                "who": m.author.person.short_name,
                "at": m.at,
                "text": m.text,
                "mine": m.author_id == request.user.pk,
                "note": _apart(m, request.user),
            }
            for m in reversed(rows)
        ],
        "older_url": f"{reverse('programs:journal', args=[program.pk])}?all=1#thread" if cut else "",
    }


def _apart(message, user) -> str:
    """Say beside a message that is not for everybody who else reads it."""
    if message.about is None:
        return ""
    person = message.about.person
    return "видно Вам и наставнику" if person.pk == user.person_id else f"не всем: {person.short_name} и наставник"


def _meeting_row(meeting, user) -> dict:
    sides = list(meeting.attendances.all())
    open_ones = [a for a in sides if a.confirmed_at is None]
    for_others = user.can(Right.PROGRAMS_ACT_FOR_OTHERS)
    own = next((a for a in open_ones if a.participation.person_id == user.person_id), None)
    mine = own or (open_ones[0] if for_others and open_ones else None)
    word, tone = ("подтверждена", "done") if not open_ones else ("ждёт подтверждения", "you" if own else "others")
    label = "Подтвердить" if own else f"Подтвердить за: {mine.participation.person.short_name}" if mine else ""
    others = any(a.confirmed_by_id not in (None, meeting.logged_by_id) for a in sides)
    return {
        "meeting": meeting,
        "people": joined([a.participation.person.short_name for a in sides]),
        "badge": {"word": word, "tone": tone},
        "waits": joined([a.participation.person.short_name for a in open_ones]),
        "confirm_url": reverse("programs:meeting_confirm", args=[mine.pk]) if mine else "",
        "confirm_label": label,
        "primary": own is not None,
        "drop_url": reverse("programs:meeting_drop", args=[meeting.pk])
        if (meeting.logged_by_id == user.pk or for_others) and not others
        else "",
    }


def planned_now(program, today=None):
    """Return the activity of the plan that a meeting of these days is likely about, or None."""
    today = today or timezone.localdate()

    def distance(a) -> int:
        return max(((a.starts_on or a.due_on) - today).days, (today - a.due_on).days, 0)

    near = [a for a in program.activities.all() if distance(a) <= NEAR and not _all_checked(program, a)]
    return min(near, key=lambda a: (distance(a), a.due_on), default=None)


def _all_checked(program, activity) -> bool:
    live = {p.pk for p in program.pairing.people if p.part == "mentee" and p.until is None}
    return live <= {r.participation_id for r in activity.results.all() if r.state == "checked"}


@require_http_methods(["GET", "POST"])
def meeting_new(request, pk):
    """Log a past meeting in a few taps."""
    program = get_program(request, pk)
    if not logs_for(program, request.user):
        if program.state != "running":
            messages.info(request, "Встречи записывают, пока программа реализуется")
            return redirect("programs:journal", pk)
        raise PermissionDenied("Встречу записывают её участники, за них — куратор")
    planned = planned_now(program)
    form = MeetingForm(request.POST or None, program=program, planned=planned)
    if form.is_valid() and act_with_form(form, lambda: _log(program, form, request.user)):
        messages.success(request, "Встреча записана. Другая сторона подтвердит её одним нажатием")
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
            "cancel_url": reverse("programs:journal", args=[pk]),
            "crumbs": crumbs(program, "Встреча"),
            "hint": f"{joined(others)} {verb}." if others else "",
        },
    )


def _log(program, form, user):
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
        request_key=data["request_key"],
    )


@require_POST
def meeting_confirm(request, pk):
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


@require_http_methods(["GET", "POST"])
def meeting_drop(request, pk):
    """Take back a meeting written by mistake, after a question."""
    meetings = Meeting.objects.visible_to(request.user).select_related("program")
    meeting = get_object_or_404(meetings, pk=pk)
    back = reverse("programs:journal", args=[meeting.program_id])
    if meeting.logged_by_id != request.user.pk and not request.user.can(Right.PROGRAMS_ACT_FOR_OTHERS):
        raise PermissionDenied("Запись убирает тот, кто её сделал, или куратор")
    if request.method == "POST":
        return act_and_redirect(
            request, lambda: acts.drop_meeting(meeting, by=request.user), success="Запись о встрече убрана", to=back
        )
    return render(
        request,
        "confirm.html",
        {
            "heading": f"Убрать запись о встрече {ruday(meeting.held_on)}?",
            "lead": meeting.about,
            "consequences": ["Запись исчезнет из журнала; в истории программы останется, что она была и кто её убрал."],
            "submit": "Убрать запись",
            "danger": True,
            "cancel_url": back,
            "crumbs": crumbs(meeting.program, "Встреча"),
        },
    )


@require_POST
def message_post(request, pk):
    """Post to the thread."""
    program = get_program_head(request, pk)
    form = MessageForm(request.POST, program=program, user=request.user)
    to = reverse("programs:journal", args=[pk]) + "#thread"
    if not may_post(program, request.user):
        raise PermissionDenied("Писать могут участники программы, куратор, методический совет и директор")
    if not (form.is_valid() and act_with_form(form, lambda: acts.post(program, by=request.user, **form.cleaned_data))):
        return _page(request, program, form)
    messages.success(request, "Сообщение отправлено")
    return redirect(to)
