"""A changed fact names the signed papers that it touches, and what follows for each (пункт 10.15)."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import items_for
from mentoring_site.models import Act
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.register import acts as register_acts
from people.register.models import Employment, Person
from people.roles.models import RoleGrant
from programs.pairings import acts as pairing_acts
from reports.documents.touched import acts
from reports.documents.touched.papers import Touched, touched, waiting_orders
from reports.documents.touched.rules import RULES, Fact, Need, Paper
from reports.orders.models import Order
from tests.factories import make_person, make_program
from tests.programs.mentor_agreements.kit import make_agreement
from tests.reports.orders.kit import enter, make_mentor, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.15")]


def renamed(person, cast, last_name="Новикова"):
    fresh = Person.objects.get(pk=person.pk)
    return register_acts.rename_person(
        fresh,
        by=cast.curator,
        version=fresh.version,
        last_name=last_name,
        first_name=fresh.first_name,
        middle_name=fresh.middle_name,
        basis="свидетельство о браке от 01.09.2026",
    )


@pytest.fixture
def order(cast):
    """A registered order in force that names a person: the pair that it appoints lives."""
    return enter(make_order(cast, "assignment", "at_signature"), cast)


@pytest.fixture
def mentor(order):
    pairing = order.items.get().pairing
    return pairing.participations.get(part="mentor").person


def only(found, paper, fact=Fact.NAME) -> Touched:
    (one,) = [t for t in found if t.paper is paper and t.fact is fact]
    return one


def test_every_fact_answers_for_every_kind_of_paper():
    assert set(RULES) == set(product(Fact, Paper))
    assert all(rule.why.strip() and not rule.why.endswith(".") for rule in RULES.values())


def test_nothing_is_touched_while_nothing_has_changed(order, mentor):
    assert touched(mentor) == [] and waiting_orders() == []


def test_a_new_name_touches_the_order_in_force_and_the_consent(cast, order, mentor):
    former = mentor.full_name
    person = renamed(mentor, cast)
    found = touched(person)
    one = only(found, Paper.ORDER)
    assert (one.order, one.old, one.new, one.need, one.waits) == (order, former, person.full_name, Need.ORDER, True)
    consents = [t for t in found if t.paper is Paper.CONSENT]
    assert consents and {t.need for t in consents} == {Need.NONE}


def test_a_new_name_touches_the_program_but_asks_nothing(cast):
    program = make_program(cast, "running")
    found = touched(renamed(program.pairing.participations.get(part="mentor").person, cast))
    assert only(found, Paper.PROGRAM).url == program.get_absolute_url() and not any(t.waits for t in found)


def test_a_new_name_touches_the_agreement_but_asks_nothing(cast):
    agreement = make_agreement(cast)
    found = touched(renamed(agreement.person, cast))
    assert only(found, Paper.AGREEMENT).url == agreement.get_absolute_url() and not any(t.waits for t in found)


def test_a_spent_order_asks_for_nothing(cast, order, mentor):
    pairing_acts.dissolve(order.items.get().pairing, by=None, on=timezone.localdate(), reason="по соглашению")
    one = only(touched(renamed(mentor, cast)), Paper.ORDER)
    assert one.need is Need.NONE and "исполнен" in one.why


def test_who_changes_the_name_is_told_at_once_and_the_curator_finds_it_on_the_home(cast, as_user, order, mentor):
    client = as_user(cast.curator)
    fresh = Person.objects.get(pk=mentor.pk)
    data = {
        "version": fresh.version,
        "last_name": "Новикова",
        "first_name": fresh.first_name,
        "middle_name": fresh.middle_name,
    }
    page = client.post(reverse("people:person_rename", args=[mentor.pk]), data, follow=True)
    address = reverse("reports:touched_of", args=[mentor.pk])
    assert "из них 1 надо изменить" in page.content.decode() and f'href="{address}"' in page.content.decode()
    (item,) = [item for item in items_for(cast.curator) if item.url == address]
    assert "1\xa0приказ" in item.title and mentor.last_name not in item.title
    assert not any(item.url == address for item in items_for(cast.clerk) if not cast.clerk.can("people.edit"))


def test_the_amending_order_is_offered_with_old_and_new_wording(cast, as_user, order, mentor):
    former = mentor.full_name
    person = renamed(mentor, cast)
    client = as_user(cast.curator)
    (group,) = [g for g in client.get(reverse("reports:touched_of", args=[person.pk])).context["groups"] if g.waiting]
    row = group.rows[0]
    form = client.get(row.act_url).context["form"]
    assert str(form["base"].value()) == str(order.pk)
    assert f"слова «{former}»" in form["text"].value() and f"словами «{person.full_name}»" in form["text"].value()
    assert "свидетельство о браке" in form["reason"].value()
    assert former not in row.act_url and person.last_name not in row.act_url  # no names in an address
    data = {name: form[name].value() for name in ("base", "text", "reason", "request_key")} | {"whole": "no"}
    client.post(row.act_url, data)
    change = Order.objects.get(kind="change")
    assert any(former in text for point in change.points for text in point["subpoints"])
    one = only(touched(person), Paper.ORDER)
    assert not one.waits and "готовится" in one.done and waiting_orders() == []


def test_an_order_may_stay_as_it_is_with_a_reason(cast, as_user, order, mentor):
    person = renamed(mentor, cast)
    client = as_user(cast.curator)
    address = reverse("reports:touched_leave", args=[order.pk, person.former_names.get().pk])
    assert "Заполните это поле" in client.post(address, {"reason": ""}).content.decode()
    assert waiting_orders()
    for _ in range(2):
        assert client.post(address, {"reason": "закончится через неделю"}).status_code == 302
    last = Act.objects.about(order).filter(verb="left_as_is")
    assert last.count() == 1 and last.get().actor == cast.curator
    assert person.full_name not in str(last.get().facts)
    one = only(touched(person), Paper.ORDER)
    assert not one.waits and "закончится через неделю" in one.done and waiting_orders() == []
    with pytest.raises(Already):
        acts.leave_as_is(order, person.former_names.get(), by=cast.curator, reason="ещё раз")
    with pytest.raises(Refused):
        acts.leave_as_is(order, person.former_names.get(), by=cast.curator, reason=" ")
    with pytest.raises(NotAllowed):
        acts.leave_as_is(order, person.former_names.get(), by=cast.mentor, reason="нет")


def test_the_next_new_name_asks_again(cast, order, mentor):
    person = renamed(mentor, cast)
    acts.leave_as_is(order, person.former_names.get(), by=cast.curator, reason="скоро закончится")
    assert waiting_orders() == []
    renamed(person, cast, "Третьякова")
    assert [one.new for one in waiting_orders()] == []  # the order still bears the first name, which was decided about


def test_a_new_post_says_why_no_order_is_needed(cast, order, mentor):
    Employment.objects.filter(person=mentor).update(post="методист")
    one = only(touched(mentor), Paper.ORDER, Fact.POST)
    assert one.new == "методист" and one.need is Need.NONE and one.old != one.new


def test_a_new_post_touches_the_agreement_of_the_former_one(cast):
    agreement = make_agreement(cast)
    old = agreement.employment
    Employment.objects.filter(pk=old.pk).update(until=timezone.localdate() - timedelta(days=2))
    Employment.objects.create(
        person=agreement.person, organisation=old.organisation, post="методист", since=timezone.localdate()
    )
    one = only(touched(agreement.person), Paper.AGREEMENT, Fact.POST)
    assert (one.need, one.new, one.waits) == (Need.AGREEMENT, "методист", True)


def test_another_director_touches_what_waits_for_the_pen(cast, as_user):
    order = make_order(cast, "appointment", "at_signature", [make_mentor(cast)])
    assert [t for t in touched() if t.fact is Fact.DIRECTOR] == []
    new = make_person("Директоров", "Пётр", "Ильич", gender="m")
    RoleGrant.objects.filter(role="director").update(until=timezone.localdate() - timedelta(days=1))
    RoleGrant.objects.create(person=new, role="director", since=timezone.localdate())
    (one,) = [t for t in touched() if t.fact is Fact.DIRECTOR]
    assert (one.order, one.need, one.new) == (order, Need.REDRAFT, new.full_name)
    page = as_user(cast.curator).get(reverse("reports:touched")).content.decode()
    assert "Нужно вернуть на доработку" in page


def test_the_pages_belong_to_those_who_see_all_papers(cast, as_user, order, mentor):
    person = renamed(mentor, cast)
    for user, answer in [(cast.clerk, 200), (cast.curator, 200), (cast.sysadmin, 403)]:
        assert as_user(user).get(reverse("reports:touched_of", args=[person.pk])).status_code == answer
        assert as_user(user).get(reverse("reports:touched")).status_code == answer


def test_a_further_order_costs_no_query(cast, order, mentor):
    renamed(mentor, cast)
    counts, found = [], []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            found.append(len(touched()))
        counts.append(len(asked))
        more = enter(make_order(cast, "assignment", "at_signature"), cast)
        renamed(more.items.get().pairing.participations.get(part="mentor").person, cast, "Другова")
    assert counts[0] == counts[1] and found[1] > found[0]
