"""Holds: a row that a higher feature puts on what it relies on, and that a lower one reads."""

import pytest

from mentoring_site.holds import held_by, hold, release

pytestmark = pytest.mark.django_db


def test_a_holder_holds_exactly_what_it_names_and_lets_all_go(cast):
    """A second call releases what is no longer named; a foreign hold stays."""
    first, second, holder, other = cast.clerk, cast.chair, cast.curator, cast.director
    hold([first, second], by=holder)
    hold([first], by=other)
    assert held_by(first) and held_by(second) and held_by(second).holder == holder
    hold([first], by=holder)
    assert held_by(second) is None
    release(by=holder)
    assert held_by(first).holder == other


def test_a_firm_hold_is_told_from_one_whose_holder_is_still_edited(cast):
    held, holder = cast.clerk, cast.curator
    hold([held], by=holder)
    assert held_by(held) and held_by(held, firm=True) is None
    hold([held], by=holder, firm=True)
    assert held_by(held, firm=True)
