"""Acts on the plan as a whole: its order, the difficulties that it leaves out with a reason (п. 1.2)."""

from django.db import transaction

from mentoring_site.workflow import Refused, Stale, record, reload
from people.accounts.models import User
from people.banks.models import Statement
from programs.program.drafting.acts import claim, require_editable
from programs.program.models import Activity, LeftOut, Program

MOVED = "Пока Вы переставляли мероприятия, план изменился. Посмотрите его ещё раз"


@transaction.atomic
def arrange(program: Program, order: list[int], *, by: User, version: int) -> Program:
    """Put the activities of a draft into another order: the dates stay where they are, the activities change places.

    ``order`` are the keys of all activities. Raises ``NotAllowed``, ``Refused`` when the draft is closed, ``Stale``.
    """
    program = reload(program)
    require_editable(program, by)
    rows = {activity.pk: activity for activity in program.activities.all()}
    if sorted(order) != sorted(rows):
        raise Stale(MOVED)
    claim(program, version)
    dates = [(activity.starts_on, activity.due_on) for activity in rows.values()]
    for place, (pk, (starts_on, due_on)) in enumerate(zip(order, dates, strict=True), 1):
        rows[pk].starts_on, rows[pk].due_on, rows[pk].position = starts_on, due_on, place
        rows[pk].save(update_fields=["starts_on", "due_on", "position"])
    record(program, "arrange", by=by, words="мероприятия плана переставлены")
    return program


@transaction.atomic
def leave_out(program: Program, statement: Statement, reason: str, *, by: User, version: int) -> None:
    """Say why a difficulty of a draft has no activity of its own (п. 1.2); no words take the reason back.

    Raises ``NotAllowed``; ``Refused`` when the draft is closed or does not name the difficulty; ``Stale``.
    """
    program = reload(program)
    require_editable(program, by)
    if statement not in program.difficulties.all():
        raise Refused("Этого затруднения в программе нет")
    claim(program, version)
    reason = " ".join(reason.split())
    if reason:
        LeftOut.objects.update_or_create(program=program, statement=statement, defaults={"reason": reason})
        words = f"затруднение «{statement.text}» — без мероприятия: {reason}"
    else:
        LeftOut.objects.filter(program=program, statement=statement).delete()
        words = f"затруднение «{statement.text}» снова ждёт мероприятия"
    record(program, "leave_out", by=by, words=words[:300], statement=statement.pk)


def moved(activities: list[Activity]) -> dict[int, tuple[str, str]]:
    """Return for each activity the whole order after one step up and after one step down, as an address takes it."""
    keys = [activity.pk for activity in activities]
    found = {}
    for place, pk in enumerate(keys):
        up, down = list(keys), list(keys)
        if place:
            up[place - 1], up[place] = pk, keys[place - 1]
        if place < len(keys) - 1:
            down[place + 1], down[place] = pk, keys[place + 1]
        found[pk] = (_written(up, keys), _written(down, keys))
    return found


def _written(order: list[int], now: list[int]) -> str:
    return ",".join(map(str, order)) if order != now else ""
