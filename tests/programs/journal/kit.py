"""Builders of running programs and of completions in any state, through the acts."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from programs.completion import acts as completion_acts
from programs.completion import publication
from programs.completion.models import Completion
from programs.journal import acts as journal_acts
from programs.program.models import Activity, Program
from tests.factories import make_consent, make_person, make_program, make_user
from tests.replay import replayed

CONCLUSION = "Уроки стали увереннее: заключение-канарейка"
REVIEW = "Спасибо за терпение: отзыв-канарейка"
RESULTS = "За полгода — двенадцать взаимных посещений и открытый урок"
REASON = "переезд семьи: обстоятельство-канарейка"


@replayed
def make_running(cast, *, mentees=1, started=60):
    """Return a program that runs since ``started`` days, with ``cast.mentor`` and ``cast.mentee``,
    and its activity.
    """
    program = make_program(cast, "running", mentees=mentees, mentor=cast.mentor, mentee=cast.mentee)
    Program.objects.filter(pk=program.pk).update(started_on=timezone.localdate() - timedelta(days=started))
    program.refresh_from_db()
    return program, program.activities.get()


@replayed
def others(cast):
    """Return the same cast with another mentor and another mentee."""
    return SimpleNamespace(**vars(cast) | {"mentor": make_user(make_person()), "mentee": make_user(make_person())})


def side(program, part="mentee", n=0):
    """Return a participation of the program."""
    return program.pairing.participations.filter(part=part).select_related("person").order_by("pk")[n]


def meet(program, by, **values):
    """Log a meeting of everybody today."""
    people = list(program.pairing.participations.live())
    return journal_acts.log_meeting(
        program,
        by=by,
        **{
            "held_on": timezone.localdate(),
            "minutes": 45,
            "format": "together",
            "about": "темп урока",
            "participants": people,
        }
        | values,
    )


def do_all(program, cast, participation=None):
    """Do and check the whole plan for one mentee."""
    for activity in Activity.objects.filter(program=program):
        result = journal_acts.do(activity, participation or side(program), by=cast.curator, result="сделано")
        journal_acts.check(result, by=cast.mentor)


def conclude(c, by, **values):
    """Write the mentor's conclusion with every difficulty resolved."""
    outcomes = {d.pk: ("resolved", "по урокам") for d in completion_acts.difficulties_of(c)}
    known = {"conclusion": CONCLUSION, "verdict": "ready", "discipline": "", "outcomes": outcomes}
    return completion_acts.conclude(c, by=by, **(known | values))


@replayed
def make_completion(cast, program=None, state="proposed", *, reason="plan", written=True, n=0, agreed=True):
    """Return a completion of the n-th mentee; ``written`` has everything that the order needs."""
    program = program or make_running(cast)[0]
    whom = side(program, n=n)
    if reason == "plan" and written:
        do_all(program, cast, whom)
    c = completion_acts.propose(
        program,
        whom,
        by=cast.curator,
        reason=reason,
        circumstances="" if reason == "plan" else REASON,
        notice_on=timezone.localdate() if reason in ("mentor", "mentee") else None,
    )
    if reason == "mutual" and agreed:
        for part in ("mentor", "mentee"):
            completion_acts.agree_to(c, by=cast.curator, part=part)
            c.refresh_from_db()
    if written:
        conclude(c, cast.curator)
        c = completion_acts.review(c, by=cast.curator, review=REVIEW)
    if state in ("ready", "registered"):
        c = completion_acts.submit_for_order(c, by=cast.curator)
    if state == "registered":
        today = timezone.localdate()
        c = completion_acts.enact(c, by=cast.clerk, number="50-од", date=today, on=today)
    if state == "withdrawn":
        c = completion_acts.withdraw(c, by=cast.curator)
    return Completion.objects.get(pk=c.pk)


@replayed
def make_published(cast, *, fields=("name", "program", "results", "post"), text=RESULTS):
    """Return a finished program with published results and the mentee's consent to dissemination."""
    c = make_completion(cast, state="registered")
    c = publication.write_public(c, by=cast.curator, public_text=text)
    c = publication.approve_public(c, by=cast.mentee)
    consent = make_consent(c.participation.person, "dissemination", by=cast.curator, fields=list(fields))
    program = publication.publish(Program.objects.get(pk=c.program_id), by=cast.curator)
    return program, c, consent
