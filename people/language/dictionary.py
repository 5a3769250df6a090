"""The dictionary of Russian word forms (pymorphy3), read at the first need."""

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def analyzer() -> Any:
    """Return the dictionary of Russian word forms."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=4096)
def is_surname_or_noun(word: str) -> bool:
    """Whether a known word in small letters is used as a surname («ким») or is a common noun («жук», «скрипка»).

    A given name and a place are neither: «мерген», «амур»; nor is a short particle («дон», «мак»).
    """
    if not analyzer().word_is_known(word):
        return False
    tags = [parse.tag for parse in analyzer().parse(word) if {"NOUN", "sing", "nomn"} <= parse.tag.grammemes]
    if any("Surn" in tag for tag in tags):
        return True
    named = any({"Name", "Geox", "Abbr"} & tag.grammemes for tag in tags)
    return not named and any("anim" in tag or len(word) > 3 for tag in tags)
