"""State x transition x role: the answer to a user who tries a transition. The rows of each matrix stand in its test."""

from django.db import transaction

from mentoring_site.workflow import Already, NotAllowed, Refused, check, perform
from tests.conftest import ROLES

ALL = [*ROLES, "mentor", "mentee", "stranger"]


class _Undo(Exception):
    pass


def attempt(fresh, name: str, user, columns=None) -> str:
    """Return «done», «not allowed», «already» or what is missing; nothing stays done.

    ``fresh`` was read by ``reload``.
    """
    try:
        check(fresh, name, by=user)
        with transaction.atomic():
            perform(type(fresh).objects.get(pk=fresh.pk), name, by=user, columns=columns)
            raise _Undo
    except _Undo:
        return "done"
    except NotAllowed:
        return "not allowed"
    except Already:
        return "already"
    except Refused as refusal:
        return str(refusal)


def expected(role: str, state: str, may, sources) -> str:
    """Return the answer of a matrix: who may not is told so first, then whether the state is past."""
    if role not in may:
        return "not allowed"
    return "done" if state in sources else "already"
