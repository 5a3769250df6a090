"""Edges of the replacement of a mentor: one at a time, the pay ends, who has refused stays away, a
petition is confidence.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site.models import OutboxMail
from mentoring_site.workflow import Refused
from programs.changes.replacement import acts as replacement_acts
from programs.changes.replacement.models import Replacement
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.mentor_agreements.notices import acts as notice_acts
from tests.programs.changes.kit import a_successor, make_petition, make_replacement

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.1")]


def test_a_registered_replacement_that_is_ahead_is_not_lost_behind_another(cast):
    ahead = make_replacement(cast, "registered", since=10)
    with pytest.raises(Refused, match="уже зарегистрирована и наступит"):
        make_replacement(cast, program=ahead.pairing.programs.get())
    assert replacement_acts.begin_and_end_due(timezone.localdate() + timedelta(days=10)) == 1
    ahead.refresh_from_db()
    assert ahead.opened_id and Replacement.objects.count() == 1


def test_the_agreement_of_who_is_replaced_for_good_ends(cast):
    change = make_replacement(cast, "ready")
    former, pairing = change.former, change.pairing
    agreement_acts.start(
        former.person, former.employment or former.person.employments.first(), by=cast.clerk, pairing=pairing
    )
    today = timezone.localdate()
    replacement_acts.enact(change, by=cast.clerk, number="60-од", date=today, on=today)
    assert MentorAgreement.objects.get(person=former.person).closed_on == today - timedelta(days=1)


def test_who_has_refused_meanwhile_does_not_come_back(cast):
    change = make_replacement(cast, "registered", days=5)
    former, pairing = change.former.person, change.pairing
    given = notice_acts.give_notice(former, pairing, "worker", by=cast.clerk, received_on=timezone.localdate())
    today = timezone.localdate()
    Notice.objects.filter(pk=given.pk).update(
        received_on=today - timedelta(days=9), effective_on=today, took_effect_on=today
    )
    replacement_acts.begin_and_end_due(timezone.localdate() + timedelta(days=7))
    lead = pairing.participations.live().get(part="mentor")
    assert lead.person_id == change.candidate.person_id
    told = OutboxMail.objects.filter(template="mentor_not_back")
    assert told.exists() and former.full_name in told.first().text


def test_a_petition_is_not_told_to_the_mentor_before_the_order(cast, as_user):
    petition = make_petition(cast)
    pairing = petition.participation.pairing
    change = replacement_acts.propose(
        pairing,
        by=cast.curator,
        petition=petition,
        candidate=a_successor(cast, pairing),
        ground="petition",
        paper_on=petition.filed_on,
        circumstances="",
        since=timezone.localdate(),
        until=None,
        handover="",
    )
    assert "ходатайство наставляемого" in as_user(cast.curator).get(change.get_absolute_url()).content.decode().lower()
    assert "ходатайств" not in as_user(cast.mentor).get(change.get_absolute_url()).content.decode().lower()
