"""The minute loop does what is due and is safe to repeat."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories import make_consent, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("2")]


def test_an_expired_consent_is_closed_once(cast, capsys):
    today = timezone.localdate()
    consent = make_consent(make_person(), by=cast.clerk, until=today - timedelta(days=1))
    call_command("tick")
    consent.refresh_from_db()
    assert (consent.end, "истекло согласий: 1" in capsys.readouterr().out) == ("expired", True)
    call_command("tick")
    assert capsys.readouterr().out == ""
