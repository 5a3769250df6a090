"""Lists that failed in life: each case stands for its kind, the right value of each is here."""

from datetime import date

import pytest

from people.staff_list.checking import read_staff_list
from tests import SAMPLES

TODAY = date(2026, 11, 22)
CASES = SAMPLES / "cases"

pytestmark = pytest.mark.point("8", "8.18")


def case(name):
    """A case, read to the end."""
    return read_staff_list(CASES / f"{name}.xlsx", TODAY)


def doubts(row):
    return [finding.sentence for finding in row.findings if finding.level == "doubt"]


def departments(staff_list):
    return {row.staff.last: row.staff.department for row in staff_list.rows}


def aside(staff_list):
    return [(row.number, row.taken_for, row.text) for row in staff_list.ignored]


def test_sections_in_capitals():
    assert departments(case("01-caps-sections")) == {
        "Уланова": "Фортепиано",
        "Громов": "Народные инструменты",
        "Зимина": "Театральное искусство",
    }


def test_what_follows_a_subtotal_is_read_as_before():
    read = case("02-subtotals")
    assert departments(read) == {
        "Уланова": "Фортепианное отделение",
        "Громов": "Отделение духовых инструментов",
        "Зимина": "Хореографическое отделение",
    }
    assert [(n, kind) for n, kind, _ in aside(read)] == [
        (1, "над шапкой"),
        (5, "итог"),
        (8, "итог"),
        (11, "итог"),
    ]
    assert read.notes == []


def test_a_merged_cell_holds_for_every_row_it_spans():
    read = case("03-merged-vertical")
    assert [(row.staff.last, row.staff.post, row.staff.department) for row in read.rows] == [
        ("Уланова", "преподаватель", "Фортепиано"),
        ("Громов", "преподаватель", "Фортепиано"),
        ("Зимина", "преподаватель", "Хореография"),
        ("Зимина", "концертмейстер", "Хореография"),
        ("Белов", "преподаватель", "Хореография"),
    ]
    assert read.rows[3].same_as == 4 and read.people == 4


def test_remarks_do_not_stay_in_posts():
    rows = {row.staff.last: row.staff for row in case("13-post-remarks").rows}
    assert {last: (staff.post, staff.kind, staff.remarks) for last, staff in rows.items()} == {
        "Уланова": ("преподаватель", "internal", ""),
        "Громов": ("преподаватель", "main", "0,5 ст."),
        "Зимина": ("преподаватель", "external", ""),
        "Белов": ("концертмейстер", "main", "1,25 ставки"),
        "Рыжова": ("исполняющий обязанности директора", "main", ""),
        "Лунина": ("преподаватель", "main", "декретный отпуск"),
    }
    assert not rows["Рыжова"].is_teaching


SERVICE = {
    3: 276,  # с 2003
    4: 276,  # с 2003 года
    5: 144,  # 12 лет
    6: 144,  # 12
    7: 150,  # 12,5
    8: 155,  # 12.11
    9: 150,  # 12.5 as a number
    10: 147,  # 12 л. 3 м.
    11: 147,  # 12/3
    12: 147,  # 12-03-05
    13: 147,  # 12 лет 3 мес. 5 дней
    14: 240,  # более 20 лет
    15: 240,  # 20 и более
    16: 12,  # 1 год
    17: 12,  # 1г.
    18: 6,  # 6 мес.
    19: 0,  # менее 1 года
    20: None,  # молодой специалист
    21: 132,  # с 01.09.2015 г.
    22: 132,  # 2015
    23: None,  # a date of the running year: Excel made it of «5.10»
    24: 120,  # 12 лет (общий), 10 лет (пед.)
    25: 144,  # стаж 12 лет
    26: 144,  # 12 лет на 01.09.2026
    27: 263,  # 21 год 11 мес
}


def test_service_in_every_spelling():
    rows = case("15-service").rows
    assert {row.number: row.staff.service_months for row in rows} == SERVICE
    assert [row.number for row in rows if doubts(row)] == [14, 15, 20, 23]


CATEGORIES = {
    2: ("highest", "866-од", date(2024, 12, 20), ""),
    3: ("first", "01-05/117", date(2024, 12, 20), ""),
    4: ("highest", "", None, ""),
    5: ("first", "", None, ""),
    6: ("first", "", None, ""),
    7: ("fit", "", None, ""),
    8: ("fit", "", None, ""),
    9: ("", "", None, ""),
    10: ("highest", "", None, ""),
    11: ("highest", "", date(2024, 12, 20), ""),
    12: ("first", "", None, ""),
    13: ("", "", None, ""),
    14: ("", "", None, ""),
    15: ("", "", None, "mentor"),
    16: ("highest", "41/1-од", date(2024, 2, 1), ""),
    17: ("first", "866", date(2024, 12, 20), ""),
    18: ("first", "866", date(2024, 12, 20), ""),
    19: ("highest", "", None, ""),
    20: ("", "", None, "methodist"),
    21: ("first", "", None, ""),
    22: ("highest", "", None, ""),
}


def test_categories_with_orders():
    rows = case("16-categories").rows
    read = {
        row.number: (
            row.staff.category,
            row.staff.category_order,
            row.staff.category_date,
            row.staff.extra_category,
        )
        for row in rows
    }
    assert read == CATEGORIES
    assert [row.number for row in rows if doubts(row)] == [19, 21, 22]
    assert doubts(rows[17]) == ["В ячейке две категории: будет записана высшая, остальное — в примечание"]
    remarks = {row.number: row.staff.remarks for row in rows if row.staff.remarks}
    assert {10: "до 20.12.2029", 12: "2024", 14: "молодой специалист"}.items() <= remarks.items()


PHONES = {
    2: ("+79610000001", ""),
    3: ("+79610000001", "тел. +7 961 000 00 02"),
    4: ("+79610000001", "тел. 84722 4-00-01"),
    5: ("", "тел. 4-00-01"),
    6: ("+78472240001", ""),
    7: ("+78472240001", "тел. доб. 12"),
    8: ("+79610000001", ""),
    9: ("+79610000001", ""),
    10: ("+79610000001", "тел. мама"),
    11: ("+79610000001", ""),
    12: ("", "тел. 8961000001"),
    13: ("+79610000001", "тел. WhatsApp 8961-000-00-02"),
    14: ("+79610000001", ""),
    15: ("+375291234567", ""),
    16: ("+79610000001", ""),
    17: ("+79610000001", ""),
    18: ("+79610000001", ""),
    19: ("+79610000001", ""),
}


def test_phones():
    rows = case("17-phones").rows
    assert {row.number: (row.staff.phone, row.staff.remarks) for row in rows} == PHONES
    assert [row.number for row in rows if doubts(row)] == [5, 10, 12]


NAMES = {
    2: ("Иванова Анна Сергеевна", "Петрова"),
    3: ("Иванова Анна Сергеевна", ""),
    5: ("Иванова Анна", ""),
    6: ("Мамедов Ильгар Вагиф оглы", ""),
    7: ("Бадма-Халгаева Байрта Санджиевна", ""),
    8: ("Иванова Анна Сергеевна", ""),
    9: ("Иванова Анна Сергеевна", ""),
    10: ("Иванова Анна Сергеевна", "1985 г.р."),
    11: ("Иванова-Петрова Анна Сергеевна", ""),
    12: ("Иванова-Петрова Анна Сергеевна", ""),
    15: ("Иванова Анна Сергеевна", "*"),
    16: ("Иванова Анна Сергеевна", "1)"),
    17: ("д'Артаньян Пьер Жанович", ""),
    18: ("Ким Сергей Вон Ен", ""),
    19: ("Иванова Анна Сергеевна", ""),
    23: ("Оглы Мехмет", ""),
    24: ("Иванова Анна Сергеевна", "отп. по уходу"),
    25: ("Иванова Анна Сергеевна", ""),
}


def test_marks_and_years_after_the_name_are_remarks():
    read = case("18-names")
    rows = {row.number: row for row in read.rows}
    good = {n: row for n, row in rows.items() if row.verdict != "refused"}
    assert {n: (row.staff.full_name, row.staff.remarks) for n, row in good.items()} == NAMES
    assert {n for n, row in rows.items() if row.verdict == "refused"} == {4, 20, 21, 22}  # initials, Latin letters
    assert [(n, kind) for n, kind, _ in aside(read)] == [(13, "вакансия"), (14, "вакансия")]
    assert rows[25].staff.kind == "external"


def test_heading_in_three_rows_and_a_row_of_column_numbers():
    read = case("19-three-header-rows")
    assert (read.mapping.header_row, read.mapping.header_rows) == (2, 3)
    assert read.mapping.columns == {
        "name": 1,
        "post": 2,
        "category": 3,
        "category_order": 4,
        "birth_date": 5,
        "phone": 6,
    }
    assert (5, "номера столбцов", "1 2 3 4 5 6 7") in aside(read)
    assert [(r.staff.last, r.staff.category, r.staff.category_order, r.staff.category_date) for r in read.rows] == [
        ("Уланова", "first", "866", date(2024, 12, 20)),
        ("Громов", "highest", "867", date(2024, 12, 20)),
    ]


def test_notes_above_and_below_are_left_aside_with_their_words():
    read = case("25-notes-below")
    assert [row.staff.last for row in read.rows] == ["Уланова"]
    assert aside(read) == [
        (1, "над шапкой", "СОГЛАСОВАНО УТВЕРЖДАЮ"),
        (2, "над шапкой", "Список работников ДШИ"),
        (6, "примечание", "* совместители"),
        (7, "примечание", "Примечание: вакансии – 0,5 ставки концертмейстера"),
        (8, "подпись", "Исп. Петрова А.А., тел. 4-00-01"),
        (9, "подпись", "Директор ____________ /Сидорова И.И./"),
        (10, "итог", "Принято 12 человек в т.ч. совместителей 2"),
    ]


def test_odd_headings():
    read = case("27-odd-headings")
    rows = {row.staff.last: row.staff for row in read.rows}
    ulanova, gromov = rows["Уланова"], rows["Громов"]
    assert (ulanova.education_level, ulanova.education_place, ulanova.kind) == ("higher", "КГУ, 2007", "main")
    assert (ulanova.category, ulanova.category_date, ulanova.service_months) == ("highest", date(2024, 12, 20), 144)
    assert (gromov.education_level, gromov.education_place) == (
        "vocational",
        "Элистинское училище искусств, 2005",
    )
    assert (gromov.category, gromov.category_date, gromov.birth_date) == (
        "first",
        date(2024, 12, 20),
        date(1985, 2, 3),
    )
    assert read.unread == ["Общий стаж", "Стаж работы в данном учреждении"]
