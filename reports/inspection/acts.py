"""Acts about folders: asked for, built, opened, handed over by an act; the ZIP goes after its term (п. 3.4, 3.5)."""

import logging
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django_tasks import task

from mentoring_site import views_log
from mentoring_site.files import delete_stored, discard_unless_used, store_file
from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, record
from people.accounts.models import User
from people.promises import Promise
from people.rights import ROLES, Right
from programs.program.models import Program
from reports.inspection import building, documents, packing
from reports.inspection.contents import BY_CODE, OF_PROGRAM
from reports.inspection.models import Case, Folder, FolderAct

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=14)
WAITING_AT_MOST, KEPT_AT_MOST = 2, 10  # folders of one person: being built, in the store
LONGEST = 3  # years of one folder
STEP = 20  # records between two looks at the progress
CHANGED = (
    "С тех пор Ваши права или сами записи изменились: часть бумаг этой папки Вам больше не открыта. Соберите её заново"
)
ONLY_GAPS = "По выбранным делам есть записи, но ни одного документа: приложите сканы и соберите папку заново"
NOTHING = "За это время по выбранным делам нет ни одной записи. Выберите другие даты или дела"


@transaction.atomic
def order(
    *, by: User, since: date | None, until: date | None, scope: Sequence[str], request_key: UUID | None = None
) -> Folder:
    """Ask for the papers of some days; the same folder that is being made is not doubled.

    Raises ``NotAllowed``; ``Refused`` for days that are missing, turned around or too many, for no дело, nothing found.
    """
    require(by, Right.INSPECTION_MAKE)
    if since is None or until is None:
        raise Refused("Укажите учебный год или обе даты")
    if since > until:
        raise Refused("Первый день позже последнего: поменяйте даты местами")
    if until > since.replace(year=since.year + LONGEST, day=min(since.day, 28)):
        raise Refused(f"Одна папка — не больше чем за {LONGEST} года: для большего соберите несколько")
    codes = [code for code in BY_CODE if code in scope]
    if not codes:
        raise Refused("Отметьте хотя бы одно дело")
    return _asked(by, request_key, since=since, until=until, scope=codes)


@transaction.atomic
def order_of_program(program: Program, *, by: User, request_key: UUID | None = None) -> Folder:
    """Ask for the papers of one program. Raises ``NotAllowed`` for a program that the user does not read."""
    if not Program.objects.visible_to(by).filter(pk=program.pk).exists():
        raise NotAllowed(f"Эту программу читают {Promise.PROGRAM.readers}")
    return _asked(by, request_key, program=program, scope=list(OF_PROGRAM))


def _asked(by: User, request_key: UUID | None, **what: Any) -> Folder:
    one_at_a_time("folders")
    if request_key and (same := Folder.objects.filter(request_key=request_key).first()):
        return same
    mine = Folder.objects.filter(created_by=by, problem="", gone_at__isnull=True)
    waiting = list(mine.filter(finished_at=None, created_at__gt=timezone.now() - timedelta(days=1)))
    for one in waiting:
        if all(getattr(one, name) == value for name, value in what.items()):
            return one
    if len(waiting) >= WAITING_AT_MOST:
        raise Refused("Уже собираются две папки. Дождитесь их и попросите следующую")
    if mine.filter(finished_at__isnull=False).count() >= KEPT_AT_MOST:
        raise Refused(f"В хранилище уже {KEPT_AT_MOST} Ваших папок. Каждая удалится через две недели после сборки")
    made = Folder(created_by=by, rights=rights_of(by), request_key=request_key, **what)
    made.total = building.total_of(made)
    if not made.total:
        raise Refused(NOTHING)
    made.save()
    record(made, "order", by=by, words=f"заказана: {made.about}", scope=made.scope, rights=made.rights)
    transaction.on_commit(lambda: build_folder.enqueue(made.pk), robust=True)
    return made


def rights_of(user: User) -> list[str]:
    """Return the roles by which a user reads what lies in a folder, in words: they stand in the log and in the act."""
    return [ROLES[role][0] for role in ROLES if role in user.roles] or ["участник программы"]


@task()
def build_folder(pk: int) -> int:
    """Build the ZIP of a folder; safe to repeat. Returns how many documents it has."""
    folder = (
        Folder.objects.select_related("created_by__person", "program")
        .filter(pk=pk, finished_at=None, gone_at=None)
        .first()
    )
    if folder is None:
        return 0
    Folder.objects.filter(pk=pk).update(done=0, problem="")

    def progress(done: int) -> None:
        if done % STEP < building.PIECE:
            Folder.objects.filter(pk=pk).update(done=done)

    try:
        with packing.temporary() as target:
            made = building.build(folder, target, progress)
            if not made.files:
                _failed(pk, ONLY_GAPS)
                return 0
            stored = store_file(target, name=building.name_of(folder), content_type="application/zip")
    except (OSError, ValueError, KeyError, AttributeError, TypeError, zipfile.LargeZipFile, DatabaseError) as error:
        logger.exception("folder %s not built", pk)
        _failed(pk, f"Папка не собралась: {type(error).__name__}. Сообщите системному администратору")
        return 0
    contents = {label: sorted(keys) for label, keys in sorted(made.contents.items())}
    with discard_unless_used(stored) as kept, transaction.atomic():  # gone meanwhile: somebody's data were destroyed
        changed = Folder.objects.filter(pk=pk, finished_at=None, gone_at=None).update(
            file=kept,
            size=kept.size,
            sha256=kept.sha256,
            files=made.files,
            gaps=made.gaps,
            contents=contents,
            people=sorted(made.people),
            done=F("total"),
            finished_at=timezone.now(),
        )
        if changed:
            words = f"собрана: документов {made.files}, чего не хватает — {made.gaps}"
            record(folder, "build", by=folder.created_by, words=words, sha256=kept.sha256)
    return made.files if changed else 0


def _failed(pk: int, words: str) -> None:
    Folder.objects.filter(pk=pk, finished_at=None).update(problem=words[:300])


def build_late() -> int:
    """Build folders that a stopped worker left for an hour; returns how many. Called by the clock."""
    now = timezone.now()
    late = Folder.objects.filter(
        finished_at=None,
        gone_at=None,
        problem="",
        created_at__lt=now - timedelta(hours=1),
        created_at__gt=now - timedelta(days=1),
    )
    keys = list(late.values_list("pk", flat=True)[:1])
    for pk in keys:
        build_folder.call(pk)
    return len(keys)


def forget_old() -> int:
    """Remove ZIPs two weeks after they were made: they hold papers of people; the log stays. Called by the clock."""
    return _forget(Folder.objects.filter(created_at__lt=timezone.now() - KEPT_FOR))


def forget_all() -> int:
    """Remove every ZIP, also one that is being made: somebody's data have been destroyed, and they may stand there."""
    return _forget(Folder.objects.all())


def _forget(folders: Any) -> int:
    """Take the ZIPs of folders away, one transaction each; return how many are gone."""
    gone = 0
    for pk in list(folders.filter(gone_at__isnull=True).values_list("pk", flat=True)):
        with transaction.atomic():
            folder = Folder.objects.select_for_update().filter(pk=pk, gone_at__isnull=True).first()
            if folder is None:
                continue
            stored = folder.file
            Folder.objects.filter(pk=pk).update(gone_at=timezone.now(), file=None, contents={}, people=[])
            if stored:
                delete_stored(stored)
                gone += 1
    return gone


def opened(folder: Folder, *, by: User) -> StoredFile:
    """Return the ZIP for its maker, who may still read everything in it; write down that it was taken.

    Raises ``NotAllowed`` for others and when the maker's rights or the records have changed; ``Already`` when the ZIP
    is gone or not made yet.
    """
    if folder.created_by_id != by.pk:
        raise NotAllowed("Папку открывает тот, кто её собрал: в ней то, что открывают его права. Соберите свою")
    if folder.program_id is None:
        require(by, Right.INSPECTION_MAKE)
    if folder.file is None:
        raise Already("Файла нет: папка ещё собирается или её срок прошёл")
    models = {label: apps.get_model(label) for label in folder.contents}
    if not building.still_readable(folder, models):
        raise NotAllowed(CHANGED)
    record(folder, "download", by=by, words="скачана", sha256=folder.sha256)
    views_log.note(by, folder.people, views_log.Kind.FILE, exported=True)
    return folder.file


@transaction.atomic
def hand_over(
    folder: Folder,
    *,
    by: User,
    date: date,
    receiver: str,
    organisation: str,
    receiver_post: str = "",
    basis: str = "",
    request_key: UUID | None = None,
) -> FolderAct:
    """Draw up the act by which a folder is handed over; its facts stay. Raises ``NotAllowed``, ``Refused``."""
    require(by, Right.INSPECTION_MAKE)
    one_at_a_time("folder acts")
    if request_key and (same := FolderAct.objects.filter(request_key=request_key).first()):
        return same
    kept = locked(folder)
    if kept.finished_at is None:
        raise Refused("Папка ещё собирается: передавать нечего")
    if kept.created_by_id != by.pk:
        raise NotAllowed("Акт составляет тот, кто собрал папку")
    if date < timezone.localdate(kept.finished_at):
        raise Refused("Папку передают не раньше, чем она собрана")
    if date > timezone.localdate():
        raise Refused("День передачи ещё не наступил")
    last = FolderAct.objects.aggregate(last=Max("number"))["last"] or 0
    made = FolderAct(
        folder=kept,
        number=last + 1,
        date=date,
        receiver=receiver.strip(),
        receiver_post=receiver_post.strip(),
        organisation=organisation.strip(),
        basis=basis.strip(),
        created_by=by,
        request_key=request_key,
    )
    made.facts = documents.act_facts(made)
    made.save()
    record(kept, "hand_over", by=by, words=f"передана по акту № {made.number}: {made.organisation}", act=made.pk)
    return made


@transaction.atomic
def name_case(case: Case, *, by: User, number: str, title: str, version: int) -> Case:
    """Give a дело its number and title in the school's nomenclature. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.INSPECTION_MAKE)
    one_at_a_time("cases")
    number, title = " ".join(number.split()), " ".join(title.split())
    if Case.objects.filter(~Q(pk=case.pk), number=number).exists():
        raise Refused(f"Индекс {number} уже стоит у другого дела")
    claim_version(case, version)
    case.number, case.title = number, title
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:
        raise Refused("Назовите индекс и заголовок дела") from error
    record(case, "rename", by=by, words=f"дело номенклатуры: {case}")
    return case
