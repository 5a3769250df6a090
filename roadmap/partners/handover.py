"""Next steps of talks with partners go to somebody else (п. 3.4)."""

from collections.abc import Iterator

from django.urls import reverse

from mentoring_site.locks import locked
from mentoring_site.russian import ruday
from mentoring_site.workflow import Already, record
from people.accounts.models import User
from people.handover.parts import Part, Thing, require_part
from people.register.models import Person
from people.rights import Right
from roadmap.partners.models import Talk


def _things(person: Person, user: User) -> Iterator[Thing]:
    steps = Talk.objects.visible_to(user).filter(responsible=person, done_at__isnull=True).exclude(next_step="")
    for talk in steps.order_by("next_on", "pk"):
        yield Thing(talk.pk, f"{talk.next_step}, до {ruday(talk.next_on)}", reverse("roadmap:talks"))


def _hand(key: int, person: Person, to: Person, by: User) -> None:
    require_part(PART, by)
    talk = locked(Talk.objects.get(pk=key))
    if talk.done_at or talk.responsible_id != person.pk:
        raise Already("следующий шаг уже сделан или передан")
    Talk.objects.filter(pk=talk.pk).update(responsible=to)
    record(talk, "hand_over", by=by, words="следующий шаг передан", former=person.pk, to=to.pk)


PART = Part(
    "talk_step",
    "Следующие шаги по разговорам с партнёрами",
    (Right.PARTNERS_EDIT,),
    "Тому, кто продолжит разговор",
    _things,
    _hand,
)
