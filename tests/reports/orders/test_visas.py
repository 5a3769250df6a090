"""A visa is asked of a person in a role: it can be passed to another holder of the role, and the light
tells when it must be.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, complaints
from people.roles.models import RoleGrant
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import visas as drafting_visas
from reports.orders.models import Order, Visa
from tests.factories import make_user
from tests.reports.orders.kit import make_mentor, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("14")]


@pytest.fixture
def order(cast):
    """A draft that waits for the visas of the curator and the clerk."""
    return make_order(cast, "appointment", items=[make_mentor(cast)])


def visa_of(order, user):
    return order.visas.get(person=user.person)


def leave(user):
    """The role of the user has ended yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleGrant.objects.filter(person=user.person).update(until=yesterday)


def light(order):
    whole = Order.objects.with_requirements().get(pk=order.pk)
    return [str(c) for c in complaints(whole, "agree") if "виз" in c.text]


def page(visa):
    return reverse("reports:visa_pass", args=[visa.pk])


def test_a_visa_remembers_the_role_for_which_it_is_asked(cast, order):
    assert {v.role: v.person for v in order.visas.all()} == {"curator": cast.curator.person, "clerk": cast.clerk.person}
    programs = make_order(cast, "programs")
    assert visa_of(programs, cast.chair).role == "chair"


def test_a_visa_goes_to_another_holder_of_the_role(cast, order):
    other = make_user(None, "clerk", username="clerk2", post="секретарь учебной части")
    visa = drafting_visas.pass_visa(visa_of(order, cast.clerk), by=cast.curator, to=other.person)
    assert (visa.person, visa.post, visa.given_at) == (other.person, "Секретарь учебной части", None)
    act = Act.objects.about(order).last()
    assert (act.verb, act.actor, act.facts) == (
        "pass_visa",
        cast.curator,
        {"person": other.person_id, "before": cast.clerk.person_id},
    )
    assert OutboxMail.objects.filter(template="order_visa", to=other.email).count() == 1
    drafting_acts.give_visa(visa, by=other)
    drafting_acts.give_visa(visa_of(order, cast.curator), by=cast.curator)
    assert drafting_acts.agree(order, by=cast.curator).state == "agreed"


def test_who_does_not_hold_the_role_gets_no_visa(cast, order):
    visa = visa_of(order, cast.clerk)
    for user in (cast.chair, cast.curator, cast.director, cast.stranger, cast.clerk):
        with pytest.raises(Refused, match="кто сейчас специалист по кадрам"):
            drafting_visas.pass_visa(visa, by=cast.curator, to=user.person)
    gone = make_user(None, "clerk")
    leave(gone)
    with pytest.raises(Refused):
        drafting_visas.pass_visa(visa, by=cast.curator, to=gone.person)


def test_only_a_missing_visa_of_a_draft_is_passed_by_who_drafts(cast, order):
    other = make_user(None, "clerk")
    visa = visa_of(order, cast.clerk)
    for user in (cast.chair, cast.sysadmin, cast.mentor):
        with pytest.raises(NotAllowed):
            drafting_visas.pass_visa(visa, by=user, to=other.person)
    drafting_acts.give_visa(visa, by=cast.clerk)
    with pytest.raises(Already):
        drafting_visas.pass_visa(visa, by=cast.curator, to=other.person)
    drafting_acts.give_visa(visa_of(order, cast.curator), by=cast.curator)
    drafting_acts.agree(order, by=cast.curator)
    with pytest.raises(Refused, match="Правят только проект"):
        drafting_visas.pass_visa(visa, by=cast.curator, to=other.person)


def test_a_visa_passed_meanwhile_is_not_passed_again(cast, order):
    first, second = make_user(None, "clerk"), make_user(None, "clerk")
    stale = visa_of(order, cast.clerk)
    drafting_visas.pass_visa(visa_of(order, cast.clerk), by=cast.curator, to=first.person)
    with pytest.raises(Already):
        drafting_visas.pass_visa(stale, by=cast.director, to=second.person)
    assert Visa.objects.get(pk=stale.pk).person == first.person


def test_the_light_says_when_the_person_has_left_the_role(cast, order):
    assert light(order)[1].startswith(f"Нет визы: {cast.clerk.person.short_name}, специалист по кадрам. Визирует сам")
    leave(cast.clerk)
    name = cast.clerk.person.short_name
    sentence = f"Нет визы: {name} больше не специалист по кадрам. Передайте визу тому, кто держит эту роль сейчас"
    assert light(order)[1] == sentence
    drafting_acts.give_visa(
        visa_of(order, cast.clerk), by=cast.curator
    )  # recorded from the paper that was signed in time
    assert len(light(order)) == 1


def test_the_page_offers_the_holders_of_the_role(cast, order, as_user):
    visa, client = visa_of(order, cast.clerk), as_user(cast.curator)
    alone = client.get(page(visa), follow=True).content.decode()
    assert "Передать визу некому" in alone
    other = make_user(None, "clerk", username="clerk2")
    leave(cast.clerk)
    whole = client.get(order.get_absolute_url()).content.decode()
    assert whole.count(page(visa)) == 2 and "больше не специалист по кадрам" in whole
    assert list(client.get(page(visa)).context["form"].fields["to"].queryset) == [other.person]
    assert client.post(page(visa), {"to": cast.chair.person_id}).status_code == 200
    done = client.post(page(visa), {"to": other.person_id}, follow=True).content.decode()
    assert f"Виза передана: {other.person.short_name}" in done
    assert "Виза передана: " in done.partition("История")[2]
    assert as_user(cast.chair).get(page(visa)).status_code == 404


def test_whose_visa_is_awaited_sees_that_act_first(cast, as_user, order):
    curator, director = (
        as_user(user).get(order.get_absolute_url()).context["actions"] for user in (cast.curator, cast.director)
    )
    assert (curator[0].label, curator[0].primary, sum(act.primary for act in curator)) == (
        "Прочитать и завизировать",
        True,
        1,
    )
    assert "visa" not in [act.verb for act in director]
