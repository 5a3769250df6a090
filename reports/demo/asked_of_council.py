"""What people of the demo school propose and ask of director and council: honors, a measure, talks, support."""

from datetime import timedelta

from django.utils import timezone

from mentoring_site.workflow import reload
from people.register.models import Employment
from programs.pairings.pool import free_mentees
from programs.requests import acts, council_minutes, registry
from programs.requests.kinds.council_talk import acts as talk_acts
from programs.requests.kinds.discipline import acts as discipline_acts
from programs.requests.kinds.discipline.models import Discipline
from programs.requests.subjects import find


def honor(pair, subject, mentor, mentee):
    """The curator has drafted an order for the mentee; the council proposes to honor the mentor."""
    encouragement = registry.kind("encouragement")
    person = {"person": mentee.person, "columns": {"about": mentee.person.full_name}}
    asked = acts.file(
        encouragement,
        subject,
        by=mentor,
        text="Провела открытый урок, на который пришли коллеги с трёх отделений.",
        data={"measures": ["thanks"]},
        **person,
    )
    data = {"order": True, "measures": ["thanks"], "merit": "за открытый урок для коллег"}
    acts.decide(asked, "accept", by=pair.curator, answer="Поддерживаю: проект приказа готов.", data=data)
    waits = acts.file(
        encouragement,
        subject,
        by=mentor,
        text="Подготовила ансамбль к отчётному концерту за месяц.",
        data={"measures": ["diploma"]},
        **person,
    )
    assert waits.state == "filed"
    chair = pair.demo.user("chair")
    if not (minutes := council_minutes.offered(chair)):
        return
    values = {"minutes": minutes[0].key, "minutes_number": minutes[0].number, "minutes_date": minutes[0].held_on}
    acts.file(
        registry.kind("mentor_incentive"),
        subject,
        by=chair,
        text="Программа идёт по плану, коллеги перенимают приёмы работы с ансамблем.",
        person=mentor.person,
        columns={"about": mentor.person.full_name},
        data={"measures": ["thanks", "bonus"], **values},
    )


def disciplined(pair, subject, mentor, mentee):
    """One proposal has ended with a talk, one is at work: the explanation is asked for."""
    director, today = pair.demo.user("director"), timezone.localdate()
    kind = registry.kind("discipline")

    def propose(text, days):
        about = {"person": mentee.person, "columns": {"about": mentee.person.short_name}}
        return acts.file(kind, subject, by=mentor, text=text, data={"deed_on": today - timedelta(days=days)}, **about)

    first = propose("Дважды не предупредила, что урок отменён.", 12)
    data = {"demand": "Почему уроки отменены без предупреждения.", "known_on": today}
    acts.decide(first, "accept", by=director, data=data)
    discipline_acts.explain(
        Discipline.objects.get(request=first), by=mentee, text="Болел ребёнок, позвонить в учебную часть не успела."
    )
    ending = {"outcome": "talk"}
    acts.close(reload(first), by=director, answer="Поговорили: о замене предупреждать учебную часть.", data=ending)
    second = propose("Не сдала журнал класса за четверть, хотя срок прошёл.", 2)
    data = {"demand": "Почему журнал класса за четверть не сдан в срок.", "known_on": today}
    acts.decide(second, "accept", by=director, data=data)


def talks(pair, subject, mentor, mentee):
    """Advice was given, a mediation waits for both sides, another consultation for the chair."""
    chair, council = pair.demo.user("chair"), pair.demo.user("council")
    today = timezone.localdate()

    def invitation(days):
        at = timezone.localtime().replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=days)
        return {"mediator": council.person, "meets_at": at, "place": "методический кабинет"}

    kind = registry.kind("consultation")
    first = acts.file(kind, subject, by=mentee, text="Как оценивать чтение с листа у начинающих, чтобы не отпугнуть?")
    acts.decide(first, "accept", by=chair, data=invitation(1))
    talk_acts.hold(
        first, by=council, held_on=today, result="Отмечать то, что вышло; ошибки разбирать на втором проходе."
    )
    kind = registry.kind("mediation")
    second = acts.file(kind, subject, by=mentee, text="Не получается договориться о днях встреч.", person=mentor.person)
    acts.decide(second, "accept", by=chair, data=invitation(1))
    agreed = "Встречи — по средам после уроков; о переносе предупреждают за день."
    talk_acts.hold(second, by=council, held_on=today, result=agreed, reached=True)
    talk_acts.confirm(second, by=mentee)
    acts.file(
        registry.kind("consultation"), subject, by=mentor, text="Чем заменить программу третьего класса по домре?"
    )


def support(demo, days_ago: int):
    """Somebody without a pair is supported, about another a colleague has been asked."""
    yield days_ago
    curator, kind = demo.user("curator"), registry.kind("support")
    alone = [one.person for one in free_mentees().select_related("person").order_by("person__last_name", "pk")[:2]]
    jobs = Employment.objects.current().filter(is_teaching=True, organisation__kind="own", person__user__isnull=True)
    helpers = jobs.exclude(person__in=alone).select_related("person").order_by("pk")
    texts = ("Ходит на её уроки раз в неделю, отвечает на вопросы.", "Помогает с журналом и расписанием.")
    for mentee, helper, text, days in zip(alone, [job.person for job in helpers[:2]], texts, (5, 45), strict=False):
        asked = acts.file(
            kind,
            find(curator, "person", mentee.pk),
            by=curator,
            text=text,
            person=helper,
            columns={"about": mentee.full_name},
            data={"mentee": mentee, "until": timezone.localdate() + timedelta(days=days)},
        )
        if days < 10:
            acts.decide(asked, "accept", by=curator, paper_date=timezone.localdate())
