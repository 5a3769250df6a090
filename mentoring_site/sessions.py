"""Sessions in the database: a copy of it opens nothing, and a full or lost database is not a session that has ended."""

import hashlib

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError
from django.utils import timezone


def stored_key(session_key: str) -> str:
    """Return under which key a session lies in the database: a hash, so that a copied row opens no session."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]  # the column is 40 characters long


class SessionStore(db.SessionStore):
    """Sessions of Django under hashed keys.

    Django takes any error of the database while saving for a session deleted meanwhile, and answers 400.
    """

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of Django's own sessions."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(
            session_key=stored_key(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is a session under the key of a cookie."""
        return super().exists(stored_key(session_key))

    def create_model_instance(self, data: dict) -> AbstractBaseSession:
        """The row of this session."""
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Delete a session by the key of a cookie, this one by default."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=stored_key(key)).delete()

    def save(self, must_create: bool = False) -> None:
        """Save the session. Raises ``OperationalError`` when the database cannot write just now (answered by 503)."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
