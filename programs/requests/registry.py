"""All kinds of requests: found in the modules of ``kinds/``, so that a new one needs no list.

A kind is a module there, or a package with a module ``kind`` and, where it has them, ``models``, ``urls``, ``views``.
Kinds import the models of requests and the models find their kinds here, when they are asked for.
"""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.core.exceptions import ImproperlyConfigured

from programs.requests import kinds as folder
from programs.requests.kinds.base import RequestKind


def _found() -> Iterator[pkgutil.ModuleInfo]:
    return pkgutil.iter_modules(folder.__path__, f"{folder.__name__}.")


@cache
def kinds() -> dict[str, RequestKind]:
    """Return the kinds by their code, in the order of their positions."""
    modules = [import_module(f"{one.name}.kind" if one.ispkg else one.name) for one in _found()]
    unique = {id(value): value for m in modules for value in vars(m).values() if isinstance(value, RequestKind)}
    found = sorted(unique.values(), key=lambda kind: kind.position)
    for name in ("code", "position"):
        if len({getattr(kind, name) for kind in found}) != len(found):
            raise ImproperlyConfigured(f"Two kinds of requests have the same {name}")
    return {kind.code: kind for kind in found}


def kind(code: str) -> RequestKind:
    """Return the kind of that code. Raises ``KeyError``."""
    return kinds()[code]


def choices() -> list[tuple[str, str]]:
    """Return the kinds as choices of a filter."""
    return [(one.code, one.name) for one in kinds().values()]


def modules(name: str) -> list[ModuleType]:
    """Return the modules of that name in the packages of kinds: «urls», «models»."""
    wanted = [f"{one.name}.{name}" for one in _found() if one.ispkg]
    return [import_module(path) for path in wanted if find_spec(path)]
