"""Making a long list in the background: the worker asks the list's own page, as its user, for the workbook.

So the rows, their order and the rights are those of the page, at the moment when the file is made, and again when it
is downloaded.
"""

import io
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django_tasks import task

from mentoring_site.files import delete_stored, discard_unless_used, store_bytes
from mentoring_site.inbox import Group, InboxItem
from mentoring_site.models import Export, StoredFile
from mentoring_site.workflow import Refused
from mentoring_site.xlsx.reader import CONTENT_TYPE
from mentoring_site.xlsx.writer import Column, stream_xlsx, write_xlsx

logger = logging.getLogger(__name__)

AT_ONCE = 1_000  # rows of a workbook that are written while its reader waits
KEPT_FOR = timedelta(days=1)
WAITING_AT_MOST = 3
STEP = 200  # rows between two looks at the progress

LISTS: dict[str, str] = {}
"""Name of the address of every list that has a workbook -> its title; each list adds itself."""


@dataclass(frozen=True)
class Background:
    """Stands at a request that the worker makes: the export that it is for, or none when only rights are asked."""

    export: int | None = None

    def watched(self, rows: Iterable[Any], total: int) -> Iterator[Any]:
        """The rows as they are, with the progress noted."""
        found = Export.objects.filter(pk=self.export or 0)
        found.update(total=total)
        for n, row in enumerate(rows, 1):
            if n % STEP == 0:
                found.update(done=n)
            yield row


def title_of(url: str) -> str:
    """The title of the list at an address. Raises Http404 when there is none."""
    try:
        return LISTS[resolve(urlsplit(url).path).view_name]
    except (Resolver404, KeyError, ValueError):
        raise Http404 from None


def order(url: str, *, by: Any, request_key: UUID | None = None) -> Export:
    """Ask for the workbook of the list at an address with its filters; the same one that is being made is not doubled.

    Raises Http404, PermissionDenied; Refused when too many of one person wait.
    """
    title = title_of(url)
    answer_to(url, by, Background())
    waiting = Export.objects.filter(created_by=by, finished_at=None, problem="")
    if same := waiting.filter(url=url).first():
        return same
    if waiting.count() >= WAITING_AT_MOST:
        raise Refused("Уже готовятся три файла. Дождитесь их и попросите следующий")
    try:
        with transaction.atomic():
            made = Export.objects.create(url=url, title=title, created_by=by, request_key=request_key)
            transaction.on_commit(lambda: build_export.enqueue(made.pk), robust=True)
    except IntegrityError:  # the same form was sent twice
        return Export.objects.get(request_key=request_key)
    return made


def answer_to(url: str, user: Any, background: Background) -> HttpResponseBase:
    """What the page at an address answers to a user who asks for its workbook."""
    parts = urlsplit(url)
    match = resolve(parts.path)
    request = HttpRequest()
    request.method, request.path = "GET", parts.path
    request.GET = QueryDict(parts.query + "&format=xlsx")
    request.user, request.resolver_match = user, match
    request.background = background  # type: ignore[attr-defined]
    return match.func(request, *match.args, **match.kwargs)


def in_background(request: HttpRequest) -> Background | None:
    """The mark of the worker at a request, or nothing when somebody waits for the answer."""
    return getattr(request, "background", None)


class Made(HttpResponse):
    """The answer to the worker: the bytes of the workbook and the name of its file."""

    filename = ""


def made(filename: str, title: str, columns: Sequence[Column | str], rows: Iterable[Sequence[Any]]) -> Made:
    """Answer the worker with a workbook."""
    response = Made(write_xlsx(io.BytesIO(), title, columns, rows).read(), content_type=CONTENT_TYPE)
    response.filename = filename.removesuffix(".xlsx") + ".xlsx"
    return response


def answer_rows(
    request: HttpRequest, filename: str, title: str, columns: Sequence[Column | str], rows: Sequence[Sequence[Any]]
) -> HttpResponseBase:
    """Answer with a workbook that is no list of a ``ListPage``: at once when it is short, else by way of the worker."""
    background = in_background(request)
    if background and background.export is None:
        return allowed()
    if background:
        return made(filename, title, columns, background.watched(rows, len(rows)))
    return ask(request) if len(rows) > AT_ONCE else stream_xlsx(filename, title, columns, rows)


def ask(request: HttpRequest, query: str | None = None) -> HttpResponseBase:
    """Lead to the question whether the workbook of this address is to be made in the background."""
    if query is None:
        query = urlencode([(k, v) for k, values in request.GET.lists() for v in values if k != "format"])
    of = f"{request.path}?{query}" if query else request.path
    return redirect(f"{reverse('exports:new')}?{urlencode({'of': of})}")


def allowed() -> HttpResponse:
    """The answer when only rights were asked."""
    return HttpResponse(status=204)


@task()
def build_export(pk: int) -> int:
    """Make the workbook of an export; safe to repeat. Returns how many rows it has."""
    export = Export.objects.select_related("created_by").filter(pk=pk, finished_at=None).first()
    if export is None:
        return 0
    try:
        response = answer_to(export.url, export.created_by, Background(pk))
        if not isinstance(response, Made):
            raise TypeError(type(response).__name__)
    except (PermissionDenied, Http404):
        Export.objects.filter(pk=pk).update(problem="Этот список Вам больше не открыт")
        return 0
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        logger.exception("export %s not built", pk)
        words = f"Файл не собрался: {type(error).__name__}. Сообщите системному администратору"
        Export.objects.filter(pk=pk).update(problem=words)
        return 0
    book = store_bytes(response.content, name=response.filename, content_type=CONTENT_TYPE, by=export.created_by)
    with discard_unless_used(book) as stored:  # forgotten meanwhile: somebody's data have been destroyed
        Export.objects.filter(pk=pk).update(file=stored, done=F("total"), finished_at=timezone.now())
    return Export.objects.filter(pk=pk).values_list("total", flat=True).first() or 0


def build_late() -> int:
    """Build exports that a stopped worker left for a quarter of an hour; returns how many. Called by the clock."""
    late = Export.objects.filter(finished_at=None, problem="", created_at__lt=timezone.now() - timedelta(minutes=15))
    keys = list(late.values_list("pk", flat=True)[:3])
    for pk in keys:
        build_export.call(pk)
    return len(keys)


def forget_old() -> int:
    """Remove exports a day after they were asked for: they hold data of people. Called by the clock."""
    return _forget(list(Export.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).select_related("file")[:50]))


def forget_all() -> int:
    """Remove every export with its file: somebody's data have been destroyed, and they may stand there."""
    return _forget(list(Export.objects.select_related("file")))


def _forget(exports: list[Export]) -> int:
    for export in exports:
        export.delete()
        if export.file:
            delete_stored(export.file)
    return len(exports)


def opened(export: Export) -> StoredFile:
    """The file of a finished export, for somebody who may still see the list. Raises Http404, PermissionDenied."""
    if export.file is None:
        raise Http404("Файл ещё собирается")
    answer_to(export.url, export.created_by, Background())
    Export.objects.filter(pk=export.pk, opened_at=None).update(opened_at=timezone.now())
    return export.file


def items(user: Any) -> list[InboxItem]:
    """Files that are ready and have not been looked at; one query."""
    ready = Export.objects.visible_to(user).filter(opened_at=None, finished_at__isnull=False)
    return [
        InboxItem(
            f"Скачать список: {export.title}",
            "Файл готов и хранится сутки",
            export.get_absolute_url(),
            "Скачать",
            since=export.finished_at,
            group=Group.FILES,
            key=f"export:{export.pk}",
        )
        for export in ready.order_by("pk")
    ]
