"""Pages of networks and communities with the school's people in them, and the log of talks (п. 3.4)."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site import history, undo
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form, came_from
from mentoring_site.rights import require
from mentoring_site.russian import period, ruday
from mentoring_site.ui.elements import Action, Crumb
from mentoring_site.ui.list_page import page_of
from people.accounts.requests import UserRequest
from people.promises import Promise
from people.rights import Right
from roadmap.partners import network_acts as acts
from roadmap.partners import presenters
from roadmap.partners.forms import EditNetworkForm, LeaveForm, MemberForm, NewNetworkForm, TalkForm
from roadmap.partners.list_pages import NETWORKS, PARTNER, TALKS
from roadmap.partners.models import Network, NetworkMember, Talk

PER_PAGE = 10


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way from the list of networks."""
    return presenters.crumbs(Crumb("Сети и сообщества", reverse("roadmap:networks")), *more)


@require_GET
def networks(request: UserRequest) -> HttpResponseBase:
    """Networks and communities that the user may see; the same list as XLSX."""
    user = request.user
    return NETWORKS.answer(
        request,
        Network.objects.visible_to(user),
        tabs=presenters.tabs("roadmap:networks") if Promise.PARTNER.opens_to(user) else [],
        new_url=reverse("roadmap:network_new") if user.can(Right.PARTNERS_EDIT) else "",
    )


def _get(request: UserRequest, pk: int) -> Network:
    return get_object_or_404(Network.objects.visible_to(request.user), pk=pk)


@require_GET
def network(request: UserRequest, pk: int) -> HttpResponseBase:
    """One network: what it is, who of the school takes part, talks."""
    members = Prefetch("members", NetworkMember.objects.visible_to(request.user).select_related("person"))
    visible = Network.objects.visible_to(request.user).prefetch_related(members, "partners__organisation")
    found, user, today = get_object_or_404(visible, pk=pk), request.user, timezone.localdate()
    edits = user.can(Right.PARTNERS_EDIT)
    talks = Talk.objects.visible_to(user).filter(network=found)
    page = page_of(talks.select_related(PARTNER, "contact", "network", "responsible"), request, PER_PAGE)
    rows = [(member, member.until is None or member.until >= today) for member in found.members.all()]
    context = page | {
        "network": found,
        "facts": presenters.network_facts(found),
        "members": [_member(member, edits) for member, live in rows if live],
        "former": [_member(member, False) for member, live in rows if not live],
        "talks": [presenters.talk_row(one, user) for one in page["page_obj"]],
        "edits": edits,
        "actions": _actions(found) if edits else [],
        "entries": history.entries([found]),
        "crumbs": crumbs(Crumb(found.name)),
    }
    return render(request, "roadmap/partners/network.html", context)


def _member(member: NetworkMember, edits: bool) -> dict:
    url = reverse("roadmap:network_member_end", args=[member.pk]) if edits and member.until is None else ""
    return {
        "name": member.person.full_name,
        "part": member.part,
        "period": period(member.since, member.until),
        "end_url": url,
    }


def _actions(found: Network) -> list[Action]:
    url = found.get_absolute_url()
    return [
        Action("member", "Записать участника", f"{url}members/new/", primary=True),
        Action("talk", "Записать разговор", f"{reverse('roadmap:talk_new')}?network={found.pk}"),
        Action("edit", "Изменить сведения", f"{url}edit/"),
    ]


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Write a network or a community down."""
    require(request.user, Right.PARTNERS_EDIT)
    form = NewNetworkForm(request.POST or None)
    if form.is_valid() and (
        made := act_with_form(form, lambda: acts.save_network(None, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, f"Записано: {made}")
        return redirect(made)
    context = {
        "form": form,
        "heading": "Новая сеть или сообщество",
        "submit": "Записать",
        "cancel_url": reverse("roadmap:networks"),
        "crumbs": crumbs(Crumb("Новая сеть или сообщество")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change what is known of a network."""
    found = _get(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    form = EditNetworkForm(request.POST or None, instance=_get(request, pk))
    changed: list = []

    def save() -> Network:
        return acts.save_network(found, by=request.user, **form.cleaned_data)

    if form.is_bound and form.is_valid() and save_edit(request, form, save, "Сведения сохранены", changed):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Изменить сведения",
        "lead": found.name,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(Crumb(found.name, found.get_absolute_url()), Crumb("Изменить")),
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def member_new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write down that a person of the school takes part."""
    found = _get(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    form = MemberForm(request.POST or None, instance=NetworkMember(network=found))
    if form.is_valid() and act_with_form(form, lambda: acts.take_in(found, by=request.user, **form.cleaned_data)):
        messages.success(request, f"Участвует: {form.cleaned_data['person'].short_name}")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Записать участника",
        "lead": found.name,
        "submit": "Записать участника",
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(Crumb(found.name, found.get_absolute_url()), Crumb("Участник")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def member_end(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write the last day of a person in a network."""
    members = NetworkMember.objects.visible_to(request.user).select_related("network", "person")
    member = get_object_or_404(members, pk=pk)
    require(request.user, Right.PARTNERS_EDIT)
    form = LeaveForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: acts.leave(member, by=request.user, **form.cleaned_data)):
        messages.success(request, f"{member.person.short_name}: последний день записан")
        return redirect(member.network)
    context = {
        "form": form,
        "heading": f"{member.person.short_name}: последний день",
        "lead": member.network.name,
        "submit": "Записать последний день",
        "cancel_url": member.network.get_absolute_url(),
        "crumbs": crumbs(Crumb(member.network.name, member.network.get_absolute_url()), Crumb("Последний день")),
    }
    return render(request, "form.html", context)


@require_GET
def talks(request: UserRequest) -> HttpResponseBase:
    """The log of talks; the same list as XLSX."""
    user = request.user
    require(user, Right.PARTNERS_SEE)
    return TALKS.answer(
        request,
        Talk.objects.visible_to(user),
        tabs=presenters.tabs("roadmap:talks"),
        new_url=reverse("roadmap:talk_new") if user.can(Right.PARTNERS_EDIT) else "",
        edits=user.can(Right.PARTNERS_EDIT),
    )


@require_http_methods(["GET", "POST"])
def talk_new(request: UserRequest) -> HttpResponseBase:
    """Write a talk down, with what comes next."""
    require(request.user, Right.PARTNERS_EDIT)
    asked = {name: request.GET[name] for name in ("partner", "contact", "network") if name in request.GET}
    form = TalkForm(request.POST or None, initial={name: key for name, key in asked.items() if key.isdigit()})
    if form.is_valid() and (made := act_with_form(form, lambda: acts.talk(by=request.user, **form.cleaned_data))):
        step = f" Следующий шаг — до {ruday(made.next_on)}" if made.next_step else ""
        undo.say(request, f"Разговор записан.{step}", made, "talk")
        about = made.partner or made.network or made.contact
        return redirect(about or "roadmap:talks")
    context = {
        "form": form,
        "heading": "Записать разговор",
        "submit": "Записать разговор",
        "cancel_url": reverse("roadmap:talks"),
        "crumbs": presenters.crumbs(Crumb("Разговоры", reverse("roadmap:talks")), Crumb("Записать разговор")),
    }
    return render(request, "form.html", context)


@require_POST
def talk_done(request: UserRequest, pk: int) -> HttpResponseBase:
    """The next step of a talk is done."""
    row = get_object_or_404(Talk.objects.visible_to(request.user), pk=pk)
    to = came_from(request, reverse("reports:home"))
    return act_and_redirect(
        request,
        lambda: acts.step_done(row, by=request.user),
        success="Следующий шаг сделан",
        to=to,
        undoable=(row, "step"),
    )


@require_http_methods(["GET", "POST"])
def talk_remove(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a talk out of the log after a question."""
    row = get_object_or_404(Talk.objects.visible_to(request.user), pk=pk)
    require(request.user, Right.PARTNERS_EDIT)
    if request.method == "POST":
        to = reverse("roadmap:talks")
        success = "Запись о разговоре убрана"
        return act_and_redirect(request, lambda: acts.remove_talk(row, by=request.user), success=success, to=to)
    context = {
        "heading": "Убрать запись о разговоре?",
        "lead": row.about,
        "consequences": ["Вместе с ней исчезнет следующий шаг."],
        "submit": "Убрать запись",
        "danger": True,
        "cancel_url": reverse("roadmap:talks"),
        "crumbs": presenters.crumbs(Crumb("Разговоры", reverse("roadmap:talks")), Crumb("Убрать")),
    }
    return render(request, "confirm.html", context)
