"""Acts on the activities of a sample program: their order, the files that help with them (п. 1.2, 3.5)."""

from django.db import transaction

from mentoring_site.files import delete_stored, is_used
from mentoring_site.locks import locked
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.rights import Right
from programs.catalogs.models import ProgramTemplate, TemplateActivity

MOST_MATERIALS = 10


@transaction.atomic
def move_line(line: TemplateActivity, *, by: User, up: bool) -> None:
    """Let an activity of a sample change places with the one before or after it: the weeks stay where they are.

    Raises ``NotAllowed``; ``Already`` at the end of the list.
    """
    require(by, Right.PROGRAMS_WRITE)
    template = locked(ProgramTemplate.objects.get(pk=line.template_id))
    rows = list(template.activities.all())
    place = next(n for n, row in enumerate(rows) if row.pk == line.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        raise Already("Дальше переставлять некуда")
    weeks = [row.week for row in rows]
    rows[place], rows[other] = rows[other], rows[place]
    for n, (row, week) in enumerate(zip(rows, weeks, strict=True), 1):
        row.week, row.position = week, n
        row.save(update_fields=["week", "position"])
    record(template, "list", by=by, words=f"переставлено: {line.title}"[:300])


@transaction.atomic
def attach(line: TemplateActivity, file: StoredFile, *, by: User) -> None:
    """Add a file that helps with an activity of a sample (п. 3.5). Raises ``NotAllowed``; ``Refused`` for too many."""
    require(by, Right.PROGRAMS_WRITE)
    line = locked(line)
    if line.materials.count() >= MOST_MATERIALS:
        raise Refused(f"К мероприятию прикладывают не больше {MOST_MATERIALS} файлов")
    line.materials.add(file)
    record(line.template, "list", by=by, words=f"«{line.title}»: добавлен материал {file.name}"[:300])


@transaction.atomic
def detach(line: TemplateActivity, file: StoredFile, *, by: User) -> None:
    """Take a file away from an activity of a sample; programs keep theirs. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.PROGRAMS_WRITE)
    line = locked(line)
    if not line.materials.filter(pk=file.pk).exists():
        raise Already("Этот материал уже убран")
    line.materials.remove(file)
    record(line.template, "list", by=by, words=f"«{line.title}»: убран материал {file.name}"[:300])
    if not is_used(file):
        transaction.on_commit(lambda: delete_stored(file))
