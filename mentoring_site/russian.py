"""Russian of an editor: plural forms, dates, terms, lists, quotes and no-break spaces.

Pure functions of the standard library and the school's clock; templates use them as filters (``{% load ru %}``).
A date may be a date, a datetime (taken by the school's clock) or an ISO string; for an absent value the functions
return ``DASH`` where a fact is shown and an empty string where the text is only a remark.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

NBSP = "\u00a0"
DASH = "—"

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

NEAR_DAYS = 14

DAYS = ("день", "дня", "дней")
MONTH_FORMS = ("месяц", "месяца", "месяцев")
YEARS = ("год", "года", "лет")


# ---------------------------------------------------------------------------------------------- numbers and words


def plural_word(number: Any, forms: str | Sequence[str]) -> str:
    """The form that agrees with a number: ``plural_word(3, "пара,пары,пар")`` is «пары».

    A fraction takes the second form («1,5 часа»). Text that is not a number takes the third.
    """
    words = [word.strip() for word in forms.split(",")] if isinstance(forms, str) else list(forms)
    one, few, many = (words + words[-1:] * 2)[:3] if words else ("", "", "")
    amount = _amount(number)
    if amount is None:
        return many
    if amount != int(amount):
        return few
    tens, units = int(abs(amount)) % 100, int(abs(amount)) % 10
    if 10 < tens < 20:
        return many
    return one if units == 1 else few if units in (2, 3, 4) else many


def plural(number: Any, forms: str | Sequence[str]) -> str:
    """Number and word: «3 пары», with a no-break space; «—» for None and for text that is not a number."""
    amount = _amount(number)
    return DASH if amount is None else f"{number_text(amount)}{NBSP}{plural_word(amount, forms)}"


def number_text(number: Any) -> str:
    """«1200», «12 500», «1,5»: decimal comma, groups from five digits."""
    amount = _amount(number)
    if amount is None:
        return DASH
    whole, _, fraction = f"{abs(amount):f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", NBSP)
    fraction = fraction.rstrip("0")
    return ("−" if amount < 0 else "") + whole + (f",{fraction}" if fraction else "")


def _amount(number: Any) -> Decimal | None:
    try:
        amount = Decimal(str(number).replace(",", "."))
    except ArithmeticError:
        return None
    return amount if amount.is_finite() else None


# ------------------------------------------------------------------------------------------------ dates and times


def as_date(value: Any) -> date | None:
    """The calendar day of a date, a datetime (by the school's clock) or an ISO string, else None."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


def rudate(value: Any) -> str:
    """«2 сентября 2026 г.»; «—» without a date."""
    day = as_date(value)
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}{NBSP}г." if day else _absent(value)


def ruday(value: Any) -> str:
    """«2 сентября», with the year when it is not this year by the school's clock; «—» without a date."""
    day = as_date(value)
    if day is None or day.year != timezone.localdate().year:
        return rudate(value)
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}"


def rushort(value: Any) -> str:
    """«02.09.2026»; «—» without a date."""
    day = as_date(value)
    return f"{day.day:02}.{day.month:02}.{day.year:04}" if day else _absent(value)


def rutime(value: Any) -> str:
    """«14:05» of a datetime (by the school's clock) or of a time; «—» without it."""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value:%H:%M}" if isinstance(value, datetime | time) else _absent(value)


def isotime(value: datetime) -> str:
    """«2026-09-02T14:05+03:00» for the attribute of ``<time>``: to the minute, by the school's clock."""
    value = timezone.localtime(value) if timezone.is_aware(value) else value
    return value.isoformat(timespec="minutes")


_CITY = re.compile(r"^(?:г\.|гор\.|г\s|город\s)\s*(?=\S)", re.IGNORECASE)
_SETTLEMENT = re.compile(
    r"(?:с|п|пос|пгт|рп|р\.\s?п|дп|х|ст|ст-ца|аул|село|деревня|д|пос[её]лок|хутор|станица|рабочий\sпос[её]лок)[.\s]\s*\S",
    re.IGNORECASE,
)


def settlement(name: str) -> str:
    """«г. Элиста» from «Элиста» and from «г. Элиста»; a village or a settlement keeps its own word."""
    name = " ".join(name.split())
    if not name or _SETTLEMENT.match(name):
        return nbsp(name)
    return f"г.{NBSP}{_CITY.sub('', name)}"


def _absent(value: Any) -> str:
    """Text that is no date is shown as it is: better than to lose it."""
    return value.strip() or DASH if isinstance(value, str) else DASH


def near(value: Any) -> str:
    """How near a deadline is: «сегодня», «завтра», «через 3 дня», «просрочено на день», «просрочено на 2 дня».

    Empty without a date and when it is more than ``NEAR_DAYS`` days ahead.
    """
    day = as_date(value)
    if day is None:
        return ""
    days = (day - timezone.localdate()).days
    if days < 0:
        return f"просрочено на{NBSP}{'день' if days == -1 else plural(-days, DAYS)}"
    if days > NEAR_DAYS:
        return ""
    return {0: "сегодня", 1: "завтра"}.get(days) or f"через{NBSP}{plural(days, DAYS)}"


def ago(value: Any) -> str:
    """«сегодня», «вчера», «3 дня назад», then whole months and years; a future day as in ``near``; empty for None."""
    day = as_date(value)
    if day is None:
        return ""
    today = timezone.localdate()
    days = (today - day).days
    if days < 0:
        return near(day)
    if days < 2:
        return ("сегодня", "вчера")[days]
    months = months_between(day, today)
    if months < 2:
        return f"{plural(days, DAYS)}{NBSP}назад"
    long_ago = plural(months, MONTH_FORMS) if months < 12 else plural(months // 12, YEARS)
    return f"{long_ago}{NBSP}назад"


def period(start: Any, end: Any) -> str:
    """«1 декабря 2026 г. – 30 мая 2027 г.», «1 сентября – 30 ноября 2026 г.», «1–15 мая 2027 г.».

    An open period is «с 1 декабря 2026 г.» or «по 30 мая 2027 г.»; a period of one day is its date; «—» for nothing.
    It may break only after the dash.
    """
    first, last = as_date(start), as_date(end)
    if first is None or last is None:
        if first:
            return f"с{NBSP}{rudate(first)}"
        return f"по{NBSP}{rudate(last)}" if last else DASH
    if first == last:
        return rudate(first)
    if first.year != last.year:
        return f"{rudate(first)}{NBSP}– {rudate(last)}"
    if first.month != last.month:
        return f"{first.day}{NBSP}{MONTHS[first.month - 1]}{NBSP}– {rudate(last)}"
    return f"{first.day}–{rudate(last)}"


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of a month when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_between(start: Any, end: Any) -> int:
    """Whole months from one day to another (the end is not counted); negative when the end comes first."""
    first, last = as_date(start), as_date(end)
    if first is None or last is None:
        return 0
    if last < first:
        return -months_between(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if add_months(first, months) > last else months


def term(start: Any, end: Any) -> str:
    """Length of a term: «6 месяцев», «2 месяца 10 дней», «1 год», «10 дней».

    The end is not counted (1 сентября – 1 декабря is «3 месяца»), but a term written with its last day
    (1 сентября – 30 ноября) is whole months too. «—» without both dates, empty when the end comes first.
    """
    first, last = as_date(start), as_date(end)
    if first is None or last is None:
        return DASH
    if last < first:
        return ""
    following = last + timedelta(days=1) if last < date.max else last
    inclusive = months_between(first, following)
    if inclusive and add_months(first, inclusive) == following:
        months, days = inclusive, 0
    else:
        months = months_between(first, last)
        days = (last - add_months(first, months)).days
    years, months = divmod(months, 12)
    parts = [(years, YEARS), (months, MONTH_FORMS), (days, DAYS)]
    return " ".join(plural(number, forms) for number, forms in parts if number) or plural(1, DAYS)


def school_year(year: Any, full: bool = False) -> str:
    """«2026/27», or «2026/2027» in full; «—» for None."""
    try:
        first = int(year)
    except (TypeError, ValueError):
        return _absent(year)
    return f"{first}/{first + 1}" if full else f"{first}/{(first + 1) % 100:02}"


# ------------------------------------------------------------------------------------------------- typography


def joined(items: Iterable[Any] | None, last: str = "и") -> str:
    """«а, б и в»; absent items are left out; the word before the last item may be «или».

    A subordinate clause is closed by a comma: «тот, кто предложил пару, или куратор».
    """
    words = [str(item) for item in items or () if item not in (None, "")]
    if len(words) < 2:
        return "".join(words)
    comma = "," if ", кто " in words[-2] else ""
    return f"{', '.join(words[:-1])}{comma} {last} {words[-1]}"


def filled_columns(columns: Sequence[Any], rows: list[list[Any]]) -> tuple[list[Any], list[list[Any]]]:
    """Columns and rows of a table without the columns that hold nothing in any row; a table without rows stays."""
    kept = [n for n in range(len(columns)) if not rows or any(row[n] not in (None, "") for row in rows)]
    return [columns[n] for n in kept], [[row[n] for n in kept] for row in rows]


def dashed(rows: list[list[Any]]) -> list[list[Any]]:
    """Return the rows of a printed register with a dash where a cell has nothing to say: it was not forgotten."""
    return [["–" if cell in (None, "") else cell for cell in row] for row in rows]


def upper_first(text: str) -> str:
    """«Директор» from «директор»."""
    return text[:1].upper() + text[1:]


def full_stop(text: Any) -> str:
    """The text with one full stop at its end: «Бадмаева Л.», «… 2027 г.» and «Готово!» are closed already."""
    text = "" if text is None else str(text).strip()
    return text if not text or text.endswith((".", "!", "?", "…", ":", ";")) else f"{text}."


def lower_first(text: str) -> str:
    """«директор» from «Директор»; an abbreviation stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def quoted(value: Any) -> str:
    """«Импровизация», quotes inside become „лапки“; a text already in « » stays so; empty for None."""
    text = "" if value is None else str(value).strip()
    if not text:
        return ""
    if _wrapped(text):
        text = text[1:-1]
    text = re.sub(r'"([^"]*)"', r"«\1»", text)
    return f"«{text.replace('«', '„').replace('»', '“')}»"


def _wrapped(text: str) -> bool:
    """Whether the first quote of the text is closed by its last character."""
    return text[0] == "«" and text[-1] == "»" and "«" not in text[1:] and text.count("»") == 1


_MONTH = "|".join(MONTHS)
_SHORT_WORDS = "без|в|во|для|до|за|из|изо|к|ко|на|над|не|ни|о|об|обо|от|ото|по|под|при|про|с|со|у|а|и|но|или|да"
_SIGNS = "п|пп|ч|чч|ст|гл|абз|стр|с|рис|табл|ул|д|кв|каб|пр|тел"
_PLACES = "г|ул|пр|пос|обл|им"
_UNITS = (
    r"гг?\.|год[ау]?|лет|месяц\w*|мес\.|недел\w*|день|дня|дней|час\w*|ч\.|минут\w*|мин\.|руб\w*\.?|чел\w*\.?|"
    rf"раза?|стр\.|млн|тыс\.|%|кг|см|мм|км|{_MONTH}"
)
# every pattern looks for one ordinary space (or for its absence after a sign), so that they stay linear
_BINDINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"(?<![\w.-])((?i:{_SHORT_WORDS})) (?=\S)", rf"\1{NBSP}"),  # в школе
        (r"(?<=\w) (?=(?:бы|же|ли|б|ж)(?!\w))", NBSP),  # если бы
        (r"([№§]) ?(?=\w)", rf"\1{NBSP}"),  # № 5
        (rf"(?<!\w)((?i:{_SIGNS})\.) ?(?=\d)", rf"\1{NBSP}"),  # п. 6.2
        (rf"(?<!\w)(?<!\d[ {NBSP}])((?:{_PLACES})\.) (?=[А-ЯЁ])", rf"\1{NBSP}"),  # г. Элиста
        (r"(?<=\d) (?=№)", NBSP),  # 30.08.2026 № 38-од
        (rf"(?<=\d) (?=(?:{_UNITS})(?!\w))", NBSP),  # 12 лет, 2 сентября, 2026 г.
        (rf"(?<!\w)({_MONTH}) (?=\d{{4}}(?!\d))", rf"\1{NBSP}"),  # сентября 2026
        (r"(?<!\w)([А-ЯЁ]\.) ?(?=[А-ЯЁ])", rf"\1{NBSP}"),  # С. Д. Очирова
        (r"(?<=[а-яё]) (?=[А-ЯЁ]\.(?!\w\w))", NBSP),  # Очирова С. Д.
        (r"(?<!\w)(и|т\.) ?(?=т\.|[дпек]\.)", rf"\1{NBSP}"),  # и т. д.
        (r"(?<=\S) (?=[—–] )", NBSP),  # слово — слово
    )
)


def nbsp(value: Any) -> str:
    """Plain text in which a line cannot break at a wrong place: after short words, inside «№ 5», dates, initials.

    Returns plain ``str``, also for a safe string: a template escapes it as any other text. Empty for None.
    """
    text = "" if value is None else str(value)
    for pattern, replacement in _BINDINGS:
        text = pattern.sub(replacement, text)
    return text
