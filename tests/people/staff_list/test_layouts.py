"""Lists of other layouts, as schools keep them: payroll sheets, exports of accounting, lists without a heading."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from mentoring_site.xlsx.reader import open_upload
from people.staff_list.checking import read_staff_list
from people.staff_list.recognition import recognize
from people.staff_list.sheet_rows import people_rows

TODAY = date(2026, 11, 22)
NO = None

pytestmark = pytest.mark.point("8")


def book(*rows, merges=()):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    for merge in merges:
        workbook.active.merge_cells(merge)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def read(*rows, answers=None, merges=()):
    content = open_upload(book(*rows, merges=merges))
    return read_staff_list(content, TODAY, recognize(content), answers)


def said(staff_list, *names):
    """The fields of every row."""
    return [tuple(getattr(row.staff, name) for name in names) for row in staff_list.rows]


def verdicts(staff_list):
    return [row.verdict for row in staff_list.rows]


def aside(staff_list):
    return [(left.number, left.taken_for) for left in staff_list.ignored]


def test_payroll_sheet():
    found = read(
        ["Тарификационный список педагогических работников МБУ ДО ДШИ № 3 на 2026-2027 учебный год"],
        [],
        [
            "№ п\\п",
            "Фамилия, имя, отчество",
            "Должность",
            "Наим. уч. зав., год оконч.",
            "Обр.",
            "Кв. кат.",
            "Разряд",
            "Пед. стаж на 01.09.2026",
            "Кол-во часов",
        ],
        [
            1,
            "Сангаджиева Нина Эренценовна",
            "преп. по кл. ф-но",
            "КУИ, 1998",
            "ср. спец.",
            "ВКК пр.№1201 от 24.11.2022",
            "13",
            "25л 3м",
            "24",
        ],
        [
            2,
            "Бембеева Кермен Саналовна",
            "преподаватель хора, концертм.",
            "АГК, 2010",
            "высш.",
            "1 кат. (приказ МОН РК №33 от 12.01.23)",
            "12",
            "12г.",
            "18",
        ],
        [NO, "ИТОГО:", NO, NO, NO, NO, NO, NO, 42],
    )
    assert found.as_of == date(2026, 9, 1)
    assert said(
        found, "post", "education_level", "education_place", "category", "category_order", "service_months"
    ) == [
        ("преподаватель по классу фортепиано", "vocational", "КУИ, 1998", "highest", "1201", 303),
        ("преподаватель хора, концертмейстер", "higher", "АГК, 2010", "first", "33", 144),
    ]
    assert verdicts(found) == ["accepted"] * 2
    assert found.notes == []  # the sum of hours is no number of people
    assert found.unread == ["Разряд", "Кол-во часов"]


STAFFING = (
    ["Утверждаю"],
    ["Директор ДМШ ________ А.А. Иванов"],
    ["Штатная расстановка на 01.10.2026 г."],
    [
        "Структурное подразделение",
        "Должность (специальность, профессия)",
        "Кол-во шт. ед.",
        "ФИО работника",
        "Вид занятости",
    ],
    ["Администрация", "Директор", 1, "Иванов Андрей Андреевич", "Основное место работы"],
    [NO, "Заместитель директора по АХЧ", 1, "Вакансия", NO],
    ["Фортепианный отдел", "Преподаватель", 0.5, "Лиджиева Баина Юрьевна", "Внутреннее совместительство"],
    [NO, "Преподаватель", 1, "Мутулова Гиляна Владимировна", "Основное место работы"],
    ["Итого", "", 2.5, NO, NO],
)


@pytest.mark.parametrize(
    ("take", "departments", "last"),
    [(None, "Фортепианный отдел", "doubtful"), (True, "Фортепианный отдел", "accepted"), (False, "", "accepted")],
)
def test_a_department_only_in_the_first_of_its_rows_is_one_question(take, departments, last):
    found = read(*STAFFING, answers={} if take is None else {"fill:0": {"take": take}})
    assert said(found, "last", "department", "kind") == [
        ("Иванов", "Администрация", "main"),
        ("Лиджиева", "Фортепианный отдел", "internal"),
        ("Мутулова", departments, "main"),
    ]
    assert [(question.key, question.rows, question.take) for question in found.questions] == [("fill:0", 1, take)]
    assert verdicts(found) == ["accepted", "accepted", last]
    assert aside(found)[3:] == [(6, "вакансия"), (9, "итог")]


def test_a_department_in_every_row_asks_nothing():
    found = read(
        ["ФИО", "Должность", "Отделение"],
        ["Иванова Анна Петровна", "методист", "Хоровое"],
        ["Петров Пётр Петрович", "методист", "Хоровое"],
        ["Сидоров Пётр Петрович", "сторож", NO],
    )
    assert found.questions == [] and said(found, "department") == [("Хоровое",), ("Хоровое",), ("",)]


def test_abbreviated_headings_and_a_name_in_three_columns():
    found = read(
        ["№", "Фам.", "Имя", "Отч.", "Пол", "Д.р.", "Долж.", "Отд.", "Обр-ие", "Спец-ть", "Тел. моб.", "Эл. почта"],
        [],
        [
            1,
            "Эрдниев",
            "Басан",
            "Петрович",
            "м",
            "12.05.1978г.",
            "препод. баяна",
            "народное",
            "в/о",
            "народные инструменты",
            "8-961-111-22-33",
            "erdniev@mail.ru",
        ],
        [
            2,
            "Ким",
            "Зоя",
            "-",
            "ж",
            datetime(1969, 3, 8),
            "методист",
            "учебная часть",
            "высшее",
            NO,
            "9611112244",
            NO,
        ],
    )
    assert found.unread == []
    assert said(found, "full_name", "gender", "birth_date", "post", "education_place", "phone", "email") == [
        (
            "Эрдниев Басан Петрович",
            "m",
            date(1978, 5, 12),
            "преподаватель баяна",
            "специальность: народные инструменты",
            "+79611112233",
            "erdniev@mail.ru",
        ),
        ("Ким Зоя", "f", date(1969, 3, 8), "методист", "", "+79611112244", ""),
    ]
    assert verdicts(found) == ["accepted"] * 2


def test_branches_in_capitals_keep_the_names_of_places():
    found = read(
        ["СПИСОК ПРЕПОДАВАТЕЛЕЙ"],
        ["ФИО преподавателя", "Специализация", "Должность", "Телефон"],
        ["ФИЛИАЛ С. ТРОИЦКОЕ", NO, NO, NO],
        ["Цебекова Людмила Эрдниевна", "вокал", "преподаватель", "8(84745)91234"],
        ["ФИЛИАЛ П. ИКИ-БУРУЛ", NO, NO, NO],
        ["Манкиров Олег Борисович", "гитара", "преподаватель", "89615554433"],
        ["Всего 2 человека", NO, NO, NO],
    )
    assert said(found, "department", "phone") == [
        ("Филиал с. Троицкое", "+78474591234"),
        ("Филиал п. Ики-Бурул", "+79615554433"),
    ]
    assert found.notes == []


def test_a_stated_number_in_words_is_compared():
    found = read(["ФИО", "Должность"], ["Иванова Анна Петровна", "методист"], ["Всего 7 человек", NO])
    assert found.notes == ["В итоговой строке стоит 7, а строк о людях найдено 1"]


def test_export_of_accounting_with_the_kind_beside_the_name():
    found = read(
        ["Организация: МБУ ДО ДШИ"],
        ["Сотрудники на 29.11.2026"],
        [],
        ["Сотрудник", "Таб. номер", "Подразделение", "Должность", "Дата приема", "Дата рождения", "СНИЛС"],
        ["Дорджиева Байрта Ивановна", "012", "Хор", "Преподаватель", datetime(2015, 9, 1), datetime(1985, 4, 12), "1"],
        [
            "Дорджиева Байрта Ивановна (вн. совм.)",
            "013",
            "Администрация",
            "Методист",
            datetime(2020, 9, 1),
            datetime(1985, 4, 12),
            "1",
        ],
    )
    assert said(found, "full_name", "post", "kind", "hired") == [
        ("Дорджиева Байрта Ивановна", "преподаватель", "main", date(2015, 9, 1)),
        ("Дорджиева Байрта Ивановна", "методист", "internal", date(2020, 9, 1)),
    ]
    assert verdicts(found) == ["accepted"] * 2 and found.people == 1


def test_repeated_headings_and_signatures_in_several_cells():
    found = read(
        ["№", "Ф.И.О.", "Должность", "Категория"],
        [1, "Убушаева Галина Сергеевна", "преподаватель", "высшая"],
        ["№", "Ф.И.О.", "Должность", "Категория"],
        [2, "Убушаев Иван Сергеевич", "концертмейстер", "нет"],
        ["Директор школы", "", "", "И.И. Иванов"],
        ["Начальник отдела кадров", "", "Петрова П.П.", ""],
        ["М.П."],
    )
    assert len(found.rows) == 2
    assert aside(found) == [(3, "повтор шапки"), (5, "подпись"), (6, "подпись"), (7, "примечание")]


def test_category_with_its_date_and_number_in_columns_of_their_own():
    found = read(
        ["ФИО", "Должность", "Категория", "Дата присвоения", "№ приказа", "Срок действия категории"],
        ["Нимеева Ольга Баатровна", "преподаватель", "высшая", datetime(2023, 4, 27), "584-од", "бессрочно"],
        ["Нимеева Инна Баатровна", "концертмейстер", "первая", "27.04.2023", "пр. № 584", "27.04.2028"],
    )
    assert said(found, "category", "category_order", "category_date") == [
        ("highest", "584-од", date(2023, 4, 27)),
        ("first", "584", date(2023, 4, 27)),
    ]
    assert found.unread == ["Срок действия категории"]


def test_heading_in_two_rows_without_merges():
    found = read(
        ["№", "Сведения о педагоге", NO, NO, "Работа", NO],
        [NO, "Фамилия", "Имя", "Отчество", "Должность", "Стаж (пед.)"],
        [1, "Кекеева", "Айса", "Очировна", "преподаватель", 7],
        [2, "Кекеев", "Очир", "Басанович", "преподаватель", "б/с"],
    )
    assert said(found, "full_name", "service_months") == [("Кекеева Айса Очировна", 84), ("Кекеев Очир Басанович", 0)]


def test_lines_within_cells():
    found = read(
        [
            "Ф.И.О.\nпреподавателя",
            "Занимаемая\nдолжность",
            "Дата\nрождения",
            "Образование\n(что и когда окончил)",
            "Контактный\nтелефон, e-mail",
        ],
        [
            "Горяева\nТатьяна\nВикторовна",
            "Преподаватель\nконцертмейстер",
            "01.01.\n1980",
            "Высшее,\nРостовская консерватория, 2003",
            "8 961 222 33 44\ngor@mail.ru",
        ],
    )
    assert said(found, "full_name", "post", "birth_date", "education_place", "phone", "email") == [
        (
            "Горяева Татьяна Викторовна",
            "преподаватель, концертмейстер",
            date(1980, 1, 1),
            "Ростовская консерватория, 2003",
            "+79612223344",
            "gor@mail.ru",
        )
    ]


def test_a_list_without_a_heading():
    found = read(
        [1, "Санжиев Эрдни Басангович", "преподаватель", "89615550011"],
        [2, "Санжиева Байн Эрдниевна", "концертмейстер", "89615550012"],
    )
    assert said(found, "last", "post", "phone") == [
        ("Санжиев", "преподаватель", "+79615550011"),
        ("Санжиева", "концертмейстер", "+79615550012"),
    ]
    assert found.notes == ["Шапки в списке нет: столбцы узнаны по содержанию"]


def test_vacancies_are_left_aside_whatever_they_are_called():
    found = read(
        ["№", "ФИО", "Должность", "Ставка"],
        [1, "Вакансия", "преподаватель по классу скрипки", "1,0"],
        [2, "вакант", "концертмейстер", "0,5"],
        [3, "-", "сторож", "1"],
        [4, NO, "вакансия", "1"],
        [5, "Лиджи-Горяев Мингиян Олегович", "настройщик", "0,25"],
    )
    assert [row.staff.last for row in found.rows] == ["Лиджи-Горяев"]
    assert aside(found) == [(2, "вакансия"), (3, "вакансия"), (4, "вакансия"), (5, "вакансия")]


def test_acting_posts_in_whole_words_and_dates_in_words():
    found = read(
        ["Список на «01» сентября 2026 года"],
        ["Ф. И. О.", "Должность", "Дата рожд.", "Пед.стаж"],
        ["Бурлуткина Елена Викторовна", "и. о. зам. директора по УВР", "5 мая 1979 г.", "с сентября 2001"],
        ["Корнеева Ольга Ивановна", "Врио директора", "«7» июня 1971 г.", "29 лет 11 мес. 29 дн."],
    )
    assert said(found, "post", "is_teaching", "birth_date", "service_months", "service_since") == [
        (
            "исполняющий обязанности заместителя директора по УВР",
            False,
            date(1979, 5, 5),
            300,
            date(2001, 9, 1),
        ),
        ("временно исполняющий обязанности директора", False, date(1971, 6, 7), 359, None),
    ]
    assert verdicts(found) == ["accepted"] * 2


def test_a_second_post_of_a_merged_name_is_internal_when_nothing_is_said():
    found = read(
        ["Отделение", "ФИО", "Должность"],
        ["Хоровое", "Ли Нина Игоревна", "преподаватель"],
        [NO, NO, "концертмейстер"],
        merges=("A2:A3", "B2:B3"),
    )
    assert said(found, "last", "post", "department", "kind") == [
        ("Ли", "преподаватель", "Хоровое", "main"),
        ("Ли", "концертмейстер", "Хоровое", "internal"),
    ]
    assert verdicts(found) == ["accepted", "doubtful"]


BY_KIND = (
    ["№", "ФИО", "Должность"],
    ["I. Отделение «Фортепиано»", NO, NO],
    [1, "Басанова Виктория Дорджиевна", "преподаватель"],
    ["Внешние совместители", NO, NO],
    [2, "Унгунова Инна Сергеевна", "преподаватель"],
)


@pytest.mark.parametrize(("take", "department"), [(True, "Отделение «Фортепиано»"), (False, "")])
def test_a_section_of_part_timers_is_no_department(take, department):
    found = read(*BY_KIND, answers={"section:4": {"take": take}})
    assert said(found, "department", "kind")[1] == (department, "external")
    assert verdicts(found) == ["accepted"] * 2
    assert verdicts(read(*BY_KIND)) == ["accepted", "doubtful"]


def test_one_strange_cell_refuses_its_row_only():
    found = read(
        ["Фамилия", "Имя", "Отчество", "Должность", "Телефон"],
        ["=CONCATENATE(A1,B1)", "Анна", "Петровна", "методист", "89610000001"],
        ["Петров", "Пётр", "Петрович", "методист", True],
        [datetime(2026, 1, 1), "Пётр", "Петрович", "методист", NO],
        ["Сидоров", "Пётр", "Петрович", "методист", "89610000002"],
    )
    assert verdicts(found) == ["refused", "doubtful", "refused", "accepted"]


def test_very_untidy_list():
    found = read(
        [NO, NO, "педагогический состав школы искусств"],
        [],
        [NO, "п/п", "Ф И О", "должн", "год рождения", "образ.", "стаж", "категория (дата)", "тел"],
        [
            NO,
            1,
            " Джальчинова  Тамара   Бадмаевна ",
            "препод.",
            "12.05.1965",
            "в",
            "40",
            "В, 2021 г",
            "8(84722)2-11-22",
        ],
        [NO, 2, "Лиджаева Нюдля Саналовна  (Шарапова)", "преп", "1990", "ср.сп", "3", "б/к", "89612223344/89053334455"],
        [],
        [NO, "итого 2 чел."],
    )
    assert said(found, "full_name", "post", "education_level", "category", "phone", "remarks") == [
        ("Джальчинова Тамара Бадмаевна", "преподаватель", "higher", "highest", "+78472221122", "2021"),
        (
            "Лиджаева Нюдля Саналовна",
            "преподаватель",
            "vocational",
            "",
            "+79612223344",
            "Шарапова; тел. 89053334455",
        ),
    ]


def test_rows_are_numbered_by_the_sheet_when_a_cell_holds_several_posts():
    content = open_upload(
        book(["ФИО", "Должность", "Вид занятости"], ["Ли Нина Игоревна", "методист; сторож", "осн.; внутр."])
    )
    rows = people_rows(content, recognize(content)).rows
    assert [(row.number, row.cells["post"], row.cells["kind"]) for row in rows] == [
        (2, "методист", "осн."),
        (100_002, "сторож", "внутр."),
    ]


def test_sections_of_kinds_without_departments_ask_nothing_about_them():
    found = read(
        ["Список работников"],
        ["№", "ФИО", "Должность", "Ставка"],
        ["Штатные работники", NO, NO, NO],
        [1, "Иванова Анна Петровна", "методист", 1],
        ["Внешние совместители", NO, NO, NO],
        [2, "Петрова Анна Петровна", "преподаватель", 0.5],
        ["Внутренние совместители:", NO, NO, NO],
        [3, "Иванова Анна Петровна", "преподаватель", 0.5],
    )
    assert said(found, "last", "kind", "department") == [
        ("Иванова", "main", ""),
        ("Петрова", "external", ""),
        ("Иванова", "internal", ""),
    ]
    assert verdicts(found) == ["accepted"] * 3 and found.questions == []


def test_service_beside_other_words():
    rows = ["с 2010 г. (16 лет)", "15,5 лет", "5 лет и 6 месяцев", "1.09.1996 г.", "10."]
    found = read(
        ["Список на 01.09.2026"],
        ["ФИО", "Должность", "Общ.стаж", "Пед.стаж"],
        *[
            [f"Иванова{n} Анна Петровна".replace(str(n), "абвгд"[n]), "методист", "20", said]
            for n, said in enumerate(rows)
        ],
    )
    assert said(found, "service_months") == [(192,), (186,), (66,), (360,), (120,)]
    assert verdicts(found) == ["accepted"] * 5 and found.unread == ["Общ.стаж"]


def test_two_people_in_one_cell_are_refused():
    found = read(["ФИО", "Должность"], ["Иванова Анна Петровна, Петрова Инна Львовна", "методисты"])
    refusals = [finding.sentence for row in found.rows for finding in row.findings if finding.level == "refusal"]
    assert "В ячейке несколько имён: каждому человеку нужна своя строка" in refusals


def test_sums_and_signatures_below_are_no_people():
    found = read(
        ["ФИО", "Должность"],
        ["Иванова Анна Петровна", "методист"],
        ["Всего педагогических работников: 1, из них:"],
        ["- с высшей категорией: 1"],
        ["- молодых специалистов - 0"],
        ["Заместитель директора по УВР", "Петрова И.И."],
        ["01.09.2026"],
    )
    assert len(found.rows) == 1 and found.notes == []
    assert aside(found) == [
        (3, "итог"),
        (4, "примечание"),
        (5, "примечание"),
        (6, "подпись"),
        (7, "примечание"),
    ]


def test_sections_of_one_word_and_a_surname_alone():
    found = read(
        ["ФИО", "Должность"],
        ["Духовики"],
        ["Иванова Анна Петровна", "методист"],
        ["Прочие"],
        ["Петрова Анна Петровна", "сторож"],
        ["Гусева"],
        ["Сидорова Анна Петровна", "сторож"],
    )
    assert said(found, "department") == [("Духовики",), ("Прочие",), ("Прочие",)]
    assert verdicts(found) == ["accepted", "accepted", "doubtful"]
    assert [question.text for question in found.questions] == ["Строка 6: «Гусева» — это название отделения?"]


def test_level_and_place_of_education_and_two_telephones():
    found = read(
        [
            "Ф.И.О.",
            "Должность",
            "Уровень образования (ВО, СПО)",
            "Учебное заведение, специальность, год окончания",
            "Сотовый",
            "Дом. телефон",
        ],
        ["Иванова Анна Петровна", "методист", "ВО", "КГУ, филология, 2001", "8961-222-33-44", "2-33-44"],
        ["Петрова Анна Петровна", "методист", "н/высшее", "КГУ", "+7 (961) 222-33-45; +7 (961) 222-33-46", NO],
    )
    assert said(found, "education_level", "education_place", "phone", "remarks") == [
        ("higher", "КГУ, филология, 2001", "+79612223344", ""),
        ("student", "КГУ", "+79612223345", "тел. +7 (961) 222-33-46"),
    ]
    assert found.unread == ["Дом. телефон"]
