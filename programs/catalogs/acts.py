"""Editable lists of programs: forms and kinds of mentoring, samples of programs (п. 2.3). Nothing is erased."""

from django.db import transaction
from django.forms.models import BaseInlineFormSet

from mentoring_site.rights import require
from mentoring_site.workflow import record
from people.accounts.models import User
from people.rights import Right
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate

Entry = MentoringForm | MentoringKind | ProgramTemplate
LISTS: dict[str, type[Entry]] = {"forms": MentoringForm, "kinds": MentoringKind, "templates": ProgramTemplate}


@transaction.atomic
def save(entry: Entry, *, by: User, activities: BaseInlineFormSet | None = None) -> Entry:
    """Save an entry of a list, and the ``activities`` formset of a sample. Returns the entry; raises ``NotAllowed``.

    What is no longer offered stays in the programs that use it.
    """
    require(by, Right.LISTS_EDIT)
    new = entry.pk is None
    if isinstance(entry, MentoringKind) and not entry.code:
        entry.code = f"own-{MentoringKind.objects.count() + 1}"
        while MentoringKind.objects.filter(code=entry.code).exists():
            entry.code += "-a"
    entry.save()
    if activities is not None:
        activities.instance = entry
        activities.save()
    record(entry, "list", by=by, words=f"{'добавлено' if new else 'изменено'}: {entry}"[:300])
    return entry
