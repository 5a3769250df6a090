"""Answers and consents to duties of a whole pair in one form each (п. 3.2, 6.1)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import Refused
from people.consents.models import Consent
from programs.pairings import together
from programs.pairings.models import Pairing, Participation
from tests.factories import make_pairing

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.1")]


@pytest.fixture
def proposed(cast):
    pairing = make_pairing(cast, "proposed")
    Participation.objects.filter(pairing=pairing).update(wish="", wish_at=None, wish_by=None)
    Consent.objects.filter(purpose="duties").delete()
    return Pairing.objects.with_requirements().get(pk=pairing.pk)


def test_both_answers_are_recorded_by_one_press(cast, proposed, as_user):
    client, url = as_user(cast.curator), reverse("programs:pairing_answers", args=[proposed.pk])
    assert len(client.get(url).context["form"].people) == 2
    answer = client.post(url, {f"wish_{p.pk}": "yes" for p in proposed.people})
    assert answer.url == proposed.get_absolute_url()
    assert {p.wish for p in Participation.objects.filter(pairing=proposed)} == {"yes"}
    assert {p.wish_by for p in Participation.objects.filter(pairing=proposed)} == {cast.curator}
    assert client.get(url).url == proposed.get_absolute_url()  # nobody is silent any more


def test_a_refusal_needs_its_reason_and_closes_the_proposal(cast, proposed, as_user):
    yes, no = proposed.people
    client, url = as_user(cast.curator), reverse("programs:pairing_answers", args=[proposed.pk])
    said = {f"wish_{no.pk}": "no", f"wish_{yes.pk}": "yes"}
    assert "Напишите, почему нет" in client.post(url, said).content.decode()
    client.post(url, said | {f"reason_{no.pk}": "не совпадает расписание"})
    assert Pairing.objects.get(pk=proposed.pk).state == "declined"


def test_who_has_not_said_anything_is_left_out(cast, proposed, as_user):
    first, second = proposed.people
    client, url = as_user(cast.curator), reverse("programs:pairing_answers", args=[proposed.pk])
    assert "хотя бы одного" in client.post(url, {"sent": ""}).content.decode()
    client.post(url, {f"wish_{first.pk}": "yes"})
    assert Participation.objects.get(pk=second.pk).wish == ""


def test_consents_to_duties_of_both_are_printed_and_recorded_together(cast, proposed, as_user):
    client, url = as_user(cast.curator), reverse("programs:pairing_duties", args=[proposed.pk])
    page = client.get(url)
    assert not page.context["form"]["signed"].value()  # nothing is ticked beforehand
    assert (
        b"".join(client.post(url, {"blanks": "1"})).startswith(b"%PDF")
        and not Consent.objects.filter(purpose="duties").exists()
    )
    day = timezone.localdate()
    client.post(url, {"signed": [p.pk for p in proposed.people], "given_on": day.isoformat()})
    made = Consent.objects.filter(purpose="duties", matter=proposed.uuid)
    assert {(c.person, c.part, c.given_on) for c in made} == {(p.person, p.part, day) for p in proposed.people}


def test_nobody_ticked_is_refused(cast, proposed, as_user):
    url = reverse("programs:pairing_duties", args=[proposed.pk])
    page = as_user(cast.clerk).post(url, {"given_on": timezone.localdate().isoformat()})
    assert "Отметьте, чьи согласия подписаны" in page.content.decode()
    with pytest.raises(Refused):
        together.record_duties(proposed, [], by=cast.curator, given_on=timezone.localdate())
