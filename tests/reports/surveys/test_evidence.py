"""Surveys among the numbers and the evidence of the school: satisfaction, the quality of programs (п. 3.4, П.6-a)."""

from datetime import timedelta

import pytest

from programs.program.models import Program
from reports.compliance.campaigns import CAMPAIGNS
from reports.indicators.measuring import measure
from reports.indicators.passports import PASSPORTS
from reports.indicators.periods import Period
from reports.indicators.satisfaction import GOAL, SATISFACTION
from reports.surveys import acts, held
from reports.surveys.models import Response
from tests.factories import make_program, make_user
from tests.reports.surveys.kit import SCALE, a_form, a_survey, answer, day, fresh, teachers

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.1", "13.2", "13.6")]
TEN = SCALE | {"low": 1, "high": 10}
PERIOD = Period(day(-30), day())


@pytest.fixture
def after(cast):
    """Two programs have ended; three of their four people have answered, one of them another question only."""
    own = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    other = make_program(cast, "running")
    Program.objects.filter(pk__in=[own.pk, other.pk]).update(state="completed", ended_on=day())
    questions = (TEN | {"text": "Довольны?", "goal": GOAL, "is_needed": False}, TEN | {"text": "Было легко?"})
    return a_survey(cast, a_form(cast, *questions, moment="after"), audience="pairs", closes_on=day(30))


def people_of(survey):
    rows = survey.invitations.select_related("person__user").order_by("pk")
    return [getattr(row.person, "user", None) or make_user(row.person, username=f"u{row.pk}") for row in rows]


def test_satisfaction_is_the_mean_of_marks_given_after_programs(cast, after, as_user):
    assert PASSPORTS["satisfaction"] is SATISFACTION
    users = people_of(after)
    assert len(users) == 4
    answer(after, users[0], 10, 1)
    answer(after, users[1], 7, 1)
    assert measure([SATISFACTION], PERIOD)["satisfaction"].value is None  # two marks would show whose they are
    answer(after, users[2], None, 1)
    assert measure([SATISFACTION], PERIOD)["satisfaction"].value is None
    answer(after, users[3], 4, 1)
    found = measure([SATISFACTION], PERIOD)["satisfaction"]
    key = after.edition.questions.get(goal=GOAL).key
    marks = [row.answers[key] for row in Response.objects.all() if key in row.answers]
    assert (found.value, found.rows, found.whole) == (sum(marks) / len(marks), 2, 3) and found.value == 7
    earlier = Period(day(-60), day(-30))
    assert measure([SATISFACTION], earlier)["satisfaction"].value is None
    client = as_user(cast.director)
    listed = client.get(f"/indicators/satisfaction/list/?{PERIOD.query}")
    assert listed.context["listing"].page.paginator.count == 2
    assert "Довольны программой" in client.get(f"/indicators/?{PERIOD.query}").text


def test_other_moments_do_not_count(cast):
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    form = a_form(cast, TEN | {"text": "Довольны?", "goal": GOAL}, moment="before")
    before = a_survey(cast, form, audience="mentees", opens_on=program.started_on)
    answer(before, cast.mentee, 9)
    assert measure([SATISFACTION], PERIOD)["satisfaction"].whole == 0


def test_quality_is_proved_by_surveys_after_programs_and_of_the_council(cast, after):
    assert CAMPAIGNS["quality"] is held.quality
    assert held.quality(day(-5), day(5)) == (0, 4, after.get_absolute_url())
    answer(after, people_of(after)[0], 8, 5)
    a_survey(cast, people=[cast.mentor.person])  # about something else
    council = a_survey(cast, acts.published("council_criteria"), audience="council")
    answered, asked, url = held.quality(day(-5), day(5))
    assert (answered, asked, url) == (1, 4 + council.invited, "/surveys/")
    assert held.quality(day() - timedelta(days=400), day(-100)) == (0, 0, "/surveys/")


def test_evidence_does_not_tell_whose_answer_has_come(cast):
    users = teachers(5)
    people = [user.person for user in users]
    survey = a_survey(cast, acts.published("council_criteria"), people=people, anonymous=True)
    for n, user in enumerate(users, 1):
        answer(survey, user, *[2] * 9)
        assert held.quality(day(), day())[0] == n // 3 * 3
    acts.close(fresh(survey), by=cast.curator)
    assert held.quality(day(), day())[0] == 5
