"""What of a person stands in networks: it can be destroyed; next steps that are done stay without the name."""

from django.db.models import Q, QuerySet

from mentoring_site.russian import plural
from people.consents.destruction.retention import ErasableData
from people.register.models import Person
from roadmap.partners.models import NetworkMember, Talk


def _members(person: Person) -> QuerySet[NetworkMember]:
    return NetworkMember.objects.filter(person=person)


def _steps(person: Person) -> QuerySet[Talk]:
    return Talk.objects.filter(~Q(next_step=""), responsible=person)


def _found(person: Person) -> list[str]:
    members, steps = _members(person).count(), _steps(person).count()
    return [
        *([plural(members, "участие в сети,участия в сетях,участий в сетях")] if members else []),
        *([plural(steps, "шаг по разговору,шага по разговорам,шагов по разговорам")] if steps else []),
    ]


def _erase(person: Person) -> int:
    nothing = {"next_step": "", "next_on": None, "responsible": None, "done_at": None, "done_by": None}
    return _steps(person).update(**nothing) + _members(person).delete()[0]


DATA = ErasableData("networks", "участие в сетях и сообществах", _found, _erase)
