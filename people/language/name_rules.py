"""Our own rules of declension, asked before pytrovich.

pytrovich knows the common endings well; it is wrong with two-part surnames of which one is a given name, stressed
hushing endings, indeclinable names and some rare types. Every function here takes one lower-case word and returns a
paradigm or ``None``, which means "pytrovich knows better". The rules are those of reference works (Розенталь, § 149,
150; Граудина and others; Калакуцкая); ``tests/samples/hard_forms.tsv`` holds forms with the rule of each.
"""

import re
from typing import NamedTuple

from people.language.dictionary import is_surname_or_noun

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
FLEETING_EC = _paradigm(2, "ца цу ца цем це")
FLEETING_EC_STRESSED = _paradigm(2, "ца цу ца цом це")
FLEETING_LEC = _paradigm(2, "ьца ьцу ьца ьцем ьце")
FLEETING_LEC_STRESSED = _paradigm(2, "ьца ьцу ьца ьцом ьце")
FLEETING_VOWEL_EC_STRESSED = _paradigm(2, "йца йцу йца йцом йце")
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
    "лукич фомич кузьмич козьмич ильич хомич москвич кулич кирпич ёрш ерш ковш грош шиш стриж мураш гармаш барабаш "
    "палаш торгаш шабаш кулиш барыш"
)
UNSTRESSED_ACH = _words("лукач")
STRESSED_HUSH_A = _words("ханжа ганжа левша душа свеча лапша паша саранча епанча каланча межа ходжа")
NOUNS_IN_OY = _words("герой прибой разбой покой устой застой водопой запой перебой отбой ковбой плейбой изгой")
NOUNS_IN_KIY = _words("георгий бокий")
# surnames in -ец whose stress is not on the ending
UNSTRESSED_EC = ("овец", "евец", "инец", "немец", "палец", "перец", "месяц")
FLEETING_EY_SURNAMES = _words("соловей воробей муравей")
# surnames in -ин and -ов which are not Russian possessives: -ом in the instrumental
FOREIGN_IN = _words(
    "дарвин чаплин франклин мерлин регин остин кронин лоуэлин гершвин кальвин гудвин годвин болдуин марвин берлин "
    "бюлов флотов вирхов гутцков"
)
# women's surnames which are nouns, not possessives of a man's surname in -ин
NOUNS_IN_INA = _words("калина малина рябина осина")

STRESSED_PATRONYMICS = _words("лукич фомич кузьмич козьмич косьмич ильич хомич")
FOREIGN_PATRONYMIC_WORDS = _words("оглы оглу углы угли улы уулу кызы кизи кизы гызы")
FOREIGN_PATRONYMIC_ENDINGS = ("оглы", "оглу", "угли", "углы", "кызы", "кизи", "гызы", "уулу", "зода", "заде")

FRENCH_FEMALE_NAMES = _words("николь мишель")
# syllables of Chinese names in Russian letters; «ят» and «сен» of the south
_EASTERN = re.compile(
    r"(?:ят|сен|эр|(?:чж|цз|[бпмфдтнлгкхцсзшжч])?(?:[иуюя]?а[оинй]?|[уюя]ань|[юя]?нь|э[ийн]?|энь|ань|инь|унь|иньг|"
    r"я[онй]?|янь|ю[ейн]?|юань|юэ|у[йня]?|уа[йн]?|уань|о[ун]?|и[нэ]?|уэй|уй|ы|е|е?нь))+"
)
EASTERN_SURNAMES = _words(
    "чжан ван лю чэнь ян хуан чжао чжоу сюй сунь ма чжу ху го хэ линь ло лян сун чжэн се хань тан дэн цао пэн цзэн "
    "сяо дун пань юань цай цзян юй ду вэй су люй дин жэнь лу яо шэнь чжун цуй тань фань цзинь ляо цзя ся фу бай цинь "
    "цю сы мао чан"
)
INDECLINABLE_MALE_NAMES = _words("шота коста")
STRESSED_IYA_NAMES = _words("алия альфия асия галия гульфия зульфия")
# the first of two given names which stays as it is: Жан-Жака
FOREIGN_FIRST_OF_TWO = _words("жан пьер поль ги")

_SURNAME_ENDINGS = {
    "m": ("ов", "ев", "ёв", "ин", "ын", "ий", "ый", "ой"),
    "f": ("ова", "ева", "ёва", "ина", "ына", "ая", "яя"),
}
_SURNAME_SUFFIXES = ("ич", "ук", "юк", "ак", "як", "ик", "ец", "ман", "берг", "сон", "штейн", "уй")
# first parts which are no surnames by themselves: words, titles, given names of Kalmyks
_PARTS_THAT_STAY = _words(
    "бонч грум сквозник тер мелик хан бек шах мирза кара хара мак сен сент тян амур ики бага "
    "очир церен цэрэн басан басанг санал санан мерген мингиян хонгор эренцен арслан чингис джангар намин онгаш "
    "шараб нарн баатр мукебен окон мазан"
)
_SURNAMES_AS_PARTS = _words("квитка пак тен хегай")


def vowels(word: str) -> int:
    """How many syllables ``word`` has."""
    return sum(letter in VOWELS for letter in word)


def surname_part_declines(part: str, gender: str) -> bool:
    """Whether a part of a hyphenated surname before the last one declines: only if it is a surname by itself.

    «Римского-Корсакова», «Немировича-Данченко», «Жука-Петрова», but «Амур-Санана», «Очир-Горяева» and
    «Санджи-Горяевой»: a given name inside a surname stays (Розенталь, § 149; usage of Kalmyk surnames).
    """
    if part in _PARTS_THAT_STAY or (part[-1] in VOWELS and part[-1] not in "ая"):
        return False
    long = vowels(part) > (1 if gender == "m" else 2) or part.startswith("львов")
    if long and part.endswith(_SURNAME_ENDINGS[gender]):
        return True
    if part[-1] not in VOWELS and gender == "f":
        return False
    if part in _SURNAMES_AS_PARTS or part.endswith(_SURNAME_SUFFIXES) or (part.endswith("ян") and vowels(part) > 2):
        return True
    return is_surname_or_noun(part)


def is_eastern_name(last: str, first: str) -> bool:
    """Whether a name without a patronymic is a Chinese, Korean or Vietnamese one: only its last word declines.

    «Дэн Сяопина», «Ким Чен Ира», but «Кима Ивана» (Розенталь, § 149). ``first`` is in small letters.
    """
    words = first.split()
    if len(words) > 1:
        return all(vowels(word) == 1 for word in words)
    return last in EASTERN_SURNAMES and bool(_EASTERN.fullmatch(first))


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
        return HARD if single or not _plural_adjective(word) else STAYS
    if word.endswith("й"):
        return _surname_in_iy(word, single)
    if word.endswith("ь"):
        return SOFT
    if word.endswith("в"):
        russian = word not in FOREIGN_IN and (not single or word == "львов")
        possessive = word.endswith(("ов", "ев", "ёв")) and russian
        return POSSESSIVE if possessive else HARD
    if word.endswith("н"):
        possessive = word.endswith(("ин", "ын")) and not single and word not in FOREIGN_IN
        return POSSESSIVE if possessive else HARD
    if word.endswith("ец") and not single and (paradigm := _surname_in_ec(word)):
        return paradigm
    return _surname_in_hushing(word, single)


def _plural_adjective(word: str) -> bool:
    """Whether a surname of several syllables is «Черных», «Долгих», «Нижних», not «Рерих» or «Мюних».

    Adjectives have -ых after a hard consonant, -их after г, к, х, a hushing letter or a soft н.
    """
    if word.endswith("ых") or word[-3] in BACK | HUSHING or word == "синих":
        return True
    return word.endswith("них") and word[-4] not in VOWELS


def _surname_in_ec(word: str) -> Paradigm | None:
    """Surname in -ец: the vowel flees, but not after two consonants («Кузнеца»)."""
    before, unstressed = word[-3], word.endswith(UNSTRESSED_EC)
    if before in VOWELS:
        return FLEETING_VOWEL_EC_STRESSED
    if word[-4] not in VOWELS:
        return HUSH_STRESSED
    if before == "л":
        return FLEETING_LEC if unstressed else FLEETING_LEC_STRESSED
    return FLEETING_EC if unstressed else FLEETING_EC_STRESSED


def _surname_in_hushing(word: str, single: bool) -> Paradigm | None:
    """Surname in ж, ч, ш, щ or ц: the stressed ending is -ом, the other one -ем."""
    if single and word.endswith("ец"):
        return HUSH_STRESSED
    if single and word[-1] in "жчщ" and not (word.endswith("ч") and word[-2:-1] not in VOWELS):
        return HUSH_STRESSED  # Сыч, Лещ, Корж; but Линч, Финч
    stressed = word in STRESSED_HUSH_SURNAMES or (word.endswith("ач") and word not in UNSTRESSED_ACH)
    if stressed or (word.endswith("ыш") and vowels(word) == 2):
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
    if before in BACK and word not in NOUNS_IN_KIY:
        return ADJECTIVE_BACK
    soft = before in HUSHING or (before == "н" and word[-4:-3] not in set("аоуе"))
    return ADJECTIVE_SOFT if soft and word != "топчий" else SOFT_IY


def first_name(word: str, gender: str) -> Paradigm | None:
    """Paradigm of a given name, or ``None`` for pytrovich."""
    last = word[-1]
    if last in VOWELS and last not in "ая":
        return STAYS
    if word in INDECLINABLE_MALE_NAMES and gender == "m":
        return STAYS
    if last == "а":
        return noun_in_a(word, word in STRESSED_HUSH_A)
    if last == "я":
        return IYA if word.endswith("ия") and word not in STRESSED_IYA_NAMES else None
    if gender == "f":
        foreign = word in FRENCH_FEMALE_NAMES or (word.endswith("нь") and _EASTERN.fullmatch(word))
        return FEMALE_SOFT if last == "ь" and not foreign else STAYS
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
