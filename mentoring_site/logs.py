"""Application log without personal data: routes instead of addresses, no values inside errors."""

import logging
import traceback

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.template import TemplateSyntaxError

# Errors whose words name code or machinery and never what a person has typed
SPEAKING = (
    AttributeError,
    ImportError,
    NameError,
    TypeError,
    NotImplementedError,
    OperationalError,
    InterfaceError,
    ImproperlyConfigured,
    TemplateSyntaxError,
)


class RouteInsteadOfPath(logging.Filter):
    """Replace the address in records of ``django.request`` by the route: addresses hold tokens and names."""

    def filter(self, record):
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path is not None and record.args:
            match = getattr(request, "resolver_match", None)
            route = f"/{match.route}" if match else "(no route)"
            known = {path, request.get_full_path(), request.build_absolute_uri() if _host_is_good(request) else path}
            record.args = tuple(route if arg in known else arg for arg in record.args)
        return True


def _host_is_good(request) -> bool:
    try:
        return bool(request.get_host())
    except Exception:
        return False


class PlainFormatter(logging.Formatter):
    """One line: time, level, logger, message; under it the places of an error, without the values in its words."""

    def __init__(self):
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatException(self, exc_info):
        """Return the chain of errors: type, place and, for errors that speak of code only, the words."""
        lines, error, seen = [], exc_info[1], set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {f.filename}:{f.lineno} {f.name}" for f in frames]
            words = f": {error}" if isinstance(error, SPEAKING) else ""
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}{words}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)

    def formatStack(self, stack_info):
        return ""
