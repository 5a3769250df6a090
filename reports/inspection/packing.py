"""A ZIP with the same bytes each time: fixed moments, one order, the same settings; written in pieces.

Nothing is held whole: a stored file is copied through a temporary one, so that a damaged one never gets in.
"""

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from django.conf import settings
from pypdfium2 import PdfiumError

from mentoring_site.files import PDF
from mentoring_site.models import StoredFile
from mentoring_site.pdf.pages import PDFIUM, PdfDocument
from mentoring_site.xlsx.writer import Column, write_xlsx

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The moment of every member: the first that a ZIP knows."""
PIECE = 256 * 1024
PACKED = frozenset(("pdf", "jpg", "jpeg", "png", "docx", "xlsx", "zip"))  # packed already
CORE = "docProps/core.xml"
WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class Unreadable(Exception):
    """A stored file is not in the store, or is not the one that was stored."""


def temporary() -> IO[bytes]:
    """Return a temporary file on the disk of the data: where ``/tmp`` is memory, a folder would fill it."""
    return tempfile.TemporaryFile(dir=settings.DATA_DIR)


def member(name: str, *, packed: bool) -> zipfile.ZipInfo:
    """Return how a file stands in the ZIP: nothing of it depends on when or where it was made."""
    info = zipfile.ZipInfo(name, MOMENT)
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    return info


def put(out: zipfile.ZipFile, name: str, source: IO[bytes]) -> tuple[int, str]:
    """Copy an open file into the ZIP in pieces; return its size and SHA-256."""
    size, sha256 = 0, hashlib.sha256()
    info = member(name, packed=name.rpartition(".")[2] in PACKED)
    source.seek(0)
    with out.open(info, "w", force_zip64=False) as inside:
        while piece := source.read(PIECE):
            inside.write(piece)
            sha256.update(piece)
            size += len(piece)
    return size, sha256.hexdigest()


@contextmanager
def fetched(stored: StoredFile) -> Iterator[IO[bytes]]:
    """Give the bytes of a stored file after comparing them with its SHA-256. Raises ``Unreadable``."""
    with temporary() as copy:
        sha256 = hashlib.sha256()
        try:
            with stored.file.open("rb") as source:
                while piece := source.read(PIECE):
                    copy.write(piece)
                    sha256.update(piece)
        except OSError as error:
            raise Unreadable("файла нет в хранилище") from error
        if sha256.hexdigest() != stored.sha256:
            raise Unreadable("файл в хранилище повреждён: его SHA-256 не совпадает с записанной")
        copy.seek(0)
        yield copy


def pages_of(source: IO[bytes], content_type: str) -> int | None:
    """Return how many pages a PDF has, one of a picture; None when nobody knows."""
    if content_type.startswith("image/"):
        return 1
    if content_type != PDF:
        return None
    source.seek(0)
    with PDFIUM:
        try:
            document = PdfDocument(source)
        except PdfiumError:
            return None
        try:
            return len(document)
        finally:
            document.close()


@contextmanager
def table(title: str, columns: Sequence[Column | str], rows: Iterable[Sequence[Any]]) -> Iterator[IO[bytes]]:
    """Give a workbook that has the same bytes each time: the writer notes the moment, which is taken out."""
    with temporary() as made, temporary() as fixed:
        write_xlsx(made, title, columns, rows)  # type: ignore[arg-type]
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w") as out:
            for info in source.infolist():
                with source.open(info) as part, out.open(member(info.filename, packed=False), "w") as inside:
                    if info.filename == CORE:
                        inside.write(WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", part.read()))
                        continue
                    while piece := part.read(PIECE):
                        inside.write(piece)
        fixed.seek(0)
        yield fixed
