"""A form pressed many times at once: one row, and every press shows it. Only PostgreSQL lets the presses meet."""

from datetime import date
from uuid import uuid4

import pytest

from mentoring_site.workflow import Refused
from people.banks.models import Candidate
from programs.pairings.models import Pairing, Participation
from programs.paper_entry import acts as paper_entry_acts
from tests.factories import make_person

pytestmark = [pytest.mark.torture, pytest.mark.point("3", "25"), pytest.mark.django_db(transaction=True)]


def entry(cast, mentor, mentee, key):
    order, first = paper_entry_acts.Paper("17-од", date(2026, 2, 2)), date(2026, 2, 2)
    return lambda: paper_entry_acts.enter(
        by=cast.curator, mentor=mentor, mentees=[mentee], order=order, since=first, request_key=key
    )


def test_a_pair_on_paper_is_entered_once_however_often_it_is_pressed(shared_database, cast, figures, together):
    for turn in range(1, figures.rounds + 1):
        press = entry(cast, make_person(), make_person(), uuid4())
        results = together([press] * figures.clients)
        assert [r for r in results if isinstance(r, Exception)] == []
        assert len({r.pk for r in results}) == 1
        assert (Pairing.objects.count(), Participation.objects.count(), Candidate.objects.count()) == (
            turn,
            2 * turn,
            2 * turn,
        )


def test_two_papers_about_one_mentee_make_one_pair(shared_database, cast, figures, together):
    for _ in range(figures.rounds):
        mentee = make_person()
        results = together([entry(cast, make_person(), mentee, uuid4()) for _ in range(figures.clients)])
        assert sum(isinstance(r, Pairing) for r in results) == 1
        assert sum(isinstance(r, Refused) for r in results) == figures.clients - 1
        assert "уже в паре или группе" in str(next(r for r in results if isinstance(r, Refused)))


def test_one_key_with_other_people_shows_the_first_result(shared_database, cast, figures, together):
    for turn in range(1, figures.rounds + 1):
        key = uuid4()
        results = together([entry(cast, make_person(), make_person(), key) for _ in range(figures.clients)])
        assert len({r.pk for r in results if isinstance(r, Pairing)}) == 1
        assert not [r for r in results if isinstance(r, Exception)]
        assert Pairing.objects.count() == turn
