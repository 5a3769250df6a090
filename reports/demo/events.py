"""Events that the demo school has lived through and those to come: a session, a conference, a forum elsewhere."""

from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mentoring_site.evidence import acts as evidence_acts
from people.register.models import Employment, Person
from people.school.workdays import add_workdays
from roadmap.events import acts, attendance, inviting, outcomes, outside, series
from roadmap.events.audience import people_of
from roadmap.events.models import Event, Participant
from roadmap.plan.models import Roadmap, Task

HALL = "г. Элиста, малый зал школы"
Part, Answer = Participant.Part, Participant.Answer


def life_of_events(demo):
    """Return the steps of the events."""
    return (
        session(demo, 55),
        conference(demo, 30),
        round_table(demo, 8),
        speed_meeting(demo, 13),
        coordination(demo, 20),
        seminar_to_come(demo, 3),
        cancelled(demo, 16),
        journeys(demo, 24),
    )


def _pool(groups: Iterable[str], least: int = 6) -> list[Person]:
    """Return the people of groups, filled up with teachers while there are few pairs."""
    found = {person.pk: person for person in people_of(groups)}
    jobs = Employment.objects.current().filter(is_teaching=True, organisation__kind="own").order_by("pk")
    for job in jobs.select_related("person"):
        if len(found) >= least:
            break
        found.setdefault(job.person_id, job.person)
    return list(found.values())


def _task(word: str) -> Task | None:
    """Return the task of the roadmap in force that speaks of a kind of events."""
    tasks = Task.objects.filter(stage__roadmap__state=Roadmap.State.APPROVED, text__icontains=word)
    return tasks.order_by("stage__number", "number").first()


def _planned(demo, people: Iterable[Person], **values: Any) -> Event:
    curator = demo.user("curator")
    given = {"place": HALL, "host": curator.person, "audience": Event.Audience.PICKED, "starts_at": time(15)}
    made = acts.plan(by=curator, people=people, **(given | values))
    return acts.announce(made, by=curator)


def _answered(demo, event: Event, declined: int = 1) -> None:
    """All but the last few say that they come; each by the own login, else the curator from words."""
    rows = list(event.participants.select_related("person").order_by("pk"))
    for number, row in enumerate(rows):
        comes = number < len(rows) - declined
        inviting.answer(event, row.person, by=demo.user_for(row.person), comes=comes)


def _held(demo, event: Event, results: str, absent: int = 1) -> Event:
    """Everybody who promised was there, but for a few; the event is marked as held."""
    curator = demo.user("curator")
    rows = list(event.participants.exclude(answer=Answer.NO).order_by("pk"))
    for row in rows[: max(len(rows) - absent, 1)]:
        attendance.mark(row, by=curator, present=True)
    return acts.hold(event, by=curator, results=results)


def session(demo, days_ago: int):
    """The session that opens the mentors' year, with the signed sheet among its materials."""
    yield days_ago + 6
    curator = demo.user("curator")
    event = _planned(
        demo,
        _pool(["mentors"], least=7),
        kind="session",
        title="С чего начинает наставник",
        starts_on=demo.calendar.day(days_ago),
        ends_at=time(17),
        aim="Договориться о графике встреч, дневнике и о том, как просить помощи у методического совета.",
        programme="15:00 — Открытие, задачи года\n15:20 — Как вести дневник наставника\n16:10 — Вопросы и ответы",
        hours=Decimal(2),
        task=_task("установочн"),
        is_public=True,
    )
    yield days_ago + 3
    _answered(demo, event)
    yield days_ago
    event = _held(demo, event, "Согласованы графики встреч. Каждому наставнику выдан образец дневника.")
    evidence_acts.add(event, by=curator, files=[demo.scan])


def conference(demo, days_ago: int):
    """The conference of the school: two talks, decisions, minutes."""
    yield days_ago + 12
    event = _planned(
        demo,
        _pool(["mentors", "mentees", "council"], least=12),
        kind="conference",
        title="Наставничество в школе искусств: первые уроки",
        starts_on=demo.calendar.day(days_ago),
        starts_at=time(14),
        ends_at=time(17),
        place="г. Элиста, концертный зал школы",
        aim="Показать, чему научились пары за осень.",
        programme="14:00 — Открытие\n14:15 — Как слушать урок коллеги\n15:00 — Ансамбль начинается с дыхания\n"
        "16:00 — Общий разговор",
        hours=Decimal(3),
        is_public=True,
    )
    yield days_ago + 6
    _answered(demo, event, declined=2)
    yield days_ago
    event = _held(demo, event, "Два доклада войдут в методическую копилку.")
    curator = demo.user("curator")
    for row in list(event.participants.present().order_by("pk"))[:2]:
        attendance.write_particulars(row, by=curator, part=Part.SPEAKER, hours=Decimal(4))
    acts.write_notes(
        event,
        by=curator,
        discussed="Обсудили, как наставник слушает урок и что говорит сразу после него.",
        decisions="Собрать разборы уроков до конца декабря\nПовторить открытый показ на струнном отделении весной",
        results=event.results,
    )


def round_table(demo, days_ago: int):
    """The round table of autumn that looks for the best practices."""
    yield days_ago + 7
    event = _planned(
        demo,
        _pool(["mentors", "mentees"], least=8),
        kind="round_table",
        title="Что помогло: находки пар",
        starts_on=demo.calendar.day(days_ago),
        ends_at=time(16, 30),
        aim="Назвать приёмы, которые стоит передать другим парам.",
        programme="15:00 — Рассказы пар, по пять минут\n16:00 — Выбор трёх практик",
        task=_task("круглый стол"),
        is_public=True,
    )
    yield days_ago + 2
    _answered(demo, event)
    yield days_ago
    event = _held(demo, event, "Отмечены три практики: запись урока на видео, лист самооценки, репетиция вдвоём.")
    acts.write_notes(
        event,
        by=demo.user("curator"),
        discussed="Каждая пара рассказала об одной находке.",
        decisions="Предложить методическому совету описать три практики",
        results=event.results,
    )


def speed_meeting(demo, days_ago: int):
    """Speed mentoring: one master, several colleagues, for each what it gave and what is next."""
    yield days_ago + 5
    people = _pool(["mentees"], least=6)
    mentors = [person for person in _pool(["mentors"], least=8) if person not in people]
    event = _planned(
        demo,
        people[:5],
        kind="speed",
        title="Пять вопросов мастеру",
        starts_on=demo.calendar.day(days_ago),
        ends_at=time(16),
        place="г. Элиста, кабинет 12",
        aim="За час каждый получает ответ на один свой вопрос.",
    )
    inviting.invite(event, mentors[:1], by=demo.user("curator"), part=Part.MENTOR)
    yield days_ago + 1
    _answered(demo, event, declined=0)
    yield days_ago
    event = _held(demo, event, "", absent=0)
    said = (
        ("Поняла, как начать урок с игры ученика.", "nothing", "попробую на этой неделе"),
        ("Разобрали, почему ансамбль расходится в темпе.", "request", "нужны записи репетиций до Нового года"),
        ("Захотелось показать мастеру целый урок.", "pair", "до весны подготовить открытый урок"),
    )
    rows = event.participants.present().exclude(part=Part.MENTOR).select_related("person").order_by("pk")
    master = event.participants.filter(part=Part.MENTOR).select_related("person").first()
    for row, (outcome, step, words) in zip(rows, said, strict=False):
        by = demo.user_for(row.person)
        if not outcomes.may_write(row, by) and master:
            by = demo.user_for(master.person)
        outcomes.write_outcome(row, by=by, outcome=outcome, next_step=step, next_words=words)


def coordination(demo, days_ago: int):
    """The meeting with partners: what each side does, with short minutes."""
    yield days_ago + 4
    event = _planned(
        demo,
        _pool(["council"], least=3)[:4],
        kind="coordination",
        title="Практика студентов и общий концерт",
        starts_on=demo.calendar.day(days_ago),
        starts_at=time(11),
        ends_at=time(12, 30),
        place="г. Элиста, кабинет директора",
        partners_words="музыкальный колледж, дворец детского творчества",
    )
    yield days_ago
    event = _held(demo, event, "Назначены даты практики.", absent=0)
    acts.write_notes(
        event,
        by=demo.user("curator"),
        discussed="Колледж просит принять троих студентов на практику. Дворец предлагает общий концерт в апреле.",
        decisions="Школа: назвать троих наставников для студентов, до 20 января\n"
        "Колледж: прислать программу практики, до 15 января\nОбщий концерт назначить на апрель",
        results=event.results,
    )


def seminar_to_come(demo, days_ago: int):
    """A seminar of the next days that repeats; few seats, so one stands in the waiting list."""
    yield days_ago
    people = _pool(["mentors", "mentees"], least=9)
    event = _planned(
        demo,
        people,
        kind="seminar",
        title="Видеозапись урока: как смотреть и что говорить",
        starts_on=add_workdays(timezone.localdate(), 8),
        ends_at=time(16, 30),
        place="г. Элиста, кабинет 7",
        aim="Научиться разбирать запись за двадцать минут.",
        capacity=4,
        hours=Decimal("1.5"),
        is_public=True,
    )
    series.repeat(event, by=demo.user("curator"), step="4", times=2)
    yield 1
    for row in list(event.participants.select_related("person").order_by("pk"))[:6]:
        inviting.answer(event, row.person, by=demo.user_for(row.person), comes=True)


def cancelled(demo, days_ago: int):
    """A training that did not take place, with the reason told."""
    yield days_ago + 3
    event = _planned(
        demo,
        _pool(["mentees"], least=5),
        kind="training",
        title="Голос педагога",
        starts_on=demo.calendar.day(days_ago - 4),
        ends_at=time(17),
    )
    yield days_ago
    acts.cancel(event, by=demo.user("curator"), reason="ведущая заболела, новый день назначим в январе")


def journeys(demo, days_ago: int):
    """A forum and a webinar elsewhere: documents, what was brought home; one journey is still ahead."""
    yield days_ago
    curator, today = demo.user("curator"), timezone.localdate()
    people = _pool(["mentors"], least=3)
    forum = outside.record_outside(
        by=curator,
        people=people[:2],
        kind="forum",
        title="Педагог искусства: опыт и поиск",
        level="country",
        organizer="педагогический университет",
        starts_on=demo.calendar.day(days_ago + 5),
        ends_on=demo.calendar.day(days_ago + 3),
        place="г. Казань",
        hours=Decimal(16),
    )
    words = (
        ("сертификат № 18", "Лист самооценки ученика: показали на отделении, берём в две программы."),
        ("сертификат № 19", "Как вести запись урока, чтобы ученик её посмотрел сам."),
    )
    for row, (document, said) in zip(forum.participants.select_related("person").order_by("pk"), words, strict=False):
        attendance.write_particulars(
            row, by=curator, part=row.part, hours=row.hours, document=document, brought_home=said
        )
    outside.record_outside(
        by=curator,
        people=people[2:3],
        kind="webinar",
        title="Ансамбль младших классов",
        level="region",
        organizer="республиканский методический центр",
        starts_on=today,
        ends_on=add_workdays(today, 30),
        place="дистанционно",
        hours=Decimal(4),
    )
