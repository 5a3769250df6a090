"""One person changes an account while another releases a privileged role for it: the change never outlives both."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from mentoring_site.workflow import Refused
from people.access import acts
from people.accounts import acts as account_acts
from people.accounts.models import User
from people.roles.models import RoleGrant
from tests.factories import PASSWORD, make_person, make_user

pytestmark = [pytest.mark.torture, pytest.mark.point("8.4"), pytest.mark.django_db(transaction=True)]
THIEF = "thief@elsewhere.example"


def test_an_address_written_while_the_role_is_released_gets_no_link(
    shared_database, cast, figures, together, told, monkeypatch
):
    monkeypatch.setattr(acts, "confirm_factor", lambda *_: None)  # its own throttling is tried elsewhere
    wrong = []
    for turn in range(figures.rounds * 2):
        cache.clear()
        user = make_user(make_person(), username=f"new{turn}")
        asked = acts.ask_role(user.person, "clerk", by=cast.curator, since=timezone.localdate())
        results = together(
            [
                lambda u=user: account_acts.edit(
                    User.objects.get(pk=u.pk), by=cast.curator, username=u.username, email=THIEF
                ),
                lambda a=asked: acts.release(a, by=User.objects.get(pk=cast.director.pk), code=PASSWORD),
            ]
        )
        now = User.objects.get(pk=user.pk)
        broken = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
        if broken or (now.email == THIEF and not now.email_held):
            wrong.append((turn, broken, now.email_held))
        User.objects.filter(pk=user.pk).update(email="")
        RoleGrant.objects.filter(person=user.person).update(
            since=timezone.localdate() - timedelta(days=9), until=timezone.localdate() - timedelta(days=1)
        )
    told(rounds=figures.rounds * 2, wrong=len(wrong))
    assert wrong == []
