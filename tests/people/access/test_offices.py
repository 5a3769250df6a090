"""Offices of a new school on one form; released slips on one sheet."""

import pytest
from django.urls import reverse

from mentoring_site.workflow import Refused
from people.access import acts
from people.access.models import AccessRequest
from people.accounts.models import User
from people.roles.models import RoleGrant
from tests.factories import make_person
from tests.people.access.test_requests import everybody_has_logged_in, released  # noqa: F401  a fixture
from tests.test_promises import text_of_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.1")]


@pytest.fixture
def free(cast):
    """Nobody is chair, secretary or clerk yet."""
    RoleGrant.objects.filter(role__in=acts.OFFICES).delete()
    return cast


def test_several_offices_are_asked_for_at_once_with_accounts(free, as_user):
    chair, clerk = make_person(), make_person()
    client, url = as_user(free.curator), reverse("people:offices")
    assert list(client.get(url).context["form"].fields) == ["chair", "secretary", "clerk"]
    client.post(url, {"chair": chair.pk, "secretary": "", "clerk": clerk.pk})
    asked = AccessRequest.objects.filter(kind="role", state="asked")
    assert {(one.role, one.person) for one in asked} == {("chair", chair), ("clerk", clerk)}
    assert {user.person for user in User.objects.filter(person__in=[chair, clerk])} == {chair, clerk}
    assert not RoleGrant.objects.filter(role__in=["chair", "clerk"]).exists()
    assert list(client.get(url).context["form"].fields) == ["secretary"]


def test_one_release_opens_the_role_and_the_way_in_and_both_slips_are_one_sheet(free, as_user):
    people = {"chair": make_person(), "clerk": make_person()}
    asked = acts.ask_offices(people, by=free.curator)
    parts = [released(one, free.director) for one in asked]
    assert all(parts)
    client = as_user(free.curator)
    assert "Напечатать листки" in client.get("/home/").content.decode()
    text = " ".join(text_of_pdf(client.post(reverse("people:access_slips")).content).replace("\xa0", " ").split())
    assert [person.last_name for person in people.values() if person.last_name not in text] == [], text
    with pytest.raises(Refused, match="не напечатали"):
        acts.print_slips(by=free.curator)


def test_nobody_named_is_refused(free, as_user):
    page = as_user(free.curator).post(reverse("people:offices"), {"chair": "", "secretary": "", "clerk": ""})
    assert "Выберите хотя бы одного" in page.content.decode()
    with pytest.raises(Refused):
        acts.ask_offices({}, by=free.curator)
