"""Kind x state x step x role of requests: a new kind, route, step or role without an answer here fails."""

import pytest
from django.utils import timezone

from mentoring_site.workflow import reload
from programs.requests import registry
from programs.requests.models import Request
from tests.access_world import World
from tests.matrix import attempt, expected

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.12")]
NOBODY_YET = "Не названы занятия и тот, кто их проведёт"
BOTH = ("accept", "decline")
WHO = {
    ("help", "mentor"): {"accept": "mentor", "withdraw": "mentee"},
    ("help", "curator"): {"accept": "curator", "withdraw": "mentee"},
    ("improvement", "curator"): dict.fromkeys(BOTH, "curator") | {"withdraw": "mentee"},
    ("engaging", "teacher"): dict.fromkeys(BOTH, "curator")  # who is asked stands outside; the curator from paper
    | {"close": "curator mentor", "withdraw": "mentor"},
    ("personal_file", "director"): dict.fromkeys(BOTH, "director") | {"close": "director mentor", "withdraw": "mentor"},
    ("release", "head"): dict.fromkeys(BOTH, "curator director") | {"withdraw": "mentor"},
    ("contest", "council"): dict.fromkeys(BOTH, "chair curator") | {"withdraw": "mentor"},
    ("encouragement", "curator"): dict.fromkeys(BOTH, "curator") | {"withdraw": "mentor"},
    ("mentor_incentive", "director"): dict.fromkeys(BOTH, "director") | {"withdraw": "chair"},
    ("discipline", "director"): dict.fromkeys(BOTH, "director") | {"close": "director", "withdraw": "mentor"},
    ("support", "supporter"): dict.fromkeys(BOTH, "curator mentor")  # whoever supports, or the curator from paper
    | {"close": "curator", "withdraw": "curator"},
    ("consultation", "council"): dict.fromkeys(BOTH, "chair") | {"close": "chair council", "withdraw": "mentee"},
    ("mediation", "council"): dict.fromkeys(BOTH, "chair") | {"close": "chair council", "withdraw": "mentee"},
}
"""Who takes which step of whose request; the director has decided what is decided."""
DECIDED = ("accepted", "declined", "done")
ENDED_BY_WHO_DECIDED = {"engaging", "support"}
FROM = {"accept": {"filed"}, "decline": {"filed"}, "withdraw": {"filed"}, "close": {"accepted"}}
BY_ITSELF = {"lapse", "reopen"}
"""Steps that no page offers: the end of the pair, an undone decision."""


def put(request, state, by):
    """Lay a request in a state as if ``by`` had decided it."""
    undecided = state in ("filed", "withdrawn", "lapsed")
    decided = (
        {"decided_at": None, "decided_by": None} if undecided else {"decided_at": timezone.now(), "decided_by": by}
    )
    Request.objects.filter(pk=request.pk).update(state=state, **decided)
    return reload(request)


def test_who_takes_which_step_from_which_state():
    world = World()
    keys = {made.pk: key for key, made in world.objects.items() if isinstance(made, Request)}
    asked = list(Request.objects.filter(pk__in=keys))
    assert {(request.kind, request.route) for request in asked} == set(WHO)
    assert set(WHO) == {(kind.code, route.code) for kind in registry.kinds().values() for route in kind.routes}
    wrong = []
    for request in asked:
        may = WHO[request.kind, request.route]
        assert {step.name for step in request.WORKFLOW} - BY_ITSELF == set(may), request.kind
        for state in Request.State.values:
            fresh = put(request, state, world.staff.director)
            for role, user in world.actors(keys[request.pk]).items():
                for step, roles in may.items():
                    too = step == "close" and state in DECIDED and request.kind in ENDED_BY_WHO_DECIDED
                    who = f"{roles} director" if too else roles
                    decided = {"decided_at": timezone.now(), "decided_by": user} if step in BOTH else {}
                    found = attempt(fresh, step, user, {"answer": "да"} | decided)
                    wanted = expected(role, state, who.split(), FROM[step])
                    if request.kind == "release" and step == "accept" and wanted == "done":
                        wanted, found = NOBODY_YET, found[: len(NOBODY_YET)]  # the head of the department is to speak
                    if found != wanted:
                        wrong.append(f"{request.kind}, {state}, {step}, {role}: {found}, not {wanted}")
    assert not wrong, "\n".join(wrong)
