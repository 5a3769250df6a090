"""The last ratings of skills beside a completion: when it begins they are asked for, both answers open together."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from mentoring_site.russian import joined
from mentoring_site.ui.elements import Check
from people.accounts.models import User
from people.rights import Right
from programs.completion.models import Completion
from programs.learning.presenters import Final, FinalRow, final, owed_by, readable_sides


def begun(side: str, program: str) -> Any:
    """Return the expression of when the completion of a mentee began (``programs.learning.moments``)."""
    live = Completion.objects.filter(participation=OuterRef(side), program=OuterRef(program))
    live = live.exclude(state=Completion.State.WITHDRAWN)
    return Subquery(live.order_by("created_at").values("created_at")[:1])


@dataclass(frozen=True)
class Shown:
    """What a page of a completion shows of the last ratings."""

    rows: tuple[FinalRow, ...]
    check: Check | None
    url: str


def shown(c: Completion, user: User) -> Shown:
    """Return the last ratings that the user may read, and a line that says whose are missing; nothing without skills.

    The order does not wait for them: no clause asks that.
    """
    url = reverse("programs:learning", args=[c.program_id])
    found = final(c.program, c.participation, user)
    if not found.chosen:
        return Shown((), None, url)
    return Shown(found.rows, _check(c, found, user, url), url)


def _check(c: Completion, found: Final, user: User, url: str) -> Check:
    if found.whole:
        return Check(True, "Навыки в конце программы оценили оба")
    owed = joined(owed_by(c.participation, found.given))
    reads = any(side.pk == c.participation_id for side in readable_sides(c.program, user))
    return Check(
        False,
        f"Нет итоговой оценки навыков от {owed}; приказ этого не ждёт",
        f"Оценивает каждый за себя, с бумаги записывает {Right.PROGRAMS_ACT_FOR_OTHERS.who}",
        url=url if reads else "",
        link="Открыть навыки" if reads else "",
        waiting=True,  # the order does not wait for it
    )


def words_of(found: Shown) -> dict[int, str]:
    """Return difficulty -> both last ratings in words, for the form that closes difficulties."""
    return {
        row.difficulty: f"Самооценка: {row.mentee}. Оценка наставника: {row.mentor}"
        for row in found.rows
        if row.difficulty is not None
    }
