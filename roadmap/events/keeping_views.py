"""Pages of those who keep an event: planned, changed, repeated, announced, held, cancelled (п. 3.3, 3.4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentoring_site import undo
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import joined, plural, rudate, ruday
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import place
from roadmap.events import acts, outside, presenters, series
from roadmap.events.audience import OF_AUDIENCE, people_of
from roadmap.events.forms import (
    CancelForm,
    EventEditForm,
    HoldForm,
    NewEventForm,
    NotesForm,
    OutsideForm,
    RepeatForm,
)
from roadmap.events.models import Event
from roadmap.events.rules import require_keeper
from roadmap.events.views import visible_event

PEOPLE = "человек,человека,человек"


def kept_event(request: UserRequest, pk: int) -> Event:
    """Return a visible event that the user keeps. Raises ``Http404``, ``NotAllowed``."""
    found = visible_event(request, pk)
    require_keeper(found, request.user)
    return found


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Prepare an event, perhaps one that repeats."""
    require(request.user, Right.EVENTS_WRITE)
    form = NewEventForm(request.POST or None, user=request.user, initial={"place": place()})
    if form.is_valid() and (made := act_with_form(form, lambda: _planned(form, request.user))):
        messages.success(request, "Событие подготовлено. Проверьте список приглашённых и объявите его")
        return redirect(made)
    context = {
        "form": form,
        "heading": "Новое событие",
        "lead": "Пока событие не объявлено, о нём никто не узнает.",
        "submit": "Подготовить событие",
        "cancel_url": reverse("roadmap:events"),
        "crumbs": presenters.crumbs(Crumb("Новое событие")),
    }
    return render(request, "form.html", context)


def _planned(form: NewEventForm, user: Any) -> Event:
    data = form.cleaned_data
    made = acts.plan(by=user, request_key=data["request_key"], **form.values())
    if data.get("step") and made.series is None:
        series.repeat(made, by=user, step=data["step"], times=data["times"])
    return made


@require_http_methods(["GET", "POST"])
def outside_new(request: UserRequest) -> HttpResponseBase:
    """Record that people of the school take part in an event of others; everybody records one's own."""
    user, for_others = request.user, request.user.can(Right.EVENTS_WRITE)
    form = OutsideForm(request.POST or None, for_others=for_others)
    if form.is_valid():
        people = form.cleaned_data["people"] if for_others else [user.person]
        key = form.cleaned_data["request_key"]
        made = act_with_form(
            form, lambda: outside.record_outside(by=user, people=people, request_key=key, **form.values())
        )
        if made:
            own = made.participants.present().filter(person=user.person_id).first()
            messages.success(request, "Записано")
            return redirect("roadmap:participant", made.pk, own.pk) if own else redirect(made)
    context = {
        "form": form,
        "heading": "Конференция, форум, вебинар вне школы",
        "lead": "Кто поедет или уже был: потом сюда приложат документ и расскажут, что пригодится школе."
        if for_others
        else "Расскажите о своей поездке: документ и то, что пригодится школе, приложите следующим шагом.",
        "submit": "Записать участие",
        "cancel_url": reverse("roadmap:events"),
        "crumbs": presenters.crumbs(Crumb("Событие вне школы")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change an event; of one that repeats also those that follow."""
    found = kept_event(request, pk)
    if found.state not in Event.OPEN_STATES and request.method == "GET":
        messages.info(request, "Событие уже прошло или отменено")
        return redirect(found)
    form = EventEditForm(request.POST or None, event=found, following=len(series.following(found)))
    changed: list = []

    def act() -> Any:
        change = series.edit_following if form.cleaned_data.get("with_following") else acts.edit
        return change(found, by=request.user, version=form.cleaned_data["version"], **form.values())

    if form.is_valid() and save_edit(request, form, act, "Сведения о событии сохранены", changed, obj=found):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Изменить событие",
        "lead": by_letter("Если изменятся день, время или место, приглашённые получат письмо.")
        if found.state == Event.State.ANNOUNCED
        else found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Изменить"),
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def repeat(request: UserRequest, pk: int) -> HttpResponseBase:
    """Prepare further events like this one."""
    found = kept_event(request, pk)
    form = RepeatForm(request.POST or None)
    if form.is_valid():
        made = act_with_form(form, lambda: series.repeat(found, by=request.user, **form.cleaned_data), request)
        if isinstance(made, list):
            days = [one.starts_on for one in made]
            messages.success(request, f"Подготовлены: {joined([ruday(day) for day in days])}")
            if off := series.days_off(days):
                messages.warning(
                    request, f"В эти дни школа не работает, перенесите их: {joined([ruday(day) for day in off])}"
                )
        if made:
            return redirect(found)
    context = {
        "form": form,
        "heading": "Повторять событие",
        "lead": f"{found.title}, первый раз {rudate(found.starts_on)} У повторений будут те же место, время и список.",
        "submit": "Подготовить повторения",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Повторять"),
    }
    return render(request, "form.html", context)


def _invited(event: Event) -> int:
    known = set(event.participants.values_list("person", flat=True)) | {event.host_id}
    auto = people_of(OF_AUDIENCE.get(Event.Audience(event.audience), ()))
    return event.participants.count() + sum(person.pk not in known for person in auto)


@require_http_methods(["GET", "POST"])
def announce(request: UserRequest, pk: int) -> HttpResponseBase:
    """Announce an event, after a page that says who is told; with it those that follow in its series."""
    found = kept_event(request, pk)
    later = [one for one in series.following(found) if one.state == Event.State.DRAFT]
    if request.method == "POST":
        together = "together" in request.POST
        do = series.announce_following if together else acts.announce
        return act_and_redirect(request, lambda: do(found, by=request.user), success="Событие объявлено", to=found)
    number = _invited(found)
    open_to_all = found.audience == Event.Audience.ALL
    lines = [
        by_letter(f"Приглашение по почте получат {plural(number, PEOPLE)}.") if number else "Пока никто не приглашён",
        "О событии узнают и смогут записаться все, у кого есть вход"
        if open_to_all
        else "Откроют его только приглашённые",
        *(["Название, день и место появятся в афише на сайте"] if found.is_public else []),
    ]
    context = {
        "heading": "Объявить событие?",
        "lead": f"{found.title}, {presenters.days_of(found)}",
        "consequences": lines,
        "submit": "Объявить событие",
        "together": {"label": f"Объявить вместе со следующими ({len(later)})"} if later else None,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Объявить"),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def hold(request: UserRequest, pk: int) -> HttpResponseBase:
    """Mark an event as held, after a page that says who was there."""
    found = kept_event(request, pk)
    form = HoldForm(request.POST or None, initial={"results": found.results})
    if form.is_valid() and act_with_form(
        form, lambda: acts.hold(found, by=request.user, results=form.cleaned_data["results"]), request
    ):
        undo.say(request, "Событие проведено", found, "hold")
        return redirect(found)
    came, listed = found.participants.present().count(), found.participants.count()
    lines = [f"Были {plural(came, PEOPLE)} из {listed}, остальные записаны отсутствовавшими"]
    if found.hours:
        lines.append("Каждому, кто был, засчитаются часы события")
    if found.task_id:
        lines.append("Событие подтвердит мероприятие дорожной карты")
    context = {
        "form": form,
        "heading": "Отметить событие проведённым?",
        "lead": f"{found.title}, {presenters.days_of(found)}",
        "consequences": lines,
        "submit": "Отметить проведённым",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Проведено"),
    }
    return render(request, "confirm.html", context)


def _asks(request: UserRequest, found: Event, act: Any, success: str, to: Any, **context: Any) -> HttpResponseBase:
    """Answer a page that asks before an act about an event."""
    if request.method == "POST":
        return act_and_redirect(request, act, success=success, to=to)
    return render(
        request,
        "confirm.html",
        {
            "lead": f"{found.title}, {presenters.days_of(found)}",
            "cancel_url": found.get_absolute_url(),
            "crumbs": presenters.crumbs_of(found, context["submit"]),
            **context,
        },
    )


@require_http_methods(["GET", "POST"])
def reopen(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take back that an event was held, after a question."""
    found = kept_event(request, pk)
    return _asks(
        request,
        found,
        lambda: acts.reopen(found, by=request.user),
        "Отметка снята",
        found,
        heading="Снять отметку о проведении?",
        submit="Снять отметку",
        consequences=[
            "Событие снова объявлено; отметки о том, кто был, останутся",
            "В обучении оно больше не считается",
        ],
    )


@require_http_methods(["GET", "POST"])
def discard(request: UserRequest, pk: int) -> HttpResponseBase:
    """Throw a draft away, after a question."""
    found = kept_event(request, pk)
    return _asks(
        request,
        found,
        lambda: acts.discard(found, by=request.user),
        "Черновик события удалён",
        "roadmap:events" if found.state == Event.State.DRAFT else found,
        heading="Удалить черновик события?",
        submit="Удалить черновик",
        danger=True,
        consequences=["О событии ещё никто не знает: писем не будет", "Вернуть черновик нельзя"],
    )


@require_http_methods(["GET", "POST"])
def cancel(request: UserRequest, pk: int) -> HttpResponseBase:
    """Cancel an event, after a question."""
    found = kept_event(request, pk)
    form = CancelForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: acts.cancel(found, by=request.user, reason=form.cleaned_data["reason"]), request
    ):
        undo.say(request, "Событие отменено", found, "cancel")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Отменить событие?",
        "lead": f"{found.title}, {presenters.days_of(found)}",
        "consequences": [by_letter("Приглашённые узнают об отмене и о причине из письма.")],
        "submit": "Отменить событие",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Отменить"),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def notes(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write what was discussed and decided, and what came of the event."""
    found = kept_event(request, pk)
    form = NotesForm(request.POST or None, event=found)
    changed: list = []

    def act() -> Event:
        return acts.write_notes(found, by=request.user, **form.cleaned_data)

    if form.is_valid() and save_edit(request, form, act, "Решения и итоги записаны", changed, obj=found):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Решения и итоги",
        "lead": f"{found.title}, {presenters.days_of(found)}",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Решения и итоги"),
    }
    return render(request, "edit.html", context)
