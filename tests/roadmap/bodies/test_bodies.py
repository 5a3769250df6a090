"""Bodies of the school: members by dates, the methodical council by its roles, members set by an order."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.register import leaving
from people.roles.models import RoleGrant
from roadmap.bodies import acts
from roadmap.bodies.leaving import PART
from roadmap.bodies.members import everybody, members_on
from roadmap.bodies.models import Body, BodyMember
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.9")]


def day(n=0):
    return timezone.localdate() + timedelta(days=n)


def a_body(kind="pedagogical") -> Body:
    return Body.objects.get(kind=kind)


def taken(cast, body, person, part="member", **values):
    return acts.take_in(body, person, by=cast.curator, part=part, **({"since": day(-30)} | values))


def test_the_methodical_council_is_who_holds_its_roles(cast):
    """One truth: a role given or ended is a member taken in or gone, and nobody is written down here."""
    council = a_body("methodical")
    assert [(m.person, m.part) for m in members_on(council)] == [
        (cast.chair.person, "chair"),
        (cast.secretary.person, "secretary"),
        (cast.council.person, "member"),
    ]
    with pytest.raises(Refused, match="на экране «Роли»"):
        taken(cast, council, make_person())
    RoleGrant.objects.filter(role="council").update(until=day(-1))
    assert cast.council.person not in [m.person for m in members_on(council)]
    assert cast.council.person in [m.person for m in members_on(council, day(-2))]
    assert cast.council.person in [m.person for m in everybody(council)]
    assert not BodyMember.objects.exists()


def test_a_person_is_in_several_bodies_by_dates(cast):
    person, teachers, union = make_person(), a_body(), a_body("union")
    first = taken(cast, teachers, person, "chair", ground="решение от 01.09.2026")
    taken(cast, union, person, until=day(10))
    assert [m.part for m in members_on(teachers)] == ["chair"] and [m.person for m in members_on(union)] == [person]
    assert members_on(union, day(11)) == [] and members_on(teachers, day(-31)) == []
    with pytest.raises(Already, match="уже в составе"):
        taken(cast, teachers, person)
    with pytest.raises(Refused, match="Председатель уже есть"):
        taken(cast, teachers, make_person(), "chair")
    acts.end(first, by=cast.curator, until=day(-1))
    with pytest.raises(Already):
        acts.end(first.__class__(pk=first.pk, until=None), by=cast.curator, until=day())
    taken(cast, teachers, make_person(), "chair", since=day())
    with pytest.raises(Refused, match="раньше первого"):
        taken(cast, teachers, make_person(), since=day(), until=day(-1))
    for role in ("director", "council", "clerk", "stranger"):
        with pytest.raises(NotAllowed):
            acts.take_in(teachers, make_person(), by=getattr(cast, role), part="member", since=day())


def test_who_leaves_the_school_leaves_the_body(cast):
    person = make_person()
    taken(cast, a_body(), person)
    hanging = list(PART.hanging({person.pk: day(3)}))
    assert [one.what for one in hanging] == ["место в органе «педагогический совет»"]
    PART.end(person, day(3))
    assert BodyMember.objects.get().until == day(3) and leaving
    assert Act.objects.about(a_body()).last().actor is None


def test_an_order_sets_the_members_of_the_association(cast):
    body, head, old = acts.association(), make_person(), make_person()
    taken(cast, body, old)
    others = [make_person(), head]
    acts.set_by_order(body, head, others, by=cast.clerk, since=day(), ground="приказ № 47-од")
    assert {(m.person.pk, m.part) for m in members_on(body)} == {(head.pk, "chair"), (others[0].pk, "member")}
    assert [m.person for m in members_on(body, day(-1))] == [old]
    with pytest.raises(NotAllowed):
        acts.set_by_order(body, head, [], by=cast.council, since=day(), ground="")


def test_pages_of_bodies(cast, as_user):
    client, body = as_user(cast.secretary), a_body()
    person = make_person()
    url = reverse("roadmap:body_member_new", args=[body.pk])
    data = {"person": person.pk, "part": "member", "since": day(-1), "ground": "решение"}
    assert client.post(url, data).status_code == 302
    page = client.get(body.get_absolute_url())
    assert [row["name"] for row in page.context["now"]] == [person.full_name]
    member = BodyMember.objects.get()
    assert client.post(reverse("roadmap:body_member_end", args=[member.pk]), {"until": day(-1)}).status_code == 302
    assert client.get(body.get_absolute_url()).context["now"] == []
    data = {"name": "художественный совет", "genitive": "художественного совета", "kind": "other", "quorum": "thirds"}
    assert client.post(reverse("roadmap:body_new"), data).status_code == 302
    assert "уже есть" in client.post(reverse("roadmap:body_new"), data).content.decode()
    assert {row["body"].name for row in client.get("/council/bodies/").context["rows"]} >= {"художественный совет"}
    assert as_user(cast.stranger).get(body.get_absolute_url()).status_code == 404
    council = a_body("methodical")
    assert (
        client.post(reverse("roadmap:body_edit", args=[council.pk]), data | {"kind": "methodical"}).status_code == 200
    )
    assert client.get(council.get_absolute_url()).context["by_roles"]
