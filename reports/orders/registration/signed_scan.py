"""The scan of a signed order: looked at before it is attached, replaced with a reason when it was a wrong one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from mentoring_site.files import PDF, SCANS, check_upload, stored_upload
from mentoring_site.models import StoredFile
from mentoring_site.pdf.pages import count_pages
from mentoring_site.rights import require
from mentoring_site.russian import joined, plural
from mentoring_site.scans import put_scan
from mentoring_site.workflow import Refused
from people.accounts.models import User
from people.rights import Right
from reports.orders.models import Order
from reports.orders.printing.facts import edition_of
from reports.orders.printing.pdf import Damaged, intact
from reports.orders.registration.sheet_codes import Code, code_of_picture, codes_of, missing_sheets

PAGES = "страница,страницы,страниц"
LOOKED_AT = 6  # pages of one upload whose codes are read at once; a whole stack is read in the background
WORDS = "скан подписанного приказа"


@dataclass(frozen=True)
class SignedScan:
    """A stored scan and what was seen on it: how many pages, whether the order's own code was read, absent sheets."""

    file: StoredFile
    pages: int
    recognised: bool
    missing: tuple[int, ...] = ()

    @property
    def note(self) -> str:
        """«3 страницы, QR-код приказа прочитан, нет листа 2»."""
        read = "QR-код приказа прочитан" if self.recognised else "QR-код не прочитан"
        absent = f", {missing_words(self.missing)}" if self.missing else ""
        return f"{plural(self.pages, PAGES)}, {read}{absent}"


def missing_words(sheets: Sequence[int]) -> str:
    """Return «нет листа 2» or «нет листов 2 и 3»."""
    numbers = joined([str(number) for number in sheets])
    return f"нет листа {numbers}" if len(sheets) == 1 else f"нет листов {numbers}"


@dataclass(frozen=True)
class Seen:
    """What was seen on an upload."""

    pages: int
    recognised: bool
    missing: tuple[int, ...] = ()


def look_at(upload: UploadedFile, order: Order) -> Seen:
    """Return what is on an uploaded scan of ``order``.

    Raises ``ValidationError`` when it is no scan, does not open, or bears the code of another order.
    """
    kind = check_upload(upload, SCANS)
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    if kind.content_type != PDF:
        return _seen(1, [code_of_picture(data)], order)
    name = upload.name or ""
    return _seen(count_pages(data, name), list(islice(codes_of(data, name), LOOKED_AT)), order)


def _seen(pages: int, codes: list[Code | None], order: Order) -> Seen:
    recognised = _compared(codes, order)
    return Seen(pages, recognised, tuple(missing_sheets(codes)) if pages <= len(codes) else ())


@contextmanager
def stored_scan(upload: UploadedFile | None, seen: Seen | None, *, by: User) -> Iterator[SignedScan | None]:
    """Store an upload that was looked at for the act inside; a file that the act did not use is deleted."""
    with stored_upload(upload, by=by) as stored:
        yield SignedScan(stored, seen.pages, seen.recognised, seen.missing) if stored and seen else None


def refuse_foreign(code: str, order: Order, page: str) -> None:
    """Raise ``ValidationError`` when a sheet bears the code of another order; an empty code passes."""
    if not code or code == order.code:
        return
    other = Order.objects.filter(code=code).first()
    whose = f"приказа {other.ref} «{other.heading}»" if other and other.number else "другого приказа"
    if other and not other.number:
        whose = f"другого приказа, «{other.heading}»"
    raise ValidationError(
        f"{page}: QR-код {whose}. Выберите скан этого приказа; стопку разных приказов загрузите в «Разобрать сканы»",
        code="foreign",
    )


def refuse_other_edition(edition: str, order: Order, page: str) -> None:
    """Raise ``ValidationError`` for a sheet that was printed before the order was returned and frozen anew."""
    if edition and edition != edition_of(order):
        raise ValidationError(
            f"{page}: лист напечатан с прежней редакции этого приказа. Отсканируйте лист, который подписан последним",
            code="edition",
        )


def _compared(codes: list[Code | None], order: Order) -> bool:
    read = False
    for number, found in enumerate(codes, start=1):
        if found and found.order:
            page = f"Страница {number}" if len(codes) > 1 else "На скане"
            refuse_foreign(found.order, order, page)
            refuse_other_edition(found.mark.edition if found.mark else "", order, page)
            read = True
    return read


def doubts(order: Order, scan: SignedScan) -> list[str]:
    """Return what somebody should look at once more: no code on the scan, fewer pages than in the printed order."""
    found = []
    if not scan.recognised and not order.from_paper:
        found.append("QR-код на скане не прочитан: откройте скан и проверьте, что это тот самый приказ")
    if scan.missing:
        found.append(
            f"В скане {missing_words(scan.missing)} этого приказа: отсканируйте приказ целиком и замените скан"
        )
    elif (printed := _printed_pages(order)) > scan.pages:
        found.append(
            f"В скане {plural(scan.pages, PAGES)}, а в напечатанном приказе {plural(printed, PAGES)}: проверьте, все ли"
            " листы на месте"
        )
    return found


def _printed_pages(order: Order) -> int:
    if order.pdf is None:
        return 0
    try:
        return count_pages(intact(order.pdf), order.pdf.name)
    except (Damaged, ValidationError):  # told where the printed order is opened
        return 0


@transaction.atomic
def attach_scan(order: Order, scan: SignedScan, *, by: User, reason: str = "") -> Order:
    """Attach the scan of a registered order once, or replace a wrong one with a reason; the former one is kept.

    Raises ``NotAllowed``, ``Already``, ``Refused``.
    """
    require(by, Right.ORDERS_REGISTER)
    if order.state != Order.State.REGISTERED:
        raise Refused("Скан прикладывают к зарегистрированному приказу")
    put_scan(order, "scan", scan.file, by=by, words=WORDS, reason=reason, note=scan.note)
    order.refresh_from_db()
    return order
