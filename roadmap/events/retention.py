"""Events in an act of destruction: what a person wrote goes, that the person took part stays in the list."""

from django.db.models import Q, QuerySet

from mentoring_site.evidence.acts import destroy
from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from roadmap.events.models import Participant

TEXTS = ("document", "brought_home", "outcome", "next_words")


def _rows(person: Person) -> QuerySet[Participant]:
    said = Q(evidence__isnull=False)
    for name in TEXTS:
        said |= ~Q(**{name: ""})
    keys = Participant.objects.filter(said, person=person).values("pk")
    return Participant.objects.filter(pk__in=keys)


def _found(person: Person) -> list[str]:
    number = _rows(person).count()
    return [plural(number, "запись об участии,записи об участии,записей об участии")] if number else []


def _erase(person: Person) -> int:
    rows = _rows(person)
    keys = list(rows.values_list("pk", flat=True))
    for row in rows:
        destroy(row.evidence.all())
    return Participant.objects.filter(pk__in=keys).update(**dict.fromkeys(TEXTS, ""), next_step="", next_done_at=None)


DATA = ErasableData("events", "что дали события: итоги встреч, рассказы и документы участников", _found, _erase)


def reasons(person: Person) -> list[str]:
    """Say that lists of participants stay with the papers of the event."""
    number = Participant.objects.present().filter(person=person).count()
    if not number:
        return []
    return [f"участие в событиях школы ({plural(number, 'событие,события,событий')}): списки хранятся с их документами"]
