"""Pages of training: records, one, entered, changed, checked, removed; a person's part (п. 3.3, 3.4, 5.1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history, undo
from mentoring_site.edits import save_edit
from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.russian import full_stop
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import page_of
from people.accounts.requests import UserRequest
from people.promises import Promise
from people.register.models import Person
from people.register.presenters import crumbs as person_crumbs
from people.register.presenters import tabs
from people.rights import Right
from roadmap.training import acts, bulk, presenters
from roadmap.training.forms import CheckForm, EditForm, EnterForm, EnterForPersonForm
from roadmap.training.list_pages import TRAININGS
from roadmap.training.models import Training
from roadmap.training.rules import TRAINING

PER_PAGE = 20


@require_GET
def trainings(request: UserRequest) -> HttpResponseBase:
    """Records that the user may see, and how many teachers have learnt something; the same list as XLSX."""
    user = request.user
    keeps, reads = user.can(Right.TRAINING_EDIT), Promise.TRAINING.opens_to(user)
    return TRAININGS.answer(
        request,
        Training.objects.visible_to(user),
        keeps=keeps,
        reads=reads,
        share=presenters.share(*presenters.year_of(request.GET.get("year", ""))) if reads else None,
    )


@require_http_methods(["GET", "POST"])
def confirm_many(request: UserRequest) -> HttpResponseBase:
    """Confirm the ticked records."""
    return bulk.CONFIRM.answer(request, TRAININGS, Training.objects.visible_to(request.user))


@require_GET
def of_person(request: UserRequest, pk: int) -> HttpResponseBase:
    """What one person has learnt: a part of the person's page."""
    shown, user = get_object_or_404(Person.objects.visible_to(request.user), pk=pk), request.user
    own = user.person_id == shown.pk
    if not own and not Promise.TRAINING.opens_to(user):
        acts.require_entering(shown, user)
    found = Training.objects.visible_to(user).filter(person=shown).select_related("person", "organisation")
    page = page_of(found, request, PER_PAGE)
    context = page | {
        "person": shown,
        "rows": [presenters.row(one, user) for one in page["page_obj"]],
        "facts": [presenters.last_course(shown)],
        "new_url": _new_url(shown, user) if own or user.can(Right.TRAINING_EDIT) else "",
        "tabs": tabs(user, shown, "training"),
        "crumbs": person_crumbs(user, shown, presenters.LIST),
    }
    return render(request, "roadmap/training/of_person.html", context)


def _new_url(person: Person, user: Any) -> str:
    url = reverse("roadmap:training_new")
    return url if user.person_id == person.pk else f"{url}?person={person.pk}"


def _get(request: UserRequest, pk: int) -> Training:
    found = Training.objects.visible_to(request.user).with_requirements().prefetch_related(with_evidence())
    return get_object_or_404(found, pk=pk)


@require_GET
def training(request: UserRequest, pk: int) -> HttpResponseBase:
    """One record: what is known, the document, what can be done."""
    found, user = _get(request, pk), request.user
    context = {
        "training": found,
        "badge": presenters.badge(found),
        "facts": presenters.facts(found),
        "evidence": presenters.evidence(found, user),
        "actions": presenters.actions(found, user),
        "entries": history.entries([found]),
        "crumbs": presenters.crumbs(Crumb(found.person.short_name, _of_person_url(found.person)), Crumb(found.topic)),
    }
    return render(request, "roadmap/training/training.html", context)


def _of_person_url(person: Person) -> str:
    return reverse("roadmap:person_training", args=[person.pk])


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Write down what oneself or, for a keeper, somebody else has learnt."""
    user = request.user
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form: EnterForm
    if user.can(Right.TRAINING_EDIT):
        people = Person.objects.visible_to(user).at_work()
        asked = request.GET.get("person", "")
        initial = {"person": int(asked)} if asked.isdecimal() and len(asked) < 18 else {}
        form = EnterForPersonForm(data, files, people=people, initial=initial)
    else:
        form = EnterForm(data, files)
    if form.is_valid() and (made := act_with_form(form, lambda: _enter(form, request))):
        waits = made.state == Training.State.ENTERED
        said = f"Записано. Подтвердит {Right.TRAINING_EDIT.who}" if waits else "Записано и подтверждено"
        undo.say(request, said, made, "enter")
        return redirect(made)
    context = {
        "form": form,
        "heading": "Записать обучение",
        "submit": "Записать обучение",
        "multipart": True,
        "cancel_url": reverse("roadmap:trainings"),
        "crumbs": presenters.crumbs(Crumb("Записать обучение")),
        "hint": f"Запись подтверждает {Right.TRAINING_EDIT.who}: приложите снимок документа, если он есть.",
    }
    return render(request, "form.html", context)


def _enter(form: EnterForm, request: UserRequest) -> Training:
    person = form.cleaned_data.get("person") or request.user.person
    with stored_uploads(form.cleaned_data["evidence"], by=request.user) as files:
        key = form.cleaned_data["request_key"]
        return acts.enter(person, by=request.user, files=files, request_key=key, **form.values())


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change a record; one that was sent back goes to be confirmed again."""
    found, user = _get(request, pk), request.user
    acts.require_changing(found, user)
    returned = found.state == Training.State.RETURNED
    form = EditForm(request.POST or None, instance=_get(request, pk))
    changed: list = []

    def save() -> Training:
        return acts.edit(found, by=user, version=form.cleaned_data["version"], **form.values())

    success = "Уточнено и отправлено снова" if returned else "Запись изменена"
    if form.is_bound and form.is_valid() and save_edit(request, form, save, success, changed):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Уточнить запись" if returned else "Изменить запись",
        "lead": f"Что уточнить: {full_stop(found.remark)}" if returned else found.topic,
        "submit": "Отправить снова" if returned else "Сохранить",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(Crumb(found.topic, found.get_absolute_url()), Crumb("Изменить")),
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def check(request: UserRequest, pk: int) -> HttpResponseBase:
    """Compare a record with its document: confirm it or send it back with a reason."""
    found, user = _get(request, pk), request.user
    TRAINING["confirm"].require(found, user)
    if request.method == "GET" and found.state != Training.State.ENTERED:
        messages.info(request, f"Проверять нечего: {found.get_state_display()}")
        return redirect(found)
    form = CheckForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and (answered := act_with_form(form, lambda: _answer(found, form, request), request)):
        if isinstance(answered, Training):
            confirmed = answered.state == Training.State.CONFIRMED
            said = "Подтверждено" if confirmed else by_letter("Возвращено: человек узнает из письма, что уточнить.")
            undo.say(request, said, answered, "confirm" if confirmed else "send_back")
        return redirect(found)
    shown = presenters.evidence(found, user)
    context = {
        "form": form,
        "facts": presenters.facts(found),
        "files": [*shown.pictures, *shown.files],
        "heading": "Проверить по документу",
        "lead": found.topic,
        "submit": "Записать решение",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(Crumb(found.topic, found.get_absolute_url()), Crumb("Проверить")),
    }
    return render(request, "roadmap/training/check.html", context)


def _answer(found: Training, form: CheckForm, request: UserRequest) -> Training:
    data = form.cleaned_data
    if data["decision"] == "confirm":
        return acts.confirm(found, by=request.user, version=data["version"])
    return acts.send_back(found, by=request.user, remark=data["remark"], version=data["version"])


@require_http_methods(["GET", "POST"])
def remove(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take a record away after a question."""
    found = _get(request, pk)
    acts.require_changing(found, request.user)
    if request.method == "POST":
        to = _of_person_url(found.person)
        return act_and_redirect(
            request, lambda: acts.remove(found, by=request.user), success="Запись об обучении убрана", to=to
        )
    context = {
        "heading": "Убрать запись об обучении?",
        "lead": f"{found.person.short_name}: {found.topic}",
        "consequences": [
            "Вместе с записью уничтожатся приложенные файлы.",
            "В истории останется, кто и когда её убрал.",
        ],
        "submit": "Убрать запись",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(Crumb(found.topic, found.get_absolute_url()), Crumb("Убрать")),
    }
    return render(request, "confirm.html", context)
