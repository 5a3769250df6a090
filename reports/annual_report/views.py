"""Pages of final analytical reports: the list, one, its sections, numbers, risks, the way to the signature (п. 3.4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring_site import history
from mentoring_site.docx import CONTENT_TYPE
from mentoring_site.edits import save_edit
from mentoring_site.form_handling import act_and_redirect, act_with_form
from mentoring_site.pdf.resources import PdfError
from mentoring_site.rights import require
from mentoring_site.russian import school_year
from mentoring_site.ui.elements import Crumb, Fact
from mentoring_site.workflow import readiness
from mentoring_site.xlsx.writer import stream_xlsx
from people.accounts.requests import UserRequest
from people.rights import Right
from people.roles.letterhead import file_name, pdf_response, today
from reports.annual_report import acts, documents, drafting, presenters, word, workbook
from reports.annual_report.counted import changed_since, list_url, words
from reports.annual_report.forms import MOST_RISKS, FigureForm, ReturnForm, RiskSet, RisksForm, SectionForm, YearForm
from reports.annual_report.list_page import ANNUALS
from reports.annual_report.models import AnnualReport

EMPTY_ROWS = 2


@require_GET
def annuals(request: UserRequest) -> HttpResponseBase:
    """Reports by years; the same list as XLSX."""
    require(request.user, Right.PROGRAMS_SEE_ALL)
    new_url = reverse("reports:annual_new") if request.user.can(Right.ANNUAL_WRITE) else ""
    return ANNUALS.answer(request, AnnualReport.objects.visible_to(request.user), new_url=new_url)


def _visible(request: UserRequest, pk: int) -> AnnualReport:
    return get_object_or_404(AnnualReport.objects.visible_to(request.user).with_requirements(), pk=pk)


def _written(request: UserRequest, pk: int) -> AnnualReport:
    found = _visible(request, pk)
    require(request.user, Right.ANNUAL_WRITE)
    return found


@require_http_methods(["GET", "POST"])
def new(request: UserRequest) -> HttpResponseBase:
    """Draft the report of a school year."""
    require(request.user, Right.ANNUAL_WRITE)
    form = YearForm(request.POST or None)
    if form.is_valid() and (
        made := act_with_form(form, lambda: acts.begin(form.cleaned_data["school_year"], by=request.user))
    ):
        messages.success(request, "Проект составлен по данным. Прочитайте разделы и напишите выводы")
        return redirect(made)
    context = {
        "form": form,
        "heading": "Новый итоговый отчёт",
        "lead": "Система соберёт числа, сравнит с прошлым годом и напишет черновики разделов.",
        "submit": "Составить проект",
        "cancel_url": reverse("reports:annuals"),
        "crumbs": presenters.crumbs(Crumb("Новый отчёт")),
    }
    return render(request, "form.html", context)


@require_GET
def annual(request: UserRequest, pk: int) -> HttpResponseBase:
    """One report: its sections with numbers and pictures, and what has changed since the signature."""
    found, user = _visible(request, pk), request.user
    edits = found.state == AnnualReport.State.DRAFT and user.can(Right.ANNUAL_WRITE)
    known = found.facts or documents.facts_of(found)
    changed = changed_since(found) if found.is_signed else []
    context = {
        "report": found,
        "badge": presenters.badge(found),
        "facts": presenters.facts(found),
        "actions": presenters.actions(found, user),
        "checks": readiness(found, "submit") if edits else [],
        "changed": changed,
        "changed_words": presenters.changed_words(changed),
        "sections": _sections(found, known, edits=edits),
        "swot": _swot(found, edits=edits),
        "known": known,
        "risks_url": reverse("reports:annual_risks", args=[pk]) if edits else "",
        "papers": [
            (reverse(f"reports:annual_{kind}", args=[pk]), label)
            for kind, label in (("pdf", "Отчёт (PDF)"), ("docx", "Отчёт (DOCX)"), ("xlsx", "Числа (XLSX)"))
        ],
        "crumbs": presenters.crumbs_of(found),
        "entries": history.entries([found], user=user),
    }
    return render(request, "reports/annual_report/annual.html", context)


def _edit_url(found: AnnualReport, key: str, *, edits: bool) -> str:
    return reverse("reports:annual_section", args=[found.pk, key]) if edits else ""


def _sections(found: AnnualReport, known: dict[str, Any], *, edits: bool) -> list[presenters.SectionView]:
    texts = {one.key: one for one in found.sections.all()}
    figures = list(found.figures.all())
    shown = []
    for one in known["sections"]:
        section, groups = texts[one["key"]], drafting.PLAN_BY_KEY[one["key"]].groups
        shown.append(
            presenters.SectionView(
                one["title"],
                section.text,
                presenters.section_state(section) if edits else "",
                presenters.lines(found, [f for f in figures if f.group in groups], edits=edits),
                [presenters.restored(figure) for figure in one["figures"]],
                _edit_url(found, one["key"], edits=edits),
            )
        )
    return shown


def _swot(found: AnnualReport, *, edits: bool) -> list[presenters.SectionView]:
    return [
        presenters.SectionView(
            one.title,
            one.text,
            presenters.section_state(one) if edits else "",
            [],
            [],
            _edit_url(found, one.key, edits=edits),
        )
        for one in found.sections.all()
        if drafting.PLAN_BY_KEY[one.key].is_swot
    ]


@require_POST
def refresh(request: UserRequest, pk: int) -> HttpResponseBase:
    """Gather the numbers and drafts again."""
    found = _written(request, pk)
    success = "Числа собраны заново. Разделы, которые Вы меняли, остались как были"
    return act_and_redirect(request, lambda: acts.refresh(found, by=request.user), success=success, to=found)


@require_http_methods(["GET", "POST"])
def section(request: UserRequest, pk: int, key: str) -> HttpResponseBase:
    """The text of a section; what the data say stands above it."""
    found = _written(request, pk)
    kept = get_object_or_404(found.sections.select_related("report"), key=key)
    form = SectionForm(request.POST or None, initial={"text": kept.text, "version": found.version})

    def act() -> Any:
        return acts.write(kept, by=request.user, **form.cleaned_data)

    if form.is_valid() and save_edit(request, form, act, "Раздел записан", obj=found):
        return redirect(found)
    facts = [Fact("По данным сейчас", kept.drafted)] if kept.is_typed and kept.drafted else []
    last = drafting.last_of(found)
    if key == "conclusions" and last is not None:
        facts.append(Fact(f"Выводы за {school_year(last.school_year)}", _conclusions_of(last)))
    context = {
        "form": form,
        "facts": facts,
        "heading": kept.title,
        "lead": str(found),
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, Crumb(kept.title)),
    }
    return render(request, "edit.html", context)


def _conclusions_of(report: AnnualReport) -> str:
    texts = {one["key"]: one["text"] for one in (report.facts or {}).get("sections", [])}
    return texts.get("conclusions", "")


@require_http_methods(["GET", "POST"])
def figure(request: UserRequest, pk: int, code: str) -> HttpResponseBase:
    """State another number than the counted one, with the reason that is printed."""
    found = _written(request, pk)
    kept = get_object_or_404(found.figures.select_related("report"), code=code)
    form = FigureForm(request.POST or None, initial={"stated": kept.stated, "why": kept.why, "version": found.version})

    def act() -> Any:
        return acts.state(kept, by=request.user, **form.cleaned_data)

    if form.is_valid() and save_edit(request, form, act, "Число записано", obj=found):
        return redirect(found)
    context = {
        "form": form,
        "facts": [
            Fact("Посчитано", words(kept.counted, kept.unit), url=list_url(kept, found.period)),
            Fact("Год назад", words(kept.before, kept.unit)),
        ],
        "heading": "Число в отчёте",
        "lead": kept.label,
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, Crumb(kept.label)),
    }
    return render(request, "edit.html", context)


@require_http_methods(["GET", "POST"])
def risks(request: UserRequest, pk: int) -> HttpResponseBase:
    """The list of risks: risk, sign, action."""
    found = _written(request, pk)
    initial = [{"risk": one.risk, "sign": one.sign, "action": one.action} for one in found.risks.all()]
    initial = (initial + [{} for _ in range(EMPTY_ROWS)])[:MOST_RISKS]
    form = RisksForm(request.POST or None, initial={"version": found.version})
    rows = RiskSet(request.POST or None, initial=initial, prefix="risks")

    def act() -> Any:
        kept = [
            {name: row.cleaned_data[name].strip() for name in ("risk", "sign", "action")}
            for row in rows
            if (row.cleaned_data.get("risk") or "").strip()
        ]
        return acts.name_risks(found, by=request.user, version=form.cleaned_data["version"], risks=kept)

    if form.is_valid() and rows.is_valid() and save_edit(request, form, act, "Риски записаны", obj=found):
        return redirect(found)
    context = {
        "form": form,
        "rows": rows,
        "heading": "Риски",
        "lead": "В чём риск, по какому признаку он виден, что делать. Строка без риска уберётся.",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, Crumb("Риски")),
    }
    return render(request, "reports/annual_report/risks.html", context)


def _confirmed(request: UserRequest, found: AnnualReport, act: Any, success: str, **context: Any) -> HttpResponseBase:
    if request.method == "POST":
        return act_and_redirect(request, act, success=success, to=found)
    common = {
        "lead": str(found),
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, Crumb(context["submit"])),
    }
    return render(request, "confirm.html", common | context)


@require_http_methods(["GET", "POST"])
def submit(request: UserRequest, pk: int) -> HttpResponseBase:
    """Hand a report over to the director."""
    found = _written(request, pk)
    return _confirmed(
        request,
        found,
        lambda: acts.submit(found, by=request.user),
        "Отчёт передан на подпись",
        heading="Передать отчёт на подпись?",
        submit="Передать на подпись",
        consequences=[
            "Отчёт встанет у директора среди дел, которые ждут его подписи.",
            "Пока отчёт на подписи, его не меняют.",
        ],
    )


@require_http_methods(["GET", "POST"])
def send_back(request: UserRequest, pk: int) -> HttpResponseBase:
    """Return a report with a reason."""
    found = _visible(request, pk)
    AnnualReport.WORKFLOW["send_back"].require(found, request.user)
    form = ReturnForm(request.POST or None)
    if form.is_valid() and act_with_form(
        form, lambda: acts.send_back(found, by=request.user, **form.cleaned_data), request
    ):
        messages.success(request, "Отчёт возвращён на доработку")
        return redirect(found)
    context = {
        "form": form,
        "heading": "Вернуть на доработку",
        "lead": str(found),
        "submit": "Вернуть",
        "cancel_url": found.get_absolute_url(),
        "crumbs": presenters.crumbs_of(found, Crumb("Вернуть")),
    }
    return render(request, "form.html", context)


@require_http_methods(["GET", "POST"])
def sign(request: UserRequest, pk: int) -> HttpResponseBase:
    """The director signs; everything is frozen."""
    found = _visible(request, pk)
    require(request.user, Right.ANNUAL_SIGN)
    return _confirmed(
        request,
        found,
        lambda: acts.sign(found, by=request.user),
        "Отчёт подписан, его числа закреплены",
        heading="Подписать отчёт?",
        submit="Подписать отчёт",
        consequences=[
            "Отчёт получит номер, его числа и тексты закрепятся.",
            "Изменить подписанный отчёт нельзя. Если данные потом изменятся, страница отчёта покажет оба числа.",
        ],
    )


def _name(found: AnnualReport, ending: str) -> str:
    day = found.signed_on.isoformat() if found.signed_on else today()
    mark = f"отчёт {found.number}" if found.number else "проект отчёта"
    return file_name(day, mark, school_year(found.school_year).replace("/", "-")).removesuffix(".pdf") + ending


@require_GET
def pdf(request: UserRequest, pk: int) -> HttpResponseBase:
    """The report on paper: of a signed one what was signed."""
    found = _visible(request, pk)
    try:
        known = documents.printed(found)
    except documents.Broken as error:
        messages.error(request, str(error))
        return redirect(found)
    return pdf_response(request, documents.TEMPLATE, known, name=_name(found, ".pdf"), back=found)


@require_GET
def docx(request: UserRequest, pk: int) -> HttpResponseBase:
    """The same as DOCX."""
    found = _visible(request, pk)
    try:
        content = word.draw(documents.printed(found))
    except (documents.Broken, PdfError) as error:
        messages.error(request, str(error))
        return redirect(found)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = _attached(_name(found, ".docx"))
    return response


def _attached(name: str) -> str:
    return content_disposition_header(True, name) or "attachment"


@require_GET
def xlsx(request: UserRequest, pk: int) -> HttpResponseBase:
    """All numbers of the report as a workbook."""
    found = _visible(request, pk)
    return stream_xlsx(_name(found, ".xlsx"), "Числа отчёта", workbook.COLUMNS, workbook.rows(found))
