"""Builds the ZIP of a folder дело by дело; what is missing goes to «00 Чего не хватает» and is never a crash.

Rows of the inventory lie in temporary files, records are read a hundred at a time: memory stays flat.
"""

import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.html import escape

from mentoring_site.files import PDF
from mentoring_site.pdf.parallel import render_many
from mentoring_site.pdf.resources import PdfError
from mentoring_site.russian import NBSP, plural, rudate, rushort
from people.retention.models import RetentionTerm
from people.retention.rules import Kept, archive_source, until, words
from people.rights import Right
from people.roles.letterhead import school_facts
from reports.compliance.clauses import actionable
from reports.compliance.models import ClauseState
from reports.inspection import packing
from reports.inspection.contents import SECTIONS, Gap, Item, Scope, Section
from reports.inspection.models import Case
from reports.inspection.naming import LONGEST_FOLDER, in_folder, safe

PIECE = 100  # records read at a time
GAPS, INVENTORY, BOOK = "00 Чего не хватает.html", "01 Опись.html", "01 Опись.xlsx"
README, SUMS = "README.txt", "SHA256SUMS.txt"
DOCUMENTS = "документ,документа,документов"
COLUMNS = (
    "№",
    "Дело",
    "Номер документа",
    "Документ",
    "Дата",
    "Страниц",
    "Размер, байт",
    "SHA-256",
    "Сколько хранить",
    "Хранить по",
    "Файл",
)
GAP_COLUMNS = ("№", "Дело", "Документ или пункт", "Чего не хватает", "Кто")
POSITION = "Исполнение Положения"
HEAD = """<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main><h1>{title}</h1><p>{lead}</p>
<table><thead><tr>{heads}</tr></thead><tbody>
"""
"""The beginning of a page inside a folder: it opens from a disk, without a network and without the product."""
STYLE = (
    "body{font:16px/1.4 sans-serif;margin:1rem}table{border-collapse:collapse}"
    "th,td{border:1px solid #999;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere;"
    "min-width:3rem}"
)
NO_TERM = "пока нужен: в таблице сроков такого вида нет"


@dataclass
class Made:
    """What was built: how much, about whom, from which records."""

    files: int = 0
    gaps: int = 0
    people: set[int] = field(default_factory=set)
    contents: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


class Rows:
    """Rows in a temporary file, read again as often as needed."""

    def __init__(self, file: IO[bytes]):
        self.file, self.count = file, 0

    def add(self, *cells: Any) -> None:
        """Write one row; its number is the first cell."""
        self.count += 1
        self.file.write(json.dumps([self.count, *cells], ensure_ascii=False, default=_iso).encode() + b"\n")

    def __iter__(self) -> Iterator[list[Any]]:
        self.file.seek(0)
        for line in self.file:
            yield json.loads(line)


def _iso(value: Any) -> str:
    return {"date": value.isoformat()} if isinstance(value, date) else str(value)  # type: ignore[return-value]


def _cell(value: Any) -> Any:
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value


class Terms:
    """The table of terms of keeping, read once."""

    def __init__(self) -> None:
        self._rows = {term.code: term for term in RetentionTerm.objects.all()}
        self._source = archive_source()

    def kept(self, code: str, since: date | None) -> Kept:
        """Return how long a document is kept."""
        term = self._rows.get(code)
        return Kept(words(term, self._source), term.article, until(term, since)) if term else Kept(NO_TERM, "")


def scope_of(folder: Any) -> Scope:
    """Return the scope of a folder: its maker with the rights of now."""
    return Scope(folder.created_by, folder.since, folder.until, folder.program)


def sections_of(folder: Any) -> list[Section]:
    """Return the sections of a folder in the order of the nomenclature."""
    return [one for one in SECTIONS if one.code in folder.scope and (one.of_program or not folder.program_id)]


def keys_of(section: Section, scope: Scope) -> list[tuple[Any, list[int]]]:
    """Return ``(rows, keys)`` of the records of a section in their order, no key twice."""
    return [(rows, list(dict.fromkeys(rows.values_list("pk", flat=True)))) for rows in section.records(scope)]


def in_pieces(rows: Any, keys: list[int]) -> Iterator[list[Any]]:
    """Yield the records of the keys a piece at a time: no cursor stays open while something else is written."""
    for start in range(0, len(keys), PIECE):
        some = keys[start : start + PIECE]
        found = {one.pk: one for one in rows.filter(pk__in=some)}
        yield [found[key] for key in some if key in found]


def name_of(folder: Any) -> str:
    """Return the name of the ZIP, the same for the same days or program; a command takes it without quotes."""
    days = f"{folder.since}_{folder.until}" if folder.since else safe(folder.program.title)
    return "-".join(re.findall(r"[\w-]+", f"{folder.what} {days}")) + ".zip"


class Builder:
    """Puts one folder together."""

    def __init__(self, folder: Any, out: zipfile.ZipFile, rows: Rows, gaps: Rows, progress: Callable[[int], object]):
        self.folder, self.out, self.rows, self.gaps, self.progress = folder, out, rows, gaps, progress
        self.scope, self.made, self.terms = scope_of(folder), Made(), Terms()
        self.cases = {case.code: case for case in Case.objects.all()}
        self.seen = 0

    def build(self) -> Made:
        """Write everything."""
        self._compliance()
        for section in sections_of(self.folder):
            self._section(section)
        self.made.files, self.made.gaps = self.rows.count, self.gaps.count
        self._papers_of_the_folder()
        return self.made

    def _label(self, section: Section) -> str:
        return str(self.cases[section.code])

    def _compliance(self) -> None:
        """What the map of clauses says is not done, as it was counted last within the days."""
        user, folder = self.scope.user, self.folder
        if folder.program_id or not user.can(Right.COMPLIANCE_SEE):
            return
        years = range(folder.since.year - (folder.since.month < 8), folder.until.year - (folder.until.month < 8) + 1)
        State = ClauseState.State
        states = ClauseState.objects.visible_to(user).filter(year__in=years).on(folder.until)
        lacking = [State.PARTLY, State.OVERDUE, State.NOT_YET]
        for one in states.filter(state__in=lacking).order_by("year", "rank", "pk"):
            clause = actionable().get(one.clause)
            if clause is None:
                continue
            due = f", до {rudate(one.due_on)}" if one.due_on else ""
            said = f"п. {one.clause}: {clause.text}"
            self.gaps.add(POSITION, said, f"{one.get_state_display()}{due}", one.who)

    def _section(self, section: Section) -> None:
        label = self._label(section)
        if section.right and not self.folder.program_id and not self.scope.user.can(section.right):
            self.gaps.add(label, "Всё дело", f"не входит: у того, кто собрал, нет права «{section.right.words}»", "")
            return
        place, before = safe(label, LONGEST_FOLDER), self.rows.count
        number = 0
        for rows, keys in keys_of(section, self.scope):
            if keys and section.register:
                number = self._register(section, label, place, number, rows, keys)
            for piece in in_pieces(rows, keys):
                number = self._piece(section, label, place, number, piece)
                self.seen += len(piece)
                self.progress(self.seen)
        if self.rows.count == before:
            none = "документов нет" if self.folder.program_id else "документов за это время нет"
            self.gaps.add(label, "Всё дело", none, "")

    def _register(self, section: Section, label: str, place: str, number: int, rows: Any, keys: list[int]) -> int:
        title, columns, row = section.register
        lines = (row(one) for piece in in_pieces(rows, keys) for one in piece)
        item = Item(title, None, title, table=(title, columns, lines))
        return self._item(section, label, place, number, item, None)

    def _piece(self, section: Section, label: str, place: str, number: int, piece: Iterable[Any]) -> int:
        found = [(one, paper) for one in piece for paper in section.papers(one, self.scope)]
        drawn = render_many([paper.drawn for _, paper in found if isinstance(paper, Item) and paper.drawn])
        for one, paper in found:
            if isinstance(paper, Gap):
                self.gaps.add(label, paper.title, paper.words, paper.who)
                continue
            content = next(drawn) if paper.drawn else None
            if isinstance(content, PdfError):
                self.gaps.add(label, paper.title, f"не напечатано: {content}", "")
                continue
            for of in paper.of or (one,):
                self.made.contents[of._meta.label].add(of.pk)
            number = self._item(section, label, place, number, paper, content)
        return number

    def _item(self, section: Section, label: str, place: str, number: int, item: Item, content: bytes | None) -> int:
        """Put one document into the ZIP and its row into the inventory; return its number in the дело."""
        with ExitStack() as stack:
            ending, kind = "pdf", PDF
            try:
                if item.stored:
                    source = stack.enter_context(packing.fetched(item.stored))
                    ending, kind = item.stored.name.rpartition(".")[2], item.stored.content_type
                elif item.table:
                    source, ending, kind = stack.enter_context(packing.table(*item.table)), "xlsx", ""
                elif content is not None:
                    source = io.BytesIO(content)
                else:
                    text = item.text.replace("\r\n", "\n").replace("\n", "\r\n")
                    source, ending, kind = io.BytesIO(text.encode("utf-8-sig")), "txt", ""
            except packing.Unreadable as error:
                self.gaps.add(label, item.title, f"{error} ({item.stored.name})", "Системный администратор")  # type: ignore[union-attr]
                return number
            name = in_folder(place, number + 1, item.name, ending, item.mark)
            pages = packing.pages_of(source, kind)
            size, sha256 = packing.put(self.out, name, source)
        kept = self.terms.kept(item.term or section.term, item.since)
        said = f"{kept.words} ({kept.article})" if kept.article else kept.words
        self.rows.add(label, item.number or "", item.title, item.day, pages, size, sha256, said, kept.until, name)
        self.made.people.update(item.people)
        return number + 1

    # --- papers of the folder itself

    def _papers_of_the_folder(self) -> None:
        sums: list[tuple[str, str]] = []
        gaps = ([_shown(cell) for cell in row] for row in self.gaps)
        rows = ([_shown(cell) for cell in row] for row in self.rows)
        lead = f"{self.folder.about}. {plural(self.rows.count, DOCUMENTS)}."
        none = "Всё на месте."
        self._page(sums, GAPS, "Чего не хватает", self.folder.about, GAP_COLUMNS, gaps, none)
        self._page(sums, INVENTORY, "Опись документов", lead, COLUMNS, rows, "Документов нет.")
        with packing.table("Опись", COLUMNS, ([_cell(cell) for cell in row] for row in self.rows)) as book:
            sums.append((packing.put(self.out, BOOK, book)[1], BOOK))
        text = render_to_string(
            "reports/inspection/readme.txt",
            {
                "folder": self.folder,
                "school": school_facts()["full_name"],
                "maker": self.scope.user.person.full_name,
                "rights": self.folder.rights,
                "sections": [self._label(one) for one in sections_of(self.folder)],
                "files": plural(self.rows.count, DOCUMENTS),
                "gaps": self.gaps.count,
                "zip": name_of(self.folder),
                "sums": SUMS,
                "names": (GAPS, INVENTORY, BOOK),
            },
        )
        readme = io.BytesIO(text.replace(NBSP, " ").replace("\n", "\r\n").encode("utf-8-sig"))
        sums.append((packing.put(self.out, README, readme)[1], README))
        with packing.temporary() as listing:
            for sha256, name in sums:
                listing.write(f"{sha256}  {name}\n".encode())
            for row in self.rows:
                listing.write(f"{row[7]}  {row[10]}\n".encode())
            packing.put(self.out, SUMS, listing)

    def _page(
        self,
        sums: list[tuple[str, str]],
        name: str,
        title: str,
        lead: str,
        columns: tuple[str, ...],
        rows: Iterable[list[str]],
        none: str,
    ) -> None:
        """Write a page that opens anywhere: one table, row by row."""
        with packing.temporary() as page:
            heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in columns)
            page.write(HEAD.format(title=escape(title), lead=escape(lead), style=STYLE, heads=heads).encode())
            empty = True
            for row in rows:
                empty = False
                page.write("".join(("<tr>", *(f"<td>{escape(cell)}</td>" for cell in row), "</tr>\n")).encode())
            page.write(b"</tbody></table>\n")
            if empty:
                page.write(f"<p>{escape(none)}</p>\n".encode())
            page.write(b"</main></body></html>\n")
            sums.append((packing.put(self.out, name, page)[1], name))


def _shown(cell: Any) -> str:
    value = _cell(cell)
    return rushort(value) if isinstance(value, date) else "" if value is None else str(value)


def build(folder: Any, target: IO[bytes], progress: Callable[[int], object] = lambda n: None) -> Made:
    """Write the ZIP of a folder into an open file; ``progress(n)`` gets how many records were looked at."""
    with packing.temporary() as rows, packing.temporary() as gaps, zipfile.ZipFile(target, "w") as out:
        return Builder(folder, out, Rows(rows), Rows(gaps), progress).build()


def total_of(folder: Any) -> int:
    """Return how many records a folder has to look at."""
    scope = scope_of(folder)
    return sum(len(keys) for section in sections_of(folder) for _, keys in keys_of(section, scope))


def still_readable(folder: Any, models: dict[str, type[Model]]) -> bool:
    """Whether the maker may read today every record of which the ZIP holds something."""
    for label, keys in folder.contents.items():
        rows = models[label]._default_manager
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            if rows.visible_to(folder.created_by).filter(pk__in=some).order_by().count() != len(some):  # type: ignore[attr-defined]
                return False
    return True
