"""Evidence of an occurrence of a duty: read by those who see the duty, put by its owner and by the curator (п. 3.4)."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from mentoring_site.evidence.places import Offer, Place
from mentoring_site.locks import locked
from mentoring_site.russian import rudate
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from roadmap.duties.acts import require_doing, settle
from roadmap.duties.models import Occurrence
from roadmap.proofs import kinds

BEFORE = timedelta(days=31)
"""What was made a little before the days of a duty may prove it too."""


def _claimed(occurrence: Occurrence, user: User) -> Occurrence:
    require_doing(occurrence, user)
    fresh = locked(occurrence)
    if fresh.opens_on > timezone.localdate():
        raise Refused(f"Время этой обязанности ещё не пришло: она начинается {rudate(fresh.opens_on)}")
    return fresh


def _record(occurrence: Occurrence, verb: str, words: str, by: User) -> None:
    said = f"{words}: срок {rudate(occurrence.due_on)}"
    record(occurrence.duty, verb, by=by, words=said, occurrence=occurrence.pk)


def _offers(occurrence: Occurrence, user: User) -> Iterable[Offer]:
    since = occurrence.opens_on - BEFORE
    return kinds.offers(user, since, timezone.localdate(), occurrence.duty.proof_kinds)


OCCURRENCES = Place(
    code="duty",
    model=Occurrence,
    readable=lambda user: Occurrence.objects.visible_to(user).select_related("duty__person"),
    require=require_doing,
    claim=_claimed,
    title=lambda occurrence: f"{occurrence.duty.name}, срок {rudate(occurrence.due_on)}",
    address=lambda occurrence: occurrence.get_absolute_url(),
    record=_record,
    offers=_offers,
    settle=settle,
    keeps=True,
)
