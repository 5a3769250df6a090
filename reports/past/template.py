"""The sample workbook: three sheets with their columns, lists of allowed values, a sheet that explains and shows."""

import tempfile
from typing import BinaryIO

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mentoring_site import heavy
from reports.past.choices import lists
from reports.past.sheets import SHEETS, Column, SheetKind

LISTS, HOW = "Списки", "Как заполнить"
ROWS = 500  # that offer the list of values
HEADS = {
    "kinds": "Вид приказа",
    "series": "Серия",
    "states": "Состояние программы",
    "reasons": "Основание завершения",
    "forms": "Форма наставничества",
    "mentoring_kinds": "Вид наставничества",
    "topics": "Темы",
}
NEEDED = PatternFill("solid", fgColor="FFF2CC")
ADVICE = (
    "Заполните те листы, которые Вам нужны. Порядок столбцов и строк любой, лишние столбцы не мешают.",
    "Столбцы с цветной шапкой обязательны, остальные — если знаете.",
    "Имена пишите полностью, как в разделе «Люди»; сомнения система спросит.",
    "Даты — как 02.09.2025. Сканы приказов приложите потом, на странице каждого приказа.",
    "Пока Вы не нажмёте «Внести», ничего не изменится.",
)


def sample() -> BinaryIO:
    """Return the sample, wound back to its beginning."""
    heavy.note()
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    allowed = lists()
    for kind in SHEETS.values():
        _sheet(book, kind, allowed)
    _how(book)
    _lists(book, allowed)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return file


def _sheet(book: openpyxl.Workbook, kind: SheetKind, allowed: dict[str, list[str]]) -> None:
    sheet = book.create_sheet(kind.name)
    _heads(sheet, kind)
    sheet.freeze_panes = "A2"
    for at, column in enumerate(kind.columns, 1):
        letter = get_column_letter(at)
        if column.kind == "date":
            for row in range(2, ROWS + 2):
                sheet.cell(row, at).number_format = "DD.MM.YYYY"
        if column.kind == "number":
            for row in range(2, ROWS + 2):
                sheet.cell(row, at).number_format = "@"
        if column.choices and allowed[column.choices]:
            sheet.add_data_validation(_offer(column, letter, len(allowed[column.choices])))


def _heads(sheet: Worksheet, kind: SheetKind, row: int = 1) -> None:
    for at, column in enumerate(kind.columns, 1):
        cell = sheet.cell(row, at, column.name)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        if column.needed:
            cell.fill = NEEDED
        sheet.column_dimensions[get_column_letter(at)].width = 30 if column.kind == "text" else 16


def _offer(column: Column, letter: str, count: int) -> DataValidation:
    """Offer the allowed values as a list; another one may be typed, the check says what it makes of it."""
    at = get_column_letter(list(HEADS).index(column.choices) + 1)
    offer = DataValidation(
        type="list", formula1=f"'{LISTS}'!${at}$2:${at}${count + 1}", allow_blank=True, showErrorMessage=False
    )
    offer.add(f"{letter}2:{letter}{ROWS + 1}")
    return offer


def _how(book: openpyxl.Workbook) -> None:
    """What each column means, with an example."""
    sheet = book.create_sheet(HOW)
    for line in ADVICE:
        sheet.append([line])
    sheet.append([])
    sheet.append(["Лист", "Столбец", "Обязателен", "Что писать", "Пример"])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for kind in SHEETS.values():
        for column in kind.columns:
            sheet.append([kind.name, column.name, "да" if column.needed else "", column.help, column.example])
    for letter, width in zip("ABCDE", (20, 44, 12, 60, 44), strict=True):
        sheet.column_dimensions[letter].width = width


def _lists(book: openpyxl.Workbook, allowed: dict[str, list[str]]) -> None:
    sheet = book.create_sheet(LISTS)
    for at, (code, head) in enumerate(HEADS.items(), 1):
        sheet.cell(1, at, head).font = Font(bold=True)
        for row, value in enumerate(allowed[code], 2):
            sheet.cell(row, at, value)
        sheet.column_dimensions[get_column_letter(at)].width = 44
