"""The printed order and its scan on pages."""

from django.urls import reverse

from mentoring_site.russian import ruday
from reports.orders.models import Order
from reports.orders.printing.pdf import ATTEMPTS, file_name

FROM_PAPER = "Приказ издан на бумаге, до внесения в систему: подписан лист, который хранится в школе"


def order_url(order: Order, name: str) -> str:
    """Return the address of a page below an order: ``reports:order_<name>``."""
    return reverse(f"reports:order_{name}", args=[order.pk])


def is_failed(order: Order) -> bool:
    """Whether printing a registered order was given up."""
    return bool(order.number) and not order.pdf_id and not order.from_paper and order.pdf_attempts >= ATTEMPTS


def document(order: Order) -> dict:
    """Return the state of the printed order for ``components/document_state.html``."""
    printed = order.pdf
    known = printed is not None or order.from_paper
    return {
        "ready": known,
        "url": order_url(order, "pdf") if printed else "",
        "name": FROM_PAPER if known and not printed else file_name(order),
        "failed": (
            f"Попыток: {order.pdf_attempts}. Приказ зарегистрирован и действует; сообщите системному администратору"
            if is_failed(order)
            else ""
        ),
        "size": printed.size if printed else None,
        "sha256": printed.sha256 if printed else "",
        "note": "",
        "poll_url": "" if known else order_url(order, "document"),
    }


def preview_url(order: Order, *, is_open: bool) -> str:
    """Return what the frame next to the text shows: the paper as it stands, or the printed one."""
    if is_open:
        return order_url(order, "preview")
    return f"{order_url(order, 'pdf')}?inline=1" if order.pdf_id else ""


def scan_files(order: Order) -> list[dict]:
    """Return the scan of the signed order for ``components/files.html``."""
    scan = order.scan
    if scan is None:
        return []
    note = f"приложен {ruday(scan.uploaded_at)}"
    return [{"name": scan.name, "url": order_url(order, "scan_file"), "size": scan.size, "note": note}]
