"""What the school's bodies live through: members, meetings with and without a quorum, support, marks, the union."""

from datetime import time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from people.banks import keeping
from people.banks.models import Candidate
from people.register.models import Employment, Person
from people.school.workdays import add_workdays
from programs.program.models import Program
from programs.support import acts as support_acts
from programs.support import marks
from reports.opinions import acts as opinion_acts
from roadmap.bodies import acts as body_acts
from roadmap.bodies.members import members_on
from roadmap.bodies.models import Body
from roadmap.council import acts as council_acts
from roadmap.council import meetings
from roadmap.council.models import Minutes

SEATS = 9


def life_of_bodies(demo):
    """Return the steps of the bodies, of the council's support, of the banks kept together, of the union."""
    return (
        members(demo, 150),
        pedagogical_meeting(demo, 40),
        meeting_without_quorum(demo, 9),
        meeting_to_come(demo, 2),
        support(demo, 20),
        council_marks(demo, 1),
        kept_together(demo, 4),
        union(demo, 12),
    )


def _teachers(number: int) -> list[Person]:
    jobs = Employment.objects.current().filter(is_teaching=True, organisation__kind="own").order_by("pk")
    people = {job.person_id: job.person for job in jobs.select_related("person")}
    return list(people.values())[:number]


def members(demo, days_ago: int):
    """The pedagogical council with its officers, the union with its head."""
    yield days_ago
    curator, since = demo.user("curator"), timezone.localdate()
    teachers, union_body = Body.objects.get(kind="pedagogical"), Body.objects.get(kind="union")
    ground = "решение общего собрания работников"
    officers = {demo.user("director").person: "chair", demo.user("secretary").person: "secretary"}
    for person, part in officers.items():
        body_acts.take_in(teachers, person, by=curator, part=part, since=since, ground=ground)
    for person in [one for one in _teachers(SEATS) if one not in officers]:
        body_acts.take_in(teachers, person, by=curator, part="member", since=since, ground=ground)
    head = _teachers(SEATS)[-1]
    body_acts.take_in(union_body, head, by=curator, part="chair", since=since, ground="отчётно-выборное собрание")


def _signed(demo, minutes: Minutes, present, decided: dict[str, dict]) -> Minutes:
    """The meeting is held by those who are there, each question gets its decision, the minutes are signed."""
    secretary = demo.user("secretary")
    known = [member.person for member in members_on(minutes.organ, minutes.held_on)]
    absent = [person for person in known if person not in present]
    held = meetings.hold(
        minutes,
        by=secretary,
        present=present,
        absent=absent,
        chair=present[0],
        secretary=secretary.person,
        absent_words="занятия в другой школе" if absent else "",
    )
    for item in held.items.all():
        held.refresh_from_db()
        words = {"title": item.title, "heard": item.heard, "decided": item.decided} | decided[item.title]
        council_acts.save_item(held, item, by=secretary, **words)
    held.refresh_from_db()
    return council_acts.sign(held, by=secretary, signed_on=timezone.localdate(), scan=demo.scan)


def pedagogical_meeting(demo, days_ago: int):
    """The pedagogical council with a quorum; whom a question is about is not counted and does not vote."""
    yield days_ago + 4
    organ, secretary = Body.objects.get(kind="pedagogical"), demo.user("secretary")
    day = add_workdays(timezone.localdate(), 2)
    first, second = "Об итогах первых месяцев наставничества", "О представлении преподавателя к благодарности"
    minutes = meetings.plan(
        organ,
        by=secretary,
        held_on=day,
        held_at=time(14),
        place="г. Элиста, малый зал школы",
        questions=[first, second],
    )
    meetings.invite(minutes, by=secretary)
    yield days_ago
    minutes = Minutes.objects.get(pk=minutes.pk)
    if minutes.held_on > timezone.localdate():
        meetings.replan(minutes, by=secretary, held_on=timezone.localdate(), held_at=time(14), place=minutes.place)
        minutes.refresh_from_db()
    known = [member.person for member in members_on(organ, minutes.held_on)]
    praised = known[-1]
    present = [*known[:-2], praised]
    voters = len(present)
    decided = {
        first: {
            "heard": "Соколовскую Л. П.: о том, как идут программы и что показали первые открытые уроки.",
            "spoke": "Абушинова В. Н. предложила собирать удачные разборы уроков в методической копилке.",
            "decided": "Принять сведения к руководству. Разборы уроков передавать методисту.",
            "votes_for": voters,
            "votes_against": 0,
            "votes_abstained": 0,
        },
        second: {
            "heard": "Соколовскую Л. П.: о работе преподавателя с молодыми коллегами.",
            "decided": "Ходатайствовать перед директором об объявлении благодарности.",
            "remarks": "Один из членов совета просит учесть и концертную работу.",
            "recused": [praised],
            "votes_for": voters - 2,
            "votes_against": 0,
            "votes_abstained": 1,
        },
    }
    _signed(demo, minutes, present, decided)


def meeting_without_quorum(demo, days_ago: int):
    """Two of nine came: the question is postponed and the paper says why."""
    yield days_ago
    organ, secretary = Body.objects.get(kind="pedagogical"), demo.user("secretary")
    title = "О режиме занятий в дни городских концертов"
    minutes = meetings.plan(
        organ, by=secretary, held_on=timezone.localdate(), held_at=time(17), place="г. Элиста", questions=[title]
    )
    present = [member.person for member in members_on(organ)][:2]
    _signed(demo, minutes, present, {title: {"heard": "", "decided": "", "postponed": True}})


def meeting_to_come(demo, days_ago: int):
    """The methodical council meets in a few days; its members are invited."""
    yield days_ago
    secretary, organ = demo.user("secretary"), Body.objects.get(kind="methodical")
    day = add_workdays(timezone.localdate(), 6)
    questions = ["О подготовке к круглому столу наставников", "О материалах для начинающих концертмейстеров"]
    minutes = meetings.plan(
        organ, by=secretary, held_on=day, held_at=time(15, 30), place="г. Элиста, кабинет 12", questions=questions
    )
    meetings.invite(minutes, by=secretary)


def _running(demo) -> list[Program]:
    council = [demo.user(name).person.pk for name in ("chair", "secretary", "council")]
    inside = Program.objects.filter(pk=OuterRef("pk"), pairing__participations__person__in=council)
    return list(Program.objects.running().filter(~Exists(inside)).order_by("ends_on", "pk"))


def support(demo, days_ago: int):
    """One task of support is done and accepted, one is open."""
    yield days_ago
    chair, member = demo.user("chair"), demo.user("council")
    programs = _running(demo)[-2:]
    if not programs:
        return
    due = timezone.localdate() + timedelta(days=10)
    done = support_acts.give(
        programs[0],
        member.person,
        by=chair,
        category="method",
        text="Подобрать пять разборов урока для начинающего преподавателя и показать наставнику",
        due_on=due,
    )
    yield days_ago - 7
    words = "Разборы собраны в одну папку, два показаны на уроке."
    support_acts.do(done, by=member, result=words, files=[demo.scan])
    yield days_ago - 9
    support_acts.accept(done, by=chair, comment="Спасибо, папку отдадим и другим парам.")
    yield 1
    support_acts.give(
        programs[-1],
        member.person,
        by=chair,
        category="organisation",
        text="Договориться о зале для открытого урока и пригласить отделение",
        due_on=add_workdays(timezone.localdate(), 7),
    )


def council_marks(demo, days_ago: int):
    """A member of the council has marked the programs whose time has come, all but one."""
    yield days_ago
    member = demo.user("council")
    waiting = [one for one in _running(demo) if marks.stage_now(one)]
    said: tuple[dict[str, Any], ...] = (
        {"plan": 3, "needs": 4, "method": 3, "bond": 4, "conclusion": "Пара занимается ровно, уроки стали живее."},
        {
            "plan": 2,
            "needs": 3,
            "method": 1,
            "bond": 4,
            "conclusion": "План отстаёт: нет нот для младших.",
        },
    )
    for program, words in zip(waiting, said, strict=False):
        marks.give(program, by=member, stage=marks.stage_now(program) or "", **words)


def kept_together(demo, days_ago: int):
    """The system administrator puts an entry right and records a review: the curator has still to look at both."""
    yield days_ago
    admin = demo.user("sysadmin")
    entry = Candidate.objects.filter(part="mentor", filled_at__isnull=False, state="appointed").order_by("pk").first()
    if entry is not None:
        hours = (entry.capacity_hours or 6) + 2
        keeping.correct(
            entry,
            by=admin,
            why="в анкете на бумаге указано больше часов",
            version=entry.version,
            topics=entry.topics.all(),
            capacity_hours=hours,
            capacity_persons=entry.capacity_persons or 1,
        )
    yield days_ago - 2
    keeping.review("mentor", by=admin, on=timezone.localdate(), note="Сверено с приказами о закреплении")


def union(demo, days_ago: int):
    """The union has answered about one draft and is still asked about another."""
    yield days_ago
    clerk = demo.user("clerk")
    rules = opinion_acts.ask(by=clerk, sent_on=timezone.localdate(), title="Изменения в Положение об оплате труда")
    yield days_ago - 4
    opinion_acts.answer(
        rules,
        by=clerk,
        answer="proposes",
        answered_on=timezone.localdate(),
        words="Назвать срок выплаты за наставничество числом месяца.",
        paper=demo.scan,
    )
    yield 2
    opinion_acts.ask(by=clerk, sent_on=timezone.localdate(), title="Порядок взаимного посещения уроков, новая редакция")
