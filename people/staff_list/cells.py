"""Reading single cells of a staff list: dates, telephones, addresses, education, category, service, kind of work.

Every reader takes a cell as openpyxl gave it and returns :class:`Read`: the value, and what is to be said about it.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring_site.emails import LONGEST, AddressValidator, normalize

REPAIR, DOUBT, REFUSAL = "repair", "doubt", "refusal"

SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NOTHING = re.compile(r"[\s\-–—−_.·/]*")
NO = re.compile(r"(нет|не указано?|отсутствует|не имеет|б/?н|без|n/?a|н/?д)\.?", re.IGNORECASE)

TO_RUSSIAN = str.maketrans("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук")
TO_LATIN = str.maketrans("АВСЕНКМОРТХУасеорхук", "ABCEHKMOPTXYaceopxyk")
CYRILLIC, LATIN_LETTER = re.compile(r"[а-яёА-ЯЁӘәҺһҖҗҢңӨөҮү]"), re.compile(r"[A-Za-z]")
WORD = re.compile(r"\w+")

MONTHS = {
    name: number
    for number, name in enumerate(
        ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"), 1
    )
}
NUMERIC_DATE = re.compile(
    r"(\d{1,2})\s?[./,-]\s?(\d{1,2})\s?[./,-]\s?(\d{4}|\d{2})(?:\s?(?:г|год|г\.р|года рождения)\.?)?"
)
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
WORD_DATE = re.compile(r"(\d{1,2})\s+([а-я]+)\s+(\d{4})(?:\s?(?:г|год|года)\.?)?")
EXCEL_EPOCH = date(1899, 12, 30)


T = TypeVar("T")


class Read(NamedTuple, Generic[T]):
    """What a cell says: its value (None or "" for nothing), and a finding with its level when there is one."""

    value: T
    level: str = ""
    sentence: str = ""
    remark: str = ""


def plain(cell: Any) -> str:
    """The cell as one line of text without stray, invisible or no-break spaces; numbers without «.0»."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    elif isinstance(cell, datetime | date):
        return f"{cell:%d.%m.%Y}"
    return SPACES.sub(" ", INVISIBLE.sub("", str(cell))).strip()


@lru_cache(maxsize=4096)
def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """Mend a text that is not a name: spaces, invisible characters, Latin look-alikes inside Russian words, capitals.

    Returns the corrected text and sentences about what was corrected.
    """
    repairs = []
    clean = SPACES.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()
    if "\u00a0" in text or "\u202f" in text:
        repairs.append("Неразрывные пробелы заменены обычными")
    elif clean != text.replace("\n", " "):
        repairs.append("Убраны лишние пробелы и невидимые знаки")
    russian = WORD.sub(_russian_word, clean)
    if russian != clean:
        repairs.append(f"Латинские буквы заменены русскими: «{russian}»")
        clean = russian
    letters = [letter for letter in clean if letter.isalpha()]
    if len(letters) > 6 and all(letter.isupper() for letter in letters):
        clean = clean.capitalize()
        repairs.append(f"Сплошные прописные буквы заменены: «{clean}»")
    return clean, tuple(repairs)


def _russian_word(found: re.Match) -> str:
    """A word with letters of both alphabets, in Russian letters only, when every Latin one has a twin."""
    word = found[0]
    if not (CYRILLIC.search(word) and LATIN_LETTER.search(word)):
        return word
    russian = word.translate(TO_RUSSIAN)
    return word if LATIN_LETTER.search(russian) else russian


def read_date(cell: Any) -> Read[date | None]:
    """A date: of Excel, «05.09.1990 г.», «5 сентября 1990», ISO. A day that the calendar lacks is a refusal."""
    if isinstance(cell, datetime):
        return Read(cell.date())
    if isinstance(cell, date):
        return Read(cell)
    if isinstance(cell, bool):
        return Read(None, DOUBT, "Вместо даты стоит логическое значение: дата останется пустой")
    if isinstance(cell, int | float):
        return _serial_date(cell)
    text = plain(cell).lower().replace("ё", "е")
    if NOTHING.fullmatch(text):
        return Read(None)
    if found := ISO_DATE.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := NUMERIC_DATE.fullmatch(text):
        day, month, year = map(int, found.groups())
        if len(found[3]) == 2:
            return _short_year(text, day, month, year)
    elif found := WORD_DATE.fullmatch(text):
        day, year = int(found[1]), int(found[3])
        month = next((number for stem, number in MONTHS.items() if found[2].startswith(stem)), 0)
        if not month:
            return Read(None, DOUBT, f"Месяц «{found[2]}» не понят: дата останется пустой")
    elif re.fullmatch(r"(19|20)\d\d( ?г\.?| год)?", text):
        return Read(None, DOUBT, f"«{plain(cell)}» — только год: дата останется пустой")
    else:
        return Read(None, DOUBT, f"«{plain(cell)}» — не дата: она останется пустой")
    return _calendar(day, month, year, plain(cell))


def _calendar(day: int, month: int, year: int, text: str) -> Read[date | None]:
    try:
        return Read(date(year, month, day))
    except ValueError:
        return Read(None, REFUSAL, f"{text}: такого дня нет")


def _short_year(text: str, day: int, month: int, year: int) -> Read[date | None]:
    """A year of two digits is taken for the past: 85 is 1985, 04 is 2004."""
    year += 2000 if year <= timezone.localdate().year % 100 else 1900
    read = _calendar(day, month, year, text)
    if read.level:
        return read
    return Read(read.value, DOUBT, f"Год записан двумя цифрами: читается как {read.value:%d.%m.%Y}")


def _serial_date(number: float) -> Read[date | None]:
    """A bare number: a year, or a date that lost its format in Excel."""
    if 1900 <= number <= 2100 and number == int(number):
        return Read(None, DOUBT, f"«{int(number)}» — только год: дата останется пустой")
    if 5_000 <= number <= 80_000:
        day = EXCEL_EPOCH + timedelta(days=int(number))
        return Read(day, DOUBT, f"Число {int(number)} без формата даты: читается как {day:%d.%m.%Y}")
    return Read(None, DOUBT, f"Число {plain(number)} — не дата: она останется пустой")


ONE_PHONE = re.compile(r"[\d ()+-]{10,}")
NO_DIGIT = re.compile(r"\D")


def read_phone(cell: Any) -> Read[str]:
    """A telephone as +7XXXXXXXXXX (or another country's with its plus); of several the first."""
    text = plain(cell)
    if ONE_PHONE.fullmatch(text) and (phone := _one_phone(text)):
        return Read(phone)
    if NOTHING.fullmatch(text):
        return Read("")
    parts = [part for part in re.split(r"[,;\n/]|\s{2,}|\bили\b|\bдоб\b", text) if re.search(r"\d{2}", part)]
    if len(parts) > 1:
        first, rest = _one_phone(parts[0]), ", ".join(part.strip() for part in parts[1:])
        if first:
            sentence = f"Записан первый телефон, остальное перенесено в примечание: {rest}"
            return Read(first, REPAIR, sentence, f"тел. {rest}")
    phone = _one_phone(text)
    if phone:
        return Read(phone)
    digits = re.sub(r"\D", "", text)
    if 5 <= len(digits) <= 7:
        return Read("", DOUBT, f"Телефон «{text}» без кода города: он останется пустым", f"тел. {text}")
    return Read("", DOUBT, f"«{text}» — не телефон: он останется пустым")


def _one_phone(text: str) -> str:
    digits = NO_DIGIT.sub("", text)
    if text.lstrip(" (").startswith("+") and digits[:1] != "7":
        return f"+{digits}" if 10 <= len(digits) <= 14 else ""
    if len(digits) == 11 and digits[0] in "78":
        return f"+7{digits[1:]}"
    return f"+7{digits}" if len(digits) == 10 and digits[0] in "3489" else ""


EMAIL = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII
)


def _is_cyrillic_email(text: str) -> bool:
    """Whether the text is an address with letters that are not Latin, as the forms take it: «завуч@школа.рф»."""
    try:
        AddressValidator()(text)
    except ValidationError:
        return False
    return not text.isascii() and len(text) <= LONGEST


def read_email(cell: Any) -> Read[str]:
    """An e-mail address in small letters; what is no address is a doubt with its own sentence."""
    text = plain(cell)
    if len(text) <= 254 and EMAIL.fullmatch(text.lower()):
        return Read(text.lower())
    if NOTHING.fullmatch(text):
        return Read("")
    address = re.sub(r"^mailto:|[\s<>,;.]+$|^[\s<]+", "", text, flags=re.IGNORECASE).replace(" ", "").lower()
    if len(address) <= 254 and EMAIL.fullmatch(address):
        return Read(address, *((REPAIR, f"Из адреса убрано лишнее: {address}") if address != text.lower() else ()))
    latin = address.translate(TO_LATIN).lower()
    if len(latin) <= 254 and EMAIL.fullmatch(latin):
        return Read(latin, REPAIR, f"Русские буквы в адресе заменены латинскими: {latin}")
    if _is_cyrillic_email(address):
        known = normalize(address)
        return Read(known, *((REPAIR, f"Из адреса убрано лишнее: {known}") if known != text.lower() else ()))
    several = [part for part in re.split(r"[\s,;]+", text.lower()) if EMAIL.fullmatch(part)]
    if several:
        return Read(several[0], REPAIR, f"Записан первый адрес: {several[0]}", ", ".join(several[1:]))
    if NO.fullmatch(text):
        return Read("", DOUBT, f"В столбце адресов стоит «{text}»: это не адрес, e-mail останется пустым")
    return Read("", DOUBT, f"«{text}» — не адрес электронной почты: e-mail останется пустым")


YEARS_MONTHS = re.compile(
    r"(?:(\d{1,2})\s?(?:лет|год[а]?|г|л)\b\.?)?[\s,и]*(?:(\d{1,2})\s?(?:мес\w*|м)\b\.?)?"
    r"(?:[\s,и]*\d{1,2}\s?(?:дн\w*|день|д)\b\.?)?"
)
LESS_THAN_YEAR = re.compile(r"(менее|меньше|до) (1 )?года|без стажа|нет( стажа)?|не имеет")
SINCE = re.compile(r"(?:с|со)\s+(.+)")


class Service(NamedTuple):
    """Teaching service in months, and whether the list states whole years only."""

    months: int
    whole_years: bool


def read_service(cell: Any, as_of: date) -> Read[Service | None]:
    """Teaching service: 14, «14 лет», «1 л. 3 мес.», «2,5», «с 2015 г.»; the value is :class:`Service` or None."""
    return _service(plain(cell), as_of)


@lru_cache(maxsize=1024)
def _service(stated: str, as_of: date) -> Read[Service | None]:
    text = stated.lower().replace("ё", "е")
    if NOTHING.fullmatch(text):
        return Read(None)
    service = None
    if re.fullmatch(r"\d{1,2}", text):
        service = Service(int(text) * 12, True)
    elif re.fullmatch(r"\d{1,2}[.,]\d", text):
        service = Service(round(float(text.replace(",", ".")) * 12), False)
    elif (found := YEARS_MONTHS.fullmatch(text)) and (found[1] or found[2]) and int(found[2] or 0) < 12:
        service = Service(int(found[1] or 0) * 12 + int(found[2] or 0), not found[2])
    elif found := re.fullmatch(r"(\d{1,2})\s?[/-]\s?(\d{1,2})(?:\s?[/-]\s?\d{1,2})?", text):
        service = Service(int(found[1]) * 12 + int(found[2]), False) if int(found[2]) < 12 else None
    elif LESS_THAN_YEAR.fullmatch(text):
        service = Service(0, True)
    elif found := SINCE.fullmatch(text):
        service = _service_since(found[1], as_of)
    if service is None:
        return Read(None, DOUBT, f"Стаж «{stated}» не понят: он останется пустым")
    if service.months > 70 * 12:
        return Read(None, DOUBT, f"Стаж «{stated}» больше 70 лет: он останется пустым")
    return Read(service)


def _service_since(text: str, as_of: date) -> Service | None:
    year = re.fullmatch(r"((?:19|20)\d\d)( ?г\.?| года)?", text)
    since = date(int(year[1]), 9, 1) if year else read_date(text).value
    if since is None or since > as_of:
        return None
    return Service((as_of.year - since.year) * 12 + as_of.month - since.month - (as_of.day < since.day), False)


VOCATIONAL = re.compile(r"(среднее|средн\.|ср\.?)[\s-]*(проф|спец|муз)\w*\.?|с[\s./-]?п\b|спо\b|ср[./-]сп\w*")


@lru_cache(maxsize=1024)
def read_education(text: str) -> Read[str]:
    """The level of education; the remark keeps the rest of the cell («высшее, КГУ» names the place too)."""
    if NOTHING.fullmatch(text):
        return Read("")
    low = text.lower().replace("ё", "е")
    if re.search(r"неполн|незаконч|неоконч|студент|обучается|учится", low):
        level = "student"
    elif found := re.match(r"высш\w*\.?|в/о\b|во\b|магистр\w*|бакалавр\w*|специалитет", low):
        return Read("higher", remark=_after(text, found.end()))
    elif found := VOCATIONAL.match(low):
        return Read("vocational", remark=_after(text, found.end()))
    elif re.fullmatch(r"(среднее|общее|полное|среднее( \(?полное\)?)? общее|основное общее|11 классов)", low):
        level = "secondary"
    elif "высш" in low or "универс" in low or "институт" in low or "консерватор" in low or "академи" in low:
        return Read("higher", DOUBT, f"Образование «{text}» понято как высшее", text)
    elif "колледж" in low or "училищ" in low or "техникум" in low:
        return Read("vocational", DOUBT, f"Образование «{text}» понято как среднее профессиональное", text)
    else:
        return Read("", DOUBT, f"Образование «{text}» не понято: уровень останется пустым", text)
    return Read(level)


def _after(text: str, end: int) -> str:
    rest = text[end:].strip(" ,;:.–—-()")
    return "" if re.fullmatch(r"(образование|профессиональное|педагогическое|музыкальное)?", rest.lower()) else rest


class Category(NamedTuple):
    """A qualification category with the order that gave it."""

    level: str
    order: str = ""
    order_date: date | None = None


ORDER = re.compile(
    r"(?:№|\b[Nn])\s*([\w/.-]+?)\s+от\s+([\d.]+\d)|\bот\s+([\d.]+\d)(?:\s*г\.?)?\s*(?:№|\b[Nn])\s*([\w/.-]+)"
)


@lru_cache(maxsize=4096)
def read_category(text: str) -> Read[Category | None]:
    """The category: «высшая, пр. № 866 от 20.12.2024», «соответствие занимаемой должности», «1 кв. категория»."""
    if NOTHING.fullmatch(text):
        return Read(None)
    low = text.lower().replace("ё", "е")
    if re.match(r"(без|нет|не имеет|не аттест|б/?к)", low):
        return Read(None)
    order, order_date = "", None
    if found := ORDER.search(text):
        order, when = (found[1], found[2]) if found[1] else (found[4], found[3])
        order_date = read_date(when).value
        if order_date is None:
            return Read(None, DOUBT, f"Категория «{text}»: дата приказа не понята, категория останется пустой", text)
    if re.match(r"высш", low):
        level = "highest"
    elif re.match(r"(перв|1|i\b|и\b)", low):
        level = "first"
    elif re.match(r"(соотв|сзд|с\.з\.д)", low):
        level = "fit"
    elif re.match(r"(втор|2|ii\b)", low):
        return Read(None, DOUBT, "Второй категории больше нет: категория останется пустой", text)
    else:
        return Read(None, DOUBT, f"Категория «{text}» не понята: она останется пустой", text)
    return Read(Category(level, order, order_date))


@lru_cache(maxsize=1024)
def read_kind(text: str) -> Read[str]:
    """Main, internal or external work from «осн.», «внутр. совм.», «внешний совместитель»; the rest is a remark."""
    if NOTHING.fullmatch(text):
        return Read("")
    low = text.lower().replace("ё", "е")
    for kind, pattern in (
        ("internal", r"(внутр\w*\.?[\s-]*(совм\w*\.?|сов\b\.?)?|вн\.?[\s-]*совм\w*\.?)"),
        ("external", r"(внеш\w*\.?[\s-]*(совм\w*\.?|сов\b\.?)?)"),
        ("main", r"(\bосн\w*\.?([\s-]*(место|работ\w*|сотрудник)\b)*|\bштат\w*\.?)"),
    ):
        if found := re.search(pattern, low):
            return Read(kind, remark=_without(text, found))
    if found := re.search(r"\bсовм\w*\.?", low):
        sentence = f"«{text}»: не сказано, внутренний совместитель или внешний; будет записан внешний"
        return Read("external", DOUBT, sentence, _without(text, found))
    return Read("", remark=text)


def _without(text: str, found: re.Match) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip(" ,;:.-–—()")


@lru_cache(maxsize=64)
def read_gender(text: str) -> Read[str | None]:
    """«м», «муж.», «женский»."""
    low = text.lower().strip(" .")
    if NOTHING.fullmatch(low):
        return Read(None)
    if re.fullmatch(r"м|муж(ской|чина)?|m", low):
        return Read("m")
    if re.fullmatch(r"ж|жен(ский|щина)?|f", low):
        return Read("f")
    return Read(None, DOUBT, f"Пол «{text}» не понят")


TEACHING = re.compile(
    r"преподават|концертмейстер|методист|педагог|учител|воспитател|тьютор|мастер производственного|логопед|"
    r"дефектолог|хормейстер|балетмейстер|аккомпаниатор|инструктор по физ|вожат"
)
LEADING = re.compile(r"^(и\.?\s?о\.?\s+|врио\s+)?(директор|зам(еститель)?\b|начальник|заведующ|зав\b)")


@lru_cache(maxsize=1024)
def is_teaching_post(post: str) -> bool:
    """Guess whether a post is a teacher's (постановление 225): heads and staff are not, «методист» is."""
    low = post.lower().replace("ё", "е")
    return not LEADING.search(low) and TEACHING.search(low) is not None
