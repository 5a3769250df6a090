"""Putting off what waits, and taking it back; the choice about the weekly letter. All about oneself only."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from mentoring_site.inbox import InboxItem
from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.russian import ruday
from mentoring_site.workflow import NotAllowed, Refused
from people.accounts.models import User
from reports.home.models import Postponed, WeeklyLetter

AT_MOST = timedelta(days=92)


def last_day(item: InboxItem) -> date:
    """Return the last day till which a thing can be put off: a term of law is never passed."""
    furthest = timezone.localdate() + AT_MOST
    return min(furthest, item.until) if item.binding and item.until else furthest


def next_day(item: InboxItem) -> date:
    """Return the day that is offered: the coming Monday, or the last possible one before it."""
    today = timezone.localdate()
    return min(today + timedelta(days=7 - today.weekday()), last_day(item))


def can_postpone(item: InboxItem) -> bool:
    """Whether there is a day ahead till which the thing can wait."""
    return last_day(item) > timezone.localdate()


@transaction.atomic
def postpone(item: InboxItem, *, by: User, until: date, reason: str) -> Postponed:
    """Put a thing off till a day on which it comes back. Raises ``Refused`` for a day that cannot be."""
    if until <= timezone.localdate():
        raise Refused("Выберите день, начиная с завтрашнего")
    if until > (last := last_day(item)):
        why = (
            "срок этого дела установлен законом"
            if item.binding and item.until
            else "откладывают не больше чем на три месяца"
        )
        raise Refused(f"Не позже {ruday(last)}: {why}")
    one_at_a_time(f"postponed {by.pk}")
    row, _ = Postponed.objects.update_or_create(
        user=by, key=item.key, defaults={"until": until, "reason": reason, "at": timezone.now()}
    )
    return row


@transaction.atomic
def take_back(row: Postponed, *, by: User) -> None:
    """Let a thing that was put off wait again. Raises ``NotAllowed`` for what somebody else has put off."""
    if row.user_id != by.pk:
        raise NotAllowed("Вернуть отложенное может тот, кто его отложил")
    locked(row, gone="Дело уже возвращено").delete()


@transaction.atomic
def choose_letter(*, by: User, is_wanted: bool) -> WeeklyLetter:
    """Switch the weekly letter on or off."""
    row, _ = WeeklyLetter.objects.update_or_create(user=by, defaults={"is_wanted": is_wanted})
    return row
