"""Posts (должности) and departments in their cases: the head noun and its adjectives change, everything
after them stays.

«заместителю директора по учебно-воспитательной работе», «педагогу-организатору», «заведующей отделением»
(docs/law.md#names-and-posts). pymorphy3 is loaded with the first declension only. A title is always shown
to a person before signing and may be overridden.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from people.language.dictionary import analyzer
from people.language.names import CASES, GENDERS

_GRAMMEMES = {
    "genitive": "gent",
    "dative": "datv",
    "accusative": "accs",
    "instrumental": "ablt",
    "prepositional": "loct",
}
# first parts of a hyphenated title which stay: «вице-президента», «арт-директора»
_FIXED_FIRST_PARTS = frozenset(
    {"вице", "пресс", "бизнес", "арт", "веб", "экс", "обер", "штаб", "топ", "медиа", "контент", "шоу"}
)
# titles in the form of an active participle, which take the sex of the holder
_SUBSTANTIVES = {
    "заведующий": "заведующая",
    "замещающий": "замещающая",
    "исполняющий": "исполняющая",
    "управляющий": "управляющая",
}
_LIKE_PARTICIPLES = frozenset({*_SUBSTANTIVES, *_SUBSTANTIVES.values()})
_WORD = re.compile(r"^(?P<before>[«\"(]*)(?P<word>[А-Яа-яЁё-]+)(?P<after>[,;)»\"]*)$")
_PIECES = re.compile(r"([А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*)")
_SPACED_HYPHEN = re.compile(r"(?P<word>[А-Яа-яЁё-]+)\s+-\s+(?=[А-Яа-яЁё])")
_NEXT_TITLE = re.compile(r"\s*(?:[,;]|/|[(]|[)]\s*|\s[—–])\s*")
_ACTING = re.compile(r"^(вр\.?\s?)?и(?:\.\s?|/)?о\.?\s+(?=\w)", re.IGNORECASE)
_OF_ACTING = r"(?<=обязанности )"
_WHOLE = [
    (re.compile(pattern, re.IGNORECASE), whole)
    for pattern, whole in (
        (_OF_ACTING + r"зам(?:\.\s*|\s+)(?=[а-я])", "заместителя "),
        (_OF_ACTING + r"зав(?:\.\s*|\s+)(?=[а-я])", "заведующего "),
        (_OF_ACTING + r"гл\.\s*(?=[а-я])", "главного "),
        (_OF_ACTING + r"ст\.\s*(?=преп|конц|метод|педаг)", "старшего "),
        (_OF_ACTING + r"худ\.\s?рук\.?(?=$|\s)\s*", "художественного руководителя "),
        (_OF_ACTING + r"рук\.\s*(?=[а-я])", "руководителя "),
        (r"(?<=[а-яё])(?:\s+-|-\s+)(?=[а-яё])", "-"),
        (r"\bзам(?:\.\s*|\s+)(?=[а-я])", "заместитель "),
        (r"(?<=заместитель |заместителя )зав(?:\.\s*|\s+)(?=[а-я])", "заведующего "),
        (r"\bзав(?:\.\s*|\s+)(?=[а-я])", "заведующий "),
        (r"(?<=заведующий )отд\.", "отделением"),
        (r"(?<=заведующего )отд\.", "отделением"),
        (r"(?<=заместителя |заместитель )дир\.\s*", "директора "),
        (r"^дир\.\s*(?=$|[а-я])", "директор "),
        (r"^гл\.\s*(?=[а-я])", "главный "),
        (r"^ст\.\s*(?=преп|конц|метод|педаг)", "старший "),
        (r"^худ\.\s?рук\.?(?=$|\s)\s*", "художественный руководитель "),
        (r"^рук\.\s*(?=[а-я])", "руководитель "),
        (r"\bпреп-ль(?=$|\W)", "преподаватель"),
        (r"\bконц(?:ертм)?-р(?=$|\W)", "концертмейстер"),
        (r"\bпреп(?:од)?(?:(?:\.\s*|\s+|$)(?=[а-я(]|$)|\.?(?=\s?[,;/+]))", "преподаватель "),
        (r"\bконц(?:ертм)?(?:(?:\.\s*|$)(?=[а-я(]|$)|\.?(?=\s?[,;/+]))", "концертмейстер "),
        (r"\bмастер п\s?/\s?о\b", "мастер производственного обучения"),
        (r"\bдоп\.\s*обр(?:\.|азования)", "дополнительного образования"),
        (r"\bпо кл\.\s*", "по классу "),
        (r"\bф(?:орт)?-но\b", "фортепиано"),
        (r"\bмуз\.-?\s*теор(?:ет)?\.\s*", "музыкально-теоретических "),
        (r"\bтеор\.\s*(?=дисц)", "теоретических "),
        (r"\bдисц\.", "дисциплин"),
        (r"\s+(?=[,;)]|/\S|$)", ""),
    )
]


def written_out(post: str) -> str:
    """A post in whole words, as papers print it: «преп. по кл. ф-но», «и. о. зав. отделением».

    One rule for the form and for a list that is loaded. The case of letters stays.
    """
    whole = in_full(post)
    for pattern, words in _WHOLE:
        whole = pattern.sub(words, whole)
    whole = _SPACED_HYPHEN.sub(_joined, whole)
    if len(post) > 1 and post.isupper() and not whole.isupper():
        return whole.upper()
    return whole[:1].upper() + whole[1:] if post[:1].isupper() else whole


def _joined(found: re.Match) -> str:
    """«педагог - организатор» is one title with a hyphen; after a tail stands a dash («дисциплин – методист»)."""
    return found["word"] + ("-" if _noun(found["word"].lower()) else " – ")


def in_full(post: str) -> str:
    """Return the post without «и. о.» and «врио»: papers say «исполняющий обязанности» (ГОСТ Р 7.0.97-2025)."""
    found = _ACTING.match(post or "")
    if not found:
        return post
    words = "временно исполняющий обязанности" if found[1] else "исполняющий обязанности"
    return f"{words[:1].upper() if post[0].isupper() else words[:1]}{words[1:]} {post[found.end() :]}"


def decline_post(post: str, case: str, gender: str = "m", overrides: Mapping[str, str] | None = None) -> str:
    """A post in a case.

    Takes the title in the nominative, ``case`` of ``people.language.names.CASES``, the sex of the holder (it matters
    only for «заведующий» and «исполняющий обязанности»: their oblique cases follow it, the title itself is never
    rewritten) and forms that replace ours: ``{"dative": "…"}``. Returns the title with its letter case kept and
    its abbreviations written out; unknown words stay. Raises ValueError for an unknown case or gender.
    """
    if case not in CASES:
        raise ValueError(f"Неизвестный падеж: {case!r}. Бывают: {', '.join(CASES)}.")
    if gender not in GENDERS:
        raise ValueError(f"Неизвестный пол: {gender!r}. Бывают: m (мужской), f (женский).")
    replaced = str((overrides or {}).get(case) or "").strip()
    return replaced or _decline(str(post or "").strip(), case, gender)


def decline_department(name: str, case: str, overrides: Mapping[str, str] | None = None) -> str:
    """A department in a case: «фортепианного отделения», «отделению народных инструментов».

    The first noun and the adjectives before it change, everything after it stays. Takes the name in the nominative,
    ``case`` of ``people.language.names.CASES`` and forms that replace ours. A name that has no such noun («Фортепиано»)
    stays. Raises ValueError for an unknown case.
    """
    if case not in CASES:
        raise ValueError(f"Неизвестный падеж: {case!r}. Бывают: {', '.join(CASES)}.")
    replaced = str((overrides or {}).get(case) or "").strip()
    return replaced or _decline_thing(str(name or "").strip(), case)


@lru_cache(maxsize=512)
def _decline_thing(name: str, case: str) -> str:
    words = name.split()
    end = 0
    while end < len(words) and not _thing(_bare(words[end])) and _adjective(_bare(words[end])):
        end += 1
    head = _thing(_bare(words[end])) if end < len(words) else None
    if case == "nominative" or head is None:
        return name
    for index in range(end + 1):
        found = _WORD.match(words[index])
        word = found["word"].lower()
        if index == end:
            form = _inflect(head, word, case)
        elif case == "accusative" and head.tag.gender == "masc":
            form = word  # «на народный отдел»: a thing, not a person
        else:
            form = _inflect(_adjective(word), word, case)
        words[index] = found["before"] + _like(found["word"], form) + found["after"]
    return " ".join(words)


def _thing(word: str) -> Any:
    """Parse of a noun that is no living being."""
    return _parse(word, "inan", any_of=("NOUN",))


@lru_cache(maxsize=2048)
def _decline(post: str, case: str, gender: str) -> str:
    if case == "nominative":
        return post
    pieces = _PIECES.split(written_out(post))
    words, between = pieces[1::2], pieces[0::2]  # between[n] stands before words[n]
    start: int | None = 0
    while start is not None and (end := _phrase_end(words, between, start)) is not None:
        # an adjective before «управляющий» has decided its gender, an adverb has not
        decided = any(_adjective(word.lower()) for word in words[start:end])
        for index in range(start, end):
            words[index] = _inflected(words[index], case, "m" if decided else gender)
        agreeing = _agrees_after(words, between, end)
        words[end] = _inflected(words[end], case, "m" if decided else gender, is_head=True)
        if agreeing:
            words[end + 1] = _inflected(words[end + 1], case, gender)
        start = _next_phrase(words, between, end)
    return "".join(piece for pair in zip(between, [*words, ""], strict=True) for piece in pair)


def _phrase_end(words: list[str], between: list[str], start: int) -> int | None:
    """Index of the head of the noun phrase which begins at ``start``: adverbs and adjectives may stand before it.

    «старший» and «ведущий» are nouns of the dictionary too: before another word of the phrase they are adjectives. An
    adjective without a noun is a head itself at the beginning of a title: «ответственный за…», «наставляемая».
    """
    for index in range(start, len(words)):
        word, following = words[index].lower(), _following(words, between, index)
        agreeing = _adjective(following) or following in _LIKE_PARTICIPLES
        if agreeing and _adverb(word):
            continue
        if _adjective(word) and (_noun(following) or agreeing):
            continue
        if word in _LIKE_PARTICIPLES or _noun(word):
            return index
        alone = _adjective(word) and (start == 0 or not _thing(following))
        return index if alone and all(_adverb(before.lower()) for before in words[start:index]) else None
    return None


def _following(words: list[str], between: list[str], index: int) -> str:
    """The next word of the same phrase: nothing but a space stands before it."""
    same = index + 1 < len(words) and not between[index + 1].strip()
    return words[index + 1].lower() if same else ""


def _agrees_after(words: list[str], between: list[str], head: int) -> bool:
    """Whether an adjective after the head noun agrees with it: «кассир билетный», «сестра медицинская».

    «-ой» is the genitive of a tail: «председатель цикловой комиссии».
    """
    following = _following(words, between, head)
    if following.endswith("ой") or (following and _following(words, between, head + 1)):
        return False
    noun, adjective = _noun(words[head].lower()), _adjective(following)
    return bool(noun and adjective and noun.tag.gender == adjective.tag.gender)


def _next_phrase(words: list[str], between: list[str], end: int) -> int | None:
    """Where a second title begins: «преподаватель, концертмейстер», «преподаватель/концертмейстер», «преподаватель
    (концертмейстер)», «преподаватель по классу баяна и концертмейстер».

    It must be a living being in the nominative, so that a tail («пианино и роялей») is never taken for a title.
    """
    for index in range(end + 1, len(words)):
        joined_by_and = words[index - 1] == "и"
        if not joined_by_and and not _NEXT_TITLE.fullmatch(between[index]):
            continue
        head = _phrase_end(words, between, index)
        if head is not None and not (joined_by_and and not _noun(words[head].lower())):
            return index
    return None


def _bare(word: str) -> str:
    found = _WORD.match(word)
    return found["word"].lower() if found and not found["before"] else ""


def _parse(word: str, *required: str, any_of: tuple[str, ...]) -> Any:
    """The first parse of a word in the nominative singular with these grammemes, or None."""
    if not word or word.startswith("-") or word.endswith("-"):
        return None
    for parse in analyzer().parse(word):
        tag = parse.tag
        named = {"Name", "Surn", "Patr", "Geox", "Abbr"} & tag.grammemes
        fits = {"nomn", "sing", *required} <= tag.grammemes and not named
        if fits and tag.POS in any_of:
            return parse
    return None


def _noun(word: str) -> Any:
    """Parse of a living noun: the last part of a hyphenated title decides."""
    return _parse(word.rsplit("-", 1)[-1], "anim", any_of=("NOUN",))


def _adjective(word: str) -> Any:
    return _parse(word, any_of=("ADJF", "PRTF"))


def _adverb(word: str) -> bool:
    return bool(word) and any(parse.tag.POS == "ADVB" for parse in analyzer().parse(word))


def _inflected(word: str, case: str, gender: str, is_head: bool = False) -> str:
    """One word of a title in its case."""
    lower = word.lower()
    if lower in _LIKE_PARTICIPLES:
        form = _substantive(lower, case, gender)
    elif is_head and _noun(lower):
        form = _hyphenated(lower, case)
    else:
        form = _inflect(_adjective(lower), lower, case)
    return _like(word, form)


def _substantive(word: str, case: str, gender: str) -> str:
    """«заведующий», «исполняющий»: like an adjective, in the sex of the holder."""
    word = _SUBSTANTIVES.get(word, word) if gender == "f" else word
    return _inflect(_parse(word, any_of=("PRTF",)), word, case)


def _hyphenated(word: str, case: str) -> str:
    *before, last = word.split("-")
    parts = [part if part in _FIXED_FIRST_PARTS else _inflect(_living(part), part, case) for part in before]
    return "-".join([*parts, _inflect(_living(last), last, case)])


def _living(part: str) -> Any:
    return _parse(part, "anim", any_of=("NOUN",))


def _inflect(parse: Any, word: str, case: str) -> str:
    """The word in the case; е typed without dots stays without dots."""
    if parse is None:
        return word
    wanted = {_GRAMMEMES[case], "sing"}
    if case == "accusative" and parse.tag.POS in {"ADJF", "PRTF"} and parse.tag.gender == "masc":
        wanted = {_GRAMMEMES["genitive"], "sing"}
    changed = parse.inflect(wanted)
    if changed is None:
        return word
    form = changed.word
    return "".join(
        "е" if letter == "ё" and word[index : index + 1] == "е" else letter for index, letter in enumerate(form)
    )


def _like(word: str, form: str) -> str:
    if len(word) > 1 and word.isupper():
        return form.upper()
    same = 0
    while same < min(len(word), len(form)) and word[same].lower() == form[same]:
        same += 1
    return word[:same] + form[same:]
