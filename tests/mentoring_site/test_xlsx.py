"""XLSX in and out: bombs, passwords, damage, formulas; safe cells and flat memory."""

import io
import random
import re
import signal
import subprocess
import tempfile
import tracemalloc
import zipfile
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from mentoring_site.xlsx import reader as xlsx_reader
from mentoring_site.xlsx.reader import COMMAND, DamagedFile, Doubtful, Merge, Row, open_upload
from mentoring_site.xlsx.values import unescaped
from mentoring_site.xlsx.writer import Column, stream_xlsx, write_xlsx
from tests import SAMPLE
from tests.mentoring_site.bombs import BOMBS
from tests.mentoring_site.books import read_here

pytestmark = pytest.mark.point("8", "8.8")
BOOKS = SAMPLE.parent / "cases"


def book_of(rows):
    """Bytes of a workbook with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content, change):
    """The package with its members passed through ``change(name, bytes) -> bytes or None``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = change(name, old.read(name))
            if member is not None:
                new.writestr(name, member)
    return out.getvalue()


def refusal(content):
    """The sentence with which a file is refused."""
    with pytest.raises(DamagedFile) as refused:
        open_upload(content)
    return str(refused.value)


# In


def test_sample_is_read():
    book = open_upload(SAMPLE)
    rows = book.sheet("Тарификация").rows
    assert [sheet.name for sheet in book.visible] == ["Тарификация"]
    assert rows[0] == (1, ("МБУ ДО «Детская школа искусств № 1»",), False)
    assert [row.number for row in rows if row.number < 8] == [1, 2, 4, 5, 6, 7]
    assert rows[-1].number == 79
    assert len(book.sheet("Тарификация").first(6)) == 5


def test_upload_may_be_an_open_file_or_bytes():
    with SAMPLE.open("rb") as opened:
        opened.read(100)
        assert open_upload(opened) == open_upload(SAMPLE.read_bytes())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Файл пуст"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "защищён паролем или это старый формат .xls"),
        ("ФИО;Должность\nИванова;методист".encode(), "Это не книга Excel"),
        (b"PK\x03\x04 and nothing more", "Файл повреждён"),
        (b"PK\x03\x04" + b"x" * (10 * 1024 * 1024), "больше 10 МБ"),
    ],
)
def test_foreign_files_get_a_sentence(content, words):
    assert words in refusal(content)


def test_absent_file_gets_a_sentence(tmp_path):
    assert refusal(tmp_path / "нет.xlsx").endswith("нет.xlsx» нет.")
    assert "не открывается" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (["xl/workbook.bin", "[Content_Types].xml"], ".xlsb"),
        (["xl/vbaProject.bin", "[Content_Types].xml"], "макросы"),
        (["mimetype", "content.xml"], "OpenDocument"),
        (["word/document.xml"], "не книга Excel"),
        (["[Content_Types].xml", "xl/workbook.xml"], "не читается"),
    ],
)
def test_other_packages_are_named(members, words):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in members:
            package.writestr(name, b"<a/>")
    assert words in refusal(out.getvalue())


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_read_or_refused(name):
    """Small ones of those that ``script/torture`` measures at full size."""
    bomb = BOMBS[name]
    content = bomb.make(bomb.sample)
    if bomb.words:
        assert bomb.words in refusal(content)
    else:
        assert len(open_upload(content).sheets) == 1


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("bytearray(MEMORY)", 1),
        ("resource.setrlimit(resource.RLIMIT_CPU, (1, 1)); any(iter(int, 1))", -signal.SIGKILL),
    ],
)
def test_process_that_takes_too_much_is_ended(does, code):
    """Memory is an error inside, processor time ends the process: both are told by its exit code."""
    done = subprocess.run(
        [*COMMAND[:-1], COMMAND[-1].replace("import main; main()", "import *; limit(); ") + does],
        capture_output=True,
        env={},
    )
    assert done.returncode == code


def test_package_that_lies_about_its_size_is_damaged():
    content = bytearray(book_of([["ФИО"]] * 2000))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        true = package.getinfo("xl/worksheets/sheet1.xml").file_size
    lie = content.replace(true.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert "повреждён" in refusal(bytes(lie))


def test_entities_are_not_expanded():
    def poison(name, member):
        if name == "xl/worksheets/sheet1.xml":
            return b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + member.replace(b"</row>", b"&x;</row>")
        return member

    assert "повреждён" in refusal(repacked(book_of([["ФИО"]]), poison))


def test_encrypted_member_is_named():
    content = bytearray(book_of([["ФИО"]]))
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "защищён паролем" in refusal(bytes(content))


def test_formulas_are_never_evaluated():
    """A stored value is read, a formula without one is an empty cell that must not be trusted."""
    content = book_of([["ФИО", "Стаж", "Возраст"], ["Иванова", "=1+1", '=HYPERLINK("http://a.example")']])

    def calculate(name, member):
        return re.sub(rb"<f>1\+1</f><v ?(/>|></v>)", b"<f>1+1</f><v>2</v>", member)

    book = open_upload(repacked(content, calculate))
    name, service, age = book.sheets[0].rows[1].cells
    assert (name, service, age) == ("Иванова", 2, "")
    assert isinstance(age, Doubtful)
    assert age.why == "В ячейке формула без вычисленного значения: замените её значением"


def test_error_values_and_long_texts_are_doubtful():
    book = open_upload(book_of([["#REF!", "#Н/Д", "# не ошибка", "я" * 2001]]))
    error, russian, text, long = book.sheets[0].rows[0].cells
    assert (error, error.why) == ("", "В ячейке ошибка «#REF!» вместо значения")
    assert russian.why == "В ячейке ошибка «#Н/Д» вместо значения"
    assert type(text) is str
    assert (len(long), long.why) == (2000, "В ячейке больше 2 000 знаков: прочитано только начало")


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        (b'<row r="1"', b'<row r="20001"', "20 000 строк"),
        (b'<row r="1"', b'<row r="1048576"', "20 000 строк"),
        (b'<row r="1"', b'<row r="999999999999"', "повреждён"),
        (b'r="A1"', b'r="GS1"', "200 столбцов"),
    ],
)
def test_limits_of_a_sheet(was, now, words):
    content = repacked(book_of([["ФИО"]]), lambda name, member: member.replace(was, now))
    assert words in refusal(content)


def test_empty_rows_far_below_are_no_reason_to_refuse():
    """Excel writes them when somebody has formatted whole columns."""

    def stretch(name, member):
        return member.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>')

    book = open_upload(repacked(book_of([["ФИО"]]), stretch))
    assert book.sheets[0].rows == (Row(1, ("ФИО",)),)


def test_dates_times_and_durations_by_their_styles():
    book = openpyxl.Workbook()
    moments = [date(1985, 2, 1), datetime(2026, 9, 1, 12, 30), clock(9, 5), timedelta(hours=30), 29617, -1.5, True]
    book.active.append([*moments, 3_000_000, 1])
    book.active["H1"].number_format = book.active["I1"].number_format = "DD.MM.YYYY"
    out = io.BytesIO()
    book.save(out)
    (row,) = open_upload(out.getvalue()).sheets[0].rows
    assert row.cells[:7] == (datetime(1985, 2, 1), *moments[1:])
    assert row.cells[7].why == "В ячейке ошибка «#VALUE!» вместо значения"  # beyond the calendar
    assert row.cells[8] == datetime(1900, 1, 1)


@pytest.mark.parametrize(
    ("code", "number", "value"),
    [
        ("dd/mm/yyyy;@", 31079, datetime(1985, 2, 1)),
        ("[$-419]d mmmm yyyy", 31079, datetime(1985, 2, 1)),
        ('0" дней"', 31079, 31079),
        ("[Red]#,##0.00", 31079, 31079),
        ("[h]:mm", 1.5, timedelta(hours=36)),
        ("General", 31079, 31079),
    ],
)
def test_what_a_number_format_makes_of_a_number(code, number, value):
    book = openpyxl.Workbook()
    book.active["A1"] = number
    book.active["A1"].number_format = code
    out = io.BytesIO()
    book.save(out)
    assert open_upload(out.getvalue()).sheets[0].rows[0].cells == (value,)


def test_hidden_rows_columns_and_merged_areas_are_told():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 6):
        sheet.append([f"a{row}", f"b{row}", f"c{row}"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A4:A900")
    out = io.BytesIO()
    book.save(out)
    (read,) = open_upload(out.getvalue()).sheets
    assert [row.number for row in read.rows if row.hidden] == [3]
    assert read.hidden_columns == {1}
    assert read.merges == (Merge(4, 5, 0, 0),)  # within what is filled


@pytest.mark.parametrize("name", ["10-strict", "31-sharedstrings-case", "40-underline"])
def test_books_that_excel_opens_are_read(name):
    """Strict OOXML; a part in other letters' case; an underline, colour, family and date that nobody knows."""
    (sheet,) = open_upload(BOOKS / f"{name}.xlsx").visible
    assert sheet.rows[0].cells[1:3] == ("Ф.И.О.", "Должность")
    assert sheet.rows[1].cells[:3] == (1, "Уланова Вера Павловна", "преподаватель")


def test_broken_styles_are_nobodys_business():
    broken = repacked(SAMPLE.read_bytes(), lambda name, member: b"<styleSheet" if name == "xl/styles.xml" else member)
    rows = open_upload(broken).sheets[0].rows
    assert [row.number for row in rows] == [row.number for row in open_upload(SAMPLE).sheets[0].rows]


def test_book_that_counts_days_from_1904():
    book = open_upload(BOOKS / "06-date1904.xlsx")
    styled, bare = (row.cells[4] for row in book.sheets[0].rows[1:])
    assert (styled, bare, book.shift) == (datetime(1985, 2, 1), 29617, 1462)


def test_escaped_characters_are_put_back_once():
    name, post = (row.cells[1:3] for row in open_upload(BOOKS / "07-x000d.xlsx").sheets[0].rows[1:])
    assert name[0] == "УЛАНОВА\nВера Павловна"
    assert post[1] == "преподаватель\nконцертмейстер"
    assert unescaped("a_x005F_x000D_b") == "a_x000D_b"
    assert unescaped("_x0000_a_x0007_") == "a"
    assert unescaped("_xD83D__xDE00_") == "😀"
    assert unescaped("_xDE00_") == "\ufffd"


def test_hidden_sheets_are_told_and_left_aside():
    book = openpyxl.Workbook()
    book.active.title = "Черновик"
    book.active.sheet_state = "hidden"
    book.create_sheet("Список")
    out = io.BytesIO()
    book.save(out)
    read = open_upload(out.getvalue())
    assert [(sheet.name, sheet.hidden) for sheet in read.sheets] == [("Черновик", True), ("Список", False)]
    assert [sheet.name for sheet in read.visible] == ["Список"]


def test_damaged_files_never_raise_anything_else():
    """300 damages with a fixed seed: rows or a sentence, never another exception."""
    chance, whole = random.Random(20260901), SAMPLE.read_bytes()
    refused = 0
    for _ in range(300):
        content = bytearray(whole)
        if chance.random() < 0.3:
            content = content[: chance.randrange(len(content))]
        else:
            for _ in range(chance.choice([1, 3, 30])):
                content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            read_here(bytes(content))
        except DamagedFile as told:
            refused += 1
            assert str(told).endswith(".")
    assert refused > 200


def test_damaged_xml_never_raises_anything_else():
    """The same inside a sound archive, where check sums do not help."""
    chance, whole = random.Random(7), SAMPLE.read_bytes()
    names = ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml", "_rels/.rels"]

    for _ in range(100):
        victim = chance.choice(names)

        def damage(name, member, victim=victim):
            if name == victim:
                member = bytearray(member)
                for _ in range(chance.choice([1, 5])):
                    member[chance.randrange(len(member))] = chance.choice(b"<>\"'/ 09aZ&\xff")
            return bytes(member)

        try:
            read_here(repacked(whole, damage))
        except DamagedFile as told:
            assert "повреждён" in str(told) or "лист" in str(told)


# Out


def sheet_of(columns, rows, title="Список"):
    """The written workbook, read back."""
    return openpyxl.load_workbook(write_xlsx(io.BytesIO(), title, columns, rows)).active


def test_written_list_looks_like_a_list():
    sheet = sheet_of(["Ф. И. О.", Column("Дата рождения", 20)], [["Иванова", date(1990, 2, 3)], ["Петров", None]])
    assert sheet.title == "Список"
    assert [cell.font.b for cell in sheet[1]] == [True, True]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert sheet.column_dimensions["B"].width == 20
    assert (sheet["B2"].value, sheet["B2"].number_format) == (datetime(1990, 2, 3), "DD.MM.YYYY")
    assert sheet["B3"].value is None


@pytest.mark.parametrize(
    "text", ["=1+1", "+79990000000", "-5", "@SUM(A1)", "\t=1", "\n=1", "=", "#N/A", "=cmd|' /C calc'!A0"]
)
def test_text_never_becomes_a_formula(text):
    cell = sheet_of(["Текст"], [[text]])["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix == (text[0] != "#")


def test_illegal_characters_are_dropped():
    values = [row[0].value for row in sheet_of(["Т"], [["а\x00б\x1fв"], ["\ud800г\uffff"], ["д\nе"]])["A2:A4"]]
    assert values == ["абв", "г", "д\nе"]


def test_every_kind_of_value():
    moment = datetime(2026, 9, 1, 21, 30, tzinfo=UTC)
    row = [True, False, 5, 1.5, Decimal("2.50"), moment, clock(9, 5), None, Path("а"), date(1812, 9, 7)]
    cells = [cell.value for cell in sheet_of([str(i) for i in range(10)], [row])[2]]
    assert cells == ["да", "нет", 5, 1.5, 2.5, datetime(2026, 9, 2, 0, 30), clock(9, 5), None, "а", "07.09.1812"]


def test_cells_do_not_leak_into_each_other():
    rows = [["=а", date(2026, 1, 1)], ["б", "=в"], [None, date(2026, 1, 2)], ["=г", "д"]]
    sheet = sheet_of(["1", "2"], rows)
    assert [[cell.value for cell in row] for row in sheet["A2:B5"]] == [
        ["=а", datetime(2026, 1, 1)],
        ["б", "=в"],
        [None, datetime(2026, 1, 2)],
        ["=г", "д"],
    ]
    assert (sheet["A3"].quotePrefix, sheet["B5"].number_format) == (False, "General")


@pytest.mark.parametrize(
    ("title", "name"), [("а/б:[в]", "а б  в"), ("я" * 40, "я" * 31), ("", "Список"), ("'", "Список")]
)
def test_title_of_a_sheet_is_made_fit(title, name):
    assert sheet_of(["1"], [], title).title == name


@pytest.mark.django_db  # closing an answer ends a request
def test_stream_is_a_download_with_a_russian_name():
    response = stream_xlsx("Сотрудники", "Сотрудники", ["Ф. И. О."], iter([["Иванова"]]))
    assert response["Content-Type"] == xlsx_reader.CONTENT_TYPE
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert openpyxl.load_workbook(io.BytesIO(response.getvalue())).active["A2"].value == "Иванова"
    response.close()


def test_memory_stays_flat():
    """Four times the rows do not take twice the memory."""

    def peak(count):
        tracemalloc.start()
        with tempfile.TemporaryFile() as file:
            write_xlsx(file, "а", ["1", "2", "3"], ([n, f"текст {n}", date(2026, 1, 1)] for n in range(count)))
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(100)
    assert peak(4000) < 2 * peak(1000)
