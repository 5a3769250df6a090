"""The demo school asks: without names, before and after programs, and now; by the acts, day by day."""

from types import SimpleNamespace

import pytest

from programs.program.models import Program
from reports.demo.clock import Calendar
from reports.demo.surveys import council_asked, of_programs, requests_of_teachers
from reports.surveys.models import Response, Survey
from reports.surveys.results import compared, of_survey
from tests.factories import make_program
from tests.reports.surveys.kit import day

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.1")]


def test_the_demo_school_asks(cast):
    own = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    make_program(cast, "running")
    Program.objects.update(started_on=day(-90))
    people = vars(cast)

    def user_for(person):
        return next((u for u in people.values() if getattr(u, "person_id", None) == person.pk), cast.curator)

    def ends(days_ago):
        yield days_ago
        Program.objects.filter(pk=own.pk).update(state="completed", ended_on=day())

    demo = SimpleNamespace(user=people.get, user_for=user_for, calendar=Calendar())
    steps = (
        requests_of_teachers(demo, 40),
        of_programs(demo, "mentee_before", "До", 100, ("Жду.",), 5),
        ends(30),
        of_programs(demo, "mentee_after", "После", 100, ("Дождался.",), 8),
        council_asked(demo, 6),
    )
    for sequence in steps:
        demo.calendar.add(sequence)
    demo.calendar.run()
    asked = Survey.objects.with_requirements().get(is_anonymous=True)
    assert asked.state == "closed" and asked.answered >= 3 and asked.salt == ""
    assert not of_survey(asked).hidden
    assert Survey.objects.get(state="open").answered == 1
    after = Survey.objects.with_requirements().get(title="После")
    assert {change.number for change in compared(after)} == {1} and all(change.by > 0 for change in compared(after))
    assert Response.objects.filter(survey__title="До").count() == 2
