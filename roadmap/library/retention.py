"""Methodical materials in an act of destruction: words that name the person go, the material stays with the school."""

from django.db.models import QuerySet

from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from roadmap.library.models import Material

ERASED = "Уничтожено вместе с персональными данными"


def _about(person: Person) -> QuerySet[Material]:
    return Material.objects.filter(people=person)


def _found(person: Person) -> list[str]:
    number = _about(person).count()
    return [plural(number, "материал,материала,материалов")] if number else []


def _erase(person: Person) -> int:
    rows = list(_about(person).select_for_update(of=("self",)))
    for material in rows:
        material.title, material.annotation, material.source = f"Материал {material.pk}", ERASED, ERASED
        material.save()
        material.people.remove(person)
    return len(rows)


DATA = ErasableData("library", "слова о человеке в сведениях о методических материалах", _found, _erase)
