"""Support of a mentee without a pair: its term is moved, it ends by the term or when a pair is assigned."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.russian import add_months, rudate
from mentoring_site.workflow import Refused, perform, record, reload
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person
from people.school.workdays import add_workdays
from programs.pairings.models import Pairing, Participation
from programs.requests import acts as request_acts
from programs.requests.kinds.base import ACCEPTED, FILED
from programs.requests.kinds.support.models import PairlessSupport
from programs.requests.models import Request

LONGEST_MONTHS = 12
SOON = 5
"""Working days before the end when those who support and the curator are reminded."""


def check_term(until: dt.date) -> None:
    """Raise ``Refused`` for a last day that has passed or is too far."""
    today = timezone.localdate()
    if until <= today:
        raise Refused("Последний день поддержки должен быть впереди")
    if until > add_months(today, LONGEST_MONTHS):
        raise Refused("Не дольше года: через год решите заново")


def paired() -> Any:
    """Return the expression over supports: whether the mentee takes part in an assigned pair."""
    mine = Participation.objects.live().filter(part=Participation.Part.MENTEE, person=OuterRef("mentee"))
    return Exists(mine.filter(pairing__state=Pairing.State.ASSIGNED))


def supported(person: Person) -> bool:
    """Whether somebody supports the mentee, or has been asked to."""
    return PairlessSupport.objects.filter(mentee=person, request__state__in=(FILED, ACCEPTED)).exists()


@transaction.atomic
def prolong(request: Request, *, by: User, until: dt.date) -> Request:
    """Move the last day. Raises ``NotAllowed``; ``Refused`` for a support that has ended or a wrong day."""
    require(by, Right.REQUESTS_DECIDE, act="продлить поддержку")
    locked(request)
    fresh = reload(request)
    if fresh.state != ACCEPTED:
        raise Refused("Продлить можно поддержку, которая идёт")
    check_term(until)
    PairlessSupport.objects.filter(request=fresh).update(until=until, reminded_on=None)
    record(fresh, "prolong", by=by, words=f"поддержка продлена до {rudate(until)}")
    return reload(fresh)


def tick() -> int:
    """End what is over or no longer needed, remind before the end; return how many."""
    today = timezone.localdate()
    going = PairlessSupport.objects.annotate(is_paired=paired()).filter(request__state__in=(FILED, ACCEPTED))
    over = going.filter(Q(until__lt=today) | Q(is_paired=True)).values("request")
    done = 0
    for request in Request.objects.filter(pk__in=over).with_requirements().order_by("pk")[:100]:
        with transaction.atomic():
            if request.state == FILED:
                perform(request, "withdraw", by=None)
            else:
                request_acts.close(request, by=None)
            done += 1
    return done + _remind(today)


def _remind(today: dt.date) -> int:
    soon = PairlessSupport.objects.filter(request__state=ACCEPTED, until__lte=add_workdays(today, SOON))
    done = 0
    for pk in list(soon.filter(reminded_on=None).order_by("pk").values_list("pk", flat=True)[:100]):
        with transaction.atomic():
            if PairlessSupport.objects.filter(pk=pk, reminded_on=None).update(reminded_on=today):
                support = PairlessSupport.objects.select_related("request__author", "request__person", "mentee").get(
                    pk=pk
                )
                for person in filter(None, {support.request.author, support.request.person}):
                    mail_person(person, "support_ends", asks=str(pk), person=person, pairless=support)
                done += 1
    return done


def _goes_on(key: str, person: int | None) -> bool:
    return PairlessSupport.objects.filter(pk=key, request__state=ACCEPTED).exists()


NEEDED = {"support_ends": _goes_on}
NEWS = {"support_begun"}
