"""Scans of an explanation or of the act of a refusal as evidence of a disciplinary case."""

from typing import Any

from mentoring_site.evidence.places import Place
from mentoring_site.locks import locked
from mentoring_site.workflow import NotAllowed, Refused, record
from people.accounts.models import User
from programs.requests.kinds.base import ACCEPTED
from programs.requests.kinds.discipline.acts import may_record
from programs.requests.kinds.discipline.models import Discipline


def _require(case: Discipline, user: User) -> None:
    own = user.person_id == case.request.person_id and case.recorded_by_id in (None, user.pk)
    if not own and not may_record(case, user):
        raise NotAllowed("Скан прикладывает тот, кто записал ответ")


def _claimed(case: Discipline, user: User) -> Discipline:
    if locked(case.request).state != ACCEPTED:
        raise Refused("Дело закрыто: что к нему приложено, остаётся при нём")
    fresh = locked(case)
    _require(fresh, user)
    return fresh


def _record(case: Discipline, verb: str, words: str, by: User) -> Any:
    return record(case.request, verb, by=by, words=words)


CASES = Place(
    code="explanations",
    model=Discipline,
    readable=lambda user: Discipline.objects.visible_to(user),
    require=_require,
    claim=_claimed,
    title=lambda case: str(case),
    address=lambda case: case.get_absolute_url(),
    record=_record,
)
