"""Forms and kinds of mentoring in words, for the page that explains them (п. 2.3)."""

from typing import Any

from programs.catalogs.guidance import Guide, guides
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.program.kinds.declaration import Declaration
from programs.program.kinds.registry import FORMS, KINDS


def explained(user: Any) -> dict[str, list[dict]]:
    """Return what each offered kind and form is, whom it suits, what its program has to say and what guides it."""
    kinds, forms = MentoringKind.objects.filter(is_open=True), MentoringForm.objects.filter(is_open=True)
    of_kinds, of_forms = guides(MentoringKind, user), guides(MentoringForm, user)
    return {
        "kinds": [_row(kind, KINDS.get(kind.code), of_kinds.get(kind.pk, [])) for kind in kinds],
        "forms": [_row(form, FORMS.get(form.code), of_forms.get(form.pk, [])) for form in forms],
    }


def _row(entry: MentoringForm | MentoringKind, declaration: Declaration | None, guidance: list[Guide]) -> dict:
    """One form or kind in words; one that the school has added itself says what its curator has written."""
    own = f"{entry.mentor_role} → {entry.mentee_role}" if isinstance(entry, MentoringForm) else entry.description
    found = {"name": entry.name, "description": own, "about": "", "clause": "", "asks": [], "is_event": False}
    found["guides"] = guidance
    if declaration is None:
        return found
    return found | {
        "about": declaration.about,
        "clause": declaration.clause,
        "asks": [ask.label for ask in declaration.asks] if declaration.is_program else [],
        "is_event": not declaration.is_program,
    }
