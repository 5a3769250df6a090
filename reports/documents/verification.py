"""Stored papers compared with their SHA-256, and orders rendered again from their facts (docs/decisions/0003).

Nothing is repaired here: a damaged file is restored from a backup, and until then it is served to nobody.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from mentoring_site.hashing import sha256_of_json
from mentoring_site.health import record_heartbeat
from mentoring_site.models import StoredFile
from mentoring_site.pdf.parallel import render_many
from mentoring_site.pdf.render import RENDERER
from mentoring_site.pdf.render import sha256 as hash_of
from mentoring_site.pdf.resources import PdfError
from mentoring_site.russian import plural
from reports.orders.models import Order
from reports.orders.printing.pdf import TEMPLATE, printed_facts, title_of

BLOCK = 1 << 20


@dataclass
class Verdict:
    """What was found: a sentence for each problem, and how much was compared."""

    files: int = 0
    orders: int = 0
    redrawn: int = 0
    other: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """One line for the console and for the health page."""
        parts = [
            f"проверено {plural(self.files, 'файл,файла,файлов')}, {plural(self.orders, 'приказ,приказа,приказов')}"
        ]
        if self.redrawn or self.other:
            parts.append(f"напечатаны заново {self.redrawn}, другой выпуск печати {self.other}")
        found = (
            plural(len(self.problems), "расхождение,расхождения,расхождений") if self.problems else "расхождений нет"
        )
        return "; ".join([*parts, found])


def verify(*, render: bool = False) -> Verdict:
    """Compare every stored file with its hash and size, and the frozen facts of orders with theirs.

    With ``render`` every registered order printed by today's renderer is drawn again and must give the same bytes. The
    result is remembered for the health page.
    """
    verdict = Verdict()
    owners = _owners()
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        verdict.files += 1
        if problem := _wrong(stored):
            verdict.problems.append(
                f"{owners.get(stored.pk) or f'Файл «{stored.name}»'}: {problem} ({stored.file.name})"
            )
    frozen = Order.objects.filter(facts__isnull=False).select_related("pdf").order_by("pk")
    for order in frozen.iterator(chunk_size=100):
        verdict.orders += 1
        if sha256_of_json(order.facts) != order.facts_sha256:
            verdict.problems.append(f"{order}: сведения в базе отличаются от тех, что были переданы на подпись")
    if render:
        _draw_again(frozen.filter(pdf__isnull=False), verdict)
    record_heartbeat("papers", verdict.summary if verdict.problems else "")
    return verdict


def _owners() -> dict[int, str]:
    """Return what the stored files of orders are; other files are named by their names."""
    rows = Order.objects.filter(facts__isnull=False).only("date", "number", "heading", "pdf", "scan")
    owners = {}
    for order in rows.iterator(chunk_size=500):
        owners[order.pdf_id] = f"{order}, документ"
        owners[order.scan_id] = f"{order}, скан"
    owners.pop(None, None)
    return owners


def _wrong(stored) -> str:
    """Return what is wrong with a stored file, or an empty string."""
    digest, size = hashlib.sha256(), 0
    try:
        with stored.file.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                size += len(block)
    except OSError:
        return "файла нет в хранилище"
    if digest.hexdigest() != stored.sha256:
        return f"изменён или повреждён: SHA-256 не совпадает, {size} байт вместо {stored.size}"
    return ""


def _draw_again(orders, verdict):
    ours = orders.filter(renderer=RENDERER)
    verdict.other = orders.exclude(renderer=RENDERER).count()
    for batch in _batches(ours.iterator(chunk_size=50), 50):
        drawn = render_many((TEMPLATE, printed_facts(order), title_of(order)) for order in batch)
        for order, data in zip(batch, drawn, strict=True):
            verdict.redrawn += 1
            if isinstance(data, PdfError):
                verdict.problems.append(f"{order}: не печатается. {data}")
            elif hash_of(data) != order.pdf.sha256:
                verdict.problems.append(f"{order}: из тех же сведений напечатан другой документ ({order.renderer})")


def _batches(rows, size: int) -> Iterator[list]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
