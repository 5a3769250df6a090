"""Pages of a meeting before its minutes: planned, moved, invited to, cancelled, held (п. 3.5)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mentoring_site import undo
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import joined, plural
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import place
from roadmap.bodies.models import Body
from roadmap.council import meetings
from roadmap.council.meeting_forms import CancelForm, HoldForm, PlanForm, ReplanForm
from roadmap.council.models import Minutes
from roadmap.council.presenters import crumbs, crumbs_of
from roadmap.council.quorum import members_of
from roadmap.council.views import visible_minutes


def _planned(request: UserRequest, pk: int) -> Minutes | None:
    """Return a planned meeting that the user may write, or None with a message when it is planned no more."""
    found = visible_minutes(request, pk)
    require(request.user, Right.MINUTES_WRITE)
    if found.state != Minutes.State.PLANNED and request.method == "GET":
        messages.info(request, "Заседание уже прошло или отменено")
        return None
    return found


@require_http_methods(["GET", "POST"])
def plan(request: UserRequest) -> HttpResponseBase:
    """Plan a meeting with its agenda."""
    require(request.user, Right.MINUTES_WRITE)
    asked = request.GET.get("body", "")
    organ = Body.objects.visible_to(request.user).filter(pk=int(asked)).first() if asked.isdecimal() else None
    form = PlanForm(request.POST or None, user=request.user, place=place(), organ=organ)
    if form.is_valid() and (
        made := act_with_form(form, lambda: meetings.plan(form.cleaned_data["organ"], by=request.user, **form.given()))
    ):
        undo.say(request, "Заседание назначено. Проверьте повестку и разошлите приглашения", made, "plan")
        return redirect(made)
    context = {
        "form": form,
        "heading": "Назначить заседание",
        "lead": "Отмеченное войдёт в повестку готовым вопросом с проектом решения.",
        "submit": "Назначить заседание",
        "cancel_url": reverse("roadmap:minutes_list"),
        "crumbs": crumbs(Crumb("Новое заседание")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def replan(request: UserRequest, pk: int) -> HttpResponseBase:
    """Move a planned meeting to another day, hour or place."""
    found = _planned(request, pk)
    if found is None:
        return redirect("roadmap:minutes", pk)
    names = ("held_on", "held_at", "place", "version")
    form = ReplanForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def act() -> Minutes:
        return meetings.replan(found, by=request.user, **form.cleaned_data)

    if form.is_valid() and save_edit(request, form, act, "Записано", obj=found):
        return redirect(found)
    context = {
        "form": form,
        "heading": "День, время и место",
        "lead": str(found),
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs_of(found, "День и место"),
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write to the members with the agenda, after a page that names them."""
    found = _planned(request, pk)
    if found is None:
        return redirect("roadmap:minutes", pk)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: meetings.invite(found, by=request.user),
            success=lambda people: f"Приглашения написаны: {plural(len(people), 'человек,человека,человек')}",
            to=found,
        )
    names = joined([person.short_name for person in members_of(found)]) or "никто: состав не записан"
    context = {
        "heading": "Разослать приглашения?",
        "lead": str(found),
        "consequences": [
            by_letter(f"Письмо с повесткой получат: {names}."),
            "Если заседание перенесут, приглашения уйдут заново",
        ],
        "submit": "Разослать приглашения",
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs_of(found, "Приглашения"),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def cancel(request: UserRequest, pk: int) -> HttpResponseBase:
    """Cancel a planned meeting, after a question."""
    found = _planned(request, pk)
    if found is None:
        return redirect("roadmap:minutes", pk)
    form = CancelForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: meetings.cancel(found, by=request.user, reason=form.cleaned_data["reason"]), request
    ):
        undo.say(request, "Заседание отменено", found, "cancel")
        return redirect(found)
    lines = ["Всё, что стояло в повестке, снова ждёт заседания"]
    if meetings.was_invited(found):
        lines.append(by_letter("Приглашённые узнают об отмене и о причине из письма."))
    context = {
        "form": form,
        "heading": "Отменить заседание?",
        "lead": str(found),
        "consequences": lines,
        "submit": "Отменить заседание",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs_of(found, "Отменить"),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def hold(request: UserRequest, pk: int) -> HttpResponseBase:
    """The meeting has taken place: who was there."""
    found = _planned(request, pk)
    if found is None:
        return redirect("roadmap:minutes", pk)
    if found.held_on > timezone.localdate() and request.method == "GET":
        messages.info(request, meetings.TOO_EARLY)
        return redirect(found)
    form = HoldForm(request.POST or None, minutes=found)
    if form.is_valid() and act_with_form(form, lambda: meetings.hold(found, by=request.user, **form.given()), request):
        messages.success(request, "Записано, кто был. Теперь решения и голоса по каждому вопросу")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Кто был на заседании",
        "lead": f"{found}. Кто не отмечен, записан отсутствовавшим.",
        "submit": "Записать, кто был",
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs_of(found, "Кто был"),
    }
    return render(request, "form.html", context)
