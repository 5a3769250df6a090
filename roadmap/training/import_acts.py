"""Acts of a workbook of records: stored under its hash, written once after it was looked at (п. 3.4)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.files import delete_stored, discard_unless_used, is_used, store_bytes
from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from mentoring_site.xlsx.reader import CONTENT_TYPE, open_upload
from people.accounts.models import User
from people.rights import Right
from roadmap.training import acts
from roadmap.training.models import TrainingImport
from roadmap.training.workbook import Line, Verdict, lines_of

KEPT = timedelta(days=90)
"""How long a workbook is kept: its rows are records by then."""
LOAD = "загружать записи об обучении из файла"


def take(content: bytes, *, name: str, sha256: str, by: User) -> tuple[TrainingImport, bool]:
    """Store a workbook that can be read; one that waits already is not stored twice. Nothing else is written.

    Returns the upload and whether it is new. Raises ``NotAllowed``; ``DamagedFile`` when it cannot be read.
    """
    require(by, Right.TRAINING_EDIT, act=LOAD)
    if known := TrainingImport.objects.filter(sha256=sha256, committed_at__isnull=True).first():
        return known, False
    lines_of(open_upload(content))
    with discard_unless_used(store_bytes(content, name=name, content_type=CONTENT_TYPE, by=by)) as stored:
        upload = TrainingImport(file=stored, sha256=sha256, uploaded_by=by)
        try:
            with transaction.atomic():
                upload.save()
        except IntegrityError:  # the same file came twice at this very moment
            return TrainingImport.objects.filter(sha256=sha256)[0], False
        return upload, True


def lines(upload: TrainingImport) -> list[Line]:
    """Return the rows of an upload with their verdicts of now. Raises ``DamagedFile``."""
    with upload.file.file.open("rb") as stored:
        return lines_of(open_upload(stored.read()))


@transaction.atomic
def write(upload: TrainingImport, *, by: User, doubtful: Collection[int] = ()) -> TrainingImport:
    """Write the new rows and those doubtful ones that were ticked, by their numbers; what is known stays as it is.

    Raises ``NotAllowed``, ``Already``, ``DamagedFile``; ``Refused`` when there is nothing to write.
    """
    require(by, Right.TRAINING_EDIT, act=LOAD)
    fresh = locked(upload)
    if fresh.committed_at:
        raise Already("Этот файл уже внесён. Ничего не изменено")
    rows = lines(fresh)
    chosen = [line for line in rows if _is_taken(line, doubtful)]
    if not chosen:
        raise Refused("Вносить нечего: новых строк нет, сомнительные не отмечены")
    for line in chosen:
        assert line.person is not None
        key = uuid5(NAMESPACE_URL, f"training-import:{fresh.pk}:{line.number}")
        acts.enter(line.person, by=by, request_key=key, **line.values)
    counts = {verdict.name.lower(): sum(line.verdict is verdict for line in rows) for verdict in Verdict}
    fresh.result = counts | {"written": len(chosen)}
    fresh.committed_at, fresh.committed_by = timezone.now(), by
    fresh.save(update_fields=["result", "committed_at", "committed_by"])
    record(fresh, "import", by=by, words="записи об обучении внесены из файла", written=len(chosen))
    return fresh


def _is_taken(line: Line, doubtful: Collection[int]) -> bool:
    return line.verdict is Verdict.NEW or (line.verdict is Verdict.DOUBTFUL and line.number in doubtful)


@transaction.atomic
def discard(upload: TrainingImport, *, by: User) -> None:
    """Take a workbook away that was not written. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.TRAINING_EDIT, act=LOAD)
    fresh = locked(upload, gone="Этого файла уже нет")
    if fresh.committed_at:
        raise Already("Этот файл уже внесён")
    _forget(fresh)


def _forget(upload: TrainingImport) -> None:
    file = upload.file
    upload.delete()
    if not is_used(file):
        delete_stored(file)


@transaction.atomic
def forget_all() -> int:
    """Delete every workbook: somebody's data have been destroyed, and may stand in it. Returns how many."""
    found = list(TrainingImport.objects.select_for_update(of=("self",)).select_related("file"))
    for upload in found:
        _forget(upload)
    return len(found)


@transaction.atomic
def forget_old() -> int:
    """Delete the workbooks that were uploaded more than ``KEPT`` ago, for the clock; return how many."""
    old = TrainingImport.objects.filter(uploaded_at__lt=timezone.now() - KEPT)
    found = list(old.select_for_update(of=("self",)).select_related("file"))
    for upload in found:
        _forget(upload)
    return len(found)
