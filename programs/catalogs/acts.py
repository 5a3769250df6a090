"""Editable lists of programs: forms and kinds of mentoring, samples of programs (п. 2.3). Nothing is erased."""

from typing import Any

from django.db import transaction
from django.forms.models import BaseInlineFormSet
from django.utils import timezone

from mentoring_site.rights import require
from mentoring_site.workflow import record
from people.accounts.models import User
from people.rights import Right
from programs.catalogs.models import (
    IncentiveMeasure,
    MentoringForm,
    MentoringKind,
    ProgramTemplate,
    SheetTemplate,
    StepSample,
)

Entry = MentoringForm | MentoringKind | ProgramTemplate | StepSample | SheetTemplate | IncentiveMeasure
LISTS: dict[str, type[Entry]] = {
    "forms": MentoringForm,
    "kinds": MentoringKind,
    "templates": ProgramTemplate,
    "steps": StepSample,
    "sheets": SheetTemplate,
    "measures": IncentiveMeasure,
}


def right_of(model: type[Entry]) -> Right:
    """Return whose a list is: samples of programs are written by the council too (п. 3.5)."""
    return Right.PROGRAMS_WRITE if model is ProgramTemplate else Right.LISTS_EDIT


@transaction.atomic
def save(entry: Entry, *, by: User, lines: BaseInlineFormSet | None = None) -> Entry:
    """Save an entry of a list, and the formset of its ``lines``: activities of a sample, criteria of a sheet.

    What is no longer offered stays in the programs that use it. Returns the entry; raises ``NotAllowed``.
    """
    require(by, right_of(type(entry)))
    new = entry.pk is None
    if isinstance(entry, MentoringKind | IncentiveMeasure) and not entry.code:
        others: Any = type(entry).objects
        entry.code = f"own-{others.count() + 1}"
        while others.filter(code=entry.code).exists():
            entry.code += "-a"
    entry.save()
    if lines is not None:
        lines.instance = entry
        for line in lines.forms:
            if line.has_changed():
                line.instance.changed_at = timezone.now()
        lines.save()
    record(entry, "list", by=by, words=f"{'добавлено' if new else 'изменено'}: {entry}"[:300])
    return entry
