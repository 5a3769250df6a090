"""What people of the demo school ask for and propose today: requests of every kind, answered and waiting."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from people.register.models import Employment
from people.school.workdays import add_workdays
from programs.journal.models import Meeting
from programs.pairings.models import Pairing
from programs.program.models import Program
from programs.requests import acts, registry
from programs.requests.kinds.engaging import acts as engaging_acts
from programs.requests.kinds.personal_file import acts as file_acts
from programs.requests.kinds.release import acts as release_acts
from programs.requests.subjects import of_pairing, of_program
from reports.demo import asked_of_council


def ask_today(pair):
    """The first pair asks for help and another teacher, the second has waited for an answer and opens a file."""
    if pair.program is None or pair.program.state != Program.State.RUNNING:
        return
    first = pair.scenario.mentor == "mentor"
    (_first if first else _second)(pair, pair.demo.user_for(pair.mentor), pair.demo.user_for(pair.sides[0].person))


def _pairing(pair):
    return of_pairing(Pairing.objects.with_people().get(pk=pair.program.pairing_id))


def _program(pair):
    return of_program(Program.objects.for_head().get(pk=pair.program.pk))


def _first(pair, mentor, mentee):
    kind, pairing = registry.kind("help"), _pairing(pair)
    asked = acts.file(
        kind, pairing, by=mentee, text="Как рассадить ансамбль, чтобы все видели вступление?", term="week"
    )
    acts.decide(asked, "accept", by=mentor, answer="Полукругом, вступление показывает первый. Завтра покажу в классе.")
    acts.file(
        kind,
        pairing,
        by=mentee,
        text="В пятницу открытый урок, а двое не знают партию. Что сократить?",
        term="urgent",
    )
    acts.file(
        registry.kind("improvement"),
        _program(pair),
        by=mentee,
        text="Поставить мастер-класс раньше открытого урока: я хочу успеть попробовать приём на своём классе.",
    )
    late = acts.file(
        registry.kind("improvement"),
        _program(pair),
        by=mentee,
        text="Встречаться по воскресеньям: в будни у меня уроки в две смены.",
    )
    acts.decide(
        late,
        "decline",
        by=pair.demo.user("curator"),
        answer="В воскресенье школа закрыта, а часы наставника — рабочее время. Выберите с наставником вечер среды.",
    )
    _engage(pair, mentor)
    _released(pair, mentor)
    _recommended(pair, mentor)
    asked_of_council.honor(pair, pairing, mentor, mentee)
    asked_of_council.talks(pair, pairing, mentor, mentee)


def _released(pair, mentor):
    """An activity falls on lessons: a release is asked for and waits for the head of the department."""
    day = add_workdays(timezone.localdate(), 4)
    activity = pair.program.activities.filter(due_on__gte=day).order_by("due_on", "pk").first()
    if activity is None:
        return
    hours: dict[str, Any] = {"day": day, "starts": time(10), "ends": time(11, 30)}
    marked = release_acts.flag(activity, mentor.person, by=mentor, **hours)
    acts.file(
        registry.kind("release"),
        _program(pair),
        by=mentor,
        text="показ назначен в колледже только на это утро",
        columns={"activity": activity, "about": f"мероприятие «{activity.title}»"[:300]},
        data=hours | {"lesson_time": marked},
    )


def _recommended(pair, mentor):
    """A festival is being prepared by a member of the council."""
    side, day = pair.sides[0], timezone.localdate() + timedelta(days=18)
    asked = acts.file(
        registry.kind("contest"),
        _program(pair),
        by=mentor,
        person=side.person,
        text="Ансамбль сыгран, а выступления перед чужим залом ещё не было.",
        columns={"about": f"{side.person.short_name}: «Степная весна»"},
        data={
            "mentee": side,
            "title": "Фестиваль ансамблей «Степная весна»",
            "level": "municipal",
            "starts_on": day,
            "ends_on": day + timedelta(days=1),
            "place": "Элиста, Дворец культуры",
        },
    )
    council = pair.demo.user("council")
    acts.decide(asked, "accept", by=pair.curator, data={"owner": council.person})


def _engage(pair, mentor):
    """A teacher of the same school has agreed on paper and has helped once."""
    activity = pair.program.activities.order_by("due_on", "pk").last()
    inside = pair.pairing.participations.values("person")
    jobs = Employment.objects.current().filter(is_teaching=True, organisation__kind="own", person__user__isnull=True)
    teacher = jobs.exclude(person__in=inside).select_related("person").order_by("pk")[0].person
    asked = acts.file(
        registry.kind("engaging"),
        _program(pair),
        by=mentor,
        text="Послушать репетицию и подсказать по аккомпанементу.",
        person=teacher,
        columns={"activity": activity, "about": f"мероприятие «{activity.title}»"},
    )
    today = timezone.localdate()
    acts.decide(asked, "accept", by=pair.curator, paper_date=today)
    engaging_acts.log(asked, by=mentor, held_on=today, minutes=45, about="Слушали репетицию, выбрали темп")


def _marked(pair, mentee):
    """A planned meeting falls on the lessons of the mentee, who has not asked for anything yet."""
    meeting = Meeting.every.planned().filter(program=pair.program, held_on__gt=timezone.localdate()).last()
    if meeting and meeting.starts_at:
        ends = time(meeting.starts_at.hour + 1, meeting.starts_at.minute)
        release_acts.flag(meeting, mentee.person, by=mentee, day=meeting.held_on, starts=meeting.starts_at, ends=ends)


def _second(pair, mentor, mentee):
    pairing, today = _pairing(pair), timezone.localdate()
    late = today - timedelta(days=12)
    acts.file(
        registry.kind("help"), pairing, by=mentee, text="Не получается записать рисунок второй части.", filed_on=late
    )
    acts.file(
        registry.kind("help"),
        pairing,
        by=mentee,
        text="Хочу поговорить о нагрузке: репетиции совпали с уроками.",
        route="curator",
    )
    asked = acts.file(
        registry.kind("personal_file"),
        pairing,
        by=mentor,
        text="Понять, какие курсы уже пройдены, чтобы не повторять их в программе.",
        person=mentee.person,
        data={"parts": ["education", "training"], "days": 5},
    )
    acts.decide(asked, "accept", by=pair.demo.user("director"), data={"parts": ["training"], "days": 3})
    _marked(pair, mentee)
    file_acts.look(asked, by=pair.demo.user("clerk"), looked_on=today, parts=["training"])
    asked_of_council.disciplined(pair, pairing, mentor, mentee)
