"""Programs that a curator leads are part of what is handed over (п. 3.4)."""

from collections.abc import Iterator

from people.accounts.models import User
from people.handover.parts import Part, Thing
from people.register.models import Person
from people.rights import Right
from programs.changes.curatorship.acts import HANDED_OVER, hand_over
from programs.program.models import Program


def _things(person: Person, user: User) -> Iterator[Thing]:
    led = Program.objects.visible_to(user).filter(curator=person, state__in=HANDED_OVER)
    for program in led.order_by("ends_on", "pk"):
        yield Thing(program.pk, f"Программа «{program.title}»", program.get_absolute_url())


def _hand(key: int, person: Person, to: Person, by: User) -> None:
    hand_over(Program.objects.get(pk=key), to=to, by=by)


PART = Part(
    "program",
    "Программы, которые ведёт",
    (Right.PROGRAMS_CHANGE, Right.BANKS_APPROVE),
    "Переходят тому, у кого есть роль куратора",
    _things,
    _hand,
)
