"""``manage.py sample_papers FOLDER [--png]``: one of every paper, for looking through."""

from pathlib import Path

import pypdfium2
from django.core.management.base import BaseCommand, CommandError

from mentoring_site.pdf.parallel import render_many
from mentoring_site.pdf.resources import PdfError
from reports.documents.samples.catalog import samples
from reports.orders.order_kinds.registry import choices
from reports.orders.printing.docx import draw

DPI = 110


class Command(BaseCommand):
    """PDF of every paper, DOCX of orders, PNG of the pages with ``--png``; says which papers the school has not."""

    help = "Печатает по одной бумаге каждого вида в папку, чтобы просмотреть их; лучше в учебной школе"

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="папка, куда сложить бумаги")
        parser.add_argument("--png", action="store_true", help="и картинку каждой страницы")

    def handle(self, *args, folder, png, **options):
        folder.mkdir(parents=True, exist_ok=True)
        found = list(samples())
        known = [(name, template, facts) for name, template, facts in found if facts is not None]
        failed = []
        for number, ((name, template, facts), data) in enumerate(
            zip(known, render_many(t[1:] for t in known), strict=True), 1
        ):
            if isinstance(data, PdfError):
                failed.append(f"{name}: {data}")
                continue
            path = folder / f"{number:02} {self.label(name, template)}.pdf"
            path.write_bytes(data)
            if template == "documents/order.html":
                path.with_suffix(".docx").write_bytes(draw(facts, title=facts["heading"], mark="ОБРАЗЕЦ"))
            if png:
                self.draw_pages(path)
        for name, _, facts in found:
            if facts is None:
                self.stdout.write(f"В этой школе не из чего составить: {name}")
        self.stdout.write(f"Бумаг: {len(known) - len(failed)}, папка {folder}")
        if failed:
            raise CommandError("\n".join(failed))

    def label(self, name, template) -> str:
        """Return the name of the file: the kind of an order in words."""
        words = dict(choices()).get(name.rsplit(" ", 1)[-1], "")
        return f"приказ {words[:90]}" if template == "documents/order.html" and words else name

    def draw_pages(self, path: Path):
        """Write each page of a PDF as a picture next to it."""
        with pypdfium2.PdfDocument(path) as document:
            for number, page in enumerate(document, 1):
                page.render(scale=DPI / 72).to_pil().save(path.with_name(f"{path.stem} {number}.png"))
