"""What a right is: a code, what it allows in Russian, and a refusal derived from who holds it.

The rights themselves and the roles that hold them are listed in ``people/rights.py``.
"""

import enum
import re
from typing import Self

from mentoring_site.russian import joined, upper_first
from mentoring_site.workflow import NotAllowed

SUBORDINATE = re.compile(r", (кто|где|у кого|котор)")
"""The beginning of a subordinate clause: what follows it in a sentence is parted by a comma."""


class BaseRight(enum.StrEnum):
    """Parent of the enumeration of rights.

    A member is ``code, words``; the words are an infinitive: «вести список людей».
    """

    _words: str

    def __new__(cls, code: str, words: str) -> Self:
        right = str.__new__(cls, code)
        right._value_ = code
        right._words = words
        return right

    @property
    def words(self) -> str:
        """Return what the right allows, in the infinitive."""
        return self._words

    @property
    def holders(self) -> list[str]:
        """Return the names of the roles that hold the right, in the order of the screen of roles."""
        raise NotImplementedError

    @property
    def who(self) -> str:
        """Return who may: «куратор или специалист по кадрам»."""
        return joined(self.holders, "или")

    def refusal(self, also: str = "", act: str = "") -> str:
        """Return «Вести список людей может куратор или специалист по кадрам».

        ``also`` names somebody else who may; ``act`` are the words of a narrower act that the same right allows.
        """
        words = act or self.words
        comma = "," if SUBORDINATE.search(words) else ""
        return f"{upper_first(words)}{comma} может {joined([*filter(None, [also]), *self.holders], 'или')}"


def require(user, right: BaseRight, *, unless: bool = False, also: str = "", act: str = "") -> None:
    """Refuse a user whose roles do not give the right. Raises ``NotAllowed``, which a page answers with 403.

    ``unless`` is a relation that allows the act to others too (a person's own questionnaire); ``also`` names them in
    the refusal: «сам человек». ``act`` says in the infinitive what is refused, where the right allows more than that.
    """
    if not unless and not user.can(right):
        raise NotAllowed(right.refusal(also, act), about=(f"right:{right}",))
