"""What of the absences can be destroyed: all of it."""

from mentoring_site.russian import plural
from people.absences import acts
from people.absences.models import Absence
from people.consents.destruction.retention import ErasableData
from people.register.models import Person


def _found(person: Person) -> list[str]:
    number = Absence.objects.filter(person=person).count()
    return [plural(number, "запись об отсутствии,записи об отсутствии,записей об отсутствии")] if number else []


DATA = ErasableData("absence", "дни отпусков и отсутствий", _found, acts.erase)
