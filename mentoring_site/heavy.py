"""Which requests are heavy: those that drew a paper, packed files or filled a workbook the last time they were asked.

The front gives them a thread of their own, so that they wait for each other and pages do not wait for them. Nobody
lists them: what does the work says ``note()``, the middleware remembers the route, this process knows it from then on.
"""

import threading
from collections.abc import Callable
from urllib.parse import parse_qsl

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

_local = threading.local()
_known: set[tuple] = set()
MOST = 2000  # routes with their combinations of parameters


def note() -> None:
    """Say that the request of this thread does heavy work."""
    _local.heavy = True


def learn_heavy(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Remember the route of a request that did heavy work (middleware)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        _local.heavy = False
        response = get_response(request)
        if _local.heavy and request.resolver_match and len(_known) < MOST:
            _known.add((request.method, request.resolver_match.route, frozenset(request.GET)))
        return response

    return middleware


def is_heavy(method: str, path: str, query: bytes) -> bool:
    """Return whether such a request did heavy work before: same method, route and names of parameters."""
    if not _known:
        return False
    names = frozenset(name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True))
    return (method, route_of(path), names) in _known


def route_of(path: str) -> str:
    """Return the route of an address, without the values in it; nothing when there is none."""
    try:
        return resolve(path).route
    except Resolver404:
        return ""
