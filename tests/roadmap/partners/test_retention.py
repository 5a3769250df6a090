"""Agreements with partners past their term of keeping are offered for destruction, and the act names them."""

from datetime import date

import pytest
from django.urls import reverse

from mentoring_site.workflow import Already, NotAllowed, Refused
from people.consents.destruction import acts as destruction_acts
from people.consents.destruction import erasure
from people.retention.models import RetentionTerm
from roadmap.partners.models import KEPT_AS, PartnerAgreement
from tests.people.consents.test_destruction import MEN
from tests.roadmap.partners.kit import signed

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.9")]
CODE = "partner_agreements"


@pytest.fixture
def ended(cast):
    """An agreement that ended long ago, and one that is in force."""
    made = signed(cast, number="7-С", subject="Обмен опытом")
    signed(cast, number="8-С", subject="Другое")
    RetentionTerm.objects.filter(code=KEPT_AS).update(kind=RetentionTerm.Kind.YEARS, years=5, by_commission=False)
    columns = {"state": PartnerAgreement.State.ENDED, "ended_on": date(2015, 5, 20), "end_reason": "кончился срок"}
    PartnerAgreement.objects.filter(pk=made.pk).update(**columns)
    return PartnerAgreement.objects.get(pk=made.pk)


def prepare(cast):
    return destruction_acts.prepare_records(by=cast.clerk, categories=[CODE], commission=MEN)


def test_only_what_is_past_its_term_is_offered(cast, as_user, ended):
    page = as_user(cast.clerk).get(reverse("people:destruction_records")).content.decode()
    assert "7-С" in page and "8-С" not in page
    assert as_user(cast.mentor).get(reverse("people:destruction_records")).status_code == 403
    with pytest.raises(NotAllowed):
        destruction_acts.prepare_records(by=cast.mentor, categories=[CODE], commission=MEN)
    RetentionTerm.objects.filter(code=KEPT_AS).update(years=75)
    with pytest.raises(Refused):
        prepare(cast)


def test_the_act_names_what_is_gone_and_a_second_one_waits(cast, as_user, ended):
    act = prepare(cast)
    with pytest.raises(Already):
        prepare(cast)
    director = as_user(cast.director)
    for name in ("approve", "decline"):
        page = director.get(reverse(f"people:destruction_{name}", args=[act.pk])).content.decode().lower()
        assert "документы школы" in page, name
    destruction_acts.approve(act, by=cast.director)
    ended.refresh_from_db()
    assert ended.subject != "Обмен опытом" and ended.erased_on is not None
    assert PartnerAgreement.objects.get(number="8-С").subject == "Другое"
    act.refresh_from_db()
    assert any("7-С" in one["name"] for one in act.gone)
    shown = as_user(cast.clerk).get(act.get_absolute_url()).content.decode()
    assert "7-С" in shown
    assert CODE not in erasure.records_found()
