"""Acts: count again, say that a clause is not applied and take it back, say how a contradiction is settled."""

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, claim_version, record
from people.accounts.models import User
from people.rights import Right
from reports.compliance import counting
from reports.compliance.clauses import actionable
from reports.compliance.contradictions import Contradiction
from reports.compliance.models import ClauseCount, ClauseExemption, TextAnswer

REASON = 500


@transaction.atomic
def ask_count(number: int, *, by: User) -> ClauseCount:
    """Ask for a counting of a school year; the same one that waits is not doubled. Raises ``NotAllowed``."""
    require(by, Right.COMPLIANCE_SEE)
    one_at_a_time("compliance asked")
    waiting = ClauseCount.objects.filter(year=number, counted_at=None).first()
    if waiting:
        return waiting
    made = ClauseCount.objects.create(year=number, asked_by=by)
    transaction.on_commit(lambda: counting.count_year.enqueue(made.pk), robust=True)
    return made


@transaction.atomic
def exempt(clause: str, number: int, *, by: User, reason: str) -> ClauseExemption:
    """Say that a clause is not applied in a school year. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    require(by, Right.COMPLIANCE_SETTLE)
    one_at_a_time("compliance")
    reason = reason.strip()
    if clause not in actionable():
        raise Refused("Такого пункта нет")
    if not reason:
        raise Refused("Напишите, почему пункт не применяется")
    if ClauseExemption.objects.filter(clause=clause, year=number, ended_at__isnull=True).exists():
        raise Already("О пункте уже решено")
    made = ClauseExemption.objects.create(clause=clause, year=number, reason=reason[:REASON], decided_by=by)
    record(made, "exempt", by=by, words=f"решено, что п. {clause} в школе не применяется")
    counting.write(number, by=by.pk)
    return made


@transaction.atomic
def apply_again(made: ClauseExemption, *, by: User) -> ClauseExemption:
    """Take the decision back: the clause is counted again. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.COMPLIANCE_SETTLE)
    one_at_a_time("compliance")
    kept = locked(made)
    if kept.ended_at:
        raise Already("Решение уже снято")
    kept.ended_at, kept.ended_by = timezone.now(), by
    kept.save(update_fields=["ended_at", "ended_by"])
    record(kept, "apply", by=by, words=f"п. {kept.clause} снова применяется")
    counting.write(kept.year, by=by.pk)
    return kept


@transaction.atomic
def settle(contradiction: Contradiction, *, by: User, words: str, version: int) -> TextAnswer:
    """Say how the school has settled a contradiction. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.COMPLIANCE_SETTLE)
    one_at_a_time("compliance")
    if contradiction.act:
        raise Refused("Это сомнение решают в правовой базе")
    kept = TextAnswer.objects.filter(code=contradiction.code).first()
    if kept is None:
        kept = TextAnswer.objects.create(code=contradiction.code, words=words, answered_by=by)
    else:
        claim_version(kept, version)
        kept.words, kept.answered_by, kept.answered_at = words, by, timezone.now()
        kept.save()
    record(kept, "settle", by=by, words="решено противоречие в тексте Положения")
    return kept
