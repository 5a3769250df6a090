"""What the people of the demo school have learnt: courses, a session, own records, invitations (п. 3.3, 3.4, 5.1)."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from people.register.models import Employment, Person
from roadmap.training import acts
from roadmap.training.list_pages import mentors_without
from roadmap.training.models import Training

HOST = "Калмыцкий республиканский институт повышения квалификации"
OLD = (
    ("Методика обучения игре на народных инструментах", 4, 72),
    ("Современные подходы в музыкальном образовании", 3, 36),
    ("Педагогика и психология дополнительного образования", 2, 108),
    ("Концертмейстерское мастерство: репертуар и чтение с листа", 1, 36),
    ("Цифровые инструменты преподавателя школы искусств", 2, 24),
)
"""Courses of former years: topic, years ago, hours."""


def life_of_training(demo):
    """Return the steps of training."""
    return (
        former_courses(demo, 280),
        course(demo, 190),
        session(demo, 75),
        own_records(demo, 25),
        invitations(demo, 6),
    )


def _teachers() -> list[Person]:
    jobs = Employment.objects.current().filter(is_teaching=True, organisation__kind="own").order_by("pk")
    people = {job.person_id: job.person for job in jobs.select_related("person")}
    return list(people.values())


def former_courses(demo, days_ago: int):
    """The clerk writes down what most teachers have learnt before; every sixth has brought no document."""
    yield days_ago
    clerk, today = demo.user("clerk"), timezone.localdate()
    for number, person in enumerate(_teachers()):
        if number % 6 == 5 or person == clerk.person:
            continue
        topic, years, hours = OLD[number % len(OLD)]
        last = date(today.year - years, 3 + number % 3, 10 + number % 15)
        acts.enter(
            person,
            by=clerk,
            kind="course",
            topic=topic,
            host=HOST,
            started_on=last - timedelta(days=14),
            ended_on=last,
            hours=hours,
            form="remote" if number % 2 else "full",
            document="course",
            document_number=f"0804{number:08}",
            document_date=last,
        )


def course(demo, days_ago: int):
    """One course about mentoring of several teachers."""
    yield days_ago
    today = timezone.localdate()
    for number, person in enumerate(_teachers()[1:12:2]):
        acts.enter(
            person,
            by=demo.user("clerk" if person != demo.user("clerk").person else "curator"),
            kind="course",
            topic="Наставничество в образовательной организации: от программы к результату",
            host=HOST,
            started_on=today - timedelta(days=21),
            ended_on=today - timedelta(days=7),
            hours=36,
            form="mixed",
            document="course",
            document_number=f"0805{number:08}",
            document_date=today - timedelta(days=6),
            about_mentoring=True,
        )


def session(demo, days_ago: int):
    """The opening session of the school's mentors, written down by the list of who was there."""
    yield days_ago
    acts.from_event(
        "demo:session",
        _teachers()[2:9],
        "Установочная сессия наставников",
        "МБУ ДО «Учебная школа искусств»",
        timezone.localdate(),
        3,
        Training.Kind.SESSION,
        demo.user("curator"),
        about_mentoring=True,
        form="full",
    )


def own_records(demo, days_ago: int):
    """Own records: one confirmed, one sent back and still to be mended, one that waits."""
    yield days_ago
    today, clerk = timezone.localdate(), demo.user("clerk")
    values: dict[str, Any] = {
        "started_on": today - timedelta(days=9),
        "ended_on": today - timedelta(days=8),
        "form": "remote",
    }
    mentee, mentor = demo.user("mentee"), demo.user("mentor")
    webinar = acts.enter(
        mentee.person,
        by=mentee,
        kind="webinar",
        topic="Первый год в школе искусств: как вести урок",
        host="Методический кабинет (учебный)",
        hours=2,
        outcome="Начинаю урок с музыки, а не с разговора",
        **values,
    )
    stage = acts.enter(
        mentor.person,
        by=mentor,
        kind="site",
        topic="Стажировка наставников на базе колледжа искусств",
        host="Учебный колледж искусств",
        trainer="Пюрвеев Б. О., колледж искусств",
        hours=16,
        document="certificate",
        about_mentoring=True,
        **values,
    )
    acts.enter(mentee.person, by=mentee, kind="self", topic="Книги о домбре: конспект двух глав", **values)
    yield days_ago - 3
    acts.confirm(webinar, by=clerk)
    acts.send_back(stage, by=clerk, remark="не указан номер сертификата")


def invitations(demo, days_ago: int):
    """The curator invites two mentors who have learnt nothing about mentoring."""
    yield days_ago
    curator = demo.user("curator")
    until = timezone.localdate() + timedelta(days=45)
    for person in mentors_without(curator)[0].order_by("search", "pk")[:2]:
        acts.invite(person, by=curator, text=f"Курсы «Наставник в образовании», {HOST}, 36 часов", due_on=until)
