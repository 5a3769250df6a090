"""Telephones and e-mail addresses as lists write them."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from mentoring_site.emails import LONGEST, AddressValidator, normalize
from people.staff_list.cells.texts import DOUBT, INVISIBLE, NOTHING, REPAIR, TO_LATIN, Read, plain

NO = re.compile(r"(нет|не указано?|отсутствует|не имеет|б/?н|без|n/?a|н/?д)\.?", re.IGNORECASE)
ONE_PHONE = re.compile(r"[\d ()+-]{10,}")
AREA_CODE = re.compile(r"\s*\(8\d{2,4}\)")
NO_DIGIT = re.compile(r"\D")
RUN = re.compile(r"\+?\(?\d(?:[ \t\u00a0()./–—-]*\d)*")  # digits with what parts the groups of one number
LETTER_O = re.compile(r"(?<=[\dОOо o().-])[ОOоo](?=[\dОOоo ().-]|$)")
NUMBER_WORD = re.compile(
    r"\b(тел(ефон)?|моб(ильный)?|сот(овый)?|т|м|с|конт(актный)?|номер|или|и)\b\.?:?", re.IGNORECASE
)


def read_phone(cell: Any) -> Read[str]:
    """A telephone as +7XXXXXXXXXX (or another country's with its plus); of several the first, the rest is a remark."""
    text = plain(cell)
    if ONE_PHONE.fullmatch(text) and (phone := _one_phone(text)):
        return Read(phone)
    if NOTHING.fullmatch(text):
        return Read("")
    lines = INVISIBLE.sub("", str(cell)) if isinstance(cell, str) else text
    if NO_DIGIT.sub("", lines) and LETTER_O.search(lines) and len(re.findall(r"\d", lines)) > 3:
        lines = LETTER_O.sub("0", lines)
    for found in RUN.finditer(lines):
        number, rest = _first_number(found[0])
        if number:
            left = f"{lines[: found.start()]} {rest} {lines[found.end() :]}"
            return _with_rest(number, left)
    digits = NO_DIGIT.sub("", text)
    if 5 <= len(digits) <= 7:
        return Read("", DOUBT, f"Телефон «{text}» без кода города: он останется пустым", f"тел. {text}")
    if len(digits) == 10 and digits[0] == "8":
        sentence = f"В телефоне «{text}» десять цифр: одной не хватает или нет кода. Он останется пустым"
        return Read("", DOUBT, sentence, f"тел. {text}")
    return Read("", DOUBT, f"«{text}» — не телефон: он останется пустым", f"тел. {text}" if len(digits) > 4 else "")


def _with_rest(number: str, left: str) -> Read[str]:
    """The number, and what else stood in the cell: a second number, an extension, whose it is."""
    rest = plain(NUMBER_WORD.sub(" ", left)).strip(" ,;:.()/-–—")
    if not rest:
        return Read(number)
    sentence = f"Записан первый телефон, остальное перенесено в примечание: {rest}"
    return Read(number, REPAIR, sentence, f"тел. {rest}")


def _first_number(run: str) -> tuple[str, str]:
    """The first number of a run of digits and what is left of it: two numbers may stand with only a space between."""
    if phone := _one_phone(run):
        return phone, ""
    ends = [found.end() for found in re.finditer(r"\d", run)]
    for length in (11, 10):
        if len(ends) >= length + 5 and (phone := _one_phone(run[: ends[length - 1]])):
            return phone, run[ends[length - 1] :]
    return "", run


def _one_phone(text: str) -> str:
    digits = NO_DIGIT.sub("", text)
    if text.lstrip(" (").startswith("+") and digits[:1] != "7":
        return f"+{digits}" if 10 <= len(digits) <= 14 else ""
    if len(digits) == 11 and digits[0] in "78":
        return f"+7{digits[1:]}"
    with_code = digits[:1] in ("3", "4", "9") or AREA_CODE.match(text)
    return f"+7{digits}" if len(digits) == 10 and with_code else ""


EMAIL = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII
)


def _is_cyrillic_email(text: str) -> bool:
    """Whether the text is an address with letters that are not Latin, as the forms take it: «завуч@школа.рф»."""
    try:
        AddressValidator()(text)
    except ValidationError:
        return False
    return not text.isascii() and len(text) <= LONGEST


def read_email(cell: Any) -> Read[str]:
    """An e-mail address in small letters; what is no address is a doubt with its own sentence."""
    text = plain(cell)
    if len(text) <= 254 and EMAIL.fullmatch(text.lower()):
        return Read(text.lower())
    if NOTHING.fullmatch(text):
        return Read("")
    address = re.sub(r"^mailto:|[\s<>,;.]+$|^[\s<]+", "", text, flags=re.IGNORECASE).replace(" ", "").lower()
    if len(address) <= 254 and EMAIL.fullmatch(address):
        return Read(address, *((REPAIR, f"Из адреса убрано лишнее: {address}") if address != text.lower() else ()))
    latin = address.translate(TO_LATIN).lower()
    if len(latin) <= 254 and EMAIL.fullmatch(latin):
        return Read(latin, REPAIR, f"Русские буквы в адресе заменены латинскими: {latin}")
    if _is_cyrillic_email(address):
        known = normalize(address)
        return Read(known, *((REPAIR, f"Из адреса убрано лишнее: {known}") if known != text.lower() else ()))
    several = [part for part in re.split(r"[\s,;]+", text.lower()) if EMAIL.fullmatch(part)]
    if several:
        return Read(several[0], REPAIR, f"Записан первый адрес: {several[0]}", ", ".join(several[1:]))
    if NO.fullmatch(text):
        return Read("", DOUBT, f"В столбце адресов стоит «{text}»: это не адрес, e-mail останется пустым")
    return Read("", DOUBT, f"«{text}» — не адрес электронной почты: e-mail останется пустым")
