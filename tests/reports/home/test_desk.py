"""What waits stands once, by kind (issue 10, point 3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site.inbox import Group, items_for
from people.consents.models import Consent
from tests.factories import make_candidate, make_pairing, make_person
from tests.programs.journal.kit import make_running

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.3")]


def titles(user, group=None) -> list[str]:
    return [item.title for item in items_for(user) if group in (None, item.group)]


def test_pairs_ready_for_an_order_stand_once(cast):
    make_pairing(cast, "recommended")
    (one,) = titles(cast.curator, Group.ORDERS)
    assert one.startswith("Подготовить приказ о закреплении")
    make_pairing(cast, "recommended")
    assert titles(cast.curator, Group.ORDERS) == ["2\xa0пары готовы к приказу о закреплении"]


def test_a_consent_that_the_bank_and_a_pair_lack_stands_once(cast):
    pairing = make_pairing(cast, "recommended")
    mentee = pairing.participations.get(part="mentee").person
    Consent.objects.filter(person=mentee, purpose="processing").update(until=timezone.localdate() - timedelta(days=1))
    assert len([title for title in titles(cast.curator, Group.CONSENTS) if mentee.last_name in title]) == 1


def test_everything_has_its_kind_and_a_name_of_its_own(cast):
    make_running(cast)
    make_pairing(cast, "recommended", complete=False)
    make_candidate(make_person(), "mentor", by=cast.director, state="applied")
    found = items_for(cast.curator)
    assert {item.group for item in found} >= {Group.CONSENTS, Group.MEETINGS}
    assert all(":" in item.key or item.key.isalpha() for item in found)
    assert len({item.key for item in found}) == len(found)
