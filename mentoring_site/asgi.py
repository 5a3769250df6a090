"""ASGI entry point: Django behind the front (mentoring_site/front), as ``mentoring_site.serve`` starts it."""

from mentoring_site.wsgi import application as wsgi_application  # isort: skip (sets Django up)

from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError, close_old_connections
from django.http import parse_cookie

from mentoring_site.front.application import Front
from mentoring_site.front.lanes import Crowded
from mentoring_site.heavy import is_heavy, route_of


def logged_in(cookies: str) -> bool:
    """Return whether the session of a Cookie header belongs to somebody. Raises ``Crowded`` without a database."""
    close_old_connections()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    try:
        return SESSION_KEY in store(parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME))
    except DatabaseError:
        raise Crowded from None


application = Front(
    wsgi_application,
    heavy=is_heavy,
    route=route_of,
    logged_in=logged_in,
    session_cookie=settings.SESSION_COOKIE_NAME,
    proxied=settings.BEHIND_PROXY,
)
