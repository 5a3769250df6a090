"""Pages of the import of a staff list: upload, columns, check, confirmation, result, rows to correct."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from openpyxl.utils import get_column_letter

from mentoring_site.exports import acts as exports
from mentoring_site.files import serve
from mentoring_site.form_handling import act_and_redirect
from mentoring_site.rights import require
from mentoring_site.russian import plural, plural_word, quoted, rushort, upper_first
from mentoring_site.ui.elements import Crumb, Fact
from mentoring_site.ui.list_page import page_of
from mentoring_site.xlsx.reader import DamagedFile
from people.register.models import Person
from people.rights import Right
from people.staff_list import taking_back, uploads
from people.staff_list.cells import REFUSAL, plain
from people.staff_list.checking import StaffList
from people.staff_list.cleaning import WAIT, Finding
from people.staff_list.correction import correction, left_out
from people.staff_list.forms import HEADING_ROWS, AnswersForm, ColumnsForm, HeadingForm, SheetsForm, UploadForm
from people.staff_list.headings import FIELDS
from people.staff_list.list_page import IMPORTS
from people.staff_list.models import StaffImport
from people.staff_list.plan import Plan
from people.staff_list.recognition import Mapping, heading_texts
from people.staff_list.sheet_rows import OUT, Ignored

exports.LISTS["people:import_corrections"] = "Строки списка, которые нужно исправить"
PEOPLE = "человек,человека,человек"
ROWS = "строка,строки,строк"
PLACES = "место,места,мест"
QUESTIONS = "вопрос,вопроса,вопросов"
SHOWN = 12  # rows of one table on a page; the others come in pages of their own
PER_PAGE = 100
PREVIEW = 8


def _upload(request, pk: int) -> StaffImport:
    """The upload, for those who may import; others do not learn that it is there."""
    require(request.user, Right.PEOPLE_IMPORT)
    return get_object_or_404(StaffImport.objects.select_related("file", "uploaded_by__person"), pk=pk)


def _redirects_when_damaged(name: str, *, with_pk: bool = False):
    """Decorate a page of an upload: a list that cannot be read leads to the address, with a sentence."""

    def decorate(view):
        @wraps(view)
        def reading(request, pk: int, **kwargs):
            try:
                return view(request, pk, **kwargs)
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
    return IMPORTS.answer(
        request,
        StaffImport.objects.visible_to(request.user),
        status=422 if form.errors else 200,
        form=form,
        crumbs=[Crumb("Люди", reverse("people:register")), Crumb("Загрузка списка")],
    )


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
        mapping = asked.mapping(mapping)
    texts = heading_texts(book, mapping)
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
        "no_heading": mapping.header_rows == 0,
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
    doubts = [row for row in plan.rows if row.outcome != "refused" and row.asked]
    form = AnswersForm(_posted(request)[0], rows=doubts, questions=staff_list.questions)
    if request.method == "POST" and form.is_valid():
        return act_and_redirect(
            request,
            lambda: uploads.answer(upload, form.answers, by=request.user),
            success="Ответы запомнены",
            to=reverse("people:import_confirm", args=[pk]),
        )
    context = _check_context(upload, staff_list, plan, form)
    return render(request, "people/staff_list/import_check.html", context, status=422 if form.errors else 200)


def _check_context(upload: StaffImport, staff_list: StaffList, plan: Plan, form: AnswersForm) -> dict:
    """Everything that the page of the check shows: the sum first, then what needs a decision, the rest folded."""
    counts = plan.counts
    sheets = [other.sheet for other in staff_list.other_sheets]
    read = staff_list.mapping.sheets[1:]
    tables = {code: _table(code, staff_list, _of(code, staff_list, plan)) for code in TABLES}
    return {
        "upload": upload,
        "form": form,
        "counts": counts,
        "as_of": staff_list.as_of,
        "notes": staff_list.notes,
        "figures": _figures(staff_list, plan),
        "sum": _sum(plan, form.undecided),
        "group_rows": [
            {"lines": [_line(staff_list, row) for row in question["rows"]], **question}
            for question in form.group_questions
        ],
        "questions": [{"line": _line(staff_list, question["row"]), **question} for question in form.questions],
        "sheets_form": _sheets_form([*read, *sheets]),
        "sheets_left": sheets,
        "unread": [quoted(text) for text in staff_list.unread],
        "refused": tables.pop("refused"),
        "tables": [table for table in tables.values() if table["total"]],
        "crumbs": _crumbs(Crumb(upload.file.name)),
    }


def _sheets_form(sheets: list[str]) -> SheetsForm | None:
    """The form that offers further sheets, ticked but for those of who has left; nothing when there is none."""
    chosen = [name for name in sheets if not OUT.search(name)]
    return SheetsForm(sheets=sheets, initial={"sheets": chosen}) if sheets else None


def _sum(plan: Plan, undecided: int) -> str:
    """What the figures mean and what is to be done, in one line."""
    people = len(plan.to_write)
    parts = [
        f"Внести уже можно: {plural(people, PEOPLE)}." if people else "",
        f"{plural(undecided, QUESTIONS)} {plural_word(undecided, 'ждёт,ждут,ждут')} Вашего решения."
        if undecided
        else "",
        f"Исправить в файле: {plural(plan.counts['refused'], ROWS)}." if plan.counts["refused"] else "",
    ]
    return " ".join(filter(None, parts)) or "В реестре уже всё так, как в списке."


def _figures(staff_list: StaffList, plan: Plan) -> list[tuple[int, str]]:
    """The sum of the check; what there is none of is left out, but for the first and what needs a decision."""
    counts = plan.counts
    unread = len(staff_list.other_sheets) + len(staff_list.strange_sheets) + len(staff_list.unread)
    return [
        (counts["new"], plural_word(counts["new"], "новая строка,новые строки,новых строк")),
        *[
            (number, words)
            for number, words in (
                (counts["changed"], "с изменениями"),
                (counts["unchanged"], "без изменений"),
                (counts["doubtful"], "под вопросом"),
                (counts["refused"], plural_word(counts["refused"], "отказана,отказаны,отказано")),
                (counts["skipped"], "решено не вносить"),
                (len(plan.vanished), plural_word(len(plan.vanished), "человека нет,людей нет,людей нет") + " в списке"),
                (unread, plural_word(unread, "столбец или лист,столбца или листа,столбцов и листов") + " не читается"),
            )
            if number
        ],
    ]


TABLES = {
    "refused": "Отказано: исправьте в списке",
    "changed": "Что изменится",
    "new": "Новые люди и места работы",
    "repaired": "Исправлено и принято",
    "vanished": "В реестре есть, в списке нет",
    "ignored": "Строки, которые не о людях",
}


def _of(code: str, staff_list: StaffList, plan: Plan) -> list:
    """The rows of one table."""
    if code == "repaired":
        return [row for row in plan.rows if row.findings and not row.reasons]
    if code == "vanished":
        return plan.vanished
    return staff_list.ignored if code == "ignored" else plan.outcome(code)


def _table(code: str, staff_list: StaffList, rows: list, *, shown: list | None = None) -> dict:
    """A table of the check with its first rows, or with the rows of one page of it."""
    lines = [_line(staff_list, row, code) for row in (rows[:SHOWN] if shown is None else shown)]
    return {"code": code, "title": TABLES[code], "rows": lines, "total": len(rows), "more": len(rows) > len(lines)}


def _line(staff_list: StaffList, row, code: str = "doubt") -> dict:
    """One row of a table: whom it is about, where it stands, what is said."""
    if isinstance(row, Person):
        return {"name": row.full_name, "url": row.get_absolute_url(), "place": "", "lines": []}
    if isinstance(row, Ignored):
        words = [{"column": "", "text": row.text}] if row.text else []
        return {"name": upper_first(row.taken_for), "place": staff_list.place(row.number), "lines": words}
    said = {
        "changed": [{"column": "", "text": str(change)} for change in row.changes],
        "new": [
            {"column": "", "text": ", ".join(filter(None, (row.checked.staff.post, row.checked.staff.department)))}
        ],
        "repaired": [_finding_line(finding) for finding in row.findings],
    }
    reasons = [finding for finding in row.reasons if finding.ask != WAIT]
    if code == "refused":  # what makes the row impossible; the file to correct says the rest too
        reasons = [finding for finding in reasons if finding.level == REFUSAL]
    lines = said[code] if code in said else [_finding_line(finding) for finding in reasons]
    name = row.checked.staff.full_name or "без имени"
    like = row.like.person if row.like else None
    return {"name": name, "place": staff_list.place(row.number), "lines": lines, "like": like}


def _finding_line(finding: Finding) -> dict:
    """The column and the sentence, without naming the column twice."""
    named = finding.sentence.startswith(finding.column)
    return {"column": "" if named else finding.column, "text": finding.sentence}


@require_GET
@_needs_readable_list
def rows(request, pk: int, code: str):
    """One table of the check in pages."""
    upload = _upload(request, pk)
    if code not in TABLES:
        raise Http404
    if upload.committed_at:
        return redirect("people:import_result", pk)
    staff_list = uploads.staff_list_of(upload)
    found = _of(code, staff_list, uploads.plan_of(upload, staff_list))
    context = page_of(found, request, PER_PAGE)
    context |= {
        "table": _table(code, staff_list, found, shown=list(context["page_obj"])),
        "crumbs": _crumbs(Crumb(upload.file.name, reverse("people:import_check", args=[pk])), Crumb(TABLES[code])),
    }
    return render(request, "people/staff_list/import_table.html", context)


@require_POST
@_needs_readable_book
def sheets(request, pk: int):
    """Read further sheets of the book too."""
    upload = _upload(request, pk)
    return act_and_redirect(
        request,
        lambda: uploads.read_sheets(upload, request.POST.getlist("sheets"), by=request.user),
        success="Листы прочитаны, список проверен заново",
        to=reverse("people:import_check", args=[pk]),
    )


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
            undoable=(upload, "import"),
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
        "vanished": Person.objects.visible_to(request.user).filter(pk__in=upload.result["vanished"][:PER_PAGE]),
        "taken_back": _taken_back(upload),
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


def _taken_back(upload: StaffImport) -> str:
    """«29 ноября, Манджиева Б. О.», or nothing."""
    if not upload.taken_back_at or upload.taken_back_by is None:
        return ""
    return f"{rushort(upload.taken_back_at)}, {upload.taken_back_by.person.short_name}"


def _what_goes(written: dict) -> list[str]:
    """What taking a list back would do, in lines."""
    number = {name: len(written.get(name, ())) for name in ("persons", "employments", "renamed", "changed", "moved")}
    back = number["changed"] + number["moved"]
    lines = (
        (number["persons"], "будут удалены из реестра: " + plural(number["persons"], PEOPLE)),
        (number["employments"], "будут удалены места работы: " + plural(number["employments"], PLACES)),
        (back, "вернутся прежние сведения: " + plural(back, ROWS)),
        (number["renamed"], "вернутся прежние имена: " + plural(number["renamed"], PEOPLE)),
    )
    return [words for count, words in lines if count]


@require_http_methods(["GET", "POST"])
def take_back(request, pk: int):
    """What goes when a written list is taken back, or what stands in the way; then the act."""
    upload = _upload(request, pk)
    to = reverse("people:import_result", args=[pk])
    if request.method == "POST":
        return act_and_redirect(
            request,
            lambda: taking_back.take_back(upload, by=request.user),
            success="Загрузка взята назад: реестр такой, каким был до неё",
            to=to,
        )
    if not upload.committed_at or upload.taken_back_at:
        return redirect("people:import_result", pk)
    context = {
        "upload": upload,
        "reasons": taking_back.hangs(upload),
        "consequences": _what_goes(upload.undo),
        "cancel_url": to,
        "crumbs": _crumbs(Crumb(upload.file.name, to), Crumb("Взять назад")),
    }
    return render(request, "people/staff_list/import_take_back.html", context)


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
    return exports.answer_rows(request, f"Исправить {timezone.localdate():%d.%m.%Y}", title, columns, list(rows))


@require_GET
def file(request, pk: int):
    """The uploaded file as it came."""
    return serve(_upload(request, pk).file)


@require_POST
def again(request, pk: int):
    """Check a written list once more, with its answers, as a new upload."""
    return redirect("people:import_check", uploads.start_again(_upload(request, pk), by=request.user).pk)
