"""Pages of statistics: the note of some days, the lists behind it, kept notes, the paper (п. 3.4)."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mentoring_site.exports.acts import answer_rows
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.ui.elements import Action, Crumb
from mentoring_site.ui.list_page import FORMAT, XLSX
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response, today
from reports.indicators.forms import DaysForm
from reports.indicators.periods import Period
from reports.indicators.presenters import quick
from reports.statistics import acts, documents, presenters
from reports.statistics.counting import COLUMNS
from reports.statistics.list_page import STATISTICS_NOTES, page_of
from reports.statistics.models import StatisticsNote


def _days(request: UserRequest) -> tuple[Period, DaysForm]:
    form = DaysForm(request.GET or None)
    return Period.asked(form.cleaned_data if form.is_bound and form.is_valid() else {}), form


@require_GET
def page(request: UserRequest) -> HttpResponseBase:
    """The note of the chosen days; as XLSX with the same days."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    period, form = _days(request)
    if request.GET.get(FORMAT) == XLSX:
        rows = presenters.sheet_rows(period)
        return answer_rows(request, f"{documents.TITLE}, {period.words}", "Справка", presenters.SHEET, rows)
    url = reverse("reports:statistics")
    actions = [Action("pdf", "Напечатать (PDF)", f"{reverse('reports:statistics_pdf')}?{period.query}")]
    if request.user.can(Right.STATISTICS_KEEP):
        keep_url = f"{reverse('reports:statistics_keep')}?{period.query}"
        actions.insert(0, Action("keep", "Сохранить справку", keep_url, primary=True))
    context = {
        "title": documents.TITLE,
        "not_federal": documents.NOT_FEDERAL,
        "period": period,
        "form": form,
        "url": url,
        "quick": quick(period, url),
        "tables": presenters.counted(period),
        "actions": actions,
        "notes_url": reverse("reports:statistics_notes"),
        "xlsx_url": f"{url}?{period.query}&{FORMAT}={XLSX}",
    }
    return render(request, "reports/statistics/statistics.html", context)


@require_GET
def pdf(request: UserRequest) -> HttpResponseBase:
    """The note on paper, counted now."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    facts = documents.facts(_days(request)[0])
    back = reverse("reports:statistics")
    name = file_name(today(), documents.TITLE)
    return pdf_response(request, "documents/statistics.html", facts, name=name, back=back)


@require_GET
def listed(request: UserRequest, code: str) -> HttpResponseBase:
    """The people behind a number; the same list as XLSX."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    if code not in COLUMNS:
        raise Http404("Такого списка нет")
    period = _days(request)[0]
    back = f"{reverse('reports:statistics')}?{period.query}"
    people = COLUMNS[code].found(period)
    return page_of(code).answer(
        request, people, args=[code], crumbs=[Crumb(documents.TITLE, back), Crumb(COLUMNS[code].name)]
    )


@require_http_methods(["GET", "POST"])
def keep(request: UserRequest) -> HttpResponseBase:
    """Keep the note of the chosen days, after a page that says what that means."""
    require(request.user, Right.STATISTICS_KEEP)
    period = _days(request)[0]
    back = f"{reverse('reports:statistics')}?{period.query}"
    if request.method == "POST":
        act = lambda: acts.keep(period, by=request.user)  # noqa: E731
        return act_and_redirect(request, act, success="Справка сохранена", to=reverse("reports:statistics_notes"))
    context = {
        "heading": "Сохранить справку?",
        "lead": period.words,
        "consequences": [
            "Числа останутся такими, какие они сейчас, даже если сведения потом изменятся",
            "Справку можно будет напечатать в любое время; она подтверждает исполнение пункта 3.4 Положения",
        ],
        "submit": "Сохранить справку",
        "cancel_url": back,
        "crumbs": presenters.crumbs(Crumb("Сохранить")),
    }
    return render(request, "confirm.html", context)


@require_GET
def notes(request: UserRequest) -> HttpResponseBase:
    """Kept notes; the same list as XLSX."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    found = StatisticsNote.objects.visible_to(request.user)
    return STATISTICS_NOTES.answer(request, found, crumbs=presenters.crumbs(Crumb(presenters.NOTES)))


def _note(request: UserRequest, pk: int) -> StatisticsNote:
    return get_object_or_404(StatisticsNote.objects.visible_to(request.user), pk=pk)


@require_GET
def note(request: UserRequest, pk: int) -> HttpResponseBase:
    """A kept note."""
    found = _note(request, pk)
    context = {
        "title": str(found),
        "kept": found.facts["kept"],
        "not_federal": found.facts["not_federal"],
        "tables": presenters.kept(found),
        "pdf_url": reverse("reports:statistics_note_pdf", args=[pk]),
        "crumbs": presenters.note_crumbs(Crumb(str(found))),
    }
    return render(request, "reports/statistics/note.html", context)


@require_GET
def note_pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """A kept note on paper."""
    found = _note(request, pk)
    name = file_name(f"{timezone.localdate(found.kept_at)}", documents.TITLE)
    return pdf_response(request, "documents/statistics.html", found.facts, name=name, back=found)
