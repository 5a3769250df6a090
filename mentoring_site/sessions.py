"""Sessions in the database that distinguish a full or lost database from a session that has ended."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import InterfaceError, OperationalError


class SessionStore(db.SessionStore):
    """Django takes any error of the database while saving for a session deleted meanwhile, and answers 400."""

    @classmethod
    def get_model_class(cls):
        """The table of Django's own sessions."""
        return db.SessionStore.get_model_class()

    def save(self, must_create=False):
        """Save the session. Raises ``OperationalError`` when the database cannot write just now (answered by 503)."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
