"""What of the records of training can be destroyed: all of it, with the files of documents."""

from django.db.models import QuerySet

from mentoring_site.evidence import acts as evidence_acts
from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from roadmap.training.models import Training, TrainingInvitation


def _records(person: Person) -> QuerySet[Training]:
    return Training.objects.filter(person=person)


def _found(person: Person) -> list[str]:
    number = _records(person).count()
    return [plural(number, "запись об обучении,записи об обучении,записей об обучении")] if number else []


def _erase(person: Person) -> int:
    invitations = TrainingInvitation.objects.filter(person=person).delete()[0]
    for training in _records(person):
        evidence_acts.destroy(training.evidence.all())
    return invitations + _records(person).delete()[0]


DATA = ErasableData("training", "записи об обучении и документы о нём", _found, _erase)
