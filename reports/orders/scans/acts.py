"""A stack of scans, sorted by the QR codes of its sheets; nothing is attached before somebody has looked and confirmed.

Which page belongs to which paper says ``sorting.py``. The uploaded files are temporary: they go
with the stack. The pages themselves are copied out of them as they are, only turned upright.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from pypdfium2 import PdfiumError

from mentoring_site.files import PDF, SCANS, check_upload, discard_unless_used, store_bytes, store_upload
from mentoring_site.locks import locked
from mentoring_site.pdf.marks import Mark
from mentoring_site.pdf.pages import count_pages
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.rights import Right
from reports.orders.models import Order
from reports.orders.printing.pdf import Damaged, intact
from reports.orders.registration.sheet_codes import Code, code_of_picture, codes_of, missing_sheets
from reports.orders.registration.signed_scan import SignedScan, attach_scan, refuse_foreign, refuse_other_edition
from reports.orders.scans.models import ScanPage, ScanSource, ScanStack
from reports.orders.scans.pictures import pdf_of
from reports.orders.scans.sorting import Leaf, papers

MAX_FILES = 20
MAX_PAGES = 200
KEPT_FOR = timedelta(days=14)
GONE = "Этой стопки уже нет: её разобрали или удалили"


def take(uploads: list, *, by: User) -> ScanStack:
    """Store uploaded scans (PDF, JPG, PNG) and sort them in the background. Returns the stack.

    Raises ``NotAllowed``; ``ValidationError`` with a sentence that names the file: damaged, protected by a password,
    too large, of a foreign kind, too many pages.
    """
    require(by, Right.ORDERS_REGISTER)
    if not uploads:
        raise ValidationError("Выберите хотя бы один файл")
    if len(uploads) > MAX_FILES:
        raise ValidationError(f"За один раз можно загрузить не больше {MAX_FILES} файлов")
    total = 0
    for upload in uploads:
        total += _pages_of(upload)
        if total > MAX_PAGES:
            raise ValidationError(f"В стопке больше {MAX_PAGES} страниц. Разделите её на части")
    stored = []
    try:
        with transaction.atomic():
            stack = ScanStack.objects.create(uploaded_by=by, total=total)
            for upload in uploads:
                stored.append(store_upload(upload, by=by))
                ScanSource.objects.create(stack=stack, file=stored[-1])
            transaction.on_commit(lambda: read_stack.enqueue(stack.pk), robust=True)
    except BaseException:
        for row in stored:
            row.file.delete(save=False)
        raise
    return stack


def _pages_of(upload: UploadedFile) -> int:
    """Return how many pages an uploaded file has. Raises ``ValidationError``."""
    try:
        kind = check_upload(upload, SCANS)
    except ValidationError as error:
        raise ValidationError(f"«{upload.name}»: {error.messages[0]}") from error
    if kind.content_type != PDF:
        return 1
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    return count_pages(data, upload.name or "")


@task()
def read_stack(pk: int) -> int:
    """Read the codes of all pages of a stack and group them; safe to repeat. Returns the number of pages."""
    stack = ScanStack.objects.filter(pk=pk).first()
    if stack is None or stack.finished_at:
        return 0
    leaves: list[Leaf] = []
    try:
        for source in stack.sources.select_related("file"):
            for leaf in _read_source(source):
                leaves.append(replace(leaf, scanned=len(leaves) + 1))
                ScanStack.objects.filter(pk=pk).update(done=len(leaves))
    except (Damaged, ValidationError, PdfiumError, OSError) as error:
        sentence = "Файл не читается. Отсканируйте его заново"
        if isinstance(error, ValidationError | Damaged):
            sentence = error.messages[0] if isinstance(error, ValidationError) else str(error)
        _finish(stack, leaves, problem=sentence[:300])
        return len(leaves)
    _finish(stack, leaves, total=len(leaves))
    return len(leaves)


@transaction.atomic
def _finish(stack: ScanStack, leaves: list[Leaf], **columns: object) -> None:
    """Write the sorted pages and that the stack is sorted; a repetition replaces what was written before."""
    stack.pages.all().delete()
    orders = {order.code: order for order in Order.objects.filter(code__in={leaf.order for leaf in leaves} - {""})}
    rows, position = [], 0
    for paper in papers(leaves):
        for place, leaf in enumerate(paper):
            position += 1
            mark = leaf.code.mark if leaf.code else None
            rows.append(
                ScanPage(
                    stack=stack,
                    source=leaf.source,
                    index=leaf.index,
                    position=position,
                    scanned=leaf.scanned,
                    code=leaf.order,
                    begins=place == 0,
                    turned=leaf.turned,
                    sheet=mark.sheet if mark else None,
                    sheets=mark.sheets if mark else None,
                    edition=mark.edition if mark else "",
                    order=orders.get(leaf.order) if place == 0 else None,
                )
            )
    ScanPage.objects.bulk_create(rows)
    ScanStack.objects.filter(pk=stack.pk).update(done=len(leaves), finished_at=timezone.now(), **columns)


def read_late() -> int:
    """Sort stacks that a stopped worker left half-read for half an hour; returns how many."""
    late = ScanStack.objects.filter(finished_at__isnull=True, uploaded_at__lt=timezone.now() - timedelta(minutes=30))
    stacks = list(late.values_list("pk", flat=True)[:5])
    for pk in stacks:
        read_stack.call(pk)
    return len(stacks)


def _read_source(source: ScanSource) -> Iterator[Leaf]:
    """Yield the pages of an uploaded file. Raises ``Damaged``, ``ValidationError``."""
    data = intact(source.file)
    if source.file.content_type != PDF:
        code = code_of_picture(data)
        yield Leaf(source, 0, 0, code, code.turned if code else 0)
        return
    for index, code in enumerate(codes_of(data, source.file.name)):
        yield Leaf(source, index, 0, code, code.turned if code else 0)


def groups(stack: ScanStack) -> list[list[ScanPage]]:
    """Return the papers of a stack, each with its pages; the first page of each carries the order."""
    found: list[list[ScanPage]] = []
    for page in stack.pages.select_related("order", "source__file"):
        if page.begins or not found:
            found.append([])
        found[-1].append(page)
    return found


@transaction.atomic
def correct(stack: ScanStack, *, by: User, begins: set[int], orders: dict[int, Order | None]) -> None:
    """Split and merge the papers of a stack by hand and name their orders; ``begins`` are pages that begin a paper."""
    require(by, Right.ORDERS_REGISTER)
    locked(stack, gone=GONE)
    for place, page in enumerate(stack.pages.select_for_update()):
        page.begins = place == 0 or page.pk in begins
        if not page.begins:
            page.order = None
        elif page.pk in orders:
            page.order = orders[page.pk]
        page.save(update_fields=["begins", "order"])


def group_of(page: ScanPage) -> list[ScanPage]:
    """Return the pages of the paper that begins with ``page``."""
    return next((group for group in groups(page.stack) if group[0].pk == page.pk), [])


def scan_name(order: Order) -> str:
    """Return «Скан приказа от 2026-09-02 № 41-од.pdf»."""
    if not order.number:
        return "Скан подписанного приказа.pdf"
    return f"Скан приказа от {order.date} № {order.number}.pdf"


def scan_of(page: ScanPage, order: Order, *, by: User) -> SignedScan:
    """Keep the paper that begins with ``page`` as a scan of an order.

    Raises ``Damaged``; ``Refused`` also when a sheet bears the code of another order.
    """
    pages = group_of(page)
    if not pages:
        raise Refused("Этой бумаги в стопке больше нет")
    try:
        for sheet in pages:
            refuse_foreign(sheet.code, order, f"Страница {sheet.scanned}")
            refuse_other_edition(sheet.edition, order, f"Страница {sheet.scanned}")
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    stored = store_bytes(pdf_of(pages), name=scan_name(order), content_type=PDF, by=by)
    return SignedScan(stored, len(pages), any(sheet.code for sheet in pages), tuple(missing_of(pages)))


def missing_of(pages: Sequence[ScanPage]) -> list[int]:
    """Return the numbers of the sheets that the paper has and the stack has not."""
    marks = [Mark(page.sheet, page.sheets, page.edition) for page in pages if page.sheet and page.sheets]
    return missing_sheets([Code("", 0, mark) for mark in marks])


def attach(page: ScanPage, *, by: User) -> Order:
    """Attach the paper that begins with ``page`` to its registered order and drop its pages from the stack.

    Raises ``NotAllowed``; ``Refused`` without an order and for one that is not registered, ``Already`` with a scan.
    """
    require(by, Right.ORDERS_REGISTER)
    order = page.order and Order.objects.get(pk=page.order_id)
    if order is None:
        raise Refused(f"Страница {page.scanned}: не выбрано, какой это приказ")
    if order.state == Order.State.AT_SIGNATURE:
        raise Refused(f"«{order.heading}»: сначала зарегистрируйте приказ")
    if order.scan_id:
        raise Already(f"{order}: скан уже приложен")
    scan = scan_of(page, order, by=by)
    with discard_unless_used(scan.file), transaction.atomic():
        locked(page.stack, gone=GONE)
        order = attach_scan(order, scan, by=by)
        forget_pages(group_of(page))
    return order


def forget_pages(pages: list[ScanPage]) -> None:
    """Drop pages that are attached; files without pages go, and the stack goes with its last page."""
    if not pages:
        return
    stack = locked(pages[0].stack, gone=GONE)
    ScanPage.objects.filter(pk__in=[page.pk for page in pages]).delete()
    if first := stack.pages.first():
        ScanPage.objects.filter(pk=first.pk).update(begins=True)
        _forget_sources(stack.sources.filter(pages__isnull=True))
    else:
        _forget_sources(stack.sources.all())
        stack.delete()


@transaction.atomic
def drop_paper(page: ScanPage, *, by: User) -> None:
    """Take the paper that begins with ``page`` out of its stack: a foreign or spoiled sheet. Raises ``NotAllowed``."""
    require(by, Right.ORDERS_REGISTER)
    locked(page.stack, gone=GONE)
    forget_pages(group_of(page))


def forget(stack: ScanStack, *, by: User | None = None) -> None:
    """Remove a stack with its files; what was attached stays with the orders."""
    if by is not None:
        require(by, Right.ORDERS_REGISTER)
    with transaction.atomic():
        stack = locked(stack, gone=GONE)
        stack.pages.all().delete()
        _forget_sources(stack.sources.all())
        if by is not None:
            record(stack, "forget", by=by, words="стопка сканов удалена")
        stack.delete()


def _forget_sources(sources: QuerySet) -> None:
    files = [source.file for source in sources.select_related("file")]
    sources.delete()
    for stored in files:
        name, storage = stored.file.name, stored.file.storage
        stored.delete()
        transaction.on_commit(partial(storage.delete, name))


def forget_old() -> int:
    """Remove stacks that nobody finished within two weeks; returns how many."""
    old = list(ScanStack.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR))
    for stack in old:
        forget(stack)
    return len(old)
