"""Pages of indicators: all of them, one with its passport, the list behind it, its goal, the paper (п. 3.4)."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.edits import save_edit
from mentoring_site.exports.acts import answer_rows
from mentoring_site.rights import require
from mentoring_site.ui.elements import Crumb
from mentoring_site.ui.list_page import FORMAT, XLSX
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response, school_facts, today
from reports.indicators import acts, presenters
from reports.indicators.forms import DaysForm, GoalForm
from reports.indicators.list_page import page_of
from reports.indicators.measuring import measure
from reports.indicators.models import IndicatorGoal
from reports.indicators.passports import PASSPORTS, Passport, words
from reports.indicators.periods import Period


def _passport(code: str) -> Passport:
    try:
        return PASSPORTS[code]
    except KeyError:
        raise Http404("Такого показателя нет") from None


def _days(request: UserRequest) -> tuple[Period, DaysForm]:
    form = DaysForm(request.GET or None)
    return Period.asked(form.cleaned_data if form.is_bound and form.is_valid() else {}), form


@require_GET
def page(request: UserRequest) -> HttpResponseBase:
    """All indicators for the chosen days; as XLSX with the same days."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    period, form = _days(request)
    if request.GET.get(FORMAT) == XLSX:
        rows = list(presenters.table_rows(period))
        return answer_rows(request, f"{presenters.TITLE}, {period.words}", presenters.TITLE, presenters.COLUMNS, rows)
    url = reverse("reports:indicators")
    context = {
        "period": period,
        "form": form,
        "url": url,
        "quick": presenters.quick(period, url),
        "groups": presenters.cards(period, timezone.localdate()),
        "xlsx_url": f"{url}?{period.query}&{FORMAT}={XLSX}",
        "pdf_url": f"{reverse('reports:indicators_pdf')}?{period.query}",
    }
    return render(request, "reports/indicators/indicators.html", context)


@require_GET
def pdf(request: UserRequest) -> HttpResponseBase:
    """All indicators on paper."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    period = _days(request)[0]
    facts = {"school": school_facts(), **presenters.paper(period)}
    return pdf_response(
        request,
        "documents/indicators.html",
        facts,
        name=file_name(today(), "Показатели наставничества"),
        back=reverse("reports:indicators"),
    )


@require_GET
def indicator(request: UserRequest, code: str) -> HttpResponseBase:
    """One indicator: the number, its passport, its years, its parts."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    passport = _passport(code)
    period, form = _days(request)
    now = measure([passport], period)[code]
    before = measure([passport], period.before)[code]
    goal = IndicatorGoal.objects.visible_to(request.user).filter(code=code).first()
    url = reverse("reports:indicator", args=[code])
    figures = [presenters.by_years(passport, timezone.localdate()), presenters.by_parts(passport, period)]
    context = {
        "passport": passport,
        "period": period,
        "form": form,
        "url": url,
        "quick": presenters.quick(period, url),
        "value": words(now.value, passport),
        "made_of": presenters.made_of(passport, now),
        "change": presenters.change(passport, now, before),
        "list_url": presenters.list_url(passport, period) if now.rows else "",
        "facts": presenters.facts(passport, goal),
        "figures": [figure for figure in figures if figure],
        "edit_url": reverse("reports:indicator_goal", args=[code]) if request.user.can(Right.INDICATORS_EDIT) else "",
        "crumbs": presenters.crumbs(Crumb(passport.name)),
    }
    return render(request, "reports/indicators/indicator.html", context)


@require_GET
def listed(request: UserRequest, code: str) -> HttpResponseBase:
    """The rows behind an indicator; the same list as XLSX."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    passport = _passport(code)
    if not passport.lists:
        raise Http404("У этого показателя нет списка")
    period = _days(request)[0]
    back = f"{reverse('reports:indicator', args=[code])}?{period.query}"
    return page_of(code).answer(
        request,
        passport.found(period),
        args=[code],
        formula=passport.formula,
        crumbs=presenters.crumbs(Crumb(passport.name, back), Crumb("Список")),
    )


@require_http_methods(["GET", "POST"])
def goal(request: UserRequest, code: str) -> HttpResponseBase:
    """Where the indicator began, where the school wants to come, who answers."""
    require(request.user, Right.INDICATORS_EDIT)
    passport = _passport(code)
    kept = IndicatorGoal.objects.visible_to(request.user).filter(code=code).first()
    kept = kept or IndicatorGoal(code=code, answers=passport.answers)
    form = GoalForm(request.POST or None, instance=kept)
    changed: list = []

    def save() -> IndicatorGoal:
        return acts.set_goal(passport, by=request.user, **form.cleaned_data)

    if form.is_bound and form.is_valid() and save_edit(request, form, save, None, changed):
        messages.success(request, "Цель показателя записана")
        return redirect("reports:indicator", code)
    context = {
        "form": form,
        "changed": changed,
        "heading": "Цель показателя",
        "lead": passport.name,
        "cancel_url": reverse("reports:indicator", args=[code]),
        "crumbs": presenters.crumbs(
            Crumb(passport.name, reverse("reports:indicator", args=[code])), Crumb("Цель показателя")
        ),
    }
    return render(request, "edit.html", context)
