"""Files and links of a material: put and renewed by who has added it, while it is in work; old revisions stay."""

from typing import Any

from mentoring_site.evidence.places import Place
from mentoring_site.workflow import record
from people.accounts.models import User
from roadmap.library import acts
from roadmap.library.models import Material


def _record(material: Material, verb: str, words: str, by: User) -> Any:
    return record(material, verb, by=by, words=words)


LIBRARY = Place(
    code="library",
    model=Material,
    readable=lambda user: Material.objects.visible_to(user),
    require=acts.require_adding,
    claim=acts.in_work,
    title=lambda material: str(material),
    address=lambda material: material.get_absolute_url(),
    record=_record,
)
