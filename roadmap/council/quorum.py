"""The quorum of each question: those whom it is about are neither counted nor vote (п. 3.5, 4.2)."""

from dataclasses import dataclass
from typing import Any

from mentoring_site.russian import joined, plural
from people.register.models import Person
from roadmap.bodies.members import members_on
from roadmap.bodies.models import Body
from roadmap.council.matters import kind_of

MEMBERS = "член,члена,членов"


@dataclass(frozen=True)
class Quorum:
    """How many may vote on a question, how many of them are there, how many are needed; who is left out."""

    members: int
    eligible: int
    present: int
    needed: int
    interested: tuple[Person, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether the body may decide this question."""
        return self.eligible > 0 and self.present >= self.needed

    @property
    def words(self) -> str:
        """«голосуют 3 из 4 членов, нужно не меньше 3: кворум есть»."""
        told = f"присутствуют {self.present} из {self.eligible}, кто голосует по нему, нужно не меньше {self.needed}"
        return f"{told}: кворум есть" if self.reached else f"{told}: кворума нет"

    @property
    def recused_words(self) -> str:
        """«Не голосуют, потому что вопрос их касается: Басангов О. С.», or an empty string."""
        names = joined([person.short_name for person in self.interested])
        return f"В кворум не входят и не голосуют, потому что вопрос их касается: {names}" if names else ""


def members_of(minutes: Any) -> list[Person]:
    """Return who sits in the body on the day of the meeting; read once for an object."""
    if not hasattr(minutes, "_members"):
        minutes._members = [member.person for member in members_on(minutes.organ, minutes.held_on)]
    return minutes._members


def interested_in(item: Any) -> set[int]:
    """Return the keys of the people whom a question is about: parties of its things, and who has declared it."""
    pairings = [*item.pairings.all(), *(program.pairing for program in item.programs.all())]
    found = {side.person_id for pairing in pairings for side in pairing.participations.all() if side.until is None}
    found |= {person.pk for person in item.recused.all()}
    for matter in item.matters.all():
        thing = matter.object
        if thing is not None and (kind := kind_of(thing)):
            found |= set(kind.parties(thing))
    return found


def quorum_of(minutes: Any, item: Any) -> Quorum | None:
    """Return the quorum of a question, None for a body whose members nobody has written down."""
    members = members_of(minutes)
    if not members:
        return None
    interested = interested_in(item)
    eligible = {person.pk for person in members} - interested
    present = {person.pk for person in minutes.present.all()} & eligible
    number = len(eligible)
    return Quorum(
        members=len(members),
        eligible=number,
        present=len(present),
        needed=needed_of(minutes, number),
        interested=tuple(person for person in members if person.pk in interested),
    )


def attendance_words(minutes: Any) -> str:
    """«Всего членов — 7, присутствовали — 5», or an empty string for a body without written members."""
    members = {person.pk for person in members_of(minutes)}
    if not members:
        return ""
    there = len(members & {person.pk for person in minutes.present.all()})
    quorum = "кворум имеется" if there >= needed_of(minutes, len(members)) else "кворума нет"
    return f"В составе {plural(len(members), MEMBERS)}, из них присутствовали {there}, {quorum}"


def needed_of(minutes: Any, number: int) -> int:
    """Return how many of so many who may vote are needed."""
    return number // 2 + 1 if minutes.organ.quorum == Body.Quorum.HALF else -(-number * 2 // 3)


def is_carried(item: Any) -> bool:
    """Whether a question was decided in favour, as far as votes were counted: more than half of those who voted."""
    if item.postponed:
        return False
    votes = (item.votes_for, item.votes_against, item.votes_abstained)
    if all(number is None for number in votes):
        return True
    return (item.votes_for or 0) * 2 > sum(number or 0 for number in votes)
