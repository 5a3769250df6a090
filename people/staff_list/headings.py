"""Headings of a staff list: their texts out of one to four rows, and which field each column is."""

import re
from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from mentoring_site.xlsx.reader import Merge, Row
from people.staff_list.cells import plain

PARTS = " / "  # between the rows of one heading: «Образование / уровень»
MOST_ROWS = 4

FIELDS = {
    "name": "Ф. И. О. в одном столбце",
    "last_name": "Фамилия",
    "first_name": "Имя",
    "middle_name": "Отчество",
    "post": "Должность",
    "department": "Отделение",
    "organisation": "Организация",
    "kind": "Вид занятости",
    "education": "Образование",
    "education_place": "Учебное заведение",
    "speciality": "Специальность по диплому",
    "category": "Квалификационная категория",
    "category_order": "Приказ о категории",
    "category_date": "Дата категории",
    "service": "Педагогический стаж",
    "birth_date": "Дата рождения",
    "gender": "Пол",
    "hired": "Дата приёма",
    "phone": "Телефон",
    "email": "E-mail",
    "note": "Примечание",
}
"""What can be read from a list, in the order of the page where columns are corrected."""

# On headings of letters and single spaces only; the first pattern is a sure sign, the second a hint.
SYNONYMS = {
    "name": (
        r"(ф и о|фио|фамилия,? имя( и)? отчество|фамилия и о|фам имя отч\w*)( \w+){0,3}",
        r"(сотрудник|работник|педагог|преподаватель)(и|а|ка)?|.*\b(фио|ф и о)\b.*",
    ),
    "last_name": (r"фам(илия)?", r"фамилия \w+"),
    "first_name": (r"имя", r"имя \w+"),
    "middle_name": (r"отч(ество|во)?", r"отчество .+"),
    "post": (
        r"(занимаемая |наименование |название )?должн?(ост[ьи]|ть)?( \w+)?",
        r".*\bдолжн?(ост[ьи])?\b.*|кем работает",
    ),
    "department": (
        r"отд(ел(ение)?|ние)?|(структурное )?подразд\w*|кафедра|(предметно )?цикловая комиссия|п?цк|секция",
        r".*\b(отделение|подразделение|отдел)\b.*",
    ),
    "organisation": (r"организация", r"организация"),
    "kind": (
        r"вид занятости|(тип )?занятост[ьи]|(основн\w+ )?совм\w*|условия (работы|труда|приема)|(вид|характер) работы|"
        r"(штат\w*|осн\w*)( или)? (внутр\w* |внешн\w* )?совм\w*",
        r".*\b(занятост|совместит|осн\w* совм|штатн)\w*.*",
    ),
    "education_place": (
        r"(образование )?(что окончил( а)?|(какое |наименование )?уч(ебно\w+|еб)? зав(едени\w)?( \w+)?|вуз|"
        r"место учебы)",
        r".*(окончи|учебн\w+ заведени|учреждени\w* образован|диплом|\bуч\w* зав).*",
    ),
    "education": (r"(уровень )?обр(азовани[ея]|аз| ?ие)?( уровень)?", r".*\bобразовани[ея]\b.*"),
    "speciality": (r"спец(иальност[ьи]| ?с?ть)( \w+){0,3}", r".*\bспециальност[ьи]\b.*"),
    "category": (
        r"(кв|квал|квалиф|квалификационная|квалификация)( (категория|кат|кат\w+))?|"
        r"(категория|кат)( (?!приказ|дата)\w+)?",
        r".*\b(категори[яи]|кат|аттестаци[яи])\b.*",
    ),
    "category_order": (
        r"((кв|квал\w*|категория|аттестация)\b.* )?(номер |дата |n |реквизиты )*(и )?(дата |номер )*"
        r"(приказ[аы]?|распоряжени[ея])\b"
        r"(?!.*(прием|увол|назнач)).*|((кв|квал\w*|категория|аттестация)\b.* )(номер)( \w+)?",
        r"приказ .*(аттестации|категории|присвоени\w).*",
    ),
    "category_date": (
        r"((кв|квал\w*|категория|аттестация)\b.* )дата( \w+)?|"
        r"дата (присвоения|аттестации|установления|прохождения)( .*)?|(год|дата) .*(аттестации|категории)",
        r"дата .*(аттестации|категории|присвоени\w).*",
    ),
    "service": (
        r"((пед|педагогический|педстаж) ?(стаж|работы|деятельности)?|стаж пед\w*)( \w+){0,2}",
        r"стаж( работы| лет)?( .*)?",
    ),
    "birth_date": (r"(дата|день|число,? месяц,? год|год) рожд\w*|д ?р|рожд\w*|г ?р", r".*\bрожд\w*.*"),
    "gender": (r"пол", r"пол \w( \w)?"),
    "hired": (
        r"дата (приема|поступления|начала работы|принятия)( .*)?|принята?( с| на работу)?|работает с|"
        r"прием( на работу)?|дата и (n|номер)? ?приказа о приеме.*",
        r".*\b(приема на работу|поступления)\b.*",
    ),
    "phone": (
        r"((моб|мобильный|сот|сотовый|контактный|конт|личный|номер|дом|раб) )*(тел|телефон[аы]?|тел\w*)( \w+){0,2}|"
        r"(моб|мобильный|сотовый)( номер)?",
        r".*\b(телефон|моб|тел)\b.*|контакты",
    ),
    "email": (
        r"e ?mail|емайл|мейл|(эл |электр |электронная |адрес электронной )?поч(та|ты)|(эл|электронный) адрес|эл п",
        r".*\b(e ?mail|почт[аы])\b.*",
    ),
    "note": (r"прим(ечани[ея])?|комментари[йи]|дополнительно", r".*\bпримечани[ея]\b.*"),
}
PATTERNS = {name: (re.compile(sure), re.compile(hint)) for name, (sure, hint) in SYNONYMS.items()}
NOT_A_FIELD = re.compile(
    r"(?!.*\bпед)((общий|непрерывный|трудовой) .*стаж|(общ|труд|непр) стаж|стаж (общий|трудовой|непрерывный).*)|"
    r"стаж.* (в|по) (данно\w|этом|нашем|настоящ\w+|школе|учреждени\w|дши|дмш|организации|должности|специальности).*|"
    r".*\b(ребенка|детей|родител\w+|супруг\w+|мужа|жены|матери|отца|родственник\w*|ученик\w*|учащ\w+|обучающ\w+)\b.*|"
    r"дата (увольнения|окончания).*|(прежняя|девичья) фамилия|фамилия (прежняя|девичья|до брака)|"
    r"(срок|действ\w+) .*(аттестации|категории)|преподаваемы\w .*|"
    r".*\b(пол|сведения) о курсах.*|курсы.*|повышение квалификации.*|переподготовка.*"
)
LEFT = re.compile(r"\b(дата|основание|причина|приказ) .*увол|^увол", re.IGNORECASE)  # filled for those who have left
TWO_SERVICES = re.compile(r"общ\w*\W+(?:и\W+)?пед|пед\w*\W+(?:и\W+)?общ", re.IGNORECASE)
COUNTER = re.compile(r"(№|n|no|номер)?\s*(п\s*[./]?\s*п\.?)?|№.*п.*п\.?", re.IGNORECASE)
IN_BOTH = (  # «Образование, что окончил» holds both
    ("education", "education_place"),
    ("category", "category_order"),
    ("category", "category_date"),
)
OF_BOTH = {"education": re.compile(r"\bобразов"), "category": re.compile(r"\bкатегор")}


def headings(rows: Sequence[Row], header_row: int, header_rows: int, merges: Sequence[Merge] = ()) -> list[str]:
    """Texts of the heading per column; one in several rows gives «Образование / уровень» under a merged cell."""
    found = {row.number: row.cells for row in rows if header_row <= row.number < header_row + header_rows}
    width = max(map(len, found.values()), default=0)
    grid = [
        [plain(cells[at]) if at < len(cells) else "" for at in range(width)]
        for cells in (found.get(header_row + level, ()) for level in range(header_rows))
    ]
    merged = [m for m in merges if header_row <= m.top < header_row + header_rows]
    for merge in merged:
        for level in range(merge.top - header_row, min(merge.bottom - header_row + 1, header_rows)):
            for at in range(merge.left, min(merge.right + 1, width)):
                grid[level][at] = grid[merge.top - header_row][merge.left] if merge.left < width else ""
    if not merged:
        _spread(grid)
    texts = []
    for at in range(width):
        parts: list[str] = []
        for line in grid:
            if line[at] and line[at] not in parts[-1:]:
                parts.append(line[at])
        texts.append(PARTS.join(parts))
    return texts


def _spread(grid: list[list[str]]) -> None:
    """An upper text stands for the empty cells to its right that have something below, as a merged cell would."""
    for level, line in enumerate(grid[:-1]):
        for at in range(1, len(line)):
            below = any(lower[at] for lower in grid[level + 1 :])
            same_parent = level == 0 or grid[level - 1][at] == grid[level - 1][at - 1]
            if not line[at] and below and same_parent and line[at - 1] and any(x[at - 1] for x in grid[level + 1 :]):
                line[at] = line[at - 1]


def match_columns(texts: list[str]) -> dict[str, int]:
    """Field -> column by synonyms: sure signs first, each column and each field once.

    Of a heading in several rows the lowest alone is a sign too: «Сведения / Дата рождения».
    """
    candidates = []
    for column, text in enumerate(texts):
        whole, leaf = _letters(text), _letters(text.rpartition(PARTS)[2])
        if not whole or len(whole) > 120 or NOT_A_FIELD.fullmatch(whole) or NOT_A_FIELD.fullmatch(leaf):
            continue
        for order, (name, (sure, hint)) in enumerate(PATTERNS.items()):
            signs = ((0, sure, whole), (1, sure, leaf), (2, hint, whole), (3, hint, leaf))
            rank = next((rank for rank, pattern, words in signs if pattern.fullmatch(words)), None)
            if rank is not None:
                candidates.append((rank, order, column, name))
    columns: dict[str, int] = {}
    for _, _, column, name in sorted(candidates):
        if name not in columns and column not in columns.values():
            columns[name] = column
    if "first_name" not in columns and "last_name" in columns and "name" not in columns:
        columns["name"] = columns.pop("last_name")  # «Фамилия» over whole names
    if "name" in columns and "first_name" in columns and "last_name" in columns:
        del columns["name"]
    for name, other in IN_BOTH:
        if name not in columns and other in columns and OF_BOTH[name].search(_letters(texts[columns[other]])):
            columns[name] = columns.pop(other)
    return columns


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[a-zа-я]+", text.lower().replace("ё", "е").replace("№", " n ")))


def unread(texts: Sequence[str], columns: dict[str, int], filled: set[int]) -> list[str]:
    """Headings of columns that hold something and are not read, but for the one of numbers."""
    taken = set(columns.values())
    return [
        texts[at] if at < len(texts) and texts[at] else f"{get_column_letter(at + 1)} (без названия)"
        for at in sorted(filled - taken)
        if not (at < len(texts) and COUNTER.fullmatch(texts[at].strip()) and texts[at])
        and not (at == 0 and not (texts and texts[0]))
    ]
