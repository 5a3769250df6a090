"""What the program promises under a field: who may read what is typed there, as data.

The words under the field and the rule of the pages both come from here, so that a promise cannot say one thing and
``visible_to()`` another (tests/test_promises.py reads the pages of every role).
"""

import enum
from collections.abc import Iterable
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
    COLLEAGUE_WISH = "colleague_wish", ("тот, кто написал",), (Right.PAIRINGS_ANSWER_FOR_OTHERS,)
    PROGRAM = "program", ("участники программы",), (Right.PROGRAMS_SEE_ALL,)
    ENTRY = "entry", ("участники встречи",), ()
    TASK = "task", ("сам наставляемый", "наставник"), (Right.PROGRAMS_SEE_ALL,)
    SKILL = "skill", ("сам наставляемый", "наставник"), (Right.PROGRAMS_ACT_FOR_OTHERS,)
    SKILL_BLIND = "skill_blind", ("тот, кто оценил",), ()
    LEARNT = "learnt", ("сам наставляемый", "наставник"), ()
    SUPPORT = "support", ("тот, кому поручено", "участники программы"), (Right.PROGRAMS_SEE_ALL,)
    COUNCIL_MARK = "council_mark", ("наставник", "наставляемый, если он в программе один"), (Right.PROGRAMS_SEE_ALL,)
    TALK = "talk", ("участники программы",), (Right.PROGRAMS_SEE_ALL,)
    REVIEW = "review", ("сам наставляемый", "наставник"), (Right.PROGRAMS_SEE_ALL,)
    PETITION = "petition", ("тот, кто просит",), (Right.PETITIONS_DECIDE,)
    HELP = "help", ("тот, кто просит", "наставник"), ()
    HELP_APART = "help_apart", ("тот, кто просит",), (Right.REQUESTS_DECIDE,)
    ENGAGEMENT = "engagement", ("участники программы", "тот, кого просят"), (Right.REQUESTS_DECIDE,)
    PERSONAL_FILE = (
        "personal_file",
        ("наставник", "сам наставляемый"),
        (Right.PERSONAL_FILES_OPEN, Right.PERSONAL_FILES_RECORD),
    )
    RELEASE = (
        "release",
        ("тот, кто просит", "наставник", "заведующий отделением"),
        (Right.RELEASES_DECIDE,),
    )
    CONTEST = (
        "contest",
        ("наставляемый", "наставник", "тот, кто готовит"),
        (Right.CONTESTS_DECIDE,),
    )
    PROPOSAL = "proposal", ("тот, кто предлагает", "наставник"), (Right.REQUESTS_DECIDE,)
    DIFFICULTY = "difficulty", ("сам наставляемый", "наставник"), (Right.PROGRAMS_SEE_ALL,)
    RELATIONSHIP = "relationship", ("тот, кто ответил",), (Right.RELATIONSHIPS_SEE,)
    ENCOURAGEMENT = "encouragement", ("тот, кто предлагает",), (Right.INCENTIVES_DECIDE,)
    MENTOR_INCENTIVE = "mentor_incentive", (), (Right.MINUTES_SEE,)
    DISCIPLINE = "discipline", ("тот, кто предлагает",), (Right.DISCIPLINE_SEE,)
    EXPLANATION = "explanation", ("сам работник",), (Right.DISCIPLINE_SEE,)
    PAIRLESS_SUPPORT = "pairless_support", ("кого поддерживают", "кто поддерживает"), (Right.REQUESTS_DECIDE,)
    CONSULTATION = "consultation", ("тот, кто просит", "член совета, который ведёт беседу"), (Right.COUNCIL_TALKS,)
    MEDIATION = (
        "mediation",
        ("тот, кто просит", "после приглашения вторая сторона", "посредник"),
        (Right.COUNCIL_TALKS,),
    )
    TRAINING = "training", ("сам человек",), (Right.TRAINING_SEE,)
    PARTNER = "partner", ("тот, кто делает следующий шаг",), (Right.PARTNERS_SEE,)
    MINUTES = "minutes", (), (Right.MINUTES_SEE,)
    PRACTICE = "practice", ("авторы",), (Right.PRACTICES_WRITE, Right.PRACTICES_PUBLISH)
    MATERIAL = "material", ("тот, кто добавил",), (Right.LIBRARY_WRITE, Right.PRACTICES_PUBLISH)
    SPEED_OUTCOME = "speed_outcome", ("сам наставляемый", "наставники встречи"), (Right.EVENTS_WRITE,)
    SURVEY = "survey", ("тот, кто ответил",), (Right.SURVEYS_SEE,)
    BROUGHT_HOME = "brought_home", ("сам участник", "ответственный за событие"), (Right.EVENTS_SEE,)

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

    def named(self, people: Iterable[str]) -> str:
        """Return the words under a field whose readers are known by name: «Прочтут: Очирова С. Д. и …»."""
        return f"Прочтут: {joined([*people, *self.roles])}"

    @property
    def sentence(self) -> str:
        """Return the words under a field: «Прочтут: сам человек, директор и куратор»."""
        return f"Прочтут: {self.readers}"
