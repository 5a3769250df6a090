"""Numbers and dates of orders: gaps, suffixes, years, series, double press (docs/law.md#orders-numbers)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import Already, NotAllowed, Refused
from people.consents.models import Consent
from reports.orders.forms import RegisterForm
from reports.orders.models import NumberCounter, Order
from reports.orders.registration import acts as registration_acts
from reports.orders.registration import numbers
from reports.orders.registration.journal import Journal
from tests.factories import make_pairing
from tests.reports.orders.kit import enter, make_mentor, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("14")]


def ready(cast):
    return make_order(cast, "appointment", "at_signature", [make_mentor(cast)])


def test_the_next_number_is_suggested_and_a_skipped_one_needs_a_reason(cast):
    assert enter(ready(cast), cast).number == "1-од"
    second = ready(cast)
    with pytest.raises(Refused, match=r"Пропущены номера: 2–6"):
        enter(second, cast, number=7)
    second = enter(second, cast, number=7, gap_reason="заняты приказами по основной деятельности")
    assert (second.number, numbers.suggest("main", second.year)) == ("7-од", "8-од")
    assert numbers.skipped("main", "9-од", second.year) == "8" and numbers.skipped("main", "8-од", second.year) == ""


def test_an_earlier_free_number_may_be_typed_but_a_taken_one_not(cast):
    enter(ready(cast), cast, number=5, gap_reason="бумажный журнал")
    assert enter(ready(cast), cast, number=3).number == "3-од"
    assert numbers.next_plain("main", timezone.localdate().year) == 6
    with pytest.raises(Refused, match="уже занят"):
        enter(ready(cast), cast, number=5)


def test_suffixes_come_from_settings_or_from_the_paper(cast):
    assert enter(ready(cast), cast).number == "1-од"
    assert enter(ready(cast), cast, number="2").number == "2"
    assert enter(ready(cast), cast, number="3/1").number == "3/1"


def test_two_series_have_two_counters(cast):
    main, staff = ready(cast), ready(cast)
    Order.objects.filter(pk=staff.pk).update(series="staff")
    staff.refresh_from_db()
    assert (enter(main, cast).number, enter(staff, cast).number) == ("1-од", "1-лс")
    assert NumberCounter.objects.count() == 2


def test_the_year_of_a_number_is_that_of_the_order_date(cast):
    late = ready(cast)
    Order.objects.filter(pk=late.pk).update(facts=late.facts | {"cited": []})
    late.refresh_from_db()
    with time_machine.travel("2027-01-11 12:00+03:00"):
        old = enter(late, cast, number=1, date=timezone.localdate().replace(year=2026, month=12, day=31))
        assert (old.year, old.number, numbers.suggest("main", 2027)) == (2026, "1-од", "1-од")


@pytest.mark.parametrize("number", ["0", "100000", "0-од", str(2**63), "9" * 30])
def test_an_impossible_number_is_refused(cast, number):
    order = ready(cast)
    with pytest.raises(Refused, match="от 1 до"):
        enter(order, cast, number=number)


def test_dates_are_checked(cast):
    today = timezone.localdate()
    order = ready(cast)
    with pytest.raises(Refused, match="будущем"):
        enter(order, cast, date=today + timedelta(days=1))
    with pytest.raises(Refused, match="раньше своей даты"):
        enter(order, cast, effective_on=today - timedelta(days=1))
    with pytest.raises(Refused, match="позже чем через год"):
        enter(order, cast, effective_on=today + timedelta(days=500))
    assert enter(order, cast, effective_on=today + timedelta(days=10)).effective_on == today + timedelta(days=10)


def test_no_order_before_a_paper_that_it_cites(cast):
    pairing = make_pairing(cast, "recommended")
    yesterday = timezone.localdate() - timedelta(days=1)
    Consent.objects.filter(matter=pairing.uuid).update(given_on=yesterday)
    order = make_order(cast, state="at_signature", items=[pairing])
    with pytest.raises(Refused) as refusal:
        enter(order, cast, date=yesterday - timedelta(days=1))
    assert len(refusal.value.sentences) == 3  # two consents and the minutes
    assert all("раньше бумаги, на которую ссылается" in s for s in refusal.value.sentences)


def test_a_second_press_changes_nothing(cast):
    order = ready(cast)
    stale = Order.objects.get(pk=order.pk)
    enter(order, cast)
    with pytest.raises(Already, match="уже зарегистрирован"):
        enter(stale, cast, number=2)
    assert numbers.next_plain("main", timezone.localdate().year) == 2


def test_who_registers_and_when(cast):
    order = make_order(cast)
    with pytest.raises(Refused, match="сначала передайте"):
        enter(order, cast)
    with pytest.raises(NotAllowed):
        registration_acts.register(order, by=cast.chair, number="1-од", date=timezone.localdate())


def bound(order, **data):
    today = timezone.localdate().isoformat()
    return RegisterForm({"number": "1-од", "date": today, "effective_on": "", "gap_reason": "", **data}, order=order)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "9" * 30),
        ("number", "9" * 5000),
        ("number", "0"),
        ("number", "-3"),
        ("number", "٣٣٣٣٣٣٣"),
        ("number", "1-од<b>"),
        ("number", "од"),
        ("number", "1" + "-1" * 15),
        ("date", "2999-01-01"),
        ("date", "0000-00-00"),
        ("effective_on", "2000-01-01"),
        ("number", "12"),
    ],
)
def test_the_form_says_what_is_wrong(cast, field, value):
    if value == "12":
        enter(ready(cast), cast)  # after it a hole asks for its reason
    form = bound(ready(cast), **{field: value})
    assert not form.is_valid()
    assert ("gap_reason" if value == "12" else field) in form.errors


@pytest.mark.point("10.2")
def test_the_first_number_of_a_school_asks_for_no_reason(cast):
    """A school that begins in the middle of a year has given the numbers before it on paper; the journal says so."""
    order = ready(cast)
    assert bound(order, number="41").is_valid()
    enter(order, cast, number=41)
    order.refresh_from_db()
    before, first = Journal("main", order.date.year)[:]
    assert (before.numbers, before.known, before.reason) == ("1–40", True, numbers.BEFORE_US)
    assert first.order == order and numbers.skipped("main", "45", order.date.year) == "42–44"


def test_the_reason_of_a_gap_is_asked_only_when_there_is_one(cast):
    enter(ready(cast), cast)
    order = ready(cast)
    assert bound(order, number="2").is_valid()
    assert RegisterForm(order=order).fields["gap_reason"].widget.is_hidden
    asked = bound(order, number="4")
    assert not asked.is_valid() and not asked.fields["gap_reason"].widget.is_hidden
    assert bound(order, number="4", gap_reason="заняты").is_valid()


TEXTS = ["46/1-од", "01-05/117", "Н-12"]


@pytest.mark.point("9.4")
@pytest.mark.parametrize("number", TEXTS)
def test_a_number_is_registered_as_it_stands_on_the_paper(cast, as_user, number):
    """Beside 1-од, asking for no gap; the next plain number stays the next."""
    enter(ready(cast), cast)
    order = ready(cast)
    data = {"number": f"№ {number}", "date": timezone.localdate().isoformat()}
    as_user(cast.clerk).post(reverse("reports:order_register", args=[order.pk]), data)
    order.refresh_from_db()
    assert (order.number, order.facts["number"], order.gap_reason) == (number, number, "")
    assert numbers.suggest("main", order.year) == "2-од"
    for spelling in (number, number.upper(), number.replace("-", "–")):
        with pytest.raises(Refused, match="уже занят"):
            enter(ready(cast), cast, number=spelling)


@pytest.mark.point("9.4")
def test_a_bare_number_is_that_with_the_usual_ending(cast):
    enter(ready(cast), cast)
    for same in ("1", "1-од"):
        with pytest.raises(Refused, match="уже занят"):
            enter(ready(cast), cast, number=same)
    assert enter(ready(cast), cast, number="1-к").number == "1-к"


@pytest.mark.point("9.4")
def test_a_number_text_may_be_cancelled_and_the_journal_sorts_as_people_do(cast):
    year = timezone.localdate().year
    for number in ("Н-12", "2-од", "1/1-од", "1-од"):
        enter(ready(cast), cast, number=number, gap_reason="приказы об отпусках")
    numbers.set_aside("cancelled", "main", year, "№ 1/2-од", by=cast.clerk, reason="испорчен бланк")
    with pytest.raises(Refused, match="аннулирован"):
        enter(ready(cast), cast, number="1/2-ОД")
    with pytest.raises(Refused, match="носит приказ"):
        numbers.set_aside("cancelled", "main", year, "н-12", by=cast.clerk, reason="испорчен бланк")
    with pytest.raises(Refused, match="Номера подряд"):
        numbers.set_aside("others", "main", year, "1/3-од", by=cast.clerk, reason="другие приказы")
    assert [line.numbers for line in Journal("main", year)[:]] == ["1-од", "1/1-од", "1/2-од", "2-од", "Н-12"]
    assert list(Order.objects.exclude(number="").order_by("number_key").values_list("number", flat=True)) == [
        "1-од",
        "1/1-од",
        "2-од",
        "Н-12",
    ]
