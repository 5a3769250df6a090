"""Finds citations of normative acts in a text and compares them with the records of the legal base (п. 1.1).

A citation is a number after «№» that follows the words of an act («Федеральный закон», «Указ Президента», «приказ
Министерства …»), a number of a federal law by itself («152-ФЗ»), or a code («ст. 351.8 ТК РФ»). Papers of the school
itself («приказ № 38-од», «протокол № 1») are no acts. Errors seen in real papers: a wrong article (358.1 for 351.8),
another date, a number without its letter.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as day_of_calendar

from mentoring_site.russian import MONTHS, rushort
from people.school.models import School
from roadmap.legal_base.models import LegalAct

_DATE = rf"(\d{{1,2}})(?:\.(\d{{2}})\.|\s({'|'.join(MONTHS)})\s)(\d{{4}})(?:\s?(?:г\.|года))?"
_NUMBER = re.compile(r"№\s?(?P<number>[\w./-]*\d[\w./-]*)")
_LAW = re.compile(r"(?<![\w-])(?P<number>\d{1,4}-ФК?З)\b")
_BEFORE = re.compile(rf"\bот\s{_DATE}\s*$")
_AFTER = re.compile(rf"^(?:[^№;.]{{0,120}}№\s?[\w./-]+)?\s*\)?\s*от\s{_DATE}")
_SENTENCE = re.compile(r"[;\n]|(?<=[\w»)])\.\s+(?=[А-ЯЁ])")
_OF_STATE = (
    r"закон\w*|указ(?:а|у|ом|е|ы|ов|ам|ами|ах)?|постановлени\w+|распоряжени\w+\s(?:Прав|Мин|Глав|Адм)\w+"
    r"|(?:совместн\w+\s)?письм\w+\s(?:Мин|Деп|Рос|Фед|Упр)\w+"
    r"|приказ\w*\s(?:Мин|Рос|Фед|Деп|Упр|Ком|Сл)\w+|решени\w+\s(?:Собр|Совета\sдеп|Рос)\w+"
)
_KIND = re.compile(
    rf"(?P<state>\b(?:{_OF_STATE})\b)"
    r"|(?P<own>\b(?:приказ|протокол|договор|соглашени|приложени|распоряжени|письм|решени|выписк|акт|прилож)\w*)",
    re.IGNORECASE,
)
_ARTICLES = r"(?P<articles>\d+(?:\.\d+)?(?:(?:\s*,\s*|\s+и\s+)\d+(?:\.\d+)?)*)"
_ARTICLE = rf"(?:стат(?:ья|ьи|ье|ью|ьёй|ьей|ей|ьям|ьями|ьях)|ст\.)\s*{_ARTICLES}"
_ARTICLE_BEFORE = re.compile(
    rf"{_ARTICLE}\s+(?:Федеральн\w+\s)?(?:закон\w*\s)?(?:«[^»]{{0,200}}»\s)?(?:от\s{_DATE}\s*)?(?:№\s?)?$",
    re.IGNORECASE,
)
_SHORT = {"ТК": "трудов", "ГК": "гражданск", "НК": "налогов", "БК": "бюджетн", "СК": "семейн", "УК": "уголовн"}
_CODE_NAME = (
    r"(?P<name>[А-ЯЁ][а-яё]+)(?:ого|его|ому|ему|ым|им|ом|ый|ий)\s[Кк]одекс(?:а|у|ом|е)?"
    r"(?:\s(?:Российской\sФедерации|РФ))?"
)
_CODE = rf"(?:{_CODE_NAME}|(?P<short>{'|'.join(_SHORT)})(?:\sРФ)?)\b"
_NAMED_CODE = rf"(?:{_CODE_NAME}|(?P<short>{'|'.join(_SHORT)})\sРФ)\b"  # without an article «СК» may be anything
_CODES = (
    re.compile(rf"{_ARTICLE}\s+{_CODE}"),
    re.compile(rf"(?<![\w-]){_CODE},?\s+{_ARTICLE}".replace("ст\\.)", "ст\\.|)")),
    re.compile(rf"(?<![\w-]){_NAMED_CODE}"),
)


@dataclass(frozen=True)
class Citation:
    """One citation: the words of the text, the number or the code, the date, the articles, and where it stands."""

    words: str
    start: int
    end: int
    number: str = ""
    date: day_of_calendar | None = None
    code: str = ""  # the beginning of a code's name: «трудов»
    articles: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Return the text with every kind of space as one of the same width, so that places stay what they are."""
    return re.sub(r"[^\S\n]", " ", text)


def found_in(text: str) -> list[Citation]:
    """Return the citations of normative acts in the order of the text."""
    text = plain(text)
    found: list[Citation] = []
    for citation in [*_codes(text), *_numbered(text)]:
        if all(citation.end <= other.start or citation.start >= other.end for other in found):
            found.append(citation)
    return sorted(found, key=lambda citation: citation.start)


def _codes(text: str) -> Iterator[Citation]:
    for pattern in _CODES:
        for match in pattern.finditer(text):
            known = match.groupdict()
            code = _SHORT[known["short"]] if known["short"] else known["name"].lower()
            articles = re.findall(r"\d+(?:\.\d+)?", known.get("articles") or "")
            yield Citation(match[0], match.start(), match.end(), code=code, articles=tuple(articles))


def _numbered(text: str) -> Iterator[Citation]:
    ends = 0
    for match in sorted([*_NUMBER.finditer(text), *_LAW.finditer(text)], key=lambda m: (m.start(), -m.end())):
        if match.start() < ends:
            continue
        begins = max((m.end() for m in _SENTENCE.finditer(text, 0, match.start())), default=0)
        before, after = text[max(begins, match.start() - 300) : match.start()], text[match.end() : match.end() + 160]
        if not _is_act(before, match["number"]):
            continue
        ends = match.end()
        day = _BEFORE.search(before) or _AFTER.search(after)
        article = _ARTICLE_BEFORE.search(before)
        articles = tuple(re.findall(r"\d+(?:\.\d+)?", article["articles"])) if article else ()
        yield Citation(
            f"№ {match['number']}",
            match.start(),
            match.end(),
            number=match["number"].rstrip(".-/"),
            date=_day(day.groups()[-4:]) if day else None,
            articles=articles,
        )


def _is_act(before: str, number: str) -> bool:
    """Whether a number belongs to an act of the state: by its own form, or by the last words before it."""
    if re.search(r"-ФК?З$", number):
        return True
    kinds = list(_KIND.finditer(before))
    return bool(kinds and kinds[-1]["state"])


def _day(parts: tuple[str, ...]) -> day_of_calendar | None:
    day, month, word, year = parts
    try:
        return day_of_calendar(int(year), int(month or MONTHS.index(word) + 1), int(day))
    except ValueError:
        return None


@dataclass(frozen=True)
class Problem:
    """What is wrong with a citation, and the act of the legal base that it is or seems to be."""

    citation: Citation
    kind: str  # «absent», «ended», «article», «date», «doubt»
    words: str
    act: LegalAct | None = None


def numbers_of(act: LegalAct) -> list[str]:
    """Return the numbers of an act: a joint letter has two."""
    return [_bare(part) for part in re.split(r",\s|\sи\s", act.number) if part]


def _bare(number: str) -> str:
    return number.replace(" ", "").replace("№", "").lower()


class Base:
    """The acts of the school's legal base, read once for a paper."""

    def __init__(self, acts: Iterable[LegalAct]):
        self.acts = list(acts)

    @classmethod
    def of_school(cls, school: School | None = None) -> "Base":
        """Return the base of the school; ``school`` saves the question for it."""
        return cls(LegalAct.objects.of_school(school).select_related("replaced_by"))

    def act_of(self, citation: Citation) -> LegalAct | None:
        """Return the act that a citation means: of several with one number that of the date."""
        if citation.code:
            codes = (act for act in self.acts if act.is_code and act.title.lower().startswith(citation.code))
            return next(codes, None)
        same = [act for act in self.acts if _bare(citation.number) in numbers_of(act)]
        return next((act for act in same if act.date == citation.date), same[0] if same else None)

    def problems(self, text: str, day: day_of_calendar) -> list[Problem]:
        """Return what is wrong with the citations of a text on the day on which its paper is signed."""
        return [problem for citation in found_in(text) for problem in self.problems_of(citation, day)]

    def problems_of(self, citation: Citation, day: day_of_calendar) -> Iterator[Problem]:
        """Yield what is wrong with one citation."""
        act = self.act_of(citation)
        if act is None:
            like = self._like(citation)
            hint = f", похоже на {like.short_name}" if like else ""
            yield Problem(citation, "absent", f"акта «{citation.words}» в правовой базе нет{hint}", like)
            if like and like.has_open_doubt and _digits(citation.number) in {_digits(n) for n in numbers_of(like)}:
                yield _doubt(citation, like)  # «3273» is the very thing that is doubtful about 3273-р
            return
        if citation.date and act.date and citation.date != act.date:
            words = f"{citation.words} — в тексте от {rushort(citation.date)}, в правовой базе {act.short_name}"
            yield Problem(citation, "date", words, act)
        if not act.in_force_on(day):
            yield Problem(citation, "ended", f"«{citation.words}»: {_not_in_force(act, day)}", act)
        yield from self._articles(citation, act, day)
        if act.has_open_doubt:
            yield _doubt(citation, act)

    def _articles(self, citation: Citation, act: LegalAct, day: day_of_calendar) -> Iterator[Problem]:
        known = {article.number: article for article in act.article_list}
        for number in citation.articles if known else ():
            if number not in known:
                like = next((n for n in known if sorted(n) == sorted(number)), "")
                hint = f"; похоже на статью {like}" if like else ""
                words = f"«{citation.words}»: статьи {number} в правовой базе нет{hint}"
                yield Problem(citation, "article", words, act)
            elif not known[number].in_force_on(day):
                words = f"«{citation.words}»: статья {number} {rushort(day)} не действует"
                yield Problem(citation, "article", words, act)

    def _like(self, citation: Citation) -> LegalAct | None:
        """Return an act of the same date, or one whose number begins so: «3273» and «3273-р»."""
        same_day = (act for act in self.acts if citation.date and act.date == citation.date)
        bare = _digits(citation.number)
        same_number = (a for a in self.acts if bare and bare in {_digits(n) for n in numbers_of(a)})
        return next(same_number, None) or next(same_day, None)


def _doubt(citation: Citation, act: LegalAct) -> Problem:
    return Problem(citation, "doubt", f"«{citation.words}»: сомнение не решено. {act.doubt}", act)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _not_in_force(act: LegalAct, day: day_of_calendar) -> str:
    if act.since and day < act.since:
        return f"{act.short_name} действует только с {rushort(act.since)}"
    ended = rushort(act.ends_on) if act.ends_on else ""
    following = f", вместо него {act.replaced_by.short_name}" if act.replaced_by else ""
    return f"{act.short_name} не действует с {ended}{following}"
