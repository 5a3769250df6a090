"""Links to pages of lower rooms: whoever keeps papers may not open everything that papers are about (п. 1.3)."""

from django.urls import resolve

OPENED_BY = {
    "candidate": "banks.see",
    "candidate_fill": "banks.fill_for_others",
    "consent_new": "consents.record",
    "pairing": "pairings.see_all",
    "program": "programs.see_all",
    "completion_of": "programs.see_all",
    "change": "programs.see_all",
    "program_step": "programs.write",
    "activity_new": "programs.write",
    "activity_edit": "programs.write",
    "roadmap": "roadmap.see",
}
"""Names of addresses that ask for a right of those who have no part in the thing itself."""
ONLY_BY = {"agreement_new": "agreements.record", "order_new": "orders.draft"}
"""Names of addresses that ask for a right of everybody."""


def openable(url: str, user, *, own: bool = False) -> str:
    """Return the address, or an empty string when its page is closed to the user; ``own`` things need no right to be read."""
    name = resolve(url.partition("?")[0]).url_name if url else ""
    right = ONLY_BY.get(name, "") or ("" if own else OPENED_BY.get(name, ""))
    return url if not right or user.can(right) else ""


def opened(pages, user) -> set[tuple]:
    """Return (model, pk) of the things whose pages the user may open: one query for each kind of thing."""
    found, asked = set(), {}
    for thing in pages:
        asked.setdefault(type(thing), set()).add(thing.pk)
    for model, pks in asked.items():
        if not hasattr(model.objects, "visible_to"):  # it has no page besides the order
            found |= {(model, pk) for pk in pks}
            continue
        seen = model.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)
        found |= {(model, pk) for pk in seen}
    return found
