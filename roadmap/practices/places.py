"""Materials of a practice: put by who writes it, while it is in work; read inside, by others when they are shown."""

from typing import Any

from django.db.models import Q, QuerySet

from mentoring_site.evidence.places import Place
from mentoring_site.workflow import record
from people.accounts.models import User
from people.promises import Promise
from roadmap.practices import acts
from roadmap.practices.models import Practice, PracticeAuthor


def _readable(user: User) -> QuerySet[Practice]:
    found = Practice.objects.visible_to(user)
    if Promise.PRACTICE.opens_to(user):
        return found
    mine = PracticeAuthor.objects.filter(person=user.person_id).values("practice")
    return found.filter(Q(files_public=True) | Q(pk__in=mine) | Q(created_by=user.pk))


def _record(practice: Practice, verb: str, words: str, by: User) -> Any:
    return record(practice, verb, by=by, words=words)


PRACTICES = Place(
    code="practices",
    model=Practice,
    readable=_readable,
    require=acts.require_writing,
    claim=acts.in_work,
    title=lambda practice: str(practice),
    address=lambda practice: practice.get_absolute_url(),
    record=_record,
)
