"""Our own rules of declension, asked before pytrovich.

pytrovich knows the common endings well; it is wrong with two-part surnames of which one is a given name, stressed
hushing endings, indeclinable names and some rare types. Every function here takes one lower-case word and returns a
paradigm or ``None``, which means "pytrovich knows better".
"""

from typing import NamedTuple

VOWELS = frozenset("аеёиоуыэюяәөү")
HUSHING = frozenset("жшчщ")
BACK = frozenset("гкх")


class Paradigm(NamedTuple):
    """How a word changes: cut so many letters, add the ending of the case."""

    cut: int
    endings: tuple[str, ...]

    def form(self, word: str, index: int) -> str:
        """The form of ``word`` in the case ``index`` (0 genitive … 4 prepositional)."""
        return word[: len(word) - self.cut] + self.endings[index]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _paradigm(cut: int, endings: str) -> Paradigm:
    return Paradigm(cut, tuple(endings.split()))


STAYS = Paradigm(0, ("",) * 5)

# nouns in a consonant, -ь, -й
HARD = _paradigm(0, "а у а ом е")
HUSH = _paradigm(0, "а у а ем е")
HUSH_STRESSED = HARD
SOFT = _paradigm(1, "я ю я ем е")
SOFT_IY = _paradigm(1, "я ю я ем и")
FLEETING_EY = _paradigm(2, "ья ью ья ьем ье")
FLEETING_EC_STRESSED = _paradigm(2, "ца цу ца цом це")
FEMALE_SOFT = Paradigm(1, ("и", "и", "ь", "ью", "и"))
# nouns in -а, -я
A_HARD = _paradigm(1, "ы е у ой е")
A_BACK = _paradigm(1, "и е у ой е")
A_HUSH = _paradigm(1, "и е у ей е")
A_TS = _paradigm(1, "ы е у ей е")
YA = _paradigm(1, "и е ю ей е")
IYA = _paradigm(1, "и и ю ей и")
# adjectives and possessives
ADJECTIVE = _paradigm(2, "ого ому ого ым ом")
ADJECTIVE_BACK = _paradigm(2, "ого ому ого им ом")
ADJECTIVE_SOFT = _paradigm(2, "его ему его им ем")
ADJECTIVE_F = _paradigm(2, "ой ой ую ой ой")
ADJECTIVE_F_HUSH = _paradigm(2, "ей ей ую ей ей")
ADJECTIVE_F_SOFT = _paradigm(2, "ей ей юю ей ей")
SLAVIC_F = _paradigm(1, "ой ой ую ой ой")
POSSESSIVE = _paradigm(0, "а у а ым е")
POSSESSIVE_F = _paradigm(1, "ой ой у ой ой")

# French surnames with the stress on the last vowel, and plurals
INDECLINABLE_SURNAMES = _words("дюма тома дега люка ферма петипа гамарра шандра скаля каруана золя труайя бенуа ворота")
STRESSED_HUSH_SURNAMES = _words(
    "лукич фомич кузьмич козьмич ильич хомич ёрш ерш ковш грош шиш швец жнец чтец жрец кузнец стриж мураш"
)
STRESSED_HUSH_A = _words("ханжа левша душа свеча лапша паша саранча епанча каланча межа ходжа")
NOUNS_IN_OY = _words("герой прибой разбой покой устой застой водопой запой перебой отбой")
FLEETING_EC_SURNAMES = _words("донец чернец близнец жеребец стрелец борец мудрец слепец гордец храбрец купец")
FLEETING_EY_SURNAMES = _words("соловей воробей муравей")
# surnames in -ин which are not Russian possessives: -ом in the instrumental
FOREIGN_IN = _words("дарвин чаплин франклин мерлин регин остин кронин лоуэлин")
# women's surnames which are nouns, not possessives of a man's surname in -ин
NOUNS_IN_INA = _words("калина малина рябина осина")

STRESSED_PATRONYMICS = _words("лукич фомич кузьмич козьмич косьмич ильич хомич")
FOREIGN_PATRONYMIC_WORDS = _words("оглы оглу углы угли улы уулу кызы кизи кизы гызы")
FOREIGN_PATRONYMIC_ENDINGS = ("оглы", "оглу", "угли", "углы", "кызы", "кизи", "гызы", "уулу", "зода", "заде")

FRENCH_FEMALE_NAMES = _words("николь мишель")
STRESSED_IYA_NAMES = _words("алия альфия асия галия гульфия зульфия")
# the first of two given names which stays as it is: Жан-Жака
FOREIGN_FIRST_OF_TWO = _words("жан пьер поль ги")

_SURNAME_ENDINGS = {
    "m": ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий"),
    "f": ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая"),
}


def vowels(word: str) -> int:
    """How many syllables ``word`` has."""
    return sum(letter in VOWELS for letter in word)


def surname_part_declines(part: str, gender: str) -> bool:
    """Whether a part of a hyphenated surname before the last one declines: only if it ends like a surname.

    «Римского-Корсакова», but «Амур-Санана» and «Санджи-Горяевой»: a given name inside a surname stays.
    """
    if not part.endswith(_SURNAME_ENDINGS[gender]):
        return False
    return vowels(part) > (1 if gender == "m" else 2) or part.startswith("львов")


def noun_in_a(word: str, stressed: bool = False) -> Paradigm:
    """Paradigm of a noun in -а or -я; ``stressed`` is about the ending after a hushing letter."""
    before = word[-2:-1]
    if word.endswith("я"):
        return IYA if before == "и" else YA
    if before in VOWELS:
        return STAYS
    if before in BACK or (before in HUSHING and stressed):
        return A_BACK
    if before in HUSHING:
        return A_HUSH
    return A_TS if before == "ц" else A_HARD


def surname(word: str, gender: str) -> Paradigm | None:
    """Paradigm of a surname (the last part of a hyphenated one), or ``None`` for pytrovich."""
    if word in INDECLINABLE_SURNAMES or (word[-1] in VOWELS and word[-1] not in "ая"):
        return STAYS
    if word[-1] not in VOWELS:
        return STAYS if gender == "f" else _surname_in_consonant(word)
    return (_feminine(word) if gender == "f" else None) or noun_in_a(word, word in STRESSED_HUSH_A)


def _feminine(word: str) -> Paradigm | None:
    """Adjective or possessive surname of a woman; ``None`` for a noun."""
    if word.endswith("яя"):
        return ADJECTIVE_F_SOFT
    if word.endswith("ая") and (vowels(word) > 2 or word == "злая"):
        hush = word[-3] in HUSHING and word not in {"большая", "меньшая", "чужая"}
        return ADJECTIVE_F_HUSH if hush else ADJECTIVE_F
    if word.endswith(("ьска", "нска", "вска", "цка")):
        return SLAVIC_F
    possessive = word.endswith(("ова", "ева", "ёва", "ина", "ына")) and word not in NOUNS_IN_INA
    return POSSESSIVE_F if possessive and (vowels(word) > 2 or word == "львова") else None


def _surname_in_consonant(word: str) -> Paradigm | None:
    """Surname of a man in a consonant, -ь or -й."""
    single = vowels(word) < 2
    if word.endswith(("их", "ых")):
        return HARD if single or word.endswith(("рих", "лих")) else STAYS
    if word.endswith("й"):
        return _surname_in_iy(word, single)
    if word.endswith("ь"):
        return SOFT
    if word.endswith("в"):
        possessive = word.endswith(("ов", "ев", "ёв")) and (not single or word == "львов")
        return POSSESSIVE if possessive else HARD
    if word.endswith("н"):
        possessive = word.endswith(("ин", "ын")) and not single and word not in FOREIGN_IN
        return POSSESSIVE if possessive else HARD
    if word in FLEETING_EC_SURNAMES:
        return FLEETING_EC_STRESSED
    if word in STRESSED_HUSH_SURNAMES or (single and word[-1] in "жчщ") or word.endswith("ач"):
        return HUSH_STRESSED
    return HUSH if word[-1] in HUSHING or word.endswith("яц") else None


def _surname_in_iy(word: str, single: bool) -> Paradigm | None:
    """Surname of a man in -й: adjective (Толстой, Горький) or noun (Цой, Гай, Палий)."""
    before = word[-3:-2]
    if word in FLEETING_EY_SURNAMES:
        return FLEETING_EY
    if word == "злой" or (word.endswith("ой") and not single and word not in NOUNS_IN_OY):
        return ADJECTIVE_BACK if before in BACK | HUSHING else ADJECTIVE
    if word.endswith("ый") and not single:
        return ADJECTIVE
    if not word.endswith("ий") or single:
        return SOFT
    if before in BACK and word != "георгий":
        return ADJECTIVE_BACK
    soft = before in HUSHING or (before == "н" and word[-4:-3] not in set("аоуе"))
    return ADJECTIVE_SOFT if soft and word != "топчий" else SOFT_IY


def first_name(word: str, gender: str) -> Paradigm | None:
    """Paradigm of a given name, or ``None`` for pytrovich."""
    last = word[-1]
    if last in VOWELS and last not in "ая":
        return STAYS
    if last == "а" and word != "шота":
        return noun_in_a(word, word in STRESSED_HUSH_A)
    if last == "я":
        return IYA if word.endswith("ия") and word not in STRESSED_IYA_NAMES else None
    if gender == "f":
        return FEMALE_SOFT if last == "ь" and word not in FRENCH_FEMALE_NAMES else STAYS
    if last in HUSHING or last == "ц":
        return HUSH
    return HARD if word.endswith(("ек", "ёк")) else None


def patronymic(word: str, gender: str) -> Paradigm | None:
    """Paradigm of a patronymic, or ``None`` for pytrovich; «оглы» and «кызы» never change."""
    if word.endswith(FOREIGN_PATRONYMIC_ENDINGS):
        return STAYS
    if word.endswith("ич"):
        if gender == "f":
            return STAYS
        return HUSH_STRESSED if word in STRESSED_PATRONYMICS else HUSH
    if word.endswith("на") and gender == "f":
        return A_HARD
    if word.endswith(("ов", "ев", "ова", "ева")):
        return surname(word, gender)
    return first_name(word, gender)
