"""State x transition x role of completions: a new state, transition or role without an answer here fails."""

import pytest
from django.db import transaction
from django.utils import timezone

from mentoring_site.workflow import Already, NotAllowed, Refused, perform
from programs.models import Completion
from programs.workflows.completion import COMPLETION
from tests.conftest import ROLES
from tests.running_kit import make_completion

pytestmark = [pytest.mark.django_db, pytest.mark.point("5", "17"), pytest.mark.clause("7.1-a")]
WHO = {
    "ready": {"curator"},
    "reopen": {"curator"},
    "withdraw": {"curator"},
    "register": {"director", "curator", "clerk"},
}
FROM = {"ready": {"proposed"}, "reopen": {"ready"}, "withdraw": {"proposed", "ready"}, "register": {"ready"}}
ALL = [*ROLES, "mentor", "mentee", "stranger"]


def test_the_tables_are_whole():
    assert set(WHO) == set(FROM) == {t.name for t in COMPLETION}
    assert set(Completion.State.values) == {s for t in COMPLETION for s in (*t.sources, t.target)}


@pytest.mark.parametrize("state", Completion.State.values)
def test_who_may_do_what_from_which_state(cast, state):
    completion = make_completion(cast, state=state)
    for transition in COMPLETION:
        for role in ALL:
            found = _attempt(completion, transition.name, getattr(cast, role))
            assert found == _expected(transition.name, role, state), (transition.name, role)


def _expected(name, role, state):
    if role not in WHO[name]:
        return "not allowed"
    return "done" if state in FROM[name] else "already"


class Undo(Exception):
    pass


def _attempt(completion, name, user):
    today = timezone.localdate()
    columns = {"order_number": "50-од", "order_date": today, "ended_on": today} if name == "register" else None
    try:
        with transaction.atomic():
            perform(Completion.objects.get(pk=completion.pk), name, by=user, columns=columns)
            raise Undo
    except Undo:
        return "done"
    except NotAllowed:
        return "not allowed"
    except Already:
        return "already"
    except Refused as refusal:
        return str(refusal)
