"""Samples of the kinds of orders that the school has not issued yet: composed from its own people and
programmes, then undone.

Every sample is made inside a transaction that is rolled back, so nothing of it stays (``manage.py sample_papers``).
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.accounts.models import User
from people.banks.models import Candidate
from people.register.models import Person
from people.roles.holders import holder
from people.school.models import School
from programs.changes.amendment.acts import present_plan
from programs.changes.amendment.models import Amendment
from programs.changes.dissolution.models import Dissolution
from programs.changes.pause.models import Pause, Resumption
from programs.changes.replacement.models import Replacement
from programs.mentor_agreements.models import Notice
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.orders.drafting.acts import draft
from reports.orders.drafting.proposals import propose
from reports.orders.models import Order
from reports.orders.order_kinds.catalog import KINDS
from reports.orders.printing import facts as printing_facts
from roadmap.regulation.models import Regulation


def missing(known) -> list[tuple[str, dict | None]]:
    """Return ``(kind, facts)`` of every kind of order that is not ``known``; facts are None where there
    is nothing to compose it from.
    """
    curator = holder("curator")
    by = User.objects.filter(person=curator).first() if curator else None
    if School.get() is None or by is None:
        return []
    return [(kind, _undone(kind, by)) for kind in KINDS if kind not in known and kind in MAKERS]


@transaction.atomic
def _undone(kind, by) -> dict | None:
    order = MAKERS[kind](by)
    made = printing_facts.of(Order.objects.with_papers().get(pk=order.pk)) if order else None
    transaction.set_rollback(True)
    return made


def _day(days=0):
    return timezone.localdate() + timedelta(days=days)


def _running(without=None) -> Program | None:
    """Return a running programme, of which no other change of this sort is being prepared."""
    found = Program.objects.filter(state="running").order_by("pk")
    return found.exclude(pk__in=_open(without, "program")).first() if without else found.first()


def _open(model, about: str):
    return model.objects.filter(state__in=["proposed", "ready"]).values(about)


def _teachers(number: int) -> list[Person]:
    return list(Person.objects.filter(employments__is_teaching=True).distinct().order_by("search")[:number])


def _regulation(by):
    text = Regulation.objects.filter(state="approved").values_list("text", flat=True).first()
    found = {"text": text or "1. Общие положения", "since": str(_day()), "roadmap": None}
    council = {"minutes_number": "1", "minutes_date": _day(-3)}
    return propose("regulation", {"facts": found, "people": {"main": [by.person]}, **council}, by=by)


def _curator(by):
    return propose("curator", {"facts": {"since": str(_day()), "until": None}, "people": {"main": [by.person]}}, by=by)


def _appointment(by):
    mentors = list(Candidate.objects.filter(part="mentor", state="approved").order_by("pk")[:2])
    return draft("appointment", mentors, by=by) if mentors else None


def _change_of_program(by, kind, model, **columns):
    program = _running(without=model)
    if program is None:
        return None
    return draft(kind, [model.objects.create(program=program, state="ready", created_by=by, **columns)], by=by)


def _amendment(by):
    program = _running(without=Amendment)
    plan = program and present_plan(program)
    return program and _change_of_program(
        by,
        "amendment",
        Amendment,
        new_end=program.ends_on + timedelta(days=30),
        plan=plan,
        reason="Нужно больше времени",
    )


def _pause(by):
    return _change_of_program(by, "pause", Pause, since=_day(), until=_day(20), reason="отпуском наставника")


def _resumption(by):
    program = _running()
    if program is None:
        return None
    order = {"order_number": "55-од", "order_date": _day(-10), "effective_on": _day(-10)}
    pause = Pause.objects.create(
        program=program, state="registered", since=_day(-10), reason="отпуском наставника", created_by=by, **order
    )
    return draft("resumption", [Resumption.objects.create(pause=pause, on=_day(), state="ready", created_by=by)], by=by)


def _replacement(by):
    running = Program.objects.filter(state="running").exclude(pairing__in=_open(Replacement, "pairing"))
    program = running.order_by("pk").first()
    lead = program and program.pairing.participations.live().filter(part="mentor").first()
    others = Candidate.objects.filter(part="mentor", state="appointed")
    other = lead and others.exclude(person__participations__pairing=program.pairing).order_by("-pk").first()
    if not other:
        return None
    made = Replacement.objects.create(
        pairing=program.pairing,
        former=lead,
        candidate=other,
        employment=other.person.employments.first(),
        state="ready",
        ground="leave",
        circumstances="отпуском наставника",
        since=_day(),
        until=_day(40),
        handover="План и журнал",
        created_by=by,
    )
    return draft("replacement", [made], by=by)


def _dissolution(by):
    pairing = Pairing.objects.filter(state="assigned", dissolutions__isnull=True).order_by("pk").first()
    if pairing is None:
        return None
    made = Dissolution.objects.create(
        pairing=pairing, reason="увольнением по собственному желанию", on=_day(), state="ready", created_by=by
    )
    return draft("dissolution", [made], by=by)


def _relief(by):
    program = _running()
    lead = program and program.pairing.participations.live().filter(part="mentor").first()
    if not lead:
        return None
    notice = Notice(
        person=lead.person,
        candidate=lead.candidate,
        pairing=program.pairing,
        giver="worker",
        given_by=by,
        received_on=_day(),
        effective_on=_day(7),
        took_effect_on=_day(7),
    )
    notice.save()
    return propose("relief", {"facts": {"notices": [notice.pk], "stops": []}, "people": {"main": [lead.person]}}, by=by)


def _release(by):
    program, people = _running(), _teachers(2)
    activity = program and program.activities.order_by("pk").first()
    if not activity or len(people) < 2:
        return None
    lesson = {"time": "10:00–10:45", "what": "3 класс, специальность", "substitute": people[1].pk}
    found = {
        "activity": activity.pk,
        "event": activity.title,
        "program": program.title,
        "day": str(_day(5)),
        "starts": "10:00",
        "ends": "12:00",
        "reason": "открытый урок проводится только в этот день",
        "lessons": [lesson],
    }
    return propose("release", {"facts": found, "people": {"main": people[:1], "substitute": people[1:]}}, by=by)


def _event(by):
    found = {
        "sort": "round_table",
        "title": "Наставник и молодой педагог",
        "place": "малый зал",
        "from": str(_day(20)),
        "to": str(_day(20)),
        "plan": "15:00 — Открытие\n15:15 — Рассказы наставнических пар",
    }
    return propose("event", {"facts": found, "people": {"head": [by.person], "member": _teachers(3)}}, by=by)


def _association(by):
    people = _teachers(4)
    return (
        propose("association", {"facts": {}, "people": {"head": people[:1], "member": people[1:]}}, by=by)
        if people
        else None
    )


def _incentive(by):
    found = {"measure": "thanks", "merit": "за результативную работу наставником", "amount": ""}
    council = {"minutes_number": "5", "minutes_date": _day(-3)}
    return propose("incentive", {"facts": found, "people": {"main": _teachers(2)}, **council}, by=by)


def _change(by):
    base = Order.objects.filter(state="registered").order_by("pk").first()
    if base is None:
        return None
    found = {
        "whole": False,
        "text": "в пункте 2 слова «в срок до» заменить словами «не позднее»",
        "reason": "в связи с уточнением сроков",
    }
    readers = [row.person for row in base.acquaintances.select_related("person")]
    return propose("change", {"facts": found, "base": base, "people": {"member": readers}}, by=by)


MAKERS = {
    "regulation": _regulation,
    "curator": _curator,
    "appointment": _appointment,
    "amendment": _amendment,
    "replacement": _replacement,
    "pause": _pause,
    "resumption": _resumption,
    "dissolution": _dissolution,
    "relief": _relief,
    "release": _release,
    "incentive": _incentive,
    "event": _event,
    "association": _association,
    "change": _change,
}
"""Kinds without a maker are those that a school issues first: pairs, programmes, the roadmap, completion, pay."""
