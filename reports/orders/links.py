"""Links to pages of other features: whoever keeps papers may not open everything that papers are about (п. 1.3)."""

from collections.abc import Iterable
from typing import Any

from django.urls import resolve

from people.accounts.models import User
from people.rights import Right

OPENED_BY = {
    "candidate": Right.BANKS_SEE,
    "candidate_fill": Right.BANKS_FILL_FOR_OTHERS,
    "consent_new": Right.CONSENTS_RECORD,
    "pairing": Right.PAIRINGS_SEE_ALL,
    "program": Right.PROGRAMS_SEE_ALL,
    "completion_of": Right.PROGRAMS_SEE_ALL,
    "change": Right.PROGRAMS_SEE_ALL,
    "program_step": Right.PROGRAMS_WRITE,
    "activity_new": Right.PROGRAMS_WRITE,
    "activity_edit": Right.PROGRAMS_WRITE,
    "roadmap": Right.ROADMAP_SEE,
}
"""Names of addresses that ask for a right of those who have no part in the thing itself."""
ONLY_BY = {"agreement_new": Right.AGREEMENTS_RECORD, "order_new": Right.ORDERS_DRAFT}
"""Names of addresses that ask for a right of everybody."""


def openable(url: str, user: User, *, own: bool = False) -> str:
    """Return the address, or an empty string when its page is closed to the user; ``own`` things need
    no right to be read.
    """
    name = (resolve(url.partition("?")[0]).url_name or "") if url else ""
    right = ONLY_BY.get(name, "") or ("" if own else OPENED_BY.get(name, ""))
    return url if not right or user.can(right) else ""


def opened(pages: Iterable[Any], user: User) -> set[tuple]:
    """Return (model, pk) of the things whose pages the user may open: one query for each kind of thing."""
    found: set[tuple] = set()
    asked: dict[Any, set[int]] = {}
    for thing in pages:
        asked.setdefault(type(thing), set()).add(thing.pk)
    for model, pks in asked.items():
        if not hasattr(model.objects, "visible_to"):  # it has no page besides the order
            found |= {(model, pk) for pk in pks}
            continue
        seen = model.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)
        found |= {(model, pk) for pk in seen}
    return found
