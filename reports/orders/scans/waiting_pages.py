"""Registration with a scan that waits in a stack: the pages recognised by the code of the sheet at signature."""

from collections.abc import Iterator
from contextlib import contextmanager

from mentoring_site.files import discard_unless_used
from mentoring_site.russian import plural
from mentoring_site.workflow import Refused
from people.accounts.models import User
from reports.orders.models import Order
from reports.orders.printing.pdf import Damaged
from reports.orders.registration.signed_scan import PAGES, SignedScan
from reports.orders.scans.acts import group_of, scan_of
from reports.orders.scans.models import ScanPage


def sheets_of(request, order: Order) -> list[ScanPage]:
    """Return the pages that the address names by ``sheet``, if they are of this order."""
    asked = request.GET.get("sheet", "")
    if not asked.isdecimal() or len(asked) > 12:
        return []
    page = ScanPage.objects.filter(pk=int(asked), order=order).select_related("stack").first()
    return group_of(page) if page else []


def sheets_words(sheets) -> list[str]:
    """Return what the page of registration says about them."""
    if not sheets:
        return []
    return [f"Будет приложен скан из стопки: {plural(len(sheets), PAGES)}. Другой файл загружать не нужно"]


@contextmanager
def stored_sheets(form, sheets: list[ScanPage], order: Order, user: User) -> Iterator[SignedScan | None]:
    """Keep the pages as one scan for the act inside, or say in the form why not; an unused one is deleted."""
    try:
        scan = scan_of(sheets[0], order, by=user)
    except (Damaged, Refused) as refusal:
        form.add_error("scan", f"{refusal}. Загрузите скан файлом")
        yield None
    else:
        with discard_unless_used(scan.file):
            yield scan
