"""Pages of partners: the list, one, its changes, the site, joint events; contacts outside the school (п. 3.3, 3.4)."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.emails import mailto
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.ui.elements import Action, Crumb, Fact
from mentoring_site.ui.list_page import page_of
from people.accounts.requests import UserRequest
from people.rights import Right
from roadmap.partners import acts, presenters
from roadmap.partners.forms import EditContactForm, EditPartnerForm, EventForm, NewContactForm, NewPartnerForm
from roadmap.partners.list_pages import CONTACTS, PARTNER, PARTNERS
from roadmap.partners.models import Contact, JointEvent, Partner, PartnerAgreement, Talk

PER_PAGE = 10


@require_GET
def partners(request: UserRequest) -> HttpResponseBase:
    """Organisations that work with the school; the same list as XLSX."""
    user = request.user
    require(user, Right.PARTNERS_SEE)
    return PARTNERS.answer(
        request,
        Partner.objects.visible_to(user),
        tabs=presenters.tabs("roadmap:partners"),
        new_url=reverse("roadmap:partner_new") if user.can(Right.PARTNERS_EDIT) else "",
    )


def get_partner(request: UserRequest, pk: int) -> Partner:
    """Return a partner that the user may see. Raises ``Http404``."""
    return get_object_or_404(Partner.objects.visible_to(request.user).select_related("organisation"), pk=pk)


@require_GET
def partner(request: UserRequest, pk: int) -> HttpResponseBase:
    """One partner: what is known, agreements, contacts, joint events, talks."""
    agreements = Prefetch(
        "agreements", PartnerAgreement.objects.visible_to(request.user).select_related(PARTNER).order_by("-pk")
    )
    visible = Partner.objects.visible_to(request.user).select_related("organisation", "shown_by__person")
    found = get_object_or_404(visible.prefetch_related(agreements, "contacts", "events", "networks"), pk=pk)
    user = request.user
    talks = Talk.objects.visible_to(user).filter(partner=found)
    page = page_of(talks.select_related(PARTNER, "contact", "network", "responsible"), request, PER_PAGE)
    context = page | {
        "partner": found,
        "facts": presenters.partner_facts(found),
        "actions": presenters.partner_actions(found, user),
        "agreements": [presenters.agreement_row(one, user) for one in found.agreements.all()],
        "contacts": [presenters.contact_row(one, user) for one in found.contacts.all()],
        "events": found.events.all(),
        "networks": found.networks.all(),
        "talks": [presenters.talk_row(one, user) for one in page["page_obj"]],
        "edits": user.can(Right.PARTNERS_EDIT),
        "entries": history.entries([found]),
        "crumbs": presenters.crumbs(Crumb(str(found))),
    }
    return render(request, "roadmap/partners/partner.html", context)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Write a partner down."""
    require(request.user, Right.PARTNERS_EDIT)
    form = NewPartnerForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["request_key"]
        made = act_with_form(form, lambda: acts.add(by=request.user, request_key=key, **form.values()))
        if made:
            messages.success(request, f"Записан партнёр: {made}")
            return redirect(made)
    context = _form(form, "Новый партнёр", "Записать партнёра", reverse("roadmap:partners"))
    return render(request, "form.html", context)


def _form(form: Any, heading: str, submit: str, cancel_url: str, *before: Crumb, **more: Any) -> dict[str, Any]:
    return {
        "form": form,
        "heading": heading,
        "submit": submit,
        "cancel_url": cancel_url,
        "crumbs": presenters.crumbs(*before, Crumb(heading)),
    } | more


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change what is known of a partner."""
    found = get_partner(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    form = EditPartnerForm(request.POST or None, instance=get_partner(request, pk))
    changed: list = []

    def save() -> Partner:
        return acts.change(found, by=request.user, version=form.cleaned_data["version"], **form.values())

    if form.is_bound and form.is_valid() and save_edit(request, form, save, "Сведения о партнёре сохранены", changed):
        return redirect(found)
    here = Crumb(str(found), found.get_absolute_url())
    context = _form(form, "Изменить сведения", "Сохранить", found.get_absolute_url(), here, changed=changed)
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def site(request: UserRequest, pk: int) -> HttpResponseBase:
    """Show a partner on the public section, or take it off, after a question."""
    found = get_partner(request, pk)
    require(request.user, Right.SITE_EDIT)
    shown = found.shown_at is not None
    if request.method == "POST":
        act, words = (acts.hide, "Партнёр убран с сайта") if shown else (acts.show, "Партнёр показан на сайте")
        return act_and_redirect(request, lambda: act(found, by=request.user), success=words, to=found)
    heading = "Убрать партнёра с сайта?" if shown else "Показать партнёра на сайте?"
    seen = [
        "Посетители увидят название организации, её сайт и вид действующих договоров.",
        "Контакты, разговоры и тексты договоров на сайт не попадут.",
    ]
    context = {
        "heading": heading,
        "lead": str(found),
        "consequences": ["Название организации исчезнет с публичных страниц."] if shown else seen,
        "submit": "Убрать с сайта" if shown else "Показать на сайте",
        "danger": shown,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(Crumb(str(found), found.get_absolute_url()), Crumb("На сайте")),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def event_new(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write down something done together."""
    found = get_partner(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    form = EventForm(request.POST or None)
    if form.is_valid() and act_with_form(form, lambda: acts.add_event(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Совместное событие записано")
        return redirect(found)
    here = Crumb(str(found), found.get_absolute_url())
    context = _form(form, "Совместное событие", "Записать", found.get_absolute_url(), here, lead=str(found))
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def event_remove(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a joint event out after a question."""
    events = JointEvent.objects.visible_to(request.user).select_related(PARTNER)
    event = get_object_or_404(events, pk=pk)
    require(request.user, Right.PARTNERS_EDIT)
    if request.method == "POST":
        success = "Совместное событие убрано"
        to = event.partner
        return act_and_redirect(request, lambda: acts.remove_event(event, by=request.user), success=success, to=to)
    context = {
        "heading": "Убрать совместное событие?",
        "lead": event.title,
        "submit": "Убрать событие",
        "danger": True,
        "consequences": [f"Со страницы партнёра «{event.partner}» событие исчезнет."],
        "cancel_url": event.partner.get_absolute_url(),
        "crumbs": presenters.crumbs(Crumb(str(event.partner), event.partner.get_absolute_url()), Crumb("Событие")),
    }
    return render(request, "confirm.html", context)


@require_GET
def contacts(request: UserRequest) -> HttpResponseBase:
    """People outside the school with whom one talks."""
    user = request.user
    require(user, Right.PARTNERS_SEE)
    return CONTACTS.answer(
        request,
        Contact.objects.visible_to(user),
        tabs=presenters.tabs("roadmap:contacts"),
        new_url=reverse("roadmap:contact_new") if user.can(Right.PARTNERS_EDIT) else "",
    )


def _contact(request: UserRequest, pk: int) -> Contact:
    return get_object_or_404(
        Contact.objects.visible_to(request.user).select_related(PARTNER, "created_by__person"), pk=pk
    )


def _contact_crumbs(*more: Crumb) -> list[Crumb]:
    return presenters.crumbs(Crumb("Контакты", reverse("roadmap:contacts")), *more)


@require_GET
def contact(request: UserRequest, pk: int) -> HttpResponseBase:
    """One contact and the talks with it."""
    found, user = _contact(request, pk), request.user
    talks = Talk.objects.visible_to(user).filter(contact=found)
    page = page_of(talks.select_related(PARTNER, "contact", "network", "responsible"), request, PER_PAGE)
    facts = [
        Fact("Кто", found.get_part_display()),
        Fact("Должность", found.post),
        Fact("Партнёр", found.partner, url=found.partner.get_absolute_url() if found.partner else ""),
        Fact("Рабочий телефон", found.phone),
        Fact("Рабочий e-mail", found.email, url=mailto(found.email)),
        Fact("Откуда сведения", found.get_ground_display()),
    ]
    context = page | {
        "contact": found,
        "facts": [fact for fact in facts if fact.value],
        "talks": [presenters.talk_row(one, user) for one in page["page_obj"]],
        "edits": user.can(Right.PARTNERS_EDIT),
        "actions": _contact_actions(found) if user.can(Right.PARTNERS_EDIT) else [],
        "crumbs": _contact_crumbs(Crumb(found.name)),
    }
    return render(request, "roadmap/partners/contact.html", context)


def _contact_actions(found: Contact) -> list[Action]:
    url = found.get_absolute_url()
    return [
        Action("talk", "Записать разговор", f"{reverse('roadmap:talk_new')}?contact={found.pk}", primary=True),
        Action("edit", "Изменить", f"{url}edit/"),
        Action("forget", "Уничтожить", f"{url}forget/", danger=True),
    ]


@require_http_methods(["GET", "POST"])
def contact_new(request: UserRequest) -> HttpResponseBase:
    """Write down somebody outside the school."""
    require(request.user, Right.PARTNERS_EDIT)
    asked = request.GET.get("partner", "")
    form = NewContactForm(request.POST or None, initial={"partner": asked} if asked.isdigit() else {})
    if form.is_valid() and (
        made := act_with_form(form, lambda: acts.save_contact(None, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, f"Записан контакт: {made}")
        return redirect(made)
    context = _form(form, "Новый контакт", "Записать контакт", reverse("roadmap:contacts")) | {
        "crumbs": _contact_crumbs(Crumb("Новый контакт")),
        "lead": "Запишите только то, без чего не связаться: это данные человека не из школы.",
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def contact_edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change a contact."""
    found = _contact(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    form = EditContactForm(request.POST or None, instance=_contact(request, pk))
    changed: list = []

    def save() -> Contact:
        return acts.save_contact(found, by=request.user, **form.cleaned_data)

    if form.is_bound and form.is_valid() and save_edit(request, form, save, "Контакт сохранён", changed):
        return redirect(found)
    context = _form(form, "Изменить контакт", "Сохранить", found.get_absolute_url(), changed=changed) | {
        "crumbs": _contact_crumbs(Crumb(found.name, found.get_absolute_url()), Crumb("Изменить")),
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def contact_forget(request: UserRequest, pk: int) -> HttpResponseBase:
    """Destroy a contact after a question."""
    found = _contact(request, pk)
    require(request.user, Right.PARTNERS_EDIT)
    if request.method == "POST":
        to = reverse("roadmap:contacts")
        success = "Контакт уничтожен"
        return act_and_redirect(request, lambda: acts.forget_contact(found, by=request.user), success=success, to=to)
    context = {
        "heading": "Уничтожить контакт?",
        "lead": found.name,
        "consequences": ["Имя, должность, телефон и e-mail исчезнут.", "Записи о разговорах останутся без имени."],
        "submit": "Уничтожить контакт",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": _contact_crumbs(Crumb(found.name, found.get_absolute_url()), Crumb("Уничтожить")),
    }
    return render(request, "confirm.html", context)
