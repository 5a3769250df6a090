"""Requests about personal data that a person answers go to somebody else with their terms (152-ФЗ, ст. 14, 20, 21)."""

from collections.abc import Iterator

from mentoring_site.locks import locked
from mentoring_site.workflow import Already, record
from people.accounts.models import User
from people.consents.requests.models import DataRequest
from people.handover.parts import Part, Thing, require_part
from people.register.models import Person
from people.rights import Right


def _things(person: Person, user: User) -> Iterator[Thing]:
    for request in DataRequest.objects.visible_to(user).open().filter(responsible=person).order_by("received_on", "pk"):
        yield Thing(request.pk, str(request), request.get_absolute_url())


def _hand(key: int, person: Person, to: Person, by: User) -> None:
    require_part(PART, by)
    request = locked(DataRequest.objects.get(pk=key))
    if request.closed_at or request.responsible_id != person.pk:
        raise Already("обращение уже закрыто или передано")
    DataRequest.objects.filter(pk=request.pk).update(responsible=to)
    words = f"отвечает теперь {to.short_name}, раньше — {person.short_name}"
    record(request, "hand_over", by=by, words=words, former=person.pk, to=to.pk)


PART = Part(
    "data-request",
    "Обращения о персональных данных",
    (Right.CONSENTS_RECORD, Right.CONSENTS_DESTROY),
    "Срок ответа остаётся прежним",
    _things,
    _hand,
)
