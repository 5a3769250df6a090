"""Post, kind of employment, education, category and gender as lists write them."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from people.language.posts import written_out
from people.staff_list.cells.dates import read_date
from people.staff_list.cells.texts import DOUBT, NOTHING, REPAIR, Read, simple

VOCATIONAL = re.compile(r"(среднее|средн\.|ср\.?)[\s./-]*(проф|спец|муз|пед|тех|сп\b)\w*\.?|с[\s./-]?[пс]\b|спо\b")
STUDENT = re.compile(r"неполн|не\s?зак|не\s?окон|студент|\bобуч(?!ени)|учится|\d\s?(-?\s?й\s)?курс\b|\bн/?\s?в(ыс)?")
HIGHER = re.compile(
    r"высш\w*\.?|в\b\.?$|в/о\b|в\.о\.|во\b|магистр\w*|бакалавр\w*|специалитет|аспирант\w*|ассистентура\S*"
)


@lru_cache(maxsize=1024)
def read_education(text: str) -> Read[str]:
    """The level of education; the remark keeps the rest of the cell («высшее, КГУ» names the place too)."""
    if NOTHING.fullmatch(text):
        return Read("")
    low = simple(text)
    if STUDENT.search(low):
        level = "student"
    elif found := HIGHER.match(low):
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
    rest = text[end:].strip(" ,;:.–—-")
    rest = rest[1:-1] if re.fullmatch(r"\([^()]*\)", rest) else rest
    usual = r"((обр|проф|пед|муз|образование|профессиональное|педагогическое|музыкальное)\b\.? ?)*"
    return "" if re.fullmatch(usual, rest.lower()) else rest


class Category(NamedTuple):
    """A qualification category with the order that gave it; ``extra`` is «mentor», «methodist» or «both»."""

    level: str
    order: str = ""
    order_date: date | None = None
    extra: str = ""


DAY = r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)|[«\"]?\d{1,2}[»\"]?\s+[а-яё]{3,}\.?\s+\d{4}"
ORDER_DATE = re.compile(rf"(?:\bот\s+)?({DAY})(?:\s?(?:года|г\b\.?))?", re.IGNORECASE)
ORDER_NUMBER = re.compile(
    r"(?:№|\bN(?=[\s\d])|\b(?:пр|прик|приказ|протокол|расп|распоряжение)\b\.?\s*(?=\d[\w/-]*(?:\s|$)))\s*([\w/.-]*\w)",
    re.IGNORECASE,
)
OF_POST = re.compile(r"(.+?)\s*[-–—]?\s*\(?(?:преподаватель|концертмейстер|методист)\)?", re.IGNORECASE)
EXPIRY = re.compile(rf"\b(?:действ\w*\s+)?(?:до|по)\s+(?:{DAY}|\d{{4}})(?:\s?(?:года|г\b\.?))?", re.IGNORECASE)
YEAR_ALONE = re.compile(r"\b(?:19|20)\d\d\b")
NO_CATEGORY = re.compile(r"(без|нет|не имеет|не аттест|б/?\s?к|н/?\s?к|отсутст)")
YOUNG = re.compile(r"молод\w+ спец\w*\.?")
FIT = re.compile(r"\bсоотв|\bсзд\b|\bс\.\s?з\.\s?д|\bс/з/д")
SURE_LEVELS = {
    "highest": re.compile(r"высш|\bвкк\b"),
    "first": re.compile(r"перв|\bпкк\b|\b1\s?-?\s?(ая|я|кк?|кат|кв)|\bi\b"),
}
SHORT_LEVELS = {"highest": re.compile(r"\bв[./\s]?к\b|^\W*в\b"), "first": re.compile(r"\bп[./\s]?к\b|^\W*п\b")}
SECOND = re.compile(r"втор|\bii\b|\b2\s?-?\s?(ая|я|кк?|кат|кв)|^2$")
KNOWN = re.compile(  # words that say nothing against a category
    r"\b(?:высш(?:ая|ей|ую|\b)|перв(?:ая|ой|ую|\b)|вкк|пкк|в\s?[./]?\s?к|п\s?[./]?\s?к|в|п|i|1\s?-?\s?(?:ая|я|й|кк?)?|"
    r"кв(?:ал\w*)?|кат(?:егори\w+)?|к|соотв\w*|зан(?:им\w*)?|долж\w*|сзд|с\W{0,2}з\W{0,2}д|"
    r"педагог|преп(?:од\w*)?|конц(?:ертм\w*)?|методист\w*|наставник\w*|учител\w*|по|с|от|и|на|присвоен\w*|установлен\w*|"
    r"действ\w*|до|срок\w*|бессрочн\w*|аттестац\w*|атт|г|год\w*|дата|н|n)\b\.?",
    re.IGNORECASE,
)
NOT_HELD = re.compile(
    r"\b(не|нет|ист[её]к\w*|снят\w*|был[аио]?|бывш\w*|прежн\w*|отозван\w*|аннулир\w*|просроч\w*|окончил\w*|закончил\w*|"
    r"подал\w*|подан\w*|готов\w*|план\w*)\b"
)
BY_ORDER = re.compile(r"\b(?:пр|прик\w*|протокол\w*|расп\w*|№)(?=\W|$).*", re.IGNORECASE)  # who gave it
LEVEL_WORDS = {"highest": "высшая", "first": "первая", "fit": "соответствие занимаемой должности"}


@lru_cache(maxsize=4096)
def read_category(text: str) -> Read[Category | None]:
    """The category: «высшая, пр. № 866 от 20.12.2024», «соответствие занимаемой должности», «1 кв. категория».

    «педагог-наставник» and «педагог-методист» are categories of their own beside the first or the highest.
    """
    if NOTHING.fullmatch(text) or NO_CATEGORY.match(simple(text)):
        return Read(None)
    if YOUNG.fullmatch(simple(text)):
        return Read(None, remark=text)
    beside = OF_POST.fullmatch(text)
    if beside and len(_levels(simple(beside[1]))) == 1 and not _extra(simple(text)):
        text = beside[1]  # «высшая (преподаватель)»
    expiry = [found[0] for found in EXPIRY.finditer(text)]
    order = read_order(EXPIRY.sub(" ", text))
    if order.level:
        return Read(None, DOUBT, f"Категория «{text}»: дата приказа не понята, категория останется пустой", text)
    number, day, rest = order.value
    low = simple(rest)
    extra, found = _extra(low), _levels(low)
    remark = ", ".join([*expiry, *YEAR_ALONE.findall(rest)])
    strange = _strange(text)
    if len(found) > 1:
        words = LEVEL_WORDS[found[0]]
        sentence = f"В ячейке две категории: будет записана {words}, остальное — в примечание"
        return Read(Category(found[0], number, day, extra), DOUBT, sentence, text)
    if found or extra:
        category = Category(found[0] if found else "", number, day, extra)
        if found and NOT_HELD.search(low):
            return Read(None, DOUBT, f"Категория «{text}»: держится ли она, неясно. Она останется пустой", text)
        if strange:
            words = LEVEL_WORDS[found[0]] if found else extra and "педагог-наставник или педагог-методист"
            sentence = f"Категория «{text}»: рядом стоит «{strange}». Будет записано: {words}"
            return Read(category, DOUBT, sentence, text)
        if found and not any(pattern.search(low) for pattern in SURE_LEVELS.values()) and not FIT.search(low):
            return Read(category, DOUBT, f"Категория «{text}» понята как {LEVEL_WORDS[found[0]]}", remark)
        return Read(category, remark=remark)
    if SECOND.search(low):
        return Read(None, DOUBT, "Второй категории больше нет: категория останется пустой", text)
    return Read(None, DOUBT, f"Категория «{text}» не понята: она останется пустой", text)


def is_not_held(text: str) -> bool:
    """Whether words beside an order say that its category has ended or is not given yet."""
    return NOT_HELD.search(simple(text)) is not None


def has_expired(text: str, on: date) -> bool:
    """Whether a category is said to hold until a day that is past: «первая, до 28.11.2024»."""
    for found in EXPIRY.finditer(text):
        day, year = ORDER_DATE.search(found[0]), YEAR_ALONE.search(found[0])
        until = read_date(day[1]).value if day else date(int(year[0]), 12, 31) if year else None
        if until and until < on:
            return True
    return False


def read_order(text: str) -> Read[tuple[str, date | None, str]]:
    """Number and date of an order in a text, and the text without them; a date that is none is a doubt."""
    number, day, rest = "", None, text
    if found := ORDER_NUMBER.search(rest):
        number, rest = found[1], f"{rest[: found.start()]} {rest[found.end() :]}"
    if found := ORDER_DATE.search(rest):
        read = read_date(found[1])
        if read.value is None:
            return Read((number, None, text), DOUBT, f"Дата «{found[1]}» не понята")
        day, rest = read.value, f"{rest[: found.start()]} {rest[found.end() :]}"
    return Read((number, day, rest))


def _strange(text: str) -> str:
    """Words beside a category that may say that it is not held: «не подтвердил», «истекла», «была»."""
    rest = BY_ORDER.sub(" ", ORDER_DATE.sub(" ", EXPIRY.sub(" ", text)))
    rest = re.sub(r"[\W\d_]+", " ", KNOWN.sub(" ", simple(rest)))
    return " ".join(word for word in rest.split() if len(word) > 1)


def _extra(low: str) -> str:
    mentor, methodist = "наставник" in low, "методист" in low
    return "both" if mentor and methodist else "mentor" if mentor else "methodist" if methodist else ""


def _levels(low: str) -> list[str]:
    """Levels that a text names, the highest first."""
    found = [name for name in ("highest", "first") if SURE_LEVELS[name].search(low)]
    found = found or [name for name in ("highest", "first") if SHORT_LEVELS[name].search(low)]
    if not found and re.fullmatch(r"\W*[1и]\W*", low):
        found = ["first"]
    return [*found, *(["fit"] if FIT.search(low) and not found else [])]


@lru_cache(maxsize=1024)
def read_kind(text: str) -> Read[str]:
    """Main, internal or external work from «осн.», «внутр. совм.», «внешний совместитель»; the rest is a remark."""
    if NOTHING.fullmatch(text):
        return Read("")
    low = simple(text)
    if re.search(r"\bне\s+(осн|совм|внутр|внеш|штат)|внештат", low) or (
        re.search(r"\bосн\w*", low) and re.search(r"\bвн\w*\.?[\s-]*(совм|сов\b)|\bсовм|\bвнутр|\bвнеш", low)
    ):
        return Read("", DOUBT, f"Вид занятости «{text}» не понят: будет записано основное место работы", text)
    if "внеш" in low and "внутр" in low:
        return Read("external", DOUBT, f"«{text}»: и внутренний, и внешний совместитель; будет записан внешний")
    for kind, pattern in (
        (
            "internal",
            r"(\bвнутр\w*\.?[\s-]*(совм\w*\.?|сов\b\.?)?|\bвн\.?[\s-]*совм\w*\.?|совм\w*\.?[\s-]*внутр\w*\.?)",
        ),
        ("external", r"(\bвнеш\w*\.?[\s-]*(совм\w*\.?|сов\b\.?)?|совм\w*\.?[\s-]*внеш\w*\.?)"),
        ("main", r"(\bосн\w*\.?([\s-]*(место|работ\w*|сотрудник)\b)*|\bштат\w*\.?)"),
    ):
        if found := re.search(pattern, low):
            repair = (REPAIR, f"«{found[0]}» читается как внутреннее совместительство")
            told = repair if found[0].startswith("вн") and "внутр" not in found[0] and kind == "internal" else ("", "")
            return Read(kind, *told, remark=_without(text, found))
    if found := re.search(r"(\bпо )?\bсовм\w*\.?", low):
        sentence = f"«{text}»: не сказано, внутренний совместитель или внешний; будет записан внешний"
        return Read("external", DOUBT, sentence, _without(text, found))
    return Read("", remark=text)


def says_no_kind(text: str) -> bool:
    """Whether a cell of the column of kinds says something else that is no doubt: a rate, the term of a contract."""
    usual = re.search(r"постоянн|срочн|неопредел|полн|^(нет|да|-)$|^\d+([.,]\d+)?$", simple(text))
    return only_remarks(text) or usual is not None


def _without(text: str, found: re.Match) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip(" ,;:.-–—()")


class Post(NamedTuple):
    """A post in full words, and the kind of employment and category that stood in the same cell."""

    title: str
    kind: str = ""
    category: str = ""


RATE = (
    r"(?:(?:на|по)\s+)?(?:(?:\d+(?:[.,]\d+)?|\d+\s?/\s?\d+|[½¼¾]|пол|полторы)\s*-?\s*(?:ст(?![а-я])\.?|став(?:к\w*|\.)|шт\.?\s?ед\.?)"
    r"|полставки|\d+[.,]\d+|\d+(?:[.,]\d+)?\s*(?:ч(?![а-я])\.?|час\w*)(?:\s+в\s+нед\w*)?)"
)
AWAY = (
    r"(?:находится\s+)?(?:в\s+)?(?:д/о|декр\w*\.?(?:\s+отп\w*\.?)?|отп(?:уск\w*)?\b\.?.*|"
    r"(?:по )?уход\w* за .*|больничн\w*.*|длительн\w+ отпуск.*)|"
    r"(?:на период|на время)\s.*|временно|замещ\w+.*|б/с|почасов\w*|уволен\w*.*"
)
KIND = (
    r"(?:(?:по\s+)?(?:внутр\w*|внеш\w*|вн)\.?[\s-]*(?:совм\w*|сов)?\.?|(?:по\s+)?совм\w*\.?(?:\s*(?:внутр|внеш)\w*\.?)?|"
    r"осн\.|осн\w+\s+(?:место(?:\s+работы)?|работ\w+|сотрудник)|штат(?:ный|ная)?(?:\s+\w+)?)"
)
CATEGORY = r"(?:высш\w*|перв\w*|1-?[йя]?|i|без|вторая|второй)\s+(?:кв\w*\.?\s*)?(?:категори\w+|кат\.?)"
PIECE = re.compile(rf"(?P<rate>{RATE})|(?P<away>{AWAY})|(?P<kind>{KIND})|(?P<category>{CATEGORY})", re.IGNORECASE)
BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
TAIL = re.compile(r"(?:\s*(?:(?<!\d),|,(?!\d)|[;:])\s*|\s+[-–—]\s*|\s*[–—]\s+)([^;:–—]+?)\s*$")
HYPHEN = re.compile(r"(?<=[а-яё])\s?[-–]\s?((?:внутр\w*\s|внеш\w*\s)?совместител\w+)", re.IGNORECASE)
INLINE = re.compile(rf"\s+({RATE}|{KIND}|{CATEGORY}|(?:в\s+)?декр\w*\.?(?:\s+отп\w*\.?)?)\s*$", re.IGNORECASE)
TWO_POSTS = re.compile(
    r"\s*\n\s*(?=(?:преподават|концертм|методист|педагог|зам\.|заместит|зав\.|заведующ))", re.IGNORECASE
)
PIECES = re.compile(r"\s*(?:(?<!\d),|,(?!\d)|;)\s*")


@lru_cache(maxsize=1024)
def read_post(text: str) -> Read[Post]:
    """A post without the rate, the kind of employment, the leave and the category that lists put beside it.

    «и.о. директора» is a post in full words: «исполняющий обязанности директора».
    """
    post, taken = text, list[tuple[str, str]]()
    while True:
        found = next((f for f in BRACKET.finditer(post) if _pieces(f[1])), None)
        ends = (INLINE.search(post), TAIL.search(post), HYPHEN.search(post))
        found = found or next((f for f in ends if f and _pieces(f[1])), None)
        if found is None or not (shorter := _join(post, found)):
            break
        taken, post = [*_pieces(found[1]), *taken], shorter
    post = written_out(post)
    kinds = [read_kind(words) for name, words in taken if name == "kind"]
    remarks = [words for name, words in taken if name in ("rate", "away")] + [k.remark for k in kinds if k.remark]
    category = next((words for name, words in taken if name == "category"), "")
    doubt = next((kind for kind in kinds if kind.level), Read(""))
    kind = next((kind.value for kind in kinds if kind.value), "")
    return Read(Post(post, kind, category), doubt.level, doubt.sentence, "; ".join(remarks))


def _join(post: str, found: re.Match) -> str:
    return f"{post[: found.start()]} {post[found.end() :]}".strip().rstrip(" ,;:-–—").strip()


def _pieces(text: str) -> list[tuple[str, str]]:
    """(kind of piece, words) when every piece of a text is a remark of a known kind, else nothing."""
    found = []
    for piece in filter(None, (part.strip() for part in PIECES.split(text))):
        if piece == ".":
            continue
        if not (run := _run(piece)):
            return []
        found += run
    return found


def _run(piece: str) -> list[tuple[str, str]]:
    """The remarks of one piece, which may stand side by side: «вн. совм. 0,5 ст.»; nothing when anything is left."""
    match = PIECE.fullmatch(piece) or PIECE.fullmatch(piece.rstrip("."))
    if match and match.lastgroup:
        return [(match.lastgroup, piece)]
    found = []
    while piece:
        match = PIECE.match(piece)
        rest = piece[match.end() :] if match else ""
        if not match or not match.lastgroup or not match[0] or (rest and rest[0] not in " .,"):
            return []
        found.append((match.lastgroup, match[0].strip()))
        piece = rest.lstrip(" .,")
    return found


def only_remarks(text: str) -> bool:
    """Whether a text beside a post is no post itself: a rate, the kind of employment, a leave."""
    return bool(_pieces(text))


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
LEADING = re.compile(
    r"^(и\.?\s?о\.?\s+|врио\s+|(временно )?исполняющ\w+ обязанности )?"
    r"(директор|зам(еститель)?\b|начальник|заведующ|зав\b)"
)


@lru_cache(maxsize=1024)
def is_teaching_post(post: str) -> bool:
    """Guess whether a post is a teacher's (постановление 225): heads and staff are not, «методист» is."""
    low = simple(post)
    return not LEADING.search(low) and TEACHING.search(low) is not None
