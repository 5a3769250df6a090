"""The list as a whole: persons who stand in it twice, namesakes, the stated total."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from mentoring_site.russian import joined, quoted
from mentoring_site.xlsx.reader import Book, DamagedFile, open_upload
from people.staff_list.cells import DOUBT, REFUSAL, REPAIR
from people.staff_list.cleaning import CONFIRM, GENDER, Cleaner, Finding, StaffRow
from people.staff_list.headings import FIELDS
from people.staff_list.recognition import Mapping, heading_texts, other_lists, recognize
from people.staff_list.sheet_rows import Ignored, Question, SheetRows, people_rows, place

NAMED_SHEETS = 12
ACCEPTED, DOUBTFUL, REFUSED = "accepted", "doubtful", "refused"

# what rows about one person must not say differently, with the words for it
SHARED = (
    ("phone", "телефон"),
    ("email", "e-mail"),
    ("education_level", "образование"),
    ("category", "категория"),
    ("service_months", "стаж"),
)


@dataclass
class CheckedRow:
    """A row about a person: what it says, what was noticed, the number of the first row about the same person."""

    staff: StaffRow
    findings: list[Finding]
    original: tuple
    cells: dict[str, object] = field(default_factory=dict)
    same_as: int = 0

    @property
    def number(self) -> int:
        """Row of the sheet, from 1."""
        return self.staff.number

    @property
    def verdict(self) -> str:
        """«refused», «doubtful» or «accepted», by the gravest finding."""
        levels = {finding.level for finding in self.findings}
        return REFUSED if REFUSAL in levels else DOUBTFUL if DOUBT in levels else ACCEPTED

    @property
    def needs_gender(self) -> bool:
        """Whether the person's gender has to be asked."""
        return any(finding.ask == GENDER for finding in self.findings)


@dataclass
class StaffList:
    """A staff list that has been read: rows about people, rows left aside, headings, the date of its facts.

    ``unread`` names columns that are not read, ``other_sheets`` the sheets that look like lists and are not read,
    ``elsewhere`` the people on them, ``strange_sheets`` those where no list is found; ``questions`` are asked about
    more than one row.
    """

    mapping: Mapping
    as_of: date
    rows: list[CheckedRow]
    ignored: list[Ignored]
    headings: list[str]
    notes: list[str] = field(default_factory=list)
    school: str = ""
    unread: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    other_sheets: list[Mapping] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    strange_sheets: list[str] = field(default_factory=list)

    def by_verdict(self, verdict: str) -> list[CheckedRow]:
        """Rows with one verdict."""
        return [row for row in self.rows if row.verdict == verdict]

    @property
    def people(self) -> int:
        """How many different people the list names, whatever is wrong with their rows."""
        return sum(1 for row in self.rows if not row.same_as)

    def place(self, number: int) -> str:
        """How a row is named: «12», of another sheet «Народники, 12»."""
        return place(number, self.mapping.sheets)


def read_staff_list(file, today: date, mapping: Mapping | None = None, answers: dict | None = None) -> StaffList:
    """Read a staff list to the end.

    Takes a path, bytes, an open file or an opened Book, today's date and, when somebody has corrected it, the mapping
    and the answers to its questions; raises DamagedFile with a sentence when there is nothing to read or no columns of
    names and posts are known.
    """
    book = file if isinstance(file, Book) else open_upload(file)
    mapping = mapping or recognize(book)
    if not mapping.complete:
        seen = [text for text in heading_texts(book, mapping) if text]
        raise DamagedFile(
            f"В списке не найден столбец {joined(map(quoted, mapping.missing))}. "
            + (f"Заголовки, которые видны: {', '.join(map(quoted, seen[:30]))}. " if seen else "")
            + "Назовите столбцы в шапке так, как принято, или укажите их на странице загрузки."
        )
    return check(book, mapping, today, answers)


def check(book: Book, mapping: Mapping, today: date, answers: dict | None = None) -> StaffList:
    """Clean every row of the mapped sheets and compare the rows with each other."""
    as_of = mapping.as_of or today
    read = [(each, people_rows(book, each, answers, index=n)) for n, each in enumerate((mapping, *mapping.others))]
    rows: list[CheckedRow] = []
    for each, sheet in read:
        cleaner = _cleaner(each, sheet, as_of, today, mapping.sheets)
        rows += [CheckedRow(*cleaner.clean(raw), raw.original, raw.cells) for raw in sheet.rows]
    sheet = read[0][1]
    _compare(rows, _cleaner(mapping, sheet, as_of, today, mapping.sheets))
    others = [other for other in other_lists(book, mapping) if other.sheet not in mapping.sheets]
    checked = StaffList(
        mapping,
        as_of,
        rows,
        [left for _, each in read for left in each.ignored],
        sheet.headings,
        school=sheet.school,
        unread=list(dict.fromkeys(text for _, each in read for text in each.unread)),
        questions=[question for _, each in read for question in each.questions],
        other_sheets=others,
        elsewhere=_named_on(book, others, as_of, today),
    )
    checked.strange_sheets = _strange_sheets(book, checked)
    checked.notes += _not_read(book, checked.strange_sheets)
    if not mapping.header_rows:
        checked.notes.append("Шапки в списке нет: столбцы узнаны по содержанию")
    if len(read) == 1 and sheet.stated_total is not None and sheet.stated_total not in (len(rows), checked.people):
        checked.notes.append(f"В итоговой строке стоит {sheet.stated_total}, а строк о людях найдено {len(rows)}")
    return checked


def _strange_sheets(book: Book, checked: StaffList) -> list[str]:
    """Sheets with something on them that are neither read nor offered."""
    known = {*checked.mapping.sheets, *(other.sheet for other in checked.other_sheets)}
    return [sheet.name for sheet in book.sheets if sheet.name not in known and sheet.rows]


def _not_read(book: Book, sheets: list[str]) -> list[str]:
    """What of the book is not read at all, in sentences: sheets where no list is found, remarks beside cells."""
    hidden = {sheet.name for sheet in book.sheets if sheet.hidden}
    told = [f"{quoted(name)} (скрыт)" if name in hidden else quoted(name) for name in sheets[:NAMED_SHEETS]]
    more = f" и ещё {len(sheets) - NAMED_SHEETS}" if len(sheets) > NAMED_SHEETS else ""
    read = "читаются видимые листы с именами и должностями"
    notes = [f"Не прочитаны листы: {', '.join(told)}{more}. В книге {read}"] if sheets else []
    if book.comments:
        notes.append("В книге есть примечания к ячейкам: они не читаются. Проверьте, нет ли в них важного")
    return notes


def _cleaner(mapping: Mapping, sheet: SheetRows, as_of: date, today: date, sheets: list[str]) -> Cleaner:
    names = {name: sheet.headings[at] for name, at in mapping.columns.items() if at < len(sheet.headings)}
    columns = {name: names.get(name) or label for name, label in FIELDS.items()}
    return Cleaner(as_of, today, columns, sheets, mapping.post)


def _named_on(book: Book, sheets: list[Mapping], as_of: date, today: date) -> set[str]:
    """Keys of the people on sheets that are not read: nobody may say that they are gone."""
    keys = set()
    for mapping in sheets:
        sheet = people_rows(book, mapping)
        cleaner = _cleaner(mapping, sheet, as_of, today, [])
        keys |= {cleaner.clean(raw)[0].name_key for raw in sheet.rows}
    return keys


@dataclass
class _Person:
    """One person of the list: the first row and the employments seen so far."""

    first: CheckedRow
    employments: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self):
        self.has_main = False
        self.hold(self.first)

    def hold(self, row: CheckedRow) -> None:
        """Remember the employment of a row."""
        self.employments.setdefault((row.staff.post, row.staff.kind), row.number)
        self.has_main = self.has_main or row.staff.kind == "main"


def _compare(rows: list[CheckedRow], cleaner: Cleaner) -> None:
    """Find rows about one person and namesakes: the same birth date is the same person, another one another person."""
    namesakes: dict[str, dict[date | None, _Person]] = defaultdict(dict)
    emails: dict[str, CheckedRow] = {}
    for row in rows:
        if not (row.staff.last and row.staff.first):
            continue
        born, persons = row.staff.birth_date, namesakes[row.staff.name_key]
        same = persons.get(born)
        if same is None and persons and (born is None or None in persons):
            same = persons.get(None) or next(iter(persons.values()))
            _doubt(
                row,
                "name",
                cleaner,
                f"Полное имя то же, что в строке {cleaner.place(same.first.number)}, а дата рождения есть "
                "не в обеих строках: будет записан один человек",
            )
        if same is None:
            if persons:
                first = next(iter(persons.values())).first
                _doubt(
                    row,
                    "birth_date",
                    cleaner,
                    f"Полный тёзка из строки {cleaner.place(first.number)} с другой датой рождения: "
                    "будут записаны два разных человека",
                )
            persons[born] = _Person(row)
            owner = emails.setdefault(row.staff.email, row)
            if row.staff.email and owner is not row:
                sentence = f"Тот же e-mail, что у другого человека: {owner.staff.full_name}, строка "
                _doubt(row, "email", cleaner, sentence + cleaner.place(owner.number))
        else:
            _compare_employments(row, same, cleaner)
            row.same_as = same.first.number
            same.hold(row)


def _compare_employments(row: CheckedRow, person: _Person, cleaner: Cleaner) -> None:
    """One more row about a person: another employment, the same one again, or contradictions."""
    first = person.first
    if person.has_main and not row.staff.kind_stated and row.staff.post != first.staff.post:
        row.staff = replace(row.staff, kind="internal")
        sentence = (
            "Вид занятости не указан: второе место работы читается как внутреннее совместительство "
            f"(основное — в строке {cleaner.place(first.number)})"
        )
        _doubt(row, "kind", cleaner, sentence)
    staff = row.staff
    if twin := person.employments.get((staff.post, staff.kind)):
        _doubt(row, "post", cleaner, f"Повтор строки {cleaner.place(twin)}: тот же человек, должность и вид занятости")
    elif staff.kind == "main" and person.has_main:
        _doubt(row, "kind", cleaner, f"Второе основное место работы: первое — в строке {cleaner.place(first.number)}")
    else:
        row.findings.append(
            Finding(
                row.number,
                cleaner.column("name"),
                REPAIR,
                f"Человек уже есть в строке {cleaner.place(first.number)}: будет записано второе место работы",
                "name",
            )
        )
    for name, words in SHARED:
        here, there = getattr(staff, name), getattr(first.staff, name)
        if here and there and here != there:
            _doubt(
                row,
                name,
                cleaner,
                f"В строке {cleaner.place(first.number)} о том же человеке сказано другое ({words}): "
                "останется то, что там",
            )


def _doubt(row: CheckedRow, field: str, cleaner: Cleaner, sentence: str) -> None:
    row.findings.append(Finding(row.number, cleaner.column(field), DOUBT, sentence, field, CONFIRM))
