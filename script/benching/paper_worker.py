"""A process that draws papers, writes workbooks and reads staff lists, each in our way and with the bare library."""

import gc
import io
import itertools
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import django

ROWS = 40  # of a table that fills five pages after the first page of the order
POSTS = ("преподаватель по классу фортепиано", "концертмейстер", "преподаватель по классу домры", "методист")
NAMES = ("Бадма", "Виктор", "Санал", "Эренцен", "Пётр"), ("Ильич", "Петрович", "Саналович", "Очирович")


def memory() -> float:
    """Return the resident memory of this process in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def ticks_of(pid: int) -> int:
    """Return the processor time of a process so far, or 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def export_rows(count: int):
    """Yield rows as a list of people gives them: fifteen cells, texts, dates, numbers."""
    start = date(1960, 1, 1)
    for n in range(count):
        yield [
            n + 1,
            f"Проверкин{n % 997}",
            "Бадма",
            "Саналович",
            start + timedelta(days=n % 15000),
            POSTS[n % 4],
            "Фортепианное отделение",
            "первая",
            n % 40,
            f"u{n}@school.example",
            "8 (900) 000-00-00",
            "да",
            date(2026, 9, 1),
            "по основному месту",
            "примечание",
        ]


def timed(act) -> dict:
    """Return the CPU seconds of an act."""
    gc.collect()
    begun = time.process_time()
    act()
    return {"cpu": time.process_time() - begun}


class Measured:
    """What the process can be asked."""

    def __init__(self):
        from reports.orders.models import Order

        self.order = (
            Order.objects.filter(state="registered", kind="assignment", facts__isnull=False).order_by("pk").first()
            or Order.objects.filter(state="registered").first()
        )
        self.list = None
        self.kit = None

    # --- papers

    def pdf(self, times: int) -> dict:
        """Draw the order as the product does."""
        from reports.orders.printing.pdf import pdf_of

        return timed(lambda: [pdf_of(self.order) for _ in range(times)])

    def bare_pdf(self, times: int) -> dict:
        """Draw the same HTML with WeasyPrint alone, fonts and stylesheet cached."""
        import weasyprint
        from django.template.loader import render_to_string
        from weasyprint.text.fonts import FontConfiguration

        from mentoring_site.pdf.render import STATIC, STYLESHEET
        from reports.orders.printing.pdf import TEMPLATE, title_of

        if self.kit is None:
            fonts = FontConfiguration()
            html = render_to_string(TEMPLATE, {**self.order.facts, "document_title": title_of(self.order)})
            self.kit = fonts, weasyprint.CSS(filename=str(STYLESHEET), font_config=fonts), html
        fonts, css, html = self.kit

        def draw():
            for _ in range(times):
                weasyprint.HTML(string=html, base_url=STATIC.as_uri() + "/").write_pdf(
                    font_config=fonts, stylesheets=[css], pdf_variant="pdf/ua-1", pdf_identifier=False
                )

        return timed(draw)

    def _plain(self) -> dict:
        """The facts of the order on its one page."""
        facts = self.order.facts
        return {**facts, "appendices": [], "acquaintance": [], "points": facts["points"][:4]}

    def _tables(self) -> dict:
        """The facts of a roadmap that fills five pages with its table."""
        columns = [
            {"label": label, "width": width}
            for label, width in (("№", 5), ("Наставник", 25), ("Наставляемый", 25), ("Вид; темы", 20), ("Срок", 25))
        ]
        person = "Санджи-Горяева Кермен Бадмаевна, преподаватель по классу фортепиано, высшая категория"
        rows = [
            [str(n), person, person, "пара; методика урока", "2 сентября 2026 г. – 30 мая 2027 г."]
            for n in range(1, ROWS + 1)
        ]
        sheet = {
            "title": "Наставнические пары",
            "note": "",
            "columns": columns,
            "rows": rows,
            "approved": None,
            "text": [],
        }
        return {**self._plain(), "points": [], "appendices": [sheet]}

    def plain_pdf(self, times: int) -> dict:
        """Draw an order of one page."""
        return self._drawn(self._plain(), times)

    def tables_pdf(self, times: int) -> dict:
        """Draw an order with five pages of a table."""
        return self._drawn(self._tables(), times)

    def _drawn(self, facts, times):
        from mentoring_site.pdf.render import render_pdf
        from reports.orders.printing.pdf import TEMPLATE

        return timed(lambda: [render_pdf(TEMPLATE, facts) for _ in range(times)])

    def _papers(self, times):
        from reports.orders.printing.pdf import TEMPLATE

        return [(TEMPLATE, {**self.order.facts, "code": str(n)}) for n in range(times)]

    def papers_alone(self, times: int) -> dict:
        """Draw different papers one after another, by the clock."""
        from mentoring_site.pdf.parallel import draw

        papers = self._papers(times)
        begun = time.monotonic()
        for paper in papers:
            draw(paper)
        return {"wall": time.monotonic() - begun}

    def papers_batch(self, times: int) -> dict:
        """Draw the same papers as a batch: by the clock, and among how many processes the work was divided evenly."""
        from mentoring_site.pdf.parallel import render_many

        papers, spent, begun = self._papers(times), {}, time.monotonic()
        drawn = 0
        for _ in render_many(papers):
            drawn += 1
            spent |= {child.pid: ticks for child in multiprocessing.active_children() if (ticks := ticks_of(child.pid))}
        assert drawn == times
        workers = sum(spent.values()) / max(spent.values()) if spent else 1
        return {"wall": time.monotonic() - begun, "workers": workers, "cores": os.cpu_count()}

    def pdf_memory(self, times: int) -> dict:
        """Return memory after a warm-up and after ``times`` further orders."""
        self.pdf(15)
        gc.collect()
        before = memory()
        self.pdf(times)
        gc.collect()
        return {"before": before, "after": memory()}

    # --- workbooks

    def export(self, rows: int) -> dict:
        """Write a list as the product exports it."""
        from mentoring_site.xlsx.writer import write_xlsx

        def write():
            with tempfile.TemporaryFile() as file:
                write_xlsx(file, "Люди", [f"Столбец {n}" for n in range(15)], export_rows(rows))

        return timed(write)

    def bare_export(self, rows: int) -> dict:
        """Write the same rows with openpyxl's write-only mode alone."""
        import openpyxl

        def write():
            book = openpyxl.Workbook(write_only=True)
            sheet = book.create_sheet("Люди")
            sheet.append([f"Столбец {n}" for n in range(15)])
            for row in export_rows(rows):
                sheet.append(row)
            with tempfile.TemporaryFile() as file:
                book.save(file)

        return timed(write)

    def peak(self) -> dict:
        """Return the largest resident memory this process ever had."""
        return {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}

    # --- a folder for an inspection

    def folder(self, scope: list[str]) -> dict:
        """Build the ZIP of a folder of two school years; return its documents, records and processor time."""
        from people.accounts.models import User
        from reports.inspection import building, packing
        from reports.inspection.models import Folder

        maker = User.objects.select_related("person").get(username="curator")
        days = {"since": date(2025, 8, 1), "until": date(2027, 7, 31)}
        folder = Folder(created_by=maker, scope=scope, rights=[], **days)
        made = {}

        def build():
            with packing.temporary() as target:
                made["files"] = building.build(folder, target).files

        return timed(build) | made | {"records": building.total_of(folder)}

    # --- a staff list

    def make_list(self, rows: int) -> dict:
        """Write a staff list in the form of the sample: sections, dates as texts, one table of strings,
        as Excel does.
        """
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Тарификация"
        sheet.append(["Список педагогических работников на 01.09.2026 г."])
        sheet.append(
            [
                "№ п/п",
                "Ф.И.О.",
                "Должность",
                "Образование",
                "Кв. категория",
                "Пед. стаж",
                "Дата рождения",
                "Телефон",
                "E-mail",
            ]
        )
        letters = "абвгдежзик"
        surnames = ("".join(word) for word in itertools.product(letters, repeat=4))
        for n, ending in zip(range(rows), surnames, strict=False):
            if n % 500 == 0:
                sheet.append([f"Отделение {n // 500 + 1}"])
            born = date(1960, 1, 1) + timedelta(days=n % 15000)
            sheet.append(
                [
                    n + 1,
                    f"Про{ending}ов {NAMES[0][n % 5]} {NAMES[1][n % 4]}",
                    POSTS[n % 4],
                    "высшее",
                    "первая",
                    f"{n % 40} лет",
                    f"{born:%d.%m.%Y}",
                    "8-900-000-00-00",
                    f"b{n}@school.example",
                ]
            )
        out = io.BytesIO()
        book.save(out)
        self.list = out.getvalue()
        return {"kb": len(self.list) // 1024}

    def bare_list(self) -> dict:
        """Iterate over the list with openpyxl's read-only mode alone."""
        import openpyxl

        def read():
            book = openpyxl.load_workbook(io.BytesIO(self.list), read_only=True, data_only=True)
            for row in book.worksheets[0].iter_rows(values_only=True):
                any(row)
            book.close()

        return timed(read)

    def _read(self):
        from django.utils import timezone

        from people.staff_list.checking import read_staff_list

        return read_staff_list(self.list, timezone.localdate())

    def read_list(self) -> dict:
        """Open, recognize, clean and check the list."""
        return timed(self._read)

    def plan_list(self) -> dict:
        """And compare it with the register."""
        from people.staff_list.plan import make_plan

        return timed(lambda: make_plan(self._read()))

    def write_list(self) -> dict:
        """And write it, in a transaction that is undone."""
        from django.db import transaction

        from people.staff_list.commit import commit

        def write():
            with transaction.atomic():
                commit(self._read(), by=None)
                transaction.set_rollback(True)

        return timed(write)


def main():
    """Answer questions until the input ends."""
    django.setup()
    measured = Measured()
    for line in sys.stdin:
        question = json.loads(line)
        print(json.dumps(getattr(measured, question.pop("ask"))(**question)), flush=True)


if __name__ == "__main__":
    main()
