"""Pages of a PDF that somebody uploads: whether it opens, how many pages it has, a page as a picture."""

import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import pypdfium2
from django.core.exceptions import ValidationError
from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError

PDFIUM = threading.RLock()  # the library is not safe for threads
PAGE_SECONDS = 15
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "mentoring_site.pdf.drawing"]


def open_pdf(data: bytes, name: str) -> PdfDocument:
    """Open a PDF; the caller closes it. Raises ``ValidationError`` when it is protected, damaged or has no pages."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise ValidationError(
                    f"«{name}» защищён паролем. Сохраните его без пароля и загрузите снова", code="encrypted"
                ) from error
            raise ValidationError(
                f"«{name}» повреждён и не открывается. Отсканируйте или сохраните его заново", code="damaged"
            ) from error
        if not len(document):
            document.close()
            raise ValidationError(f"«{name}»: в файле нет ни одной страницы", code="damaged")
        return document


def count_pages(data: bytes, name: str) -> int:
    """Return the number of pages of a PDF. Raises ``ValidationError`` as ``open_pdf`` does."""
    with PDFIUM:
        document = open_pdf(data, name)
        try:
            return len(document)
        finally:
            document.close()


class Undrawable(Exception):
    """A page that cannot be drawn, or not within ``PAGE_SECONDS``."""


class Drawing:
    """Draws pages of a PDF in a process of its own (``mentoring_site/pdf/drawing.py``), which ends with the block.

    A page that takes too long ends the process: then no page of this PDF is drawn any more.
    """

    def __init__(self, data: bytes):
        self.data = data

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={},
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.process.kill()
        self.process.communicate()

    def page(self, index: int, dpi: int, *, grey: bool = True) -> Image.Image:
        """Return a page as a picture, never larger than ``drawing.MAX_SIDE``. Raises ``Undrawable``."""
        clock = threading.Timer(PAGE_SECONDS, self.process.kill)
        clock.start()
        try:
            return self._ask(f"{index} {dpi} {grey:d}\n")
        except (OSError, ValueError) as error:  # the process has been ended
            raise Undrawable(index) from error
        finally:
            clock.cancel()

    def _ask(self, line: str) -> Image.Image:
        into, out = self.process.stdin, self.process.stdout
        assert into is not None and out is not None
        if self.data:
            into.write(f"{len(self.data)}\n".encode() + self.data)
            self.data = b""
        into.write(line.encode())
        into.flush()
        mode, width, height = out.readline().decode().split()
        size = int(width), int(height)
        return Image.frombytes(mode, size, out.read(size[0] * size[1] * len(mode)))
