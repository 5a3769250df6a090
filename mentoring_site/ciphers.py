"""Secrets that must be read back are encrypted with a key outside the database: a copied database opens nothing.

The key is derived from ``SECRET_KEY``, which lies in the environment. Keys that were used before
(``SECRET_KEY_FALLBACKS``) still open what they closed.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

MARK = "fernet:"


def encrypt(text: str) -> str:
    """Return the secret as it is stored."""
    return MARK + _cipher().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """Return a stored secret. Raises ``Unreadable`` when it was closed with a key that is not set any more."""
    try:
        return _cipher().decrypt(stored.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise Unreadable("a stored secret was encrypted with another SECRET_KEY") from error


def is_encrypted(stored: str) -> bool:
    """Whether a stored value has been encrypted by ``encrypt``."""
    return stored.startswith(MARK)


class Unreadable(ValueError):
    """A secret was encrypted with a key that nobody has any more."""


def _cipher() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = hmac.new(secret.encode(), b"mentoring_site.ciphers", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
