"""Throttling of guesses: ten failures in 15 minutes per account and per address, then pauses that grow.

Attempts are counted in the database, so all processes see the same. A place is taken *before* the password is looked at
and given back after a success: guesses sent at once cannot overtake the count. A device from which the owner has logged
in before is counted by itself, so that strangers who guess somebody's password cannot lock the owner out.
"""

import hashlib
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from mentoring_site.russian import plural
from mentoring_site.workflow import Refused
from people.accounts.models import FailedLogin, KnownDevice, User

LIMIT = 10
WINDOW = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=4)
FORGOTTEN_AFTER = timedelta(hours=24)
DEVICE_COOKIE = "__Host-device" if settings.HTTPS else "device"
DEVICE_LIFE = timedelta(days=400)
DEVICES_PER_USER = 10


class Throttled(Refused):
    """Too many failures: come back at ``until``."""

    def __init__(self, until: datetime, now: datetime):
        self.until = until
        minutes = max(1, math.ceil((until - now).total_seconds() / 60))
        super().__init__(f"Слишком много неудачных попыток. Попробуйте через {duration_words(minutes)}")


def duration_words(minutes: int) -> str:
    """«4 минуты», «1 час 30 минут» in the accusative: how long to wait."""
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "час,часа,часов"), (minutes, "минуту,минуты,минут")]
    return " ".join(plural(number, forms) for number, forms in parts if number)


@dataclass(frozen=True)
class LoginAttempt:
    """A place taken by one guess; ``succeeded`` gives it back."""

    keys: tuple[str, ...]
    moment: float

    @transaction.atomic
    def succeeded(self) -> None:
        """The guess was right: it does not count.

        Earlier failures stay, or somebody's own logins would hide guesses.
        """
        for row in FailedLogin.objects.select_for_update().filter(key__in=self.keys).order_by("key"):
            row.moments = [m for m in row.moments if m != self.moment]
            row.save(update_fields=["moments"])


def login_attempt(*names: str) -> LoginAttempt:
    """Take a place for one guess under each name («account:12», «address:10.0.0.1»).

    Raises ``Throttled`` when one of them is paused; then no place is taken anywhere.
    """
    now = timezone.now()
    keys = sorted(salted_hmac("people.guard", name, algorithm="sha256").hexdigest() for name in names)
    with transaction.atomic():
        rows = [_locked_row(key) for key in keys]
        until = max(filter(None, [_paused_until(row, now) for row in rows]), default=None)
        if until is None:
            for row in rows:
                row.moments = [*row.moments, now.timestamp()]
        for row in rows:
            row.updated_at = now
            row.save(update_fields=["moments", "trips", "until", "updated_at"])
        delete_old_counts()  # after these rows are new again, so that none of them goes
    if until:
        raise Throttled(until, now)
    return LoginAttempt(tuple(keys), now.timestamp())


def _locked_row(key: str) -> FailedLogin:
    """The row of a key, locked until the end of the transaction; made when it is the first failure."""
    row = FailedLogin.objects.select_for_update().filter(key=key).first()
    if row is None:
        try:
            with transaction.atomic():
                FailedLogin.objects.create(key=key)
        except IntegrityError:
            pass  # another guess was first
        row = FailedLogin.objects.select_for_update().get(key=key)
    return row


def _paused_until(row: FailedLogin, now: datetime) -> datetime | None:
    """Return until when the key must wait, or None. The tenth failure in the window begins a pause, each longer."""
    if row.until and now < row.until:
        return row.until
    row.moments = [m for m in row.moments if m > (now - WINDOW).timestamp()]
    if len(row.moments) < LIMIT:
        return None
    quiet = row.until is None or now - row.until > FORGOTTEN_AFTER
    row.trips = 1 if quiet else row.trips + 1
    last = datetime.fromtimestamp(row.moments[-1], tz=now.tzinfo)
    row.until = last + min(WINDOW * 2 ** (row.trips - 1), LONGEST_PAUSE)
    row.moments = []
    return row.until if now < row.until else None


def delete_old_counts() -> int:
    """Delete counts that no rule needs any more; return how many."""
    return FailedLogin.objects.filter(updated_at__lt=timezone.now() - 2 * FORGOTTEN_AFTER).delete()[0]


def known_device(request, user: User | None) -> KnownDevice | None:
    """Return the device if ``user`` has logged in from it before. One browser may know several people of a school."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    if not token or user is None:
        return None
    newest = timezone.now() - DEVICE_LIFE
    return KnownDevice.objects.filter(user=user, token_hash=_device_hash(token, user), seen_at__gt=newest).first()


def remember_device(request, response, user: User) -> None:
    """After a whole login: know this device again. Sets a long-lived cookie that no script can read."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    if len(token) < 40:
        token = secrets.token_urlsafe(32)
    KnownDevice.objects.update_or_create(
        token_hash=_device_hash(token, user), defaults={"user": user, "seen_at": timezone.now()}
    )
    old = KnownDevice.objects.filter(user=user).order_by("-seen_at").values_list("pk", flat=True)[DEVICES_PER_USER:]
    KnownDevice.objects.filter(pk__in=list(old)).delete()
    response.set_cookie(
        DEVICE_COOKIE, token, max_age=DEVICE_LIFE, secure=settings.HTTPS, httponly=True, samesite="Lax", path="/"
    )


def _device_hash(token: str, user: User) -> str:
    return hashlib.sha256(f"{user.pk}:{token}".encode()).hexdigest()
