"""The register of orders: every number explained, nothing about pay by the main series, the journal on
paper (1.2, 1.3).
"""

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from mentoring_site.paper_numbers import number_key
from mentoring_site.workflow import NotAllowed, Refused
from people.access.models import AccessRequest
from people.roles import acts as role_acts
from people.roles.models import RoleGrant
from reports.orders import pay_series
from reports.orders.drafting import acts as drafting_acts
from reports.orders.models import Order
from reports.orders.printing.pdf import pdf_of
from reports.orders.registration import journal as registration_journal
from reports.orders.registration import numbers
from reports.orders.registration.models import SetAside
from reports.orders.registration.numbers import set_aside
from tests.factories import make_person
from tests.reports.orders.kit import enter, make_mentor, make_order, read

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("3.5")]


def ready(cast):
    return make_order(cast, "appointment", "at_signature", [make_mentor(cast)])


def year():
    return timezone.localdate().year


def journal_lines():
    return registration_journal.Journal("main", year())[:]


def first_line():
    return journal_lines()[0]


def cancel(cast, number, **more):
    number = f"{number}-од"
    return set_aside("cancelled", "main", year(), number, by=cast.clerk, **({"reason": "испорчен бланк"} | more))


def test_a_cancelled_number_is_never_used_again_and_stays_with_its_reason(cast):
    assert cancel(cast, 1).numbers == "1-од"
    assert numbers.next_plain("main", year()) == 2
    order = ready(cast)
    with pytest.raises(Refused, match="Номер 1-од аннулирован: испорчен бланк"):
        enter(order, cast, number=1)
    assert enter(order, cast).number == "2-од"
    lines = journal_lines()
    assert [(line.numbers, line.cancelled, line.reason) for line in lines] == [
        ("1-од", True, "испорчен бланк"),
        ("2-од", False, ""),
    ]


def test_the_other_series_and_year_are_not_touched(cast):
    cancel(cast, 1)
    order = ready(cast)
    Order.objects.filter(pk=order.pk).update(series="staff")
    order.refresh_from_db()
    assert enter(order, cast, number=1).number == "1-лс"
    assert numbers.next_plain("main", year() - 1) == 1


def test_a_cancelled_number_may_close_a_gap_but_not_make_one(cast):
    enter(ready(cast), cast, number=4, gap_reason="приказы об отпусках")
    cancel(cast, 2)
    with pytest.raises(Refused, match="остался бы пропуск без объяснения: следующий номер — 5"):
        cancel(cast, 7)
    with pytest.raises(Refused, match="носит приказ"):
        cancel(cast, 4)
    with pytest.raises(Refused, match="уже записано"):
        cancel(cast, 2)
    assert [(line.numbers, line.reason) for line in journal_lines()] == [
        ("1", "приказы об отпусках"),
        ("2-од", "испорчен бланк"),
        ("3", "приказы об отпусках"),
        ("4-од", ""),
    ]


def test_the_reason_of_a_gap_is_kept_as_a_range_of_other_orders(cast):
    enter(ready(cast), cast, number=4, gap_reason="приказы об отпусках")
    row = SetAside.objects.get()
    assert (row.kind, row.first, row.last, row.reason, row.recorded_by) == (
        "others",
        1,
        3,
        "приказы об отпусках",
        cast.clerk,
    )
    enter(ready(cast), cast, number=2)  # one of them was entered later
    enter(ready(cast), cast)
    lines = journal_lines()
    assert [line.numbers for line in lines] == ["1", "2-од", "3", "4-од", "5-од"]
    assert all(line.order or line.known for line in lines)


def test_numbers_of_other_orders_are_told_beforehand(cast):
    set_aside("others", "main", year(), "1", 6, by=cast.clerk, reason="приказы до начала работы в системе")
    assert numbers.next_plain("main", year()) == 7
    with pytest.raises(Refused, match="уже записано: 1–6"):
        set_aside("others", "main", year(), "6-од", 8, by=cast.clerk, reason="ещё раз")
    assert (
        registration_journal.note(first_line()) == "Занято другими приказами школы: приказы до начала работы в системе"
    )


def test_a_hole_without_an_explanation_says_so(cast):
    enter(ready(cast), cast, number=3, gap_reason="x")
    Order.objects.update(gap_reason="")
    SetAside.objects.all().delete()
    assert registration_journal.note(first_line()) == "Нет в системе: пропуск не объяснён"


@pytest.mark.parametrize("bad", [{"reason": " "}, {"number": 0}, {"number": 100_000}])
def test_an_impossible_entry_is_refused(cast, bad):
    with pytest.raises(Refused):
        cancel(cast, bad.get("number", 1), reason=bad.get("reason", "бланк"))
    assert not SetAside.objects.exists()


def test_only_registrars_keep_numbers(cast):
    with pytest.raises(NotAllowed):
        set_aside("cancelled", "main", year(), "1-од", by=cast.chair, reason="x")


def test_the_database_holds_the_entries(cast):
    good = {
        "kind": "cancelled",
        "year": 2026,
        "series": "main",
        "number": "1-од",
        "number_key": number_key("1-од"),
        "reason": "x",
        "recorded_by": cast.clerk,
    }
    others = good | {"kind": "others", "number": "", "number_key": "", "first": 1, "last": 2}
    for bad in ({"last": 2}, {"reason": ""}, {"number": ""}, {"number_key": ""}, {"kind": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SetAside.objects.create(**good | bad)
    for bad in ({"last": None}, {"first": None}, {"first": 0, "last": 0}, {"first": 3}, {"number": "1-од"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SetAside.objects.create(**others | bad)
    for row in (good, others):
        SetAside.objects.create(**row)
        with pytest.raises(IntegrityError), transaction.atomic():
            SetAside.objects.create(**row)


# --- pages and paper ---------------------------------------------------------------------------------------------


def test_the_journal_is_printed_with_every_number(cast, as_user):
    enter(ready(cast), cast, number=3, gap_reason="приказы об отпусках")
    cancel(cast, 4)
    answer = as_user(cast.clerk).get(reverse("reports:orders_journal_pdf"), {"series": "main", "year": year()})
    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    width, height = pages[0].mediabox.width, pages[0].mediabox.height
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert width > height
    assert "Журнал регистрации приказов по основной деятельности за" in text.replace("\u00a0", " ")
    for words in (
        "1–2",
        "Занято другими приказами школы: приказы об отпусках",
        "3-од",
        "4-од",
        "Аннулирован: испорчен бланк",
    ):
        assert words in text.replace("\u00a0", " ")
    assert cast.clerk.person.last_name in text and cast.director.person.last_name in text


def test_the_journal_asks_three_queries_whatever_its_length(cast, django_assert_num_queries):
    enter(ready(cast), cast)
    with django_assert_num_queries(3):
        journal_lines()
    for _ in range(2):
        enter(ready(cast), cast)
    cancel(cast, 4)
    with django_assert_num_queries(3):
        assert len(journal_lines()) == 4


def test_the_journal_goes_on_over_its_pages_and_is_printed_whole(cast, as_user):
    for number in range(1, 28):
        cancel(cast, number)
    client, url = as_user(cast.clerk), reverse("reports:orders_journal")
    pages = [[row.skipped for row in client.get(url, {"page": page}).context["listing"].rows] for page in (1, 2)]
    assert [len(rows) for rows in pages] == [25, 2] and pages[1] == ["26-од", "27-од"]
    assert len(registration_journal.facts("main", year())["rows"]) == 27


def test_a_number_is_cancelled_on_its_page(cast, as_user):
    client, url = as_user(cast.clerk), reverse("reports:number_new")
    assert client.get(url, {"series": "staff", "year": year()}).context["form"].initial["number"] == "1-лс"
    data = {
        "kind": "cancelled",
        "series": "staff",
        "year": year(),
        "number": "1-лс",
        "last": "",
        "reason": "испорчен бланк",
    }
    page = client.post(url, data, follow=True)
    assert "Аннулирован: испорчен бланк" in page.content.decode()
    again = client.post(url, data)
    assert "уже записано" in again.content.decode() and SetAside.objects.count() == 1
    assert as_user(cast.chair).post(url, data).status_code == 403


def test_the_register_is_searched_and_taken_as_xlsx_with_its_filters(cast, as_user):
    today = timezone.localdate()
    first, second = enter(ready(cast), cast), enter(ready(cast), cast)
    Order.objects.filter(pk=first.pk).update(date=today.replace(month=1, day=9))
    first.refresh_from_db()
    first.heading = "О назначении первого"
    first.save()
    client = as_user(cast.clerk)

    def found(**query):
        return [row.number for row in client.get(reverse("reports:orders"), query).context["listing"].rows]

    assert found(since=today.isoformat()) == ["№\u00a02-од"]
    assert found(until=(today - timedelta(days=1)).isoformat()) == ["№\u00a01-од"]
    assert found(q="первого") == ["№\u00a01-од"] and found(q="2") == ["№\u00a02-од"]
    assert len(found(q=cast.director.person.last_name)) == 2  # who signed
    assert (
        len(found(series="main", year=year(), kind="appointment", state="registered")) == 2
        and found(series="staff") == []
    )
    book = b"".join(
        client.get(reverse("reports:orders"), {"since": today.isoformat(), "format": "xlsx"}).streaming_content
    )
    rows = list(load_workbook(io.BytesIO(book)).active.values)
    assert [row[0] for row in rows if row[0] in ("1-од", "2-од")] == [second.number]


# --- pay ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Установить доплату в размере 3000 руб.", ["доплату"]),
        ("Прекратить выплату и надбавку", ["выплату", "надбавку"]),
        ("Произвести оплату труда", ["оплату"]),
        ("Премировать; премия", ["премировать", "премия"]),
        ("Назначить стимулирующую выплату", ["стимулирующую", "выплату"]),
        ("без дополнительной оплаты", []),
        ("Провести премьеру, заслушать доклад, платье", []),
        ("на безвозмездной основе", []),
    ],
)
def test_words_about_pay_are_known(text, words):
    assert pay_series.words_about_pay(text) == words


def test_an_order_about_pay_is_not_agreed_by_the_main_series(cast):
    order = make_order(cast, "appointment")
    order = drafting_acts.edit(
        order,
        by=cast.clerk,
        version=order.version,
        heading=order.heading,
        preamble=order.preamble,
        points=["Установить доплату."],
    )
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    with pytest.raises(Refused, match=r"«доплату».*личному составу"):
        drafting_acts.agree(order, by=cast.curator)
    Order.objects.filter(pk=order.pk).update(series="staff")
    assert drafting_acts.agree(order, by=cast.curator).state == "agreed"


def test_the_form_of_the_text_says_it_at_the_series(cast, as_user):
    order = make_order(cast, "appointment")
    client, url = as_user(cast.clerk), reverse("reports:order_edit", args=[order.pk])
    page = client.get(url)
    assert pay_series.WHICH in page.content.decode()
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"point_0": "Прекратить выплату доплаты."}
    refused = client.post(url, data)
    assert "такие приказы идут по личному составу" in refused.context["form"].errors["series"][0]
    client.post(url, data | {"series": "staff"})
    order.refresh_from_db()
    assert order.series == "staff" and order.points[0]["text"] == "Прекратить выплату доплаты."


# --- who signs (3.6) ---------------------------------------------------------------------------------------------


def acting(cast, since=0, until=10, person=None):
    today = timezone.localdate()
    return role_acts.give(
        person or make_person("Санджиев", "Баатр", "Эренценович", "m"),
        "acting",
        by=cast.curator,
        order_number="7-лс",
        since=today + timedelta(days=since),
        until=today + timedelta(days=until),
        order_date=today - timedelta(days=20),
        released=True,
    )


@pytest.mark.point("3.6")
def test_a_paper_signed_meanwhile_says_acting_director_in_full(cast):
    grant = acting(cast)
    order = ready(cast)
    assert order.signer == grant.person
    text = read(pdf_of(order)).replace("\u00a0", " ")
    assert "Исполняющий обязанности директора" in text and "Б. Э. Санджиев" in text
    assert cast.director.person.signature_name.replace("\u00a0", " ") not in text
    assert enter(order, cast).number == "1-од"


@pytest.mark.point("3.6")
def test_an_order_is_not_of_a_day_on_which_somebody_else_signs(cast):
    grant = acting(cast, since=-9, until=-3)
    order = ready(cast)
    assert order.signer == cast.director.person
    Order.objects.filter(pk=order.pk).update(facts=order.facts | {"cited": []})
    order.refresh_from_db()
    day = timezone.localdate() - timedelta(days=5)
    with pytest.raises(Refused, match=r"подписывает Санджиев\sБ\.\sЭ\. \(исполняющий обязанности директора\)"):
        enter(order, cast, date=day)
    assert enter(order, cast, date=grant.until + timedelta(days=1)).number == "1-од"


@pytest.mark.point("3.6")
def test_periods_of_acting_do_not_overlap_and_have_an_end_and_an_order(cast, as_user):
    client, url, today = as_user(cast.curator), reverse("people:acting"), timezone.localdate()
    person, other = make_person(), make_person()
    data = {
        "person": person.pk,
        "since": today,
        "until": today + timedelta(days=10),
        "order_number": "7-лс",
        "order_date": today,
    }
    client.post(url, data)
    asked = AccessRequest.objects.get()  # one asks, another releases
    assert (asked.person, asked.role, asked.asked_by) == (person, "acting", cast.curator)
    assert not RoleGrant.objects.filter(role="acting").exists()
    acting(cast, person=person)
    clash = client.post(
        url, data | {"person": other.pk, "since": today + timedelta(days=10), "until": today + timedelta(days=12)}
    )
    assert "в эти дни уже" in clash.content.decode()
    assert "Укажите дату" in client.post(url, data | {"person": other.pk, "until": ""}).content.decode()
    assert list(RoleGrant.objects.filter(role="acting").values_list("person", flat=True)) == [person.pk]
    assert as_user(cast.clerk).get(url).status_code == 403
