"""The events of the demo school are lived through by the acts, day by day."""

from types import SimpleNamespace

import pytest

from mentoring_site.files import store_bytes
from reports.demo.clock import Calendar
from reports.demo.events import life_of_events
from roadmap.events.models import Event, Participant
from tests.factories import make_person
from tests.paper import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.5")]


def test_the_demo_school_has_events_of_every_sort(cast):
    for _ in range(12):
        make_person()
    users = vars(cast)
    calendar = Calendar()
    demo = SimpleNamespace(
        user=users.get,
        user_for=lambda person: next((u for u in users.values() if u.person_id == person.pk), cast.curator),
        calendar=calendar,
        scan=store_bytes(pdf(), name="скан.pdf", content_type="application/pdf"),
    )
    for steps in life_of_events(demo):
        calendar.add(steps)
    calendar.run()

    held = set(Event.objects.filter(state="held").values_list("kind", flat=True))
    assert held >= {"session", "conference", "round_table", "speed", "coordination", "forum"}
    assert set(Event.objects.exclude(state="held").values_list("kind", "state")) == {
        ("seminar", "announced"),
        ("seminar", "draft"),
        ("training", "cancelled"),
        ("webinar", "announced"),
    }
    answers = Participant.objects.filter(event__kind="seminar", event__state="announced")
    assert answers.filter(answer="waiting").exists() and answers.filter(answer="none").exists()
    steps = Participant.objects.exclude(next_step="").values_list("next_step", flat=True)
    assert sorted(steps) == ["nothing", "pair", "request"]
    assert Event.objects.get(kind="session").evidence.count() == 1
