"""Builders of orders for tests: real rows brought to a state through the acts, and a reader of their papers."""

import io
import re
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from pypdf import PdfReader

from people.banks.models import Candidate
from programs.completion import acts as completion_acts
from programs.mentor_agreements.notices import acts as notice_acts
from programs.program.models import ActivityResult
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting import proposals as drafting_proposals
from reports.orders.models import Order
from reports.orders.order_kinds.association.draft import AssociationDraft
from reports.orders.order_kinds.change.draft import ChangeDraft
from reports.orders.order_kinds.curator.draft import CuratorDraft
from reports.orders.order_kinds.event.draft import EventDraft
from reports.orders.order_kinds.incentive.draft import IncentiveDraft
from reports.orders.order_kinds.pay.draft import PayDraft
from reports.orders.order_kinds.regulation.draft import RegulationDraft
from reports.orders.order_kinds.release.draft import Lesson, ReleaseDraft, Substitution
from reports.orders.order_kinds.relief.draft import ReliefDraft
from reports.orders.order_kinds.typed import Particulars
from reports.orders.registration import acts as registration_acts
from reports.orders.registration import numbers
from roadmap.plan import acts as plan_acts
from tests.factories import make_candidate, make_consent, make_pairing, make_person, make_program
from tests.programs.changes import kit as changed
from tests.programs.mentor_agreements.kit import make_agreement
from tests.replay import replayed


@replayed
def make_mentor(cast, person=None):
    """Return a candidate for mentor with both consents, ready for an order of appointment."""
    person = person or make_person()
    make_consent(person, by=cast.curator)
    make_consent(person, "duties", by=cast.curator, part="mentor", matter=uuid4())
    return make_candidate(person, "mentor", by=cast.director)


@replayed
def make_completion(cast, **people):
    """Return a completion that waits for its order: the whole plan is done."""
    program = make_program(cast, "running", **people)
    mentee = program.pairing.participations.get(part="mentee")
    for activity in program.activities.all():
        ActivityResult.objects.create(
            activity=activity,
            participation=mentee,
            state="checked",
            result="готово",
            done_at=timezone.now(),
            done_by=cast.curator,
            checked_at=timezone.now(),
            checked_by=cast.curator,
        )
    made = completion_acts.propose(program, mentee, by=cast.curator, reason="plan")
    outcomes = {s.pk: ("resolved", "по открытому уроку") for s in program.difficulties.all()}
    completion_acts.conclude(
        made, by=cast.curator, conclusion="Работа удалась", verdict="ready", discipline="Да", outcomes=outcomes
    )
    completion_acts.review(made, by=cast.curator, review="Спасибо")
    return completion_acts.submit_for_order(made, by=cast.curator)


@replayed
def make_roadmap(cast):
    """Return a roadmap that the curator has submitted."""
    return plan_acts.submit(plan_acts.draft(2026, by=cast.curator), by=cast.curator)


SUBJECTS = {
    "appointment": make_mentor,
    "assignment": lambda cast: make_pairing(cast, "recommended"),
    "programs": lambda cast: make_program(cast, "agreed"),
    "roadmap": make_roadmap,
    "completion": make_completion,
    "amendment": lambda cast: changed.make_amendment(cast, "ready"),
    "replacement": lambda cast: changed.make_replacement(cast, "ready"),
    "pause": lambda cast: changed.make_pause(cast, "ready"),
    "resumption": lambda cast: changed.make_resumption(cast, "ready"),
    "dissolution": lambda cast: changed.make_dissolution(cast, "ready"),
}


def _curator(cast):
    deputy = make_person(
        "Уланова", "Наталья", "Сергеевна", post="заместитель директора по учебно-воспитательной работе"
    )
    return Particulars(CuratorDraft(timezone.localdate()), {"main": [deputy], "former": [cast.curator.person]})


def _regulation(cast):
    text = "\n".join(
        ["# 1. Общие положения", "1.1. Настоящее Положение определяет цели и порядок наставничества. " * 8]
    )
    today = timezone.localdate()
    draft = RegulationDraft(text, since=today, roadmap=make_roadmap(cast).pk)
    return Particulars(draft, {"main": []}, minutes_number="2", minutes_date=today)


def _incentive(cast):
    people = [make_person("Санджи-Горяева", "Кермен", "Бадмаевна"), make_person("Амур-Санан", "Савр", "Очирович", "m")]
    draft = IncentiveDraft("thanks", "за результативную работу наставником")
    return Particulars(draft, {"main": people}, minutes_number="5", minutes_date=timezone.localdate())


def _event(cast):
    day = timezone.localdate() + timedelta(days=20)
    draft = EventDraft(
        event_type="round_table",
        title="Наставник в школе искусств",
        begins=day,
        ends=day,
        place="малый зал",
        plan="10:00 — Открытие\n10:15 — Доклады",
    )
    return Particulars(draft, {"head": [cast.curator.person], "member": [make_person(), make_person()]})


def _association(cast):
    people = {"head": [make_person("Басангова", "Нина")], "member": [make_person(), make_person()]}
    return Particulars(AssociationDraft(timezone.localdate()), people)


def _release(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    other = make_person("Ким", "Дмитрий", "Эдуардович", "m")
    activity = program.activities.get()
    draft = ReleaseDraft(
        activity=activity.pk,
        event=activity.title,
        program=program.title,
        day=timezone.localdate(),
        starts="10:00",
        ends="12:00",
        reason="открытый урок проводится только в этот день",
        lessons=(Lesson("10:00–10:45", "3 класс, специальность, Иванов", other.pk, place="каб. 12"),),
        substitutions=(Substitution(other.pk, "within", timezone.localdate(), "percent", "10"),),
        kept="average",
        continuity_on=timezone.localdate(),
    )
    return Particulars(draft, {"main": [cast.mentor.person], "substitute": [other], "head": [cast.curator.person]})


def _change(cast):
    base = make_order(cast, "assignment", "registered")
    draft = ChangeDraft(
        whole=False,
        text="в пункте 2 слова «в срок до» заменить словами «не позднее»",
        reason="в связи с уточнением сроков",
    )
    return Particulars(draft, {"member": [a.person for a in base.acquaintances.select_related("person")]}, base=base)


PARTICULARS = {
    "regulation": _regulation,
    "curator": _curator,
    "incentive": _incentive,
    "event": _event,
    "association": _association,
    "release": _release,
    "change": _change,
}
"""What orders are about whose substance is typed with them."""


def _pay(cast):
    agreement = make_agreement(cast, "order")
    draft = PayDraft((agreement.pk,), stop=False, last_days={agreement.pk: agreement.paid_through})
    return Particulars(draft, {"main": [agreement.person]})


def _relief(cast):
    agreement = make_agreement(cast)
    given = notice_acts.give_notice(
        agreement.person, agreement.pairing, "worker", by=cast.clerk, received_on=timezone.localdate()
    )
    return Particulars(ReliefDraft((given.pk,), (given.pk,)), {"main": [given.person]})


LABOUR = {"pay": _pay, "relief": _relief}
"""The same of orders about mentor agreements, whose builders need a clock in November 2026."""

KITS = SUBJECTS | PARTICULARS | LABOUR


@replayed
def make_order(cast, kind="assignment", state="draft", items=None) -> Order:
    """Return an order brought to ``state`` through the acts."""
    content = items or KITS[kind](cast)
    if isinstance(content, Particulars):
        order = drafting_proposals.propose(kind, content, by=cast.curator)
    else:
        order = drafting_acts.draft(kind, items or [content], by=cast.curator)
    for reached in STATES[1 : STATES.index(state) + 1]:
        order = advance(order, cast, reached)
    return order


STATES = ["draft", "agreed", "at_signature", "registered"]


def advance(order, cast, state) -> Order:
    """Bring an order to the next of ``STATES``."""
    if state == "at_signature":
        return drafting_acts.send_to_signature(order, by=cast.curator)
    if state == "registered":
        return enter(order, cast)
    for visa in order.visas.all():
        drafting_acts.give_visa(visa, by=cast.clerk)
    return drafting_acts.agree(order, by=cast.curator)


@replayed
def enter(order, cast, number=None, **more) -> Order:
    """Register an order today under the next number; a bare ``number`` gets the usual ending."""
    today = timezone.localdate()
    if isinstance(number, int):
        number = f"{number}{numbers.usual_suffix(order.series)}"
    number = number or numbers.suggest(order.series, more.get("date", today).year)
    return registration_acts.register(order, by=cast.clerk, number=number, **({"date": today} | more))


def with_unappointed(pairing):
    """Return the pairing with a mentor who is approved, but not appointed by an order yet."""
    mentor = pairing.participations.get(part="mentor").candidate
    Candidate.objects.filter(pk=mentor.pk).update(state="approved", order_number="", order_date=None)
    return type(pairing).objects.get(pk=pairing.pk)


def read(data: bytes) -> str:
    """Return the text of a PDF with single blanks."""
    pages = PdfReader(io.BytesIO(data)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
