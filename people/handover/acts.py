"""Handing over open things from one person to another."""

from collections.abc import Collection

from django.db import transaction

from mentoring_site.locks import locked
from mentoring_site.russian import plural
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people.accounts.models import User
from people.handover.parts import Thing, holders, open_of, parts_of
from people.register.models import Person
from people.roles.letters import mail_person

NEWS = {"handed_over"}
THINGS = "дело,дела,дел"


def require_handing_over(user: User) -> None:
    """Refuse whoever may hand over nothing at all. Raises ``NotAllowed``."""
    if not parts_of(user):
        raise NotAllowed(f"Передавать дела может {holders()}")


@transaction.atomic
def hand_over(person: Person, *, to: Person, keys: Collection[str], by: User, note: str = "") -> list[Thing]:
    """Give the chosen things, named «part:key», to somebody else, all or none; both get a letter.

    Raises ``NotAllowed``; ``Already`` when a thing is no longer the person's; ``Refused`` with the sentences of every
    thing that cannot go to that person.
    """
    require_handing_over(by)
    locked(person)
    if person.pk == to.pk:
        raise Refused("Дела передают другому человеку: выберите, кому")
    known = {f"{one.part.code}:{thing.key}": (one.part, thing) for one in open_of(person, by) for thing in one.things}
    if not keys:
        raise Refused("Отметьте, что передать")
    if any(key not in known for key in keys):
        raise Already("Часть отмеченного уже передана или закончена. Список обновлён: отметьте заново")
    refused: list[str] = []
    given = [known[key] for key in known if key in keys]
    for part, thing in given:
        try:
            with transaction.atomic():
                part.hand(thing.key, person, to, by)
        except Refused as reason:
            refused += [f"{thing.what}: {sentence}" for sentence in reason.sentences]
    if refused:
        raise Refused(refused)
    things = [thing for _, thing in given]
    words = f"{plural(len(things), THINGS)} передано: {to.short_name}"
    record(person, "handover", by=by, words=words, to=to.pk, keys=sorted(keys))
    for reader in (to, person):
        if reader.pk != by.person_id:
            mail_person(reader, "handed_over", person=person, successor=to, things=things, note=note)
    return things
