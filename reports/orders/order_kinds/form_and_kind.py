"""The form and the kind of mentoring of a pair or group before it has a program (п. 2.3), for the list of an order."""

from dataclasses import dataclass
from typing import Any

from mentoring_site.russian import lower_first
from people.rights import DIRECTOR
from people.roles.holders import holder
from people.school.models import Organisation
from programs.catalogs.models import MentoringForm, MentoringKind

BEGINS = {
    "director": "руководитель",
    Organisation.Kind.COLLEGE: "педагог вуза",
    Organisation.Kind.UNIVERSITY: "педагог вуза",
}
"""How the name of a form begins, by who the mentor is; a teacher otherwise."""
TEACHERS = "педагог – педагог"
KINDS = {"pair": "traditional", "group": "group"}


@dataclass(frozen=True)
class FormAndKind:
    """The names of the school's lists, by which forms and kinds are called; three queries for any number of pairs."""

    forms: list[str]
    kinds: dict[str, str]
    director: int | None
    organisations: dict[int, Organisation]

    @classmethod
    def read(cls) -> "FormAndKind":
        """Read the lists and who heads the school."""
        head = holder(DIRECTOR)
        kinds = dict(MentoringKind.objects.filter(code__in=KINDS.values()).values_list("code", "name"))
        forms = list(MentoringForm.objects.order_by("pk").values_list("name", flat=True))
        return cls(forms, kinds, head.pk if head else None, Organisation.objects.exclude(kind="own").in_bulk())

    def of(self, pairing: Any) -> str:
        """Return «педагог – педагог; наставничество в группе»; takes a pairing read with ``people``."""
        mentor = next((p for p in pairing.people if p.part == "mentor"), None)
        who = ""
        if mentor and mentor.person_id == self.director:
            who = "director"
        elif mentor and mentor.employment and (place := self.organisations.get(mentor.employment.organisation_id)):
            who = place.kind
        begins = BEGINS.get(who, TEACHERS)
        form = next((name for name in self.forms if lower_first(name).startswith(begins)), TEACHERS)
        kind = self.kinds.get(KINDS[pairing.kind], "")
        return "; ".join(lower_first(words) for words in (form, kind) if words)
