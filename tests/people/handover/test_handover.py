"""«Передать дела»: everything open of a person goes to somebody else in one act (issue 11, point 11)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.consents.requests import acts as request_acts
from people.consents.requests.models import DataRequest
from people.handover.acts import hand_over
from people.handover.parts import open_of
from people.register.models import Person
from programs.program.models import Program
from roadmap.plan import acts as roadmap_acts
from roadmap.plan.models import Roadmap, Task
from tests.factories import make_person, make_user
from tests.programs.journal.kit import make_running

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("11.11")]


@pytest.fixture
def other(cast):
    return make_user(None, "curator", username="curator2", post="методист")


@pytest.fixture
def opened(cast):
    """The curator leads a program, answers a request, and is responsible for a task of the roadmap; keys of these."""
    program, _ = make_running(cast)
    Program.objects.filter(pk=program.pk).update(curator=cast.curator.person)
    facts = {"channel": "paper", "received_on": timezone.localdate(), "words": "какие данные у вас есть"}
    request = request_acts.open_request(
        "question", person=cast.mentee.person, responsible=cast.curator.person, by=cast.clerk, **facts
    )
    roadmap = roadmap_acts.draft(2026, by=cast.curator)
    Roadmap.objects.filter(pk=roadmap.pk).update(state="approved", order_number="1", order_date=timezone.localdate())
    task = Task.objects.filter(stage__roadmap=roadmap).first()
    task.responsible.set([cast.curator.person])
    Person.objects.update(email="who@school.example")
    OutboxMail.objects.all().delete()
    return [f"data-request:{request.pk}", f"task:{task.pk}", f"program:{program.pk}"]


def keys_of(person, user):
    return [f"{one.part.code}:{thing.key}" for one in open_of(person, user) for thing in one.things]


def test_one_page_hands_everything_over_and_both_are_told(cast, as_user, opened, other):
    url = reverse("people:handover", args=[cast.curator.person_id])
    client = as_user(cast.director)
    assert url in client.get(reverse("people:leaving", args=[cast.curator.person_id])).content.decode()
    form = client.get(url).context["form"]
    ticked = [key for name, field in form.fields.items() if name.startswith("part_") for key in field.initial]
    assert sorted(ticked) == sorted(opened) == sorted(keys_of(cast.curator.person, cast.director))
    sent = {"to": other.person_id, "note": "Карта в синей папке"}
    for key in opened:
        sent.setdefault(f"part_{key.split(':')[0]}", []).append(key)
    assert "Передано 3\xa0дела" in client.post(url, sent, follow=True).content.decode()
    assert Program.objects.get().curator == DataRequest.objects.get().responsible == other.person
    assert list(Task.objects.get(pk=opened[1].split(":")[1]).responsible.all()) == [other.person]
    letters = OutboxMail.objects.filter(template="handed_over")
    assert {letter.person_id for letter in letters} == {other.person_id, cast.curator.person_id}
    assert all("Карта в синей папке" in letter.text for letter in letters)
    act = Act.objects.about(cast.curator.person).get(verb="handover")
    assert (act.actor, act.facts["to"]) == (cast.director, other.person_id)
    assert keys_of(cast.curator.person, cast.director) == []
    assert client.get(url).context["form"] is None


def test_all_or_nothing_with_the_reason_of_each(cast, opened):
    clerk_like = make_user(make_person())
    with pytest.raises(Refused, match=r"Программа «.+»: .+роли куратора сегодня нет"):
        hand_over(cast.curator.person, to=clerk_like.person, keys=opened, by=cast.curator)
    assert Program.objects.get().curator == DataRequest.objects.get().responsible == cast.curator.person
    assert not OutboxMail.objects.filter(template="handed_over").exists()
    hand_over(cast.curator.person, to=clerk_like.person, keys=opened[:2], by=cast.curator)
    assert DataRequest.objects.get().responsible == clerk_like.person


def test_what_makes_no_sense_is_refused(cast, opened, other):
    for to, keys, words in (
        (cast.curator.person, opened, "другому человеку"),
        (other.person, [], "Отметьте"),
    ):
        with pytest.raises(Refused, match=words):
            hand_over(cast.curator.person, to=to, keys=keys, by=cast.director)
    with pytest.raises(Already, match="уже передана"):
        hand_over(cast.curator.person, to=other.person, keys=["program:0"], by=cast.director)
    hand_over(cast.curator.person, to=other.person, keys=opened[:1], by=cast.director)
    with pytest.raises(Already):
        hand_over(cast.curator.person, to=cast.clerk.person, keys=opened[:1], by=cast.director)


def test_each_hands_over_only_what_is_theirs_to_keep(cast, as_user, opened, other):
    assert keys_of(cast.curator.person, cast.clerk) == opened[:1]
    with pytest.raises(Already):
        hand_over(cast.curator.person, to=other.person, keys=opened, by=cast.clerk)
    for user in (cast.mentor, cast.council, cast.sysadmin):
        with pytest.raises(NotAllowed):
            hand_over(cast.curator.person, to=other.person, keys=opened, by=user)
    assert as_user(cast.council).get(reverse("people:handover", args=[cast.curator.person_id])).status_code == 404
