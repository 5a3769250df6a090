"""An interested person decides nothing: the one home of the rule.

A decision names its parties: the people whom it is about. Where one of them holds the right too, somebody else decides
(``Transition.parties``); who that is where nobody else holds the right, says ``people/roles/instead.py``.
"""

from collections.abc import Iterable
from typing import Any

OTHERS = "но не тот, кого это касается"
"""Added to the words of who may."""


def is_interested(user: Any, parties: Iterable[int | None]) -> bool:
    """Whether the user is one of the people, by their keys, whom a decision is about."""
    return user.person_id in set(parties)
