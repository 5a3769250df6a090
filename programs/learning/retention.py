"""The learning log in an act of destruction (152-ФЗ, ст. 21; приказ РКН № 179).

Of a mentee all of it goes; of a mentor the words about mentees, for the ratings are about somebody else.
"""

from django.db.models import Q

from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from programs.learning.models import LearningNote, Skill, SkillRating


def used_statements() -> Q:
    """Return the condition of statements that are learnt in a program."""
    return Q(pk__in=Skill.objects.filter(difficulty__isnull=False).values("difficulty"))


def _words(person: Person):
    mine = SkillRating.objects.filter(rated_by__person=person, part="mentor").exclude(word="")
    return mine.exclude(skill__participation__person=person)


def _found(person: Person) -> list[str]:
    skills = Skill.objects.filter(participation__person=person).count()
    notes = LearningNote.objects.filter(participation__person=person).count()
    words = _words(person).count()
    return [
        *([plural(skills, "навык с оценками,навыка с оценками,навыков с оценками")] if skills else []),
        *([plural(notes, "итог недели,итога недели,итогов недели")] if notes else []),
        *([plural(words, "пояснение к оценке,пояснения к оценкам,пояснений к оценкам")] if words else []),
    ]


def _erase(person: Person) -> int:
    erased = _words(person).update(word="")
    erased += LearningNote.objects.filter(participation__person=person).delete()[0]
    return erased + Skill.objects.filter(participation__person=person).delete()[0]


DATA = ErasableData("learning", "навыки, их оценки и итоги недель", _found, _erase)
