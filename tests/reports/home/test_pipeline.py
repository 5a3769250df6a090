"""The pipeline says why a stage does not advance, not only how much of it there is (п. 3.4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.banks import acts as bank_acts
from programs.pairings.models import Pairing
from programs.program.approval import acts as approval_acts
from reports.home.pipeline import pipeline
from tests.factories import make_consent, make_pairing, make_person, make_program

pytestmark = [pytest.mark.django_db, pytest.mark.point("20")]


def notes(user):
    return {stage.label: stage.note for stage in pipeline(user) if stage.note}


def test_what_stands_still_has_its_reason(cast):
    assert notes(cast.curator) == {}
    person = make_person()
    make_consent(person, by=cast.curator)
    bank_acts.propose(person, "mentee", by=cast.curator)
    make_pairing(cast)
    old = make_pairing(cast)
    Pairing.objects.filter(pk=old.pk).update(proposed_at=timezone.now() - timedelta(days=4))
    make_pairing(cast, "recommended")
    make_pairing(cast, "recommended", complete=False)
    make_program(cast)
    returned = make_program(cast)
    approval_acts.remark(returned, by=cast.council, text="Уточните цель")
    make_program(cast, "submitted")
    for _ in range(2):
        approval_acts.endorse(make_program(cast, "submitted"), by=cast.curator)
    assert notes(cast.curator) == {
        "Ждут решения в банках": "1 без анкеты",
        "Пары складываются": "1 без ответа больше трёх дней",
        "Пары ждут приказа": "1 без согласия на обязанности",
        "Пишут программу": "1 с неучтёнными замечаниями",
        "На согласовании": "решает куратор — 1, совет — 2",
    }
