"""How long the answers are kept: a year after the end of the program; with a person's data at once (152-ФЗ, ст. 5)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from programs.relationship.models import RelationshipAnswer

KEPT = timedelta(days=365)
AT_ONCE = 500


def _of(person: Person) -> QuerySet[RelationshipAnswer]:
    return RelationshipAnswer.objects.filter(participation__person=person)


def _found(person: Person) -> list[str]:
    number = _of(person).count()
    return [plural(number, "ответ,ответа,ответов")] if number else []


def _erase(person: Person) -> int:
    number, _ = _of(person).delete()
    return number


DATA = ErasableData("relationship", "ответы о том, как работается вместе", _found, _erase)


@transaction.atomic
def destroy_old(now: datetime | None = None) -> int:
    """Destroy the answers of programs that ended more than a year ago, for the clock; return how many."""
    day = timezone.localdate(now or timezone.now()) - KEPT
    old = RelationshipAnswer.objects.filter(program__ended_on__lt=day)
    keys = list(old.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    RelationshipAnswer.objects.filter(pk__in=keys).delete()
    return len(keys)
