"""Pages of the import of a staff list: upload, columns, check, confirmation, result, rows to correct."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from openpyxl.utils import get_column_letter

from mentoring_site.files import serve
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.russian import plural, rushort
from mentoring_site.ui.elements import Badge, Crumb, Fact
from mentoring_site.ui.list_page import page_of
from mentoring_site.xlsx.reader import DamagedFile
from mentoring_site.xlsx.writer import stream_xlsx
from people.register.models import Person
from people.rights import Right
from people.staff_list import uploads
from people.staff_list.cells import plain
from people.staff_list.checking import StaffList
from people.staff_list.cleaning import Finding
from people.staff_list.correction import correction, left_out
from people.staff_list.forms import HEADING_ROWS, AnswersForm, ColumnsForm, HeadingForm, UploadForm
from people.staff_list.models import StaffImport
from people.staff_list.plan import Plan, PlannedRow
from people.staff_list.recognition import FIELDS, Mapping, headings

PEOPLE = "человек,человека,человек"
ROWS = "строка,строки,строк"
SHOWN = 300  # rows of one table on a page
PREVIEW = 8


def _upload(request, pk: int) -> StaffImport:
    """The upload, for those who may import; others do not learn that it is there."""
    require(request.user, Right.PEOPLE_IMPORT)
    return get_object_or_404(StaffImport.objects.select_related("file", "uploaded_by__person"), pk=pk)


def _redirects_when_damaged(name: str, *, with_pk: bool = False):
    """Decorate a page of an upload: a list that cannot be read leads to the address, with a sentence."""

    def decorate(view):
        @wraps(view)
        def reading(request, pk: int):
            try:
                return view(request, pk)
            except DamagedFile as damage:
                messages.error(request, str(damage))
                return redirect(name, pk) if with_pk else redirect(name)

        return reading

    return decorate


_needs_readable_list = _redirects_when_damaged("people:import_columns", with_pk=True)  # columns are corrected there
_needs_readable_book = _redirects_when_damaged("people:imports")


def _posted(request) -> tuple:
    """Data and files of a sent form, also of an empty one; None and None when the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb("Люди", reverse("people:register")), Crumb("Загрузка списка", reverse("people:imports")), *more]


@require_http_methods(["GET", "POST"])
def imports(request):
    """Upload a list; what was uploaded before."""
    require(request.user, Right.PEOPLE_IMPORT)
    form = UploadForm(*_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, form)
        except DamagedFile as damage:
            form.add_error("file", str(damage))
    context = page_of(StaffImport.objects.select_related("file", "uploaded_by__person"), request)
    context |= {
        "form": form,
        "crumbs": [Crumb("Люди", reverse("people:register")), Crumb("Загрузка списка")],
        "earlier": [_row_of_upload(upload) for upload in context["page_obj"]],
    }
    return render(request, "people/staff_list/import_upload.html", context, status=422 if form.errors else 200)


def _take(request, form: UploadForm):
    """Store the file and go to the first page that needs the user."""
    upload, new = uploads.take(form.content, name=form.cleaned_data["file"].name, sha256=form.sha256, by=request.user)
    if upload.committed_at:
        messages.info(request, "Этот же файл уже внесён. Повторная загрузка ничего не изменила")
        return redirect("people:import_result", upload.pk)
    if not new:
        messages.info(request, "Этот файл уже загружен и ещё не внесён: продолжайте с того же места")
    mapped = uploads.mapping_of(upload).complete
    return redirect("people:import_check" if mapped else "people:import_columns", upload.pk)


def _row_of_upload(upload: StaffImport) -> dict:
    done = upload.committed_at is not None
    return {
        "upload": upload,
        "who": upload.uploaded_by.person.short_name,
        "url": reverse("people:import_result" if done else "people:import_check", args=[upload.pk]),
        "badge": Badge("внесён", "done") if done else Badge("ждёт проверки", "you"),
    }


@require_http_methods(["GET", "POST"])
@_needs_readable_book
def columns(request, pk: int):
    """Correct what was recognized: the sheet and heading (by GET), the meaning of columns (by POST)."""
    upload = _upload(request, pk)
    book, mapping = uploads.book_of(upload), uploads.mapping_of(upload)
    asked = HeadingForm(request.GET or None, book=book, initial=mapping.to_json())
    sheet = asked.cleaned_data["sheet"] if asked.is_bound and asked.is_valid() else mapping.sheet
    rows = book.sheet(sheet).first(HEADING_ROWS + PREVIEW)
    if asked.is_bound and asked.is_valid():
        mapping = asked.mapping(mapping, rows)
    texts = headings(rows, mapping.header_row, mapping.header_rows)
    form = ColumnsForm(_posted(request)[0], mapping=mapping, texts=texts)
    if request.method == "POST" and form.is_valid():
        to = reverse("people:import_check", args=[pk])
        return act_and_redirect(
            request,
            lambda: uploads.correct_columns(upload, form.mapping, by=request.user),
            success="Столбцы запомнены, список прочитан заново",
            to=to,
        )
    context = {
        "upload": upload,
        "asked": asked,
        "form": form,
        "query": request.GET.urlencode(),
        "preview": _preview(mapping, texts, rows),
        "found": len(mapping.columns),
        "missing": mapping.missing,
        "crumbs": _crumbs(Crumb(upload.file.name, reverse("people:import_check", args=[pk])), Crumb("Столбцы")),
    }
    return render(request, "people/staff_list/import_columns.html", context, status=422 if form.errors else 200)


def _preview(mapping: Mapping, texts: list[str], rows: list) -> dict:
    """The first rows of the list under the letters of columns and what each was taken for."""
    meaning = {at: FIELDS[name] for name, at in mapping.columns.items()}
    below = [row for row in rows if row.number >= mapping.header_row + mapping.header_rows][:PREVIEW]
    width = len(texts)
    return {
        "columns": [
            {"letter": get_column_letter(at + 1), "text": text, "meaning": meaning.get(at, "")}
            for at, text in enumerate(texts)
        ],
        "rows": [
            {"number": row.number, "cells": [plain(cell)[:80] for cell in (*row.cells, *[None] * width)[:width]]}
            for row in below
        ],
    }


@require_http_methods(["GET", "POST"])
@_needs_readable_list
def check(request, pk: int):
    """What the list would change; doubts are answered here."""
    upload = _upload(request, pk)
    if upload.committed_at:
        return redirect("people:import_result", pk)
    staff_list = uploads.staff_list_of(upload)
    plan = uploads.plan_of(upload, staff_list)
    doubts = [row for row in plan.rows if row.outcome != "refused" and row.reasons]
    form = AnswersForm(_posted(request)[0], rows=doubts)
    if request.method == "POST" and form.is_valid():
        return act_and_redirect(
            request,
            lambda: uploads.answer(upload, form.answers, by=request.user),
            success="Ответы запомнены",
            to=reverse("people:import_confirm", args=[pk]),
        )
    return render(
        request, "people/staff_list/import_check.html", _check_context(upload, staff_list, plan, doubts, form)
    )


def _check_context(
    upload: StaffImport, staff_list: StaffList, plan: Plan, doubts: list[PlannedRow], form: AnswersForm
) -> dict:
    """Everything that the page of the check shows."""
    counts = plan.counts
    repaired = [row for row in plan.rows if row.findings and not row.reasons]
    return {
        "upload": upload,
        "form": form,
        "counts": counts,
        "as_of": staff_list.as_of,
        "notes": staff_list.notes,
        "figures": [
            (counts["new"], "новых"),
            (counts["changed"], "с изменениями"),
            (counts["unchanged"], "без изменений"),
            (counts["doubtful"], "под сомнением"),
            (counts["refused"], "отказано"),
        ],
        "more_doubts": max(0, len(doubts) - len(form.rows)),
        "tables": [
            _table("Отказано: исправьте в списке", plan.outcome("refused"), _reason_lines),
            _table("Что изменится", plan.outcome("changed"), _change_lines),
            _table("Исправлено и принято", repaired, _finding_lines),
        ],
        "new": _table("Новые люди и места работы", plan.outcome("new"), _post_lines),
        "vanished": plan.vanished[:SHOWN],
        "ignored": staff_list.ignored[:SHOWN],
        "crumbs": _crumbs(Crumb(upload.file.name)),
    }


def _table(title: str, rows: list[PlannedRow], lines: Callable[[PlannedRow], list[dict]]) -> dict:
    shown = [
        {"number": row.number, "name": row.checked.staff.full_name or "без имени", "lines": lines(row)}
        for row in rows[:SHOWN]
    ]
    return {
        "title": title,
        "rows": shown,
        "total": len(rows),
        "more": plural(len(rows) - len(shown), ROWS) if len(rows) > len(shown) else "",
    }


def _reason_lines(row: PlannedRow) -> list[dict]:
    return [_finding_line(finding) for finding in row.reasons]


def _finding_lines(row: PlannedRow) -> list[dict]:
    return [_finding_line(finding) for finding in row.findings]


def _finding_line(finding: Finding) -> dict:
    """The column and the sentence, without naming the column twice."""
    named = finding.sentence.startswith(finding.column)
    return {"column": "" if named else finding.column, "text": finding.sentence}


def _change_lines(row: PlannedRow) -> list[dict]:
    return [{"column": "", "text": str(change)} for change in row.changes]


def _post_lines(row: PlannedRow) -> list[dict]:
    staff = row.checked.staff
    return [{"column": "", "text": ", ".join(filter(None, (staff.post, staff.department)))}]


@require_http_methods(["GET", "POST"])
@_needs_readable_list
def confirm(request, pk: int):
    """The consequences, then the writing."""
    upload = _upload(request, pk)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: uploads.write(upload, by=request.user),
            success=_success,
            to=reverse("people:import_result", args=[pk]),
        )
    if upload.committed_at:
        return redirect("people:import_result", pk)
    plan = uploads.plan_of(upload, uploads.staff_list_of(upload))
    counts, people = plan.counts, len(plan.to_write)
    consequences = [f"Будут внесены: {plural(people, PEOPLE)}"]
    consequences += [
        f"{plural(counts[outcome], ROWS)}: {words}"
        for outcome, words in (
            ("new", "новые люди и места работы"),
            ("changed", "сведения изменятся"),
            ("unchanged", "уже в реестре, ничего не изменится"),
            ("doubtful", "без ответа, не войдут"),
            ("skipped", "решено не вносить"),
            ("refused", "отказано, вернутся файлом для исправления"),
        )
        if counts[outcome]
    ]
    context = {
        "heading": "Внести список в реестр людей?",
        "consequences": consequences,
        "submit": f"Внести {plural(people, PEOPLE)}",
        "cancel_url": reverse("people:import_check", args=[pk]),
        "crumbs": _crumbs(Crumb(upload.file.name)),
    }
    return render(request, "confirm.html", context)


def _success(plan: Plan) -> str:
    people = len(plan.to_write)
    return (
        f"Список внесён: {plural(people, PEOPLE)}"
        if people
        else "Список проверен: в реестре уже всё так, ничего не изменено"
    )


@require_GET
def result(request, pk: int):
    """What was written, what was left out and how to bring it in."""
    upload = _upload(request, pk)
    if not upload.committed_at:
        return redirect("people:import_check", pk)
    counts = upload.result["counts"]
    context = {
        "upload": upload,
        "left_out": upload.result["left_out"],
        "vanished": Person.objects.visible_to(request.user).filter(pk__in=upload.result["vanished"][:SHOWN]),
        "facts": [
            Fact("Файл", upload.file.name, url=reverse("people:import_file", args=[pk])),
            Fact("Внесён", f"{rushort(upload.committed_at)}, {upload.committed_by.person.short_name}"),
            Fact("Новые люди и места работы", plural(counts["new"], ROWS)),
            Fact("С изменениями", plural(counts["changed"], ROWS)),
            Fact("Без изменений", plural(counts["unchanged"], ROWS)),
            Fact("Не внесено", plural(len(upload.result["left_out"]), ROWS)),
        ],
        "crumbs": _crumbs(Crumb(upload.file.name)),
    }
    return render(request, "people/staff_list/import_result.html", context)


@require_GET
@_needs_readable_list
def corrections(request, pk: int):
    """The rows that are not written, as XLSX to correct."""
    upload = _upload(request, pk)
    staff_list = uploads.staff_list_of(upload)
    if upload.committed_at:
        reasons = {row["row"]: row["reasons"] for row in upload.result["left_out"]}
    else:
        reasons = left_out(uploads.plan_of(upload, staff_list))
    title, columns, rows = correction(staff_list, reasons)
    return stream_xlsx(f"Исправить {timezone.localdate():%d.%m.%Y}", title, columns, rows)


@require_GET
def file(request, pk: int):
    """The uploaded file as it came."""
    return serve(_upload(request, pk).file)


@require_POST
def again(request, pk: int):
    """Check a written list once more, with its answers, as a new upload."""
    return redirect("people:import_check", uploads.start_again(_upload(request, pk), by=request.user).pk)
