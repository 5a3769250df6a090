"""The scan of a signed order: looked at before it is attached, replaced with a reason when it was a wrong one."""

from collections.abc import Iterator
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
from mentoring_site.russian import plural
from mentoring_site.scans import put_scan
from mentoring_site.workflow import Refused
from people.accounts.models import User
from people.rights import Right
from reports.orders.models import Order
from reports.orders.printing.pdf import Damaged, intact
from reports.orders.registration.sheet_codes import Code, code_of_picture, codes_of

PAGES = "страница,страницы,страниц"
LOOKED_AT = 6  # pages of one upload whose codes are read at once; a whole stack is read in the background
WORDS = "скан подписанного приказа"


@dataclass(frozen=True)
class SignedScan:
    """A stored scan and what was seen on it: how many pages, and whether the order's own code was read."""

    file: StoredFile
    pages: int
    recognised: bool

    @property
    def note(self) -> str:
        """«3 страницы, QR-код приказа прочитан»."""
        read = "QR-код приказа прочитан" if self.recognised else "QR-код не прочитан"
        return f"{plural(self.pages, PAGES)}, {read}"


@dataclass(frozen=True)
class Seen:
    """What was seen on an upload."""

    pages: int
    recognised: bool


def look_at(upload: UploadedFile, order: Order) -> Seen:
    """Return what is on an uploaded scan of ``order``.

    Raises ``ValidationError`` when it is no scan, does not open, or bears the code of another order.
    """
    kind = check_upload(upload, SCANS)
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    if kind.content_type != PDF:
        return Seen(1, _compared([code_of_picture(data)], order))
    name = upload.name or ""
    return Seen(count_pages(data, name), _compared(list(islice(codes_of(data, name), LOOKED_AT)), order))


@contextmanager
def stored_scan(upload: UploadedFile | None, seen: Seen | None, *, by: User) -> Iterator[SignedScan | None]:
    """Store an upload that was looked at for the act inside; a file that the act did not use is deleted."""
    with stored_upload(upload, by=by) as stored:
        yield SignedScan(stored, seen.pages, seen.recognised) if stored and seen else None


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


def _compared(codes: list[Code], order: Order) -> bool:
    for number, found in enumerate(codes, start=1):
        if found:
            refuse_foreign(found[0], order, f"Страница {number}" if len(codes) > 1 else "На скане")
    return any(codes)


def doubts(order: Order, scan: SignedScan) -> list[str]:
    """Return what somebody should look at once more: no code on the scan, fewer pages than in the printed order."""
    found = []
    if not scan.recognised:
        found.append("QR-код на скане не прочитан: откройте скан и проверьте, что это тот самый приказ")
    if (printed := _printed_pages(order)) > scan.pages:
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
