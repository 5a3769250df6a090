"""Steps that one person holds are taken in one visit: each is an act of the log, all are done, or none (10.7)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.joint import follow_up, taken
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from programs.changes import acts as change_acts
from programs.program.approval import acts as approval_acts
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting.to_signature import to_signature
from reports.orders.models import Order, Visa
from tests.factories import make_program
from tests.programs.changes import kit as changed
from tests.reports.orders.kit import make_mentor, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("10.7")]


@pytest.fixture
def order(cast):
    """A draft that waits only for the curator's visa."""
    made = make_order(cast, "appointment", items=[make_mentor(cast)])
    drafting_acts.give_visa(made.visas.get(person=cast.clerk.person), by=cast.clerk)
    return made


def verbs(thing):
    return list(Act.objects.about(thing).order_by("pk").values_list("verb", flat=True))


def state(thing):
    return type(thing).objects.get(pk=thing.pk).state


def buttons(page):
    return {a.verb: a for a in page.context["actions"]}


def test_the_last_visa_and_the_way_to_the_pen_are_one_press(cast, as_user, order):
    client = as_user(cast.curator)
    page = client.get(order.get_absolute_url())
    button = buttons(page)["to_signature"]
    assert (button.label, button.primary, button.enabled) == ("Завизировать и передать на подпись", True, True)
    assert "agree" not in buttons(page)
    question = client.get(button.url)
    assert "Ваша виза встанет в приказ" in question.context["consequences"]
    version = question.context["form"]["version"].value()
    answer = client.post(reverse("reports:order_to_signature", args=[order.pk]), {"version": version}, follow=True)
    assert "Приказ передан на подпись" in answer.content.decode()
    order.refresh_from_db()
    assert (order.state, bool(order.facts_sha256)) == ("at_signature", True)
    assert verbs(order)[-3:] == ["visa", "agree", "send_to_signature"]


def test_a_visa_of_somebody_else_is_not_skipped(cast, as_user):
    order = make_order(cast, "appointment", items=[make_mentor(cast)])
    assert "to_signature" not in buttons(as_user(cast.curator).get(order.get_absolute_url()))
    with pytest.raises(Refused, match="Нет визы"):
        to_signature(order, by=cast.curator)
    assert (state(order), order.visas.filter(given_at__isnull=False).count()) == ("draft", 0)


def test_with_all_visas_both_last_steps_are_one(cast, as_user, order):
    drafting_acts.give_visa(order.visas.get(person=cast.curator.person), by=cast.curator)
    shown = buttons(as_user(cast.curator).get(order.get_absolute_url()))
    assert shown["to_signature"].label == "Завершить согласование и передать на подпись"
    assert (shown["to_signature"].primary, shown["agree"].primary) == (True, False)
    assert to_signature(order, by=cast.curator).state == "at_signature"
    assert verbs(order)[-2:] == ["agree", "send_to_signature"]


def test_nobody_gets_a_step_by_it_that_is_not_theirs(cast, as_user, order):
    Visa.objects.filter(order=order, person=cast.curator.person).update(person=cast.chair.person)
    client = as_user(cast.chair)  # visas, but may not send
    assert "to_signature" not in buttons(client.get(order.get_absolute_url()))
    assert client.post(reverse("reports:order_to_signature", args=[order.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        to_signature(order, by=cast.chair)
    assert (state(order), verbs(order)[-1]) == ("draft", "visa")


def test_a_text_that_changed_meanwhile_and_a_second_press_send_nothing(cast, as_user, order):
    seen = order.version
    Order.objects.filter(pk=order.pk).update(version=seen + 1)
    with pytest.raises(Stale):
        to_signature(order, by=cast.curator, version=seen)
    to_signature(order, by=cast.curator, version=seen + 1)
    count = Act.objects.about(order).count()
    with pytest.raises(Already):
        to_signature(order, by=cast.curator, version=seen + 1)
    assert Act.objects.about(order).count() == count


def test_what_registration_would_refuse_leaves_even_the_visa_ungiven(cast, order):
    candidate = order.items.get().candidate
    candidate.person.consents.filter(purpose="duties").delete()
    with pytest.raises(Refused):
        to_signature(order, by=cast.curator)
    assert order.visas.filter(given_at__isnull=True).count() == 1
    assert (state(order), verbs(order)[-1]) == ("draft", "visa")


def test_whoever_composed_it_is_told_that_it_is_on_its_way(cast):
    order = make_order(cast, "appointment", items=[make_mentor(cast)])
    drafting_acts.give_visa(order.visas.get(person=cast.curator.person), by=cast.curator)
    to_signature(order, by=cast.clerk)
    letter = OutboxMail.objects.get(template="order_visaed")
    assert "Он уже передан на подпись" in letter.text
    assert "Завершите согласование" not in letter.text


def test_a_change_is_handed_over_and_its_order_composed_together(cast, as_user):
    change = changed.make_pause(cast, "proposed")
    url = f"{change.get_absolute_url()}ready/"
    client = as_user(cast.curator)
    assert client.get(url).context["together"].label == "Передать и составить проект приказа"
    answer = client.post(url, {"together": "1"})
    made = Order.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (state(change), made.kind, made.items.get().subject) == ("ready", "pause", change)
    assert (verbs(change)[-1], verbs(made)) == ("ready", ["draft"])


def test_when_the_order_cannot_be_composed_nothing_is_handed_over(cast):
    change = changed.make_pause(cast, "proposed")
    then = follow_up(change, "ready", cast.curator)

    def handed_over_and_taken():
        found = change_acts.submit_for_order(change, by=cast.curator)
        make_order(cast, "pause", items=[found])  # another draft has it
        return found

    with pytest.raises(Refused, match="уже стоит в другом приказе"):
        taken(handed_over_and_taken, then, by=cast.curator)
    assert (state(change), Order.objects.count()) == ("proposed", 0)


def test_a_second_button_is_only_for_who_may_do_both(cast):
    change = changed.make_pause(cast, "proposed")
    assert follow_up(change, "ready", cast.chair) is None
    assert follow_up(change, "withdraw", cast.curator) is None


def test_a_curator_hands_a_program_over_and_supports_it_together(cast, as_user):
    program = make_program(cast, "draft")
    url = reverse("programs:program_submit", args=[program.pk])
    client = as_user(cast.curator)
    assert client.get(url).context["together"] is approval_acts.ENDORSED_AT_ONCE
    client.post(url, {"together": "1"})
    program.refresh_from_db()
    assert (program.state, program.endorsed_by) == ("submitted", cast.curator)
    assert verbs(program)[-2:] == ["submit", "endorse"]
    assert OutboxMail.objects.filter(template__contains="for_council").exists()


def test_those_who_signed_the_sheet_with_the_order_are_recorded_at_its_registration(cast, as_user):
    order = make_order(cast, "appointment", "at_signature", [make_mentor(cast)])
    client, url = as_user(cast.clerk), reverse("reports:order_register", args=[order.pk])
    offered = [int(pk) for pk, _ in client.get(url).context["form"].fields["acquainted"].choices]
    today = timezone.localdate()
    client.post(url, {"number": "1-од", "date": today, "effective_on": today, "acquainted": offered[:1]})
    lines = order.acquaintances.all()
    assert {line.person_id: line.on_paper for line in lines} == {pk: pk == offered[0] for pk in offered}
    assert verbs(order)[-2:] == ["register", "acquaint"]
    told = set(OutboxMail.objects.filter(template="order_registered", text__contains="знаком").values_list("person_id"))
    assert (offered[0],) not in told
