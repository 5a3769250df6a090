"""Acts about the secret address of a calendar: a new one (the old one dies), none any more, whose it is."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.workflow import Already, record
from people.accounts.models import User
from reports.calendar.models import CalendarAddress

BYTES = 32


def hash_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def live_address(user: User) -> CalendarAddress | None:
    """Return the address of a user that is in use, or None."""
    return CalendarAddress.objects.filter(user=user, revoked_at__isnull=True).first()


@transaction.atomic
def issue(*, by: User) -> str:
    """Make a new secret address and return its token, which is shown once; the former address stops to work."""
    locked(by)
    CalendarAddress.objects.filter(user=by, revoked_at__isnull=True).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(BYTES)
    made = CalendarAddress.objects.create(user=by, token_hash=hash_of(token))
    record(made, "issue", by=by, words="создан адрес календаря")
    return token


@transaction.atomic
def revoke(*, by: User) -> None:
    """Let the address stop to work. Raises ``Already`` when there is none."""
    address = live_address(locked(by))
    moved = CalendarAddress.objects.filter(user=by, revoked_at__isnull=True).update(revoked_at=timezone.now())
    if not moved or address is None:
        raise Already("Адреса календаря уже нет")
    record(address, "revoke", by=by, words="отозван адрес календаря")


def owner_of(token: str) -> User | None:
    """Return whose calendar a token opens, or None: revoked, of a closed account, never issued."""
    found = CalendarAddress.objects.filter(token_hash=hash_of(token), revoked_at__isnull=True, user__is_active=True)
    address = found.select_related("user__person").first()
    return address.user if address else None
