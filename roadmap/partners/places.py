"""Evidence of an agreement with a partner: the scan of the signed paper and what belongs to it (п. 3.3)."""

from typing import Any

from mentoring_site.evidence.places import Place
from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import record
from people.accounts.models import User
from people.rights import Right
from roadmap.partners.models import PartnerAgreement


def _require(agreement: PartnerAgreement, user: User) -> None:
    require(user, Right.PARTNERS_EDIT)


def _claimed(agreement: PartnerAgreement, user: User) -> PartnerAgreement:
    _require(agreement, user)
    return locked(agreement)


def _record(agreement: PartnerAgreement, verb: str, words: str, by: User) -> Any:
    return record(agreement, verb, by=by, words=words)


AGREEMENTS = Place(
    code="partner-agreements",
    model=PartnerAgreement,
    readable=lambda user: PartnerAgreement.objects.visible_to(user),
    require=_require,
    claim=_claimed,
    title=lambda agreement: agreement.title,
    address=lambda agreement: agreement.get_absolute_url(),
    record=_record,
)
