"""What is wrong with how a paper is set, read from the words of its pages: for any paper, whatever it says."""

import re
import subprocess
from html import unescape
from itertools import pairwise
from pathlib import Path

from django.template.loader import render_to_string

from mentoring_site.pdf.render import render_pdf
from tests.reports.documents.test_paper_form import Word, lines, pages, said

LEFT, RIGHT, TOP, BOTTOM = 30, 10, 20, 20  # ГОСТ Р 7.0.97 for papers kept over ten years, millimetres
BODY_MM = 5.48  # height of the box of a word of 12 pt
STRIP = 12  # of the first sheet of an order below its text: the QR code and who prepared it
ONE_SHEET = ("consents/processing/", "consents/dissemination/")  # forms of one sheet may stand closer
NO_MARGINS = ("documents/slip.html",)  # are cut into pieces
BODY = ("documents/order.html", "documents/mentor_agreement.html", "documents/mentor_cooperation.html")
INITIALS_APART = re.compile(r"[А-ЯЁ][а-яё]+\n[А-ЯЁ]\.(?: [А-ЯЁ]\.)?(?:\n|[;,)]|$)")
LOOSE = re.compile(r"№ (?=\w)")
BROKEN = (
    ("—", "длинное тире"),
    (r"(?<!\.)\.\.(?!\.)", "две точки"),
    (r"[^\S\n] ,|\( | \)", "лишний пробел"),
    (r"\bг\. г\.", "«г. г.»"),
)


def complaints(template: str, known: dict, folder: Path) -> list[str]:
    """Return what a clerk would send back: sentences about margins, page numbers, signatures, dashes, broken names."""
    found, sizes = pages(folder, render_pdf(template, known))
    text = subprocess.run(["pdftotext", folder / "o.pdf", "-"], capture_output=True, text=True, check=True).stdout
    made = [word for pattern, word in BROKEN if re.search(pattern, text)]
    if template != "documents/protocol.html" and LOOSE.search(_printed(template, known)):
        made.append("«№» без неразрывного пробела")  # the words of a protocol are as they were signed
    made += [f"инициалы оторваны: {name[0]!r}" for name in INITIALS_APART.finditer(text.replace("\xa0", " "))]
    if template == "documents/order.html" and "ПРИКАЗЫВАЮ:" not in text:
        made.append("«ПРИКАЗЫВАЮ» не находится поиском")
    if template in BODY and not _body(found[0]):
        made.append("основной текст не 12 кегля")
    for number, (words, (width, height)) in enumerate(zip(found, sizes, strict=True), 1):
        if not template.startswith(NO_MARGINS):
            close = template.startswith(ONE_SHEET)
            made += [f"лист {number}: {words}" for words in _margins(words, width, height, number, close=close)]
        made += [f"лист {number}: {word}" for word in _thin(words, number)]
    return made


def _printed(template, known) -> str:
    """What stands on the paper as HTML: no title, no attributes."""
    return unescape(re.sub(r"<[^>]*>", " ", render_to_string(template, known).partition("<body")[2]))


def _body(words: list[Word]) -> bool:
    """Whether more than half of the words of the first sheet are of 12 pt."""
    return sum(abs(w.bottom - w.top - BODY_MM) < 0.1 for w in words) > len(words) / 2


def _margins(words, width, height, number, *, close):
    left, right, top, bottom = (25, 10, 12, 10) if close else (LEFT, RIGHT, TOP, BOTTOM)
    if number == 1 and not close:
        bottom = min(bottom, height) - STRIP
    above = [w for w in words if w.bottom < top - 1]
    body = [w for w in words if w.bottom >= top - 1]
    if body and min(w.left for w in body) < left - 0.3:
        yield "поле слева"
    if body and max(w.right for w in body) > width - right + 0.5:
        yield "поле справа"
    if body and max(w.bottom for w in body) > height - bottom + (STRIP if number > 1 else 0):
        yield "поле снизу"
    if above and (number == 1 or len(above) > 1 or above[0].text != str(number)):
        yield f"в верхнем поле {said(above)!r}"
    for word in above:
        if word.top < 9.5 or abs((word.left + word.right) / 2 - (left + width - right) / 2) > 1:
            yield "номер листа не посередине верхнего поля"


def _thin(words, number):
    """A sheet after the first with next to nothing on it, or with a signature alone."""
    if number == 1:
        return
    rows = [row for row in lines(words) if row[0].bottom > TOP - 1]
    if len(rows) < 2:
        yield f"почти пуст: {said(words)!r}"
    before = []
    for row in rows:
        if _is_signature(row):
            if len(before) < 2:
                yield f"подпись без текста: {said(row)!r}"
            return
        before.append(row)


def _is_signature(row) -> bool:
    """«Директор        В. И. Настаев»: initials and a surname at the right margin, far from the post."""
    words = said(row)
    return (
        bool(re.search(r"\s[А-ЯЁ]\. (?:[А-ЯЁ]\. )?[А-ЯЁ][\w-]+$", words))
        and max(b.left - a.right for a, b in pairwise(row)) > 25
    )
