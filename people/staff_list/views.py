"""Pages of the import of a staff list: upload, columns, check, confirmation, result, rows to correct."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from openpyxl.utils import get_column_letter

from mentoring_site.files import serve
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.lists import page_of
from mentoring_site.russian import plural, rushort
from mentoring_site.workflow import NotAllowed
from mentoring_site.xlsx.reader import DamagedFile
from mentoring_site.xlsx.writer import stream_xlsx
from people.register.models import Person
from people.staff_list import uploads
from people.staff_list.cells import plain
from people.staff_list.correction import correction, left_out
from people.staff_list.forms import HEADING_ROWS, AnswersForm, ColumnsForm, HeadingForm, UploadForm
from people.staff_list.models import StaffImport
from people.staff_list.recognition import FIELDS, headings

PEOPLE = "человек,человека,человек"
ROWS = "строка,строки,строк"
SHOWN = 300  # rows of one table on a page
PREVIEW = 8


def _upload(request, pk: int) -> StaffImport:
    """The upload, for those who may import; others do not learn that it is there."""
    _allowed(request)
    return get_object_or_404(StaffImport.objects.select_related("file", "uploaded_by__person"), pk=pk)


def _allowed(request) -> None:
    try:
        uploads.may_import(request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal


def _when_damaged(name: str, *about):
    """Decorate a page of an upload: a list that cannot be read leads to the address, with a sentence."""

    def decorate(view):
        @wraps(view)
        def reading(request, pk: int):
            try:
                return view(request, pk)
            except DamagedFile as told:
                messages.error(request, str(told))
                return redirect(name, **({"pk": pk} if "pk" in about else {}))

        return reading

    return decorate


_readable = _when_damaged("people:import_columns", "pk")  # with its present columns: they are corrected there
_openable = _when_damaged("people:imports")  # not even in part


def _sent(request):
    """Data and files of a sent form, also of an empty one; None and None when the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _crumbs(*more):
    return [("Люди", reverse("people:register")), ("Загрузка списка", reverse("people:imports")), *more]


@require_http_methods(["GET", "POST"])
def imports(request):
    """Upload a list; what was uploaded before."""
    _allowed(request)
    form = UploadForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, form)
        except DamagedFile as told:  # the package is sound, a sheet in it is not
            form.add_error("file", str(told))
    context = page_of(StaffImport.objects.select_related("file", "uploaded_by__person"), request)
    context |= {
        "form": form,
        "crumbs": [("Люди", reverse("people:register")), ("Загрузка списка", None)],
        "earlier": [_row_of_upload(upload) for upload in context["page_obj"]],
    }
    return render(request, "people/staff_list/import_upload.html", context, status=422 if form.errors else 200)


def _taken(request, form: UploadForm):
    """Keep the file and go to the first page that needs the user."""
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
        "badge": {"word": "внесён", "tone": "done"} if done else {"word": "ждёт проверки", "tone": "you"},
    }


@require_http_methods(["GET", "POST"])
@_openable
def columns(request, pk: int):
    """Correct what was recognised: the sheet and heading (by GET), the meaning of columns (by POST)."""
    upload = _upload(request, pk)
    book, mapping = uploads.book_of(upload), uploads.mapping_of(upload)
    asked = HeadingForm(request.GET or None, book=book, initial=mapping.to_json())
    sheet = asked.data.get("sheet") if asked.is_bound and asked.is_valid() else mapping.sheet
    rows = book.rows(sheet, limit=HEADING_ROWS + PREVIEW)
    if asked.is_bound and asked.is_valid():
        mapping = asked.mapping(mapping, rows)
    texts = headings(rows, mapping.header_row, mapping.header_rows)
    form = ColumnsForm(_sent(request)[0], mapping=mapping, texts=texts)
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
        "crumbs": _crumbs((upload.file.name, reverse("people:import_check", args=[pk])), ("Столбцы", None)),
    }
    return render(request, "people/staff_list/import_columns.html", context, status=422 if form.errors else 200)


def _preview(mapping, texts, rows) -> dict:
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
@_readable
def check(request, pk: int):
    """What the list would change; doubts are answered here."""
    upload = _upload(request, pk)
    if upload.committed_at:
        return redirect("people:import_result", pk)
    staff_list = uploads.staff_list_of(upload)
    plan = uploads.plan_of(upload, staff_list)
    doubts = [row for row in plan.rows if row.outcome != "refused" and row.reasons]
    form = AnswersForm(_sent(request)[0], rows=doubts)
    if request.method == "POST" and form.is_valid():
        return act_and_redirect(
            request,
            lambda: uploads.answer(upload, form.answers, by=request.user),
            success="Ответы запомнены",
            to=reverse("people:import_confirm", args=[pk]),
        )
    return render(request, "people/staff_list/import_check.html", _checked(upload, staff_list, plan, doubts, form))


def _checked(upload, staff_list, plan, doubts, form) -> dict:
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
            _table("Отказано: исправьте в списке", plan.outcome("refused"), _by_reason),
            _table("Что изменится", plan.outcome("changed"), _by_change),
            _table("Исправлено и принято", repaired, _by_finding),
        ],
        "new": _table("Новые люди и места работы", plan.outcome("new"), _by_post),
        "vanished": plan.vanished[:SHOWN],
        "ignored": staff_list.ignored[:SHOWN],
        "crumbs": _crumbs((upload.file.name, None)),
    }


def _table(title: str, rows, lines) -> dict:
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


def _by_reason(row):
    return [_said(finding) for finding in row.reasons]


def _by_finding(row):
    return [_said(finding) for finding in row.findings]


def _said(finding) -> dict:
    """The column and the sentence, without naming the column twice."""
    named = finding.sentence.startswith(finding.column)
    return {"column": "" if named else finding.column, "text": finding.sentence}


def _by_change(row):
    return [{"column": "", "text": str(change)} for change in row.changes]


def _by_post(row):
    staff = row.checked.staff
    return [{"column": "", "text": ", ".join(filter(None, (staff.post, staff.department)))}]


@require_http_methods(["GET", "POST"])
@_readable
def confirm(request, pk: int):
    """The consequences, then the writing."""
    upload = _upload(request, pk)
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: uploads.write(upload, by=request.user),
            success=_written,
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
        "crumbs": _crumbs((upload.file.name, None)),
    }
    return render(request, "confirm.html", context)


def _written(plan) -> str:
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
            {"label": "Файл", "value": upload.file.name, "url": reverse("people:import_file", args=[pk])},
            {"label": "Внесён", "value": f"{rushort(upload.committed_at)}, {upload.committed_by.person.short_name}"},
            {"label": "Новые люди и места работы", "value": plural(counts["new"], ROWS)},
            {"label": "С изменениями", "value": plural(counts["changed"], ROWS)},
            {"label": "Без изменений", "value": plural(counts["unchanged"], ROWS)},
            {"label": "Не внесено", "value": plural(len(upload.result["left_out"]), ROWS)},
        ],
        "crumbs": _crumbs((upload.file.name, None)),
    }
    return render(request, "people/staff_list/import_result.html", context)


@require_GET
@_readable
def corrections(request, pk: int):
    """The rows that are not written, as XLSX to correct."""
    upload = _upload(request, pk)
    staff_list = uploads.staff_list_of(upload)
    if upload.committed_at:
        reasons = {row["row"]: row["reasons"] for row in upload.result["left_out"]}
    else:
        reasons = left_out(uploads.plan_of(upload, staff_list))
    title, heads, rows = correction(staff_list, reasons)
    return stream_xlsx(f"Исправить {timezone.localdate():%d.%m.%Y}", title, heads, rows)


@require_GET
def file(request, pk: int):
    """The uploaded file as it came."""
    return serve(_upload(request, pk).file)


@require_POST
def again(request, pk: int):
    """Check a written list once more, with its answers, as a new upload."""
    return redirect("people:import_check", uploads.again(_upload(request, pk), by=request.user).pk)
