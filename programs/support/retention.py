"""Words of the council's support in an act of destruction: what a person wrote goes, that it was done stays."""

from django.db.models import Q, QuerySet

from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from programs.support.models import CouncilMark, SupportTask

ERASED = "Уничтожено вместе с персональными данными"


def _tasks(person: Person) -> QuerySet[SupportTask]:
    return SupportTask.objects.filter(assignee=person).exclude(text=ERASED)


def _marks(person: Person) -> QuerySet[CouncilMark]:
    about = Q(program__pairing__participations__person=person)
    found = CouncilMark.objects.filter(about).exclude(conclusion=ERASED).values("pk")
    return CouncilMark.objects.filter(pk__in=found)


def _found(person: Person) -> list[str]:
    tasks, marks = _tasks(person).count(), _marks(person).count()
    return [
        *([plural(tasks, "поручение совета,поручения совета,поручений совета")] if tasks else []),
        *([plural(marks, "заключение совета,заключения совета,заключений совета")] if marks else []),
    ]


def _erase(person: Person) -> int:
    number = _marks(person).update(conclusion=ERASED)
    done = _tasks(person).exclude(result="").update(result=ERASED, comment=ERASED)
    return number + done + _tasks(person).update(text=ERASED)


DATA = ErasableData("support", "поручения совета и заключения о программах", _found, _erase)
