"""Telephones as people write them: one rule for the form of a person and for a list that is loaded."""

import re

ONE_PHONE = re.compile(r"[\d ()+-]{10,}")
AREA_CODE = re.compile(r"\s*\(8\d{2,4}\)")
NO_DIGIT = re.compile(r"\D")
RUN = re.compile(r"\+?\(?\d(?:[ \t\u00a0()./–—-]*\d)*")  # digits with what parts the groups of one number
LETTER_O = re.compile(r"(?<=[\dОOоo().-])[ОOоo](?=[\dОOоo ().-]|$)|(?<=[\dОOоo().-] )[ОOоo](?=[\dОOоo().-])")
NUMBER_WORD = re.compile(
    r"\b(тел(ефон)?|моб(ильный)?|сот(овый)?|т|м|с|конт(актный)?|номер|или|и)\b\.?:?", re.IGNORECASE
)
WHOLLY_BRACKETED = re.compile(r"\([^()]*\)")
EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")


def find_phone(text: str) -> tuple[str, str]:
    """The first telephone of a text as +7XXXXXXXXXX (or another country's with its plus), and what else stands there.

    An empty number means that there is none.
    """
    if ONE_PHONE.fullmatch(text) and (phone := _one_phone(text)):
        return phone, ""
    if LETTER_O.search(text) and len(re.findall(r"\d", text)) > 3:
        text = LETTER_O.sub("0", text)
    for found in RUN.finditer(text):
        number, rest = _first_number(found[0])
        if number:
            return number, _rest(f"{text[: found.start()]} {rest} {text[found.end() :]}")
    return "", text


def _rest(left: str) -> str:
    """What stood beside the number without «тел.» and stray signs: a second number, an extension, whose it is."""
    rest = EMPTY_BRACKETS.sub(" ", NUMBER_WORD.sub(" ", left))
    rest = " ".join(rest.split()).strip(" ,;:./-–—")
    return rest[1:-1].strip() if WHOLLY_BRACKETED.fullmatch(rest) else rest


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
    if text.lstrip(" (").startswith("+") and digits[:1] != "7" and not re.fullmatch(r"89\d{9}", digits):
        return f"+{digits}" if 10 <= len(digits) <= 14 else ""
    if len(digits) == 11 and digits[0] in "78":
        return f"+7{digits[1:]}"
    with_code = digits[:1] in ("3", "4", "9") or AREA_CODE.match(text)
    return f"+7{digits}" if len(digits) == 10 and with_code else ""
