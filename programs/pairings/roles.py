"""The roles «наставник» and «наставляемый»: they come from pairs and groups assigned by order."""

from people.register.models import Person
from people.roles.relations import RelationRoles
from programs.pairings.models import Participation


def of_person(person_id: int) -> list[str]:
    """Return the codes of the roles that the person's live participations give; one query."""
    return list(Participation.objects.engaged().filter(person=person_id).order_by().values_list("part", flat=True))


def holders() -> dict[str, list[Person]]:
    """Return the mentors and the mentees of today; one query."""
    found: dict[str, list[Person]] = {}
    for participation in Participation.objects.engaged().select_related("person"):
        found.setdefault(participation.part, []).append(participation.person)
    return found


RELATION_ROLES = RelationRoles(of_person, holders)
