"""Pages of a release: an activity or meeting that falls on lessons, the lessons and the confirmation (п. 1.4)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.workflow import NotAllowed
from people.accounts.requests import UserRequest
from people.language.declension import name_in
from people.register.models import Person
from people.rights import Right
from programs.journal.models import Meeting
from programs.program.models import Activity, Program
from programs.program.presenters import crumbs
from programs.program.views import get_program_head
from programs.requests import presenters
from programs.requests.kinds.release import acts
from programs.requests.kinds.release.forms import ContinuityForm, LessonRows, LessonTimeForm, teachers
from programs.requests.kinds.release.kind import lessons_of
from programs.requests.kinds.release.models import LessonTime
from programs.requests.models import Request

SAVED = {
    True: "Непрерывность подтверждена, просьба ушла на решение",
    False: "Занятия записаны. На решение просьба пойдёт после подтверждения непрерывности",
}


@require_http_methods(["GET", "POST"])
def of_activity(request: UserRequest, pk: int) -> HttpResponseBase:
    """Mark an activity as falling on lessons."""
    visible = Activity.objects.filter(program__in=Program.objects.visible_to(request.user))
    found = get_object_or_404(visible, pk=pk)
    return _mark(request, found, reverse("programs:activity", args=[pk]), {"day": found.due_on}, found.title)


@require_http_methods(["GET", "POST"])
def of_meeting(request: UserRequest, pk: int) -> HttpResponseBase:
    """Mark a planned meeting as falling on lessons."""
    found = get_object_or_404(Meeting.every.visible_to(request.user).planned(), pk=pk)
    minutes = (found.starts_at.hour * 60 + found.starts_at.minute + found.minutes) if found.starts_at else 0
    ends = f"{min(minutes // 60, 23):02}:{minutes % 60:02}"
    initial = {"day": found.held_on, "starts": found.starts_at, "ends": ends}
    return _mark(request, found, reverse("programs:meeting_planned", args=[pk]), initial, "Встреча")


def _mark(
    request: UserRequest, thing: Activity | Meeting, back: str, initial: dict[str, Any], title: str
) -> HttpResponseBase:
    program = get_program_head(request, thing.program_id)
    sides = [p.person for p in program.pairing.people if p.until is None]
    own = [person for person in sides if person.pk == request.user.person_id]
    people = own or sides
    require(request.user, Right.PROGRAMS_ACT_FOR_OTHERS, unless=bool(own), also="сам участник")
    form = LessonTimeForm(request.POST or None, people=people, initial=initial)
    if form.is_valid():
        made = act_with_form(form, lambda: acts.flag(thing, form.whom(), by=request.user, **form.values()), request)
        if made:
            messages.success(request, "Отмечено. Теперь можно попросить об освобождении: всё уже заполнено")
            return redirect(back)
    return render(
        request,
        "form.html",
        {
            "heading": "Приходится на уроки?",
            "lead": title,
            "form": form,
            "submit": "Да, приходится на уроки",
            "cancel_url": back,
            "crumbs": crumbs(program, "Уроки"),
            "hint": "Наставничество не должно мешать урокам (п. 1.4). Лучше выбрать другое время; если его нет, просят"
            " освободить от уроков.",
        },
    )


@require_POST
def drop(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take the mark back."""
    found = get_object_or_404(LessonTime.objects.visible_to(request.user), pk=pk)
    to = (
        reverse("programs:activity", args=[found.activity_id])
        if found.activity_id
        else reverse("programs:meeting_planned", args=[found.meeting_id])
    )
    return act_and_redirect(request, lambda: acts.unflag(found, by=request.user), success="Отметка снята", to=to)


@require_http_methods(["GET", "POST"])
def lessons(request: UserRequest, pk: int) -> HttpResponseBase:
    """Propose how each lesson goes on and confirm that the educational process is not interrupted."""
    visible = Request.objects.visible_to(request.user).filter(kind="release").with_requirements()
    found = get_object_or_404(visible.with_openness(request.user), pk=pk)
    if not found.is_open:
        raise Http404
    if found.state != "filed":
        messages.info(request, "Решение уже принято: занятия меняют в проекте приказа")
        return redirect(found)
    if not acts.may_propose(found, request.user):
        raise NotAllowed("Занятия и замены предлагает заведующий отделением, а если его нет — куратор")
    people = {person.pk: person for person in teachers().exclude(pk=found.author_id)}
    rows, form = _forms(request, found, people)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        named = [row.row(people) for row in rows if row.is_named]
        act = lambda: acts.propose(found, by=request.user, lessons=named, **form.values())  # noqa: E731
        if save_edit(request, form, act, SAVED[form.cleaned_data["confirmed"]], obj=found.release):
            return redirect(found)
    return render(
        request,
        "programs/requests/release_lessons.html",
        {
            "heading": "Занятия, замены и непрерывность",
            "lead": f"{found.author.full_name}: {found.release.when}",
            "form": form,
            "lines": rows,
            "facts": presenters.facts(found, request.user),
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs(found, "Занятия и замены"),
        },
    )


def _forms(request: UserRequest, found: Request, people: dict[int, Person]) -> tuple[Any, ContinuityForm]:
    release = found.release
    heads = acts.heads(found, request.user) if acts.records_head(found, request.user) else []
    initial = {"version": release.version, "no_lessons": release.no_lessons}
    form = ContinuityForm(
        request.POST or None,
        release=release,
        heads=heads,
        name=name_in(found.author, "genitive", short=True),
        initial=initial,
    )
    known = [
        {
            "day": row.day,
            "starts": row.starts,
            "ends": row.ends,
            "what": row.what,
            "place": row.place,
            "substitute": row.substitute_id,
            "moved_to": row.moved_to,
        }
        for row in lessons_of(found)
    ]
    choices = [(pk, person.full_name) for pk, person in people.items()]
    rows = LessonRows(
        request.POST or None, initial=known, prefix="lessons", form_kwargs={"choices": choices, "day": release.day}
    )
    return rows, form
