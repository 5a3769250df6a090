"""Numbers beyond 64 bits are an error of the form, never of the server."""

import pytest

from people.banks.models import Topic
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.point("21")]
HUGE = ["9" * 20, str(2**63), str(-(2**63) - 1)]


def test_what_no_column_can_hold_is_found_nowhere():
    topic = Topic.objects.create(name="Импровизация у рояля")
    assert list(Topic.objects.filter(pk__in=[*HUGE, topic.pk])) == [topic]
    assert list(Topic.objects.filter(pk__in=HUGE)) == []
    assert topic not in Topic.objects.exclude(pk__in=[*HUGE, topic.pk])
    assert topic in Topic.objects.exclude(pk__in=HUGE)
    assert list(Topic.objects.filter(pk__in=Topic.objects.filter(pk=topic.pk))) == [topic]


@pytest.mark.parametrize("huge", HUGE)
@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("/pairings/paper/new/", "topics"),
        ("/packages/", "pairings"),
        ("/council/minutes/new/", "present"),
        ("/acquaintance/acts/new/", "persons"),
        ("/settings/accounts/new/", "persons"),
    ],
)
def test_a_choice_that_cannot_be_is_told_at_the_field(cast, as_user, url, field, huge):
    make_person()
    page = as_user(cast.curator).post(url, {field: [huge]})
    assert page.status_code in (200, 422)
    assert "больше нет в списке" in page.content.decode()


def test_a_line_without_end_is_told_at_the_field(cast, as_user):
    page = as_user(cast.curator).post("/pairings/paper/new/", {"mentees": "я" * 100_001})
    assert "Слишком длинно" in page.content.decode()
