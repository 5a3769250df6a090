"""Holds: what a higher feature relies on and a lower one may not change meanwhile.

An order in preparation holds what it is about. The lower feature knows no orders: it asks ``refuse_held`` before it
takes a thing back. A hold is a row that its holder writes and removes; it decides nothing by itself.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from mentoring_site.locks import locked
from mentoring_site.models import Hold
from mentoring_site.workflow import Refused


@transaction.atomic
def hold(objects: Iterable[models.Model], *, by: models.Model, firm: bool = False) -> None:
    """Let ``by`` hold exactly these objects; what it held besides is released.

    ``firm`` says that ``by`` itself is closed for edits: an order that is agreed or at signature. Raises ``Already``
    when one of them is gone.
    """
    release(by=by)
    held = [locked(obj) for obj in sorted(objects, key=lambda obj: (obj._meta.label, obj.pk))]
    Hold.objects.bulk_create(Hold(object=obj, holder=by, firm=firm) for obj in held)


def release(*, by: models.Model) -> None:
    """Release everything that ``by`` holds: it is carried out or given up."""
    Hold.objects.filter(holder_type=ContentType.objects.get_for_model(by), holder_id=by.pk).delete()


def refuse_held(held: models.Model, sentence: str, *, firm: bool = False) -> None:
    """Raise ``Refused`` with the sentence while something holds the object; nothing can begin to until the commit."""
    if held_by(locked(held), firm=firm):
        raise Refused(sentence)


def held_by(held: models.Model, *, firm: bool = False) -> Hold | None:
    """Return the hold on an object, or None; with ``firm`` only one whose holder is closed for edits."""
    found = Hold.objects.filter(object_type=ContentType.objects.get_for_model(held), object_id=held.pk)
    return (found.filter(firm=True) if firm else found).first()
