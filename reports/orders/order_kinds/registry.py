"""All kinds of orders and all subjects: found in the modules of this package, so that a new one needs no list.

A kind is a module here, or a package with a module ``kind``. Kinds never import this module.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from reports.orders import order_kinds
from reports.orders.order_kinds.base import OrderKind, OrderSubject

Registered = TypeVar("Registered", OrderKind, OrderSubject)


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(order_kinds.__path__, f"{order_kinds.__name__}."):
        if found.name != __name__:
            yield import_module(f"{found.name}.kind" if found.ispkg else found.name)


def registered(cls: type[Registered], key: str) -> dict[str, Registered]:
    """Return the instances of ``cls`` in all modules by ``key``, in the order of their positions."""
    unique = {id(value): value for module in _modules() for value in vars(module).values() if isinstance(value, cls)}
    found = sorted(unique.values(), key=lambda value: value.position)
    for name in (key, "position"):
        if len({getattr(value, name) for value in found}) != len(found):
            raise ImproperlyConfigured(f"Two instances of {cls.__name__} have the same {name}")
    return {getattr(value, key): value for value in found}


KINDS: dict[str, OrderKind] = registered(OrderKind, "code")
"""Kinds of orders by their code, in the order in which a school meets them."""

SUBJECTS: dict[str, OrderSubject] = registered(OrderSubject, "name")
"""What orders enact, by the key of ``OrderItem``."""

_BY_MODEL = {s.model.lower(): s for s in SUBJECTS.values()}


def choices() -> list[tuple[str, str]]:
    """Return the kinds as choices of a field."""
    return [(kind.code, kind.label) for kind in KINDS.values()]


def subject_type_of(subject) -> OrderSubject:
    """Return what is known of the type of a thing. Raises ``KeyError`` for what no order enacts."""
    return _BY_MODEL[subject._meta.label_lower]


def phrase_of(subject) -> str:
    """Return what an item is about: «Мельник О. Л. — Ким Д. Э.», «программа «…»», «Очирова С. Д.»."""
    return subject_type_of(subject).phrase(subject)


def kind_for(subject) -> OrderKind:
    """Return the kind of order that enacts things of this type. Raises ``KeyError`` for what no order enacts."""
    subject_type = subject_type_of(subject)
    return next(kind for kind in KINDS.values() if kind.subject is subject_type)


def subject_name_of(item) -> str:
    """Return which of the item's keys is filled."""
    return next(name for name in SUBJECTS if getattr(item, f"{name}_id"))


def subject_of(item):
    """Return the thing that the item enacts."""
    return getattr(item, subject_name_of(item))
