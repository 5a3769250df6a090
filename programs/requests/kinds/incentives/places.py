"""The minutes of the council as evidence of a proposal to honor a mentor (п. 3.5)."""

from typing import Any

from mentoring_site.evidence.places import Place
from mentoring_site.locks import locked
from mentoring_site.workflow import NotAllowed, Refused, record
from people.accounts.models import User
from programs.requests import council_minutes
from programs.requests.kinds.base import FILED
from programs.requests.kinds.incentives.models import IncentiveWish
from programs.requests.models import Request


def _require(wish: IncentiveWish, user: User) -> None:
    if user.pk != wish.request.created_by_id:
        raise NotAllowed("Протокол прикладывает тот, кто подал предложение")


def _claimed(wish: IncentiveWish, user: User) -> IncentiveWish:
    _require(wish, user)
    if locked(wish.request).state != FILED:
        raise Refused("Предложение уже решено: то, на чём оно основано, остаётся при нём")
    return wish


def _record(wish: IncentiveWish, verb: str, words: str, by: User) -> Any:
    return record(wish.request, verb, by=by, words=words)


WISHES = Place(
    code="incentives",
    model=IncentiveWish,
    readable=lambda user: IncentiveWish.objects.filter(request__in=Request.objects.readable_by(user)),
    require=_require,
    claim=_claimed,
    title=lambda wish: wish.request.title,
    address=lambda wish: wish.request.get_absolute_url(),
    record=_record,
    offers=lambda wish, user: [one.offer for one in council_minutes.offered(user)],
)
