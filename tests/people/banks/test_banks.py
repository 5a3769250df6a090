"""The banks: acts of candidates, who may what in which state, questionnaires, the yearly review (п. 3.3–3.5, 6.1)."""

import ast
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, check, perform, reload
from people.banks import acts as bank_acts
from people.banks import inbox as bank_inbox
from people.banks import keeping
from people.banks.models import BankReview, Candidate, Statement
from people.banks.rules import CANDIDATE
from people.consents.models import Consent
from tests import ROOT
from tests.factories import make_candidate, make_consent, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("11")]

STATES = ["applied", "approved", "appointed", "relieved", "declined", "withdrawn"]
ROLES = ["director", "curator", "chair", "secretary", "council", "clerk", "sysadmin", "oneself", "stranger"]
KEEPERS = {"director", "curator", "clerk"}
COUNCIL = {"chair", "secretary", "council"}
MATRIX = {  # transition: (states it starts from, state it leads to, who may)
    "approve": ({"applied"}, "approved", {"director"}),
    "decline": ({"applied"}, "declined", {"director"}),
    "withdraw": ({"applied", "approved"}, "withdrawn", {"curator", "oneself"} | COUNCIL),
    "follow_consent": ({"applied", "approved", "appointed"}, "withdrawn", {"curator", "clerk", "oneself"}),
    "leave": ({"applied", "approved", "appointed"}, "withdrawn", {"curator", "clerk"}),
    "appoint": ({"approved"}, "appointed", KEEPERS),
    "relieve": ({"approved", "appointed"}, "relieved", KEEPERS),
}


def candidate_in(state, cast, part="mentor"):
    """A candidate of the stranger to nobody: the mentor's own, in the wanted state, with all consents."""
    person = cast.mentor.person
    make_consent(person, by=cast.clerk)
    make_consent(person, "duties", by=cast.clerk, part=part, matter=uuid.uuid4())
    made = make_candidate(person, part, by=cast.curator, state="approved")
    columns = {"state": state}
    if state == "appointed":
        columns |= {"order_number": "40-од", "order_date": date(2026, 9, 2)}
    if state in {"declined", "withdrawn"}:
        columns |= {"reason": "проверка"}
    Candidate.objects.filter(pk=made.pk).update(**columns)
    made.refresh_from_db()
    return made


def test_every_transition_stands_in_the_matrix():
    assert {t.name for t in CANDIDATE} == set(MATRIX)
    assert set(STATES) == set(Candidate.State.values)


def called_names(tree: ast.AST) -> set[str]:
    """Names used in a module or a function: plain, and after a dot."""
    nodes = list(ast.walk(tree))
    return {n.id for n in nodes if isinstance(n, ast.Name)} | {n.attr for n in nodes if isinstance(n, ast.Attribute)}


def test_every_transition_has_a_caller_in_the_product():
    """Each is performed by an act of the banks, and the act is used by a page, an order or the end of a consent."""
    own = Path(bank_acts.__file__)
    acts = {
        call.args[1].value: act.name
        for act in ast.parse(own.read_text(encoding="utf-8")).body
        if isinstance(act, ast.FunctionDef)
        for call in ast.walk(act)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "perform"
    }
    assert '"leave"' in own.with_name("leaving.py").read_text(encoding="utf-8")  # by the clock, from the registry
    assert set(acts) == set(MATRIX) - {"leave"}
    product = [path for app in ("people", "programs", "roadmap", "reports") for path in (ROOT / app).rglob("*.py")]
    callers = [called_names(ast.parse(path.read_text(encoding="utf-8"))) for path in product if path != own]
    asked = {name for names in callers if "bank_acts" in names for name in names}
    assert {name for name, act in acts.items() if act not in asked} == set()


@pytest.mark.clause("3.3-c3")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", MATRIX)
def test_state_x_transition_x_role(cast, name, role):
    sources, target, allowed = MATRIX[name]
    user = cast.mentor if role == "oneself" else getattr(cast, role)
    made = candidate_in("approved", cast)
    if name == "follow_consent":
        Consent.objects.filter(purpose="processing").update(
            ended_on=timezone.localdate(), end="withdrawn", end_recorded_at=timezone.now()
        )
    columns = {
        "approve": {"decided_at": timezone.now(), "decided_by": cast.director},
        "decline": {"reason": "нет"},
        "withdraw": {"reason": "нет"},
        "follow_consent": {"reason": "нет"},
        "leave": {"reason": "нет"},
        "appoint": {"order_number": "1", "order_date": date(2026, 9, 2)},
    }.get(name, {})
    fresh = reload(made)
    for state in STATES:
        fresh.state = state
        if role in allowed and state in sources:
            Candidate.objects.filter(pk=made.pk).update(
                state=state, order_number="1", order_date=date(2026, 9, 2), reason="х"
            )
            before = Act.objects.count()
            assert perform(made, name, by=user, columns=columns).state == target
            assert Act.objects.count() == before + 1
        else:
            with pytest.raises(Already if role in allowed else NotAllowed):
                check(fresh, name, by=user)


def test_mentees_are_never_appointed(cast):
    with pytest.raises(NotAllowed):
        bank_acts.appoint(candidate_in("approved", cast, "mentee"), by=cast.clerk, number="1", date=date(2026, 9, 2))


@pytest.mark.clause("1.2-a1", "П.2-b2", "П.3-b2")
def test_a_proposal_needs_consent_and_a_mentor_a_teaching_post(cast):
    person = make_person("Настройщик", "Иван", "Иванович", "m", post="настройщик пианино и роялей")
    for bank in ("mentee", "mentor"):
        with pytest.raises(Refused, match="нет согласия"):
            bank_acts.propose(person, bank, by=cast.curator)
    make_consent(person, by=cast.clerk)
    person.employments.update(is_teaching=False)
    with pytest.raises(Refused, match="педагогический работник"):
        bank_acts.propose(person, "mentor", by=cast.curator)
    assert bank_acts.propose(person, "mentee", by=cast.curator).state == "applied"


@pytest.mark.parametrize(("role", "may"), [(r, r in COUNCIL | {"curator"}) for r in ROLES if r != "oneself"])
def test_who_proposes_another(cast, role, may):
    person = make_person(consent=True, by=cast.clerk)
    if may:
        assert bank_acts.propose(person, "mentor", by=getattr(cast, role)).proposed_by == getattr(cast, role)
    else:
        with pytest.raises(NotAllowed):
            bank_acts.propose(person, "mentor", by=getattr(cast, role))


def test_one_proposes_oneself_once_to_each_bank(cast):
    person, key = cast.mentor.person, uuid.uuid4()
    make_consent(person, by=cast.clerk)
    first = bank_acts.propose(person, "mentor", by=cast.mentor, request_key=key)
    assert bank_acts.propose(person, "mentor", by=cast.mentor, request_key=key) == first
    with pytest.raises(Already, match="уже стоит"):
        bank_acts.propose(person, "mentor", by=cast.curator)
    bank_acts.propose(person, "mentee", by=cast.mentor)
    assert not OutboxMail.objects.filter(template="candidate_fill").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.create(person=person, part="mentor", proposed_by=cast.curator)
    bank_acts.withdraw(first, by=cast.mentor, reason="передумала")
    assert bank_acts.propose(person, "mentor", by=cast.curator) != first
    assert OutboxMail.objects.get(template="candidate_fill").to == cast.mentor.email


@pytest.mark.clause("3.3-c3", "П.3-a", "П.3-b1")
def test_the_way_from_proposal_to_the_bank_with_its_letters(cast):
    person = cast.mentor.person
    make_consent(person, by=cast.clerk)
    made = bank_acts.propose(person, "mentor", by=cast.council, why="лауреат")
    assert [w.verb for w in bank_inbox.items(cast.mentor)] == ["Заполнить"]
    assert bank_inbox.items(cast.director) == []
    with pytest.raises(Refused, match="не указаны: компетенции, сколько"):
        bank_acts.approve(made, by=cast.director)
    made = bank_acts.fill(
        made, by=cast.mentor, statements=[("competence", None, " ведение   урока ")], capacity_persons=2
    )
    assert bank_inbox.items(cast.mentor) == []
    assert [w.title for w in bank_inbox.items(cast.director)] == [
        f"Решить о кандидате в банк наставников: {person.short_name}"
    ]
    assert OutboxMail.objects.get(template="candidate_ready").to == cast.director.email
    made = bank_acts.approve(made, by=cast.director)
    assert (made.state, made.decided_by, made.statements.get().text) == ("approved", cast.director, "ведение урока")
    assert OutboxMail.objects.get(template="candidate_decided").to == cast.mentor.email
    assert [a.verb for a in Act.objects.about(made)] == ["propose", "fill", "approve"]


def test_a_refusal_has_its_reason(cast):
    made = candidate_in("applied", cast)
    for act in (bank_acts.decline, bank_acts.withdraw):
        user = cast.director if act is bank_acts.decline else cast.curator
        with pytest.raises(Refused, match="почему"):
            act(made, by=user, reason="  ")
    assert bank_acts.decline(made, by=cast.director, reason="нет стажа").reason == "нет стажа"
    assert "нет стажа" in OutboxMail.objects.get(template="candidate_decided").text


@pytest.mark.clause("3.3-c2")
def test_the_director_comments(cast):
    made = candidate_in("applied", cast)
    with pytest.raises(NotAllowed):
        bank_acts.comment(made, by=cast.curator, text="х")
    with pytest.raises(Refused):
        bank_acts.comment(made, by=cast.director, text=" ")
    assert bank_acts.comment(made, by=cast.director, text="хорошо бы с младшими").comment == "хорошо бы с младшими"
    (letter,) = OutboxMail.objects.filter(template="candidate_comment")
    assert letter.to == made.proposed_by.email and "с младшими" not in letter.text


@pytest.mark.parametrize("role", ["director", "council", "clerk", "sysadmin", "stranger"])
def test_nobody_else_fills_a_questionnaire(cast, role):
    with pytest.raises(NotAllowed):
        bank_acts.fill(candidate_in("applied", cast), by=getattr(cast, role), statements=[("competence", None, "х")])


def test_the_curator_fills_in_somebodys_words_and_it_shows(cast):
    made = bank_acts.fill(
        candidate_in("applied", cast), by=cast.curator, statements=[("competence", None, "х")], capacity_persons=1
    )
    assert made.on_paper and made.filled_by == cast.curator
    assert "со слов" in Act.objects.about(made).last().words
    own = bank_acts.fill(made, by=cast.mentor, statements=[("competence", None, "х")], capacity_persons=1)
    assert not own.on_paper


def test_a_stale_or_foreign_questionnaire_is_refused(cast):
    made = candidate_in("applied", cast)
    version = made.version
    bank_acts.fill(
        made, by=cast.mentor, statements=[("competence", None, "первый")], capacity_persons=1, version=version
    )
    with pytest.raises(Stale):
        bank_acts.fill(made, by=cast.curator, statements=[("competence", None, "второй")], version=version)
    with pytest.raises(Refused, match="не для этого банка"):
        bank_acts.fill(made, by=cast.curator, statements=[("difficulty", None, "х")])
    assert list(made.statements.values_list("text", flat=True)) == ["первый"]
    bank_acts.withdraw(made, by=cast.mentor, reason="х")
    with pytest.raises(Refused, match="уже не в банке"):
        bank_acts.fill(made, by=cast.mentor, statements=[])


def test_what_was_said_is_kept_once_the_candidate_is_approved(cast):
    made = candidate_in("approved", cast)
    kept, gone = made.statements.get(kind="competence"), made.statements.get(kind="interest")
    bank_acts.fill(
        made,
        by=cast.mentor,
        statements=[("competence", None, kept.text), ("interest", None, "новое")],
        capacity_persons=3,
    )
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert kept.resolved_on is None and gone.resolved_on == timezone.localdate()
    assert Statement.objects.filter(candidate=made).count() == 3


def test_several_are_approved_together_or_not_at_all(cast):
    ready = [
        make_candidate(make_person(consent=True, by=cast.clerk), "mentee", by=cast.curator, state="applied")
        for _ in range(2)
    ]
    bare = make_candidate(make_person(), "mentee", by=cast.curator, state="applied")
    with pytest.raises(Refused):
        bank_acts.approve_all([*ready, bare], by=cast.director)
    assert set(Candidate.objects.values_list("state", flat=True)) == {"applied"}
    assert len(bank_acts.approve_all(ready, by=cast.director)) == 2
    with pytest.raises(Refused, match="хотя бы одного"):
        bank_acts.approve_all([], by=cast.director)


def test_a_reminder_goes_once_a_day(cast):
    person = make_person(consent=True, by=cast.clerk, email="kto@school.example")
    made = bank_acts.propose(person, "mentee", by=cast.curator)
    bank_acts.remind(made, by=cast.curator)
    with pytest.raises(Already):
        bank_acts.remind(made, by=cast.council)
    with pytest.raises(NotAllowed):
        bank_acts.remind(made, by=cast.stranger)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        bank_acts.remind(made, by=cast.council)
    assert OutboxMail.objects.filter(template="candidate_fill").count() == 3


@pytest.mark.clause("3.4-b1", "3.4-b2")
def test_the_bank_is_reviewed_once_a_year_and_the_alert_comes_after(cast):
    with time_machine.travel("2025-09-01 10:00+03:00"):
        make_candidate(make_person(), "mentee", by=cast.curator)
    with time_machine.travel("2026-09-01 10:00+03:00"):
        assert keeping.review_due("mentee") is None
    with time_machine.travel("2026-09-02 10:00+03:00"):
        assert keeping.review_due("mentee") == date(2026, 9, 1) and keeping.review_due("mentor") is None
        for user in (cast.curator, cast.director):
            assert [w.title for w in bank_inbox.items(user) if "Проверить" in w.title] == [
                "Проверить банк наставляемых"
            ]
        assert bank_inbox.items(cast.council) == []
        for role in ("director", "council", "clerk"):
            with pytest.raises(NotAllowed):
                keeping.review("mentee", by=getattr(cast, role), on=date(2026, 9, 2))
        with pytest.raises(Refused):
            keeping.review("mentee", by=cast.curator, on=date(2026, 9, 3))
        keeping.review("mentee", by=cast.curator, on=date(2026, 9, 2), note="двое пришли")
        with pytest.raises(Already):
            keeping.review("mentee", by=cast.curator, on=date(2026, 9, 2))
        assert not [w for w in bank_inbox.items(cast.curator) if "Проверить" in w.title]
    with time_machine.travel("2027-09-03 10:00+03:00"):
        assert keeping.review_due("mentee") == date(2027, 9, 2)
    assert BankReview.objects.count() == 1


def test_the_database_keeps_decisions_whole(cast):
    made = candidate_in("applied", cast)
    for columns in (
        {"state": "nowhere"},
        {"state": "approved", "decided_at": None, "decided_by": None},
        {"state": "appointed", "order_date": None},
        {"state": "declined", "reason": ""},
        {"filled_by": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Candidate.objects.filter(pk=made.pk).update(**columns)
