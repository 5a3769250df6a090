"""Teaching service as lists write it: years, years and months, a beginning."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from mentoring_site.russian import MONTH_FORMS, YEARS, months_between, plural
from people.staff_list.cells.dates import month_number, read_date
from people.staff_list.cells.texts import DOUBT, NOTHING, REPAIR, TO_RUSSIAN, Read, plain, simple

LONGEST = 70 * 12
YEARS_MONTHS = re.compile(
    r"(?:(\d{1,2})\s?(?:(?:полных )?(?:лет|год[а]?|г|л)\b\.?))?[\s,и]*(?:(\d{1,2})\s?(?:мес\w*|м)\b\.?)?"
    r"(?:[\s,и]*\d{1,2}\s?(?:дн\w*|день|д)\b\.?)?"
)
SOME_YEARS = r"\d{1,2}(?:[.,]\d)?\s*(?:лет|год\w*|г|л)?\b\.?(?:\s*\d{1,2}\s*мес\w*\.?)?"
OF_TEACHING = re.compile(rf"({SOME_YEARS})\s*[-–—(]?\s*пед|пед\w*\.?\s*(?:стаж\w*)?\s*[-–—:(]*\s*({SOME_YEARS})")
OF_ALL = re.compile(r"\bобщ|\bтруд|\bнепрерыв")
LESS_THAN_YEAR = re.compile(r"(менее|меньше|до) (1|одного )? ?года|без стажа|б/?с|нет( стажа)?|не имеет")
AT_LEAST = re.compile(r"(?:более|свыше|больше|не менее|>)\s*(.+)|(.+?)\s*(?:и\s+(?:более|больше|выше)|\+)")
ON_A_DAY = re.compile(r"(.+?)\s+(?:на|по состоянию на)\s+(\d.+)")
SINCE = re.compile(r"(?:с|со)\s+(.+)")
BESIDE = re.compile(r"\s*\(\d{1,2}[^()]*\)$")  # «с 2010 г. (16 лет)»
YEAR = re.compile(r"((?:19|20)\d\d)(?: ?г(?:од\w*)?\.?)?")
MONTH_YEAR = re.compile(r"(?:(\d{1,2})[./]|([а-я]{3,})\.? )((?:19|20)\d\d)(?: ?г(?:од\w*)?\.?)?")
AROUND = re.compile(r"^(?:пед\w*\.?\s*)?стаж\w*\s*[:–—-]?\s*|\s*стажа?$|\bполных\b|\bоколо\b|~")


class Service(NamedTuple):
    """Teaching service in months, whether the list states whole years only, and its beginning when that is stated."""

    months: int
    whole_years: bool
    since: date | None = None


def read_service(
    cell: Any, as_of: date, *, since: bool = False, both: str = "", months: bool = False
) -> Read[Service | None]:
    """Teaching service: 14, «14 лет», «1 л. 3 мес.», «2,5», «с 2015 г.»; the value is :class:`Service` or None.

    ``as_of`` is the date of the list: a beginning is counted to it, and so is «12 лет на 01.09.2025»; ``since`` says
    that the column is one of beginnings, else a date of the running year is taken for spoilt years and months. ``both``
    is «first» or «second» when the column holds two lengths, of all work and of teaching: which of them is teaching.
    ``months`` says that in «25,3» the second number is months.
    """
    if both and not isinstance(cell, datetime | date):
        return _of_two(plain(cell), as_of, both)
    if isinstance(cell, datetime | date):
        day = cell.date() if isinstance(cell, datetime) else cell
        if day.year >= as_of.year and not (since and day <= as_of):
            sentence = f"В ячейке дата {day:%d.%m.%Y}: похоже, Excel так понял годы и месяцы. Стаж останется пустым"
            return Read(None, DOUBT, sentence)
        return Read(_since(day, as_of))
    text = plain(cell)
    if months and re.fullmatch(r"\d{1,2}[.,][02-9]", text):  # 25.1 may be 25.10
        text = text.replace(".", "/").replace(",", "/")
    return _service(text, as_of)


def _of_two(text: str, as_of: date, which: str) -> Read[Service | None]:
    """The length of teaching out of «30/28»; anything else than two lengths says itself which it is, or is a doubt."""
    if NOTHING.fullmatch(text) or OF_TEACHING.search(simple(text)):
        return _service(text, as_of)
    parts = [part.strip() for part in re.split(r"\s*[/\\;|]\s*|\s+[-–—]\s+|,\s+", text) if part.strip()]
    if len(parts) != 2:
        return Read(None, DOUBT, f"Стаж «{text}»: какой из них педагогический, неясно. Он останется пустым")
    if NOTHING.fullmatch(parts[which == "second"]):
        return Read(None)
    read = _service(parts[which == "second"], as_of)
    other = _service(parts[which == "first"], as_of).value
    if read.value and other and read.value.months > other.months:
        sentence = f"Стаж «{text}»: педагогический больше общего. Будет записано {_words(read.value)}"
        return Read(read.value, DOUBT, sentence)
    return read


@lru_cache(maxsize=1024)
def _service(stated: str, as_of: date) -> Read[Service | None]:
    text = simple(stated).translate(TO_RUSSIAN).strip(" .")
    if NOTHING.fullmatch(text):
        return Read(None)
    read = _stated(text, stated, as_of)
    service = read.value
    if service is None and not read.level:
        return Read(None, DOUBT, f"Стаж «{stated}» не понят: он останется пустым")
    if service is not None and service.months > LONGEST:
        return Read(None, DOUBT, f"Стаж «{stated}» больше 70 лет: он останется пустым")
    return read


def _stated(text: str, stated: str, as_of: date) -> Read[Service | None]:
    """The service of a text in small letters; None without a level when it is not understood."""
    if LESS_THAN_YEAR.fullmatch(text):
        return Read(Service(0, True))
    if found := OF_TEACHING.search(text):
        service = _amount((found[1] or found[2]).strip())
        clear = service is not None and not OF_ALL.search(text)
        return Read(service, *(() if clear else (REPAIR, f"Из «{stated}» взят педагогический стаж")))
    if OF_ALL.search(text):
        return Read(None)
    text = AROUND.sub("", text).strip()
    if found := AT_LEAST.fullmatch(text):
        service = _amount((found[1] or found[2]).strip())
        return Read(service, *((DOUBT, f"Стаж «{stated}»: будет записано {_words(service)}") if service else ()))
    if found := ON_A_DAY.fullmatch(text):
        service, on = _amount(found[1].strip()), read_date(found[2]).value
        if service and on:
            later = months_between(on, as_of) if on <= as_of else -months_between(as_of, on)
            return Read(service._replace(months=max(0, service.months + later)))
        return Read(None)
    if service := _amount(text):
        if re.fullmatch(r"\d{1,2}[.,]1", text):  # Excel shows 1.10 as 1.1
            return Read(service, DOUBT, f"Стаж «{stated}»: один месяц или десять? Будет записано {_words(service)}")
        dotted = re.fullmatch(r"\d{1,2}[.,]\d{1,2}", text) and not re.search(r"[.,]5$", text)
        return Read(service, *((REPAIR, f"Стаж «{stated}» читается как {_words(service)}") if dotted else ()))
    return Read(_beginning(SINCE.sub(r"\1", BESIDE.sub("", text)), as_of))


def _amount(text: str) -> Service | None:
    """«12», «12,5», «12 л. 3 мес.», «12/3», «12.11»."""
    if re.fullmatch(r"\d{1,2}", text):
        return Service(int(text) * 12, True)
    text = re.sub(r"(?<=[.,]\d)\s*(лет|года?)$", "", text)
    if re.fullmatch(r"\d{1,2}[.,]\d", text):
        return Service(round(float(text.replace(",", ".")) * 12), False)
    if (found := re.fullmatch(r"(\d{1,2})[.,](\d\d)", text)) and int(found[2]) >= 12:
        return Service(round(float(text.replace(",", ".")) * 12), False)
    if (found := YEARS_MONTHS.fullmatch(text)) and (found[1] or found[2]) and int(found[2] or 0) < 12:
        return Service(int(found[1] or 0) * 12 + int(found[2] or 0), not found[2])
    found = re.fullmatch(r"(\d{1,2})\s?[/.,-]\s?(\d{1,2})(?:\s?[/-]\s?\d{1,2})?", text)
    if found and int(found[2]) < 12:
        return Service(int(found[1]) * 12 + int(found[2]), False)
    return None


def _beginning(text: str, as_of: date) -> Service | None:
    """Service since a day, a month or a school year («с 2003»: since 1 September)."""
    if found := YEAR.fullmatch(text):
        return _since(date(int(found[1]), 9, 1), as_of)
    if found := MONTH_YEAR.fullmatch(text):
        month = int(found[1]) if found[1] else month_number(found[2])
        return _since(date(int(found[3]), month, 1), as_of) if 1 <= month <= 12 else None
    return _since(day, as_of) if (day := read_date(text).value) else None


def _since(since: date, as_of: date) -> Service | None:
    return Service(months_between(since, as_of), False, since) if since <= as_of else None


def _words(service: Service) -> str:
    """«12 лет 3 месяца»."""
    years, months = divmod(service.months, 12)
    parts = [(years, YEARS), (months, MONTH_FORMS)]
    return " ".join(plural(number, forms) for number, forms in parts if number) or plural(0, MONTH_FORMS)
