"""Cleaning one row of a staff list into a :class:`StaffRow`, with a sentence about everything that was noticed.

A **repair** is done and reported. A **doubt** needs a person's word on the page: the row as it was understood, or not
at all. A **refusal** cannot be written until the list itself is corrected: no name, no post, an impossible date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from mentoring_site.russian import YEARS, plural
from mentoring_site.xlsx.reader import Doubtful
from people.language.name_rules import FOREIGN_PATRONYMIC_WORDS
from people.language.name_text import PARTICLES, clean_name, looks_like_remark, search_key
from people.language.names import gender_from_patronymic
from people.staff_list import cells
from people.staff_list.cells import DOUBT, REFUSAL, REPAIR, Read, Service, plain
from people.staff_list.cells.texts import T
from people.staff_list.headings import FIELDS, TWO_SERVICES
from people.staff_list.recognition import FULL_NAME
from people.staff_list.sheet_rows import CROSSED, OF_SHEET, RawRow, place

CONFIRM, GENDER, WAIT, SAME = "confirm", "gender", "wait", "same"
EARLIEST_WORK = 16  # years of age at which teaching service can begin
OLDEST, YOUNGEST, YOUNGEST_HIRED = 95, 16, 14
NAME_LENGTH = 120
CELL_LENGTH = 400  # of a cell that is looked through for an address or a second post
USUAL_NAME = re.compile(r"[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)?( [А-ЯЁ][а-яё]+){0,2}")
TAIL = re.compile(r"(?:\s+[-–—]\s+|\s*[,;:/]\s*)([а-яё][^()]*)$")  # «Иванова Анна Петровна — совместитель»
MARKS = re.compile(
    r"[\s,;]*(\*+|[¹²³⁴-⁹]+|(?<![\d.])\(?\d{1,2}\)|\(?\d{1,2}\.\d{1,2}\.\d{4}(\s*г(\.\s?р)?\.?)?\)?|"
    r"\(?\d{4}\s*(г\.?\s?р\.?|г(ода?)?\.?( рожд\w*)?)?\)?)\s*$"
)  # «Иванова Анна Петровна*», «…, 1985 г.р.»
SINCE = re.compile(r"\bс\s*$|начал", re.IGNORECASE)  # «Педагогический стаж с»: a column of beginnings
NOT_A_POST = re.compile(r"\d|\bувол|\bвакан|\bсовмест|\bдекрет|\bотпуск|\bставк", re.IGNORECASE)
CUT_SHORT = re.compile(
    r"(?:^|[,;/+]\s?|\sи\s)([а-яё]{1,6}\.|[а-яё]{1,4}(?=$|[,;/+])|[а-яё]+-[а-яё]{1,2}(?=$|\W))", re.IGNORECASE
)
SURNAME_ALONE = re.compile(
    r".{3,}(ов|ова|ев|ева|ёв|ёва|ский|ская|цкий|цкая|енко|швили)", re.IGNORECASE
)  # not «Лев», «Яков»
IN_MONTHS = re.compile(r"лет\W+(?:и\W+)?мес", re.IGNORECASE)  # «Стаж (лет, мес.)»
SHORTENED = re.compile(r"\b(преп|препод|концертм|конц|зам|зав|кл|дисц|теор|и\.?\s?о|врио)\b|ф-но", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
BRACKETS = re.compile(r"\s*[(\[{]([^)\]}]*)[)\]}]?\s*")


@dataclass(frozen=True)
class Finding:
    """Something noticed in a row: at which field and column, how grave, in which words, and what is asked."""

    row: int
    column: str
    level: str
    sentence: str
    field: str = ""
    ask: str = ""


@dataclass(frozen=True)
class StaffRow:
    """A person and a post, as they will be written."""

    number: int
    last: str
    first: str
    middle: str
    gender: str | None
    birth_date: date | None
    phone: str
    email: str
    post: str
    department: str
    kind: str
    is_teaching: bool
    education_level: str
    education_place: str
    category: str
    category_order: str
    category_date: date | None
    extra_category: str
    service_months: int | None
    service_in_years: bool
    service_since: date | None
    hired: date | None
    remarks: str
    organisation: str = ""
    kind_stated: bool = True

    @property
    def full_name(self) -> str:
        """«Очирова Светлана Дмитриевна»."""
        return " ".join(filter(None, (self.last, self.first, self.middle)))

    @cached_property
    def name_key(self) -> str:
        """The name without differences of case and ё: equal for namesakes."""
        return search_key(self.last, self.first, self.middle)


class Cleaner:
    """Cleans rows of one list: knows its headings and the date at which its facts hold."""

    def __init__(self, as_of: date, today: date, columns: dict[str, str], sheets: Sequence[str] = (), post: str = ""):
        self.as_of, self.today, self.sheets, self.post = as_of, today, sheets, post
        self._columns = columns

    def clean(self, raw: RawRow) -> tuple[StaffRow, list[Finding]]:
        """Return what the row says and what was noticed; a row with a refusal must not be written."""
        return _Row(self, raw).clean()

    def place(self, number: int) -> str:
        """How a row is named: «12», of another sheet «Народники, 12»."""
        return place(number, self.sheets)

    def column(self, field: str) -> str:
        """How the list itself calls the column of a field."""
        return self._columns.get(field) or FIELDS.get(field, "")


class _Row:
    """The cleaning of one row."""

    def __init__(self, cleaner: Cleaner, raw: RawRow):
        self.cleaner, self.raw = cleaner, raw
        self.findings: list[Finding] = []
        self.remarks: list[str] = []
        self.kind_in_name = ""

    def clean(self) -> tuple[StaffRow, list[Finding]]:
        self._row()
        last, first, middle = self._name()
        birth_date = self._birth_date()
        service = self._service(birth_date)
        education = self._read("education", cells.read_education(self._text("education")))
        post = self._post()
        category, kind = self._category(post.category), self._kind(post.kind)
        phone, email = self._contacts()
        row = StaffRow(
            number=self.raw.number,
            last=last,
            first=first,
            middle=middle,
            gender=self._gender(last, middle),
            birth_date=birth_date,
            phone=phone,
            email=email,
            post=post.title,
            department=self._department(),
            kind=kind or "main",
            kind_stated=bool(kind),
            is_teaching=cells.is_teaching_post(post.title),
            education_level=education.value,
            education_place=self._education_place(education.remark),
            category=category.level,
            category_order=category.order,
            category_date=category.order_date,
            extra_category=category.extra,
            service_months=service.months if service else None,
            service_in_years=bool(service and service.whole_years),
            service_since=service.since if service else None,
            hired=self._hired(birth_date),
            remarks="; ".join(dict.fromkeys(self.remarks))[:300],
            organisation=self._text("organisation", 300),
        )
        return row, self.findings

    # what is noticed

    def _found(self, field: str, level: str, sentence: str, ask: str = "") -> None:
        if level == DOUBT and not ask:
            ask = CONFIRM
        self.findings.append(Finding(self.raw.number, self.cleaner.column(field), level, sentence, field, ask))

    def _read(self, field: str, read: Read[T], *, keep: bool = False) -> Read[T]:
        if read.level:
            self._found(field, read.level, read.sentence)
        if keep and read.remark:
            self.remarks.append(read.remark)
        return read

    def _cell(self, field: str):
        """The cell; one that must not be trusted counts as empty and is reported."""
        cell = self.raw.cells.get(field)
        if isinstance(cell, Doubtful):
            self._found(field, DOUBT, cell.why)
            return str(cell)
        return cell

    def _text(self, field: str, limit: int = 200) -> str:
        """The cell as corrected text of a limited length."""
        cell = self._cell(field)
        if cell is None:
            return ""
        if type(cell) is not str:
            return plain(cell)[:limit]
        text, repairs = cells.mend(cell)
        for sentence in repairs:
            self._found(field, REPAIR, sentence)
        if len(text) > limit:
            self._found(field, DOUBT, f"Слишком длинно: останутся первые {limit} знаков")
            text = text[:limit].rstrip()
        return text

    def _row(self) -> None:
        """What is to be said about the row as a whole."""
        number = self.cleaner.place(self.raw.number)
        if self.raw.waits:
            what, _, key = self.raw.waits.partition(":")
            about = f"о строке {self.cleaner.place(int(key))}" if what == "section" else "об отделениях"
            self._found("department", DOUBT, f"Сначала решите {about}", WAIT)
        if self.raw.gone:
            self._found("", DOUBT, f"{self._gone()}: человек будет записан как работающий")
        if self.raw.hidden:
            self._found("", DOUBT, f"Строка {number} скрыта в таблице")
        if self.raw.above:
            above = self.cleaner.place(self.raw.above)
            self._found(
                "post", DOUBT, f"Имени в строке нет: читается как ещё одно место работы человека из строки {above}"
            )

    def _gone(self) -> str:
        said = self.raw.gone
        return said if said.startswith((CROSSED, OF_SHEET)) else f"В строке сказано «{said}»"

    # fields

    def _name(self) -> tuple[str, str, str]:
        """Last, first and middle name from one column or three, in letters."""
        last, first, middle = self._parts_of_name()
        if any(char.isdigit() for char in f"{last}{first}{middle}"):
            self._found("last_name" if "last_name" in self.raw.cells else "name", REFUSAL, "В имени стоят цифры")
        return last, first, middle

    def _parts_of_name(self) -> tuple[str, str, str]:
        parts = [self._name_part(field) for field in ("last_name", "first_name", "middle_name")]
        if any(parts):
            last, first, middle = parts
            if not first and " " in last:  # «Фамилия» over the whole name
                return self._split(last)
            if not last or not first:
                self._found("last_name", REFUSAL, "Не указаны фамилия или имя")
            self._in_letters([*last.split(), *first.split(), *middle.split()], " ".join(filter(None, parts)))
            return last, first, middle
        return self._split(self._name_part("name"))

    def _name_part(self, field: str) -> str:
        cell = self._cell(field)
        if cell is None:
            return ""
        text = cell if isinstance(cell, str) else plain(cell)
        if not text.strip() or cells.NOTHING.fullmatch(text):
            return ""
        if USUAL_NAME.fullmatch(text):
            return text
        if len(text) > NAME_LENGTH * 2 and len(text := plain(text)) > NAME_LENGTH * 2:
            self._found(field, REFUSAL, "Имя длиннее 240 знаков: исправьте его в списке")
            return text[:NAME_LENGTH]
        if len(FULL_NAME.findall(text)) > 1:
            self._found(field, REFUSAL, "В ячейке несколько имён: каждому человеку нужна своя строка")
            return plain(text)[:NAME_LENGTH]
        text = self._without_marks(field, text)
        clean, repairs = clean_name(TAIL.sub(r" (\1)", text))
        for sentence in repairs:
            self._found(field, REPAIR, sentence.rstrip("."))
        if clean.islower():
            clean = clean.title()
            self._found(field, REPAIR, f"Строчные буквы в имени заменены: «{clean}»")
        return self._without_remark(field, clean)

    def _without_marks(self, field: str, text: str) -> str:
        """The name without a star, the number of a note or a year of birth at its end."""
        marks: list[str] = []
        while (found := MARKS.search(text)) and len(text[: found.start()].split()) > (1 if field == "name" else 0):
            marks.insert(0, found[1])
            text = text[: found.start()]
        if marks:
            remark = ", ".join(marks)
            self.remarks.append(remark)
            self._found(field, REPAIR, f"После имени стоит «{remark}»: перенесено в примечание")
        return text

    def _without_remark(self, field: str, text: str) -> str:
        """The name without «(декретный отпуск)»; the remark is stored apart."""
        if not looks_like_remark(text):
            return text
        remarks = [found.strip() for found in BRACKETS.findall(text) if found.strip()]
        name = plain(BRACKETS.sub(" ", text))
        if not remarks:
            words = text.split()
            odd = [at for at, word in enumerate(words) if at > 1 and looks_like_remark(f"Имя {word}")]
            end = odd[0] if odd else len(words)
            name, remarks = " ".join(words[:end]).rstrip(" ,;-"), [" ".join(words[end:])]
        remark = "; ".join(filter(None, remarks))
        if remark:
            kind = cells.read_kind(remark)
            self.kind_in_name = self.kind_in_name or (kind.value if kind.level != DOUBT else "")
            self.remarks += filter(None, [kind.remark if self.kind_in_name else remark])
            sentence = f"В имени примечание «{remark}»: имя читается как «{name}», примечание сохранится"
            clear = kind.value and kind.level != DOUBT and not kind.remark
            self._found(field, REPAIR if clear else DOUBT, sentence)
        else:
            self._found(field, DOUBT, f"«{name}» не похоже на полное имя: проверьте каждое слово")
        return name

    def _in_letters(self, words: list[str], text: str) -> None:
        """Refuse initials and Latin letters: papers need the whole name in Russian."""
        if any("." in word or len(word) == 1 for word in words):
            self._found("name", REFUSAL, f"«{text}»: вместо имени инициалы, для приказов нужно полное имя")
        if any(cells.LATIN_LETTER.search(word) for word in words):
            self._found("name", REFUSAL, f"«{text}» записано латинскими буквами: для приказов нужны русские")

    def _split(self, text: str) -> tuple[str, str, str]:
        words = text.split()
        if not words:
            self._found("name", REFUSAL, "Не указано имя человека")
            return "", "", ""
        if len(words) == 1:
            self._found("name", REFUSAL, f"«{text}» — только одно слово: нужны фамилия, имя и отчество")
            return text, "", ""
        self._in_letters(words, text)
        last, first, middle = words[0], words[1], " ".join(words[2:])
        if len(words) == 3 and gender_from_patronymic(first) and not gender_from_patronymic(middle):
            last, first, middle = middle, last, first
            self._found("name", DOUBT, f"Похоже, фамилия стоит последней: имя читается как «{last} {first} {middle}»")
        elif SURNAME_ALONE.fullmatch(first) and middle and not SURNAME_ALONE.fullmatch(last):
            self._found("name", DOUBT, f"Имя «{first}» похоже на фамилию: в таком ли порядке стоят слова?")
        elif len(words) > 3 and not gender_from_patronymic(middle):
            self._found("name", DOUBT, f"В имени больше трёх слов: отчеством будет «{middle}»")
        elif len(words) > 3 and words[-1].lower() not in FOREIGN_PATRONYMIC_WORDS:
            at = len(words) - 2 if PARTICLES & {words[0].lower(), words[1].lower()} else 1
            last, first, middle = " ".join(words[:at]), " ".join(words[at:-1]), words[-1]
            self._found("name", DOUBT, f"В имени больше трёх слов: фамилия «{last}», имя «{first}»")
        elif not middle and gender_from_patronymic(first):
            self._found("name", DOUBT, f"На месте имени стоит «{first}»: это похоже на отчество")
        return last[:NAME_LENGTH], first[:NAME_LENGTH], middle[:NAME_LENGTH]

    def _gender(self, last: str, middle: str) -> str | None:
        """From the patronymic, else from the column; when both are silent it is asked."""
        stated = self._read("gender", cells.read_gender(self._text("gender", 40))).value
        by_patronymic = gender_from_patronymic(middle) if middle else None
        if stated and by_patronymic and stated != by_patronymic:
            words = {"m": "мужской", "f": "женский"}
            sentence = f"В списке пол {words[stated]}, а отчество «{middle}» — {words[by_patronymic]}: укажите пол"
            self._found("gender", DOUBT, sentence, GENDER)
            return None
        gender = stated or by_patronymic
        if gender is None and last:
            why = f"По отчеству «{middle}» пол не определяется" if middle else "Нет отчества, пол по нему не определить"
            field = "middle_name" if "middle_name" in self.raw.cells else "name"
            self._found(field, DOUBT, f"{why}: укажите пол", GENDER)
        return gender

    def _contacts(self) -> tuple[str, str]:
        """Telephone and e-mail; an address may stand in the column of telephones."""
        cell, email = self._cell("phone"), self._read("email", cells.read_email(self._cell("email")), keep=True).value
        if isinstance(cell, str) and len(cell) <= CELL_LENGTH and (found := ADDRESS.search(cell)) and not email:
            email = self._read("phone", cells.read_email(found[0])).value
            cell = f"{cell[: found.start()]} {cell[found.end() :]}".strip(" ,;")
            if email:
                self._found("phone", REPAIR, f"В столбце телефонов стоит e-mail: {email}")
        phone = self._read("phone", cells.read_phone(cell), keep=True).value if cell != "" else ""
        return phone, email

    def _birth_date(self) -> date | None:
        read = cells.read_date(self._cell("birth_date"))
        born = read.value
        if read.level == REFUSAL:
            self._found("birth_date", REFUSAL, f"Дата рождения {read.sentence}")
            return None
        if born and born > self.cleaner.today:
            self._found("birth_date", REFUSAL, f"Дата рождения {born:%d.%m.%Y} ещё не наступила")
            return None
        self._read("birth_date", read)
        if born:
            age = _years(born, self.cleaner.as_of)
            if not YOUNGEST <= age <= OLDEST:
                sentence = f"Дата рождения {born:%d.%m.%Y}: получается, что человеку {plural(age, YEARS)}"
                self._found("birth_date", DOUBT, sentence)
        return born

    def _service(self, born: date | None) -> Service | None:
        since = SINCE.search(self.cleaner.column("service")) is not None
        months = IN_MONTHS.search(self.cleaner.column("service")) is not None
        service = self._read(
            "service",
            cells.read_service(
                self._cell("service"), self.cleaner.as_of, since=since, both=self._both(), months=months
            ),
        ).value
        if service and born:
            years, age = service.months // 12, _years(born, self.cleaner.as_of)
            if years and age - years < EARLIEST_WORK:
                start = f"с {age - years}\u00a0лет" if age > years else "до рождения"
                sentence = (
                    f"Возраст {plural(age, YEARS)} и стаж {plural(years, YEARS)} не сходятся: работать пришлось бы"
                    f" {start}"
                )
                self._found("service", DOUBT, sentence)
        return service

    def _both(self) -> str:
        """Which length is teaching in a column of two: «Стаж (общий/педагогический)»; nothing in a column of one."""
        found = TWO_SERVICES.search(self.cleaner.column("service"))
        return "" if found is None else "first" if found[0].lower().startswith("пед") else "second"

    def _post(self) -> cells.Post:
        """The post in full words; rates, leaves and the kind of employment in its cell stand apart."""
        cell = self.raw.cells.get("post")
        if type(cell) is str and len(cell) <= CELL_LENGTH:
            self.raw.cells["post"] = cells.TWO_POSTS.sub(", ", cell)
        text = self._text("post") if "post" in self.raw.cells else self.cleaner.post
        if not text or cells.NOTHING.fullmatch(text):
            self._found("post", REFUSAL, "Не указана должность")
            return cells.Post("")
        read = self._read("post", cells.read_post(text), keep=True)
        title = read.value.title[:200].rstrip()
        if SHORTENED.search(text) and title and title.casefold() not in text.casefold():
            self._found("post", REPAIR, f"Сокращения раскрыты: «{title}»")
        if not title or cells.only_remarks(title):
            self._found("post", REFUSAL, f"В столбце должности стоит «{text}»: сама должность не указана")
            return read.value._replace(title=title)
        title = title[:1].lower() + title[1:] if title[1:2].islower() else title
        if doubt := _doubt_of_post(title):
            self._found("post", DOUBT, f"{doubt}. Так она войдёт в приказы")
        return read.value._replace(title=title)

    def _department(self) -> str:
        department = self._text("department", 120)
        if department and not cells.NOTHING.fullmatch(department):
            if not re.search(r"[^\W\d_]", department):
                self._found("department", DOUBT, f"Отделение названо «{department}»: так оно и будет записано")
            return department
        return cells.mend(self.raw.section)[0][:120].rstrip()

    def _education_place(self, beside: str) -> str:
        """What was finished, from its own column or beside the level, with the speciality."""
        where, speciality = self._text("education_place", 300) or beside, self._text("speciality", 200)
        if cells.NOTHING.fullmatch(where):
            where = ""
        if speciality and not cells.NOTHING.fullmatch(speciality) and speciality.lower() not in where.lower():
            where = f"{where}, специальность: {speciality}" if where else f"специальность: {speciality}"
        return where[:300].rstrip()

    def _kind(self, in_post: str) -> str:
        """From its own column, else from the post, the remark or the name, where lists keep it too."""
        kind = ""
        for field in ("kind", "note"):
            if field in self.raw.cells:
                text = self._text(field, 300)
                read = cells.read_kind(text)
                if field == "note" and kind:  # a column of kinds has said it: the note is a note
                    read = Read("", remark=text)
                elif field == "note" and (in_post or (read.level == DOUBT and self.kind_in_name)):
                    read = Read("", remark=text if not read.value else read.remark)
                self._read(field, read, keep=True)
                kind = kind or read.value
                if (
                    field == "kind"
                    and read.remark
                    and not (read.level or read.value or in_post or cells.says_no_kind(text))
                ):
                    sentence = f"Вид занятости «{text}» не понят: будет записано основное место работы"
                    self._found("kind", DOUBT, sentence)
                if field == "kind" and kind and in_post and kind != in_post:
                    self._found("kind", DOUBT, f"В столбце «{text}», а в должности сказано другое: верен столбец")
        kind = kind or in_post or self.kind_in_name
        if self.raw.beside:
            read = cells.read_kind(self.raw.beside)
            if not read.value:
                self.remarks.append(self.raw.beside)
            elif not kind:
                self._read("kind", read)
                kind = read.value
        return kind

    def _category(self, in_post: str) -> cells.Category:
        """The category from its column, or from the post when that is silent; its order may have its own column."""
        read = cells.read_category(self._text("category"))
        if read.value is None and not read.level and in_post:
            read = cells.read_category(in_post)
        self._read("category", read, keep=True)
        category = read.value or cells.Category("")
        if (category.level or category.extra) and not (category.order or category.order_date):
            category = self._order_of(category)
        if category.level and cells.has_expired(self._text("category"), self.cleaner.as_of):
            self._found("category", DOUBT, f"Срок категории «{plain(self.raw.cells.get('category'))}» уже вышел")
        if category.order_date and category.order_date > self.cleaner.today:
            day = f"{category.order_date:%d.%m.%Y}"
            self._found("category", DOUBT, f"Приказ о категории датирован будущим, {day}: запишут только категорию")
            category = category._replace(order="", order_date=None)
        return category

    def _order_of(self, category: cells.Category) -> cells.Category:
        """The category with the order from columns of their own: «№ 866 от 20.12.2024», a number, a date."""
        stated = cells.read_date(self._cell("category_date"))
        if stated.value and not stated.level:
            category = category._replace(order_date=stated.value)
        cell = self._cell("category_order")
        if isinstance(cell, datetime | date):
            return category._replace(order_date=cells.read_date(cell).value)
        text = plain(cell)
        if not text or cells.NOTHING.fullmatch(text):
            return category
        read = cells.read_order(text)
        number, day, rest = read.value
        if read.level or cells.is_not_held(text):
            self._found("category_order", DOUBT, f"Приказ о категории «{text}»: проверьте, действует ли он и его дату")
        if day and not number and (alone := re.fullmatch(r"\D{0,4}(\d[\w/-]*)\W*", rest)):
            number = alone[1]
        if read.level or not (number or day):
            number = number or (
                text if re.fullmatch(r"\d[\w/-]*", text) and not re.fullmatch(r"(19|20)\d\d", text) else ""
            )
        if not (number or day):
            self.remarks.append(f"категория: {text}")
        return category._replace(order=number[:60], order_date=day or category.order_date)

    def _hired(self, born: date | None) -> date | None:
        if "hired" not in self.raw.cells:
            return None
        read = cells.read_date(self._cell("hired"))
        if read.level == REFUSAL:
            read = Read(None, DOUBT, f"Дата приёма {read.sentence}; она останется пустой")
        hired = self._read("hired", read).value
        if hired and hired > self.cleaner.today:
            self._found("hired", DOUBT, f"Дата приёма {hired:%d.%m.%Y} ещё не наступила")
        if hired and born and _years(born, hired) < YOUNGEST_HIRED:
            self._found("hired", DOUBT, f"Дата приёма {hired:%d.%m.%Y} и дата рождения {born:%d.%m.%Y} не сходятся")
        return hired


@lru_cache(maxsize=1024)
def _doubt_of_post(title: str) -> str:
    """What in a post may be no part of it, in words; nothing when all of it may stand in papers."""
    if NOT_A_POST.search(title):
        return f"В должности осталось не только её название: «{title}»"
    short = CUT_SHORT.search(title)
    return f"Сокращение «{short[1]}» в должности не раскрыто" if short else ""


def _years(since: date, on: date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
