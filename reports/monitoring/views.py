"""Pages of monitoring: the list, one, its writing by the curator, the council's assessment, the paper (п. 3.4)."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site import history
from mentoring_site.edits import save_edit
from mentoring_site.files import serve, stored_upload
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.told import by_letter
from mentoring_site.ui.elements import Crumb
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response
from reports.monitoring import acts, documents, gathering, presenters
from reports.monitoring.forms import AssessForm, BeginForm, ConclusionsForm, EditForm, MinutesForm, SwotForm
from reports.monitoring.list_page import MONITORINGS
from reports.monitoring.models import Monitoring
from reports.orders.models import Order
from roadmap.council.models import Minutes

TOLD = "Рабочей группе придёт письмо."


@require_GET
def monitorings(request: UserRequest) -> HttpResponseBase:
    """Monitorings that the user may see; the same list as XLSX."""
    new_url = reverse("reports:monitoring_new") if request.user.can(Right.MONITORING_WRITE) else ""
    return MONITORINGS.answer(request, Monitoring.objects.visible_to(request.user), new_url=new_url)


def _visible(request: UserRequest, pk: int, right: Right | None = None) -> Monitoring:
    found = get_object_or_404(Monitoring.objects.visible_to(request.user).with_requirements(), pk=pk)
    if right:
        require(request.user, right)
    return found


@require_GET
def monitoring(request: UserRequest, pk: int) -> HttpResponseBase:
    """One monitoring: what is gathered, what was written, what is missing."""
    found, user = _visible(request, pk), request.user
    context = {
        "monitoring": found,
        "badge": presenters.badge(found),
        "actions": presenters.actions(found, user),
        "facts": presenters.facts(found, user),
        "checks": presenters.checks(found, user),
        "surveys": presenters.gathered(found, user),
        "figures": presenters.figures(found, user),
        "texts": presenters.texts(found),
        "pdf_url": reverse("reports:monitoring_pdf", args=[pk]),
        "crumbs": presenters.crumbs(Crumb(str(found))),
        "entries": history.entries([found], user=user) if user.can(Right.MONITORING_SEE) else [],
    }
    return render(request, "reports/monitoring/monitoring.html", context)


def _orders(request: UserRequest) -> Any:
    """Registered orders, those on monitoring and events first."""
    found = Order.objects.visible_to(request.user).filter(state=Order.State.REGISTERED)
    return found.filter(kind="event").order_by("-date", "-pk")


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Begin a monitoring by an order."""
    require(request.user, Right.MONITORING_WRITE)
    form = BeginForm(request.POST or None, request.FILES or None, orders=_orders(request))
    if form.is_valid() and (made := act_with_form(form, lambda: _begun(request, form), request)):
        return redirect(made if isinstance(made, Monitoring) else reverse("reports:monitorings"))
    context = {
        "form": form,
        "heading": "Начать мониторинг",
        "lead": " ".join(filter(None, [by_letter(TOLD), "Показатели и опросы за выбранное время соберутся сами."])),
        "submit": "Начать мониторинг",
        "multipart": True,
        "cancel_url": reverse("reports:monitorings"),
        "crumbs": presenters.crumbs(Crumb("Новый мониторинг")),
    }
    return render(request, "form.html", context)


def _begun(request: UserRequest, form: BeginForm) -> Monitoring:
    with stored_upload(form.cleaned_data["order_scan"], by=request.user) as scan:
        return acts.begin(by=request.user, order_scan=scan, **form.values())


def _written(
    request: UserRequest,
    found: Monitoring,
    form: Any,
    act: Callable[[StoredFile | None], Any],
    heading: str,
    success: str,
    *,
    upload: str = "",
    **context: Any,
) -> HttpResponseBase:
    """Answer a page that writes a part of a monitoring; ``upload`` is the field of a scan."""
    form.fields["version"].initial = found.version
    changed: list = []

    def save() -> Any:
        with stored_upload(form.cleaned_data[upload] if upload else None, by=request.user) as scan:
            return act(scan)

    if form.is_valid() and save_edit(request, form, save, success, changed, obj=found):
        return redirect(found)
    common = {
        "form": form,
        "changed": changed,
        "heading": heading,
        "lead": str(found),
        "multipart": bool(upload),
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, heading),
    }
    return render(request, "edit.html", common | context)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Change the order and the working group."""
    found = _visible(request, pk, Right.MONITORING_WRITE)
    form = EditForm(request.POST or None, request.FILES or None, orders=_orders(request), monitoring=found)

    def act(scan: StoredFile | None) -> Monitoring:
        version = form.cleaned_data["version"]
        return acts.edit(found, by=request.user, version=version, order_scan=scan, **form.values())

    return _written(request, found, form, act, "Приказ и рабочая группа", "Сохранено", upload="order_scan")


@require_http_methods(["GET", "POST"])
def swot(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write SWOT; a field that is empty begins with what the data say."""
    found = _visible(request, pk, Right.MONITORING_WRITE)
    form = SwotForm(request.POST or None, initial={} if request.POST else gathering.answer(found))
    lead = "Пустые поля заполнены черновиком из показателей и опросов: проверьте каждую строку, лишнее уберите."

    def act(_: StoredFile | None) -> Monitoring:
        return acts.weigh(found, by=request.user, **form.cleaned_data)

    return _written(request, found, form, act, "SWOT-анализ", "SWOT-анализ записан", lead=lead)


@require_http_methods(["GET", "POST"])
def conclusions(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write conclusions and proposals."""
    found = _visible(request, pk, Right.MONITORING_WRITE)
    initial = {"conclusions": found.conclusions, "proposals": found.proposals}
    form = ConclusionsForm(request.POST or None, initial=initial)

    def act(_: StoredFile | None) -> Monitoring:
        return acts.conclude(found, by=request.user, **form.cleaned_data)

    return _written(request, found, form, act, "Выводы и предложения", "Выводы записаны")


@require_http_methods(["GET", "POST"])
def minutes(request: UserRequest, pk: int) -> HttpResponseBase:
    """Write down the minutes of the working group."""
    found = _visible(request, pk, Right.MONITORING_WRITE)
    names = ("minutes_number", "minutes_on", "minutes_text")
    initial = {name: getattr(found, name) for name in names if getattr(found, name)}
    form = MinutesForm(request.POST or None, request.FILES or None, initial=initial)

    def act(scan: StoredFile | None) -> Monitoring:
        values = {name: form.cleaned_data[name] for name in (*names, "version")}
        return acts.minute(found, by=request.user, minutes_scan=scan, **values)

    heading = "Протокол рабочей группы"
    return _written(request, found, form, act, heading, "Протокол записан", upload="minutes_scan")


@require_http_methods(["GET", "POST"])
def assess(request: UserRequest, pk: int) -> HttpResponseBase:
    """Record the council's assessment."""
    found = _visible(request, pk, Right.MONITORING_ASSESS)
    held = Minutes.objects.visible_to(request.user).filter(state__in=["draft", "signed"])
    meetings = held.filter(held_on__gte=found.first).order_by("-held_on", "-pk")
    initial = {"verdict": found.verdict, "assessment": found.assessment, "meeting": found.meeting_id}
    form = AssessForm(request.POST or None, meetings=meetings, initial=initial)

    def act(_: StoredFile | None) -> Monitoring:
        return acts.assess(found, by=request.user, **form.cleaned_data)

    return _written(request, found, form, act, "Оценка методического совета", "Оценка записана")


@require_http_methods(["GET", "POST"])
def complete(request: UserRequest, pk: int) -> HttpResponseBase:
    """Complete a monitoring, after a page that says what that means."""
    found = _visible(request, pk, Right.MONITORING_WRITE)
    if request.method == "POST":
        act = lambda: acts.complete(found, by=request.user)  # noqa: E731
        return act_and_redirect(request, act, success="Мониторинг завершён", to=found)
    context = {
        "heading": "Завершить мониторинг?",
        "lead": str(found),
        "consequences": [
            "Показатели и итоги опросов сохранятся такими, какие они сейчас",
            "Изменить тексты, приказ и состав группы после этого нельзя",
            "Справка станет готовой к подписанию",
            by_letter("О завершении рабочей группе придёт письмо."),
        ],
        "submit": "Завершить мониторинг",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, "Завершить"),
    }
    return render(request, "confirm.html", context)


@require_GET
def pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """«Справка о результатах мониторинга»; of one that goes on a draft."""
    found = _visible(request, pk)
    name = file_name(f"{found.last}", "Справка о результатах мониторинга", found.words)
    return pdf_response(request, "documents/monitoring.html", documents.facts(found), name=name, back=found)


def _scan(stored: StoredFile | None) -> HttpResponseBase:
    if stored is None:
        raise Http404
    return serve(stored, inline=True)


@require_GET
def order_scan(request: UserRequest, pk: int) -> HttpResponseBase:
    """The scan of the order."""
    return _scan(_visible(request, pk).order_scan)


@require_GET
def minutes_scan(request: UserRequest, pk: int) -> HttpResponseBase:
    """The scan of the minutes."""
    return _scan(_visible(request, pk).minutes_scan)
