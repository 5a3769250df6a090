"""State x transition x role for programs: every cell has an answer, a new row without one fails."""

import pytest

from mentoring_site.workflow import Already, NotAllowed, Refused, perform
from people.accounts.models import User
from programs.program.models import Program
from programs.program.rules import PROGRAM
from tests.factories import make_program

pytestmark = pytest.mark.point("5", "23")
STATES = Program.State.values
ROLES = ("director", "curator", "chair", "secretary", "council", "clerk", "sysadmin", "mentor", "mentee", "stranger")
REGISTER = {"director", "curator", "clerk"}
MAY = {
    "submit": {"curator", "chair", "secretary", "council", "mentor", "mentee"},
    "send_back": {"curator", "chair", "secretary", "director"},
    "agree": {"chair", "secretary"},
    "approve": REGISTER,
    "begin": REGISTER,
    "complete": REGISTER,
    "terminate": REGISTER,
    "drop": REGISTER,
}
FROM = {
    "submit": {"draft"},
    "send_back": {"submitted", "agreed"},
    "agree": {"submitted"},
    "approve": {"agreed"},
    "begin": {"approved"},
    "complete": {"running"},
    "terminate": {"running"},
    "drop": {"draft", "submitted", "agreed"},
}
TO = {
    "submit": "submitted",
    "send_back": "draft",
    "agree": "agreed",
    "approve": "approved",
    "begin": "running",
    "complete": "completed",
    "terminate": "terminated",
    "drop": "dropped",
}


def test_every_transition_has_an_answer():
    assert set(PROGRAM.transitions) == set(MAY) == set(FROM) == set(TO)
    assert {t.name: set(t.sources) for t in PROGRAM} == FROM
    assert {t.name: t.target for t in PROGRAM} == TO


@pytest.fixture
def program(cast):
    return make_program(cast, mentor=cast.mentor, mentee=cast.mentee)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", list(MAY))
def test_state_transition_role(cast, program, name, role):
    user = User.objects.get(pk=getattr(cast, role).pk)
    fresh = Program.objects.with_requirements().get(pk=program.pk)
    for state in STATES:
        fresh.state = state
        opened = {t.name for t in PROGRAM.open_to(fresh, user)}
        assert (name in opened) == (state in FROM[name] and role in MAY[name]), state


@pytest.mark.parametrize("name", list(MAY))
def test_a_wrong_state_or_person_moves_nothing(cast, program, name):
    wrong = next(role for role in ROLES if role not in MAY[name])
    with pytest.raises(NotAllowed):
        perform(program, name, by=getattr(cast, wrong))
    if "draft" not in FROM[name]:
        right = User.objects.get(pk=getattr(cast, sorted(MAY[name])[0]).pk)
        with pytest.raises(Already):
            perform(program, name, by=right)
    program.refresh_from_db()
    assert program.state == "draft"


def test_a_stale_instance_does_not_undo_a_move(cast, program):
    old = Program.objects.get(pk=program.pk)
    perform(program, "submit", by=cast.curator)
    old.goal = "Другая"
    old.save()
    assert Program.objects.get(pk=program.pk).state == "submitted"


def test_what_is_missing_refuses_in_sentences(cast):
    program = make_program(cast, complete=False)
    with pytest.raises(Refused) as told:
        perform(program, "submit", by=cast.curator)
    assert len(told.value.sentences) >= 4
