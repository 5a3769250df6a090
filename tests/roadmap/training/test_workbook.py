"""A workbook of records: looked at row by row before anything is written, written once, read back from the list."""

import io
from hashlib import sha256

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import Already, NotAllowed, Refused
from mentoring_site.xlsx.reader import DamagedFile
from people.consents.destruction import retention
from people.school.models import Organisation
from roadmap.training import import_acts
from roadmap.training.models import Training, TrainingImport
from roadmap.training.workbook import Verdict
from tests.factories import make_person
from tests.roadmap.training.kit import day, entered

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.6")]
COLUMNS = ["№", "ФИО", "Вид", "Название курса", "Место обучения", "Дата окончания", "Часы", "О наставничестве"]
HEAD = ["Отчёт за год"], COLUMNS


def book(*rows, head=HEAD) -> bytes:
    made = openpyxl.Workbook()
    for row in [*head, *rows]:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def taken(cast, content: bytes) -> TrainingImport:
    digest = sha256(content).hexdigest()
    return import_acts.take(content, name="курсы.xlsx", sha256=digest, by=cast.clerk)[0]


def test_every_row_gets_its_verdict_and_the_right_value_is_named(cast):
    first, other = make_person("Очирова", "Светлана", "Дмитриевна"), make_person("Бадмаев", "Санал", "Юрьевич", "m")
    entered(first, by=cast.clerk, topic="Домбра в ансамбле", started_on=day(-5), ended_on=day(-5), document_date=None)
    Organisation.objects.create(kind="other", name="Институт развития образования", short_name="ИРО")
    ended = day(-30).strftime("%d.%m.%Y")
    lines = import_acts.lines(
        taken(
            cast,
            book(
                [1, first.full_name, "ПК", "Наставник", "ИРО", ended, "36 ч", "да"],
                [2, first.full_name, "семинар", "Домбра в  ансамбле", "", day(-5), 2, ""],
                [3, "Бадмаев С. Ю.", "вебинар", "Ноты", "", ended, 2, ""],
                [4, "Очирова Светлана Дмитревна", "семинар", "Хор", "", ended, 2, ""],
                [5, other.full_name, "лекторий", "Хор", "", "31.02.2026", "много", ""],
                [6, first.full_name, "ПК", "наставник", "", ended, 36, "да"],
            ),
        )
    )
    new, known, short, misspelt, wrong, twice = lines
    assert (new.verdict, new.person, new.values["kind"], new.values["hours"]) == (Verdict.NEW, first, "course", 36)
    assert new.values["organisation"].short_name == "ИРО" and new.values["about_mentoring"] is True
    assert known.verdict is Verdict.DUPLICATE and "уже есть" in known.why
    assert (short.verdict, short.person) == (Verdict.DOUBTFUL, other) and other.full_name in short.why
    assert misspelt.verdict is Verdict.REFUSED and first.full_name in misspelt.why
    assert wrong.verdict is Verdict.REFUSED
    for words in ("«лекторий» не известен", "«вебинар»", "«31.02.2026» не дата", "«много» не годится"):
        assert words in wrong.why, words
    assert (twice.verdict, twice.twice) == (Verdict.DUPLICATE, new.number)
    assert Training.objects.count() == 1, "nothing is written before it is confirmed"


def test_the_check_page_writes_what_was_confirmed_and_only_once(cast, as_user):
    first, other = make_person("Очирова", "Светлана", "Дмитриевна"), make_person("Бадмаев", "Санал", "Юрьевич", "m")
    ended = day(-30).strftime("%d.%m.%Y")
    content = book(
        [1, first.full_name, "ПК", "Наставник", "ИРО", ended, 36, "да"],
        [2, "Бадмаев С. Ю.", "вебинар", "Ноты", "", ended, 2, ""],
        [3, "Никто Н. Н.", "вебинар", "Ноты", "", ended, 2, ""],
    )
    client = as_user(cast.curator)

    def upload():
        return client.post(reverse("roadmap:training_imports"), {"file": SimpleUploadedFile("курсы.xlsx", content)})

    assert upload().url == upload().url, "the same file is not stored twice"
    one = TrainingImport.objects.get()
    page = client.get(one.get_absolute_url())
    assert [group["title"] for group in page.context["groups"]] == ["Новые", "Сомнительные", "Не внесутся"]
    assert page.context["ready"] == "1\u00a0запись" and not Training.objects.exists()
    for _ in range(2):
        client.post(one.get_absolute_url(), {"take": "4"})
    assert {(t.person, t.state) for t in Training.objects.all()} == {(first, "confirmed"), (other, "confirmed")}
    one.refresh_from_db()
    assert one.result == {"new": 1, "doubtful": 1, "duplicate": 0, "refused": 1, "written": 2}
    with pytest.raises(Already):
        import_acts.write(one, by=cast.curator)
    upload()
    again = TrainingImport.objects.get(committed_at__isnull=True)
    with pytest.raises(Refused, match="Вносить нечего"):
        import_acts.write(again, by=cast.clerk)
    client.post(again.get_absolute_url(), {"discard": "1"})
    assert TrainingImport.objects.count() == 1 and Training.objects.count() == 2


def test_the_workbook_of_the_list_is_read_back(cast, as_user):
    person = make_person()
    entered(person, by=cast.clerk)
    out = b"".join(as_user(cast.clerk).get("/training/?format=xlsx&year=all").streaming_content)
    [line] = import_acts.lines(taken(cast, out))
    assert line.verdict is Verdict.DUPLICATE
    Training.objects.all().delete()
    import_acts.write(TrainingImport.objects.get(), by=cast.clerk)
    one = Training.objects.get()
    assert (one.document, one.document_number, one.hours, one.form, one.about_mentoring) == (
        "course",
        "080400012345",
        36,
        "remote",
        True,
    )
    sample = as_user(cast.clerk).get(reverse("roadmap:training_sample"))
    with pytest.raises(Refused):
        import_acts.write(taken(cast, b"".join(sample.streaming_content)), by=cast.clerk)


def test_a_book_without_columns_is_refused_with_their_names(cast, as_user):
    with pytest.raises(DamagedFile, match="«Фамилия, имя, отчество», «Тема» и «Последний день»"):
        taken(cast, book(["Очирова", "Курсы"], head=()))
    with pytest.raises(NotAllowed, match="загружать записи об обучении из файла".capitalize()):
        import_acts.take(b"", name="x", sha256="x", by=cast.director)
    assert as_user(cast.director).get(reverse("roadmap:training_imports")).status_code == 403


def test_a_workbook_goes_with_destroyed_data_and_with_time(cast):
    person, ended = make_person(), day(-30).strftime("%d.%m.%Y")
    one = taken(cast, book([1, person.full_name, "ПК", "Наставник", "", ended, 36, ""]))
    name = one.file.file.name
    import_acts.write(one, by=cast.clerk)
    assert import_acts.forget_old() == 0 and one.file.file.storage.exists(name)
    retention.forget_copies()
    assert not TrainingImport.objects.exists() and Training.objects.count() == 1
    again = taken(cast, book([1, person.full_name, "ПК", "Другое", "", ended, 36, ""]))
    TrainingImport.objects.filter(pk=again.pk).update(uploaded_at=timezone.now() - import_acts.KEPT * 2)
    assert import_acts.forget_old() == 1 and not TrainingImport.objects.exists()
