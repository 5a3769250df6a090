"""The pages of the import: upload, columns, doubts, confirmation, result; everything without JavaScript."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mentoring_site.files import store_bytes
from mentoring_site.models import Act
from mentoring_site.xlsx.reader import open_upload
from people.accounts.models import User
from people.consents.destruction import erasure
from people.language.declension import name_in
from people.register import acts as register_acts
from people.register.models import Employment, NameForm, Person
from people.school.models import Department
from people.staff_list import uploads
from people.staff_list.checking import check
from people.staff_list.models import StaffImport
from people.staff_list.recognition import other_lists, recognize
from tests import SAMPLE, SAMPLES
from tests.factories import make_person, make_user
from tests.people.staff_list.hostile import HOSTILE

ANSWERS = {"row26": "f", "row33": "take", "row46": "take"}

pytestmark = [pytest.mark.point("8"), pytest.mark.django_db]


@pytest.fixture
def clerk(cast, as_user):
    """A client of the clerk, who keeps the staff list."""
    return as_user(cast.clerk)


def page(name, pk=None):
    return reverse(f"people:{name}", args=[pk] if pk else [])


def send(client, content, name="Список.xlsx"):
    return client.post(page("imports"), {"file": SimpleUploadedFile(name, content)})


def uploaded(client, content=None):
    """The upload that a file makes."""
    response = send(client, content or SAMPLE.read_bytes())
    assert response.status_code == 302, response.content.decode()
    return StaffImport.objects.latest("pk")


def workbook_of(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_whole_way_of_the_sample(clerk):
    already = Person.objects.count()
    assert "Списков ещё не загружали" in clerk.get(page("imports")).content.decode()
    response = send(clerk, SAMPLE.read_bytes())
    upload = StaffImport.objects.get()
    assert response.url == page("import_check", upload.pk)
    text = clerk.get(response.url).content.decode()
    for sentence in (
        "Список на 1\u00a0сентября\u00a02026\u00a0г.",
        "Дата рождения 31.02.1990: такого дня нет",
        "Не указана должность",
        "Женщина, внести",
        "Латинские буквы заменены русскими",
        "Строки, которые не о людях: 4",
    ):
        assert sentence in text
    assert Person.objects.count() == already

    response = clerk.post(page("import_check", upload.pk), ANSWERS)
    assert response.url == page("import_confirm", upload.pk)
    text = clerk.get(response.url).content.decode()
    assert "Будут внесены: 60\u00a0человек" in text
    assert "3\u00a0строки: отказано, вернутся файлом для исправления" in text
    assert Person.objects.count() == already

    response = clerk.post(page("import_confirm", upload.pk))
    assert (response.url, Person.objects.count()) == (page("import_result", upload.pk), already + 60)
    text = clerk.get(response.url).content.decode()
    assert "Список внесён: 60\u00a0человек" in text
    assert "Мельник Татьяна Львовна" in text


def test_the_same_file_again_changes_nothing(clerk):
    upload = uploaded(clerk)
    assert uploaded(clerk) == upload
    clerk.post(page("import_confirm", upload.pk))
    before = list(Person.objects.values())
    response = send(clerk, SAMPLE.read_bytes(), "другое имя.xlsx")
    assert response.url == page("import_result", upload.pk)
    assert "Этот же файл уже внесён" in clerk.get(response.url).content.decode()
    clerk.post(page("import_confirm", upload.pk))
    assert "уже внесён" in clerk.get(page("import_result", upload.pk)).content.decode()
    assert (list(Person.objects.values()), StaffImport.objects.count()) == (before, 1)


def test_written_list_can_be_checked_again_with_its_answers(clerk):
    upload = uploaded(clerk)
    clerk.post(page("import_check", upload.pk), {"row26": "f", "row33": "skip"})
    clerk.post(page("import_confirm", upload.pk))
    count = Person.objects.count()
    response = clerk.post(page("import_again", upload.pk))
    fresh = StaffImport.objects.latest("pk")
    assert (response.url, fresh.answers["26"]) == (page("import_check", fresh.pk), {"take": True, "gender": "f"})
    assert clerk.post(page("import_again", upload.pk)).url == response.url
    clerk.post(page("import_check", fresh.pk), {"row33": "take"})
    clerk.post(page("import_confirm", fresh.pk))
    assert Person.objects.count() == count + 1


def test_unanswered_doubts_stay_out(clerk):
    upload = uploaded(clerk)
    response = clerk.post(page("import_check", upload.pk), {"row26": "m"})
    text = clerk.get(response.url).content.decode()
    assert "2\u00a0строки: без ответа, не войдут" in text
    text = clerk.get(page("import_check", upload.pk)).content.decode()
    assert 'value="m" id="id_row26_1" checked' in text


def test_foreign_answer_is_refused_in_words(clerk):
    upload = uploaded(clerk)
    response = clerk.post(page("import_check", upload.pk), {"row26": "x"})
    assert response.status_code == 422
    assert StaffImport.objects.get().answers == {}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "а.xlsx", "Этот файл пуст"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1aaa", "а.xlsx", "Файл защищён паролем"),
        (b"PK\x03\x04aaaa", "а.xlsx", "Файл повреждён"),
        (SAMPLE.read_bytes(), "а.docx", "Нужен файл .xlsx"),
    ],
)
def test_bad_files_get_a_sentence(clerk, content, name, words):
    response = send(clerk, content, name)
    assert (response.status_code, StaffImport.objects.count()) == (422, 0)
    assert words in response.content.decode()


def test_no_file_gets_a_sentence(clerk):
    assert "Выберите файл" in clerk.post(page("imports")).content.decode()


def test_unknown_columns_are_named_by_hand(clerk):
    upload = uploaded(clerk, workbook_of(["кто", "кем", "род."], ["Иванова Анна Петровна", "методист", "01.01.1990"]))
    assert clerk.get(page("import_check", upload.pk)).url == page("import_columns", upload.pk)
    assert clerk.get(page("import_confirm", upload.pk)).url == page("import_columns", upload.pk)
    assert clerk.post(page("import_confirm", upload.pk)).status_code == 302
    text = clerk.get(page("import_columns", upload.pk)).content.decode()
    assert "Не найдено: Ф. И. О. и Должность" in text
    response = clerk.post(page("import_columns", upload.pk), {"as_of": "2026-09-01", "name": "0", "post": "0"})
    text = response.content.decode()
    assert (response.status_code, "Этот столбец уже выбран" in text) == (422, True)
    response = clerk.post(
        page("import_columns", upload.pk), {"as_of": "2026-09-01", "name": "0", "post": "1", "birth_date": "2"}
    )
    assert response.url == page("import_check", upload.pk)
    clerk.post(page("import_confirm", upload.pk))
    assert Person.objects.get(last_name="Иванова").birth_date == date(1990, 1, 1)


def test_another_heading_shows_other_columns(clerk):
    upload = uploaded(clerk)
    url = page("import_columns", upload.pk) + "?sheet=Тарификация&header_row=4&header_rows=1"
    text = clerk.get(url).content.decode()
    assert "Узнано: 9\u00a0столбцов" in text
    assert (
        "Такого варианта нет"
        in clerk.get(page("import_columns", upload.pk) + "?sheet=Нет&header_row=4&header_rows=1").content.decode()
    )
    clerk.post(url, {"as_of": "2026-09-01", "name": "1", "post": "2"})
    assert StaffImport.objects.get().mapping["header_rows"] == 1


def test_corrected_columns_forget_answers(clerk):
    upload = uploaded(clerk)
    clerk.post(page("import_check", upload.pk), ANSWERS)
    clerk.post(page("import_columns", upload.pk), {"as_of": "2026-09-01", "name": "1", "post": "2"})
    assert StaffImport.objects.get().answers == {}


def test_list_without_a_date_gets_the_date_of_upload(clerk):
    upload = uploaded(clerk, workbook_of(["ФИО", "Должность", "Стаж"], ["Иванова Анна Петровна", "методист", 5]))
    assert uploads.mapping_of(upload).as_of is not None


def test_refused_rows_are_a_workbook(clerk):
    upload = uploaded(clerk)
    for _ in ("before", "after"):
        response = clerk.get(page("import_corrections", upload.pk))
        sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
        assert [row[-1].value for row in sheet.iter_rows(min_row=2)] == [
            "Нет отчества, пол по нему не определить: укажите пол",
            "Дата рождения 05.05.2031 ещё не наступила",
            "В столбце адресов стоит «нет»: это не адрес, e-mail останется пустым",
            "Не указана должность",
            "Дата рождения 31.02.1990: такого дня нет",
            "В имени примечание «декретный отпуск»: имя читается как «Катаева Татьяна Петровна», примечание сохранится",
        ]
        clerk.post(page("import_confirm", upload.pk))


def test_the_file_itself_comes_back_as_a_download(clerk):
    response = clerk.get(page("import_file", uploaded(clerk).pk))
    assert b"".join(response.streaming_content) == SAMPLE.read_bytes()
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]


def test_hostile_text_is_shown_as_text(clerk):
    evil = "<script>alert(1)</script>"
    upload = uploaded(
        clerk, workbook_of(["ФИО", "Должность", evil], [f"Иванова Анна {evil}", evil, evil], [evil, None, None])
    )
    for name in ("import_check", "import_columns", "import_confirm"):
        assert evil not in clerk.get(page(name, upload.pk)).content.decode()


@pytest.mark.parametrize("role", ["director", "council", "chair", "mentor", "mentee", "sysadmin", "stranger"])
def test_others_may_not(cast, as_user, clerk, role):
    upload = uploaded(clerk)
    other = as_user(getattr(cast, role))
    assert [other.get(page("imports")).status_code, send(other, b"").status_code] == [403, 403]
    for name in (
        "import_check",
        "import_columns",
        "import_confirm",
        "import_result",
        "import_corrections",
        "import_file",
        "import_take_back",
    ):
        assert other.get(page(name, upload.pk)).status_code == 403
    for name in (
        "import_check",
        "import_columns",
        "import_confirm",
        "import_again",
        "import_sheets",
        "import_take_back",
    ):
        assert other.post(page(name, upload.pk)).status_code == 403
    assert StaffImport.objects.get().committed_at is None


# Several sheets, hidden rows, questions about several rows


def case_of(name):
    return (SAMPLES / "cases" / f"{name}.xlsx").read_bytes()


def checked(client, upload):
    return client.get(page("import_check", upload.pk)).content.decode()


def written(client, upload):
    """Write the list as it is answered so far."""
    return client.post(page("import_confirm", upload.pk))


def test_other_sheets_are_named_offered_and_read(clerk, school):
    for last, first, middle in (("Громов", "Пётр", "Ильич"), ("Седов", "Иван", "Ильич")):
        make_person(last, first, middle, gender="m")
    upload = uploaded(clerk, case_of("04-sheet-per-department"))
    text = checked(clerk, upload)
    assert "Пока не прочитаны: Народники и ИЗО" in text
    assert "Седов Иван Ильич" in text and "Громов Пётр Ильич" not in text  # who stands on another sheet is not gone
    clerk.post(page("import_sheets", upload.pk), {"sheets": ["Народники", "ИЗО", "Нет такого"]})
    text = checked(clerk, upload)
    assert "Прочитаны все листы" in text and "Народники, 2" in text
    assert "Тот же e-mail, что у другого человека: Уланова Вера Павловна, строка 2" in text
    written(clerk, upload)
    assert set(Person.objects.values_list("last_name", flat=True)) >= {"Уланова", "Громов"}
    assert Person.objects.filter(last_name="Громов").count() == 1 or "Громов" in text


def test_a_sheet_of_a_department_gives_its_name():
    head, row = ["ФИО", "Должность"], ["Уланова Вера Павловна", "преподаватель"]
    book = openpyxl.Workbook()
    for title, name in (("Фортепиано", "Уланова Вера Павловна"), ("Народники", "Громов Пётр Ильич")):
        sheet = book.create_sheet(title)
        sheet.append(head)
        sheet.append([name, row[1]])
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    opened = open_upload(out.getvalue())
    mapping = recognize(opened)
    read = check(opened, replace(mapping, others=tuple(other_lists(opened, mapping))), date(2026, 11, 22))
    assert [(row.number, read.place(row.number), row.staff.department) for row in read.rows] == [
        (2, "2", ""),
        (1_000_002, "Народники, 2", "Народники"),
    ]


def test_a_hidden_row_is_asked_about(clerk):
    upload = uploaded(clerk, case_of("05-hidden-rows"))
    assert "Строка 3 скрыта в таблице" in checked(clerk, upload)
    written(clerk, upload)
    assert not Person.objects.filter(last_name="Громов").exists()
    assert Person.objects.filter(last_name__in=("Уланова", "Зимина")).count() == 2


def test_a_hidden_column_is_read_only_when_somebody_says_so(clerk):
    book = openpyxl.Workbook()
    for row in (["ФИО", "Должность", "Телефон"], ["Уланова Вера Павловна", "методист", "89610000001"]):
        book.active.append(row)
    book.active.column_dimensions["C"].hidden = True
    out = io.BytesIO()
    book.save(out)
    upload = uploaded(clerk, out.getvalue())
    assert "Столбец «Телефон» в таблице скрыт. Читать его?" in checked(clerk, upload)
    assert [row.staff.phone for row in uploads.staff_list_of(upload).rows] == [""]
    clerk.post(page("import_check", upload.pk), {"column:2": "yes"})
    written(clerk, upload)
    assert Person.objects.get(last_name="Уланова").phone == "+79610000001"


UNSURE = (
    ["ФИО", "Должность", "Дата рождения"],
    ["Хор", None, None],
    ["Иванова Анна Петровна", "методист", "01.01.1990"],
    ["Белый Ворон", None, None],
    ["Петров Пётр Петрович", "методист", "01.01.1991"],
    ["Сидоров Пётр Петрович", "методист", "01.01.1992"],
)


@pytest.mark.parametrize(("answer", "departments"), [("yes", ["Белый Ворон"] * 2), ("no", ["Хор"] * 2), (None, [])])
def test_an_unclear_row_alone_covers_the_rows_below_it(clerk, answer, departments):
    """Nobody is written into the former department in silence: the rows wait for the answer."""
    upload = uploaded(clerk, workbook_of(*UNSURE))
    text = checked(clerk, upload)
    assert "Строка 4: «Белый Ворон» — это название отделения?" in text
    assert "зависит 2\u00a0строки под ней" in text
    if answer:
        clerk.post(page("import_check", upload.pk), {"section:4": answer})
    written(clerk, upload)
    found = Employment.objects.filter(person__last_name__in=("Петров", "Сидоров"))
    assert list(found.values_list("department__name", flat=True)) == departments
    assert Employment.objects.get(person__last_name="Иванова").department.name == "Хор"


def test_rows_with_the_same_doubt_are_answered_at_once(clerk):
    rows = [[f"Иванова{letter} Анна Петровна", "методист", "03.02.85"] for letter in "абвг"]
    upload = uploaded(clerk, workbook_of(["ФИО", "Должность", "Дата рождения"], *rows))
    text = checked(clerk, upload)
    assert "4\u00a0строки с одним и тем же сомнением" in text and text.count("Внести так") == 1
    clerk.post(page("import_check", upload.pk), {"group2": "take"})
    written(clerk, upload)
    assert Person.objects.filter(birth_date=date(1985, 2, 3)).count() == 4


def test_unread_columns_are_named(clerk):
    text = checked(clerk, uploaded(clerk, case_of("27-odd-headings")))
    assert "«Общий стаж» и «Стаж работы в данном учреждении». Если среди них есть нужный" in text


def test_a_long_table_comes_in_pages(clerk):
    rows = [[f"Иванов{n // 26 * 'а'}{chr(1072 + n % 26)}ва Анна Петровна", "методист"] for n in range(130)]
    upload = uploaded(clerk, workbook_of(["ФИО", "Должность"], *rows))
    assert "Показать все: 130" in checked(clerk, upload)
    url = reverse("people:import_rows", args=[upload.pk, "new"])
    assert len(clerk.get(url).context["table"]["rows"]) == 100
    assert len(clerk.get(url, {"page": 2}).context["table"]["rows"]) == 30
    assert clerk.get(reverse("people:import_rows", args=[upload.pk, "nothing"])).status_code == 404


# A surname that changed


def ekaterina():
    return make_person(
        "Мельничук",
        "Екатерина",
        "Викторовна",
        birth_date=date(1982, 9, 25),
        phone="+79001167092",
        post="преподаватель по классу вокала",
        department="Вокально-хоровое отделение",
    )


def test_a_changed_surname_is_a_question_and_a_new_name(clerk, school):
    person = ekaterina()
    NameForm.objects.create(person=person, case="dative", last="Мельничуке")
    upload = uploaded(clerk, case_of("21-surname-changed"))
    text = checked(clerk, upload)
    assert "Похоже на Мельничук Екатерину Викторовну: то же имя и отчество, дата рождения, телефон" in text
    assert "Это она: сменить имя" in text
    (gone,) = [
        table for table in clerk.get(page("import_check", upload.pk)).context["tables"] if table["code"] == "vanished"
    ]
    assert "Мельничук Екатерина Викторовна" not in [row["name"] for row in gone["rows"]]
    clerk.post(page("import_check", upload.pk), {"row2": "same"})
    written(clerk, upload)
    person.refresh_from_db()
    assert (person.last_name, str(person.former_names.get())) == ("Каштанова", "Мельничук Екатерина Викторовна")
    assert Person.objects.found_by("мельничук").get() == person
    assert person.employments.count() == 1
    assert not person.name_forms.exists()  # a correction of the former surname does not outlive it
    assert name_in(person, "dative") == "Каштановой Екатерине Викторовне"
    again = uploaded(
        clerk,
        workbook_of(["ФИО", "Должность", "Дата рождения"], [str(person.former_names.get()), "методист", "25.09.1982"]),
    )
    (row,) = uploads.plan_of(again, uploads.staff_list_of(again)).rows
    assert row.findings[-1].sentence == "В списке прежнее имя: в реестре это Каштанова Екатерина Викторовна"


def test_another_person_under_a_like_name_is_written_when_somebody_says_so(clerk, school):
    ekaterina()
    upload = uploaded(clerk, case_of("21-surname-changed"))
    written(clerk, upload)
    assert not Person.objects.filter(last_name="Каштанова").exists()
    fresh = uploaded(clerk, case_of("21-surname-changed") + b"")
    clerk.post(page("import_again", fresh.pk))
    last = StaffImport.objects.latest("pk")
    clerk.post(page("import_check", last.pk), {"row2": "take"})
    written(clerk, last)
    assert Person.objects.filter(first_name="Екатерина", birth_date=date(1982, 9, 25)).count() == 2


# Taking back


def state():
    people = Person.objects.order_by("pk").values(*[f.name for f in Person._meta.fields if f.name != "version"])
    places = Employment.objects.order_by("pk").values(
        *[f.attname for f in Employment._meta.fields if f.name != "version"]
    )
    return list(people), list(places), list(Department.objects.order_by("pk").values())


def test_a_list_is_taken_back_whole(clerk, school):
    ekaterina()
    anna = make_person("Иванова", "Анна", "Петровна", birth_date=date(1990, 1, 1), post="методист", department="Хор")
    before = state()
    upload = uploaded(
        clerk,
        workbook_of(
            ["ФИО", "Должность", "Отделение", "Дата рождения", "Телефон"],
            ["Иванова Анна Петровна", "концертмейстер", "Оркестр", "01.01.1990", "89610000009"],
            ["Петров Пётр Петрович", "методист", "Оркестр", "01.01.1991", None],
            ["Каштанова Екатерина Викторовна", "методист", "Хор", "25.09.1982", None],
        ),
    )
    clerk.post(page("import_check", upload.pk), {"row4": "same"})
    written(clerk, upload)
    assert state() != before
    text = clerk.get(page("import_take_back", upload.pk)).content.decode()
    for words in ("удалены из реестра: 1\u00a0человек", "вернутся прежние имена: 1\u00a0человек"):
        assert words in text
    response = clerk.post(page("import_take_back", upload.pk), follow=True)
    assert "Загрузка взята назад" in response.content.decode()
    assert state() == before
    assert Act.objects.filter(verb="take_back").count() == 1
    assert "уже взята назад" in clerk.post(page("import_take_back", upload.pk), follow=True).content.decode()
    assert Person.objects.get(pk=anna.pk).employments.get().post == "методист"


def test_corrected_forms_of_a_former_name_return(clerk, school):
    person = ekaterina()
    NameForm.objects.create(person=person, case="dative", last=f"{person.last_name}-дат", first="Екатерине-дат")
    NameForm.objects.create(person=person, case="genitive", last=f"{person.last_name}-род")
    before = list(NameForm.objects.order_by("case").values("person", "case", "last", "first", "middle"))
    row = ["Каштанова Екатерина Викторовна", "методист", "Хор", "25.09.1982"]
    upload = uploaded(clerk, workbook_of(["ФИО", "Должность", "Отделение", "Дата рождения"], row))
    clerk.post(page("import_check", upload.pk), {"row2": "same"})
    written(clerk, upload)
    assert list(NameForm.objects.values_list("case", "last", "first")) == [("dative", "", "Екатерине-дат")]
    NameForm.objects.create(person=person, case="accusative", last="Каштанову-вин")  # of a name that goes again
    clerk.post(page("import_take_back", upload.pk))
    assert list(NameForm.objects.order_by("case").values("person", "case", "last", "first", "middle")) == before


def test_nothing_of_people_who_were_taken_back_stays_in_the_history(clerk, school):
    upload = uploaded(
        clerk,
        workbook_of(["ФИО", "Должность", "Телефон"], ["Петров Пётр Петрович", "методист", "89610000009"]),
    )
    written(clerk, upload)
    kept = Person.objects.get(last_name="Петров")
    places = list(kept.employments.values_list("pk", flat=True))
    clerk.post(page("import_take_back", upload.pk))
    assert not Person.objects.filter(pk=kept.pk).exists()
    for model, keys in ((Person, [kept.pk]), (Employment, places)):
        kind = ContentType.objects.get_for_model(model)
        assert not LogEntry.objects.filter(content_type=kind, object_id__in=keys).exists()
    assert "Петров" not in "".join(map(str, LogEntry.objects.values_list("changes", "object_repr")))


def test_hostile_cells_are_written_and_taken_back(clerk, school):
    """What of nasty cells is confirmed goes into the register within its limits, and out again."""
    before = state()
    head = ["ФИО", "Должность", "Отделение", "Образование", "Категория", "Стаж", "Телефон", "E-mail", "Примечание"]
    names = [f"Иванова Анна{'абвгдежзиклмнопрстуфхцчшщэюя'[n]} Петровна" for n in range(len(HOSTILE))]
    lines = [[name, "методист", *[value] * 7] for name, value in zip(names, HOSTILE, strict=True)]
    upload = uploaded(clerk, workbook_of(head, *lines))
    text = checked(clerk, upload)
    assert "<script>alert" not in text
    answers = {str(n): {"take": True} for n in range(2, len(HOSTILE) + 2)}
    uploads.answer(upload, answers, by=User.objects.get(username="clerk"))
    written(clerk, upload)
    people = Person.objects.filter(last_name="Иванова", middle_name="Петровна")
    assert people.count() > len(HOSTILE) / 2
    for person in people:
        person.full_clean()
        assert clerk.get(person.get_absolute_url()).status_code == 200
    clerk.post(page("import_take_back", upload.pk))
    assert state() == before


def test_a_file_that_was_taken_back_may_come_again(clerk, school):
    upload = uploaded(clerk)
    written(clerk, upload)
    clerk.post(page("import_take_back", upload.pk))
    assert uploaded(clerk).pk != upload.pk


@pytest.mark.point("10.13")
def test_the_message_of_a_written_list_carries_the_way_back_and_who_acted_since_is_named(clerk, school, cast):
    upload = uploaded(clerk)
    told = clerk.post(page("import_confirm", upload.pk), follow=True).content.decode()
    assert f'<a href="{page("import_take_back", upload.pk)}">Отменить</a>' in told
    written_act = Act.objects.about(upload).get(verb="import")
    assert clerk.get(reverse("undo", args=[written_act.pk])).url == page("import_take_back", upload.pk)
    other = Person.objects.get(last_name="Очирова", first_name="Цаган")
    register_acts.edit(other, by=cast.curator, version=other.version, phone="+79990001122")
    text = clerk.get(page("import_take_back", upload.pk)).content.decode()
    assert cast.curator.person.short_name in text
    clerk.post(page("import_take_back", upload.pk))
    assert not StaffImport.objects.get(pk=upload.pk).taken_back_at


@pytest.mark.point("10.13")
def test_a_list_taken_back_names_the_act_that_it_undoes(clerk, school):
    upload = uploaded(clerk)
    written(clerk, upload)
    clerk.post(page("import_take_back", upload.pk))
    act = Act.objects.about(upload).get(verb="take_back")
    assert act.facts["undone"] == Act.objects.about(upload).get(verb="import").pk


def test_what_hangs_on_a_list_is_named(clerk, school, cast):
    upload = uploaded(clerk)
    written(clerk, upload)
    person = Person.objects.get(last_name="Хара-Даван")
    make_user(person, username="newcomer")
    other = Person.objects.get(last_name="Очирова", first_name="Цаган")
    register_acts.edit(other, by=cast.clerk, version=other.version, phone="+79990001122")
    text = clerk.get(page("import_take_back", upload.pk)).content.decode()
    assert "Загрузку уже не взять назад" in text
    assert "Хара-Даван\u00a0С.\u00a0В.: учётная запись" in text and "изменены сведения" in text
    before = Person.objects.count()
    assert "учётная запись" in clerk.post(page("import_take_back", upload.pk), follow=True).content.decode()
    assert Person.objects.count() == before


def test_destroyed_values_are_not_kept_to_take_back(clerk, school):
    names = ("Иванова", "Анна", "Петровна")
    anna = make_person(*names, birth_date=date(1990, 1, 1), phone="+79990000001", post="методист")
    head = ["ФИО", "Должность", "Дата рождения", "Телефон"]
    upload = uploaded(clerk, workbook_of(head, ["Иванова Анна Петровна", "методист", "01.01.1990", "89610000009"]))
    written(clerk, upload)
    upload.refresh_from_db()
    assert "+79990000001" in str(upload.undo)
    erasure.erase(anna, erasure.CONTACTS)
    upload.refresh_from_db()
    assert upload.undo["changed"] == []


def test_absent_upload_is_not_found(clerk):
    assert clerk.get(page("import_check", 999)).status_code == 404


def test_curator_may(cast, as_user):
    assert as_user(cast.curator).get(page("imports")).status_code == 200


def test_earlier_uploads_come_in_pages(clerk):
    upload = uploaded(clerk)
    rows = [
        StaffImport(file=upload.file, sha256=f"{n:064}", uploaded_by=upload.uploaded_by, uploaded_at=upload.uploaded_at)
        for n in range(29)
    ]
    StaffImport.objects.bulk_create(rows)
    first, second = clerk.get(page("imports")), clerk.get(page("imports"), {"page": 2})
    assert [len(page.context["listing"].rows) for page in (first, second)] == [25, 5]
    assert "1–25 из" in first.content.decode()


def with_torn_sheet(name: str) -> bytes:
    """The sample as a sound package in which one sheet is cut off in the middle of its rows."""
    source, out = zipfile.ZipFile(SAMPLE), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part in source.namelist():
            data = source.read(part)
            package.writestr(part, data[: data.index(b"<row") + 40] if part == name else data)
    return out.getvalue()


def test_a_sound_package_with_a_torn_sheet_gets_a_sentence_at_the_field(clerk):
    response = send(clerk, with_torn_sheet("xl/worksheets/sheet1.xml"))
    assert response.status_code == 422 and not StaffImport.objects.exists()
    assert "таблица в нём не читается" in " ".join(response.context["form"].errors["file"])


def test_a_sheet_that_cannot_be_read_leads_back_to_the_upload(clerk):
    upload = uploaded(clerk)
    torn = with_torn_sheet("xl/worksheets/sheet1.xml")
    StaffImport.objects.filter(pk=upload.pk).update(
        file=store_bytes(torn, name="порван.xlsx", content_type="application/x")
    )
    response = clerk.get(page("import_columns", upload.pk), follow=True)
    assert (
        response.redirect_chain[-1][0] == page("imports") and "таблица в нём не читается" in response.content.decode()
    )


def test_a_sheet_of_those_who_have_left_is_not_ticked(clerk):
    book = openpyxl.Workbook()
    book.active.title = "Работают"
    for title, name in (("", "Уланова Вера Павловна"), ("Хор", "Громов Пётр Ильич"), ("Уволенные", "Седов Иван Ильич")):
        sheet = book.create_sheet(title) if title else book.active
        sheet.append(["ФИО", "Должность"])
        sheet.append([name, "преподаватель"])
    out = io.BytesIO()
    book.save(out)
    response = clerk.get(page("import_check", uploaded(clerk, out.getvalue()).pk))
    assert response.context["sheets_left"] == ["Хор", "Уволенные"]
    assert response.context["sheets_form"].initial == {"sheets": ["Хор"]}
