"""Letters about changes and petitions that ask for something: whether they still do when they leave."""

from mentoring_site.mail import while_there
from programs.changes.amendment.models import Amendment, AmendmentConsent, AmendmentObjection
from programs.changes.models import Change
from programs.changes.petitions.models import Petition
from programs.pairings.models import Pairing


def _is_unanswered(amendment: str, person: int | None) -> bool:
    """Whether a side of a proposed change has neither agreed nor objected."""
    mine = {"amendment": amendment, "participation__person": person}
    if not Amendment.objects.filter(pk=amendment, state=Change.State.PROPOSED).exists():
        return False
    return not any(answers.objects.filter(**mine).exists() for answers in (AmendmentConsent, AmendmentObjection))


NEEDED = {
    "change_proposed": _is_unanswered,
    "change_objected": while_there(AmendmentObjection, amendment__state=Change.State.PROPOSED),
    "petition_filed": while_there(Petition, state=Petition.State.FILED),
    "petition_granted": while_there(Petition, pairing__state=Pairing.State.ASSIGNED),
}
NEWS = {"curator_changed", "mentor_back", "mentor_not_back", "mentor_replaced", "petition_decided", "petition_lapsed"}
