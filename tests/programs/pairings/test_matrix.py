"""State x transition x role of pairs: a new state, transition or role without an answer here fails."""

import pytest

from mentoring_site.workflow import reload
from programs.pairings.models import Pairing
from programs.pairings.rules import PAIRING
from tests.factories import make_pairing
from tests.matrix import ALL, attempt, expected

pytestmark = [pytest.mark.point("5", "12")]

WHO = {
    "recommend": {"chair", "secretary"},
    "refuse": {"curator", "mentor", "mentee"},
    "reopen": set(),  # only whoever has refused
    "reopen_recommended": set(),
    "decline": {"chair", "secretary", "director"},
    "withdraw": {"curator"},
    "assign": {"director", "curator", "clerk"},
    "dissolve": {"director", "curator", "clerk"},
}
FROM = {
    "recommend": {"proposed"},
    "refuse": {"proposed", "recommended"},
    "reopen": {"declined"},
    "reopen_recommended": {"declined"},
    "decline": {"proposed", "recommended"},
    "withdraw": {"proposed", "recommended"},
    "assign": {"recommended"},
    "dissolve": {"assigned"},
}
COLUMNS = {
    "refuse": {"reason": "не сложилась"},
    "decline": {"reason": "нет"},
    "withdraw": {"reason": "нет"},
    "assign": {"order_number": "1-од", "order_date": "2026-09-01", "assigned_on": "2026-09-01"},
    "dissolve": {"ended_on": "2027-06-01", "reason": "конец"},
}


def test_the_tables_are_whole():
    assert set(WHO) == set(FROM) == {t.name for t in PAIRING}


@pytest.mark.parametrize("state", Pairing.State.values)
def test_who_may_do_what_from_which_state(cast, state):
    pairing = make_pairing(cast, state, mentor=cast.mentor, mentee=cast.mentee)
    if state == "proposed":
        pairing.participations.update(wish="yes", wish_at=pairing.proposed_at, wish_by=cast.curator)
        Pairing.objects.update(topics_confirmed_at=pairing.proposed_at, topics_confirmed_by=cast.chair)
    pairing = reload(pairing)
    for name in WHO:
        for role in ALL:
            found = attempt(pairing, name, getattr(cast, role), COLUMNS.get(name))
            assert found == expected(role, state, WHO[name], FROM[name]), (name, role)
