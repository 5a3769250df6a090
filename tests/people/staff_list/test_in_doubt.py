"""Nothing is misread silently: what may be meant otherwise is asked, what is not read is named."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from mentoring_site.xlsx.reader import open_upload
from people.language.posts import written_out
from people.staff_list.cells import read_category, read_education, read_email, read_phone, read_post
from people.staff_list.cells.work import has_expired
from people.staff_list.checking import read_staff_list

TODAY = date(2026, 11, 22)
ANNA, VERA, OLGA = "Иванова Анна Петровна", "Седова Вера Ильинична", "Лиджиева Ольга Баатровна"
POST = "преподаватель"

pytestmark = pytest.mark.point("8")


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def read(*rows):
    return read_staff_list(open_upload(saved(book_of(*rows))), TODAY)


def doubts(row):
    return [finding.sentence for finding in row.findings if finding.level == "doubt"]


def asked(*rows):
    return [doubts(row) for row in read(*rows).rows]


# somebody who has left


@pytest.mark.parametrize(
    ("head", "cell", "words"),
    [
        ("Состояние", "Уволен", "В строке сказано «Уволен»"),
        ("Примечание", "уволена 01.09.2026", "В строке сказано «уволена 01.09.2026»"),
        ("Примечание", "умерла в 2025 г.", "В строке сказано «умерла»"),
        ("Дата увольнения", date(2026, 6, 1), "В строке сказано «Дата увольнения: 01.06.2026»"),
    ],
)
def test_who_has_left_is_asked_about_whatever_column_says_so(head, cell, words):
    found = asked(["ФИО", "Должность", head], [ANNA, POST, cell], [VERA, POST, None])
    assert found == [[f"{words}: человек будет записан как работающий"], []]


def test_a_name_that_is_struck_out_is_asked_about():
    book = book_of(["ФИО", "Должность"], [ANNA, POST], [VERA, POST], [OLGA, POST])
    book.active["A2"].font = Font(strike=True)
    book.active["A3"].font = Font(strike=False, bold=True)
    book.active["B4"].font = Font(strike=True)  # a post: nothing about the person
    found = read_staff_list(open_upload(saved(book)), TODAY)
    assert [doubts(row) for row in found.rows] == [
        ["Имя в таблице зачёркнуто: человек будет записан как работающий"],
        [],
        [],
    ]


# columns


def test_the_title_of_a_table_is_no_part_of_its_heading():
    found = read(["Штатные работники"], ["№", "ФИО", "Должность"], [1, ANNA, POST], [2, VERA, POST])
    assert found.mapping.columns == {"name": 1, "post": 2}
    assert [row.staff.remarks for row in found.rows] == ["", ""]


def test_a_second_heading_may_have_its_columns_in_another_order():
    found = read(
        ["№", "ФИО", "Должность", "Телефон"],
        [1, ANNA, POST, "89371112233"],
        ["№", "ФИО", "Телефон", "Должность"],
        [1, VERA, "89371112235", "концертмейстер"],
        [2, OLGA, None, "методист"],
    )
    assert [(row.staff.post, row.staff.phone) for row in found.rows] == [
        (POST, "+79371112233"),
        ("концертмейстер", "+79371112235"),
        ("методист", ""),
    ]


@pytest.mark.parametrize(
    ("other", "own", "name"),
    [
        ("Телефон родителя", "Личный телефон", "phone"),
        ("Дата рождения ребёнка", "Дата рождения", "birth_date"),
        ("ФИО супруга", "Сотрудник", "name"),
        ("Стаж по специальности", "Специальность", "speciality"),
    ],
)
def test_columns_about_somebody_else_are_not_the_persons(other, own, name):
    rest = ["Должность"] if name == "name" else ["ФИО", "Должность"]
    found = read([other, own, *rest], ["а", "б", *[ANNA, POST][-len(rest) :]])
    assert found.mapping.columns[name] == 1 and found.unread == [other]


@pytest.mark.parametrize(
    ("head", "cell", "months"),
    [
        ("Стаж общий/педагогический", "30/10", 120),
        ("Стаж (общ., пед.)", "15 / 10", 120),
        ("Стаж пед./общий", "10/15", 120),
        ("Стаж общий и педагогический", "общ. 20 лет, пед. 10 лет", 120),
        ("Стаж общий/педагогический", "12/-", None),
        ("Педагогический стаж", "12/3", 147),
    ],
)
def test_two_lengths_in_a_column_of_two_are_no_years_and_months(head, cell, months):
    found = read(["ФИО", "Должность", head], [ANNA, POST, cell])
    assert found.rows[0].staff.service_months == months and found.rows[0].verdict == "accepted"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("12", "Стаж «12»: какой из них педагогический, неясно. Он останется пустым"),
        ("10/15", "Стаж «10/15»: педагогический больше общего. Будет записано 15\u00a0лет"),
    ],
)
def test_one_length_in_a_column_of_two_is_asked_about(cell, words):
    assert asked(["ФИО", "Должность", "Стаж общий/педагогический"], [ANNA, POST, cell]) == [[words]]


def test_a_tenth_may_be_ten_months():
    words = "Стаж «1.1»: один месяц или десять? Будет записано 1\u00a0год 1\u00a0месяц"
    assert asked(["ФИО", "Должность", "Пед. стаж"], [ANNA, POST, 1.1], [VERA, POST, 2.5]) == [[words], []]


def test_what_of_the_book_is_not_read_is_named():
    book = book_of(["ФИО", "Должность"], [ANNA, POST])
    for title, state in (("Дни рождения", "visible"), ("Старое", "hidden"), ("Пусто", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        if title != "Пусто":
            sheet.append(["Кто", "Когда"])
    book.active["A2"].comment = Comment("уволена", "кадры")
    assert read_staff_list(open_upload(saved(book)), TODAY).notes == [
        "Не прочитаны листы: «Дни рождения», «Старое» (скрыт). В книге читаются видимые листы с именами и должностями",
        "В книге есть примечания к ячейкам: они не читаются. Проверьте, нет ли в них важного",
    ]


# people


def test_one_address_of_two_people_is_asked_about():
    head = ["ФИО", "Должность", "e-mail", "Дата рождения"]
    born = date(1990, 5, 5)
    found = asked(head, [ANNA, POST, "a@b.ru", born], [VERA, POST, "a@b.ru", born], [ANNA, "методист", "a@b.ru", born])
    assert found[:2] == [[], [f"Тот же e-mail, что у другого человека: {ANNA}, строка 2"]]
    assert not any("e-mail" in sentence for sentence in found[2])


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("Бата Очиров Иванович", False),
        ("Очиров Бата Иванович", True),
        ("Ким Лев Иванович", True),
        ("Ким Ева Ивановна", True),
        ("Цой Яков Иванович", True),
    ],
)
def test_a_surname_in_the_place_of_the_first_name_is_asked_about(name, sure):
    assert (asked(["ФИО", "Должность"], [name, POST]) == [[]]) is sure


# cells


@pytest.mark.parametrize(
    ("cell", "phone", "level", "rest"),
    [
        ("8 937 123 45 67 (мама)", "+79371234567", "doubt", "тел. мама"),
        ("89371234567 (жена), 89051234567 (свой)", "+79371234567", "doubt", "тел. (жена), 89051234567 (свой)"),
        ("8 937 123 45 67 (раб.)", "+79371234567", "repair", "тел. раб."),
        ("89371234567/89371234568", "+79371234567", "repair", "тел. 89371234568"),
    ],
)
def test_whose_telephone_it_is(cell, phone, level, rest):
    found = read_phone(cell)
    assert (found.value, found.level, found.remark) == (phone, level, rest)


@pytest.mark.parametrize(
    ("cell", "email", "level"),
    [
        ("anna b@mail.ru", "b@mail.ru", "doubt"),
        ("Анна anna@mail.ru", "anna@mail.ru", "doubt"),
        ("a@mail.ru (рабочая)", "a@mail.ru", "repair"),
        ("a @ mail.ru", "a@mail.ru", "repair"),
        ("a@mail .ru", "a@mail.ru", "repair"),
        ("ВASANGOVA@mail.ru", "basangova@mail.ru", "repair"),
        ("вasangova@mail.ru", "", "doubt"),
        ("пётр@mail.ru", "пётр@mail.ru", "doubt"),
        ("завуч@школа.рф", "завуч@школа.рф", ""),
        ("a@шкoла.рф", "", "doubt"),  # a Latin o
    ],
)
def test_an_address_is_not_put_together_of_what_stands_beside(cell, email, level):
    found = read_email(cell)
    assert (found.value, found.level) == (email, level)


@pytest.mark.parametrize(
    "cell",
    [
        "не подтвердил высшую",
        "высшая истекла 01.01.2026",
        "первой нет",
        "снята первая",
        "была высшая",
        "подал на первую",
        "высшая (приказ № 5 истёк)",
    ],
)
def test_a_category_that_is_not_held_is_asked_about(cell):
    found = read_category(cell)
    assert (found.value, found.level, found.remark) == (None, "doubt", cell)


@pytest.mark.parametrize("cell", ["высшее", "Заслуженный работник культуры РК, высшая"])
def test_strange_words_beside_a_category_are_asked_about(cell):
    assert read_category(cell).level == "doubt" and read_category(cell).value.level == "highest"


@pytest.mark.parametrize(
    ("cell", "level", "order"),
    [
        ("высшая кв. категория, Приказ МОиН РК от 24.12.2021г. №1623-Б", "highest", "1623-Б"),
        ("I кв.кат. пр. 55 от 01.02.24", "first", "55"),
        ("соответствие (протокол №3 от 31.08.2025)", "fit", "3"),
        ("первая, присвоена приказом Минобра от 01.02.2024 № 7", "first", "7"),
    ],
)
def test_what_is_usual_beside_a_category_is_understood(cell, level, order):
    found = read_category(cell)
    assert (found.value.level, found.value.order, found.level) == (level, order, "")


def test_a_term_that_is_over_is_asked_about():
    assert has_expired("первая с 28.11.2019 по 28.11.2024", TODAY) and has_expired("высшая, до 2025 г.", TODAY)
    assert not has_expired("высшая до 25.03.2029", TODAY) and not has_expired("высшая, 2020", TODAY)
    assert asked(["ФИО", "Должность", "Категория"], [ANNA, POST, "первая, до 28.11.2024"]) == [
        ["Срок категории «первая, до 28.11.2024» уже вышел"]
    ]


@pytest.mark.parametrize(
    ("cell", "level", "place"),
    [
        ("высшее не оконч.", "student", ""),
        ("ср.-спец., обуч. в вузе", "student", ""),
        ("высшее, 4 курс", "student", ""),
        ("Высшее, КалмГУ (2001), Училище (1995)", "higher", "КалмГУ (2001), Училище (1995)"),
        ("высшее (КГУ)", "higher", "КГУ"),
        ("высш. проф.", "higher", ""),
    ],
)
def test_who_still_learns_has_no_higher_education(cell, level, place):
    found = read_education(cell)
    assert (found.value, found.remark) == (level, place)


@pytest.mark.parametrize(
    ("cell", "title", "kind", "remark"),
    [
        ("преподаватель (вн. совм. 0,5 ст.)", POST, "internal", "0,5 ст."),
        ("преподаватель 0,5 ст. внешний совместитель", POST, "external", "0,5 ст."),
        ("преподаватель-совместитель", POST, "external", ""),
        ("педагог-организатор", "педагог-организатор", "", ""),
        ("преподаватель (уволена с 1.09.)", POST, "", "уволена с 1.09."),
    ],
)
def test_remarks_side_by_side_are_no_part_of_a_post(cell, title, kind, remark):
    found = read_post(cell)
    assert (found.value.title, found.value.kind, found.remark) == (title, kind, remark)


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("преподаватель, с 01.10.2026", "В должности осталось не только её название: «преподаватель, с 01.10.2026»"),
        ("вакансия преподавателя", "В должности осталось не только её название: «вакансия преподавателя»"),
        ("пр.", "Сокращение «пр.» в должности не раскрыто"),
    ],
)
def test_what_is_left_in_a_post_is_asked_about(post, words):
    assert asked(["ФИО", "Должность"], [ANNA, post]) == [[f"{words}. Так она войдёт в приказы"]]


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("преп., конц.", "преподаватель, концертмейстер"),
        ("преп-ль ф-но", "преподаватель фортепиано"),
        ("и/о директора", "исполняющий обязанности директора"),
        ("вр.и.о. зам. дир. по УР", "временно исполняющий обязанности заместителя директора по УР"),
        ("ст. преп.", "старший преподаватель"),
        ("мастер п/о", "мастер производственного обучения"),
        ("педагог доп. образования", "педагог дополнительного образования"),
        ("преподаватель по классу баяна", "преподаватель по классу баяна"),
        ("инструктор", "инструктор"),
    ],
)
def test_posts_are_written_out(typed, whole):
    assert written_out(typed) == whole


# sections, kinds, more of names and dates


@pytest.mark.parametrize("section", ["Уволенные", "Выбыли в 2026 году", "Кандидаты", "Практиканты и студенты"])
def test_a_section_of_those_who_do_not_work_here_is_no_department(section):
    found = read(["ФИО", "Должность"], ["Хор"], [ANNA, POST], [section], [VERA, POST], ["Оркестр"], [OLGA, POST])
    assert [row.staff.department for row in found.rows] == ["Хор", "Хор", "Оркестр"]
    assert [question.text for question in found.questions] == [
        f"Строка 4: «{section}» — люди ниже тоже из отделения «Хор»?"
    ]
    assert f"В строке сказано «{section}»: человек будет записан как работающий" in doubts(found.rows[1])
    assert [row.verdict for row in found.rows] == ["accepted", "doubtful", "accepted"]


def test_a_section_of_contracts_is_a_remark():
    found = read(["ФИО", "Должность"], ["По договору ГПХ"], [ANNA, POST])
    assert (found.rows[0].staff.department, found.rows[0].staff.remarks) == ("", "По договору ГПХ")


def test_a_sheet_of_those_who_have_left_asks_about_each():
    book = book_of(["ФИО", "Должность"], [ANNA, POST])
    book.active.title = "Уволенные"
    found = read_staff_list(open_upload(saved(book)), TODAY)
    assert doubts(found.rows[0]) == ["Лист называется «Уволенные»: человек будет записан как работающий"]


def test_the_number_of_people_is_no_part_of_a_section():
    found = read(["ФИО", "Должность"], ["Хоровое отделение — 1 чел."], [ANNA, POST])
    assert found.rows[0].staff.department == "Хоровое отделение"


@pytest.mark.parametrize(
    "cell", ["осн/вн.совм", "основной, внутр. совм.", "не осн.", "не совместитель", "внештатный", "в/с", "с", "ГПХ"]
)
def test_a_kind_that_is_not_understood_is_asked_about(cell):
    words = f"Вид занятости «{cell}» не понят: будет записано основное место работы"
    assert asked(["ФИО", "Должность", "Осн./совм."], [ANNA, POST, cell]) == [[words]]


@pytest.mark.parametrize("cell", ["осн.", "0,5", "1 ставка", "постоянно", "по срочному договору до 31.05.2027", "-"])
def test_what_says_nothing_against_main_work_is_not_asked_about(cell):
    assert asked(["ФИО", "Должность", "Осн./совм."], [ANNA, POST, cell]) == [[]]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ван Дер Берг Анна Ильинична", ("Ван Дер Берг", "Анна", "Ильинична")),
        ("Петрова Анна Мария Ильинична", ("Петрова", "Анна Мария", "Ильинична")),
    ],
)
def test_more_than_three_words_are_asked_about(name, parts):
    row = read(["ФИО", "Должность"], [name, POST]).rows[0]
    assert (row.staff.last, row.staff.first, row.staff.middle) == parts
    assert doubts(row) == [f"В имени больше трёх слов: фамилия «{parts[0]}», имя «{parts[1]}»"]


def test_a_foreign_patronymic_of_two_words_is_not():
    assert asked(["ФИО", "Должность"], ["Абдуллаева Гюльнара Тофик кызы", POST]) == [[]]


def test_a_patronymic_in_the_place_of_the_first_name_is_asked_about():
    found = asked(["ФИО", "Должность"], ["Эльвира Асхатовна", POST])
    assert "На месте имени стоит «Асхатовна»: это похоже на отчество" in found[0]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (["ФИО"], ["Ц.-Д. Очиров"]),
        (["ФИО"], ["А.П. Иванова"]),
        (["Фамилия", "Имя", "Отчество"], ["Иванова", "А.", "П."]),
        (["Фамилия", "Имя", "Отчество"], ["Ivanova", "Anna", ""]),
    ],
)
def test_initials_and_latin_names_are_refused_wherever_they_stand(head, name):
    assert [row.verdict for row in read([*head, "Должность"], [*name, POST]).rows] == ["refused"]


@pytest.mark.parametrize(
    ("hired", "words"),
    [
        ("01.09.2099", "Дата приёма 01.09.2099 ещё не наступила"),
        ("01.09.1980", "Дата приёма 01.09.1980 и дата рождения 12.05.1975 не сходятся"),
    ],
)
def test_a_date_of_hiring_that_cannot_be_is_asked_about(hired, words):
    head = ["ФИО", "Должность", "Дата рождения", "Дата приема"]
    assert asked(head, [ANNA, POST, "12.05.1975", hired], [VERA, POST, "12.05.1975", "01.09.2000"]) == [[words], []]


def test_orders_of_a_category_in_a_column_of_their_own():
    head = ["ФИО", "Должность", "Категория", "Приказ о присвоении"]
    found = read(head, [ANNA, POST, "первая", "15 от 1.2.2023"], [VERA, POST, "первая", "истёк"])
    assert (found.rows[0].staff.category_order, found.rows[0].staff.category_date) == ("15", date(2023, 2, 1))
    assert [row.verdict for row in found.rows] == ["accepted", "doubtful"]


def test_the_heading_says_that_the_second_number_is_months():
    head = ["ФИО", "Должность", "Пед. стаж (лет, мес.)"]
    found = read(head, [ANNA, POST, "25,3"], [VERA, POST, 25.1])
    assert [(row.staff.service_months, row.verdict) for row in found.rows] == [(303, "accepted"), (301, "doubtful")]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [("+8 937 111 22 33", "+79371112233"), ("+852 1234 5678", "+85212345678"), ("+86 139 1234 5678", "+8613912345678")],
)
def test_a_plus_before_eight(cell, phone):
    assert read_phone(cell).value == phone


def test_a_department_without_a_letter_is_asked_about():
    assert asked(["ФИО", "Должность", "Отдел"], [ANNA, POST, 1], [VERA, POST, "-"]) == [
        ["Отделение названо «1»: так оно и будет записано"],
        [],
    ]
