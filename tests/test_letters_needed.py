"""Every kind of letter either stops when what it asks for is done, or is declared as plain news (10.10)."""

import ast
import re

import pytest
from django.utils import timezone

from mentoring_site import mail
from mentoring_site.models import OutboxMail
from people.access import acts as access_acts
from people.access.models import AccessRequest
from people.banks import acts as bank_acts
from people.consents.destruction import acts as destruction_acts
from people.register.models import Person
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment
from programs.changes.petitions import acts as petition_acts
from programs.completion import acts as completion_acts
from programs.completion import publication
from programs.completion.models import Completion
from programs.difficulties import acts as difficulty_acts
from programs.difficulties.models import statements_of
from programs.journal import acts as journal_acts
from programs.pairings import acts as pairing_acts
from programs.program.approval import acts as approval_acts
from programs.program.models import Program
from programs.relationship import acts as relationship_acts
from roadmap.plan import acts as plan_acts
from tests import ROOT
from tests.factories import make_candidate, make_consent, make_pairing, make_person, make_program
from tests.people.consents.test_destruction import MEN
from tests.programs.changes.kit import make_amendment, make_petition
from tests.programs.journal.kit import conclude, do_all, make_completion, make_running, meet, side
from tests.programs.relationship.kit import answered, asked

ROOMS = ["mentoring_site", "people", "programs", "roadmap", "reports"]
pytestmark = [pytest.mark.django_db, pytest.mark.point("10.10")]


def test_every_kind_of_letter_has_its_rule_or_is_news():
    kinds = {file.stem for file in (ROOT / "templates/mail").glob("*.txt")}
    assert kinds == {*mail._NEEDED, *mail._NEWS, *mail._LATE}
    assert not mail._LATE.keys() & {*mail._NEEDED, *mail._NEWS}


def test_a_letter_without_either_is_not_written(cast):
    about = {"person": cast.mentor.person, "program": None, "activity": None}
    with pytest.raises(LookupError, match="activity_done"):  # it asks, but nobody said for what
        mail.send_template("activity_done", "a@school.example", about)


@pytest.mark.parametrize("name", sorted(mail._NEEDED))
def test_a_request_about_something_that_is_gone_is_dropped(db, name):
    key = {"pairing_reminder": "0:answer", "meet": "0:2026-09-01"}.get(name, "0")
    assert name == "consent_request" or mail._NEEDED[name](key, 0) is False


PROMISE = re.compile(
    r"(получ(ит|ат)|уйд(ёт|ут)|придёт письмо|узна(ет|ют)|отправлен).{0,40}письм|[Пп]исьм\w+.{0,30}(уйд|отправлен)"
)
STATIC = {"mentoring_site/undo_views.py", "people/access/presenters.py", "people/consents/destruction/erasure.py"}
STATIC |= {
    "people/letters/told.py",
    "people/letters/views.py",
}  # where the truth is told  # true with and without a mail server


def _promises(tree):
    """Return the promises of letters that stand outside ``by_letter(…)``, which knows whether there is a server."""
    named = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "by_letter"]
    inside = {id(part) for call in named for part in ast.walk(call)}
    docs = {id(n.body[0].value) for n in ast.walk(tree) if hasattr(n, "body") and n.body and _is_text(n.body)}
    texts = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [n.value for n in texts if id(n) not in inside | docs and PROMISE.search(n.value)]


def _is_text(body):
    return isinstance(body, list) and isinstance(body[0], ast.Expr)


def test_no_page_promises_letters_that_may_never_leave():
    """Before an act ``by_letter`` promises one; after it ``people/letters/told.py`` says to whom one goes."""
    wrong = {
        str(path.relative_to(ROOT)): found
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "demo" not in path.parts and "samples" not in path.parts and str(path.relative_to(ROOT)) not in STATIC
        if (found := _promises(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert wrong == {}


def activity(cast):
    program, task = make_running(cast)
    row = journal_acts.do(task, side(program), by=cast.mentee, result="готово")
    yield {"activity_done"}
    journal_acts.send_back(row, by=cast.mentor, comment="подробнее")
    yield {"activity_returned"}
    row = journal_acts.do(task, side(program), by=cast.mentee, result="подробнее")
    yield {"activity_done"}
    journal_acts.check(row, by=cast.mentor)
    yield set()


def objection(cast):
    meeting = meet(make_running(cast)[0], cast.mentor)
    mine = meeting.attendances.get(participation__person=cast.mentee.person)
    yield {"meeting_logged"}
    journal_acts.object_to_meeting(mine, by=cast.mentee, reason="было короче")
    yield {"meeting_logged", "meeting_objected"}
    journal_acts.confirm_meeting(mine, by=cast.mentee)
    yield set()


def proposal(cast):
    pairing = make_pairing(cast, mentor=cast.mentor, mentee=cast.mentee, complete=False)
    yield {"pairing_proposed"}
    for part in ("mentor", "mentee"):
        pairing_acts.answer(pairing.participations.get(part=part), "yes", by=getattr(cast, part))
    yield {"pairing_agreed"}
    pairing_acts.confirm_topics(pairing, by=cast.chair)
    pairing_acts.recommend(pairing, by=cast.chair, minutes_number="3", minutes_date=timezone.localdate())
    yield {"pairing_duties", "pairing_recommended"}
    for p in pairing.participations.select_related("person"):
        make_consent(p.person, "duties", by=cast.curator, part=p.part, matter=pairing.uuid)
    yield {"pairing_recommended"}
    pairing_acts.withdraw(pairing, by=cast.curator, reason="передумали")
    yield set()


def petition(cast):
    pairing = make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    filed = make_petition(cast, pairing=pairing)
    yield {"petition_filed"}
    petition_acts.accept(filed, by=cast.director, answer="замените")
    yield {"petition_granted"}
    pairing_acts.dissolve(pairing, by=cast.clerk, on=timezone.localdate(), reason="замены нет")
    yield set()


def amendment(cast):
    made = make_amendment(cast, agreed=False, mentor=cast.mentor, mentee=cast.mentee)
    yield {"change_proposed"}
    for part in ("mentee", "mentor"):
        fresh = Amendment.objects.get(pk=made.pk)
        mine = made.program.pairing.participations.get(part=part)
        if part == "mentee":
            amendment_acts.object_to(fresh, mine, by=cast.mentee, version=fresh.version, reason="не успеем")
            yield {"change_proposed", "change_objected"}
        amendment_acts.agree(fresh, mine, by=getattr(cast, part), version=fresh.version)
    yield set()


def completion(cast):
    program = make_running(cast)[0]
    do_all(program, cast)
    c = make_completion(cast, program, written=False)
    yield {"completion_proposed"}
    conclude(c, cast.mentor)
    yield {"completion_proposed"}  # the mentee's review is still to come
    completion_acts.review(Completion.objects.get(pk=c.pk), by=cast.mentee, review="спасибо")
    yield {"completion_ready"}
    conclude(Completion.objects.get(pk=c.pk), cast.mentor, verdict="condition")
    yield {"completion_outcomes"}
    completion_acts.review(Completion.objects.get(pk=c.pk), by=cast.mentee, review="спасибо ещё раз")
    yield {"completion_ready"}
    completion_acts.submit_for_order(Completion.objects.get(pk=c.pk), by=cast.curator)
    yield set()


def public_text(cast):
    c = make_completion(cast, state="registered")
    c = publication.write_public(c, by=cast.mentor, public_text="двенадцать уроков")
    yield {"public_text_to_approve"}
    publication.approve_public(c, by=cast.mentee)
    yield {"public_text_approved"}
    published = {"results_published_at": timezone.now(), "results_published_by": cast.curator}
    Program.objects.filter(pk=c.program_id).update(**published)
    yield set()


def approval(cast):
    program = make_program(cast, "draft", mentor=cast.mentor, mentee=cast.mentee)
    program = approval_acts.submit(program, by=cast.mentor)
    yield {"program_submitted"}
    program = approval_acts.endorse(program, by=cast.curator)
    yield {"program_for_council"}
    remark = approval_acts.remark(program, by=cast.chair, text="уточните срок")
    yield {"program_for_council", "program_remark"}
    program = approval_acts.send_back(program, by=cast.chair, reason="сроки")
    yield {"program_returned", "program_remark"}
    for remark in program.remarks.all():
        approval_acts.resolve(remark, by=cast.curator)
    yield {"program_returned"}
    approval_acts.submit(Program.objects.get(pk=program.pk), by=cast.mentor)
    yield {"program_submitted"}


def bank(cast):
    make_consent(cast.mentee.person, by=cast.curator)
    candidate = bank_acts.propose(cast.mentee.person, "mentee", by=cast.curator)
    yield {"candidate_fill"}
    told = make_candidate(make_person(), "mentee", by=cast.director)
    rows = [(s.kind, None, s.text) for s in told.statements.all()]
    bank_acts.fill(candidate, by=cast.mentee, statements=rows, topics=told.topics.all(), capacity_hours=4)
    yield {"candidate_ready"}
    bank_acts.decline(type(candidate).objects.get(pk=candidate.pk), by=cast.director, reason="рано")
    yield set()


def roadmap(cast):
    plan = plan_acts.submit(plan_acts.draft(2026, by=cast.curator), by=cast.curator)
    yield {"roadmap_submitted"}
    plan = plan_acts.send_back(plan, by=cast.director, reason="сроки")
    yield set()  # the curator is the only one who drafts it, and the only curator is told of nothing by oneself


def access(cast):
    access_acts.ask(AccessRequest.Kind.SLIP, cast.chair, by=cast.sysadmin, why="забыт пароль")
    yield {"access_asked"}
    access_acts.refuse(AccessRequest.objects.get(), by=cast.director, why="не нужно")
    yield set()


def difficulty(cast):
    program = Program.objects.for_head().get(pk=make_running(cast)[0].pk)
    said = statements_of(program).get()
    row = difficulty_acts.flag(program, said, by=cast.mentee, word="трудно")
    yield {"difficulty_flagged"}
    difficulty_acts.settle(row, by=cast.mentor)
    yield set()
    row = difficulty_acts.propose(program, said, by=cast.mentee, sign="видно", url="https://video.example/")
    yield {"difficulty_proposed"}
    difficulty_acts.confirm(row, by=cast.mentor)
    yield {"difficulty_answered"}


def relationship(cast):
    question = asked(make_running(cast)[0], cast.mentor)["mentee"]
    yield {"relationship_asked"}
    question = answered(question, cast.mentee, "talk")
    yield {"relationship_asked", "relationship_low"}  # the mentor has not answered yet
    relationship_acts.settle(question, by=cast.curator)
    yield {"relationship_asked"}


def destruction(cast):
    person = make_person(phone="+79051234567")
    known = {"categories": ["contacts"], "reason": "reached", "commission": MEN}
    act = destruction_acts.prepare(person, by=cast.clerk, **known)
    yield {"destruction_to_approve"}
    destruction_acts.decline(act, by=cast.director, words="подождём")
    yield set()


LIVES = [
    activity,
    objection,
    proposal,
    petition,
    amendment,
    completion,
    public_text,
    approval,
    bank,
    roadmap,
    access,
    destruction,
    difficulty,
    relationship,
]


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_a_request_stops_when_it_is_answered(cast, life):
    """At each step exactly the letters of the open requests would still leave."""
    Person.objects.update(email="who@school.example")
    said: set[str] = set()
    for step, expected in enumerate(life(cast)):
        said |= expected
        rows = OutboxMail.objects.filter(template__in=said)
        assert {row.template for row in rows} == said, step
        assert {row.template for row in rows if mail.is_needed(row)} == expected, step
