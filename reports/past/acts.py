"""Acts of a workbook of the past: stored under its hash, doubts answered, written in the background, removed."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from mentoring_site.files import delete_stored, discard_unless_used, is_used, store_bytes
from mentoring_site.locks import locked
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from mentoring_site.xlsx.reader import CONTENT_TYPE, DamagedFile, open_upload
from people.accounts.models import User
from people.rights import Right
from reports.past import writing
from reports.past.models import PastImport
from reports.past.sheets import read_book

GONE = "Этой книги уже нет: её убрали"
STUCK = timedelta(minutes=30)
FAILED = "Внести не удалось. Ничего не записано; проверьте книгу ещё раз"


def take(content: bytes, *, name: str, sha256: str, by: User) -> tuple[PastImport, bool]:
    """Store a workbook that can be read; a file that is known already is not stored twice. Nothing else is written.

    Returns the upload and whether it is new. Raises ``NotAllowed``; ``DamagedFile`` when it cannot be read.
    """
    require(by, Right.PAST_LOAD)
    if known := PastImport.objects.filter(sha256=sha256, taken_back_at__isnull=True).first():
        return known, False
    read_book(open_upload(content))
    with discard_unless_used(store_bytes(content, name=name, content_type=CONTENT_TYPE, by=by)) as stored:
        upload = PastImport(file=stored, sha256=sha256, uploaded_by=by)
        try:
            with transaction.atomic():
                upload.save()
        except IntegrityError:  # the same file came twice at this very moment
            return PastImport.objects.get(sha256=sha256, taken_back_at__isnull=True), False
        return upload, True


@transaction.atomic
def answer(upload: PastImport, answers: Mapping[str, str], *, by: User) -> PastImport:
    """Store answers to doubts. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.PAST_LOAD)
    upload = _untouched(upload)
    upload.answers = upload.answers | dict(answers)
    upload.save(update_fields=["answers"])
    return upload


def _untouched(upload: PastImport) -> PastImport:
    """Return the upload under a lock. Raises ``Already`` when it is being written or was."""
    upload = locked(upload, gone=GONE)
    if upload.committed_at:
        raise Already("Эта книга уже внесена. Ничего не изменено")
    if upload.started_at:
        raise Already("Эта книга уже вносится")
    return upload


def start(upload: PastImport, *, by: User) -> PastImport:
    """Let the worker write the rows that are clear now. Raises ``NotAllowed``, ``Already``, ``DamagedFile``;
    ``Refused`` when there is nothing to write.
    """
    require(by, Right.PAST_LOAD)
    upload.refresh_from_db()
    plan = writing.plan_of(upload)
    if not plan.to_write:
        raise Refused("Вносить нечего: ни одна строка не готова")
    if plan.needs_curator:
        require(by, Right.PAPER_ENTER)
    return _start(upload, plan.promise, by)


@transaction.atomic
def _start(upload: PastImport, promise: dict[str, str], by: User) -> PastImport:
    upload = _untouched(upload)
    upload.promised, upload.started_at, upload.started_by, upload.problem = promise, timezone.now(), by, ""
    upload.save(update_fields=["promised", "started_at", "started_by", "problem"])
    record(upload, "start", by=by, words="начато внесение прежних документов")
    transaction.on_commit(lambda: write_import.enqueue(upload.pk), robust=True)
    return upload


@task()
def write_import(pk: int) -> bool:
    """Write a workbook that was started; safe to repeat. Returns whether it is written."""
    upload = PastImport.objects.select_related("file", "started_by").filter(pk=pk, started_at__isnull=False).first()
    if upload is None or upload.committed_at or upload.started_by is None:
        return upload is not None and upload.committed_at is not None
    try:
        writing.write(upload, by=upload.started_by)
    except Already:
        return True
    except (Refused, NotAllowed, DamagedFile) as refusal:
        _stop(upload, str(refusal))
    except IntegrityError:  # somebody has written the same meanwhile
        _stop(upload, FAILED)
    else:
        return True
    return False


@transaction.atomic
def _stop(upload: PastImport, problem: str) -> None:
    """Give the workbook back with the reason; nothing of it was written."""
    upload = locked(upload)
    if upload.committed_at is None:
        upload.started_at, upload.started_by, upload.problem = None, None, problem[:4000]
        upload.save(update_fields=["started_at", "started_by", "problem"])


def write_late() -> int:
    """Write workbooks that a stopped worker left for half an hour, for the clock; returns how many were tried."""
    late = PastImport.objects.filter(committed_at__isnull=True, started_at__lt=timezone.now() - STUCK)
    pks = list(late.values_list("pk", flat=True)[:5])
    for pk in pks:
        write_import.call(pk)
    return len(pks)


@transaction.atomic
def discard(upload: PastImport, *, by: User) -> None:
    """Take a workbook away that was not written. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.PAST_LOAD)
    _forget(_untouched(upload))


def _forget(upload: PastImport) -> None:
    """Delete an upload; the bytes go when that is certain."""
    file = upload.file
    upload.delete()
    transaction.on_commit(lambda: None if is_used(file) else delete_stored(file))


@transaction.atomic
def forget_all() -> int:
    """Delete every workbook: somebody's data have been destroyed, and may stand in it. Returns how many."""
    found = list(PastImport.objects.select_for_update(of=("self",)).select_related("file"))
    for upload in found:
        _forget(upload)
    return len(found)
