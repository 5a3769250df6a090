"""A program at work is handed over to another curator: who may, to whom, what waits for whom, who is told (п. 3.4)."""

import pytest
from django.urls import reverse

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.register.models import Person
from people.roles.models import RoleGrant
from programs.changes.curatorship.acts import hand_over
from tests.factories import make_person, make_program, make_user
from tests.programs.journal.kit import make_running

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def other(cast):
    return make_user(None, "curator", username="curator2", post="методист")


@pytest.fixture
def program(cast):
    return make_running(cast)[0]


def test_the_page_hands_it_over_and_all_sides_are_told(cast, as_user, program, other):
    Person.objects.update(email="who@school.example")
    url = reverse("programs:curator_new", args=[program.pk])
    client = as_user(cast.director)
    changes = client.get(reverse("programs:program_changes", args=[program.pk])).content.decode()
    assert f'href="{url}"' in changes
    page = client.get(url)
    assert list(page.context["form"].fields["curator"].queryset) == [other.person]
    said = client.post(url, {"curator": other.person_id}, follow=True).content.decode()
    assert f"Программу ведёт {other.person.full_name}" in said
    program.refresh_from_db()
    assert program.curator == other.person
    act = Act.objects.about(program).get(verb="hand_over")
    assert (act.actor, act.facts) == (cast.director, {"former": cast.curator.person_id, "curator": other.person_id})
    told = OutboxMail.objects.filter(template="curator_changed")
    sides = {cast.mentor, cast.mentee, cast.curator, other}
    assert {letter.person_id for letter in told} == {user.person_id for user in sides}
    assert "среди Ваших дел" in told.get(person_id=other.person_id).text
    history = as_user(cast.mentee).get(reverse("programs:history", args=[program.pk])).content.decode()
    assert "Ответственный куратор сменился" in history


def test_to_whom_it_goes_and_when(cast, program, other):
    with pytest.raises(Refused, match="роли куратора сегодня нет"):
        hand_over(program, to=make_person(), by=cast.curator)
    with pytest.raises(Already, match="уже ведёт"):
        hand_over(program, to=cast.curator.person, by=cast.curator)
    RoleGrant.objects.create(person=cast.mentee.person, role="curator", since="2026-01-01", given_by=cast.director)
    with pytest.raises(Refused, match="участник программы"):
        hand_over(program, to=cast.mentee.person, by=cast.curator)
    with pytest.raises(Refused, match="в самом проекте"):
        hand_over(make_program(cast, "submitted"), to=other.person, by=cast.curator)
    approved = make_program(cast, "approved")
    assert hand_over(approved, to=other.person, by=cast.curator).curator == other.person


def test_who_may(cast, as_user, program, other):
    for user in (cast.mentor, cast.mentee, cast.chair, cast.clerk, cast.sysadmin):
        with pytest.raises(NotAllowed):
            hand_over(program, to=other.person, by=user)
    alone = reverse("programs:curator_new", args=[program.pk])
    RoleGrant.objects.filter(person=other.person).delete()
    said = as_user(cast.curator).get(alone, follow=True).content.decode()
    assert "Другого куратора в школе сейчас нет" in said
    program.refresh_from_db()
    assert program.curator == cast.curator.person
