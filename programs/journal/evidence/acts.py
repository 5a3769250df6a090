"""Taking a file away from a meeting or a result, giving it back while nobody has acted on it, its end (п. 4.1)."""

from collections.abc import Iterable
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from mentoring_site.files import stored_upload
from mentoring_site.locks import locked
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from programs.journal.acts import MOST_FILES, destroy_files, is_agreed, is_mentor, require_correcting, require_doing
from programs.journal.evidence.models import RemovedFile
from programs.journal.models import Meeting
from programs.program.models import ActivityResult, Program

KEPT = timedelta(days=1)
AGREED = "Другая сторона уже подтвердила встречу: её снимки остаются в журнале"
CHECKED = "Результат уже принят: его файлы остаются при нём"
NOT_RUNNING = "Файлы меняют, пока программа реализуется"


def program_of(place: Meeting | ActivityResult) -> Program:
    """Return the program of a meeting or a result."""
    return place.program if isinstance(place, Meeting) else place.activity.program


def require_changing(place: Meeting | ActivityResult, user: User) -> None:
    """Refuse a user who may not change the files of the place. Raises ``NotAllowed``."""
    if isinstance(place, Meeting):
        require_correcting(place, user)
        return
    mentor = is_mentor(program_of(place), user)
    require_doing(place.activity, place.participation, user, mentor=mentor)


def _claimed(place: Meeting | ActivityResult, by: User) -> Meeting | ActivityResult:
    """Return the place read again under a lock. Raises ``NotAllowed``; ``Refused`` when others have acted on it."""
    require_changing(place, by)
    program = locked(program_of(place))
    fresh = locked(place)
    if program.state != Program.State.RUNNING:
        raise Refused(NOT_RUNNING)
    if isinstance(fresh, Meeting) and is_agreed(fresh):
        raise Refused(AGREED)
    if isinstance(fresh, ActivityResult) and fresh.state == ActivityResult.State.CHECKED:
        raise Refused(CHECKED)
    return fresh


@contextmanager
def stored_uploads(uploads: Iterable[UploadedFile], *, by: User) -> Any:
    """Store several files for the act inside; those that it did not use are deleted."""
    with ExitStack() as stack:
        yield [stack.enter_context(stored_upload(upload, by=by)) for upload in uploads]


@transaction.atomic
def remove(place: Meeting | ActivityResult, file_pk: int, *, by: User) -> RemovedFile:
    """Take a file away; for a day it can come back.

    Raises ``NotAllowed``; ``Refused`` when others have acted on the place; ``Already`` when the file is not there.
    """
    place = _claimed(place, by)
    file = place.files.filter(pk=file_pk).first()
    if file is None:
        raise Already("Этого файла здесь уже нет")
    place.files.remove(file)
    where = {"meeting": place} if isinstance(place, Meeting) else {"result": place}
    removed = RemovedFile.objects.create(file=file, removed_by=by, **where)
    _record(place, "drop_file", "убран файл", by)
    return removed


@transaction.atomic
def put_back(removed: RemovedFile, *, by: User) -> Meeting | ActivityResult:
    """Give a file back to its place. Raises as ``remove``, ``Refused`` also when there are too many files."""
    place = _claimed(removed.place, by)
    removed = locked(removed, gone="Файла уже нет: убранное хранится сутки")
    if place.files.count() >= MOST_FILES:
        raise Refused(f"Файлов не больше {MOST_FILES}")
    file = removed.file
    removed.delete()
    place.files.add(file)
    _record(place, "back_file", "возвращён файл", by)
    return place


def _record(place: Meeting | ActivityResult, verb: str, words: str, by: User) -> None:
    program = program_of(place)
    if isinstance(place, Meeting):
        sides = sorted(place.attendances.values_list("participation", flat=True))
        words = f"{words}: встреча {place.held_on:%d.%m.%Y}"
        record(program, f"{verb}_of_meeting", by=by, words=words, meeting=place.pk, participations=sides)
        return
    words = f"{words}: «{place.activity.title[:200]}»"
    record(program, verb, by=by, words=words, activity=place.activity_id, participation=place.participation_id)


def destroy_removed() -> int:
    """Destroy what was taken away more than a day ago, for the clock; return how many files."""
    old = list(RemovedFile.objects.filter(removed_at__lt=timezone.now() - KEPT).values_list("pk", flat=True))
    for pk in old:
        with transaction.atomic():
            row = RemovedFile.objects.select_for_update(of=("self",)).select_related("file").filter(pk=pk).first()
            if row is not None:
                row.delete()
                destroy_files([row.file])
    return len(old)
