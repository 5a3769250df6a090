"""Letters about difficulties. None of them names the difficulty: it is read on its page."""

from mentoring_site.mail import while_there
from people.accounts.models import User
from people.roles.letters import mail_person
from programs.difficulties.models import Difficulty
from programs.difficulties.rules import MENTOR


def _people(row: Difficulty, part: str) -> list:
    """Return the mentor, or the mentee whose difficulty it is."""
    here = [p for p in row.program.pairing.participations.live().select_related("person__user") if p.part == part]
    return [p.person for p in here if part == MENTOR or p.candidate_id == row.statement.candidate_id]


def tell(row: Difficulty, name: str, *, but: User, to: str, asks: str = "") -> None:
    """Write to one side of the difficulty."""
    for person in _people(row, to):
        if person.pk != but.person_id:
            mail_person(person, name, asks=asks, person=person, difficulty=row)


def tell_of_flag(row: Difficulty, *, but: User) -> None:
    """Write to the curator of the program and to the mentor that help is needed."""
    people = {person.pk: person for person in [row.program.curator, *_people(row, MENTOR)]}
    for pk, person in people.items():
        if pk != but.person_id:
            mail_person(person, "difficulty_flagged", asks=str(row.pk), person=person, difficulty=row)


def _flagged(key: str, person: int | None) -> bool:
    return Difficulty.objects.flagged().filter(pk=key).exists()


NEEDED = {
    "difficulty_proposed": while_there(Difficulty, state=Difficulty.State.PROPOSED),
    "difficulty_flagged": _flagged,
}
NEWS = {"difficulty_answered"}
