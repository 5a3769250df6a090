"""Full names of organisations in the dative: «Муниципальному бюджетному учреждению дополнительного образования»."""

HEADS = {
    "учреждение": "учреждению",
    "школа": "школе",
    "организация": "организации",
    "колледж": "колледжу",
    "институт": "институту",
    "университет": "университету",
    "академия": "академии",
    "центр": "центру",
    "дворец": "дворцу",
    "дом": "дому",
    "училище": "училищу",
    "общество": "обществу",
    "гимназия": "гимназии",
    "лицей": "лицею",
}
ADJECTIVES = (("ое", "ому"), ("ее", "ему"), ("ая", "ой"), ("яя", "ей"), ("ый", "ому"), ("ий", "ему"), ("ой", "ому"))
AFTER_K = {"г", "к", "х"}


def name_dative(name: str) -> str:
    """Return a full name in the dative; an empty string where its head noun is not known.

    The adjectives before the head noun change with it, everything after it stays: «Детская школа искусств».
    """
    words = name.split()
    for place, word in enumerate(words):
        if head := HEADS.get(word.lower()):
            before = [_adjective(one) for one in words[:place]]
            if not all(before):
                return ""
            declined = head.capitalize() if word[:1].isupper() else head
            return " ".join([*before, declined, *words[place + 1 :]])
    return ""


def _adjective(word: str) -> str:
    for ending, dative in ADJECTIVES:
        if word.lower().endswith(ending):
            stem = word[: -len(ending)]
            hard = ending == "ий" and stem[-1:].lower() in AFTER_K
            return stem + ("ому" if hard else dative)
    return ""
