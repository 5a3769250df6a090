"""The one act: the school says where an indicator began, where it wants to come and who answers for it."""

from decimal import Decimal

from django.db import transaction

from mentoring_site.locks import one_at_a_time
from mentoring_site.rights import require
from mentoring_site.workflow import claim_version, record
from people.accounts.models import User
from people.rights import Right
from reports.indicators.models import IndicatorGoal
from reports.indicators.passports import Passport


@transaction.atomic
def set_goal(
    passport: Passport,
    *,
    by: User,
    version: int,
    baseline: Decimal | None,
    target: Decimal | None,
    why_target: str,
    answers: str,
) -> IndicatorGoal:
    """Write down the school's word about an indicator. Raises ``NotAllowed``, ``Stale``."""
    require(by, Right.INDICATORS_EDIT, act="устанавливать цели показателей")
    one_at_a_time("indicator goals")
    goal = IndicatorGoal.objects.get_or_create(code=passport.code)[0]
    claim_version(goal, version)
    goal.baseline, goal.target, goal.why_target, goal.answers = baseline, target, why_target, answers
    goal.save()
    record(goal, "edit", by=by, words=f"изменена цель показателя «{passport.name}»")
    return goal
