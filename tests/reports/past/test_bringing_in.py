"""A workbook of the past comes in: real dates, nothing made up, nobody written to, taken back while nothing hangs."""

from datetime import date

import pytest

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import NotAllowed, Refused, record
from people.banks.models import Candidate
from people.consents.models import Consent
from programs.completion.models import Completion
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.demo.past import workbook
from reports.orders.models import Order
from reports.past import acts, taking_back, writing
from reports.past.models import PastImport
from tests.factories import make_person
from tests.reports.past import kit

pytestmark = [pytest.mark.point("12.9"), pytest.mark.django_db]


@pytest.fixture
def people(school):
    return kit.two()


def whole(people, **values):
    """A book of one completed program with its three orders."""
    return kit.book(kit.orders_of_program(), [kit.pair(*people)], [kit.ended(**values)])


def plan(cast, content):
    return writing.plan_of(kit.take(cast, content))


def test_a_dry_run_writes_nothing(cast, people):
    upload = kit.take(cast, whole(people))
    assert writing.plan_of(upload).counts["new"] == 5
    assert (Order.objects.count(), Pairing.objects.count(), Program.objects.count()) == (0, 0, 0)


def test_a_completed_program_comes_in_with_its_orders(cast, people):
    upload = kit.bring_in(cast, whole(people))
    pairing, program, completion = Pairing.objects.get(), Program.objects.get(), Completion.objects.get()
    assert (pairing.state, pairing.ended_on, pairing.from_paper) == ("dissolved", date(2026, 6, 30), True)
    assert (program.state, program.ended_on, program.started_on) == ("completed", date(2026, 6, 30), date(2026, 2, 9))
    assert (completion.state, completion.reason, completion.order_number) == ("registered", "plan", "31-од")
    assert (completion.conclusion, completion.review, completion.public_approved_at) == ("", "", None)
    orders = {order.number: order for order in Order.objects.all()}
    assert [orders[n].items.get().subject for n in ("17-од", "19-од", "31-од")] == [pairing, program, completion]
    assert {(o.state, o.from_paper, o.scan_id, o.pdf_id) for o in orders.values()} == {("registered", True, None, None)}
    assert upload.result["written"] == {"orders": 3, "pairings": 1, "programs": 1, "consents": 2}
    assert OutboxMail.objects.count() == 0


def test_the_log_says_where_it_comes_from_and_who_brought_it(cast, people):
    kit.bring_in(cast, whole(people))
    for thing in (Pairing.objects.get(), Program.objects.get(), Order.objects.get(number="17-од")):
        act = Act.objects.about(thing).get()
        assert "из прежних документов" in act.words and act.actor == cast.curator
    assert "agree" not in Act.objects.values_list("verb", flat=True)  # no council and no signature is made up


def test_consents_on_paper_keep_their_dates(cast, people):
    duties = {"mentor_duties": date(2026, 1, 28), "mentee_duties": date(2026, 1, 29)}
    kit.bring_in(cast, kit.book([kit.order()], [kit.pair(*people, **duties)], [kit.program()]))
    given = {(c.person_id, c.purpose): (c.given_on, c.form) for c in Consent.objects.all()}
    assert given == {
        (people[0].pk, "processing"): (date(2026, 1, 26), "paper"),
        (people[1].pk, "processing"): (date(2026, 1, 26), "paper"),
        (people[0].pk, "duties"): (date(2026, 1, 28), "paper"),
        (people[1].pk, "duties"): (date(2026, 1, 29), "paper"),
    }


def test_a_group_and_the_banks(cast, people):
    third = make_person()
    days = "26.01.2026; 27.01.2026"
    content = kit.book([kit.order()], [kit.pair(*people, third, mentee_processing=days)], [])
    kit.bring_in(cast, content)
    pairing = Pairing.objects.get()
    assert (pairing.kind, pairing.state, pairing.participations.count()) == ("group", "assigned", 3)
    assert Consent.objects.get(person=third).given_on == date(2026, 1, 27)
    assert Candidate.objects.get(part="mentor").capacity_persons == 2
    assert set(Candidate.objects.filter(part="mentee").values_list("state", flat=True)) == {"approved"}


def test_a_mentor_of_two_pairs_has_room_for_both(cast, people):
    third = make_person()
    rows = [kit.pair(*people), kit.pair(people[0], third, code="2")]
    kit.bring_in(cast, kit.book([kit.order()], rows))
    assert Candidate.objects.get(part="mentor").capacity_persons == 2


def test_an_early_end_has_its_reason_and_circumstances(cast, people):
    values = {"reason": "по обоюдному решению", "circumstances": "Переезд в другой город"}
    kit.bring_in(cast, whole(people, **values))
    assert Program.objects.get().state == "terminated"
    assert Completion.objects.get().circumstances == "Переезд в другой город"


def test_the_same_workbook_twice_is_one_import(cast, people):
    content = whole(people)
    upload = kit.bring_in(cast, content)
    assert acts.take(content, name="Копия.xlsx", sha256=upload.sha256, by=cast.curator) == (upload, False)
    assert (PastImport.objects.count(), Pairing.objects.count()) == (1, 1)


def test_the_same_rows_in_another_file_change_nothing(cast, people):
    kit.bring_in(cast, whole(people))
    again = kit.book(kit.orders_of_program(), [kit.pair(*people)], [kit.ended()], reverse=True, above=2)
    assert plan(cast, again).counts == {
        "new": 0,
        "changed": 0,
        "unchanged": 5,
        "doubtful": 0,
        "refused": 0,
        "skipped": 0,
    }


def test_what_was_empty_is_filled_in_and_what_stands_stays(cast, people):
    kit.bring_in(cast, kit.book([kit.order()], [kit.pair(*people)], [kit.running(goal="")]))
    minutes = {"minutes_number": "1", "minutes_date": date(2026, 1, 30)}
    programs = [kit.running(goal="Другое", **minutes)]
    upload = kit.bring_in(cast, kit.book([kit.order()], [kit.pair(*people, **minutes)], programs))
    assert upload.result["counts"]["changed"] == 2
    assert Pairing.objects.get().minutes_number == Program.objects.get().minutes_number == "1"
    assert Program.objects.get().goal == "Другое"
    taking_back.take_back(upload, by=cast.curator)
    assert (Pairing.objects.get().minutes_number, Program.objects.get().goal) == ("", "")


def test_a_second_program_of_a_known_pair(cast, people):
    kit.bring_in(cast, kit.book([kit.order()], [kit.pair(*people)]))
    content = kit.book(programs=[kit.running(code="", mentor=people[0].full_name)])
    kit.bring_in(cast, content)
    assert Program.objects.get().pairing == Pairing.objects.get()


def test_two_at_once_write_once(cast, people):
    upload = kit.take(cast, whole(people))
    acts.start(upload, by=cast.curator)
    with pytest.raises(Refused, match="уже вносится"):
        acts.start(upload, by=cast.curator)
    assert acts.write_import.call(upload.pk) and acts.write_import.call(upload.pk)
    assert Pairing.objects.count() == 1


def test_another_book_with_the_same_rows_meanwhile_is_given_back(cast, people):
    first = kit.take(cast, whole(people))
    second = kit.take(cast, kit.book(kit.orders_of_program(), [kit.pair(*people)], [kit.ended()], reverse=True))
    for upload in (first, second):
        acts.start(upload, by=cast.curator)
    assert acts.write_import.call(first.pk) and not acts.write_import.call(second.pk)
    second.refresh_from_db()
    assert second.started_at is None and "сведения изменились" in second.problem
    assert Pairing.objects.count() == 1


def test_the_clerk_brings_in_orders_and_the_curator_pairs(cast, people):
    kit.bring_in(cast, kit.book([kit.order()]), by=cast.clerk)
    assert Order.objects.get().registered_by == cast.clerk
    upload = kit.take(cast, whole(people), by=cast.clerk)
    with pytest.raises(NotAllowed):
        acts.start(upload, by=cast.clerk)
    acts.start(upload, by=cast.curator)
    assert acts.write_import.call(upload.pk)


@pytest.mark.parametrize("role", ["director", "chair", "sysadmin", "stranger"])
def test_others_do_not_load_the_past(cast, people, role):
    with pytest.raises(NotAllowed):
        kit.take(cast, whole(people), by=getattr(cast, role))


def test_an_import_is_taken_back_while_nothing_hangs_on_it(cast, people):
    content = whole(people)
    upload = kit.bring_in(cast, content)
    taking_back.take_back(upload, by=cast.curator)
    for model in (Order, Pairing, Program, Completion, Candidate, Consent):
        assert not model.objects.exists(), model
    assert kit.take(cast, content).pk != upload.pk  # the same file may be brought in again
    assert kit.bring_in(cast, content).committed_at


def test_what_was_done_since_keeps_what_was_brought_in(cast, people):
    upload = kit.bring_in(cast, kit.book([kit.order()], [kit.pair(*people)], [kit.running()]))
    record(Program.objects.get(), "edit", by=cast.curator, words="изменена программа")
    with pytest.raises(Refused, match="изменена программа"):
        taking_back.take_back(upload, by=cast.curator)
    assert Pairing.objects.exists()


def test_the_demo_school_brings_in_the_year_before(cast, people):
    content = workbook(people[0].full_name, people[1].full_name, 2024)
    upload = kit.bring_in(cast, content)
    assert (upload.result["counts"]["new"], upload.result["left_out"]) == (5, [])
