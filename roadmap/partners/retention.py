"""What of a person stands in networks can be destroyed; so can agreements whose term of keeping is over.

Next steps that are done stay without the name; of an agreement stay its number, its days and whose it was.
"""

from django.db.models import Q, QuerySet
from django.utils import timezone

from mentoring_site.evidence.acts import destroy
from mentoring_site.russian import plural, rudate
from people.consents.destruction.erasure import ERASED, mask_history
from people.consents.destruction.retention import ErasableData, ErasableRecords
from people.register.models import Person
from people.retention.rules import over_before
from roadmap.partners.models import KEPT_AS, NetworkMember, PartnerAgreement, Talk


def _members(person: Person) -> QuerySet[NetworkMember]:
    return NetworkMember.objects.filter(person=person)


def _steps(person: Person) -> QuerySet[Talk]:
    return Talk.objects.filter(~Q(next_step=""), responsible=person)


def _found(person: Person) -> list[str]:
    members, steps = _members(person).count(), _steps(person).count()
    return [
        *([plural(members, "участие в сети,участия в сетях,участий в сетях")] if members else []),
        *([plural(steps, "шаг по разговору,шага по разговорам,шагов по разговорам")] if steps else []),
    ]


def _erase(person: Person) -> int:
    nothing = {"next_step": "", "next_on": None, "responsible": None, "done_at": None, "done_by": None}
    return _steps(person).update(**nothing) + _members(person).delete()[0]


DATA = ErasableData("networks", "участие в сетях и сообществах", _found, _erase)

TEXTS = ("subject", "ours", "theirs", "their_signer", "their_basis", "end_reason")


def overdue_agreements() -> QuerySet[PartnerAgreement]:
    """Return the ended agreements past their term whose text is still here; none where the commission decides."""
    before = over_before(KEPT_AS, timezone.localdate())
    there = PartnerAgreement.objects.filter(state=PartnerAgreement.State.ENDED, erased_on__isnull=True)
    return there.filter(ended_on__lt=before) if before else there.none()


def _agreements() -> list[str]:
    found = overdue_agreements().select_related("partner__organisation").order_by("ended_on", "pk")
    return [f"{row}, {row.partner}, закончен {rudate(row.ended_on)}" for row in found]


def _erase_agreements() -> int:
    rows = list(overdue_agreements())
    keys = [row.pk for row in rows]
    for row in rows:
        destroy(row.evidence.all())
    mask_history(PartnerAgreement, keys, TEXTS)
    erased = dict.fromkeys(TEXTS, "") | {"subject": ERASED, "erased_on": timezone.localdate()}
    return PartnerAgreement.objects.filter(pk__in=keys).update(**erased)


AGREEMENTS = ErasableRecords(
    "partner_agreements", "договоры с партнёрами, срок хранения которых истёк", _agreements, _erase_agreements
)
