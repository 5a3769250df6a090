"""Odd workbooks and rows that do not hold: what is said at the row, what is asked and how the answer counts."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.utils import timezone

from mentoring_site.xlsx.reader import DamagedFile
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.orders.models import Order
from reports.orders.order_kinds.registry import KINDS
from reports.past import acts, taking_back, template, writing
from reports.past.planning_orders import LINK, MAKE
from reports.past.sheets import ORDERS, SHEETS
from tests.factories import make_candidate, make_pairing, make_person
from tests.reports.past import kit

pytestmark = [pytest.mark.point("12.9"), pytest.mark.django_db]


@pytest.fixture
def people(school):
    return kit.two()


def plan(cast, *args, **options):
    return writing.plan_of(kit.take(cast, kit.book(*args, **options)))


def refused(cast, *args):
    """What is said at the last row of the book, which is refused."""
    row = plan(cast, *args).rows[-1]
    assert row.outcome == "refused", (row.outcome, row.questions)
    return ". ".join(row.wrong).replace("\u00a0", " ")


def asked(cast, *args):
    """What is asked at the last row."""
    row = plan(cast, *args).rows[-1]
    assert row.outcome == "doubtful", (row.outcome, row.wrong)
    return ". ".join(question.text for question in row.open_questions).replace("\u00a0", " ")


def test_a_missing_sheet_is_named_and_the_others_are_read(cast, people):
    found = plan(cast, [kit.order()])
    assert found.raw.notes == ["В книге нет листов «Пары и группы» и «Программы»: с них ничего не внесётся"]
    assert found.counts["new"] == 1


def test_a_book_of_something_else_is_not_taken(cast, people):
    book = openpyxl.Workbook()
    book.active.append(["Фамилия", "Должность"])
    with pytest.raises(DamagedFile, match="Скачайте образец"):
        kit.take(cast, kit.saved(book))


def test_a_sheet_without_its_heading_is_named(cast, people):
    book = openpyxl.Workbook()
    book.active.title = "Приказы"
    book.active.append(["Номер", "Дата"])
    with pytest.raises(DamagedFile, match="«Вид приказа»"):
        kit.take(cast, kit.saved(book))


def test_a_sheet_under_another_name_is_known_by_its_heading(cast, people):
    book = openpyxl.Workbook()
    book.active.title = "Лист1"
    book.active.append([column.name for column in ORDERS.columns] + ["Заметки"])
    book.active.append(["17-од", date(2026, 2, 2), kit.ASSIGNMENT])
    found = writing.plan_of(kit.take(cast, kit.saved(book)))
    assert found.counts["new"] == 1
    assert any("«Заметки»" in note for note in found.raw.notes)


def test_dates_as_text_are_dates(cast, people):
    rows = [kit.pair(*people, since="02.02.2026", order_date="2 февраля 2026 г.")]
    kit.bring_in(cast, kit.book([kit.order(day="02.02.2026")], rows))
    assert Pairing.objects.get().assigned_on == date(2026, 2, 2)
    assert "такого дня нет" in refused(cast, [kit.order("18", day="31.02.2026")])
    assert "не дата" in refused(cast, [kit.order("19", day="весной")])


def test_merged_cells_say_the_same_in_each_row(cast, people):
    third = make_person()
    book = openpyxl.load_workbook(io.BytesIO(kit.book([kit.order()], [kit.pair(*people), kit.pair(people[0], third)])))
    sheet = book["Пары и группы"]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(3, titles.index("№ пары") + 1).value = "2"
    for title in ("Наставник", "Приказ о закреплении №", "Приказ о закреплении от"):
        at = titles.index(title) + 1
        sheet.cell(3, at).value = None
        sheet.merge_cells(start_row=2, end_row=3, start_column=at, end_column=at)
    kit.bring_in(cast, kit.saved(book))
    assert {pairing.order_number for pairing in Pairing.objects.all()} == {"17-од"}
    assert Pairing.objects.filter(participations__person=people[0], participations__part="mentor").count() == 2


def test_an_unknown_person_is_refused_with_advice(cast, people):
    said = refused(cast, [kit.order()], [kit.pair("Неизвестный Пётр Петрович", people[1])])
    assert "такого человека в списке нет" in said


def test_who_is_meant_is_asked_once_and_the_answer_counts(cast, people):
    one, other = (make_person("Мельник", "Ольга", "Львовна", birth_date=date(1980, n, 4)) for n in (3, 5))
    rows = [kit.pair("Мельник О. Л.", people[1]), kit.pair("Мельник О. Л.", people[0], code="2")]
    upload = kit.take(cast, kit.book([kit.order()], rows))
    found = writing.plan_of(upload)
    keys = {question.key for row in found.pairs for question in row.open_questions}
    assert len(keys) == 1 and found.counts["doubtful"] == 2
    acts.answer(upload, {keys.pop(): str(other.pk)}, by=cast.curator)
    upload.refresh_from_db()
    assert {row.mentor for row in writing.plan_of(upload).pairs} == {other}
    assert one.pk != other.pk


def test_a_row_that_is_not_to_come_in_is_left_out(cast, people):
    upload = kit.take(cast, kit.book([kit.order()], [kit.pair(*people, since=date(2026, 1, 12))]))
    (question,) = writing.plan_of(upload).pairs[0].open_questions
    assert "раньше, чем подписан приказ" in question.text
    acts.answer(upload, {question.key: "no"}, by=cast.curator)
    acts.start(upload, by=cast.curator)
    assert acts.write_import.call(upload.pk)
    upload.refresh_from_db()
    assert not Pairing.objects.exists()
    assert upload.result["left_out"][0]["reasons"] == ["Решено не вносить"]


def test_duplicate_numbers(cast, people):
    assert "уже стоит в строке 2" in refused(cast, [kit.order(), kit.order("17", date(2026, 3, 2))])
    kit.bring_in(cast, kit.book([kit.order()]))
    assert "носит другой приказ" in refused(cast, [kit.order(day=date(2026, 3, 3))])


def test_the_term_is_from_three_months_to_a_year_or_decided(cast, people):
    assert "от 3 месяцев до 1 года" in refused(cast, [], [kit.pair(*people)], [kit.program(ends_on=date(2027, 6, 1))])
    decided = kit.running(ends_on=date(2027, 6, 1), term_decision="Совет, протокол № 1: концертный цикл")
    kit.bring_in(cast, kit.book([kit.order()], [kit.pair(*people)], [decided]))
    assert Program.objects.get().ends_on == date(2027, 6, 1)


def test_an_ended_program_has_a_reason_and_its_day(cast, people):
    def said(**values):
        return refused(cast, kit.orders_of_program(), [kit.pair(*people)], [kit.ended(**values)])

    assert "одно из трёх (п. 7.1)" in said(reason="")
    assert "нет в списке" in said(reason="так вышло")
    assert "обстоятельства" in said(reason="по обоюдному решению")
    assert "укажите, когда" in said(ended_on=None)
    assert "не может завершиться раньше" in said(ended_on=date(2026, 2, 3))
    assert "не указано" in said(title="")


def test_a_program_without_an_order_of_its_end_is_asked_about(cast, people):
    row = kit.ended(end_number="", end_date=None)
    assert "Приказа о завершении нет" in asked(cast, kit.orders_of_program()[:2], [kit.pair(*people)], [row])


def test_an_order_that_is_nowhere_is_made_or_only_named(cast, people):
    for answer, made in ((LINK, 0), (MAKE, 1)):
        upload = kit.take(cast, kit.book([], [kit.pair(*people, end_reason=answer)]))
        (question,) = writing.plan_of(upload).pairs[0].open_questions
        acts.answer(upload, {question.key: answer}, by=cast.curator)
        acts.start(upload, by=cast.curator)
        assert acts.write_import.call(upload.pk)
        assert Order.objects.count() == made
        pairing = Pairing.objects.get()
        assert pairing.order_number == "17-од"
        upload.refresh_from_db()
        if answer == LINK:
            taking_back.take_back(upload, by=cast.curator)
    assert pairing.order_items.get().order.number == "17-од"


def test_consents_to_processing_are_asked_about_where_a_pair_goes_on(cast, people):
    bare = {"mentor_processing": None, "mentee_processing": None}
    assert "Нет согласия на обработку" in asked(cast, [kit.order()], [kit.pair(*people, **bare)])
    assert "дат 2, а людей 1" in refused(
        cast, [kit.order()], [kit.pair(*people, mentee_processing="26.01.2026; 27.01.2026")]
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "ещё не наступил" in refused(cast, [kit.order()], [kit.pair(*people, mentor_processing=tomorrow)])


def test_one_mentors_load_and_one_mentees_pair(cast, people):
    make_candidate(people[0], "mentor", by=cast.curator, capacity=1)
    third = make_person()
    rows = [kit.pair(*people), kit.pair(people[0], third, code="2")]
    assert "берёт не больше 1 наставляемого, а станет 2" in asked(cast, [kit.order()], rows)
    rows = [kit.pair(*people), kit.pair(third, people[1], code="2")]
    assert "уже в паре, которая работает" in refused(cast, [kit.order()], rows)


def test_a_mentee_of_a_pair_that_works_here_is_refused(cast, people):
    pairing = make_pairing(cast, "assigned")
    mentee = pairing.participations.get(part="mentee").person
    assert "уже в паре или группе" in refused(cast, [kit.order()], [kit.pair(people[0], mentee)])


def test_a_program_waits_for_its_pair(cast, people):
    found = plan(cast, [kit.order()], [kit.pair("Никто Иван Иванович", people[1])], [kit.running()])
    assert found.rows[-1].wrong == ["Пара не вносится: лист «Пары и группы», строка\u00a02"]
    found = plan(cast, [kit.order()], [kit.pair(*people, since=date(2026, 1, 12))], [kit.running()])
    assert found.rows[-1].outcome == "doubtful" and "ждёт ответа о паре" in found.rows[-1].waits
    assert "такой пары на листе" in refused(cast, [], [], [kit.running(code="7")])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_order_comes_in_and_its_page_opens(cast, people, kind, as_user):
    kit.bring_in(cast, kit.book([kit.order(kind=KINDS[kind].label)]))
    order = Order.objects.get()
    client = as_user(cast.clerk)
    page = client.get(order.get_absolute_url())
    assert page.status_code == 200 and "Издан на бумаге" in page.content.decode()
    assert [action.label for action in page.context["actions"]] == ["Приложить скан"]
    assert client.get("/orders/").status_code == 200


def test_the_sample_is_read_by_the_import_itself(cast, people):
    with template.sample() as made:
        book = openpyxl.load_workbook(made)
    assert book.sheetnames == [*(kind.name for kind in SHEETS.values()), "Как заполнить", "Списки"]
    assert book["Приказы"].data_validations.dataValidation
    book["Приказы"].append(["17-од", date(2026, 2, 2), book["Списки"]["A2"].value])
    found = writing.plan_of(kit.take(cast, kit.saved(book)))
    assert (found.counts["new"], found.raw.problems) == (1, [])


def test_the_dry_run_asks_no_more_for_more_rows(cast, people, django_assert_max_num_queries):
    rows = [kit.pair(make_person(), make_person(), code=str(n)) for n in range(1, 13)]
    programs = [kit.running(title=f"Программа {n}", code=str(n)) for n in range(1, 13)]
    upload = kit.take(cast, kit.book([kit.order()], rows, programs))
    with django_assert_max_num_queries(30):
        assert writing.plan_of(upload).counts["new"] == 25
