"""Best practices in an act of destruction: a person is no author any more, words that name the person go."""

from django.db.models import Q, QuerySet

from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from roadmap.practices.models import Practice

ERASED = "Уничтожено вместе с персональными данными"
WORDS = ("problem", "done", "result", "figures", "advice")


def _about(person: Person) -> QuerySet[Practice]:
    found = Practice.objects.filter(Q(people=person) | Q(authors__person=person)).values("pk")
    return Practice.objects.filter(pk__in=found)


def _found(person: Person) -> list[str]:
    number = _about(person).count()
    return [plural(number, "практика,практики,практик")] if number else []


def _erase(person: Person) -> int:
    rows = list(_about(person).select_for_update(of=("self",)))
    for practice in rows:
        practice.authors.filter(person=person).delete()
        if practice.people.filter(pk=person.pk).exists():
            practice.title, practice.summary = f"Практика {practice.pk}", ""
            for name in WORDS:
                setattr(practice, name, ERASED)
            practice.save()
            practice.people.remove(person)
    return len(rows)


DATA = ErasableData("practices", "авторство лучших практик и слова о человеке в них", _found, _erase)
