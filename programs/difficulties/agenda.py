"""Difficulties in the agenda of the next meeting: what waits for a word, was flagged, or has nothing done yet."""

from collections.abc import Iterator

from people.accounts.models import User
from programs.difficulties.models import Difficulty
from programs.journal.agenda import Source
from programs.program.content_presenters import own_candidates
from programs.program.models import ActivityResult, Program

PROPOSED, CLOSED = Difficulty.State.PROPOSED, Difficulty.State.CLOSED


def _offers(program: Program, user: User) -> Iterator[str]:
    """Difficulties that are not gone and for which nothing of the plan is accepted yet; those flagged in any case."""
    own = own_candidates(program, user)
    checked = ActivityResult.objects.filter(activity__program=program, state=ActivityResult.State.CHECKED)
    helped = set(checked.order_by().values_list("activity__statements", flat=True))
    rows = {row.statement_id: row for row in Difficulty.objects.filter(program=program).select_related("statement")}
    said = {s.pk: s for s in program.difficulties.all()} | {row.statement_id: row.statement for row in rows.values()}
    for statement in said.values():
        row = rows.get(statement.pk)
        if (row and row.state == CLOSED) or (own is not None and statement.candidate_id not in own):
            continue
        if row and row.state == PROPOSED:
            yield f"Договориться, снято ли затруднение: {statement.text}"
        elif (row and row.is_flagged) or statement.pk not in helped:
            yield f"Затруднение: {statement.text}"


DIFFICULTIES = Source(50, _offers)
