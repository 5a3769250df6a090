"""The pages of the import: upload, columns, doubts, confirmation, result; everything without JavaScript."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mentoring_site.files import store_bytes
from people.register.models import Person
from people.staff_list import uploads
from people.staff_list.models import StaffImport
from tests import SAMPLE

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
        "Строка 78: итог",
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
    assert response.status_code == 200
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
    ):
        assert other.get(page(name, upload.pk)).status_code == 403
    for name in ("import_check", "import_columns", "import_confirm", "import_again"):
        assert other.post(page(name, upload.pk)).status_code == 403
    assert StaffImport.objects.get().committed_at is None


def test_absent_upload_is_not_found(clerk):
    assert clerk.get(page("import_check", 999)).status_code == 404


def test_curator_may(cast, as_user):
    assert as_user(cast.curator).get(page("imports")).status_code == 200


def test_earlier_uploads_come_in_pages(clerk):
    upload = uploaded(clerk)
    rows = [
        StaffImport(file=upload.file, uploaded_by=upload.uploaded_by, uploaded_at=upload.uploaded_at) for _ in range(29)
    ]
    StaffImport.objects.bulk_create(rows)
    first, second = clerk.get(page("imports")), clerk.get(page("imports"), {"page": 2})
    assert len(first.context["earlier"]) == 25 and len(second.context["earlier"]) == 5
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
