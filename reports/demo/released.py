"""Heads of departments, a release decided and ordered, a contest with its diploma in the demo school."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from people.register.models import Employment
from people.roles import department_heads as head_acts
from people.school.models import Department
from people.school.workdays import add_workdays
from programs.program.models import Activity, Program
from programs.requests import acts, registry
from programs.requests.filing import people_of
from programs.requests.kinds.contest import acts as contest_acts
from programs.requests.kinds.release import acts as release_acts
from programs.requests.kinds.release.acts import LessonRow
from programs.requests.models import Request
from programs.requests.subjects import of_program
from reports.demo.lifecycle import Lifecycle
from reports.demo.scenarios import Scenario
from reports.orders.drafting.proposals import restate
from reports.orders.models import Order
from reports.orders.order_kinds.release.draft import Substitution
from reports.orders.order_kinds.typed import Particulars

RELEASED = 5  # days ago, when the order of a release was signed
KNOWN_HEADS = ("chair", "council")


def department_heads(demo, days_ago: int):
    """Each department has its head: a known person of the council, or whoever teaches longest."""
    yield days_ago
    known = [demo.user(login).person_id for login in KNOWN_HEADS]
    for place in Department.objects.filter(organisation__kind="own").order_by("pk"):
        jobs = Employment.objects.current().filter(department=place, kind="main", is_teaching=True)
        people = sorted((job.person for job in jobs.select_related("person")), key=lambda p: (p.pk not in known, p.pk))
        if people:
            head_acts.appoint(place, people[0], by=demo.user("clerk"), since=timezone.localdate())


def release(demo):
    """A mentor is released for an open lesson: the head confirms, the order carries the lessons over (п. 1.4)."""
    orders = Lifecycle(demo, Scenario("", "", "done", RELEASED))
    yield RELEASED + 6
    day = add_workdays(demo.calendar.today, 5)
    running = Activity.objects.filter(program__state=Program.State.RUNNING).select_related("program")
    ahead = running.filter(due_on__gte=day).order_by("due_on", "pk")
    activity = ahead.filter(title__icontains="урок").first() or ahead.first() or running.first()
    if activity is None:
        return
    inside = activity.program.pairing.participations.order_by("pk")
    mentor = inside.filter(part="mentor", until=None)[0].person
    places = Employment.objects.current().filter(person=mentor).values("department")
    near = Employment.objects.current().filter(department__in=places, is_teaching=True)
    others = near.exclude(person__in=inside.values("person")).exclude(person__user__isnull=False)
    other = others.select_related("person").order_by("pk")[0].person
    asked = acts.file(
        registry.kind("release"),
        of_program(Program.objects.for_head().get(pk=activity.program_id)),
        by=demo.user_for(mentor),
        author=mentor,
        text="мероприятие назначено отделением только на этот день",
        columns={"activity": activity, "about": f"мероприятие «{activity.title}»"[:300]},
        data={"day": day, "starts": time(10), "ends": time(12)},
    )
    _confirm(demo, asked, day, other)
    yield RELEASED + 5
    acts.decide(asked, "accept", by=demo.user("curator"))
    order = Order.objects.get(kind="release", state=Order.State.DRAFT)
    _complete(demo, order, other)
    yield RELEASED + 4
    order.refresh_from_db()
    yield from orders.carry_order(order, RELEASED)


def _confirm(demo, asked, day, other):
    """The head of the department names who teaches instead, in the application or on paper."""
    asked = Request.objects.with_requirements().get(pk=asked.pk)
    lessons = [
        LessonRow(day, time(10), time(10, 45), "3 класс, специальность", "каб. 12", other),
        LessonRow(day, time(10, 55), time(11, 40), "2 класс, ансамбль", "каб. 12", None, day + timedelta(days=2)),
    ]
    heads = release_acts.heads(asked, demo.user("curator"))
    by = demo.user_for(heads[0]) if heads else demo.user("curator")
    paper: dict[str, Any] = (
        {"head": heads[0], "on": timezone.localdate()} if heads and by.person_id != heads[0].pk else {}
    )
    release_acts.propose(asked, by=by, version=1, lessons=lessons, confirmed=True, **paper)


def _complete(demo, order, other):
    """The clerk writes the consent of the substitute and the pay into the draft."""
    proposal = order.items.get().proposal
    today = timezone.localdate()
    draft = replace(
        proposal.draft, substitutions=(Substitution(other.pk, "within", today, "percent", "10"),), kept="average"
    )
    people = {part: proposal.people_as(part) for part in ("main", "substitute", "head")}
    restate(order, Particulars(draft, people), by=demo.user("clerk"), version=order.version)


def contest(demo):
    """A mentee has won a diploma; a member of the council prepared it (п. 3.5, 4.2)."""
    yield 40
    day = demo.calendar.day(9)
    running = Program.objects.filter(state=Program.State.RUNNING, ends_on__gte=day).order_by("started_on", "pk")
    program = running.first()
    if program is None:
        return
    whole = of_program(Program.objects.for_head().get(pk=program.pk))
    mentor, side = (next(p for p in people_of(whole) if p.part == part) for part in ("mentor", "mentee"))
    asked = acts.file(
        registry.kind("contest"),
        whole,
        by=demo.user_for(mentor.person),
        author=mentor.person,
        person=side.person,
        text="Программа готова, выступление на отделении прошло хорошо: пора показать её дальше школы.",
        columns={"about": f"{side.person.short_name}: «Учитель-музыкант: открытые уроки»"},
        data={
            "mentee": side,
            "title": "Учитель-музыкант: открытые уроки",
            "level": "regional",
            "starts_on": day,
            "ends_on": day,
            "place": "Элиста, колледж искусств",
        },
    )
    yield 36
    council = demo.user("council")
    acts.decide(asked, "accept", by=demo.user("chair"), data={"owner": council.person})
    yield 30
    plan = "Урок показываем на отделении дважды, заявку отправляем до пятницы, рояль просим за час."
    contest_acts.prepare(asked, by=council, version=1, plan=plan)
    yield 8
    contest_acts.give_result(asked, by=council, result="second", award="номинация «Открытый урок»", files=[demo.scan])
