"""Pages of the library: the list, one material, guidance of a form or kind, what the council and the curator decide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.evidence.acts import stored_uploads
from mentoring_site.evidence.presenters import with_evidence
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb, Fact
from people.accounts.requests import UserRequest
from people.promises import Promise
from people.rights import Right
from programs.catalogs.models import MentoringForm, MentoringKind
from roadmap.library import acts, presenters
from roadmap.library.forms import EditForm, NewForm, ReviewForm, SuitForm
from roadmap.library.list_page import LIBRARY
from roadmap.library.models import Material, may_add

AGAIN = "Материал {}: этот шаг уже не нужен"


@require_GET
def library(request: UserRequest) -> HttpResponseBase:
    """Materials that the user reads, the latest ones above; the same list as XLSX."""
    user = request.user
    return LIBRARY.answer(
        request,
        Material.objects.visible_to(user),
        new_url=reverse("roadmap:material_new") if may_add(user) else "",
        latest=[] if request.GET else presenters.latest(user),
        forms=presenters.guided(presenters.counted(MentoringForm, user), "roadmap:library_form"),
        kinds=presenters.guided(presenters.counted(MentoringKind, user), "roadmap:library_kind"),
    )


def find(request: UserRequest, pk: int) -> Material:
    """Return a material that the user reads. Raises ``Http404``."""
    found = Material.objects.visible_to(request.user).with_requirements().prefetch_related(None)
    found = found.prefetch_related("forms", "kinds", "people", with_evidence())
    return get_object_or_404(found, pk=pk)


@require_GET
def material(request: UserRequest, pk: int) -> HttpResponseBase:
    """One material: what it is, its files with former versions, who uses it."""
    found, user = find(request, pk), request.user
    inside = Promise.MATERIAL.opens_to(user) or found.created_by_id == user.pk
    context = {
        "material": found,
        "badge": presenters.badge(found),
        "crumbs": presenters.crumbs(Crumb(found.title)),
        "actions": presenters.actions(found, user),
        "facts": presenters.facts(found, user),
        "evidence": presenters.evidence(found, user),
        "remarks": found.remarks if inside and found.state == Material.State.RETURNED else "",
        "entries": history.entries([found], user=user) if inside else [],
    }
    return render(request, "roadmap/library/material.html", context)


@require_GET
def of_form(request: UserRequest, pk: int) -> HttpResponseBase:
    """What guides a form of mentoring: who is who in it, its materials (п. 3.5)."""
    entry = get_object_or_404(MentoringForm, pk=pk)
    return _guidance(request, entry, f"{entry.mentor_role} → {entry.mentee_role}")


@require_GET
def of_kind(request: UserRequest, pk: int) -> HttpResponseBase:
    """What guides a kind of mentoring: what it is, its materials (п. 3.5)."""
    entry = get_object_or_404(MentoringKind, pk=pk)
    return _guidance(request, entry, entry.description)


def _guidance(request: UserRequest, entry: MentoringForm | MentoringKind, about: str) -> HttpResponseBase:
    user = request.user
    found: Any = entry.materials
    rows = found.visible_to(user).accepted().select_related("topic").with_uses().order_by("-accepted_at", "-pk")
    context = {
        "title": entry.name[:1].upper() + entry.name[1:],
        "about": about,
        "rows": [presenters.row(one, user) for one in rows],
        "may_write": user.can(Right.LIBRARY_WRITE),
        "crumbs": presenters.crumbs(Crumb(entry.name)),
    }
    return render(request, "roadmap/library/guidance.html", context)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Put a material into the library."""
    require(request.user, Right.LIBRARY_WRITE, unless=may_add(request.user), also=acts.ADDERS)
    form = NewForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (made := act_with_form(form, lambda: _add(form, request))):
        messages.success(request, "Материал добавлен. Проверьте его и передайте совету")
        return redirect(made)
    context = {
        "form": form,
        "heading": "Новый материал",
        "submit": "Добавить материал",
        "multipart": True,
        "cancel_url": reverse("roadmap:library"),
        "crumbs": presenters.crumbs(Crumb("Новый материал")),
    }
    return render(request, "form.html", context)


def _add(form: NewForm, request: UserRequest) -> Material:
    data = dict(form.cleaned_data)
    with stored_uploads(data.pop("files"), by=request.user) as files:
        return acts.add(by=request.user, files=files, **data)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change what is said of a material in work."""
    found = find(request, pk)
    acts.require_adding(found, request.user)
    form = EditForm(request.POST or None, instance=found)
    changed: list[Fact] = []

    def save() -> Material:
        return acts.change(found, by=request.user, **form.cleaned_data)

    if form.is_valid() and save_edit(request, form, save, "Сведения о материале сохранены", changed):
        return redirect(found)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Сведения о материале",
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Сведения"),
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def submit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Give the material to the council, after a question."""
    return _ask(
        request,
        pk,
        "submit",
        acts.submit,
        heading="Передать материал совету?",
        submit="Передать совету",
        success="Материал у совета",
        consequences=[
            "Менять материал будет нельзя, пока совет не ответит.",
            by_letter("Члены совета узнают об этом из письма."),
        ],
    )


@require_http_methods(["GET", "POST"])
def review(request: UserRequest, pk: int) -> HttpResponseBase:
    """The council looks at the material and accepts it or returns it with remarks."""
    found = find(request, pk)
    transition = Material.WORKFLOW["accept"]
    transition.require(found, request.user)
    if request.method != "POST" and found.state not in transition.sources:
        messages.info(request, AGAIN.format(found.get_state_display()))
        return redirect(found)
    form = ReviewForm(request.POST or None, initial={"version": found.version})

    def act() -> Material:
        data = form.cleaned_data
        accepts = data["decision"] == "accept"
        return acts.answer(found, by=request.user, accepts=accepts, remarks=data["remarks"], version=data["version"])

    if form.is_valid() and act_with_form(form, act, request):
        accepted = form.cleaned_data["decision"] == "accept"
        messages.success(request, "Материал в библиотеке" if accepted else "Материал возвращён")
        return redirect(found)
    files = presenters.evidence(found, request.user)
    context = {
        "form": form,
        "heading": "Рассмотрение материала",
        "lead": found.title,
        "facts": [
            Fact("О чём", found.annotation),
            *presenters.facts(found, request.user),
            *(Fact("Файл", one.name, url=one.url) for one in (*files.pictures, *files.files)),
        ],
        "submit": "Записать решение",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Рассмотрение"),
        "hint": by_letter("Тот, кто добавил материал, узнает о решении из письма."),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def rework(request: UserRequest, pk: int) -> HttpResponseBase:
    """Take the material to renew it, after a question."""
    return _ask(
        request,
        pk,
        "rework",
        acts.rework,
        heading="Обновить материал?",
        submit="Обновить",
        success="Материал в работе. Файл меняют на его странице: «Подробнее» — «Заменить новой редакцией»",
        consequences=[
            "С сайта материал уйдёт, в библиотеку вернётся, когда его посмотрит совет.",
            "Прежние редакции файлов останутся.",
        ],
    )


@require_http_methods(["GET", "POST"])
def archive(request: UserRequest, pk: int) -> HttpResponseBase:
    """Put the material away, after a question."""
    return _ask(
        request,
        pk,
        "archive",
        acts.archive,
        heading="Убрать материал в архив?",
        submit="Убрать в архив",
        success="Материал в архиве",
        consequences=["Его больше не предложат, с сайта он уйдёт.", "В программах, которые его взяли, он останется."],
    )


def _ask(request: UserRequest, pk: int, name: str, act: Callable, *, success: str, **context: Any) -> HttpResponseBase:
    found = find(request, pk)
    transition = Material.WORKFLOW[name]
    transition.require(found, request.user)
    if request.method == "POST":
        return act_and_redirect(request, lambda: act(found, by=request.user), success=success, to=found)
    if found.state not in transition.sources:
        messages.info(request, AGAIN.format(found.get_state_display()))
        return redirect(found)
    base = {
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, context["submit"]),
    }
    return render(request, "confirm.html", base | context)


@require_http_methods(["GET", "POST"])
def show(request: UserRequest, pk: int) -> HttpResponseBase:
    """Show the material on the site, or take it off, after a question."""
    found = find(request, pk)
    require(request.user, Right.SITE_EDIT)
    public = not found.is_public
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: acts.show(found, by=request.user, public=public),
            success="Материал на сайте" if public else "Материал снят с сайта",
            to=found,
        )
    gone = ["Посетители больше не увидят материал."]
    seen = [
        "Название, аннотацию и файлы увидит каждый, кто откроет сайт.",
        "Проверьте, что в файлах нет имён, лиц и других сведений о людях.",
    ]
    heading = f"Показать на сайте: «{found.title}»?" if public else f"Снять с сайта: «{found.title}»?"
    context = {
        "heading": heading,
        "consequences": seen if public else gone,
        "facts": [Fact("Пока нельзя", reason) for reason in acts.not_showable(found)] if public else [],
        "submit": "Показать на сайте" if public else "Снять с сайта",
        "danger": not public,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Сайт"),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def suits(request: UserRequest, pk: int) -> HttpResponseBase:
    """Say which forms and kinds of mentoring the material guides."""
    found = find(request, pk)
    require(request.user, Right.LIBRARY_WRITE)
    form = SuitForm(request.POST or None, material=found)
    if form.is_valid() and act_with_form(form, lambda: acts.suit(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "Записано, какие формы и виды сопровождает материал")
        return redirect(found)
    context = {
        "form": form,
        "heading": "К каким формам и видам приложить",
        "lead": found.title,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Формы и виды"),
        "hint": "Материал покажут на странице формы или вида и там, где их выбирают для программы.",
    }
    return render(request, "form.html", context)
