"""What registration does to the things of an order, and its rehearsal before the pen (docs/decisions/0002).

Whatever an effect can refuse has to be known before the order is signed. So the effects are tried by the very code of
registration inside a savepoint that is always rolled back: no letter, file or task of it survives.
"""

from typing import Any

from auditlog.models import LogEntry
from django.core.cache import cache
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from mentoring_site.holds import release
from mentoring_site.models import Act
from mentoring_site.paper_numbers import number_columns
from mentoring_site.workflow import Complaint, NotAllowed, Refused
from people.accounts.models import User
from reports.orders.models import Order
from reports.orders.order_kinds.registry import SUBJECTS, phrase_of, subject_of, subject_type_of

State = Order.State
WHO = {
    State.DRAFT: "Исправляет тот, кто составил приказ: в сведениях приказа или там, где это записано",
    State.AGREED: "Верните приказ в проекты и исправьте его или устраните причину",
    State.AT_SIGNATURE: (
        "Так приказ не зарегистрировать: устраните причину или верните его в проекты и составьте заново"
    ),
}
"""What to do with a refusal, by the state of the order."""
KEPT = 3600  # seconds for which an answer about an unchanged world is kept


class _Rehearsed(Exception):
    """Rolls the rehearsal back."""


def enact(order: Order, *, by: User) -> None:
    """Let every item take effect: appointments first, because pairs need appointed mentors. Raises ``Refused``."""
    for subject in _subjects(order):
        _enact_one(subject, order, by)


def _enact_one(subject: Any, order: Order, by: User) -> None:
    """Let one item take effect. Raises ``Refused``, never ``Already``: that is said of the item, not of the order."""
    try:
        subject_type_of(subject).enact(subject, by=by, order=order)
    except NotAllowed:
        raise
    except Refused as refusal:
        name = phrase_of(subject)
        raise Refused([s if name in s else f"{name}: {s}" for s in refusal.sentences]) from refusal
    except IntegrityError as error:
        sentence = f"{phrase_of(subject)}: такая запись уже есть, второй раз её ввести нельзя"
        raise Refused(sentence) from error


def _subjects(order: Order) -> list[Any]:
    items = [subject_of(item) for item in order.items.select_related(*SUBJECTS)]
    return sorted(items, key=lambda subject: not subject_type_of(subject).enact_first)


def rehearse(order: Order, *, by: User) -> list[Complaint]:
    """Return what registration would refuse if it were done now by ``by``; changes nothing.

    Each thing is tried apart, so everything that stands against the order is said at once.
    """
    found: list[str] = []
    try:
        with transaction.atomic():
            registered = _as_registered(order)
            for subject in _subjects(registered):
                found += _refusals(subject, registered, by)
            raise _Rehearsed
    except _Rehearsed:
        pass
    return [Complaint(text, WHO[State(order.state)]) for text in dict.fromkeys(found)]


def _refusals(subject: Any, order: Order, by: User) -> list[str]:
    try:
        with transaction.atomic():
            _enact_one(subject, order, by)
    except Refused as refusal:
        return refusal.sentences
    return []


def _as_registered(order: Order) -> Order:
    """Return the order as registration would leave it today; the caller rolls it back."""
    today = timezone.localdate()
    columns: dict[str, Any] = {
        **number_columns(f"1-{order.pk}"),
        "state": State.REGISTERED,
        "date": today,
        "year": today.year,
        "effective_on": today,  # what waits for a coming day is enacted by that day, not refused before it
        "registered_at": timezone.now(),
        "frozen_at": order.frozen_at or timezone.now(),
        "facts": {"acquaintance": [], "cited": []},
        "facts_sha256": "0" * 64,
    }
    if not Order.objects.filter(pk=order.pk, state=order.state, version=order.version).update(**columns):
        raise _Rehearsed  # it has moved meanwhile: what is shown is stale anyway
    registered = Order.objects.get(pk=order.pk)
    release(by=registered)
    return registered


def complaints(order: Order, *, by: User) -> list[Complaint]:
    """Return what ``rehearse`` finds, for a page: an answer is kept until anything is written in the school's logs."""
    edit = models.Subquery(LogEntry.objects.order_by("-pk").values("pk")[:1])
    world = Act.objects.order_by("-pk").values_list("pk", edit).first() or ("", "")
    key = f"rehearsal-{order.pk}-{order.version}-{by.pk}-{world[0]}-{world[1]}-{timezone.localdate()}"
    texts = cache.get(key)
    if texts is None:
        texts = [complaint.text for complaint in rehearse(order, by=by)]
        cache.set(key, texts, KEPT)
    return [Complaint(text, WHO[State(order.state)]) for text in texts]
