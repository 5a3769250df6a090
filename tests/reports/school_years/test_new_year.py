"""The turn of the school year: a journey closed by facts, what goes on and is carried over, earlier years."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring_site import journeys
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.setup.year_journey import PARTS, YEAR
from programs.program import going_on
from programs.program.models import Program
from roadmap.events import acts as event_acts
from roadmap.events import next_year
from roadmap.events.models import Event
from tests.factories import make_program
from tests.roadmap.events.kit import a_held_event, an_event, day
from tests.roadmap.partners.kit import signed

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.9")]
MOST_ACTIONS = 40


def step(cast, title):
    """Return the step of the journey as the curator sees it now."""
    return next(row for row in journeys.whole(YEAR, cast.curator).rows if row.title == title)


@pytest.fixture
def crossing(cast):
    """A program that runs over the first of September of this school year."""
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    first = day().replace(year=year_now(), month=9, day=1)
    last = max(day(30), first + timedelta(days=30))
    Program.objects.filter(pk=program.pk).update(
        starts_on=first - timedelta(days=60), ends_on=last, earliest_end=last, latest_end=last
    )
    return Program.objects.get(pk=program.pk)


def test_the_journey_of_a_lived_school_takes_at_most_forty_actions(cast, as_user, crossing):
    a_held_event(cast, present=[cast.mentee])
    signed(cast)
    found = journeys.whole(YEAR, cast.curator)
    assert sum(row.actions for row in found.rows if row.is_open) <= MOST_ACTIONS
    page = as_user(cast.curator).get(reverse("reports:new_school_year"))
    text = page.content.decode()
    titles = [title for title, _open, _done in page.context["groups"]]
    assert titles == [title for title in PARTS if title in titles] and len(titles) == len(PARTS)
    assert all(title in text for title in titles)
    for row in found.rows:
        if row.is_open and row.url:
            assert as_user(cast.curator).get(row.url).status_code == 200, row.title


def test_the_journey_is_for_those_who_prepare_the_year(cast, as_user):
    for user, status in ((cast.director, 200), (cast.clerk, 200), (cast.mentor, 403), (cast.mentee, 403)):
        assert as_user(user).get(reverse("reports:new_school_year")).status_code == status, user


def test_a_program_goes_on_by_the_word_of_the_curator_once(cast, as_user, crossing):
    assert list(going_on.crossing()) == [crossing]
    with pytest.raises(NotAllowed):
        going_on.confirm(crossing, by=cast.mentor)
    client, url = as_user(cast.curator), reverse("programs:programs_go_on")
    page = client.get(url, {"one": [crossing.pk]})
    assert crossing.title in page.content.decode()
    going_on.confirm(crossing, by=cast.curator)
    assert not going_on.crossing().exists()
    assert Program.objects.get(pk=crossing.pk).goes_on_in == year_now()
    with pytest.raises(Already):
        going_on.confirm(crossing, by=cast.curator)
    other = make_program(cast, "running")
    Program.objects.filter(pk=other.pk).update(starts_on=max(day(-1), day().replace(year=year_now(), month=9, day=1)))
    other.refresh_from_db()
    with pytest.raises(Refused, match="не переходит"):
        going_on.confirm(other, by=cast.curator)


def test_an_event_is_carried_over_once_without_people(cast, as_user):
    event = a_held_event(cast, present=[cast.mentee], on=day(-20))
    with pytest.raises(NotAllowed):
        next_year.carry_over(event, by=cast.mentor)
    made = next_year.carry_over(event, by=cast.curator)
    assert (made.state, made.title, made.kind) == (Event.State.DRAFT, event.title, event.kind)
    assert 0 <= (made.starts_on - event.starts_on).days - 364 <= 14
    assert not made.participants.exists() and event.participants.exists()
    with pytest.raises(Already):
        next_year.carry_over(event, by=cast.curator)
    cancelled = event_acts.cancel(an_event(cast, title="Не состоится"), by=cast.curator, reason="Заболел ведущий")
    with pytest.raises(Refused):
        next_year.carry_over(cancelled, by=cast.curator)


def test_earlier_years_are_read_by_their_lists(cast, as_user, crossing):
    """Each number of a year is the number of rows of the list that it leads to."""
    a_held_event(cast, present=[cast.mentee])
    Event.objects.filter(pk=an_event(cast, title="Было").pk).update(
        starts_on=day(-400), ends_on=day(-400), school_year=year_now() - 1
    )
    client = as_user(cast.curator)
    page = client.get(reverse("reports:school_years"))
    rows = page.context["rows"]
    assert {row.year for row in rows} >= {year_now(), year_now() - 1}
    checked = 0
    for row in rows:
        for number in row.numbers:
            if not number.count:  # not a link: the lists do not offer years without rows
                continue
            listing = client.get(number.url).context["listing"]
            assert listing.page.paginator.count == number.count, (row.year, number.label)
            checked += number.count
    assert checked >= 4
    assert as_user(cast.mentee).get(reverse("reports:school_years")).status_code == 403
