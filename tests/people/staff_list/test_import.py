"""The staff list and the register: plan, one transaction, nothing twice, the command, the list of refused rows."""

import hashlib
import io
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command

from mentoring_site.models import Act, StoredFile
from mentoring_site.workflow import Already, NotAllowed, Refused
from mentoring_site.xlsx.reader import open_upload
from mentoring_site.xlsx.writer import write_xlsx
from people.language.declension import post_in
from people.register.models import Employment, Person
from people.school.models import Department, Organisation
from people.staff_list.checking import read_staff_list
from people.staff_list.commit import commit
from people.staff_list.correction import correction, left_out
from people.staff_list.models import StaffImport
from people.staff_list.plan import make_plan
from people.staff_list.recognition import recognize
from tests import SAMPLE, SAMPLES
from tests.factories import make_person

TODAY = date(2026, 11, 22)
ANSWERS = {
    "26": {"take": True, "gender": "f"},
    "33": {"take": True},
    "46": {"take": True},
}
HEAD = ["ФИО", "Должность", "Отделение", "Дата рождения", "Пед. стаж", "Телефон", "Примечание"]
ANNA = "Иванова Анна Петровна"

pytestmark = [pytest.mark.point("8"), pytest.mark.django_db]


@pytest.fixture
def sample():
    return read_staff_list(SAMPLE, TODAY)


def workbook_of(*rows, head=HEAD, sheet="на 01.09.2026"):
    """Bytes of a list with these rows."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in (head, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def listed(*rows, **kwargs):
    return read_staff_list(workbook_of(*rows, **kwargs), TODAY)


def outcomes(plan):
    return [row.outcome for row in plan.rows]


def registered():
    """The whole register as plain data."""
    return (
        list(Person.objects.order_by("pk").values()),
        list(Employment.objects.order_by("pk").values()),
        list(Department.objects.order_by("pk").values()),
    )


# The sample


def test_plan_of_the_sample_writes_nothing(school, sample):
    before = registered()
    counts = make_plan(sample).counts
    assert counts == {
        "new": 58,
        "changed": 0,
        "unchanged": 0,
        "doubtful": 3,
        "refused": 3,
        "skipped": 0,
        "people": 57,
    }
    assert registered() == before


def test_sample_is_written_once(school, sample):
    commit(sample, by=None)
    assert (Person.objects.count(), Employment.objects.count(), Department.objects.count()) == (57, 58, 7)
    before = registered()
    acts = Act.objects.count()
    plan = commit(read_staff_list(SAMPLE, TODAY), by=None)
    assert plan.counts | {"people": 0} == {
        "new": 0,
        "changed": 0,
        "unchanged": 58,
        "doubtful": 3,
        "refused": 3,
        "skipped": 0,
        "people": 0,
    }
    assert registered() == before
    assert Act.objects.count() == acts
    assert plan.vanished == []


def test_answers_let_doubtful_rows_in(school, sample):
    plan = commit(sample, ANSWERS, by=None)
    assert (plan.counts["new"], plan.counts["refused"], Person.objects.count()) == (61, 3, 60)
    delgir = Person.objects.get(last_name="Санджи-Горяева", first_name="Делгир")
    assert (delgir.middle_name, delgir.gender, delgir.birth_date) == ("", "f", date(1959, 4, 24))
    tatiana = Person.objects.get(last_name="Катаева", first_name="Татьяна")
    assert (tatiana.middle_name, tatiana.note) == ("Петровна", "декретный отпуск")
    assert Person.objects.get(last_name="Мельник", first_name="Виктор").email == ""


def test_doubts_may_be_left_out(school, sample):
    plan = make_plan(sample, {"26": {"take": True}, "33": {"take": False}})
    assert [(row.number, row.outcome) for row in plan.outcome("doubtful", "refused", "skipped")] == [
        (26, "doubtful"),
        (29, "refused"),
        (33, "skipped"),
        (36, "refused"),
        (39, "refused"),
        (46, "doubtful"),
    ]


def test_corrected_sample_gives_63_people(school, sample):
    """The three refused cells are corrected in the file itself, as a clerk would."""
    commit(sample, ANSWERS, by=None)
    book = openpyxl.load_workbook(SAMPLE)
    book.active["H29"], book.active["C36"], book.active["H39"] = "05.05.1973", "концертмейстер", "28.02.1970"
    out = io.BytesIO()
    book.save(out)
    plan = commit(read_staff_list(out.getvalue(), TODAY), ANSWERS, by=None)
    assert (plan.counts["new"], plan.counts["unchanged"], plan.counts["changed"]) == (3, 61, 0)
    assert (Person.objects.count(), Employment.objects.count()) == (63, 64)


def test_person_with_two_employments(school, sample):
    commit(sample, by=None)
    kermen = Person.objects.get(last_name="Санджи-Горяева", first_name="Кермен", middle_name="Дмитриевна")
    assert list(kermen.employments.values_list("post", "kind", "department__name", "is_teaching")) == [
        ("преподаватель по классу фортепиано", "internal", "Теоретическое отделение", True),
        ("преподаватель по классу фортепиано", "main", "Фортепианное отделение", True),
    ]
    assert (kermen.category, kermen.category_order) == ("highest", "№ 382 от 20.12.2025")
    assert kermen.teaching_since == date(1984, 9, 1)


def test_every_person_has_a_row_in_the_log(school, sample):
    commit(sample, by=None)
    assert Act.objects.filter(verb="enter").count() == 57
    assert Act.objects.get(verb="import").facts["people"] == 57


def test_persons_are_found_by_search_afterwards(school, sample):
    commit(sample, by=None)
    assert Person.objects.found_by("хара-даван све").count() == 1


def test_young_specialists_are_known(school, sample):
    commit(sample, by=None)
    assert Person.objects.get(last_name="Очирова", first_name="Цаган").young_specialist(date(2026, 9, 1))[0]


def test_fresh_register_takes_the_school_from_the_list(db, sample):
    commit(sample, by=None)
    assert Organisation.objects.get().name == "МБУ ДО «Детская школа искусств № 1»"


def test_without_any_school_the_list_is_refused(db):
    with pytest.raises(Refused, match="запишите сведения о школе"):
        commit(listed([ANNA, "методист"]), by=None)
    assert Person.objects.count() == 0


# Against what the register knows


def test_changes_are_named_field_by_field(school):
    person = make_person(
        "Иванова",
        "Анна",
        "Петровна",
        birth_date=date(1990, 1, 1),
        phone="+79990000001",
        teaching_since=date(2012, 3, 1),
        post="методист",
        department="Администрация",
    )
    plan = commit(listed([ANNA, "методист", "Администрация", "01.01.1990", 14, "8 999 000-00-02", "декрет"]), by=None)
    assert outcomes(plan) == ["changed"]
    assert [str(change) for change in plan.rows[0].changes] == [
        "телефон: +79990000001 → +79990000002",
        "примечание: — → декрет",
    ]
    person.refresh_from_db()
    assert (person.phone, person.note, person.version, person.teaching_since) == (
        "+79990000002",
        "декрет",
        2,
        date(2012, 3, 1),
    )
    assert Act.objects.get(verb="edit").facts == {"fields": ["note", "phone"]}


def test_silence_of_the_list_erases_nothing(school):
    make_person(
        "Иванова",
        "Анна",
        "Петровна",
        birth_date=date(1990, 1, 1),
        email="a@b.ru",
        note="важное",
        post="методист",
        department="Администрация",
    )
    assert outcomes(make_plan(listed([ANNA, "методист", "Администрация"]))) == ["unchanged"]


@pytest.mark.parametrize(
    ("stated", "outcome"),
    [("14 лет", "unchanged"), (15, "changed"), ("14 л. 6 мес.", "unchanged"), ("14 л. 2 мес.", "changed")],
)
def test_service_is_compared_in_the_units_of_the_list(school, stated, outcome):
    make_person(
        "Иванова",
        "Анна",
        "Петровна",
        birth_date=date(1980, 1, 1),
        teaching_since=date(2012, 3, 1),
        post="методист",
        department="Администрация",
    )
    assert outcomes(make_plan(listed([ANNA, "методист", "Администрация", "01.01.1980", stated]))) == [outcome]


def test_yo_and_case_do_not_make_another_person(school):
    make_person("Семёнова", "Алёна", "Петровна", birth_date=None, post="методист", department="Администрация")
    plan = commit(listed(["СЕМЕНОВА АЛЕНА ПЕТРОВНА", "Методист", "администрация", "01.01.1990"]), by=None)
    assert [str(change) for change in plan.rows[0].changes] == ["дата рождения: — → 01.01.1990"]
    assert Person.objects.get().last_name == "Семёнова"


def test_namesake_with_another_birth_date_is_a_doubt(school):
    make_person("Иванова", "Анна", "Петровна", birth_date=date(1980, 1, 1))
    read = listed([ANNA, "методист", None, "01.01.1990"])
    plan = make_plan(read)
    assert outcomes(plan) == ["doubtful"]
    assert plan.rows[0].findings[-1].sentence.startswith("В реестре уже есть Иванова Анна Петровна, 01.01.1980:")
    commit(read, {"2": {"take": True}}, by=None)
    assert Person.objects.filter(last_name="Иванова").count() == 2


def test_several_namesakes_need_a_birth_date(school):
    make_person("Иванова", "Анна", "Петровна", birth_date=date(1980, 1, 1))
    make_person("Иванова", "Анна", "Петровна", birth_date=date(1990, 1, 1))
    plan = make_plan(listed([ANNA, "методист"]))
    assert (outcomes(plan), plan.rows[0].findings[-1].sentence) == (
        ["refused"],
        "В реестре несколько полных тёзок: укажите в списке дату рождения",
    )


def test_two_dates_do_not_claim_one_undated_person(school):
    make_person("Иванова", "Анна", "Петровна", birth_date=None, post="методист", department=None)
    read = listed([ANNA, "методист", None, "01.01.1980"], [ANNA, "концертмейстер", None, "01.01.1990"])
    commit(read, {"3": {"take": True}}, by=None)
    assert sorted(Person.objects.values_list("birth_date", flat=True)) == [date(1980, 1, 1), date(1990, 1, 1)]


def test_gender_is_not_asked_when_the_register_knows_it(school):
    make_person("Ким", "Бадма", "", gender="m", birth_date=date(1980, 1, 1), post="методист", department=None)
    assert outcomes(make_plan(listed(["Ким Бадма", "методист", None, "01.01.1980"]))) == ["unchanged"]


def test_post_and_department_move_in_place(school):
    make_person("Иванова", "Анна", "Петровна", birth_date=date(1980, 1, 1), post="методист", department="Администрация")
    plan = commit(listed([ANNA, "концертмейстер", "Хоровое", "01.01.1980"]), by=None)
    assert [str(change) for change in plan.rows[0].changes] == [
        "должность: методист → концертмейстер",
        "отделение: Администрация → Хоровое",
    ]
    assert list(Employment.objects.values_list("post", "department__name", "version")) == [
        ("концертмейстер", "Хоровое", 2)
    ]


def test_a_corrected_form_of_a_post_falls_with_the_post(school):
    person = make_person("Иванова", "Анна", "Петровна", birth_date=date(1980, 1, 1), post="методист", department="Хор")
    Person.objects.filter(pk=person.pk).update(post_forms={"методист": {"dative": "методистке"}})
    commit(listed([ANNA, "концертмейстер", "Хор", "01.01.1980"]), by=None)
    person.refresh_from_db()
    post = person.employments.get().post
    assert (post, post_in(person, post, "dative")) == ("концертмейстер", "концертмейстеру")


def test_second_employment_of_a_known_person(school):
    make_person("Иванова", "Анна", "Петровна", birth_date=date(1980, 1, 1), post="методист", department="Администрация")
    plan = commit(
        listed(
            [ANNA, "методист", "Администрация", "01.01.1980"],
            [ANNA, "концертмейстер", "Хоровое", "01.01.1980", None, None, "внутр. совм."],
        ),
        by=None,
    )
    assert outcomes(plan) == ["unchanged", "changed"]
    assert [str(change) for change in plan.rows[1].changes] == [
        "место работы: — → концертмейстер, Хоровое, внутреннее совместительство"
    ]
    assert Employment.objects.count() == 2


def test_those_who_left_are_reported_and_stay(school):
    gone = make_person("Петрова", "Зоя", "Ивановна")
    make_person("Сидорова", "Зоя", "Ивановна", department=None).employments.update(until=date(2020, 1, 1))
    plan = commit(listed([ANNA, "методист"]), by=None)
    assert plan.vanished == [gone]
    assert Person.objects.count() == 3


def test_everything_or_nothing(school, sample, monkeypatch):
    """A failure at the very end leaves no half of a list behind."""
    before = registered()
    monkeypatch.setattr(Act.objects.__class__, "bulk_create", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        commit(sample, by=None)
    assert registered() == before


# An upload


def upload_of(user):
    stored = StoredFile.objects.create(name="а.xlsx", content_type="x", size=1, sha256="0" * 64)
    return StaffImport.objects.create(file=stored, sha256=hashlib.sha256(b"").hexdigest(), uploaded_by=user)


def test_upload_is_written_once(cast, sample):
    upload = upload_of(cast.clerk)
    commit(sample, ANSWERS, by=cast.clerk, upload=upload)
    assert (upload.committed_by, upload.result["counts"]["new"]) == (cast.clerk, 61)
    assert upload.result["left_out"][1] == {
        "row": 36,
        "place": "36",
        "name": "Мельник Татьяна Львовна",
        "reasons": ["Не указана должность"],
    }
    with pytest.raises(Already, match="уже внесён"):
        commit(sample, ANSWERS, by=cast.clerk, upload=upload)


def test_only_those_who_may(cast, sample):
    with pytest.raises(NotAllowed):
        commit(sample, by=cast.mentor)


# The rows to correct


def test_refused_rows_come_back_and_go_in_again(school, sample):
    plan = commit(sample, ANSWERS, by=None)
    title, columns, rows = correction(sample, left_out(plan))
    assert (title, columns[-2:]) == ("Исправить (на 01.09.2026)", ["Отделение", "Причина"])
    assert [row[-1] for row in rows] == [
        "Дата рождения 05.05.2031 ещё не наступила",
        "Не указана должность",
        "Дата рождения 31.02.1990: такого дня нет",
    ]
    book = openpyxl.load_workbook(write_xlsx(io.BytesIO(), title, columns, rows))
    book.active["H2"], book.active["C3"], book.active["H4"] = "05.05.1973", "концертмейстер", "28.02.1970"
    out = io.BytesIO()
    book.save(out)
    again = read_staff_list(out.getvalue(), TODAY)
    assert (again.as_of, again.mapping.columns["department"]) == (date(2026, 9, 1), 11)
    plan = commit(again, by=None)
    assert (plan.counts["new"], plan.counts["people"], plan.vanished) == (3, 3, [])
    assert (Person.objects.count(), Department.objects.count()) == (63, 7)


def test_columns_named_by_hand_are_understood_again(school):
    book = workbook_of(["Иванова Анна Петровна", None, "01.01.1990"], head=["кто", "кем", "когда"])
    mapping = recognize(open_upload(book))
    mapping.columns.update({"name": 0, "post": 1, "birth_date": 2})
    read = read_staff_list(book, TODAY, mapping)
    title, columns, rows = correction(read, left_out(make_plan(read)))
    again = recognize(open_upload(write_xlsx(io.BytesIO(), title, columns, rows).getvalue()))
    assert {name: again.columns[name] for name in ("name", "post", "birth_date")} == {
        "name": 0,
        "post": 1,
        "birth_date": 2,
    }


# The command


def run(capsys, *arguments):
    """Exit code and what was printed."""
    code = 0
    try:
        call_command("import_staff", *arguments)
    except SystemExit as ended:
        code = ended.code
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_command_shows_and_writes_nothing(school, capsys):
    code, printed = run(capsys, str(SAMPLE))
    assert (code, Person.objects.count()) == (1, 0)
    assert "Не указана должность" in printed
    assert "новый — 58, изменён — 0, без изменений — 0, сомнение — 3, отказ — 3 (строк)" in printed


def test_command_writes_accepted_rows(school, capsys):
    code, printed = run(capsys, str(SAMPLE), "--commit")
    assert (code, Person.objects.count()) == (1, 57)
    assert "Внесено: 57\u00a0человек" in printed
    before = registered()
    code, printed = run(capsys, str(SAMPLE), "--commit")
    assert (code, registered()) == (1, before)
    assert "новый — 0, изменён — 0, без изменений — 58" in printed
    assert "ничего не изменено" in printed


def test_command_is_content_with_a_clean_list(school, capsys, tmp_path):
    file = tmp_path / "список.xlsx"
    file.write_bytes(workbook_of([ANNA, "методист"]))
    assert run(capsys, str(file), "--commit")[0] == 0


@pytest.mark.parametrize(("content", "words"), [(None, "нет"), (b"", "пуст"), (b"PK\x03\x04...", "повреждён")])
def test_command_tells_what_is_wrong_with_the_file(school, capsys, tmp_path, content, words):
    file = tmp_path / "список.xlsx"
    if content is not None:
        file.write_bytes(content)
    code, printed = run(capsys, str(file), "--commit")
    assert (code, len(printed.splitlines())) == (2, 1)
    assert words in printed


def test_command_refuses_a_list_without_columns(school, capsys, tmp_path):
    file = tmp_path / "список.xlsx"
    file.write_bytes(workbook_of(["а", "б"], head=["ФИО", "Телефон"]))
    assert run(capsys, str(file)) == (
        2,
        "В списке не найден столбец «Должность». Заголовки, которые видны: «ФИО», «Телефон». "
        "Назовите столбцы в шапке так, как принято, или укажите их на странице загрузки.\n",
    )


def test_command_names_what_is_not_read(school, capsys):
    printed = run(capsys, str(SAMPLES / "cases" / "04-sheet-per-department.xlsx"))[1]
    assert "Листы не читаются: «Народники», «ИЗО»" in printed
    printed = run(capsys, str(SAMPLES / "cases" / "27-odd-headings.xlsx"))[1]
    assert "Столбцы не читаются: «Общий стаж», «Стаж работы в данном учреждении»" in printed
    printed = run(capsys, str(SAMPLES / "cases" / "25-notes-below.xlsx"))[1]
    assert "Строка 10 не о человеке: итог Принято 12 человек" in printed


def test_5000_people_in_few_queries(school, django_assert_max_num_queries):
    syllables = ["ба", "ва", "га", "да", "за", "ка", "ла", "ма", "на", "ра"]
    rows = [
        [
            (
                f"И{syllables[n % 10]}{syllables[n // 10 % 10]}{syllables[n // 100 % 10]}{syllables[n // 1000]}ова Анна"
                " Петровна"
            ),
            "методист",
            "Хоровое",
            date(1960 + n % 40, 1 + n % 12, 1 + n % 28),
        ]
        for n in range(5000)
    ]
    read = listed(*rows)
    with django_assert_max_num_queries(40):
        commit(read, by=None)
    assert Person.objects.count() == 5000


@pytest.mark.parametrize(
    ("phone", "post", "born", "outcome"),
    [
        ("89610000002", "концертмейстер", None, "doubtful"),
        ("89610000001", "концертмейстер", None, "changed"),
        ("89610000002", "методист", None, "changed"),
        (None, "концертмейстер", None, "changed"),
        ("89610000002", "концертмейстер", "01.01.1990", "doubtful"),  # the register does not know the date
    ],
)
def test_a_namesake_with_nothing_in_common_is_asked_about(school, phone, post, born, outcome):
    make_person(*ANNA.split(), phone="+79610000001", post="методист", birth_date=None)
    plan = make_plan(listed([ANNA, post, None, born, None, phone, None]))
    assert outcomes(plan) == [outcome]


def test_a_namesake_of_the_same_birth_date_may_have_everything_else_new(school):
    make_person(*ANNA.split(), phone="+79610000001", post="методист", birth_date=date(1990, 1, 1))
    assert outcomes(make_plan(listed([ANNA, "концертмейстер", None, "01.01.1990", None, "89610000002", None]))) == [
        "changed"
    ]
