"""Evidence of a record of training: the document, put by whoever may change the record (п. 5.1)."""

from typing import Any

from mentoring_site.evidence.places import Place
from mentoring_site.locks import locked
from mentoring_site.workflow import record
from people.accounts.models import User
from roadmap.training.acts import require_changing
from roadmap.training.models import Training


def _claimed(training: Training, user: User) -> Training:
    fresh = locked(training)
    require_changing(fresh, user)
    return fresh


def _record(training: Training, verb: str, words: str, by: User) -> Any:
    return record(training, verb, by=by, words=words)


TRAININGS = Place(
    code="training",
    model=Training,
    readable=lambda user: Training.objects.visible_to(user),
    require=require_changing,
    claim=_claimed,
    title=lambda training: str(training),
    address=lambda training: training.get_absolute_url(),
    record=_record,
)
