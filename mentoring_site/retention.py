"""How long the technical traces of work are kept: one table of terms, pruned by ``manage.py tick``.

Papers, consents, the log of acts and all else that law keeps is not here: what of a person is destroyed by an act
stands in ``people/consents/destruction``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from auditlog.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mentoring_site.models import BulkStep, OutboxMail, Viewing

AT_ONCE = 500  # rows of one table in one round: nobody waits behind a long transaction
YEAR = 365


@dataclass(frozen=True)
class Term:
    """What is kept how many days; ``older(moment)`` are the rows whose time began before ``moment``."""

    what: str
    days: int
    older: Callable[[datetime], QuerySet]


TERMS = (
    Term("сеансы после их окончания", 1, lambda day: Session.objects.filter(expire_date__lt=day)),
    Term("письма после отправки", YEAR, lambda day: OutboxMail.objects.filter(_left_before(day))),
    Term("выполненные фоновые работы", 30, lambda day: DBTaskResult.objects.filter(finished_at__lt=day)),
    Term("отметки о сделанном над многими", 30, lambda day: BulkStep.objects.filter(at__lt=day)),
    Term("история полей", 5 * YEAR, lambda day: LogEntry.objects.filter(timestamp__lt=day)),
    Term("просмотры личных данных", 3 * YEAR, lambda day: Viewing.objects.filter(at__lt=day)),
)


def _left_before(day: datetime) -> Q:
    return Q(sent_at__lt=day) | Q(failed_at__lt=day)


def prune(now: datetime | None = None) -> int:
    """Delete what has been kept long enough, a portion of each table; return how many rows."""
    now, gone = now or timezone.now(), 0
    for term in TERMS:
        old = term.older(now - timedelta(days=term.days))
        keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        if keys:
            old.model._default_manager.filter(pk__in=keys).delete()
        gone += len(keys)
    return gone
