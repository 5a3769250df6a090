"""Editable lists of programmes: forms and kinds of mentoring, samples of programmes (п. 2.3). Nothing is erased."""

from django.db import transaction

from mentoring_site.workflow import NotAllowed, record
from people.rights import Right
from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate

LISTS = {"forms": MentoringForm, "kinds": MentoringKind, "templates": ProgramTemplate}


@transaction.atomic
def save(entry, *, by, activities=None):
    """Save an entry of a list, and the ``activities`` formset of a sample. Returns the entry; raises ``NotAllowed``.

    What is no longer offered stays in the programmes that use it.
    """
    if not by.can(Right.LISTS_EDIT):
        raise NotAllowed("Списки ведёт куратор")
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
