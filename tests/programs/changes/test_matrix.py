"""State x transition x role of changes and petitions: a new state, transition or role without an answer here fails."""

import pytest
from django.utils import timezone

from mentoring_site.workflow import reload
from programs.changes.petitions.models import Petition
from tests.matrix import ALL, attempt, expected
from tests.programs.changes.kit import MAKERS, make_petition

pytestmark = [pytest.mark.django_db, pytest.mark.point("5", "3.1")]
OFFICE = {"director", "curator", "clerk"}
WHO = {"ready": {"curator"}, "reopen": {"curator"}, "withdraw": {"curator"}, "register": OFFICE}
FROM = {"ready": {"proposed"}, "reopen": {"ready"}, "withdraw": {"proposed", "ready"}, "register": {"ready"}}
PETITION = {
    "accept": {"curator", "director"},
    "decline": {"curator", "director"},
    "withdraw": {"curator", "mentee"},
    "lapse": OFFICE,
}
CHANGES = [model for model in MAKERS if model is not Petition]


@pytest.mark.parametrize("model", CHANGES, ids=lambda m: m.__name__)
def test_the_tables_are_whole(model):
    assert set(WHO) == set(FROM) == {t.name for t in model.WORKFLOW}
    assert set(model.State.values) == {s for t in model.WORKFLOW for s in (*t.sources, t.target)}


@pytest.mark.parametrize("state", ["proposed", "ready", "registered", "withdrawn"])
@pytest.mark.parametrize("model", CHANGES, ids=lambda m: m.__name__)
def test_who_may_do_what_from_which_state(cast, model, state):
    change, today = reload(MAKERS[model](cast, state)), timezone.localdate()
    order = {"order_number": "60-од", "order_date": today, "effective_on": today}
    for transition in model.WORKFLOW:
        name = transition.name
        for role in ALL:
            found = attempt(change, name, getattr(cast, role), order if name == "register" else None)
            assert found == expected(role, state, WHO[name], FROM[name]), (name, role)


@pytest.mark.parametrize("state", Petition.State.values)
def test_who_decides_a_petition(cast, state):
    petition = reload(make_petition(cast, state))
    for name, who in PETITION.items():
        columns = (
            {"answer": "да", "decided_at": timezone.now(), "decided_by": cast.curator}
            if name in ("accept", "decline")
            else None
        )
        for role in ALL:
            found = attempt(petition, name, getattr(cast, role), columns)
            assert found == expected(role, state, who, {"filed"}), (name, role)
