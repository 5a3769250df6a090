"""Turns of phrase of papers: citations, deadlines, executors, lists.

One place for all citations (docs/law.md#orders-text).
"""

import re
from datetime import date

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import MONTHS, NBSP, full_stop, joined, rudate
from people.language.declension import name_in, post_in, post_of
from roadmap.legal_base.citing import cite

REGULATION = "Положения о системе наставничества педагогических работников"
CONTROL = "Контроль за исполнением настоящего приказа оставляю за собой."
CURATOR = "куратору реализации программ наставничества"
_DATE = re.compile(rf"\b(\d{{1,2}})\s({'|'.join(MONTHS)})\s(\d{{4}})\s(?:г\.|года)")


def labour_code() -> str:
    """«статьёй 351.8 Трудового кодекса Российской Федерации», from the legal base."""
    return cite("labour_code", "instrumental", "351.8")


def point(text: str, *subpoints: str) -> dict:
    """Return one numbered point as the paper's template takes it; subpoints end with «;», the last one with «.»."""
    rows = [f"{s};" for s in subpoints[:-1]] + [f"{s}." for s in subpoints[-1:]]
    return {"text": _one_stop(text), "subpoints": [_one_stop(row) for row in rows], "edited": False}


def _one_stop(text: str) -> str:
    """«с Убушиевым В. Л.» at the end of a sentence has one full stop, not two."""
    return f"{text[:-1]}" if text.endswith("..") else text


def sentence(text: str) -> str:
    """Return the text with exactly one full stop at its end, unless it ends with another sign."""
    return full_stop(text)


def listed(items: list[str], one: str, many: str) -> dict:
    """Return a point: one item stands in the point itself, several as its subpoints."""
    return point(f"{one} {items[0]}.") if len(items) == 1 else point(f"{many}:", *items)


def by_regulation(school, *clauses: str, labour: bool = False) -> str:
    """Return «В соответствии с пунктами 3.3 и 6.2 Положения …, утверждённого приказом от … № …» (п. 3.1)."""
    start = f"со {labour_code()}, " if labour else "с "
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
    return [point(f"{who} {tasks[0]}.") if len(tasks) == 1 else point(f"{who}:", *tasks)]


def title(text: str) -> str:
    """Return a title in quotes; quotes inside it become „inner“ ones."""
    inner = text.strip().replace("«", "„").replace("»", "“")
    return f"«{inner}»"
