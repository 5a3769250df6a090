"""Words of papers: what stays on one line, dates in words and digits, one dash for all papers."""

import re
from datetime import date

from mentoring_site.pdf.render import width_of

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


NBSP = "\N{NO-BREAK SPACE}"
_INITIAL = r"[А-ЯЁӘҺҖҢӨҮA-Z]\."
_SURNAME = r"\b[А-ЯЁӘҺҖҢӨҮ][\w’-]{1,40}"
_BINDINGS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (r"№\s*(?=\w)", "№" + NBSP),
        # 2 сентября 2026 г.
        (rf"\b(\d{{1,2}}|«\d{{1,2}}»)\s+({'|'.join(MONTHS)})\b", rf"\1{NBSP}\2"),
        (rf"\b({'|'.join(MONTHS)})\s+(\d{{4}})\b", rf"\1{NBSP}\2"),
        (r"(\d{4})\s+(гг?\.|год[ау]?\b|уч\.)", rf"\1{NBSP}\2"),
        # от 02.09.2026 № 41-од
        (r"\b([Оо]т)\s+(?=\d)", rf"\1{NBSP}"),
        (rf"(\d{{4}}(?:{NBSP}г\.)?)\s+№", rf"\1{NBSP}№"),
        # п. 3.3, ст. 351.8, пунктами 3.3; г. Элиста; д. 5
        (r"\b(пп?|подп|ст|ч|гл|разд|стр|с|абз|прил|кв|каб)\.\s+(?=\d)", rf"\1.{NBSP}"),
        (r"\b(г|с|п|ул|пр|пер|д|им|стр|тел)\.\s+(?=[А-ЯЁӘҺҖҢӨҮ\d])", rf"\1.{NBSP}"),
        (r"\b(т)\.\s*(д|п|е|ч)\.", rf"\1.{NBSP}\2."),
        # И. О. Фамилия and Фамилия И. О.
        (rf"({_INITIAL})\s*(?={_INITIAL}(?:\s|$|[,;:)»]|\w))", rf"\1{NBSP}"),
        (rf"({_INITIAL})\s*(?={_SURNAME})", rf"\1{NBSP}"),
        (rf"({_SURNAME})\s+(?={_INITIAL})", rf"\1{NBSP}"),
        # вх. № 17; МБУ ДО, ГАУ ДО: the kind of an institution
        (r"\b([МГФ][БАК]О?У)\s+(?=ДО\b)", rf"\1{NBSP}"),
        (r"\b(ТК)\s+(?=\d)", rf"\1{NBSP}"),
        (r"\b([Вв]х|[Ии]сх)\.\s+(?=№)", rf"\1.{NBSP}"),
        # с 10:00 до 12:00
        (r"\b(до|по)\s+(?=\d{1,2}:\d\d\b)", rf"\1{NBSP}"),
        # telephone numbers
        (r"(\+7|\b8|\(\d{3,5}\)|\+7\s\d{3})\s+(?=[\d(])", rf"\1{NBSP}"),
        (r"(\+7\s\d{3}|\(\d{3,5}\))\s+(?=\d)", rf"\1{NBSP}"),
        # units and short words
        (r"(\d)\s+(?=(?:час|мин|руб|чел|лет|год|дн|месяц|%|₽|кл)\w{0,3}\b|%|₽)", rf"\1{NBSP}"),
        (r"(?<![\w-])([АВИКОСУЯавикосуя])\s+(?=\S)", rf"\1{NBSP}"),
        (r"\s+([—–])(?=\s)", rf"{NBSP}\1"),
    ]
]
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


BOLD = 1.09  # how much wider the bold face is
HEADING = 80  # millimetres that one line of a heading holds for sure
_QUOTED = re.compile(r"«[^«»\n]{1,40}»")
_PREPOSITION = re.compile(r"(?<![\w-])(без|для|до|за|из|на|об|от|по|при|со)[^\S\n]+(?=\w)", re.IGNORECASE)


def keep_together(text):
    """The text with no-break spaces where a line must not break: «№ 5», «п. 3.3», dates, initials, short words.

    Also drops control and bidirectional signs. Line breaks stay.
    """
    text = _UNPRINTABLE.sub("", str(text).replace("\r\n", "\n")).replace("\u202f", NBSP)
    return "\n".join(_bind(line) for line in text.split("\n"))


def bind_heading(text):
    """Text of a heading: besides what `keep` binds, no preposition ends a line and a short name in
    quotes stays whole.
    """
    return _QUOTED.sub(_whole_name, _PREPOSITION.sub(rf"\1{NBSP}", keep_together(text)))


def _whole_name(found) -> str:
    name = found[0]
    return name.replace(" ", NBSP) if width_of(name, 12) * BOLD < HEADING else name


def _bind(line):
    line = re.sub(r"[^\S\n]{2,}", " ", line)  # runs of blanks would make the patterns below quadratic
    for pattern, replacement in _BINDINGS:
        line = pattern.sub(replacement, line)
    return line


def in_words(value):
    """«2 сентября 2026 г.» from a date or an ISO string; other text comes back as it is."""
    day = _date(value)
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}{NBSP}г." if day else keep_together(value or "")


def in_digits(value):
    """«02.09.2026» from a date or an ISO string; other text comes back as it is."""
    day = _date(value)
    return day.strftime("%d.%m.%Y") if day else keep_together(value or "")


def _date(value):
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
