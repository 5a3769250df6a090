"""Columns and cells of printed tables: no word breaks inside, a date or a name stays whole where its column is as wide.

For appendices of papers, the same on PDF and DOCX: the widths of columns are known before the paper is drawn.
"""

import re
from functools import lru_cache

from mentoring_site.pdf.render import shares_of, width_of
from mentoring_site.pdf.typography import BOLD, MONTHS, NBSP, keep_together

UPRIGHT, WIDE = 170, 257  # millimetres of a table on an upright and on a wide sheet
TOLERANCE_MM = 0.01  # lost to rounding
NARROW = 10  # millimetres below which no column gives anything away: that of numbers
PADDING = 3.8  # of a cell on both sides, with its border
_WORD = re.compile(r"[\s\xa0]+|(?<=[^\W\d]{2})-(?=[^\W\d]{2})(?![А-ЯЁ][а-яё])")  # a double surname is one word
_SHORT = re.compile(r"(?<![\w-])([АВИКОСУЯавикосуя])\xa0(?=[^\W\d]{4})")
_YEAR = re.compile(rf"({'|'.join(MONTHS)})\xa0(\d{{4}})")
_SIGN = re.compile(rf"(?<=\d{{4}}){NBSP}№")
_INITIALS = re.compile(r"(?<![\w-])([^\W\d]{2,})\xa0([^\W\d]\.)")  # a double surname breaks at its hyphen instead


def fit_columns(appendix) -> list[dict]:
    """Return the columns of an appendix, each as wide as its longest date or name, else as its longest word.

    A column takes what it lacks from those that have room to spare; where they have none it stays as it was.
    """
    columns, rows = appendix["columns"], appendix["rows"]
    total = WIDE if appendix.get("wide") else UPRIGHT
    widths = [share * total / 100 for share in shares_of(columns)]
    for pieces in (_bound_words, _words):
        lacks, spare = _room(widths, _needs(columns, rows, pieces))
        if sum(lacks) <= sum(spare):
            break
    if not sum(lacks) or sum(lacks) > sum(spare):
        return columns
    given = sum(lacks) / sum(spare)
    widths = [width + lack - free * given for width, lack, free in zip(widths, lacks, spare, strict=True)]
    return [column | {"width": width} for column, width in zip(columns, widths, strict=True)]


def fits_upright(columns: list[dict], rows: list[list[str]]) -> bool:
    """Whether on an upright sheet every date and every name with its initials can stay whole."""
    widths = [share * UPRIGHT / 100 for share in shares_of(columns)]
    lacks, spare = _room(widths, _needs(columns, rows, _bound_words))
    return sum(lacks) <= sum(spare)


def _needs(columns, rows, pieces) -> list[float]:
    """How wide each column must be for the longest of its ``pieces``, millimetres."""
    needs = [_longest(_words(column["label"])) * BOLD for column in columns]
    for row in rows:
        needs = [
            max(need, _longest(pieces(text))) for need, text in zip(needs, [*row, *[""] * len(needs)], strict=False)
        ]
    return [need + PADDING if need else 0 for need in needs]


def _room(widths, needs) -> tuple[list[float], list[float]]:
    """What each column lacks and what it can spare."""
    lacks = [max(0, need - width) for need, width in zip(needs, widths, strict=True)]
    return lacks, [max(0, width - max(need, NARROW)) for need, width in zip(needs, widths, strict=True)]


def _words(text) -> list[str]:
    return _WORD.split(str(text or ""))


def _bound_words(text) -> list[str]:
    """Words, and what stays together: «2 сентября 2026 г.», «Хулхачиева С. Б.»."""
    return [
        word
        for piece in re.split(r"[ \n]+", bind_text(text))
        for word in ([piece] if NBSP in piece else _WORD.split(piece))
    ]


def _longest(pieces) -> float:
    return max((width_of(piece) for piece in pieces if len(piece) > 3), default=0)


def bind_cells(appendix) -> list[list[str]]:
    """Return the rows with what must stay together bound, wherever its column is as wide."""
    total = WIDE if appendix.get("wide") else UPRIGHT
    rooms = [share * total / 100 - PADDING for share in shares_of(fit_columns(appendix))]
    rooms += [0] * max((len(row) for row in appendix["rows"]), default=0)
    return [[_bind_cell(text, room) for text, room in zip(row, rooms, strict=False)] for row in appendix["rows"]]


def _bind_cell(text, room) -> str:
    pieces = re.split(r"([ \n]+)", bind_text(text))
    return "".join(p if NBSP not in p or width_of(p) <= room + TOLERANCE_MM else _break_piece(p, room) for p in pieces)


def _break_piece(piece, room) -> str:
    """Break a bound piece that is wider than its column: between name and initials, before a year, else anywhere."""
    return " ".join(
        p if width_of(p) <= room + TOLERANCE_MM else p.replace(NBSP, " ") for p in allow_break(piece).split(" ")
    )


@lru_cache(maxsize=4096)
def bind_text(text) -> str:
    """Return the text as ``keep`` binds it, but for a short word before a long one: together they may be too wide."""
    return _SHORT.sub(r"\1 ", keep_together("" if text is None else text))


def allow_break(piece: str) -> str:
    """Return a date, a name or «от 02.09.2026 № 41-од» with one place where it may break.

    Initials leave a surname only where the column is too narrow for both and the surname has no hyphen.
    """
    return _SIGN.sub(" №", _YEAR.sub(r"\1 \2", _INITIALS.sub(r"\1 \2", piece)))
