"""Middleware of the frame: headers of every answer, NUL bytes, last activity, local time.

All are plain functions in Django's form ``(get_response) -> (request) -> response``.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils import timezone

from mentoring_site.errors import bad_request, refuse

GetResponse = Callable[[HttpRequest], HttpResponseBase]
REFUSAL = "mentoring.refusal"  # in the WSGI environment; no header of a visitor becomes it

logger = logging.getLogger(__name__)

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
LAST_SEEN_EVERY = timedelta(minutes=5)
ZONE_KEPT_SECONDS = 60


def headers(get_response):
    """Forbid unused powers of the browser, and forbid keeping any answer that belongs to a session."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def head_as_get(get_response: GetResponse) -> GetResponse:
    """Let views answer HEAD as GET, whatever methods they name; the server sends no body."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return get_response(request)
        request.method = "GET"
        response = get_response(request)
        request.method = "HEAD"
        return response

    return middleware


def refusals(get_response: GetResponse) -> GetResponse:
    """Answer with the page of a refusal when the front asks for one (mentoring_site/front)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        what = request.META.get(REFUSAL)
        return refuse(what) if what else get_response(request)

    return middleware


def refuse_nul_bytes(get_response):
    """Answer 400 to a NUL byte in the address or a form field: no database stores one (Django mends file names)."""

    def middleware(request):
        if "\x00" in request.path or _has_nul(request.GET):
            return bad_request(request)
        if request.method == "POST":
            try:
                nul = _has_nul(request.POST)
            except UnreadablePostError:  # the browser went away in the middle of an upload
                nul = True
            if nul:
                return bad_request(request)
        return get_response(request)

    return middleware


def _has_nul(query) -> bool:
    return any("\x00" in key or any("\x00" in value for value in values) for key, values in query.lists())


def last_seen(get_response):
    """Record the activity of a user at most every 5 minutes: «последний вход» of the list of accounts."""

    def middleware(request):
        now = timezone.now()
        response = get_response(request)
        user = request.user
        if user.is_authenticated and (user.last_seen_at is None or now - user.last_seen_at >= LAST_SEEN_EVERY):
            try:
                get_user_model()._default_manager.filter(pk=user.pk).update(last_seen_at=now)
            except DatabaseError:
                logger.warning("last activity of user %s not written", user.pk)
        return response

    return middleware


def local_time(get_response):
    """Show times in the school's own zone; ``TIME_ZONE`` until the school has entered one."""

    def middleware(request):
        with timezone.override(school_zone()):
            return get_response(request)

    return middleware


_zone: tuple[float, ZoneInfo] | None = None


def school_zone() -> ZoneInfo:
    """Return the zone of the one row of ``SCHOOL_MODEL``, asked at most once a minute, else ``TIME_ZONE``."""
    global _zone
    if not settings.SCHOOL_MODEL:
        return ZoneInfo(settings.TIME_ZONE)
    if _zone is None or time.monotonic() - _zone[0] > ZONE_KEPT_SECONDS:
        name = apps.get_model(settings.SCHOOL_MODEL)._default_manager.values_list("time_zone", flat=True).first()
        _zone = (time.monotonic(), ZoneInfo(name or settings.TIME_ZONE))
    return _zone[1]


def clear_zone_cache():
    """Ask for the school's zone again (after its particulars were changed, and in tests)."""
    global _zone
    _zone = None
