"""What a template or a hasty hand leaves in a text: «____», «<…>», «название образовательной организации»."""

import re
from collections.abc import Iterable, Iterator

_ORGANISATION = r"(?:образовательной организации|образовательного учреждения|организации|учреждения|школы|ОО|ОУ)"
_LEFTOVERS = (
    re.compile(r"_{3,}"),
    re.compile(r"\b20_{1,2}|«_*»\s*_+"),
    re.compile(r"<[^<>\n]{1,60}>"),
    re.compile(r"\{\{?[^{}\n]{0,60}\}\}?|\{%[^%\n]{0,60}%\}|%\(\w+\)s"),
    re.compile(r"\[[^\]\n]{1,80}\]"),
    re.compile(r"\b(?:[XХ]{3,}|[xх]{3,})\b"),
    re.compile(rf"(?:[Пп]олное |[Кк]раткое )?(?:[Нн]азвание|[Нн]аименование) {_ORGANISATION}\b"),
    re.compile(
        r"\((?:Ф\.?\s?И\.?\s?О\.?|должность|подпись|дата|указать[^)\n]{0,60}|вписать[^)\n]{0,60}|нужное[^)\n]{0,30})\)"
    ),
    re.compile(r"\b(?:ФИО|Ф\. ?И\. ?О\.) (?:наставника|наставляемого|директора|куратора|педагога)\b"),
    re.compile(r"[Ll]orem ipsum"),
    re.compile(r"\?{3,}|\bTODO\b"),
)


def leftovers(text: str) -> Iterator[str]:
    """Yield what is left of a template in a text, each once."""
    seen: set[str] = set()
    for pattern in _LEFTOVERS:
        for found in pattern.finditer(text):
            words = found[0].strip()
            if words not in seen and not any(words in other for other in seen):
                seen.add(words)
                yield words


_SCHOOL = re.compile(r"(?:учреждени\w+[^«»;,.\n]{0,60}|\b[МГАБ]?[АБК]?О?У ДО )«([^«»\n]{3,80})»")


def other_schools(text: str, current: Iterable[str]) -> Iterator[str]:
    """Yield the names of institutions in a local act of the school that are none of its own: a text of another one."""
    now = [_flat(name) for name in current]
    for name in dict.fromkeys(_SCHOOL.findall(text)):
        if not any(_flat(name) in present for present in now):
            yield name


def former_names(text: str, former: Iterable[str], current: Iterable[str]) -> Iterator[str]:
    """Yield the names that the school had before and the text still uses.

    A former name that is part of a present one is none: «Школа искусств» in «Городская школа искусств» is that school.
    """
    flat, now = _flat(text), [_flat(name) for name in current]
    for name in dict.fromkeys(former):
        old = _flat(name)
        if len(old) > 5 and old in flat and not any(old in present for present in now):
            yield name


def _flat(text: str) -> str:
    return re.sub(r"№\s*", "№", " ".join(text.split())).lower().replace("ё", "е")
