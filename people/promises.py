"""What the program promises under a field: who may read what is typed there, as data.

The words under the field and the rule of the pages both come from here, so that a promise cannot say one thing and
``visible_to()`` another (tests/test_promises.py reads the pages of every role).
"""

import enum
from typing import Self

from mentoring_site.russian import joined
from people.rights import CHAIR, COUNCIL, ROLES, SECRETARY, Actor, Right

OF_THE_COUNCIL = {ROLES[role][0] for role in (CHAIR, SECRETARY, COUNCIL)}
WHOLE_COUNCIL = "методический совет"


class Promise(enum.Enum):
    """Who reads one kind of words.

    A member is: a code, people by their relation to the words («сам человек»), and the rights that open them to roles.
    """

    CONTACTS = "contacts", ("сам человек",), (Right.PEOPLE_HISTORY, Right.PEOPLE_EDIT)
    QUESTIONNAIRE = "questionnaire", ("сам человек",), (Right.QUESTIONNAIRES_SEE,)
    PAIRING_REASONS = "pairing_reasons", (), (Right.PAIRINGS_SEE_ALL,)
    ANSWER = "answer", ("тот, кто ответил",), (Right.PAIRINGS_SEE_ALL,)
    PROGRAM = "program", ("участники программы",), (Right.PROGRAMS_SEE_ALL,)
    TALK = "talk", ("участники программы",), (Right.PROGRAMS_SEE_ALL,)
    REVIEW = "review", ("сам наставляемый", "наставник"), (Right.PROGRAMS_SEE_ALL,)
    PETITION = "petition", ("тот, кто просит",), (Right.PETITIONS_DECIDE,)
    MINUTES = "minutes", (), (Right.MINUTES_SEE,)

    related: tuple[str, ...]
    rights: tuple[Right, ...]

    def __new__(cls, code: str, related: tuple[str, ...], rights: tuple[Right, ...]) -> Self:
        member = object.__new__(cls)
        member._value_ = code
        member.related, member.rights = related, rights
        return member

    def opens_to(self, user: Actor) -> bool:
        """Whether a role of the user opens the words of anybody; relations are the matter of ``visible_to()``."""
        return any(user.can(right) for right in self.rights)

    @property
    def roles(self) -> list[str]:
        """Name the roles in the order of the screen of roles; the three of the council are one."""
        held = {holder for right in self.rights for holder in right.holders}
        names = [name for name, _ in ROLES.values() if name in held]
        if held >= OF_THE_COUNCIL:
            names = [name for name in names if name not in OF_THE_COUNCIL] + [WHOLE_COUNCIL]
        return names

    @property
    def readers(self) -> str:
        """Return «участники программы, директор, куратор и методический совет»."""
        return joined([*self.related, *self.roles])

    @property
    def sentence(self) -> str:
        """Return the words under a field: «Прочтут: сам человек, директор и куратор»."""
        return f"Прочтут: {self.readers}"
