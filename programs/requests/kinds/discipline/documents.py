"""Facts of the demand of a written explanation (ТК 193)."""

from typing import Any

from people.consents.duties.documents import letter_facts


def demand_facts(case: Any) -> dict:
    """Return the facts of ``documents/explanation_demand.html``; the address of the worker stands on no such paper."""
    facts = letter_facts(case.request.person)
    return facts | {
        "person": facts["person"] | {"address": ""},
        "demand": case.demand,
        "date": case.asked_on.isoformat(),
        "until": case.explain_by.isoformat(),
    }
