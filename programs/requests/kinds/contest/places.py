"""Diplomas and certificates of contests: who reads them, who changes them (п. 3.5)."""

from typing import Any

from mentoring_site.evidence.places import Place
from mentoring_site.locks import locked
from mentoring_site.workflow import Refused, record, reload
from people.accounts.models import User
from programs.requests.kinds.contest.acts import require_work
from programs.requests.kinds.contest.models import Contest
from programs.requests.models import Request


def _require(contest: Contest, user: User) -> None:
    require_work(reload(contest.request), user)


def _claimed(contest: Contest, user: User) -> Contest:
    locked(contest.request)
    _require(contest, user)
    fresh = locked(contest)
    if not fresh.result:
        raise Refused("Сначала запишите результат: диплом прилагают к нему")
    return fresh


def _record(contest: Contest, verb: str, words: str, by: User) -> Any:
    return record(contest.request, f"{verb}_of_contest", by=by, words=words, contest=contest.pk)


CONTESTS = Place(
    code="contests",
    model=Contest,
    readable=lambda user: Contest.objects.filter(request__in=Request.objects.readable_by(user)),
    require=_require,
    claim=_claimed,
    title=lambda contest: contest.title,
    address=lambda contest: contest.get_absolute_url(),
    record=_record,
)
