"""Building a package: one ZIP with every paper and a list of contents; many pairs in the background with progress."""

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from mentoring_site.files import delete_stored, discard_unless_used, store_bytes
from mentoring_site.pdf.parallel import render_many
from mentoring_site.pdf.resources import PdfError
from mentoring_site.rights import require
from mentoring_site.workflow import Refused
from people.accounts.models import User
from people.rights import Right
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from reports.documents.packages.contents import Paper, of_pairing
from reports.documents.packages.models import Package
from reports.orders.printing.pdf import Damaged

logger = logging.getLogger(__name__)

AT_MOST = 60
WAITING_AT_MOST, KEPT_AT_MOST = 3, 20  # packages of one person: being built, in the store
KEPT_FOR = timedelta(days=7)
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def archive(folders: list[tuple[str, list[Paper]]], *, on_progress: Callable[[int], object] = lambda n: None) -> bytes:
    """Return a ZIP of papers, a folder for each pair or person, with «Опись.txt» that names what is
    there and what is not.

    A paper that cannot be drawn is named in the list and spoils no other. ``on_progress(n)`` gets how many are drawn.
    """
    tasks = [(folder, paper) for folder, papers in folders for paper in papers if paper.drawn]
    drawn = {}
    pages = [(*paper.drawn(), paper.name or paper.title) for _, paper in tasks]
    for n, ((_, paper), content) in enumerate(zip(tasks, render_many(pages), strict=True), 1):
        drawn[id(paper)] = content
        on_progress(n)
    buffer = io.BytesIO()
    contents: list[str] = []
    taken: set[str] = set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for folder, papers in folders:
            contents += ["", folder]
            for n, paper in enumerate(papers, 1):
                names = [_put(out, taken, folder, n, *file) for file in _files(paper, drawn.get(id(paper)))]
                contents.append(_line(n, paper, names))
        out.writestr(
            "Опись.txt",
            "\r\n".join([f"Опись пакета документов, {timezone.localtime():%d.%m.%Y %H:%M}", *contents]).encode(
                "utf-8-sig"
            ),
        )
    return buffer.getvalue()


def build_late() -> int:
    """Build packages that a stopped worker left for a quarter of an hour; returns how many. Called by the clock."""
    now = timezone.now()
    late = Package.objects.filter(
        file__isnull=True,
        problem="",
        created_at__lt=now - timedelta(minutes=15),
        created_at__gt=now - timedelta(days=1),
    )
    keys = list(late.values_list("pk", flat=True)[:3])
    for pk in keys:
        build_package.call(pk)
    return len(keys)


def forget_old() -> int:
    """Remove packages with their files a week after they were asked for: they hold other people's papers.

    Called by the clock.
    """
    return _forget(list(Package.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).select_related("file")[:50]))


def forget_all() -> int:
    """Remove every package with its file: somebody's data have been destroyed, and they may stand there."""
    return _forget(list(Package.objects.select_related("file")))


def _forget(packages: list[Package]) -> int:
    for package in packages:
        package.delete()
        if package.file:
            delete_stored(package.file)
    return len(packages)


def _files(paper: Paper, content: bytes | Exception | None) -> Iterator[tuple]:
    """Yield ``(name, bytes or the sentence why there are none)``."""
    if paper.drawn:
        yield f"{paper.name or paper.title}.pdf", content
    for file in paper.files:
        try:
            yield file()
        except (PdfError, Damaged) as error:
            yield paper.title, error


def _put(out: zipfile.ZipFile, taken: set[str], folder: str, n: int, name: str, content: bytes | Exception) -> str:
    """Write one file and return its name, or say why there is none."""
    if isinstance(content, Exception):
        return f"не напечатано: {content}"
    stem, _, ending = name.rpartition(".")
    path = f"{_clean(folder)}/{n:02}. {_clean(stem)[:90].strip(' .')}.{ending}"
    while path in taken:
        path = path.replace(f".{ending}", f" (2).{ending}")
    taken.add(path)
    out.writestr(path, content)
    return path.rpartition("/")[2]


def _clean(text: str) -> str:
    return FORBIDDEN.sub("-", text).replace("\N{NO-BREAK SPACE}", " ").strip()


def _line(n: int, paper: Paper, names: list[str]) -> str:
    move = f". {paper.who}" if paper.who else ""
    files = f" [{'; '.join(names)}]" if names else ""
    return f"{n:>3}. {paper.group}: {paper.title} — {paper.words}{move}{files}".replace("\N{NO-BREAK SPACE}", " ")


def order_package(pairings: list[Pairing], *, by: User, request_key: UUID | None = None) -> Package:
    """Ask for the packages of several pairs; they are built in the background.

    Returns the request, made once by its key.

    The same one that is being built is not doubled. Raises ``NotAllowed``; ``Refused`` for none or too many.
    """
    require(by, Right.PAPERS_SEE_ALL)
    if not pairings:
        raise Refused("Отметьте хотя бы одну пару")
    if len(pairings) > AT_MOST:
        raise Refused(f"За один раз — не больше {AT_MOST} пар")
    keys = [p.pk for p in pairings]
    mine = Package.objects.filter(created_by=by, problem="")
    waiting = list(mine.filter(finished_at=None, created_at__gt=timezone.now() - timedelta(days=1)))
    if same := next((package for package in waiting if package.pairings == keys), None):
        return same
    if len(waiting) >= WAITING_AT_MOST:
        raise Refused("Уже собираются три пакета. Дождитесь их и попросите следующий")
    if mine.count() >= KEPT_AT_MOST:
        raise Refused(f"За неделю собрано {KEPT_AT_MOST} пакетов: они хранятся неделю, скачайте нужный из списка")
    try:
        with transaction.atomic():
            made = Package.objects.create(created_by=by, pairings=keys, request_key=request_key)
            transaction.on_commit(lambda: build_package.enqueue(made.pk), robust=True)
    except IntegrityError:  # the same form was sent twice
        return Package.objects.get(request_key=request_key)
    return made


@task()
def build_package(pk: int) -> int:
    """Build the ZIP of a package; safe to repeat. Returns the number of papers."""
    package = Package.objects.select_related("created_by").filter(pk=pk).first()
    if package is None or package.file_id:
        return package.total if package else 0
    found = Pairing.objects.with_requirements().filter(pk__in=package.pairings).order_by("pk")
    folders = [
        (f"{pairing_title(pairing)} ({pairing.pk})", of_pairing(pairing, package.created_by)) for pairing in found
    ]
    total = sum(bool(paper.drawn) for _, papers in folders for paper in papers)
    Package.objects.filter(pk=pk).update(total=total, done=0)
    try:
        content = archive(folders, on_progress=lambda n: Package.objects.filter(pk=pk).update(done=n))
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        logger.exception("package %s not built", pk)
        Package.objects.filter(pk=pk).update(
            problem=f"Пакет не собрался: {type(error).__name__}. Сообщите системному администратору"
        )
        return 0
    name = f"Пакет документов {timezone.localdate():%d.%m.%Y}.zip"
    with discard_unless_used(store_bytes(content, name=name, content_type="application/zip")) as stored:
        Package.objects.filter(pk=pk).update(file=stored, done=total, finished_at=timezone.now())
    return total
