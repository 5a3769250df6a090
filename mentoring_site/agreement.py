"""Words that agree with a person or a thing: participles, verbs of the past, adjectives (Russian grammar of gender).

The one place that makes «утверждена» of «утверждён»; a suffix is never glued to a word elsewhere. Takes the masculine
word, or a phrase whose first changing word is to agree; ``form`` is «m», «f», «n» (neuter) or «p» (plural).
"""

import re
from functools import lru_cache

FORMS = ("m", "f", "n", "p")

# short adjectives that lose their vowel: согласен – согласна
_FLEETING = {
    "согласен": "согласн",
    "должен": "должн",
    "нужен": "нужн",
    "свободен": "свободн",
    "способен": "способн",
    "известен": "известн",
    "верен": "верн",
    "действителен": "действительн",
}
_WHOLE = {"он": ("она", "оно", "они"), "сам": ("сама", "само", "сами"), "один": ("одна", "одно", "одни")}
# endings of the masculine and what stands instead in the feminine, the neuter and the plural; the first that fits
_ENDINGS = (
    ("шёлся", ("шлась", "шлось", "шлись")),
    ("шёл", ("шла", "шло", "шли")),
    ("щийся", ("щаяся", "щееся", "щиеся")),
    ("вшийся", ("вшаяся", "вшееся", "вшиеся")),
    ("лся", ("лась", "лось", "лись")),
    ("щий", ("щая", "щее", "щие")),
    ("ший", ("шая", "шее", "шие")),
    ("жий", ("жая", "жее", "жие")),
    ("кий", ("кая", "кое", "кие")),
    ("гий", ("гая", "гое", "гие")),
    ("хий", ("хая", "хое", "хие")),
    ("ний", ("няя", "нее", "ние")),
    ("ый", ("ая", "ое", "ые")),
    ("ой", ("ая", "ое", "ые")),
    ("ён", ("ена", "ено", "ены")),
    ("ёл", ("ела", "ело", "ели")),
)
_UNCHANGING = {
    "с",
    "со",
    "в",
    "во",
    "на",
    "по",
    "от",
    "к",
    "о",
    "об",
    "из",
    "за",
    "и",
    "а",
    "но",
    "для",
    "до",
    "при",
    "без",
}
_SKIPPED = {"не", "ещё", "уже", "больше", "пока"}
_WORD = re.compile(r"[а-яё]+", re.IGNORECASE)


@lru_cache(maxsize=1024)
def agreed(phrase: str, form: str) -> str:
    """Return the phrase with its first word, after «не» and «ещё», in the form: «ещё не ознакомлена», «готова к…».

    Raises ValueError for an unknown form, and for a phrase that begins with a preposition: nothing in it can be meant.
    """
    if form not in FORMS:
        raise ValueError(f"Неизвестный род: {form!r}. Бывают: m, f, n (средний), p (множественное число).")
    first = _WORD.search(phrase)
    if first and first[0].lower() in _UNCHANGING:
        raise ValueError(f"Согласовать нечего: «{phrase}» начинается с предлога или союза")
    if form == "m":
        return phrase
    for found in _WORD.finditer(phrase):
        if found[0].lower() not in _SKIPPED:
            return phrase[: found.start()] + _in_form(found[0], FORMS.index(form) - 1) + phrase[found.end() :]
    return phrase


def _in_form(word: str, index: int) -> str:
    lower = word.lower()
    if lower in _WHOLE:
        form = _WHOLE[lower][index]
    elif lower in _FLEETING:
        form = _FLEETING[lower] + "аоы"[index]
    else:
        found = next(((end, forms) for end, forms in _ENDINGS if lower.endswith(end)), None)
        if found:
            form = lower.removesuffix(found[0]) + found[1][index]
        else:
            form = lower + ("и" if lower.endswith("л") and index == 2 else "аоы"[index])
    return form.upper() if word.isupper() and len(word) > 1 else word[:1] + form[1:]
