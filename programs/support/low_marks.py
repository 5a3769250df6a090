"""Programs with «нет» in the latest marks of the council, as a sign of whom to help (programs/attention)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from programs.program.models import Program
from programs.support.models import CouncilMark


def facts(programs: QuerySet[Program], today: date) -> dict[int, dict[str, Any]]:
    """Return program -> that the council has lately marked something with «нет»; one query.

    Marks of the end leave those of the middle behind.
    """
    low = CouncilMark.objects.filter(Q(plan=1) | Q(needs=1) | Q(method=1) | Q(bond=1), program__in=programs)
    ends = CouncilMark.objects.filter(program=OuterRef("program"), stage=CouncilMark.Stage.END).order_by()
    low = low.filter(Q(stage=CouncilMark.Stage.END) | ~Exists(ends))
    return {program: {"marked_low": True} for program in low.order_by().values_list("program", flat=True)}
