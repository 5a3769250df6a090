"""Pages of the participants: invited, their answers, particulars, outcomes of a speed meeting (п. 2.3, 3.4)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.form_handling import act_and_redirect, act_with_form, came_from
from mentoring_site.russian import plural
from people.accounts.requests import UserRequest
from people.register.models import Person
from roadmap.events import attendance, inviting, outcomes, presenters
from roadmap.events.audience import people_of
from roadmap.events.forms import InviteForm, OutcomeForm, ParticularsForm
from roadmap.events.keeping_views import PEOPLE, kept_event
from roadmap.events.models import Event, Participant
from roadmap.events.rules import keeps
from roadmap.events.views import visible_event, visible_row

SAID = {
    Participant.Answer.YES: "Записано: Вы придёте",
    Participant.Answer.NO: "Записано: Вы не сможете прийти",
    Participant.Answer.WAITING: "Мест уже нет: Вы в листе ожидания и узнаете, когда место освободится",
}


@require_http_methods(["GET", "POST"])
def invite(request: UserRequest, pk: int) -> HttpResponseBase:
    """Put people on the list: groups of the school and people one by one."""
    found = kept_event(request, pk)
    if found.state not in Event.OPEN_STATES and request.method == "GET":
        messages.info(request, "Событие уже прошло или отменено")
        return redirect(found)
    form = InviteForm(request.POST or None, event=found)
    if form.is_valid():
        people: dict[int, Person] = {p.pk: p for p in people_of(form.cleaned_data["groups"])}
        people |= {p.pk: p for p in form.cleaned_data["people"]}
        part = form.cleaned_data["part"]
        made = act_with_form(form, lambda: inviting.invite(found, people.values(), by=request.user, part=part), request)
        if made:
            if isinstance(made, list):
                messages.success(request, f"Добавлены в список: {plural(len(made), PEOPLE)}")
            return redirect(found)
    context = {
        "form": form,
        "heading": "Кого пригласить",
        "lead": "Событие уже объявлено: приглашение уйдёт сразу."
        if found.state == Event.State.ANNOUNCED
        else "Приглашения уйдут, когда Вы объявите событие.",
        "submit": "Добавить в список",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Пригласить"),
    }
    return render(request, "form.html", context)


@require_POST
def answer(request: UserRequest, pk: int) -> HttpResponseBase:
    """Say whether one comes; who keeps the event writes down what others have said."""
    found = visible_event(request, pk)
    person, comes = request.user.person, request.POST.get("comes") == "1"
    asked = request.POST.get("row", "")
    if asked.isdecimal():
        person = visible_row(request, found, int(asked)).person
    own = person.pk == request.user.person_id
    return act_and_redirect(
        request,
        lambda: inviting.answer(found, person, by=request.user, comes=comes),
        success=lambda row: SAID[row.answer] if own else f"Ответ записан: {person.short_name}",
        to=came_from(request, found),
    )


@require_http_methods(["GET", "POST"])
def strike(request: UserRequest, pk: int, row_pk: int) -> HttpResponseBase:
    """Take somebody off the list, after a question."""
    found = kept_event(request, pk)
    row = visible_row(request, found, row_pk)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: inviting.strike_out(row, by=request.user),
            success=f"Убрано из списка: {row.person.short_name}",
            to=found,
        )
    context = {
        "heading": "Убрать из списка?",
        "lead": f"{row.person.full_name}. {found.title}, {presenters.days_of(found)}",
        "consequences": ["Письма об этом не будет: если человек уже приглашён, скажите ему сами"],
        "submit": "Убрать из списка",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Убрать из списка"),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def participant(request: UserRequest, pk: int, row_pk: int) -> HttpResponseBase:
    """The document of a participant and what was brought home."""
    found = visible_event(request, pk)
    row = visible_row(request, found, row_pk)
    keeper = keeps(found, request.user)
    if not keeper and row.person_id != request.user.person_id:
        raise PermissionDenied("Это записывает сам участник или ответственный за событие")
    if not row.is_present:
        messages.info(request, "Не отмечено, что этот человек был на событии")
        return redirect(found)
    form = ParticularsForm(request.POST or None, request.FILES or None, row=row, keeps=keeper)
    if form.is_valid() and act_with_form(form, lambda: _written(form, row, request)):
        messages.success(request, "Записано")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Что дало участие",
        "lead": f"{row.person.full_name}. {found.title}, {presenters.days_of(found)}",
        "multipart": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, row.person.short_name),
    }
    return render(request, "form.html", context)


def _written(form: ParticularsForm, row: Participant, request: UserRequest) -> Participant:
    data = dict(form.cleaned_data)
    uploads = data.pop("evidence")
    with stored_uploads(uploads, by=request.user) as files:
        return attendance.write_particulars(row, by=request.user, files=files, **data)


@require_http_methods(["GET", "POST"])
def outcome(request: UserRequest, pk: int, row_pk: int) -> HttpResponseBase:
    """What a speed meeting gave a mentee, and the next step."""
    found = visible_event(request, pk)
    row = visible_row(request, found, row_pk)
    if not outcomes.may_write(row, request.user):
        raise PermissionDenied(outcomes.WHO)
    form = OutcomeForm(request.POST or None, row=row)
    if form.is_valid() and act_with_form(
        form, lambda: outcomes.write_outcome(row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Итог встречи записан")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Что дала встреча",
        "lead": f"{row.person.full_name}. {found.title}, {presenters.days_of(found)}",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, row.person.short_name),
    }
    return render(request, "form.html", context)


@require_POST
def settle(request: UserRequest, pk: int, row_pk: int) -> HttpResponseBase:
    """Say that the next step after a speed meeting has been taken."""
    found = visible_event(request, pk)
    row = visible_row(request, found, row_pk)
    return act_and_redirect(
        request,
        lambda: outcomes.settle(row, by=request.user),
        success=f"Следующий шаг сделан: {row.person.short_name}",
        to=found,
    )
