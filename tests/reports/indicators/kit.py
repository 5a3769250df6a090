"""A school in which every indicator has something to count, some of it outside of what counts."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from people.register.models import Employment, Person
from programs.completion.models import Completion, Outcome
from programs.learning.models import Skill, SkillRating
from programs.pairings.models import Pairing, Participation
from programs.program.models import Program
from programs.requests.kinds.contest.models import Contest
from programs.requests.models import Request
from roadmap.practices.models import Practice
from tests.factories import make_pairing, make_person
from tests.programs.journal.kit import make_completion, make_running, meet, others, side
from tests.programs.journal.test_hours import confirmed
from tests.replay import replayed
from tests.roadmap.training.kit import entered

TODAY = timezone.localdate()


def days(n: int) -> date:
    return timezone.localdate() + timedelta(days=n)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def began(program: Program, on: date) -> None:
    """Let a program and its pair have begun on a day."""
    Program.objects.filter(pk=program.pk).update(started_on=on)
    Pairing.objects.filter(pk=program.pairing_id).update(assigned_on=on, order_date=on)
    Participation.objects.filter(pairing=program.pairing_id, since__isnull=False).update(since=on)


@replayed
def make_counted(cast):
    """Build the school; return its running program."""
    program, _ = make_running(cast, mentees=2)
    began(program, days(-80))
    mentee = side(program).person
    Person.objects.filter(pk=mentee.pk).update(birth_date=days(-365 * 24), teaching_since=days(-500))
    lone = make_person(birth_date=days(-365 * 23), teaching_since=days(-100))
    gone = make_person()
    Employment.objects.filter(person=gone).update(until=days(-5))
    make_pairing(cast, "proposed")
    for n in (3, 20, 40):
        confirmed(program, cast, minutes=30 + n, held_on=days(-n))
    confirmed(program, cast, minutes=60, held_on=days(-2), format="online")
    meet(program, cast.mentor, minutes=500, held_on=days(-1))
    entered(mentee, by=cast.curator, about_mentoring=False)
    entered(side(program, "mentor").person, by=cast.curator)
    entered(lone, by=cast.curator, kind="webinar", document="", document_number="", document_date=None)
    entered(gone, by=cast.curator)
    entered(side(program, n=1).person, by=cast.curator, started_on=days(-600), ended_on=days(-590), document_date=None)

    done = make_completion(others(cast), state="registered")
    left = make_completion(others(cast), state="registered", reason="force")
    old = make_completion(others(cast), state="registered")
    Outcome.objects.filter(completion=left).update(level="partly")
    for one in (old, left):
        Program.objects.filter(pk=one.program_id).update(ended_on=days(-380))
        began(one.program, days(-600))
        Pairing.objects.filter(pk=one.program.pairing_id).update(ended_on=days(-380))
        Participation.objects.filter(pairing=one.program.pairing_id).update(until=days(-380))
        Completion.objects.filter(pk=one.pk).update(ended_on=days(-380))
    Employment.objects.filter(person=left.participation.person).update(until=days(-100))

    for n, (start, end) in enumerate(((2, 4), (3, 3), (4, None))):
        skill = Skill.objects.create(
            program=done.program, participation=done.participation, text=f"навык {n}", created_by=cast.curator
        )
        for moment, value in (("start", start), ("end", end)):
            if value:
                SkillRating.objects.create(
                    skill=skill,
                    moment=moment,
                    part="mentee",
                    value=value,
                    rated_by=cast.curator,
                    rated_at=noon(days(-4)),
                )
    whom = side(program)
    for n, (state, result, on) in enumerate(
        (("done", "first", -8), ("done", "participant", -9), ("accepted", "", -7), ("done", "cancelled", -6))
    ):
        decided = {"decided_at": noon(days(-10 - n)), "decided_by": cast.curator}
        request = Request.objects.create(
            kind="contest",
            route="council",
            term="month",
            state=state,
            author=side(program, "mentor").person,
            program=program,
            pairing=program.pairing,
            text="конкурс",
            filed_on=days(-20),
            due_on=days(-11) if n != 2 else None,
            created_by=cast.mentor,
            **decided,
        )
        recorded = {"recorded_at": noon(days(on)), "recorded_by": cast.curator} if result else {}
        Contest.objects.create(
            request=request,
            program=program,
            mentee=whom,
            title=f"Конкурс {n}",
            level="regional" if n else "national",
            starts_on=days(on - 1),
            ends_on=days(on),
            place="Элиста",
            result=result,
            **recorded,
        )
    summer = date(days(-150).year, 7, 1)
    Request.objects.create(
        kind="help",
        route="mentor",
        term="week",
        state="accepted",
        author=whom.person,
        pairing=program.pairing,
        text="летом",
        filed_on=summer,
        due_on=summer,
        created_by=cast.mentee,
        decided_at=noon(days(-10)),
        decided_by=cast.mentor,
    )
    for state in ("accepted", "review"):
        Practice.objects.create(
            title=f"Практика {state}",
            state=state,
            created_by=cast.curator,
            **({"reviewed_at": noon(days(-5)), "reviewed_by": cast.council} if state == "accepted" else {}),
        )
    mentee.refresh_from_db()
    for category in ("fit", "first", "fit"):
        mentee.category = category
        mentee.save()
    lone.category = "first"
    lone.save()
    return program
