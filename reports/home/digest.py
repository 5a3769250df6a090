"""The letter of the week: what waits, what is late, what others hold; sent by the clock on the first working day."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from mentoring_site.inbox import InboxItem
from mentoring_site.mail import is_configured, send_template
from mentoring_site.russian import near, ruday
from people.accounts.models import User
from people.school.workdays import is_workday, special_days
from reports.home.desk import LATE, REST, Work, urgency, work_of
from reports.home.models import WeeklyLetter

HOUR = 8  # by the school's clock: before the lessons, after the night
AT_ONCE = 10  # people in one round of the clock: nothing else waits long
HELP = ":help"  # what the keys of pairs to help end with (programs/attention/inbox.py)
NAMED = 10  # things by name; the rest is counted
LETTER = "week"  # plain news: what waits on the day on which it is written


def send_due(now: datetime | None = None) -> int:
    """Write the letters of this week, ``AT_ONCE`` people a round; return how many letters were written.

    Everybody is looked at once a week, so that a letter about nothing is not asked for again every minute.
    """
    now = timezone.localtime(now)
    monday = now.date() - timedelta(days=now.weekday())
    if now.hour < HOUR or now.date() != first_workday(monday) or not is_configured():
        return 0
    for user in _unasked()[:AT_ONCE]:
        WeeklyLetter.objects.get_or_create(user=user)
    due = WeeklyLetter.objects.filter(_not_yet(monday), is_wanted=True, user__in=_readers())
    rows = due.select_related("user__person").order_by("pk")[:AT_ONCE]
    return sum(_send(row, monday) for row in rows)


def _not_yet(monday: date) -> Q:
    return Q(week=None) | Q(week__lt=monday)


def first_workday(monday: date) -> date | None:
    """Return the first working day of a week, or None when there is none."""
    week = [monday + timedelta(days=n) for n in range(7)]
    special = special_days(week[0], week[-1])
    return next((day for day in week if is_workday(day, special)), None)


def _readers() -> QuerySet[User]:
    """Accounts that can be written to and have been used."""
    return User.objects.filter(is_active=True, email_held=False, last_seen_at__isnull=False).exclude(email="")


def _unasked() -> QuerySet[User]:
    """Who has no row yet: everybody wants the letter until switched off."""
    return _readers().filter(weekly_letter=None).order_by("pk")


@transaction.atomic
def _send(row: WeeklyLetter, monday: date) -> bool:
    """Claim the week for one person, then write the letter when there is something to say."""
    claimed = WeeklyLetter.objects.filter(_not_yet(monday), pk=row.pk, is_wanted=True)
    if not claimed.update(week=monday):
        return False
    work = work_of(row.user)
    if not work.now and not work.held:
        return False
    send_template(LETTER, row.user.email, context(row.user, work), person_id=row.user.person_id)
    return True


def context(user: User, work: Work) -> dict[str, Any]:
    """Return the variables of ``mail/week.txt``."""
    urgent = [item for item in work.now if urgency(item) != REST]
    kinds: dict[str, int] = {}
    for item in work.now:
        if item not in urgent and not item.key.endswith(HELP):
            kinds[item.group.value] = kinds.get(item.group.value, 0) + 1
    return {
        "to": user.person,
        "count": len(work.now),
        "late": [_line(item) for item in urgent if urgency(item) == LATE][:NAMED],
        "soon": [_line(item) for item in urgent if urgency(item) != LATE][:NAMED],
        "help": [item for item in work.now if item.key.endswith(HELP)][:NAMED],
        "kinds": [f"{kind}: {number}" for kind, number in kinds.items()],
        "held": [f"{item.title} — {item.who}" for item in work.held][:NAMED],
        "held_more": max(len(work.held) - NAMED, 0),
    }


def _line(item: InboxItem) -> str:
    """«Завершить программу «…», просрочено на 3 дня»; only what has a term gets here."""
    assert item.until is not None
    return f"{item.title}, {near(item.until) or f'до {ruday(item.until)}'}"
