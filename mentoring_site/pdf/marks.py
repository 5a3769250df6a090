"""What the QR code of a sheet says: which paper, which sheet of how many, of which edition of the frozen facts."""

import re
from dataclasses import dataclass

EDITION = 12  # characters of the SHA-256 of the frozen facts
_MARK = re.compile(rf"\?(\d{{1,3}})-(\d{{1,3}})-([0-9a-f]{{{EDITION}}})$")


@dataclass(frozen=True)
class Mark:
    """What the code of a sheet says beside the address: its number from 1, of how many, the edition of the paper."""

    sheet: int
    sheets: int
    edition: str


def mark_text(url: str, mark: Mark) -> str:
    """Return what stands in the code: an address, so that a telephone opens the entry of the paper."""
    return f"{url}?{mark.sheet}-{mark.sheets}-{mark.edition}"


def read_mark(text: str) -> Mark | None:
    """Return what ``mark_text`` wrote, or None for another text."""
    found = _MARK.search(text)
    return Mark(int(found[1]), int(found[2]), found[3]) if found else None
