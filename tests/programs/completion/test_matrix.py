"""State x transition x role of completions: a new state, transition or role without an answer here fails."""

import pytest
from django.utils import timezone

from mentoring_site.workflow import reload
from programs.completion.models import Completion
from programs.completion.rules import COMPLETION
from tests.matrix import ALL, attempt, expected
from tests.programs.journal.kit import make_completion

pytestmark = [pytest.mark.django_db, pytest.mark.point("5", "17")]
WHO = {
    "ready": {"curator"},
    "reopen": {"curator"},
    "withdraw": {"curator"},
    "register": {"director", "curator", "clerk"},
}
FROM = {"ready": {"proposed"}, "reopen": {"ready"}, "withdraw": {"proposed", "ready"}, "register": {"ready"}}


def test_the_tables_are_whole():
    assert set(WHO) == set(FROM) == {t.name for t in COMPLETION}
    assert set(Completion.State.values) == {s for t in COMPLETION for s in (*t.sources, t.target)}


@pytest.mark.parametrize("state", Completion.State.values)
def test_who_may_do_what_from_which_state(cast, state):
    completion, today = reload(make_completion(cast, state=state)), timezone.localdate()
    order = {"order_number": "50-од", "order_date": today, "ended_on": today}
    for name in WHO:
        for role in ALL:
            found = attempt(completion, name, getattr(cast, role), order if name == "register" else None)
            assert found == expected(role, state, WHO[name], FROM[name]), (name, role)
