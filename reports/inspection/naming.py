"""Names of files in a folder: safe on Windows, with ``unzip`` and ``sha256sum``, the same each time."""

import re
import unicodedata

FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
LONGEST, LONGEST_FOLDER = 80, 60  # signs: two bytes each in Russian, and a path of Windows is 260 long


def safe(text: str, longest: int = LONGEST) -> str:
    """Return a text as a part of a path: without signs that Windows refuses, no dot or space at its ends."""
    text = FORBIDDEN.sub("-", unicodedata.normalize("NFC", text))
    text = "".join(" " if unicodedata.category(c) in {"Zs", "Zl", "Zp", "Cc"} else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"})
    text = " ".join(text.split())[:longest].strip(" .")
    return f"_{text}" if RESERVED.match(text.partition(".")[0]) else text or "без имени"


def in_folder(folder: str, number: int, name: str, ending: str, mark: str = "") -> str:
    """Return «05-01 Приказы/0003 2026-09-02 41-од О закреплении, скан.pdf»; the number makes it the only one.

    ``mark`` stays whole when the name is cut.
    """
    ending = re.sub(r"[^a-z0-9]", "", ending.lower())[:8] or "bin"
    said = f", {safe(mark)}" if mark else ""
    return f"{folder}/{number:04} {safe(name, LONGEST - len(said))}{said}.{ending}"
