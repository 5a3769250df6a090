"""Pages of bodies: all of them, one with its members and meetings, names and members kept (п. 3.4, 3.5)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.form_handling import act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import period
from mentoring_site.ui.elements import Action, Crumb
from mentoring_site.ui.list_page import page_of
from people.accounts.requests import UserRequest
from people.rights import Right
from roadmap.bodies import acts
from roadmap.bodies.forms import BodyForm, EndForm, MemberForm
from roadmap.bodies.members import everybody, members_on, once
from roadmap.bodies.models import Body, BodyMember

LIST = "Советы и объединения"


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way from the list of bodies."""
    return [Crumb(LIST, reverse("roadmap:bodies")), *more]


def _body(request: UserRequest, pk: int) -> Body:
    return get_object_or_404(Body.objects.visible_to(request.user), pk=pk)


@require_GET
def bodies(request: UserRequest) -> HttpResponseBase:
    """The bodies that the user may see, how many sit in each and who leads it."""
    user = request.user
    rows = []
    for body in Body.objects.visible_to(user):
        members = members_on(body)
        chair = next((m.person.short_name for m in members if m.part == BodyMember.Part.CHAIR), "")
        rows.append({"body": body, "number": len(members), "chair": chair, "url": body.get_absolute_url()})
    context = {
        "title": LIST,
        "rows": rows,
        "new_url": reverse("roadmap:body_new") if user.can(Right.BODIES_EDIT) else "",
    }
    return render(request, "roadmap/bodies/bodies.html", context)


@require_GET
def body(request: UserRequest, pk: int) -> HttpResponseBase:
    """One body: present and former members, its meetings, for those who read minutes."""
    found, user, today = _body(request, pk), request.user, timezone.localdate()
    edits = user.can(Right.BODIES_EDIT)
    known = everybody(found)
    now = once(member for member in known if member.is_live(today))
    meetings = found.meetings.prefetch_related("items") if user.can(Right.MINUTES_SEE) else found.meetings.none()
    page = page_of(meetings.order_by("-held_on", "-pk"), request, 10)
    context = page | {
        "title": found.name[:1].upper() + found.name[1:],
        "body": found,
        "now": [_row(member, edits) for member in now],
        "others": [_row(member, edits) for member in known if member not in now],
        "meetings": page["page_obj"],
        "actions": _actions(found, user),
        "by_roles": acts.BY_ROLES if found.by_roles else "",
        "roles_url": reverse("people:roles") if found.by_roles and user.can(Right.ROLES_SEE) else "",
        "crumbs": crumbs(Crumb(found.name)),
        "entries": history.entries([found]),
    }
    return render(request, "roadmap/bodies/body.html", context)


def _row(member, edits: bool) -> dict:
    key = member.key if edits else None
    return {
        "name": member.person.full_name,
        "part": member.part.label,
        "period": period(member.since, member.until),
        "ground": member.ground,
        "end_url": reverse("roadmap:body_member_end", args=[key]) if key and not member.until else "",
    }


def _actions(found: Body, user) -> list[Action]:
    made = []
    if user.can(Right.MINUTES_WRITE):
        url = f"{reverse('roadmap:meeting_plan')}?body={found.pk}"
        made.append(Action("plan", "Назначить заседание", url, primary=True))
    if user.can(Right.BODIES_EDIT):
        if not found.by_roles:
            made.append(Action("take_in", "Записать в состав", reverse("roadmap:body_member_new", args=[found.pk])))
        made.append(Action("edit", "Название и кворум", reverse("roadmap:body_edit", args=[found.pk])))
    return made


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int | None = None) -> HttpResponseBase:
    """Record a body or change its names and quorum."""
    require(request.user, Right.BODIES_EDIT)
    found = _body(request, pk) if pk else None
    form = BodyForm(request.POST or None, body=found)
    if form.is_valid() and (
        made := act_with_form(form, lambda: acts.save(found, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, f"Записано: {made.name}")
        return redirect(made)
    heading = "Название и кворум" if found else "Новый орган"
    context = {
        "form": form,
        "heading": heading,
        "lead": found.name if found else "",
        "cancel_url": found.get_absolute_url() if found else reverse("roadmap:bodies"),
        "crumbs": crumbs(*([Crumb(found.name, found.get_absolute_url())] if found else []), Crumb(heading)),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def member_new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a person into a body."""
    require(request.user, Right.BODIES_EDIT)
    found = _body(request, pk)
    if found.by_roles:
        messages.info(request, acts.BY_ROLES)
        return redirect(found)
    form = MemberForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: acts.take_in(found, by=request.user, **form.cleaned_data)):
        messages.success(request, f"В составе: {form.cleaned_data['person'].short_name}")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Записать в состав",
        "lead": found.name,
        "submit": "Записать в состав",
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(Crumb(found.name, found.get_absolute_url()), Crumb("В состав")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def member_end(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write the last day of a member."""
    require(request.user, Right.BODIES_EDIT)
    found = get_object_or_404(BodyMember.objects.visible_to(request.user).select_related("body", "person"), pk=pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: acts.end(found, by=request.user, **form.cleaned_data)):
        messages.success(request, f"{found.person.short_name}: последний день в составе записан")
        return redirect(found.body)
    context = {
        "form": form,
        "heading": f"Когда {found.person.short_name} последний день в составе?",
        "lead": f"{found.body.name}: {found.get_part_display()}, {period(found.since, found.until)}",
        "consequences": ["На заседаниях после этого дня человек в кворум не войдёт", "В прежних составах он останется"],
        "submit": "Записать последний день",
        "cancel_url": found.body.get_absolute_url(),
        "crumbs": crumbs(Crumb(found.body.name, found.body.get_absolute_url()), Crumb("Последний день")),
    }
    return render(request, "confirm.html", context)
