"""The staff list before the register: recognition, cleaning, comparison. The sample is a real list with real mess."""

import io
import random
from datetime import date, datetime

import openpyxl
import pytest

from mentoring_site.xlsx.reader import DamagedFile, open_upload
from people.staff_list import cells as staff_list_cells
from people.staff_list.checking import read_staff_list
from people.staff_list.recognition import Mapping, recognize
from people.staff_list.sheet_rows import people_rows
from tests import SAMPLE
from tests.mentoring_site.books import read_here
from tests.people.staff_list.hostile import HOSTILE

TODAY = date(2026, 11, 22)
HEAD = ["Ф.И.О.", "Должность", "Дата рождения"]

pytestmark = pytest.mark.point("8")


@pytest.fixture(scope="module")
def sample():
    return read_staff_list(SAMPLE, TODAY)


def book_of(*rows, sheets=None):
    """An opened workbook with these rows (or with several named sheets)."""
    book = openpyxl.Workbook()
    for title, lines in (sheets or {"Лист1": rows}).items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    return open_upload(out.getvalue())


def listed(*rows, head=HEAD):
    """A list with a heading and these rows, read to the end."""
    return read_staff_list(book_of(head, *rows), TODAY)


def only(staff_list):
    """The only row of a list and its findings as (field, level, sentence)."""
    (row,) = staff_list.rows
    return row.staff, [(f.field, f.level, f.sentence) for f in row.findings]


# The sample


def test_sample_is_recognised():
    assert recognize(open_upload(SAMPLE)) == Mapping(
        "Тарификация",
        4,
        2,
        {
            "name": 1,
            "post": 2,
            "education": 3,
            "education_place": 4,
            "category": 5,
            "service": 6,
            "birth_date": 7,
            "phone": 8,
            "email": 9,
            "note": 10,
        },
        date(2026, 9, 1),
    )


def test_sample_has_64_rows_about_63_people(sample):
    assert (len(sample.rows), sample.people, sample.notes) == (64, 63, [])
    assert [(i.number, i.taken_for) for i in sample.ignored] == [
        (1, "над шапкой"),
        (2, "над шапкой"),
        (78, "итог"),
        (79, "подпись"),
    ]


def test_sample_refusals_are_exactly_these(sample):
    found = [(f.row, f.column, f.sentence) for row in sample.by_verdict("refused") for f in row.findings]
    assert found == [
        (29, "Дата рождения", "Дата рождения 05.05.2031 ещё не наступила"),
        (36, "Должность", "Не указана должность"),
        (39, "Дата рождения", "Дата рождения 31.02.1990: такого дня нет"),
    ]


def test_sample_doubts_are_exactly_these(sample):
    found = [(f.row, f.column, f.ask, f.sentence) for row in sample.by_verdict("doubtful") for f in row.findings]
    assert found == [
        (26, "Ф.И.О.", "gender", "Нет отчества, пол по нему не определить: укажите пол"),
        (33, "E-mail", "confirm", "В столбце адресов стоит «нет»: это не адрес, e-mail останется пустым"),
        (
            46,
            "Ф.И.О.",
            "confirm",
            "В имени примечание «декретный отпуск»: имя читается как «Катаева Татьяна Петровна», примечание сохранится",
        ),
    ]
    (remarked,) = [row.staff for row in sample.rows if row.number == 46]
    assert (remarked.full_name, remarked.remarks, remarked.gender) == (
        "Катаева Татьяна Петровна",
        "декретный отпуск",
        "f",
    )


def test_sample_repairs_are_exactly_these(sample):
    found = {f.row: f.sentence for row in sample.by_verdict("accepted") for f in row.findings}
    assert found == {
        16: "Убраны лишние пробелы",
        19: "Латинские буквы заменены русскими: «Бадмаева Саглара Дорджиевна»",
        22: "Прописные буквы заменены строчными: «КАТАЕВ МИНГИЯН ВИКТОРОВИЧ» → «Катаев Мингиян Викторович»",
        42: "Неразрывные пробелы заменены обычными",
        76: "Человек уже есть в строке 20: будет записано второе место работы",
    }


def test_sample_names_are_clean(sample):
    names = {row.number: row.staff.full_name for row in sample.rows}
    assert [names[number] for number in (16, 19, 22, 42)] == [
        "Манджиева Айса Викторовна",
        "Бадмаева Саглара Дорджиевна",
        "Катаев Мингиян Викторович",
        "Тюрбеева Елена Басанговна",
    ]


def test_sample_person_with_two_employments(sample):
    first, second = (row for row in sample.rows if row.staff.full_name == "Санджи-Горяева Кермен Дмитриевна")
    assert (first.number, second.number, second.same_as) == (20, 76, 20)
    assert (first.staff.kind, first.staff.department) == ("main", "Фортепианное отделение")
    assert (second.staff.kind, second.staff.department) == ("internal", "Теоретическое отделение")


def test_sample_departments_are_the_section_rows(sample):
    counted = {}
    for row in sample.rows:
        counted[row.staff.department] = counted.get(row.staff.department, 0) + 1
    assert counted == {
        "Администрация": 6,
        "Фортепианное отделение": 9,
        "Отделение народных инструментов": 8,
        "Хореографическое отделение": 11,
        "Художественное отделение": 11,
        "Вокально-хоровое отделение": 10,
        "Теоретическое отделение": 9,
    }


def test_sample_first_rows_in_full(sample):
    director = sample.rows[0].staff
    assert (director.full_name, director.gender, director.birth_date) == (
        "Настаев Виктор Ильич",
        "m",
        date(1985, 9, 28),
    )
    assert (director.post, director.is_teaching, director.kind) == ("директор", False, "main")
    assert (director.education_level, director.education_place) == (
        "higher",
        "Астраханская государственная консерватория",
    )
    assert (director.category, director.category_order, director.category_date) == ("fit", "584", date(2024, 12, 20))
    assert (director.service_months, director.service_in_years) == (168, True)
    deputy = sample.rows[2].staff
    assert (deputy.phone, deputy.email, deputy.service_months) == ("+79105734526", "", 37 * 12 + 4)


def test_sample_teaching_posts(sample):
    assert {row.staff.post for row in sample.rows if not row.staff.is_teaching} == {
        "директор",
        "заместитель директора по учебно-воспитательной работе",
        "заместитель директора по методической работе",
        "специалист по кадрам",
        "системный администратор",
        "",
    }


def test_sample_genders(sample):
    assert [row.number for row in sample.rows if row.staff.gender is None] == [26]


# Recognition


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        (
            ["№", "Фамилия", "Имя", "Отчество", "Должность"],
            {"last_name": 1, "first_name": 2, "middle_name": 3, "post": 4},
        ),
        (
            ["ФИО сотрудника", "Занимаемая должность", "Отделение", "Вид занятости"],
            {"name": 0, "post": 1, "department": 2, "kind": 3},
        ),
        (["Фамилия", "Должность"], {"name": 0, "post": 1}),
        (
            ["Ф. И. О. педагога", "Должность", "Общий стаж", "Педагогический стаж", "Стаж"],
            {"name": 0, "post": 1, "service": 3},
        ),
        (
            ["Фамилия, имя, отчество", "Должность", "Пол", "Дата приёма", "Моб. телефон", "Адрес электронной почты"],
            {"name": 0, "post": 1, "gender": 2, "hired": 3, "phone": 4, "email": 5},
        ),
        (
            ["Сотрудник", "Наименование должности", "Число, месяц, год рождения", "Дата аттестации", "Категория"],
            {"name": 0, "post": 1, "birth_date": 2, "category": 4},
        ),
    ],
)
def test_columns_by_synonyms(head, columns):
    mapping = recognize(book_of(head, ["1"] * len(head)))
    assert {name: at for name, at in mapping.columns.items() if name in columns} == columns
    assert mapping.complete


def test_sheet_with_the_list_is_found():
    book = book_of(sheets={"Титул": [["Школа"], ["Список"]], "Кадры": [[], ["Список на 1 сентября 2025 года"], HEAD]})
    mapping = recognize(book)
    assert (mapping.sheet, mapping.header_row, mapping.as_of) == ("Кадры", 3, date(2025, 9, 1))


def test_without_names_or_posts_the_mapping_is_incomplete():
    assert recognize(book_of(["Должность", "Телефон"])).missing == ["Ф. И. О."]
    assert recognize(book_of(["ФИО", "Телефон"])).missing == ["Должность"]
    with pytest.raises(DamagedFile, match="ни одной заполненной строки"):
        recognize(book_of())


def test_mapping_can_be_corrected_and_kept():
    book = book_of(["кто", "кем"], ["Иванова Анна Петровна", "методист"])
    mapping = Mapping.from_json(Mapping("Лист1", 1, 1, {"name": 0, "post": 1}, date(2026, 1, 2)).to_json())
    staff, findings = only(read_staff_list(book, TODAY, mapping))
    assert (staff.full_name, staff.post, findings) == ("Иванова Анна Петровна", "методист", [])


def test_foreign_sheet_in_a_mapping_gets_a_sentence():
    with pytest.raises(DamagedFile, match="нет листа «Лист9»"):
        people_rows(book_of(HEAD), Mapping("Лист9", 1))


def test_rows_of_no_interest():
    read = listed(
        [1, 2, 3],
        ["ФОРТЕПИАННОЕ ОТДЕЛЕНИЕ:", None, None],
        ["Иванова Анна Петровна", "методист", None],
        HEAD,
        [" ", None, ""],
        ["Петров Пётр Петрович", None, None],
        ["Всего: 2", None, None],
        ["Директор", None, "В. И. Настаев"],
    )
    assert [(row.number, row.verdict, row.staff.department) for row in read.rows] == [
        (4, "accepted", "Фортепианное отделение"),
        (7, "refused", "Фортепианное отделение"),
    ]
    assert [(i.number, i.taken_for) for i in read.ignored] == [
        (2, "номера столбцов"),
        (5, "повтор шапки"),
        (8, "итог"),
        (9, "подпись"),
    ]


def test_total_that_does_not_agree_is_told():
    read = listed(["Иванова Анна Петровна", "методист", None], ["Итого", 7, None])
    assert read.notes == ["В итоговой строке стоит 7, а строк о людях найдено 1"]


def test_a_section_right_under_the_heading_is_no_part_of_it():
    people = [[n, f"Иванова{letter} Анна Петровна", "методист"] for n, letter in enumerate("аб", 1)]
    book = book_of(["№ п/п", "Ф.И.О.", "Должность"], ["Отделение фортепиано"], *people)
    assert recognize(book) == Mapping("Лист1", 1, 1, {"name": 1, "post": 2})
    read = read_staff_list(book, TODAY)
    assert [row.staff.department for row in read.rows] == ["Отделение фортепиано"] * 2


def test_a_heading_word_alone_in_its_second_row_still_belongs_to_it():
    book = book_of(["Ф.И.О.", "Должность", "Дата"], [None, None, "рождения"], ["Иванова Анна Петровна", "методист"])
    assert recognize(book) == Mapping("Лист1", 1, 2, {"name": 0, "post": 1, "birth_date": 2})


def test_department_column_goes_before_sections():
    read = listed(
        ["Оркестровый отдел", None, None],
        ["Иванова Анна Петровна", "методист", "Хоровое"],
        head=["ФИО", "Должность", "Отделение"],
    )
    assert only(read)[0].department == "Хоровое"


# Names


@pytest.mark.parametrize(
    ("name", "full_name", "level", "sentence"),
    [
        (
            "иванова анна петровна",
            "Иванова Анна Петровна",
            "repair",
            "Строчные буквы в имени заменены: «Иванова Анна Петровна»",
        ),
        (
            "Иванова Анна Петровна - совместитель",
            "Иванова Анна Петровна",
            "doubt",
            "В имени примечание «совместитель»: имя читается как «Иванова Анна Петровна», примечание сохранится",
        ),
        (
            "Иванова Анна Петровна (с 01.09)",
            "Иванова Анна Петровна",
            "doubt",
            "В имени примечание «с 01.09»: имя читается как «Иванова Анна Петровна», примечание сохранится",
        ),
        (
            "Анна Петровна Иванова",
            "Иванова Анна Петровна",
            "doubt",
            "Похоже, фамилия стоит последней: имя читается как «Иванова Анна Петровна»",
        ),
        (
            "Иванова А. П.",
            "Иванова А. П.",
            "refusal",
            "«Иванова А. П.»: вместо имени инициалы, для приказов нужно полное имя",
        ),
        ("Мамедов Али Гусейн оглы", "Мамедов Али Гусейн оглы", None, None),
    ],
)
def test_names(name, full_name, level, sentence):
    staff, findings = only(listed([name, "методист", "01.01.1990"]))
    assert staff.full_name == full_name
    assert next(((lv, s) for f, lv, s in findings if lv == level), (None, None))[0] == level
    assert sentence is None or sentence in [s for _, _, s in findings]


def test_three_columns_of_names():
    read = read_staff_list(
        book_of(
            ["Фамилия", "Имя", "Отчество", "Должность", "Пол"],
            ["ИВАНОВА", " Анна", "Петровна", "методист", "ж"],
            ["Ким", "Бадма", None, "методист", "муж."],
            ["Ким", None, None, "методист", "м"],
            ["Цой", "Нина", "Ивановна", "методист", "м"],
        ),
        TODAY,
    )
    assert [(r.staff.full_name, r.staff.gender, r.verdict) for r in read.rows] == [
        ("Иванова Анна Петровна", "f", "accepted"),
        ("Ким Бадма", "m", "accepted"),
        ("Ким", "m", "refused"),
        ("Цой Нина Ивановна", None, "doubtful"),
    ]
    assert read.rows[3].findings[0].sentence == "В списке пол мужской, а отчество «Ивановна» — женский: укажите пол"


def test_no_name_is_refused():
    read = listed([None, "методист", "01.01.1990"], ["Иванова", "методист", "01.01.1990"])
    assert [f.sentence for row in read.rows for f in row.findings if f.level == "refusal"] == [
        "Не указано имя человека",
        "«Иванова» — только одно слово: нужны фамилия, имя и отчество",
    ]


# Persons who stand twice


def test_namesakes_and_repetitions():
    name = "Иванова Анна Петровна"
    read = listed(
        [name, "методист", "01.01.1990", "осн."],
        [name, "концертмейстер", "01.01.1990", "внутр. совм."],
        ["ИВАНОВА АННА ПЕТРОВНА", "методист", "01.01.1990", "осн."],
        [name, "методист", "02.02.1992", "осн."],
        [name, "преподаватель", None, "внутр."],
        head=[*HEAD, "Вид занятости"],
    )
    assert [(row.verdict, row.same_as) for row in read.rows] == [
        ("accepted", 0),
        ("accepted", 2),
        ("doubtful", 2),
        ("doubtful", 0),
        ("doubtful", 2),
    ]
    assert [row.findings[-1].sentence for row in read.rows[1:]] == [
        "Человек уже есть в строке 2: будет записано второе место работы",
        "Повтор строки 2: тот же человек, должность и вид занятости",
        "Полный тёзка из строки 2 с другой датой рождения: будут записаны два разных человека",
        "Человек уже есть в строке 2: будет записано второе место работы",
    ]
    assert read.people == 2


def test_contradiction_about_one_person():
    read = listed(
        ["Иванова Анна Петровна", "методист", "01.01.1990", "высшая", "осн."],
        ["Иванова Анна Петровна", "концертмейстер", "01.01.1990", "первая", "внутр."],
        head=[*HEAD, "Категория", "Примечание"],
    )
    assert (
        read.rows[1].findings[-1].sentence
        == "В строке 2 о том же человеке сказано другое (категория): останется то, что там"
    )


# Cells


def test_age_and_service_that_contradict():
    def sentences(born, service):
        row = ["Иванова Анна Петровна", "методист", born, service]
        return [s for _, _, s in only(listed(row, head=[*HEAD, "Стаж"]))[1]]

    assert sentences("01.01.1990", "33 года") == [
        "Возраст 36\u00a0лет и стаж 33\u00a0года не сходятся: работать пришлось бы с 3\u00a0лет"
    ]
    assert sentences("01.01.2001", 30) == [
        "Возраст 25\u00a0лет и стаж 30\u00a0лет не сходятся: работать пришлось бы до рождения"
    ]
    assert sentences("01.01.2018", None) == ["Дата рождения 01.01.2018: получается, что человеку 8\u00a0лет"]
    assert sentences("01.01.1990", 18) == []


@pytest.mark.parametrize(
    ("cell", "value", "level"),
    [
        (datetime(1990, 2, 3), date(1990, 2, 3), ""),
        ("03.02.1990 г.", date(1990, 2, 3), ""),
        ("3/2/1990", date(1990, 2, 3), ""),
        ("1990-02-03", date(1990, 2, 3), ""),
        ("3 февраля 1990 года", date(1990, 2, 3), ""),
        ("5 мая 1990", date(1990, 5, 5), ""),
        ("\u00a003.02.1990 ", date(1990, 2, 3), ""),
        (None, None, ""),
        ("—", None, ""),
        ("03.02.85", date(1985, 2, 3), "doubt"),
        (32907, date(1990, 2, 3), "doubt"),
        ("1990", None, "doubt"),
        (1990, None, "doubt"),
        (7, None, "doubt"),
        ("не помнит", None, "doubt"),
        ("3 фуфля 1990", None, "doubt"),
        (True, None, "doubt"),
        ("31.02.1990", None, "refusal"),
        ("32.01.1990", None, "refusal"),
        ("1.13.1990", None, "refusal"),
        ("00.00.0000", None, "refusal"),
    ],
)
def test_dates(cell, value, level):
    assert staff_list_cells.read_date(cell)[:2] == (value, level)


@pytest.mark.parametrize(
    ("cell", "value", "level"),
    [
        (89105734526, "+79105734526", ""),
        ("8-949-569-50-38", "+79495695038", ""),
        ("+7 (997) 529 6964", "+79975296964", ""),
        (9105734526.0, "+79105734526", ""),
        ("+375 29 123-45-67", "+375291234567", ""),
        ("", "", ""),
        ("-", "", ""),
        ("8 910 573 45 26, 2-34-56", "+79105734526", "repair"),
        ("2-34-56", "", "doubt"),
        ("нет", "", "doubt"),
        (5, "", "doubt"),
    ],
)
def test_phones(cell, value, level):
    assert staff_list_cells.read_phone(cell)[:2] == (value, level)


@pytest.mark.parametrize(
    ("cell", "value", "level"),
    [
        ("User2@School.example", "user2@school.example", ""),
        ("mailto:a@b.ru;", "a@b.ru", "repair"),
        ("а@b.ru", "a@b.ru", "repair"),
        ("a@b.ru, c@d.ru", "a@b.ru", "repair"),
        ("нет", "", "doubt"),
        ("a@b", "", "doubt"),
        ("www.school.ru", "", "doubt"),
        ("Завуч@Школа.рф", "завуч@школа.рф", ""),
        ("mailto:info@школа.рф;", "info@школа.рф", "repair"),
        (None, "", ""),
    ],
)
def test_emails(cell, value, level):
    assert staff_list_cells.read_email(cell)[:2] == (value, level)


@pytest.mark.parametrize(
    ("cell", "months", "whole"),
    [
        (14, 168, True),
        ("1 лет", 12, True),
        ("37 л. 4 мес.", 448, False),
        ("0 л. 1 мес.", 1, False),
        ("2,5", 30, False),
        ("8 мес", 8, False),
        ("менее года", 0, True),
        ("без стажа", 0, True),
        ("12/5", 149, False),
        ("12/5/20", 149, False),
        ("с 2015 г.", 132, False),
        ("с 15.09.2020", 71, False),
        ("10 лет 3 месяца 5 дней", 123, False),
        (14.0, 168, True),
    ],
)
def test_service(cell, months, whole):
    read = staff_list_cells.read_service(cell, date(2026, 9, 1))
    assert (read.value[:2], read.level) == ((months, whole), "")


@pytest.mark.parametrize("cell", ["много", 99, "5 лет 14 мес.", "с 2031 г.", "12/13", True])
def test_service_not_understood(cell):
    assert staff_list_cells.read_service(cell, date(2026, 9, 1))[:2] == (None, "doubt")


@pytest.mark.parametrize(
    ("text", "level", "order", "day"),
    [
        ("высшая, пр. № 866 от 20.12.2024", "highest", "866", date(2024, 12, 20)),
        ("первая", "first", "", None),
        ("соответствие занимаемой должности, пр. № 12-од от 1.2.2023 г.", "fit", "12-од", date(2023, 2, 1)),
        ("1 кв. категория", "first", "", None),
        ("СЗД", "fit", "", None),
        ("Высшая (приказ от 20.12.2024 № 866)", "highest", "866", date(2024, 12, 20)),
    ],
)
def test_categories(text, level, order, day):
    assert staff_list_cells.read_category(text) == staff_list_cells.Read(staff_list_cells.Category(level, order, day))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("без категории", ""),
        ("-", ""),
        ("нет", ""),
        ("вторая", "doubt"),
        ("хорошая", "doubt"),
        ("первая, пр. № 5 от 31.02.2024", "doubt"),
    ],
)
def test_no_category(text, level):
    assert staff_list_cells.read_category(text)[:2] == (None, level)


@pytest.mark.parametrize(
    ("text", "value", "level", "rest"),
    [
        ("осн.", "main", "", ""),
        ("внутр. совм.", "internal", "", ""),
        ("внешн. совм.", "external", "", ""),
        ("внешний совместитель", "external", "", ""),
        ("штатный", "main", "", ""),
        ("совместитель", "external", "doubt", ""),
        ("осн., декретный отпуск", "main", "", "декретный отпуск"),
        ("молодой специалист", "", "", "молодой специалист"),
        ("", "", "", ""),
    ],
)
def test_kinds_of_work(text, value, level, rest):
    read = staff_list_cells.read_kind(text)
    assert (read.value, read.level, read.remark) == (value, level, rest)


@pytest.mark.parametrize(
    ("text", "value", "level", "rest"),
    [
        ("высшее", "higher", "", ""),
        ("Среднее профессиональное", "vocational", "", ""),
        ("ср.-спец.", "vocational", "", ""),
        ("высшее, КГУ, 2004", "higher", "", "КГУ, 2004"),
        ("среднее", "secondary", "", ""),
        ("студент 3 курса", "student", "", ""),
        ("неоконченное высшее", "student", "", ""),
        ("КалмГУ, институт искусств", "higher", "doubt", "КалмГУ, институт искусств"),
        ("разное", "", "doubt", "разное"),
        ("высшее образование", "higher", "", ""),
    ],
)
def test_education(text, value, level, rest):
    read = staff_list_cells.read_education(text)
    assert (read.value, read.level, read.remark) == (value, level, rest)


@pytest.mark.parametrize(
    ("post", "teaching"),
    [
        ("преподаватель по классу баяна", True),
        ("концертмейстер", True),
        ("методист", True),
        ("педагог-психолог", True),
        ("и. о. директора", False),
        ("зам. директора по УВР", False),
        ("заведующий отделением", False),
        ("специалист по кадрам", False),
    ],
)
def test_guess_of_teaching_posts(post, teaching):
    assert staff_list_cells.is_teaching_post(post) is teaching


def test_texts_are_mended_and_told():
    staff, findings = only(listed(["Иванова Анна Петровна", "преподаватель  пo классу фортепиано", None]))
    assert staff.post == "преподаватель по классу фортепиано"
    assert findings == [
        ("post", "repair", "Убраны лишние пробелы и невидимые знаки"),
        ("post", "repair", "Латинские буквы заменены русскими: «преподаватель по классу фортепиано»"),
    ]


def test_formula_and_error_cells_are_doubts():
    read = listed(["Иванова Анна Петровна", "методист", "=TODAY()-10000"], ["Петров Пётр Петрович", "#REF!", None])
    assert [(f.level, f.sentence) for row in read.rows for f in row.findings] == [
        ("doubt", "В ячейке формула без вычисленного значения: замените её значением"),
        ("doubt", "В ячейке ошибка «#REF!» вместо значения"),
        ("refusal", "Не указана должность"),
    ]


def test_hostile_cells_give_rows_and_sentences():
    """Every nasty value in every column: a row with findings, never an exception, never beyond the
    limits of columns.
    """
    head = [
        "ФИО",
        "Должность",
        "Отделение",
        "Вид занятости",
        "Образование",
        "Что окончил",
        "Категория",
        "Стаж",
        "Дата рождения",
        "Пол",
        "Дата приёма",
        "Телефон",
        "E-mail",
        "Примечание",
    ]
    chance = random.Random(3)
    rows = [[chance.choice(HOSTILE) for _ in head] for _ in range(300)]
    rows += [["Иванова Анна Петровна", "методист", *[value] * 12] for value in HOSTILE]
    for row in listed(*rows, head=head).rows:
        staff = row.staff
        assert max(map(len, (staff.last, staff.first, staff.middle))) <= 120
        assert (
            len(staff.post) <= 200,
            len(staff.department) <= 120,
            len(staff.remarks) <= 300,
            len(staff.education_place) <= 300,
        ) == (True,) * 4
        assert len(staff.phone) <= 20 and len(staff.email) <= 254 and len(staff.category_order) <= 60
        assert row.verdict != "accepted" or (staff.last and staff.first and staff.post and staff.gender)


def test_5000_rows():
    rows = [
        [
            f"Иванова{'абвгдежзик'[n % 10]}{'лмнопрстуф'[n // 10 % 10]}{'абвгдежзик'[n // 100 % 10]} Анна Петровна",
            "методист",
            date(1960 + n % 40, 1 + n % 12, 1 + n % 28),
        ]
        for n in range(5000)
    ]
    assert len(listed(*rows).rows) == 5000


def test_damaged_samples_give_rows_or_a_sentence():
    """300 damages with a fixed seed through the whole reading."""
    chance, whole = random.Random(8), SAMPLE.read_bytes()
    for _ in range(300):
        content = bytearray(whole)
        if chance.random() < 0.3:
            content = content[: chance.randrange(len(content))]
        else:
            for _ in range(chance.choice([1, 2, 20])):
                content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            assert read_staff_list(read_here(bytes(content)), TODAY).rows
        except DamagedFile as told:
            assert str(told).endswith(".")


def test_bare_numbers_of_a_book_that_counts_days_from_1904():
    staff_list = read_staff_list(SAMPLE.parent / "cases/06-date1904.xlsx", TODAY)
    assert [row.staff.birth_date for row in staff_list.rows] == [date(1985, 2, 1), date(1985, 2, 1)]
    assert staff_list.rows[1].original[4] == 29617 + 1462  # a list of corrections counts days as other books do
