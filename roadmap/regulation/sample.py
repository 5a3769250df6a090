"""The text of the Положение that a school begins with, and a text of its own out of a DOCX file (п. 3.1, 9.1)."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from people.school.models import School
from roadmap.legal_base.citations import Base

SOURCE = "roadmap/data/regulation.md"
NAMED = re.compile(
    r"в (?:муниципальном бюджетном учреждении дополнительного образования|МБУ ДО) «Детская школа искусств №\s?1»"
)
LETTER = re.compile(r"\s*\(Письмо Министерства просвещения[^)]*\)")
CORRECTED = (
    ("№ 3273 (ред.", "№ 3273-р (ред."),
    ("от 04.12.2021 г. № Р-33", "от 04.02.2021 № Р-33"),
    ("союза работников образования", "союза работников народного образования"),
    ("Концепции создания федеральной", "Концепции создания единой федеральной"),
)
"""Doubtful readings of the scan, by the acts as they were published."""


@cache
def cleaned() -> str:
    """Return the text without a transcriber's heading, footnotes and marks of doubtful readings."""
    text = Path(settings.BASE_DIR, SOURCE).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("[^", "# ", "*Cleaned"))]
    text = re.sub(r"\[\^\d+\]", "", "\n".join(lines)).replace("<br>", " ")
    return re.sub(r"\[([^\]\[]*)\](?!\()", r"\1", text).strip().removesuffix("---").rstrip()


def sample_text(school: School | None) -> str:
    """Return the text with the name of the school in it, as an order can approve it.

    Acts of п. 1.1 about which the legal base is in doubt are left out until the director has settled it.
    """
    text = cleaned()
    for read, published in CORRECTED:
        text = text.replace(read, published)
    if school is not None:
        text = NAMED.sub(f"в {school.organisation.short_name}", text)
    base, today = Base.of_school(), timezone.localdate()
    lines = [line for line in text.splitlines() if not (line.startswith("- ") and base.problems(line, today))]
    return "\n".join(LETTER.sub("", line) if base.problems(line, today) else line for line in lines)


def text_of_docx(file: Any) -> str:
    """Return the paragraphs and tables of a DOCX in the signs that an order reads: «# » a heading, «|» a cell.

    Takes an upload that ``mentoring_site.files.check_upload`` has let through.
    """
    from docx import Document
    from docx.table import Table

    found = []
    for block in Document(file).iter_inner_content():
        if isinstance(block, Table):
            found += ["| " + " | ".join(_one_line(cell.text) for cell in row.cells) + " |" for row in block.rows]
            continue
        words = _one_line(block.text)
        if words and block.style is not None and block.style.name.startswith(("Heading", "Заголовок", "Title")):
            words = f"## {words}"
        found.append(words)
    return "\n".join(line for line in found if line)


def _one_line(text: str) -> str:
    return " ".join(text.split())
