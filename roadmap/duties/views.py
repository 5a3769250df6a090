"""Pages of duties: their dates as a list, one duty, one date with its evidence, entered, changed, ended (п. 3.4)."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.rights import require
from mentoring_site.russian import plural, rudate
from mentoring_site.ui.elements import Action, Crumb
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook, page_of
from people.accounts.requests import UserRequest
from people.rights import Right
from roadmap.duties import acts, presenters
from roadmap.duties.filters import OccurrenceFilter
from roadmap.duties.forms import DutyForm
from roadmap.duties.models import Occurrence, RegularDuty
from roadmap.duties.samples import SAMPLES

LIST = ListPage(
    title=presenters.LIST_TITLE,
    url="roadmap:duties",
    template="roadmap/duties/duties.html",
    filters=OccurrenceFilter,
    noun="срок,срока,сроков",
    columns=(
        Column("Обязанность", ("name",)),
        Column("Кто отвечает"),
        Column("Срок", ("due", "last")),
        Column("Состояние"),
    ),
    orderings={
        "due": ("due_on", "pk"),
        "last": ("-due_on", "-pk"),
        "name": ("duty__name", "due_on", "pk"),
    },
    row=presenters.row,
    nothing=EmptyState("Постоянных обязанностей у Вас пока нет. Их заводит куратор."),
    none_found="По этому отбору ничего нет.",
    prepare=lambda found, user: found.select_related("duty__person"),
    workbook=Workbook("Постоянные обязанности", "Сроки", presenters.WORKBOOK_COLUMNS, presenters.cells, dated=True),
)
PER_PAGE = 12


@require_GET
def duties(request: UserRequest) -> HttpResponseBase:
    """The dates of all duties that the user sees; the same list as XLSX."""
    visible = Occurrence.objects.visible_to(request.user)
    if not request.user.can(Right.ROADMAP_WRITE):
        return LIST.answer(request, visible)
    nothing = EmptyState(
        "Постоянных обязанностей пока нет. Это то, что повторяется каждый год, квартал или месяц:"
        f" {presenters.names_of(SAMPLES)}. Их можно завести разом по образцу и потом поправить.",
        reverse("roadmap:duty_samples"),
        "Завести по образцу",
    )
    return LIST.answer(request, visible, nothing=nothing, new_url=reverse("roadmap:duty_new"))


def _duty(request: UserRequest, pk: int) -> RegularDuty:
    return get_object_or_404(RegularDuty.objects.visible_to(request.user).select_related("person"), pk=pk)


@require_GET
def duty(request: UserRequest, pk: int) -> HttpResponseBase:
    """One duty: how often, who, what proves it, its dates."""
    found, user = _duty(request, pk), request.user
    page = page_of(found.occurrences.select_related("duty__person").order_by("-due_on", "-pk"), request, PER_PAGE)
    context = page | {
        "title": presenters.title(found),
        "facts": presenters.facts(found),
        "rows": [presenters.row(occurrence, user) for occurrence in page["page_obj"]],
        "actions": presenters.actions(found, user),
        "crumbs": presenters.crumbs(Crumb(found.name)),
        "entries": history.entries([found]) if user.can(Right.ROADMAP_SEE) else [],
    }
    return render(request, "roadmap/duties/duty.html", context)


@require_GET
def occurrence(request: UserRequest, pk: int) -> HttpResponseBase:
    """One date of a duty: whether it is done and what proves it."""
    visible = Occurrence.objects.visible_to(request.user).select_related("duty__person")
    found, user = get_object_or_404(visible, pk=pk), request.user
    shown = presenters.evidence(found, user)
    url = reverse("evidence:add", args=["duty", found.pk])
    waits = not found.done_on and bool(shown.add_url)
    context = {
        "title": presenters.title(found.duty),
        "badge": presenters.badge(found),
        "facts": presenters.occurrence_facts(found),
        "evidence": shown,
        "actions": [Action("prove", "Подтвердить выполнение", url, primary=True)] if waits else [],
        "crumbs": presenters.crumbs(Crumb(found.duty.name, found.duty.get_absolute_url()), Crumb(rudate(found.due_on))),
    }
    return render(request, "roadmap/duties/occurrence.html", context)


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Enter a duty."""
    require(request.user, Right.ROADMAP_WRITE)
    form = DutyForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["request_key"]
        made = act_with_form(form, lambda: acts.save(None, by=request.user, request_key=key, **form.values()))
        if made:
            messages.success(request, "Обязанность заведена, сроки на год вперёд записаны")
            return redirect(made)
    context = {
        "form": form,
        "heading": "Новая обязанность",
        "submit": "Завести обязанность",
        "cancel_url": reverse("roadmap:duties"),
        "crumbs": presenters.crumbs(Crumb("Новая")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change a duty; what has not begun is planned anew."""
    require(request.user, Right.ROADMAP_WRITE)
    found = _duty(request, pk)
    if found.ended_on:
        messages.info(request, "Обязанность уже закончена, её не меняют")
        return redirect(found)
    form = DutyForm(request.POST or None, duty=found)
    changed: list = []
    if form.is_valid():

        def act() -> RegularDuty:
            return acts.save(found, by=request.user, version=form.cleaned_data["version"], **form.values())

        if save_edit(request, form, act, "Сохранено, сроки пересчитаны", changed, obj=found):
            return redirect(found)
    context = {
        "form": form,
        "facts": changed,
        "heading": "Изменить обязанность",
        "lead": "Что уже сделано или началось, останется; будущие сроки пересчитаются.",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(Crumb(found.name, found.get_absolute_url()), Crumb("Изменить")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def samples(request: UserRequest) -> HttpResponseBase:
    """Enter the duties that the Положение asks for, after a question that names them."""
    require(request.user, Right.ROADMAP_WRITE)
    known = RegularDuty.objects.visible_to(request.user).filter(ended_on__isnull=True)
    there = set(known.values_list("name", flat=True))
    offered = [sample for sample in SAMPLES if sample["name"] not in there]
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: acts.take_samples(by=request.user),
            success=f"Заведено: {plural(len(offered), 'обязанность,обязанности,обязанностей')}",
            to="roadmap:duties",
        )
    if not offered:
        messages.info(request, "Все обязанности из образца уже заведены")
        return redirect("roadmap:duties")
    context = {
        "heading": f"Завести {plural(len(offered), 'обязанность,обязанности,обязанностей')} по образцу?",
        "consequences": [f"{sample['name']} — {sample['ground']}" for sample in offered],
        "submit": "Завести по образцу",
        "cancel_url": reverse("roadmap:duties"),
        "crumbs": presenters.crumbs(Crumb("Образец")),
    }
    return render(request, "confirm.html", context)


@require_http_methods(["GET", "POST"])
def end(request: UserRequest, pk: int) -> HttpResponseBase:
    """A duty is needed no more, after a question."""
    require(request.user, Right.ROADMAP_WRITE)
    found = _duty(request, pk)
    if request.method == "POST":
        return act_and_redirect(
            request, lambda: acts.end(found, by=request.user), success="Обязанность закончена", to=found
        )
    context = {
        "heading": f"«{found.name}» больше не нужна?",
        "consequences": [
            "Несделанные сроки без подтверждений исчезнут, напоминаний больше не будет.",
            "Сделанное и его подтверждения останутся.",
        ],
        "submit": "Закончить обязанность",
        "danger": True,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs(Crumb(found.name, found.get_absolute_url()), Crumb("Закончить")),
    }
    return render(request, "confirm.html", context)
