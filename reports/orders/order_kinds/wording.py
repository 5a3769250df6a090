"""Turns of phrase of papers: citations, deadlines, executors, lists.

One place for all citations (docs/law.md#orders-text).
"""

import contextlib
import re
from datetime import date

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import MONTHS, NBSP, full_stop, joined, lower_first, rudate
from people.language.declension import name_in, post_in, post_of
from people.language.posts import decline_department
from roadmap.legal_base.citing import cite

CODE = "Трудового кодекса Российской Федерации"
REGULATION = "Положения о системе наставничества педагогических работников"
CONTROL = "Контроль за исполнением настоящего приказа оставляю за собой."
CURATOR = "куратору реализации программ наставничества"
ACCOUNTING = "бухгалтерия"
PAY = "выплату стимулирующего характера за наставничество"
"""As the agreement calls it (``documents/mentor_agreement.html``)."""
_DATE = re.compile(rf"\b(\d{{1,2}})\s({'|'.join(MONTHS)})\s(\d{{4}})\s(?:г\.|года)")


def labour_code(article: str = "351.8") -> str:
    """«статьёй 351.8 Трудового кодекса Российской Федерации», from the legal base."""
    return cite("labour_code", "instrumental", article)


def point(text: str, *subpoints: str, charged=()) -> dict:
    """Return one numbered point as the paper's template takes it; subpoints end with «;», the last one with «.».

    ``charged`` are the persons whom the point gives something to do: they acknowledge the order.
    """
    rows = [f"{s};" for s in subpoints[:-1]] + [f"{s}." for s in subpoints[-1:]]
    made = {"text": _one_stop(text), "subpoints": [_one_stop(row) for row in rows], "edited": False}
    return made | ({"charged": [p.pk for p in charged]} if charged else {})


def _one_stop(text: str) -> str:
    """«с Убушиевым В. Л.» at the end of a sentence has one full stop, not two."""
    return f"{text[:-1]}" if text.endswith("..") else text


def sentence(text: str) -> str:
    """Return the text with exactly one full stop at its end, unless it ends with another sign."""
    return full_stop(text)


def listed(items: list[str], one: str, many: str) -> dict:
    """Return a point: one item stands in the point itself, several as its subpoints."""
    return point(f"{one} {items[0]}.") if len(items) == 1 else point(f"{many}:", *items)


def by_regulation(school, *clauses: str, labour: bool = False, article: str = "351.8") -> str:
    """Return «В соответствии с пунктами 3.3 и 6.2 Положения …, утверждённого приказом от … № …» (п. 3.1).

    ``labour``: with an article of the Labour Code before it.
    """
    start = f"со {labour_code(article)}, " if labour else "с "
    words = ("пунктом " if len(clauses) == 1 else "пунктами ") + joined(clauses)
    order = ""
    if school.has_regulation:
        order = f", утверждённого приказом {PaperRef(school.regulation_number, school.regulation_date)}"
    return f"В соответствии {start}{words} {REGULATION}{order}"


def minutes(subjects, one: str, many: str) -> str:
    """Return «решения методического совета (протокол от 31.08.2026 № 1)», or an empty string without minutes."""
    papers = sorted({(s.minutes_date, s.minutes_number) for s in subjects if s.minutes_date})
    if not papers:
        return ""
    words = joined([str(PaperRef(number, day)) for day, number in papers])
    single = len(papers) == 1
    return f"{one if single else many} методического совета ({'протокол' if single else 'протоколы'} {words})"


def since(day: date) -> str:
    """Return «с 1 сентября 2026 г.» or «со 2 сентября 2026 г.», as it is said aloud."""
    return f"{'со' if day.day == 2 else 'с'}{NBSP}{rudate(day)}"


def term(start: date, end: date) -> str:
    """Return «на срок с 1 сентября 2026 г. по 30 мая 2027 г.»."""
    return f"на срок {since(start)} по{NBSP}{rudate(end)}"


def past_dates(points: list[dict], today: date) -> list[str]:
    """Return the dates named in the points that have passed, as they are written: such a term cannot be kept."""
    found = []
    for row in points:
        for text in (row["text"], *row["subpoints"]):
            for day, month, year in _DATE.findall(text):
                try:
                    named = date(int(year), MONTHS.index(month) + 1, int(day))
                except ValueError:
                    continue
                if "до" in text and named < today:
                    found.append(rudate(named))
    return list(dict.fromkeys(found))


_TERM = re.compile(
    rf"(?:\bдо|\bна\sсрок\sсо?\s\d{{1,2}}\s\w+\s\d{{4}}\sг\.\sпо)\s(\d{{1,2}})\s({'|'.join(MONTHS)})\s(\d{{4}})\s(?:г\.|года)"
)


def terms_named(points: list[dict]) -> list[date]:
    """Return the last days that the points set, «до 15 декабря 2026 г.» and «на срок с … по …», each once."""
    found = []
    for row in points:
        for text in (row["text"], *row["subpoints"]):
            for day, month, year in _TERM.findall(text):
                with contextlib.suppress(ValueError):  # «до 31 ноября»: the check of the text is about other things
                    found.append(date(int(year), MONTHS.index(month) + 1, int(day)))
    return list(dict.fromkeys(found))


def dative(person) -> str:
    """Return «Басангову О. С.»."""
    return name_in(person, "dative", short=True)


def executor(person, until: str, *tasks: str, role: str = "") -> list[dict]:
    """Return the point that gives somebody tasks until a date; nothing when nobody holds the role.

    «Заместителю директора по учебно-воспитательной работе Улановой Н. С., куратору …, в срок до …» and one task in the
    point itself or several as subpoints.
    """
    if person is None:
        return []
    post = post_of(person)
    if role and "куратор" in post.lower():
        role = ""
    who = f"{post_in(person, post, 'dative')} {dative(person)}" if post else dative(person)
    who = f"{who[:1].upper()}{who[1:]}{f', {role},' if role else ''} {until}"
    return [_charging(who.rstrip(), tasks, [person])]


def _charging(who: str, tasks, charged=()) -> dict:
    if len(tasks) == 1:
        return point(f"{who} {tasks[0]}.", charged=charged)
    return point(f"{who.rstrip(',')}:", *tasks, charged=charged)


def accounting(context, *tasks: str, until: str | None = None) -> list[dict]:
    """Return the point that gives the bookkeeper tasks; where the school has none of its own, «Бухгалтерии».

    ``until`` is empty where the task itself says when: what is paid month by month has no one day.
    """
    when = context.until(5) if until is None else until
    if context.accountant:
        return executor(context.accountant, when, *tasks)
    return [_charging(f"Бухгалтерии {when}".rstrip(), tasks) | {"charged_office": ACCOUNTING}]


_WITH = re.compile(r"(?:[сзшж][бвгджзклмнпрстфхцчшщ]|щ|вс|вт|мн)", re.IGNORECASE)


def with_(words: str) -> str:
    """Return the words after «с» or «со», as it is said: «с отпуском», «со сменой расписания»."""
    return f"{'со' if _WITH.match(words) else 'с'} {words}"


def because(reason: str) -> str:
    """Return «в связи с отпуском», however much of it was typed: «отпуском», «в связи с отпуском.»."""
    words = without_start(reason, "в связи со", "в связи с")
    return f"в связи {with_(words)}"


_ON = re.compile(r"(?:сцен|площад|отделени|кафедр|стадион|базе\b|баз[аы]\b|улиц)", re.IGNORECASE)


def in_place(place: str) -> str:
    """Return «в малом зале школы» of «Малый зал школы»; what already begins with «в» or «на» stays."""
    words = " ".join(place.split()).rstrip(".")
    if re.match(r"(?:в|во|на|по)\s", words, re.IGNORECASE):
        return lower_first(words)
    noun = re.sub(r"^(?:г\.|каб\.).*", "", words)
    said = decline_department(lower_first(noun), "prepositional").replace("большей ", "большой ") if noun else words
    start = "на" if _ON.match(noun.split()[-1] if noun else "") or _ON.match(noun) else "в"
    return f"{start} {said}"


PAPERS = {
    "statement": "заявления",
    "order": "приказа",
    "memo": "служебной записки",
    "notice": "уведомления",
    "withdrawal": "отзыва согласия на обработку персональных данных",
}
"""Papers on which a change rests (``programs.changes.models.Grounded``), in the genitive."""
_IN = "в связи "
_FIRST = re.compile(r"(со?\s.*?)((?:\s(?:по|в|на|из|за|с|со|до|без)\s.*)?)$")
_WHOSE = re.compile(r"\s+(?:наставни\w+|наставляем\w+)$", re.IGNORECASE)


def grounded(changes) -> str:
    """Return «, на основании заявления Эняевой Б. С. от 25.11.2026», or an empty string without papers."""
    found = []
    for change in changes:
        if not change.paper or not change.paper_on:
            continue
        own = change.about and change.paper in ("statement", "notice", "withdrawal")
        whose = f" {name_in(change.about.person, 'genitive', short=True)}" if own else ""
        found.append(f"{PAPERS[change.paper]}{whose} {PaperRef(change.paper_number, change.paper_on)}")
    return f", на основании {joined(list(dict.fromkeys(found)))}" if found else ""


def because_of(change) -> str:
    """Return «в связи с отпуском наставника Эняевой Б. С.»: the typed reason and whose circumstances they are."""
    if not change.about:
        return because(change.reason)
    word = (
        "наставника"
        if change.about.part == "mentor"
        else f"наставляем{'ой' if change.about.person.gender == 'f' else 'ого'}"
    )
    whose = f"{word} {name_in(change.about.person, 'genitive', short=True)}"
    if not change.reason.strip():
        return f"в связи с досрочным отказом {whose} (статья 351.8 {CODE})"
    start, more = _FIRST.match(_WHOSE.sub("", because(change.reason))[len(_IN) :]).groups()  # type: ignore[union-attr]
    return f"{_IN}{start} {whose}{more}"


def without_start(text: str, *starts: str) -> str:
    """Return a typed end of a sentence without the words that the paper puts before it, and without its full stop."""
    words = " ".join(text.split()).rstrip(".;")
    for start in starts:
        if words.lower().startswith(f"{start} "):
            words = words[len(start) :].lstrip(" ,")
    return words


def title(text: str) -> str:
    """Return a title in quotes; quotes inside it become „inner“ ones."""
    inner = text.strip().replace("«", "„").replace("»", "“")
    return f"«{inner}»"
