"""Telephones and e-mail addresses as lists write them."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from mentoring_site.emails import LONGEST, AddressValidator, normalize
from people.register.phones import find_phone
from people.staff_list.cells.texts import DOUBT, INVISIBLE, NOTHING, REPAIR, TO_LATIN, Read, plain

NO = re.compile(r"(нет|не указано?|отсутствует|не имеет|б/?н|без|n/?a|н/?д)\.?", re.IGNORECASE)
OF_ANOTHER = re.compile(
    r"\b(муж\w*|жен[аыеу]\b|супруг\w*|мам[аыеу]\b|мать|матери|пап[аыеу]\b|отец|отца|сын\w{0,2}\b|доч\w*|сестр\w*|брат\w{0,2}\b|"
    r"родител\w*|родств\w*|бабушк\w*|дедушк\w*|сосед\w*|реб[её]н\w*)",
    re.IGNORECASE,
)


def read_phone(cell: Any) -> Read[str]:
    """A telephone as +7XXXXXXXXXX (or another country's with its plus); of several the first, the rest is a remark."""
    text = plain(cell)
    if NOTHING.fullmatch(text):
        return Read("")
    number, rest = find_phone(INVISIBLE.sub("", cell) if isinstance(cell, str) else text)
    if number:
        return _with_rest(number, rest)
    digits = re.sub(r"\D", "", text)
    if 5 <= len(digits) <= 7:
        return Read("", DOUBT, f"Телефон «{text}» без кода города: он останется пустым", f"тел. {text}")
    if len(digits) == 10 and digits[0] == "8":
        sentence = f"В телефоне «{text}» десять цифр: одной не хватает или нет кода. Он останется пустым"
        return Read("", DOUBT, sentence, f"тел. {text}")
    return Read("", DOUBT, f"«{text}» — не телефон: он останется пустым", f"тел. {text}" if len(digits) > 4 else "")


def _with_rest(number: str, rest: str) -> Read[str]:
    """The number, and what else stood in the cell: a second number, an extension, whose it is."""
    if not rest:
        return Read(number)
    if OF_ANOTHER.search(rest):
        sentence = f"Чей телефон {number}, неясно: рядом стоит «{rest}». Будет записан он, остальное — в примечание"
        return Read(number, DOUBT, sentence, f"тел. {rest}")
    sentence = f"Записан первый телефон, остальное перенесено в примечание: {rest}"
    return Read(number, REPAIR, sentence, f"тел. {rest}")


EMAIL = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII
)


BRACKETED = re.compile(r"^[^\s()]+\s*\([^()]*\)$")  # «a@b.ru (рабочая)»


def _is_cyrillic_email(text: str) -> bool:
    """Whether the text is an address with letters that are not Latin, as the forms take it: «завуч@школа.рф»."""
    try:
        AddressValidator()(text)
    except ValidationError:
        return False
    return not text.isascii() and len(text) <= LONGEST


def read_email(cell: Any) -> Read[str]:
    """An e-mail address in small letters; what is no address is a doubt with its own sentence.

    Nothing is glued together: of several words the one that is an address counts, and the others are told.
    """
    text = plain(cell)
    if len(text) <= LONGEST and EMAIL.fullmatch(text.lower()):
        return Read(text.lower())
    if NOTHING.fullmatch(text):
        return Read("")
    if NO.fullmatch(text):
        return Read("", DOUBT, f"В столбце адресов стоит «{text}»: это не адрес, e-mail останется пустым")
    around = re.sub(r"\s*(@)\s*|\s+(\.)\s*", r"\1\2", re.sub(r"^mailto:", "", text, flags=re.IGNORECASE))
    words = [word for part in re.split(r"[\s,;<>()]+", around) if (word := part.strip(".:\"'«»"))]
    for at, word in enumerate(words):
        read = _one_email(word)
        if read.value:
            return _with_words(text, read, words[:at] + words[at + 1 :])
    return Read("", DOUBT, f"«{text}» — не адрес электронной почты: e-mail останется пустым")


def _one_email(word: str) -> Read[str]:
    """One word as an address: Latin, with Russian letters that look like Latin ones, or in Cyrillic."""
    if len(word) > LONGEST or "@" not in word:
        return Read("")
    low = word.lower()
    if EMAIL.fullmatch(low):
        return Read(low)
    for text in (word, low):
        latin = text.translate(TO_LATIN).lower()
        if EMAIL.fullmatch(latin):
            return Read(latin, REPAIR, f"Русские буквы в адресе заменены латинскими: {latin}")
    if not _is_cyrillic_email(low):
        return Read("")
    known = normalize(low)
    user, _, domain = known.rpartition("@")
    if domain.isascii() and not user.isascii():
        return Read(known, DOUBT, f"Адрес «{known}» русскими буквами, а почта {domain} — латинскими: проверьте")
    return Read(known)


def _with_words(text: str, read: Read[str], others: list[str]) -> Read[str]:
    """The address and what stood beside it: further addresses and brackets are a remark, other words a doubt."""
    rest = ", ".join(others)
    if not rest:
        tidy = read.value == text.lower() or read.level
        return read if tidy else Read(read.value, REPAIR, f"Из адреса убрано лишнее: {read.value}")
    sure = all("@" in word for word in others) or BRACKETED.search(text)
    if sure and read.level != DOUBT:
        return Read(read.value, REPAIR, f"Записан первый адрес: {read.value}, остальное — в примечание: {rest}", rest)
    return Read(read.value, DOUBT, f"Из «{text}» взят адрес {read.value}: проверьте", rest)
