"""What was signed can be registered (docs/decisions/0002): every kind, in a world that stands still or moves."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import Refused, reload
from people.access.models import AccessRequest
from people.consents import acts as consent_acts
from people.consents.models import Consent
from people.register.models import Employment
from people.roles.models import RoleGrant
from programs.mentor_agreements.models import MentorAgreement, Notice
from reports.orders.contents import people_concerned
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.models import Acquaintance, Order
from reports.orders.order_kinds.curator.draft import CuratorDraft
from reports.orders.order_kinds.registry import KINDS, SUBJECTS, subject_of
from reports.orders.order_kinds.regulation.draft import RegulationDraft
from reports.orders.order_kinds.typed import Particulars
from reports.orders.registration import enactment
from tests.factories import make_person
from tests.reports.orders.kit import PARTICULARS, enter, make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("9.1")]

NAMES = [code for code, kind in KINDS.items() if kind.subject.name == "proposal" and kind.apply is None]
"""Kinds whose registration has no effect of its own: nothing is refused, somebody who left is a warning."""


@pytest.fixture(autouse=True)
def today():
    """A working day of November 2026: builders of agreements need it."""
    with time_machine.travel("2026-11-23 09:00+03:00"):
        yield timezone.localdate()


def proposal(order):
    return order.items.get(proposal__isnull=False).proposal


def moved(order, cast):
    """What the order is about has gone on without it."""
    for item in order.items.all():
        subject = subject_of(item)
        rule = SUBJECTS[next(name for name in SUBJECTS if getattr(item, f"{name}_id"))]
        for state in set(type(subject).State.values) - rule.states:
            try:
                with transaction.atomic():
                    type(subject).objects.filter(pk=subject.pk).update(state=state)
            except IntegrityError:
                continue
            return
    raise AssertionError("no other state")


def left(order, cast):
    """Somebody whom it names works here no longer."""
    row = proposal(order).rows.order_by("pk").first()
    Employment.objects.filter(person=row.person).update(until=timezone.localdate() - timedelta(days=1))


def unconsented(order, cast):
    given = Consent.objects.live().filter(purpose="duties", person__in=people_concerned(reload(order)))
    consent_acts.withdraw(given.order_by("pk").first(), by=cast.clerk, on=timezone.localdate())


def given(order, cast):
    person = proposal(order).one_as("main")
    RoleGrant.objects.create(
        person=person,
        role="curator",
        since=timezone.localdate(),
        order_number="70-од",
        order_date=timezone.localdate(),
        given_by=cast.director,
    )


def base_revoked(order, cast):
    Order.objects.filter(pk=proposal(order).base_id).update(state="revoked")


def paid(order, cast):
    MentorAgreement.objects.filter(pk__in=proposal(order).draft.agreements).update(
        order_number="71-лс", order_date=timezone.localdate()
    )


def notice_withdrawn(order, cast):
    found = Notice.objects.filter(pk__in=proposal(order).draft.notices)
    assert found.update(withdrawn_on=timezone.localdate())


CHANGES = {
    "appointment": [moved, unconsented],
    "assignment": [moved, unconsented],
    "programs": [moved],
    "roadmap": [moved],
    "completion": [moved],
    "amendment": [moved],
    "replacement": [moved],
    "pause": [moved],
    "resumption": [moved],
    "dissolution": [moved],
    "regulation": [moved],
    "curator": [given, left],
    "change": [base_revoked],
    "pay": [paid],
    "relief": [notice_withdrawn],
    "association": [left],
} | {code: [left] for code in NAMES if code != "change"}


def shown(order, user, as_user):
    """Return what the page of the order says against its registration, and what it asks to look at."""
    context = as_user(user).get(order.get_absolute_url()).context
    return [c for c in context["checks"] if not c.met], context["warnings"], context["actions"]


def test_every_kind_is_walked():
    assert set(CHANGES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_signed_is_registered_while_the_world_stands_still(cast, as_user, kind):
    order = make_order(cast, kind, "at_signature")
    missing, _, actions = shown(order, cast.clerk, as_user)
    assert missing == [] and next(a for a in actions if a.verb == "register").enabled
    assert enter(order, cast).state == "registered"


@pytest.mark.parametrize(("kind", "change"), [(k, c) for k, changes in CHANGES.items() for c in changes])
def test_what_moved_after_the_signature_is_shown_at_once(cast, as_user, kind, change):
    order = make_order(cast, kind, "at_signature")
    change(order, cast)
    missing, warnings, actions = shown(order, cast.clerk, as_user)
    if kind in NAMES and change is left:
        assert any("больше не работает" in line and "верните" in line for line in warnings)
        assert enter(order, cast).state == "registered"
        return
    assert missing and all(check.who for check in missing)
    assert not next(a for a in actions if a.verb == "register").enabled
    with pytest.raises(Refused):
        enter(order, cast)


# --- the curator who holds the role already ------------------------------------------------------------------------


def regulation(cast, curator):
    text = "# 1. Общие положения\n" + "1.1. Настоящее Положение определяет цели и порядок наставничества. " * 8
    draft = RegulationDraft(text, since=timezone.localdate())
    return Particulars(draft, {"main": [curator]}, minutes_number="2", minutes_date=timezone.localdate())


def carried(cast, kind, particulars):
    order = drafting_proposals.propose(kind, particulars, by=cast.curator)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    return order


def test_the_order_on_the_regulation_leaves_the_role_of_its_curator_as_it_is(cast):
    before = list(RoleGrant.objects.filter(role="curator").values())
    order = carried(cast, "regulation", regulation(cast, cast.curator.person))
    order = drafting_acts.send_to_signature(drafting_acts.agree(order, by=cast.curator), by=cast.curator)
    assert enter(order, cast).state == "registered"
    assert list(RoleGrant.objects.filter(role="curator").values()) == before
    assert not AccessRequest.objects.exists()


def test_a_role_that_ends_before_is_told_before_the_visas(cast, as_user):
    RoleGrant.objects.filter(role="curator").update(until=timezone.localdate() + timedelta(days=5))
    order = carried(cast, "regulation", regulation(cast, cast.curator.person))
    missing, *_ = shown(order, cast.clerk, as_user)
    assert "эта роль уже дана" in missing[0].text and missing[0].who
    with pytest.raises(Refused, match="эта роль уже дана"):
        drafting_acts.agree(order, by=cast.curator)


# --- the net -------------------------------------------------------------------------------------------------------


def test_a_rehearsal_changes_nothing(cast, django_capture_on_commit_callbacks):
    order = make_order(cast, "assignment", "at_signature")
    before = (Act.objects.count(), list(Order.objects.values()), Acquaintance.objects.count(), len(mail.outbox))
    with django_capture_on_commit_callbacks() as later:
        assert enactment.rehearse(order, by=cast.clerk) == []
    assert later == []
    assert before == (Act.objects.count(), list(Order.objects.values()), Acquaintance.objects.count(), len(mail.outbox))


@pytest.mark.parametrize("error", [Refused("ещё не подписано соглашение"), IntegrityError("UNIQUE constraint failed")])
@pytest.mark.parametrize("state", ["draft", "at_signature"])
def test_a_refusal_that_no_requirement_foresees_is_told_with_its_thing(cast, as_user, monkeypatch, error, state):
    """The switch of the net: an effect that refuses unexpectedly."""
    order = make_order(cast, "association", state)

    def refuse(subject, *, by, order):
        raise error

    kind = KINDS["association"]
    monkeypatch.setitem(vars(kind), "apply", refuse)
    missing, *_ = shown(order, cast.clerk, as_user)
    said = [c for c in missing if "соглашение" in c.text or "уже есть" in c.text]
    assert said and said[0].who
    with pytest.raises(Refused):
        if state == "draft":
            for visa in order.visas.all():
                drafting_acts.give_visa(visa, by=cast.clerk)
            drafting_acts.agree(order, by=cast.curator)
        else:
            enter(order, cast)


# --- who is no deputy ----------------------------------------------------------------------------------------------


@pytest.mark.point("9.6")
def test_a_curator_who_is_no_deputy_is_warned_of_in_the_order(cast, as_user):
    """A warning as on the screen «Роли», on the page in every state and before each step; no refusal."""
    teacher = make_person(post="преподаватель")
    former = {"main": [teacher], "former": [cast.curator.person]}
    order = carried(cast, "curator", Particulars(CuratorDraft(timezone.localdate()), former))
    client = as_user(cast.clerk)
    for act, step in ((drafting_acts.agree, "agree"), (drafting_acts.send_to_signature, "send"), (None, "")):
        warnings = client.get(order.get_absolute_url()).context["warnings"]
        assert any("не занимает должность заместителя директора" in line and "3.4" in line for line in warnings)
        if act:
            asked = client.get(f"{order.get_absolute_url()}{step}/").context["consequences"]
            assert any("не занимает должность заместителя" in line for line in asked)
            order = act(order, by=cast.curator)
    assert enter(order, cast).state == "registered"


@pytest.mark.point("9.6")
def test_the_same_of_the_order_on_the_regulation_and_nothing_of_a_deputy(cast, as_user):
    teacher = make_person(post="преподаватель")
    order = carried(cast, "regulation", regulation(cast, teacher))
    assert any("заместителя директора" in line for line in shown(order, cast.director, as_user)[1])
    assert PARTICULARS["curator"](cast).people["main"][0] != teacher
    other = make_order(cast, "curator")
    assert not any("заместителя директора" in line for line in shown(other, cast.director, as_user)[1])
