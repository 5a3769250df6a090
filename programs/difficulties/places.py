"""Evidence that a difficulty is gone: put by either side while it is open (п. 5.2)."""

from collections.abc import Iterator
from typing import Any

from mentoring_site.evidence.places import Offer, Place
from mentoring_site.locks import locked
from mentoring_site.russian import ruday
from mentoring_site.workflow import Refused, record
from people.accounts.models import User
from programs.difficulties.models import Difficulty
from programs.difficulties.rules import DIFFICULTY
from programs.journal.acts import lock_running
from programs.journal.places import entries
from programs.observations.models import Observation
from programs.program.models import ActivityResult

AT_MOST = 10


def offers(row: Difficulty, user: User) -> Iterator[Offer]:
    """Return what the product has of the work on it: results, sheets of lessons, entries of the journal."""
    candidate = row.statement.candidate_id
    results = ActivityResult.objects.visible_to(user).filter(
        activity__program=row.program, participation__candidate=candidate, state=ActivityResult.State.CHECKED
    )
    for result in results.select_related("activity").order_by("-done_at")[:AT_MOST]:
        yield Offer(f"result-{result.pk}", f"Мероприятие «{result.activity.title}», {ruday(result.done_at)}", result)
    sheets = Observation.objects.visible_to(user).filter(
        meeting__program=row.program, teacher__candidate=candidate, filled_at__isnull=False
    )
    for sheet in sheets.select_related("template", "meeting").order_by("-filled_at")[:AT_MOST]:
        yield Offer(f"sheet-{sheet.pk}", f"{sheet.template}: {sheet.lesson}, {ruday(sheet.meeting.held_on)}", sheet)
    yield from entries(row.program, user)


def _require(row: Difficulty, user: User) -> None:
    DIFFICULTY["propose"].require(Difficulty.objects.with_requirements().get(pk=row.pk), user)


def _claimed(row: Difficulty, user: User) -> Difficulty:
    _require(row, user)
    lock_running(row.program)
    fresh = locked(row)
    if fresh.state != Difficulty.State.OPEN:
        raise Refused("О затруднении уже сказано, что оно снято: то, что это подтверждает, остаётся при нём")
    return fresh


def _record(row: Difficulty, verb: str, words: str, by: User) -> Any:
    return record(row, verb, by=by, words=words, statement=row.statement_id)


DIFFICULTIES = Place(
    code="difficulties",
    model=Difficulty,
    readable=lambda user: Difficulty.objects.visible_to(user),
    require=_require,
    claim=_claimed,
    title=lambda row: str(row),
    address=lambda row: row.get_absolute_url(),
    record=_record,
    offers=offers,
)
