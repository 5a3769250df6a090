"""Letters about completions and their publication: whether what they ask for is still to be done when they leave."""

from mentoring_site.mail import while_there
from programs.completion import acts
from programs.completion.models import Completion
from programs.pairings.models import Pairing
from programs.program.models import Program

PROPOSED, WITHDRAWN = Completion.State.PROPOSED, Completion.State.WITHDRAWN


def _owes_words(key: str, person: int | None) -> bool:
    """Whether the mentee has still to write the review, or the mentor the conclusion (п. 5.2)."""
    begun = Completion.objects.filter(pk=key, state=PROPOSED)
    if begun.filter(participation__person=person).exists():
        return begun.filter(reviewed_at=None).exists()
    return begun.filter(concluded_at=None).exists()


def _has_unread_outcomes(key: str, person: int | None) -> bool:
    completion = Completion.objects.filter(pk=key, state=PROPOSED).first()
    return completion is not None and acts.has_unread_outcomes(completion)


def _is_ready(key: str, person: int | None) -> bool:
    completion = Completion.objects.filter(pk=key).first()
    return completion is not None and acts.is_ready(completion)


def _awaits_approval(key: str, person: int | None) -> bool:
    written = Completion.objects.filter(pk=key, public_approved_at=None).exclude(public_text="")
    return written.exclude(state=WITHDRAWN).exists()


NEEDED = {
    "completion_proposed": _owes_words,
    "completion_outcomes": _has_unread_outcomes,
    "completion_ready": _is_ready,
    "public_text_to_approve": _awaits_approval,
    "public_text_approved": while_there(Program, results_published_at=None),
    "consent_pair": while_there(Pairing, state=Pairing.State.ASSIGNED),
}
