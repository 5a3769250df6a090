"""Builders of changes of pairs and programs at work in any state, through the acts."""

from datetime import timedelta

from django.utils import timezone

from people.banks.models import Candidate
from programs.changes import acts as change_acts
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment
from programs.changes.dissolution import acts as dissolution_acts
from programs.changes.dissolution.models import Dissolution
from programs.changes.pause import acts as pause_acts
from programs.changes.pause.models import Pause, Resumption
from programs.changes.petitions import acts as petition_acts
from programs.changes.petitions.models import Petition
from programs.changes.replacement import acts as replacement_acts
from programs.changes.replacement.models import Replacement
from programs.pairings import acts as pairing_acts
from tests.factories import make_candidate, make_consent, make_pairing, make_person, make_program
from tests.replay import replayed

STATES = ("proposed", "ready", "registered", "withdrawn")


def _walk(cast, change, state, register):
    if state in ("ready", "registered"):
        change = change_acts.submit_for_order(change, by=cast.curator)
    if state == "registered":
        today = timezone.localdate()
        change = register(change, by=cast.clerk, number="60-од", date=today, on=today)
    if state == "withdrawn":
        change = change_acts.withdraw(change, by=cast.curator)
    return change


def a_line(program, title="Открытый урок для отделения", days=60, **values):
    """Return a new line of a plan."""
    due = program.starts_on + timedelta(days=days)
    return {
        "title": title,
        "starts_on": "",
        "due_on": str(due),
        "responsible": "both",
        "expected_result": "урок проведён",
        "evidence": "конспект",
        "statements": [],
    } | values


def ground() -> dict:
    """Return the order of leave or dismissal on which a change rests."""
    return {"paper": "order", "paper_number": "58-лс", "paper_on": timezone.localdate()}


@replayed
def make_amendment(cast, state="proposed", program=None, *, days=60, agreed=True, reword=True, **people):
    """Return an amendment that prolongs by ``days`` and rewords the plan; ``agreed`` has the consent of every side."""
    program = program or make_program(cast, "running", **people)
    end = program.ends_on + timedelta(days=days)
    made = amendment_acts.propose(program, by=cast.curator, reason="Наставляемому нужно больше времени", new_end=end)
    if reword:
        made = amendment_acts.set_line(made, None, a_line(program), by=cast.curator, version=made.version)
    if agreed:
        for side in program.pairing.participations.live():
            amendment_acts.agree(made, side, by=cast.curator, given_on=timezone.localdate())
            made.refresh_from_db()
    return _walk(cast, Amendment.objects.get(pk=made.pk), state, amendment_acts.enact)


@replayed
def a_successor(cast, pairing, person=None, *, appointed=True, capacity=3):
    """Return a candidate for mentor with both consents for this pairing."""
    person = getattr(person, "person", person) or make_person(
        "Убушиев", "Мингиян", "Очирович", "m", consent=True, by=cast.curator
    )
    candidate = make_candidate(person, "mentor", by=cast.director, capacity=capacity)
    person.consents.filter(purpose="processing").exists() or make_consent(person, by=cast.curator)
    make_consent(person, "duties", by=cast.curator, part="mentor", matter=pairing.uuid)
    if appointed:
        today = timezone.localdate()
        Candidate.objects.filter(pk=candidate.pk).update(state="appointed", order_number="40-од", order_date=today)
    return Candidate.objects.get(pk=candidate.pk)


@replayed
def make_replacement(
    cast, state="proposed", program=None, *, successor=None, days=None, since=0, appointed=True, **people
):
    """Return a replacement of the mentor, for good or for ``days``."""
    program = program or make_program(cast, "running", **people)
    first = timezone.localdate() + timedelta(days=since)
    made = replacement_acts.propose(
        program.pairing,
        by=cast.curator,
        candidate=a_successor(cast, program.pairing, successor, appointed=appointed),
        ground="refusal" if days is None else "leave",
        paper_on=timezone.localdate() if days is None else None,
        circumstances="" if days is None else "отпуском наставника",
        since=first,
        until=first + timedelta(days=days) if days else None,
        handover="Пройдена половина плана, материалы переданы",
    )
    return _walk(cast, made, state, replacement_acts.enact)


@replayed
def make_pause(cast, state="proposed", program=None, *, days=20, since=0, **people):
    """Return a suspension for ``days``, or open when they are None."""
    program = program or make_program(cast, "running", **people)
    first = timezone.localdate() + timedelta(days=since)
    until = first + timedelta(days=days) if days else None
    made = pause_acts.propose(
        program, by=cast.curator, since=first, until=until, reason="отпуском наставника", **ground()
    )
    return _walk(cast, made, state, pause_acts.enact)


@replayed
def make_resumption(cast, state="proposed", pause=None, *, after=5, **people):
    """Return a resumption of a suspension by order."""
    pause = pause or make_pause(cast, "registered", **people)
    made = pause_acts.propose_resumption(pause, by=cast.curator, on=pause.since + timedelta(days=after))
    return _walk(cast, made, state, pause_acts.enact_resumption)


@replayed
def make_dissolution(cast, state="proposed", pairing=None, **people):
    """Return the end of a pair without a program."""
    pairing = pairing or make_pairing(cast, "assigned", **people)
    made = dissolution_acts.propose(
        pairing, by=cast.curator, reason="увольнением наставника", on=timezone.localdate(), **ground()
    )
    return _walk(cast, made, state, dissolution_acts.enact)


@replayed
def make_petition(cast, state="filed", *, part="mentee", pairing=None):
    """Return a petition of one side of a pair that ``cast.mentor`` and ``cast.mentee`` form."""
    pairing = pairing or make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    side = pairing.participations.get(part=part)
    made = petition_acts.file(side, by=cast.curator, reason="не сложилось: канарейка", filed_on=timezone.localdate())
    if state in ("accepted", "declined"):
        act = petition_acts.accept if state == "accepted" else petition_acts.decline
        made = act(made, by=cast.curator, answer="решение-канарейка")
    if state == "withdrawn":
        made = petition_acts.withdraw(made, by=cast.curator)
    if state == "lapsed":
        pairing_acts.dissolve(pairing, by=cast.clerk, on=timezone.localdate(), reason="программа завершена")
        made.refresh_from_db()
    return made


MAKERS = {
    Amendment: make_amendment,
    Replacement: make_replacement,
    Pause: make_pause,
    Resumption: make_resumption,
    Dissolution: make_dissolution,
    Petition: make_petition,
}
